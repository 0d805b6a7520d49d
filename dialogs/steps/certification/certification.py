"""The certification's present stage, the next action, who must take it and by when."""

from datetime import date

from dialogs.certification import certifications, documents, nonconformities, stages
from dialogs.certification.certificate_form import record_certificate
from dialogs.flow.navigator import open_place
from dialogs.flow.scene import Scene
from dialogs.flow.stage_table import MAIN_STAGES
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.parsing.dates.parser import format_distance, format_long_date, format_short_date
from dialogs.steps.base import ButtonRows, Step, arrange_rows, block, button
from rubric import BodyText, CertificatePlan

PASSED_SIGN, CURRENT_SIGN, AHEAD_SIGN = "✓", "▶", "·"


class CertificationStep(Step):
    state = "certification"
    role = "walk"
    needs = "certification"

    def blocks(self, scene: Scene) -> list[Block]:
        certification = scene.certification
        text = scene.library.pinned_text(certification, scene.talk.locale)
        place = block(
            scene, "place", "certification.place", organisation=scene.organisation.name, scheme=text.short
        )
        found = [place, _current_stage_block(scene), Block("body", _stage_lines(scene)), _next_action(scene)]
        plan = stages.make_plan(scene, certification)
        if plan is not None:
            found.append(
                block(scene, "body", "certification.certificate", **_certificate_values(scene, plan))
            )
        reason = _reason_block(scene)
        return [
            *found,
            *([reason] if reason else []),
            Block("body", _progress_lines(scene)),
            *_refusal_hint(scene),
        ]

    def choices(self, scene: Scene) -> ButtonRows:
        certification = scene.certification
        steps = [button(scene, f"step:{one}", f"step.{one}") for one in stages.possible_steps(certification)]
        if certification.current_stage in certifications.FINAL_STAGES:
            steps = [button(scene, "begin_again")]
        own = [button(scene, "materials"), button(scene, "findings"), button(scene, "estimate")]
        if certification.is_certified:
            own += [button(scene, "certificate"), button(scene, "calendar"), button(scene, "refresh")]
        else:
            own.append(button(scene, "certificate:record"))
        others = (
            [button(scene, "bodies")]
            if len(scene.library.bodies.for_scheme(certification.scheme)) > 1
            else []
        )
        if len(certifications.selectable_certifications(scene)) > 1:
            others.append(button(scene, "certifications"))
        return [*arrange_rows(steps, 2), *arrange_rows(own, 3), [*others, button(scene, "reminders")]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, what = pressed.partition(":")
        if kind == "step":
            stages.begin_step(scene, what)
        elif pressed == "certificate:record":
            record_certificate(scene)
        elif pressed == "begin_again":
            certifications.begin_new_certification(scene)
        else:
            open_place(scene, Place(pressed))
        return None


def _current_stage_block(scene: Scene) -> Block:
    certification = scene.certification
    since = certification.reached.get(certification.current_stage)
    stage = stages.stage_name(scene, certification, certification.current_stage)
    if since is None:
        return block(scene, "question", "certification.at", stage=stage)
    return block(
        scene, "question", "certification.since", stage=stage, day=format_long_date(since, scene.words)
    )


def _stage_lines(scene: Scene) -> str:
    """Return the body's stages, each with a sign: passed, present or ahead."""
    body = stages.current_body(scene)
    own = {one.id for one in body.stages}
    way = [stage for stage in MAIN_STAGES if stage not in {"contract", "document_review"} or stage in own]
    at = scene.certification.current_stage
    here = way.index(at) if at in way else (len(way) if scene.certification.is_certified else 0)
    signs = (
        PASSED_SIGN if place < here else CURRENT_SIGN if place == here else AHEAD_SIGN
        for place in range(len(way))
    )
    return "\n".join(
        f"{sign} {stages.stage_name(scene, scene.certification, stage)}"
        for sign, stage in zip(signs, way, strict=True)
    )


def _next_action(scene: Scene) -> Block:
    """Return who must do what by when, from the body's usual working days or the certificate's plan."""
    certification = scene.certification
    plan = stages.make_plan(scene, certification)
    if plan is not None and certification.current_stage in {"certified", "suspended"}:
        return _next_milestone(scene, plan)
    return block(
        scene,
        "body",
        "certification.next",
        who=scene.words(f"certification.who.{stages.next_actor(scene)}"),
        what=_action_text(scene),
        when=_deadline_text(scene),
    )


def _action_text(scene: Scene) -> str:
    """Return the action from the body's profile for the stage, else from the catalogue."""
    certification = scene.certification
    stages = _body_text(scene).stages
    if certification.current_stage in stages:
        return stages[certification.current_stage].what
    unrecorded = certification.current_stage == "certified" and not certification.is_certified
    return scene.words(f"certification.do.{'unrecorded' if unrecorded else certification.current_stage}")


def _refusal_hint(scene: Scene) -> list[Block]:
    """Return, before an application, the body's reasons for refusal."""
    if scene.certification.current_stage not in {"self_assessment", "refused", "application"}:
        return []
    said = [scene.words("certification.refused_if"), *(f"· {one}" for one in _body_text(scene).refused_if)]
    return [Block("hint", "\n".join(said))]


def _body_text(scene: Scene) -> BodyText:
    return scene.library.bodies.text(stages.current_body(scene).id, scene.talk.locale)


def _deadline_text(scene: Scene) -> str:
    certification = scene.certification
    body = stages.current_body(scene)
    stage = next((one for one in body.stages if one.id == certification.current_stage), None)
    since = certification.reached.get(certification.current_stage)
    if stage is None or stage.working_days is None:
        return ""
    days = {"least": stage.working_days.at_least, "most": stage.working_days.at_most}
    usual = scene.words("certification.usual", **days, source=scene.words(f"source.{stage.source}"))
    if since is None:
        return usual
    by = scene.dossier.calendar.add_working_days(since, stage.working_days.at_most)
    return usual + scene.words(
        "certification.by",
        day=format_short_date(by, scene.words),
        distance=format_distance(by, scene.today, scene.words),
    )


def _next_milestone(scene: Scene, plan: CertificatePlan) -> Block:
    ahead = [one for one in plan.milestones if one.done is None and one.closes >= scene.today]
    if not plan.is_running or not ahead:
        return block(scene, "notice", f"certification.status.{plan.status}")
    first = min(ahead, key=lambda one: (one.due, one.kind == "expiry"))
    values = {
        "title": stages.milestone_name(scene, first),
        "opens": format_short_date(first.opens, scene.words),
        "due": format_short_date(first.due, scene.words),
        "closes": format_short_date(first.closes, scene.words),
        "distance": format_distance(first.due, scene.today, scene.words),
    }
    key = "certification.milestone_irregular" if first.irregular else "certification.milestone"
    return block(scene, "body", key, **values)


def _certificate_values(scene: Scene, plan: CertificatePlan) -> dict[str, str]:
    certificate = scene.certification.certificate
    return {
        "number": certificate.get("number", scene.words("certificate.unknown")),
        "valid_until": _date_text(scene, plan.valid_until),
        "status": scene.words(f"certificate.status.{plan.status}"),
    }


def _date_text(scene: Scene, day: date) -> str:
    return format_short_date(day, scene.words)


def _reason_block(scene: Scene) -> Block | None:
    """Return the recorded reason of the present stage; during a renewal, that of a suspension."""
    certification = scene.certification
    trigger = {"refused": "refuse", "suspended": "suspend", "revoked": "revoke", "withdrawn": "withdraw"}
    usual = "suspend" if certification.is_suspended else ""
    reason = certification.reasons.get(trigger.get(certification.current_stage, usual))
    return block(scene, "notice", "certification.reason", reason=reason) if reason else None


def _progress_lines(scene: Scene) -> str:
    """Return the progress of documents and of corrective actions, a line each."""
    return "\n".join([documents.progress_line(scene), nonconformities.progress_line(scene)])
