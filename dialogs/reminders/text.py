"""A reminder put into words: what is due and by when, why it comes (rule and dates), and what to do now."""

from dialogs.certification.stages import plan_of
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.certification import Certification, lifecycle_of
from dialogs.model.reminder_log import Key
from dialogs.parsing.dates.parser import distance, short_date
from dialogs.reminders.schedule import SUSPENSION, coming_suspension
from rubric.certificate.plan import Milestone

LONGEST_WHAT, LONGEST_NAME = 60, 40


def kind_of(milestone: str) -> str:
    """What kind of thing a milestone is, such as `surveillance`, `expiry`, `action` or `idle`."""
    return milestone.partition(":")[0].partition("-")[0]


def holds(scene: Scene, key: Key) -> bool:
    """Whether what was told is still to be done."""
    assessment = scene.dossier.cases.get(key.subject)
    if assessment is not None:
        return not assessment.submitted
    certification = scene.dossier.certifications.get(key.subject)
    if certification is None:
        return False
    kind, _, detail = key.milestone.partition(":")
    match kind:
        case "action":
            return detail in certification.open_findings and certification.findings[detail].done is None
        case "material":
            return detail in certification.materials
        case "evidence":
            return certification.is_certified
    return _stands(scene, certification, key.milestone)


def _stands(scene: Scene, certification: Certification, milestone: str) -> bool:
    """Whether the certificate's calendar still has it."""
    made = plan_of(scene, certification)
    if made is None or milestone == SUSPENSION:
        return made is not None and made.is_running and made.suspended_on is not None
    return any(one.id == milestone and one.done is None for one in made.milestones)


def milestone_of(scene: Scene, certification: Certification, milestone: str) -> Milestone | None:
    found = plan_of(scene, certification)
    return next((one for one in found.milestones if one.id == milestone), None) if found else None


def title(scene: Scene, key: Key) -> str:
    """What it is about, short enough for a button."""
    return scene.words(f"reminder.title.{kind_of(key.milestone)}", **_values(scene, key))


def told(scene: Scene, key: Key) -> str:
    """All of it: what and by when, why, what to do now."""
    kind, values = _manner(scene, key), _values(scene, key)
    parts = ("what", "why", "todo")
    return "\n".join(scene.words(f"reminder.{part}.{kind}", **values) for part in parts)


def due(scene: Scene, key: Key) -> str:
    """What and by when, in one line."""
    return scene.words(f"reminder.what.{_manner(scene, key)}", **_values(scene, key))


def _manner(scene: Scene, key: Key) -> str:
    """The kind, and of a surveillance whether it comes unannounced."""
    certification = scene.dossier.certifications.get(key.subject)
    found = milestone_of(scene, certification, key.milestone) if certification else None
    return found.text_key if found else kind_of(key.milestone)


def _values(scene: Scene, key: Key) -> dict[str, object]:
    kind, _, detail = key.milestone.partition(":")
    if kind == "idle":
        return _idle(scene, key)
    certification = scene.dossier.certifications[key.subject]
    common: dict[str, object] = {"organisation": _name(scene, certification.organisation)}
    return common | {
        "action": _action,
        "material": _material,
        "evidence": _evidence,
        SUSPENSION: _suspension,
    }.get(kind, _milestone)(scene, certification, detail or key.milestone)


def _milestone(scene: Scene, certification: Certification, name: str) -> dict[str, object]:
    words, found = scene.words, milestone_of(scene, certification, name)
    plan = plan_of(scene, certification)
    assert found is not None
    assert plan is not None
    lifecycle = lifecycle_of(scene.library, certification)
    anchor = max(
        (one.on for one in certification.surveillances.values() if one.on < found.due), default=plan.issued
    )
    return {
        "number": found.number or "",
        "opens": short_date(found.opens, words),
        "due": short_date(found.due, words),
        "closes": short_date(found.closes, words),
        "anchor": short_date(anchor, words),
        "valid_until": short_date(plan.valid_until, words),
        "distance": distance(found.due, scene.today, words),
        "months": lifecycle.suspension.revoked_after_months,
    }


def _action(scene: Scene, certification: Certification, key: str) -> dict[str, object]:
    finding = certification.findings[key]
    assert finding.due is not None
    return {
        "what": formatting.shortened(finding.what, LONGEST_WHAT),
        "indicator": finding.indicator,
        "person": finding.person or scene.words("reminder.nobody"),
        "due": short_date(finding.due, scene.words),
        "distance": distance(finding.due, scene.today, scene.words),
    }


def _material(scene: Scene, certification: Certification, item: str) -> dict[str, object]:
    record = certification.materials[item]
    assert record.expires is not None
    body = scene.library.bodies.body_or_default(certification.body.get(""))
    text = scene.library.bodies.text(body.id, scene.talk.locale)
    return {
        "title": text.materials[item].title if item in text.materials else item,
        "due": short_date(record.expires, scene.words),
        "distance": distance(record.expires, scene.today, scene.words),
    }


def _evidence(scene: Scene, certification: Certification, _: str) -> dict[str, object]:
    settings = lifecycle_of(scene.library, certification).reminders
    return {"months": settings.evidence_months}


def _suspension(scene: Scene, certification: Certification, _: str) -> dict[str, object]:
    coming = coming_suspension(certification, lifecycle_of(scene.library, certification), scene.today)
    assert coming is not None
    since, revoked = coming
    end = revoked or since
    return {
        "since": short_date(since, scene.words),
        "due": short_date(end, scene.words),
        "distance": distance(end, scene.today, scene.words),
    }


def _idle(scene: Scene, key: Key) -> dict[str, object]:
    case = scene.dossier.cases[key.subject]
    card = case.graded(scene.library.pinned_scheme(case))
    return {
        "organisation": _name(scene, case.organisation),
        "done": len(card.lines) - len(card.unanswered),
        "total": len(card.lines),
        "days": key.stage.removeprefix("idle-"),
    }


def _name(scene: Scene, organisation: str) -> str:
    return formatting.shortened(scene.dossier.organisations[organisation].name, LONGEST_NAME)
