"""Where the certification stands, what is next, and who must do what by when: one screen."""

from datetime import date

from dialogs.certification import certifications, documents, nonconformities, stages
from dialogs.certification.certificate_form import begin_certificate
from dialogs.flow.navigator import open_place
from dialogs.flow.scene import Scene
from dialogs.flow.stage_table import WAY
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.parsing.dates.parser import distance, in_words, short_date
from dialogs.steps.base import Rows, Step, block, button, rows_of
from rubric.certificate.plan import CertificatePlan
from rubric.model.bodies import BodyText

PASSED, HERE, AHEAD = "✓", "▶", "·"


class CertificationStep(Step):
    state = "certification"

    def blocks(self, scene: Scene) -> list[Block]:
        certification = scene.certification
        text = scene.library.pinned_text(certification, scene.talk.locale)
        place = block(
            scene, "place", "certification.place", organisation=scene.organisation.name, scheme=text.short
        )
        found = [place, _standing(scene), Block("body", _way(scene)), _next(scene)]
        plan = stages.plan_of(scene, certification)
        if plan is not None:
            found.append(block(scene, "body", "certification.certificate", **_certificate(scene, plan)))
        reason = _reason(scene)
        return [*found, *([reason] if reason else []), Block("body", _progress(scene)), *_refused_if(scene)]

    def choices(self, scene: Scene) -> Rows:
        certification = scene.certification
        steps = [button(scene, f"step:{one}", f"step.{one}") for one in stages.steps_of(certification)]
        if certification.at in certifications.OVER:
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
        if len(certifications.to_choose_from(scene)) > 1:
            others.append(button(scene, "certifications"))
        return [*rows_of(steps, 2), *rows_of(own, 3), [*others, button(scene, "reminders")]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, what = pressed.partition(":")
        if kind == "step":
            stages.take_step(scene, what)
        elif pressed == "certificate:record":
            begin_certificate(scene)
        elif pressed == "begin_again":
            certifications.begin_again(scene)
        else:
            open_place(scene, Place(pressed))
        return None


def _standing(scene: Scene) -> Block:
    certification = scene.certification
    since = certification.reached.get(certification.at)
    stage = stages.stage_name(scene, certification, certification.at)
    if since is None:
        return block(scene, "question", "certification.at", stage=stage)
    return block(scene, "question", "certification.since", stage=stage, day=in_words(since, scene.words))


def _way(scene: Scene) -> str:
    """The stages that this body has, with a sign each for passed, here, ahead."""
    body = stages.body_of(scene)
    own = {one.id for one in body.stages}
    way = [stage for stage in WAY if stage not in {"contract", "document_review"} or stage in own]
    at = scene.certification.at
    here = way.index(at) if at in way else (len(way) if scene.certification.is_certified else 0)
    signs = (PASSED if place < here else HERE if place == here else AHEAD for place in range(len(way)))
    return "\n".join(
        f"{sign} {stages.stage_name(scene, scene.certification, stage)}"
        for sign, stage in zip(signs, way, strict=True)
    )


def _next(scene: Scene) -> Block:
    """Who must do what, and by when: from the body's usual working days, or from the certificate's calendar."""
    certification = scene.certification
    plan = stages.plan_of(scene, certification)
    if plan is not None and certification.at in {"certified", "suspended"}:
        return _next_milestone(scene, plan)
    return block(
        scene,
        "body",
        "certification.next",
        who=scene.words(f"certification.who.{stages.who_acts(scene)}"),
        what=_what(scene),
        when=_by_when(scene),
    )


def _what(scene: Scene) -> str:
    """As the certification body's profile says of its stage, otherwise in our words."""
    certification = scene.certification
    stages = _body_text(scene).stages
    if certification.at in stages:
        return stages[certification.at].what
    unrecorded = certification.at == "certified" and not certification.is_certified
    return scene.words(f"certification.do.{'unrecorded' if unrecorded else certification.at}")


def _refused_if(scene: Scene) -> list[Block]:
    """Before an application, what the body refuses one for."""
    if scene.certification.at not in {"self_assessment", "refused", "application"}:
        return []
    said = [scene.words("certification.refused_if"), *(f"· {one}" for one in _body_text(scene).refused_if)]
    return [Block("hint", "\n".join(said))]


def _body_text(scene: Scene) -> BodyText:
    return scene.library.bodies.text(stages.body_of(scene).id, scene.talk.locale)


def _by_when(scene: Scene) -> str:
    certification = scene.certification
    body = stages.body_of(scene)
    stage = next((one for one in body.stages if one.id == certification.at), None)
    since = certification.reached.get(certification.at)
    if stage is None or stage.working_days is None:
        return ""
    days = {"least": stage.working_days.at_least, "most": stage.working_days.at_most}
    usual = scene.words("certification.usual", **days, source=scene.words(f"source.{stage.source}"))
    if since is None:
        return usual
    by = scene.dossier.calendar.working_day(since, stage.working_days.at_most)
    return usual + scene.words(
        "certification.by", day=short_date(by, scene.words), distance=distance(by, scene.today, scene.words)
    )


def _next_milestone(scene: Scene, plan: CertificatePlan) -> Block:
    ahead = [one for one in plan.milestones if one.done is None and one.closes >= scene.today]
    if not plan.is_running or not ahead:
        return block(scene, "notice", f"certification.status.{plan.status}")
    first = min(ahead, key=lambda one: (one.due, one.kind == "expiry"))
    values = {
        "title": stages.milestone_name(scene, first),
        "opens": short_date(first.opens, scene.words),
        "due": short_date(first.due, scene.words),
        "closes": short_date(first.closes, scene.words),
        "distance": distance(first.due, scene.today, scene.words),
    }
    key = "certification.milestone_irregular" if first.irregular else "certification.milestone"
    return block(scene, "body", key, **values)


def _certificate(scene: Scene, plan: CertificatePlan) -> dict[str, str]:
    certificate = scene.certification.certificate
    return {
        "number": certificate.get("number", scene.words("certificate.unknown")),
        "valid_until": _day(scene, plan.valid_until),
        "status": scene.words(f"certificate.status.{plan.status}"),
    }


def _day(scene: Scene, day: date) -> str:
    return short_date(day, scene.words)


def _reason(scene: Scene) -> Block | None:
    """Why it stands where it does; of a renewal under way, why the certificate is suspended meanwhile."""
    certification = scene.certification
    trigger = {"refused": "refuse", "suspended": "suspend", "revoked": "revoke", "withdrawn": "withdraw"}
    usual = "suspend" if certification.is_suspended else ""
    reason = certification.reasons.get(trigger.get(certification.at, usual))
    return block(scene, "notice", "certification.reason", reason=reason) if reason else None


def _progress(scene: Scene) -> str:
    """Papers and corrective actions in a line each."""
    return "\n".join([documents.progress_line(scene), nonconformities.progress_line(scene)])
