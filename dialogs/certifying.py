"""The certification's stages as the talk walks them: which there is, what may happen next, what each step records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dialogs.asking import AskedDay, AskedText, ask_day, ask_text
from dialogs.certificate_entry import begin_certificate, surveillance_done
from dialogs.certification import Certification, lifecycle_of
from dialogs.conversation import Place
from dialogs.dates import in_words
from dialogs.events import (
    BodyChosen,
    CertificateDated,
    CertificationOpened,
    KeeperNamed,
    ReasonRecorded,
    StageDated,
    StageEntered,
)
from dialogs.machine import STAGE_MACHINE, fire
from dialogs.messages import Problem
from dialogs.scene import Scene
from dialogs.stages import STAGE_ROWS
from rubric.bodies import Body, Person
from rubric.lifecycle import Milestone, Plan, plan

OVER = frozenset({"renewed", "revoked", "withdrawn", "expired"})
"""The stages after which a new certification is begun."""
NEEDS_REASON = frozenset({"refuse", "suspend", "revoke", "withdraw"})
# Days that a step records with the certificate, and one that it lifts.
_DATES = {"suspend": "suspended", "revoke": "revoked", "withdraw": "withdrawn"}


@dataclass(slots=True)
class Standing:
    """What the machine moves."""

    state: str


def certifications_of(scene: Scene, organisation: str) -> list[Certification]:
    """The organisation's certifications, oldest first."""
    found = [one for one in scene.dossier.certifications.values() if one.organisation == organisation]
    return sorted(found, key=lambda one: one.opened_at)


def enter_certification(scene: Scene) -> None:
    """Go to where the organisation's certification stands; the first time, begin it under the case's scheme."""
    mine = certifications_of(scene, scene.organisation.id)
    if not (scene.has_certification and scene.certification in mine):
        running = [one for one in mine if one.at not in OVER] or mine
        if running:
            scene.talk.draft["certification"] = running[-1].id
        else:
            open_certification(scene, scene.case.scheme, scene.case.version)
    scene.open(Place("certification"))


def open_certification(scene: Scene, scheme: str, version: str) -> None:
    """Begin the organisation's way to a certificate; whoever begins it is reminded first."""
    key, checksum = scene.dossier.fresh[0], scene.library.checksum(scheme, version)
    organisation = scene.organisation.id
    scene.happen(CertificationOpened(key, organisation, scheme, version, checksum, scene.now))
    scene.talk.draft["certification"] = key
    scene.record(KeeperNamed, "", scene.dossier.contact.id)
    scene.restores = []


def body_of(scene: Scene) -> Body:
    """The profile of the certification body; the default one where none was chosen, or it is not there any more."""
    return scene.library.body_or_default(scene.certification.body.get(""))


def plan_of(scene: Scene, certification: Certification) -> Plan | None:
    """The certificate's calendar as it stands today; None where there is no certificate yet."""
    if not certification.is_certified:
        return None
    return plan(certification.term(), lifecycle_of(scene.library, certification), scene.today)


def milestone_name(scene: Scene, milestone: Milestone) -> str:
    """`第1次监督审核`, `再认证`, `证书到期`."""
    return scene.words(f"milestone.{milestone.kind}", number=milestone.number or "")


def who_acts(scene: Scene) -> Person:
    """Who has to do the next thing: as the body's profile says of the stage, otherwise the enterprise."""
    stage = body_of(scene).stage_by_id.get(scene.certification.at)
    return stage.who if stage else "enterprise"


def begin_again(scene: Scene) -> None:
    """A new certification under the scheme's newest version; the one before stays as it is."""
    old = scene.certification
    scheme = scene.library.scheme(old.scheme)
    open_certification(scene, scheme.id, scheme.version)
    if "" in old.body:
        scene.record(BodyChosen, "", old.body[""])
        scene.restores = []


def steps_from(stage: str) -> list[str]:
    """What may happen at a stage, in the table's order."""
    return list(dict.fromkeys(row.trigger for row in STAGE_ROWS if stage in row.sources))


def take_step(scene: Scene, trigger: str) -> None:
    """Ask what a step needs: why, where that matters, and the day on which it happened."""
    if trigger in NEEDS_REASON:
        ask_text(scene, "reason", trigger)
    else:
        ask_day(scene, "stage", trigger)


def _reason_given(scene: Scene, trigger: str, reason: str) -> None:
    scene.talk.draft["reason"] = reason
    ask_day(scene, "stage", trigger)


def _step_taken(scene: Scene, trigger: str, day: date | None) -> Problem | None:
    """The step was taken on that day. Stages do not come before the ones that led to them."""
    assert day is not None
    certification = scene.certification
    if trigger not in steps_from(certification.at):  # a colleague went on meanwhile
        return Problem("not_offered", scene.words("certification.moved_on"))
    before = max(certification.reached.values(), default=date.min)
    if day < before:
        return Problem("too_early", scene.words("when.before_last", day=in_words(before, scene.words)))
    if trigger == "finish_surveillance" and certification.is_certified:
        refused = surveillance_done(scene, day)
        if refused is not None:
            return refused
    _go_on(scene, trigger, day)
    return None


def _go_on(scene: Scene, trigger: str, day: date) -> None:
    standing = Standing(scene.certification.at)
    fire(
        standing, trigger, STAGE_MACHINE, certification=scene.certification, stages=body_of(scene).stage_by_id
    )
    scene.record(StageEntered, "", standing.state)
    scene.record(StageDated, standing.state, day)
    reason = scene.talk.draft.pop("reason", "")
    if reason:
        scene.record(ReasonRecorded, trigger, reason)
    _date_certificate(scene, trigger, day)
    scene.tell(
        "certification.moved",
        "saved",
        stage=scene.words(f"stage.{standing.state}"),
        day=in_words(day, scene.words),
    )
    scene.open(Place("certification"), back=True)
    if trigger == "grant":
        begin_certificate(scene, renewed=standing.state == "renewed")


def _date_certificate(scene: Scene, trigger: str, day: date) -> None:
    if not scene.certification.is_certified:
        return
    if trigger in _DATES:
        scene.record(CertificateDated, _DATES[trigger], day)
    elif trigger in {"restore", "finish_surveillance"}:
        scene.record(CertificateDated, "suspended", None)


DAYS: Mapping[str, AskedDay] = {
    "stage": AskedDay(_step_taken, values=lambda scene, trigger: {"step": scene.words(f"step.{trigger}")})
}
TEXTS: Mapping[str, AskedText] = {
    "reason": AskedText(_reason_given, values=lambda scene, trigger: {"step": scene.words(f"step.{trigger}")})
}
