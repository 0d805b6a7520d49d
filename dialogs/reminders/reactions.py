"""What a contact does about a reminder: done, later, somebody else's; and what each leads to."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from dialogs.assessment.cases import enter_case
from dialogs.certification.certifications import enter_certification
from dialogs.certification.stages import take_step
from dialogs.flow.navigator import open_place, switch_case
from dialogs.flow.prompts import AskedDay, ask_day
from dialogs.flow.recorder import apply_event, record_value
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.events import ReminderReacted
from dialogs.model.messages import Notice, Problem
from dialogs.model.records import FindingRecorded, KeeperNamed
from dialogs.model.reminder_log import Key, Reaction, SentReminder
from dialogs.parsing.dates.parser import in_words
from dialogs.reminders.text import holds, kind_of


def letter(scene: Scene) -> tuple[SentReminder, ...]:
    """What the letter under the cursor told."""
    ledger = scene.dossier.ledger
    return ledger.letter(scene.talk.cursor, scene.dossier.contact.id) if ledger else ()


def standing(scene: Scene) -> list[Key]:
    """What of the letter is still to be done and was not reacted to."""
    return [one.key for one in letter(scene) if not one.reaction and holds(scene, one.key)]


def chosen(scene: Scene) -> list[Key]:
    """The one of the letter's things that was picked, or the only one, or all of them."""
    keys, picked = standing(scene), scene.talk.draft.get("item", "")
    return [keys[int(picked)]] if picked.isdecimal() and int(picked) < len(keys) else keys


def react(scene: Scene, keys: Iterable[Key], reaction: Reaction, until: date | None = None) -> None:
    """Note it: whatever it was, somebody has seen it, and nobody else needs to be told."""
    for key in keys:
        apply_event(scene, ReminderReacted(key, reaction, until))
    scene.talk.draft.pop("item", None)


def look_at(scene: Scene, subject: str) -> None:
    """Work on the certification or case that a reminder is about."""
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


def done(scene: Scene, key: Key) -> None:
    """Ask when it was done; the calendar is reckoned anew from the answer."""
    look_at(scene, key.subject)
    react(scene, [key], "done" if kind_of(key.milestone) != "idle" else "seen")
    match kind_of(key.milestone):
        case "surveillance" | "suspension":
            ask_day(scene, "surveillance", key.milestone)
        case "recertification" | "expiry":
            _renewed(scene)
        case "action":
            ask_day(scene, "action_done", key.milestone.partition(":")[2])
        case "material":
            open_place(scene, Place("material", key.milestone.partition(":")[2]))
        case "evidence":
            enter_certification(scene)
        case _:
            pass  # an assessment: `look_at` went on with it


def _renewed(scene: Scene) -> None:
    """A renewal that was decided, or that is on its way, is told where the certification stands."""
    enter_certification(scene)
    if scene.certification.at == "decision":
        take_step(scene, "grant")
    elif scene.certification.at == "certified":
        take_step(scene, "renew")


def hand_to(scene: Scene, keys: Iterable[Key], colleague: str) -> None:
    """Have a colleague reminded from now on, and tell them."""
    handed = list(keys)
    for subject in dict.fromkeys(key.subject for key in handed):
        if subject not in scene.dossier.certifications:
            continue
        look_at(scene, subject)
        record_value(scene, KeeperNamed, "", colleague)
        organisation = scene.dossier.organisations[scene.certification.organisation].name
        values = {"by": scene.dossier.contact.name, "organisation": organisation}
        scene.notices.append(Notice(colleague, "handed_over", values))
    react(scene, handed, "passed")


def _later(scene: Scene, _: str, day: date | None) -> Problem | None:
    assert day is not None
    if day <= scene.today:
        return Problem("date_past", scene.words("reminder.not_today"))
    react(scene, chosen_by(scene), "later", day)
    scene.add_message("reminder.later", "saved", day=in_words(day, scene.words))
    return None


def chosen_by(scene: Scene) -> list[Key]:
    """What was chosen on the reminder from which a day was asked for."""
    state, _, cursor = scene.talk.draft.get("return", "").partition(" ")
    ledger, picked = scene.dossier.ledger, scene.talk.draft.get("item", "")
    if state != "reminder" or ledger is None:
        return []
    keys = [
        one.key
        for one in ledger.letter(cursor, scene.dossier.contact.id)
        if not one.reaction and holds(scene, one.key)
    ]
    return [keys[int(picked)]] if picked.isdecimal() and int(picked) < len(keys) else keys


def _action_done(scene: Scene, key: str, day: date | None) -> Problem | None:
    finding = scene.certification.findings.get(key)
    if finding is not None:
        record_value(scene, FindingRecorded, key, replace(finding, done=day))
        scene.add_message("finding.action_done", "saved")
    return None


DAYS: Mapping[str, AskedDay] = {
    "later": AskedDay(_later, towards="future", offers=(1, 3, 7, 14)),
    "action_done": AskedDay(_action_done),
}
