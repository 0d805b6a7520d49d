"""The stages of a certification: the possible steps, and what each step records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from transitions import MachineError

from dialogs.certification.certificate_form import record_certificate, record_surveillance
from dialogs.flow.machine import STAGE_MACHINE, fire_trigger
from dialogs.flow.navigator import open_place
from dialogs.flow.prompts import DatePrompt, TextPrompt, ask_day, ask_text
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.flow.stage_table import STAGE_ROWS
from dialogs.model.certification import Certification, effective_lifecycle
from dialogs.model.conversation import Place
from dialogs.model.messages import Problem
from dialogs.model.records import CertificateDated, ReasonRecorded, StageDated, StageEntered
from dialogs.parsing.dates.parser import format_long_date
from rubric import BodyProfile, CertificatePlan, Milestone, StageActor, plan_certificate

STEPS_WITH_REASON = frozenset({"refuse", "suspend", "revoke", "withdraw"})
# Steps that a certificate is suspended or restored by, whatever else is under way.
_SUSPENSION_STEPS = frozenset({"suspend", "restore"})


@dataclass(slots=True)
class CertificationProgress:
    """The model that the stage machine moves."""

    state: str


def current_body(scene: Scene) -> BodyProfile:
    """Return the certification body's profile; the default one where none is chosen or its file is gone."""
    return scene.library.bodies.body_or_default(scene.certification.body.get(""))


def stage_name(scene: Scene, certification: Certification, stage: str) -> str:
    """Return the stage's name in the body's profile, else the catalogue's."""
    body = scene.library.bodies.body_or_default(certification.body.get(""))
    named = scene.library.bodies.text(body.id, scene.talk.locale).stages.get(stage)
    return named.title if named else scene.words(f"stage.{stage}")


def make_plan(scene: Scene, certification: Certification) -> CertificatePlan | None:
    """Return the certificate's plan as of today; None where there is no certificate."""
    if not certification.is_certified:
        return None
    return plan_certificate(
        certification.certificate_facts(), effective_lifecycle(scene.library, certification), scene.today
    )


def milestone_name(scene: Scene, milestone: Milestone) -> str:
    """`第1次监督审核`, `再认证`, `证书到期`."""
    return scene.words(f"milestone.{milestone.kind}", number=milestone.number or "")


def next_actor(scene: Scene) -> StageActor:
    """Return who must act next: as the body's profile says for the stage, else the enterprise."""
    stage = current_body(scene).stage_by_id.get(scene.certification.current_stage)
    return stage.who if stage else "enterprise"


def possible_steps(certification: Certification) -> list[str]:
    """Return the possible steps, in the table's order."""
    steps = dict.fromkeys(row.trigger for row in STAGE_ROWS if certification.current_stage in row.sources)
    return [one for one in steps if _is_possible(certification, one)]


def _is_possible(certification: Certification, trigger: str) -> bool:
    """Return whether a row's guard allows the step; which stages the body has decides only where it leads."""
    try:
        fire_trigger(
            CertificationProgress(certification.current_stage),
            trigger,
            STAGE_MACHINE,
            certification=certification,
            stages=frozenset(),
        )
    except MachineError:
        return False
    return True


def begin_step(scene: Scene, trigger: str) -> None:
    """Ask for what a step needs: the reason, where one is required, and the day."""
    detail = f"{trigger} {scene.certification.current_stage}"
    if trigger in STEPS_WITH_REASON:
        ask_text(scene, "reason", detail)
    else:
        ask_day(scene, "stage", detail)


def _take_reason(scene: Scene, detail: str, reason: str) -> None:
    if not _has_moved_on(scene, detail):
        scene.talk.draft["reason"] = reason
        ask_day(scene, "stage", detail)


def _has_moved_on(scene: Scene, detail: str) -> bool:
    """Return whether a colleague continued since the step was begun; if so, report it and show the certification."""
    trigger, _, stage = detail.partition(" ")
    at = scene.certification
    if at.current_stage == stage and trigger in possible_steps(at):
        return False
    scene.add_message("certification.moved_on")
    open_place(scene, Place("certification"), back=True)
    return True


def _take_step_day(scene: Scene, detail: str, day: date | None) -> Problem | None:
    """Record the step for that day, which may not be before the earlier stages."""
    assert day is not None
    if _has_moved_on(scene, detail):
        return None
    trigger, _, _ = detail.partition(" ")
    refused = _find_order_problem(scene, day)
    if refused is None and trigger == "finish_surveillance":
        refused = _record_surveillance(scene, day)
    if refused is None:
        _move_on(scene, trigger, day)
    return refused


def _find_order_problem(scene: Scene, day: date) -> Problem | None:
    before = max(scene.certification.reached.values(), default=date.min)
    if day >= before:
        return None
    return Problem("too_early", scene.words("when.before_last", day=format_long_date(before, scene.words)))


def _record_surveillance(scene: Scene, day: date) -> Problem | None:
    """Record the surveillance with the certificate, unless it was recorded there before."""
    certification = scene.certification
    if not certification.is_certified or day.isoformat() in certification.surveillances:
        return None
    return record_surveillance(scene, day)


def _move_on(scene: Scene, trigger: str, day: date) -> None:
    stage = scene.certification.current_stage
    standing = CertificationProgress(stage)
    fire_trigger(
        standing,
        trigger,
        STAGE_MACHINE,
        certification=scene.certification,
        stages=current_body(scene).stage_by_id,
    )
    in_place = standing.state == stage and trigger in _SUSPENSION_STEPS
    if not in_place:
        record_value(scene, StageEntered, "", standing.state)
        record_value(scene, StageDated, standing.state, day)
    reason = scene.talk.draft.pop("reason", "")
    if reason:
        record_value(scene, ReasonRecorded, trigger, reason)
    _record_certificate_day(scene, trigger, standing.state, day)
    reached = stage_name(scene, scene.certification, standing.state)
    happened = scene.words(f"step.{trigger}") if in_place else reached
    scene.add_message("certification.moved", "saved", stage=happened, day=format_long_date(day, scene.words))
    open_place(scene, Place("certification"), back=True)
    if trigger == "grant":
        record_certificate(scene, renewed=standing.state == "renewed")


def _record_certificate_day(scene: Scene, trigger: str, stage: str, day: date) -> None:
    """Record a suspension, revocation or withdrawal with the certificate; a surveillance ends a suspension."""
    if not scene.certification.is_certified:
        return
    if trigger == "suspend":
        record_value(scene, CertificateDated, "suspended", day)
    elif stage in {"revoked", "withdrawn"}:
        record_value(scene, CertificateDated, stage, day)
    elif trigger == "restore" or (stage == "certified" and trigger in {"finish_surveillance", "correct"}):
        record_value(scene, CertificateDated, "suspended", None)


def _prompt_values(scene: Scene, detail: str) -> Mapping[str, object]:
    return {"step": scene.words(f"step.{detail.partition(' ')[0]}")}


DATE_PROMPTS: Mapping[str, DatePrompt] = {"stage": DatePrompt(_take_step_day, values=_prompt_values)}
TEXT_PROMPTS: Mapping[str, TextPrompt] = {"reason": TextPrompt(_take_reason, values=_prompt_values)}
