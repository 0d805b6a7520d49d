"""The contact's reactions to a reminder: done, later, or handed over to a colleague."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from dialogs.assessment.cases import enter_case
from dialogs.certification.certifications import enter_certification
from dialogs.certification.stages import begin_step
from dialogs.flow.navigator import open_place, switch_case
from dialogs.flow.prompts import DatePrompt, ask_day
from dialogs.flow.recorder import apply_event, record_value
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.events import ReminderReacted
from dialogs.model.messages import Notice, Problem
from dialogs.model.records import FindingRecorded, KeeperNamed
from dialogs.model.reminder_log import Reaction, ReminderKey, SentReminder
from dialogs.parsing.dates.parser import format_long_date
from dialogs.reminders.text import is_still_due, milestone_kind


def reminders_in_letter(scene: Scene) -> tuple[SentReminder, ...]:
    """Return the reminders of the message under the cursor."""
    ledger = scene.dossier.reminder_log
    return ledger.reminders_in_letter(scene.talk.cursor, scene.dossier.contact.id) if ledger else ()


def pending_reminders(scene: Scene) -> list[ReminderKey]:
    """Return the reminders of the message that are still due and without a reaction."""
    return [
        one.key for one in reminders_in_letter(scene) if not one.reaction and is_still_due(scene, one.key)
    ]


def selected_reminders(scene: Scene) -> list[ReminderKey]:
    """Return the reminder that was picked, else all that are pending."""
    keys, picked = pending_reminders(scene), scene.talk.draft.get("item", "")
    return [keys[int(picked)]] if picked.isdecimal() and int(picked) < len(keys) else keys


def apply_reaction(
    scene: Scene, keys: Iterable[ReminderKey], reaction: Reaction, until: date | None = None
) -> None:
    """Record the reaction; colleagues are then not reminded."""
    for key in keys:
        apply_event(scene, ReminderReacted(key, reaction, until))
    scene.talk.draft.pop("item", None)


def open_subject(scene: Scene, subject: str) -> None:
    """Open the certification or case that a reminder is about."""
    certification = scene.dossier.certifications.get(subject)
    if certification is None:
        enter_case(scene, subject)
        return
    if scene.talk.organisation != certification.organisation:
        cases = [
            one.id for one in scene.dossier.cases.values() if one.organisation == certification.organisation
        ]
        switch_case(scene, certification.organisation, cases[-1] if cases else None)
    scene.talk.draft["certification"] = subject


def look_at_reminded(scene: Scene) -> None:
    """Where the screen is a reminder, work on the certification that it is about: of several a certified one."""
    if scene.talk.state not in {"reminder", "handover"}:
        return
    certifications = scene.dossier.certifications
    subjects = [
        key.subject for key in (*selected_reminders(scene), *(one.key for one in reminders_in_letter(scene)))
    ]
    about = [one for one in subjects if one in certifications]
    if about:
        open_subject(scene, next((one for one in about if certifications[one].is_certified), about[0]))


def ask_when_done(scene: Scene, key: ReminderKey) -> None:
    """Ask when it was done, or open what must be recorded; the plan follows from the answer."""
    open_subject(scene, key.subject)
    apply_reaction(scene, [key], "done" if milestone_kind(key.milestone) != "idle" else "seen")
    match milestone_kind(key.milestone):
        case "surveillance" | "suspension":
            ask_day(scene, "surveillance", key.milestone)
        case "recertification" | "expiry":
            _begin_renewal_step(scene)
        case "action":
            ask_day(scene, "action_done", key.milestone.partition(":")[2])
        case "material":
            open_place(scene, Place("material", key.milestone.partition(":")[2]))
        case "evidence":
            enter_certification(scene)
        case _:
            pass  # an assessment: `open_subject` went on with it


def _begin_renewal_step(scene: Scene) -> None:
    """Begin the step of the renewal that comes next in the certification."""
    enter_certification(scene)
    if scene.certification.current_stage == "decision":
        begin_step(scene, "grant")
    elif scene.certification.current_stage == "certified":
        begin_step(scene, "renew")


def hand_over(scene: Scene, keys: Iterable[ReminderKey], contact: str) -> None:
    """Make a colleague the one who is reminded, and notify them."""
    handed = list(keys)
    for subject in dict.fromkeys(key.subject for key in handed):
        if subject not in scene.dossier.certifications:
            continue
        open_subject(scene, subject)
        record_value(scene, KeeperNamed, "", contact)
        organisation = scene.dossier.organisations[scene.certification.organisation].name
        values = {"by": scene.dossier.contact.name, "organisation": organisation}
        scene.notices.append(Notice(contact, "handed_over", values))
    apply_reaction(scene, handed, "passed")


def _take_later_day(scene: Scene, _: str, day: date | None) -> Problem | None:
    assert day is not None
    if day <= scene.today:
        return Problem("date_past", scene.words("reminder.not_today"))
    apply_reaction(scene, reminders_of_prompt(scene), "later", day)
    scene.add_message("reminder.later", "saved", day=format_long_date(day, scene.words))
    return None


def reminders_of_prompt(scene: Scene) -> list[ReminderKey]:
    """Return the selected reminders of the message from which the date prompt was opened."""
    state, _, cursor = scene.talk.draft.get("return", "").partition(" ")
    ledger, picked = scene.dossier.reminder_log, scene.talk.draft.get("item", "")
    if state != "reminder" or ledger is None:
        return []
    keys = [
        one.key
        for one in ledger.reminders_in_letter(cursor, scene.dossier.contact.id)
        if not one.reaction and is_still_due(scene, one.key)
    ]
    return [keys[int(picked)]] if picked.isdecimal() and int(picked) < len(keys) else keys


def _take_action_day(scene: Scene, key: str, day: date | None) -> Problem | None:
    finding = scene.certification.findings.get(key)
    if finding is not None:
        record_value(scene, FindingRecorded, key, replace(finding, done=day))
        scene.add_message("finding.action_done", "saved")
    return None


DATE_PROMPTS: Mapping[str, DatePrompt] = {
    "later": DatePrompt(_take_later_day, direction="future", offered_days=(1, 3, 7, 14), needs="nothing"),
    "action_done": DatePrompt(_take_action_day),
}
