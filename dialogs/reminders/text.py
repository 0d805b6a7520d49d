"""The text of a reminder: what is due, why, and what to do now."""

from dialogs.certification.stages import make_plan
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.certification import Certification, effective_lifecycle
from dialogs.model.reminder_log import ReminderKey
from dialogs.parsing.dates.parser import format_distance, format_short_date
from dialogs.reminders.schedule import SUSPENSION, coming_suspension
from rubric import Milestone

LONGEST_WHAT, LONGEST_NAME = 60, 40


def milestone_kind(milestone: str) -> str:
    """Return the kind of a milestone, such as `surveillance`, `expiry`, `action` or `idle`."""
    return milestone.partition(":")[0].partition("-")[0]


def is_still_due(scene: Scene, key: ReminderKey) -> bool:
    """Return whether the reminder's subject is still to be done."""
    assessment = scene.dossier.cases.get(key.subject)
    if assessment is not None:
        return not assessment.submitted
    certification = scene.dossier.certifications.get(key.subject)
    if certification is None:
        return False
    kind, _, detail = key.milestone.partition(":")
    match kind:
        case "action":
            finding = certification.open_nonconformities.get(detail)
            return finding is not None and finding.done is None and finding.due is not None
        case "material":
            record = certification.materials.get(detail)
            return record is not None and record.expires is not None
        case "evidence":
            return certification.is_certified
    return _is_in_calendar(scene, certification, key.milestone)


def _is_in_calendar(scene: Scene, certification: Certification, milestone: str) -> bool:
    """Return whether the certificate's plan still has the milestone."""
    made = make_plan(scene, certification)
    if made is None or milestone == SUSPENSION:
        return made is not None and made.is_running and made.suspended_on is not None
    return any(one.id == milestone and one.done is None for one in made.milestones)


def find_milestone(scene: Scene, certification: Certification, milestone: str) -> Milestone | None:
    found = make_plan(scene, certification)
    return next((one for one in found.milestones if one.id == milestone), None) if found else None


def reminder_title(scene: Scene, key: ReminderKey) -> str:
    """Return the subject, short enough for a button."""
    return scene.words(f"reminder.title.{milestone_kind(key.milestone)}", **_text_values(scene, key))


def reminder_text(scene: Scene, key: ReminderKey) -> str:
    """Return the full text: what and by when, why, what to do now."""
    kind, values = _text_kind(scene, key), _text_values(scene, key)
    parts = ("what", "why", "todo")
    return "\n".join(scene.words(f"reminder.{part}.{kind}", **values) for part in parts)


def reminder_line(scene: Scene, key: ReminderKey) -> str:
    """Return what is due and by when, in one line."""
    return scene.words(f"reminder.what.{_text_kind(scene, key)}", **_text_values(scene, key))


def _text_kind(scene: Scene, key: ReminderKey) -> str:
    """Return the kind, and for a surveillance whether it is unannounced."""
    certification = scene.dossier.certifications.get(key.subject)
    found = find_milestone(scene, certification, key.milestone) if certification else None
    return found.text_key if found else milestone_kind(key.milestone)


def _text_values(scene: Scene, key: ReminderKey) -> dict[str, object]:
    kind, _, detail = key.milestone.partition(":")
    if kind == "idle":
        return _idle_values(scene, key)
    certification = scene.dossier.certifications[key.subject]
    common: dict[str, object] = {"organisation": _organisation_name(scene, certification.organisation)}
    return common | {
        "action": _action_values,
        "material": _document_values,
        "evidence": _evidence_values,
        SUSPENSION: _suspension_values,
    }.get(kind, _milestone_values)(scene, certification, detail or key.milestone)


def _milestone_values(scene: Scene, certification: Certification, name: str) -> dict[str, object]:
    words, found = scene.words, find_milestone(scene, certification, name)
    plan = make_plan(scene, certification)
    assert found is not None
    assert plan is not None
    lifecycle = effective_lifecycle(scene.library, certification)
    anchor = max(
        (one.on for one in certification.surveillances.values() if one.on < found.due), default=plan.issued
    )
    return {
        "number": found.number or "",
        "opens": format_short_date(found.opens, words),
        "due": format_short_date(found.due, words),
        "closes": format_short_date(found.closes, words),
        "anchor": format_short_date(anchor, words),
        "valid_until": format_short_date(plan.valid_until, words),
        "distance": format_distance(found.due, scene.today, words),
        "months": lifecycle.suspension.revoked_after_months,
    }


def _action_values(scene: Scene, certification: Certification, key: str) -> dict[str, object]:
    finding = certification.findings[key]
    assert finding.due is not None
    return {
        "what": formatting.shorten(finding.what, LONGEST_WHAT),
        "indicator": finding.indicator,
        "person": finding.person or scene.words("reminder.nobody"),
        "due": format_short_date(finding.due, scene.words),
        "distance": format_distance(finding.due, scene.today, scene.words),
    }


def _document_values(scene: Scene, certification: Certification, item: str) -> dict[str, object]:
    record = certification.materials[item]
    assert record.expires is not None
    body = scene.library.bodies.body_or_default(certification.body.get(""))
    text = scene.library.bodies.text(body.id, scene.talk.locale)
    return {
        "title": text.materials[item].title if item in text.materials else item,
        "due": format_short_date(record.expires, scene.words),
        "distance": format_distance(record.expires, scene.today, scene.words),
    }


def _evidence_values(scene: Scene, certification: Certification, _: str) -> dict[str, object]:
    settings = effective_lifecycle(scene.library, certification).reminders
    return {"months": settings.evidence_months}


def _suspension_values(scene: Scene, certification: Certification, _: str) -> dict[str, object]:
    coming = coming_suspension(certification, effective_lifecycle(scene.library, certification), scene.today)
    assert coming is not None
    since, revoked = coming
    end = revoked or since
    return {
        "since": format_short_date(since, scene.words),
        "due": format_short_date(end, scene.words),
        "distance": format_distance(end, scene.today, scene.words),
    }


def _idle_values(scene: Scene, key: ReminderKey) -> dict[str, object]:
    case = scene.dossier.cases[key.subject]
    card = case.compute_scorecard(scene.library.pinned_scheme(case))
    return {
        "organisation": _organisation_name(scene, case.organisation),
        "done": len(card.lines) - len(card.unanswered),
        "total": len(card.lines),
        "days": key.stage.removeprefix("idle-"),
    }


def _organisation_name(scene: Scene, organisation: str) -> str:
    return formatting.shorten(scene.dossier.organisations[organisation].name, LONGEST_NAME)
