"""Upcoming and sent reminders, and the contact's preferences."""

from dataclasses import replace
from datetime import date

from dialogs.flow.prompts import ask_text
from dialogs.flow.recorder import apply_event
from dialogs.flow.scene import Scene
from dialogs.language.catalogue import Catalogue
from dialogs.model.dossier import list_records
from dialogs.model.events import AgendaChosen
from dialogs.model.messages import Block, Button, Problem
from dialogs.model.reminder_log import ReminderKey, ReminderLog, SentReminder
from dialogs.model.reminder_preferences import ReminderPreferences
from dialogs.parsing.dates.parser import format_short_date
from dialogs.parsing.utterance import Utterance
from dialogs.reminders.schedule import plan_reminders
from dialogs.reminders.text import is_still_due, reminder_title
from dialogs.steps.base import ButtonRows, Step, arrange_rows, block, button, labelled_button
from rubric import stage_names

OFFERED_HOURS = (8, 9, 10, 14, 17)
MOST_COMING, MOST_SENT = 8, 5
VIEWS = ("hours", "stages")


class ReminderSettingsStep(Step):
    """The cursor is the setting being changed: `hours`, `stages`, or empty."""

    state = "reminders"
    has_cursor = True

    def takes_number(self, scene: Scene) -> bool:
        return scene.talk.cursor == "hours"

    def blocks(self, scene: Scene) -> list[Block]:
        ledger = _reminder_log(scene)
        if scene.talk.cursor == "hours":
            return [block(scene, "question", "reminders.which_hour")]
        if scene.talk.cursor == "stages":
            return [block(scene, "question", "reminders.which_stages")]
        return [
            block(scene, "question", "reminders.question"),
            Block("body", _upcoming_text(scene, ledger)),
            Block("body", _sent_text(scene, ledger)),
            block(
                scene, "hint", "reminders.agenda", hour=ledger.preferences.hour, zone=ledger.preferences.zone
            ),
        ]

    def choices(self, scene: Scene) -> ButtonRows:
        agenda = _reminder_log(scene).preferences
        if scene.talk.cursor == "hours":
            return arrange_rows((labelled_button(f"hour:{hour}", f"{hour}:00") for hour in OFFERED_HOURS), 5)
        if scene.talk.cursor == "stages":
            return arrange_rows((_stage_switch(scene, agenda, stage) for stage in _known_stages(scene)), 3)
        change = [button(scene, f"reminders:{view}") for view in VIEWS]
        return [[*change, button(scene, "reminders:zone")], [button(scene, "nav:resume", "menu.resume")]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, what = pressed.partition(":")
        agenda = _reminder_log(scene).preferences
        if kind == "hour":
            _save_preferences(scene, replace(agenda, hour=int(what)))
        elif kind == "stage":
            apply_event(scene, AgendaChosen(replace(agenda, muted=agenda.muted ^ {what})))
        elif what == "zone":
            ask_text(scene, "zone")
        else:
            scene.talk.cursor = what
        return None

    def handle_text(self, scene: Scene, utterance: Utterance) -> Problem | None:
        hour = utterance.text.strip().removesuffix(":00").removesuffix("点").removesuffix("點").strip()
        if scene.talk.cursor != "hours" or not (hour.isascii() and hour.isdecimal() and int(hour) < 24):
            return self.not_understood_problem(scene)
        _save_preferences(scene, replace(_reminder_log(scene).preferences, hour=int(hour)))
        return None


def _save_preferences(scene: Scene, preferences: ReminderPreferences) -> None:
    apply_event(scene, AgendaChosen(preferences))
    scene.talk.cursor = ""
    scene.add_message("reminders.agenda", "saved", hour=preferences.hour, zone=preferences.zone)


def _reminder_log(scene: Scene) -> ReminderLog:
    return scene.dossier.reminder_log or ReminderLog()


def _known_stages(scene: Scene) -> list[str]:
    """Return all reminder stages of the schemes of the contact's certifications, in order."""
    files = list_records(scene.dossier)
    pinned = {(one.scheme, one.version, one.checksum): one for one in files}
    lifecycles = [scene.library.pinned_scheme(one).lifecycle for _, one in sorted(pinned.items())]
    return list(dict.fromkeys(stage for one in lifecycles for stage in stage_names(one.reminders)))


def _stage_switch(scene: Scene, preferences: ReminderPreferences, stage: str) -> Button:
    state = "muted" if stage in preferences.muted else "heard"
    return labelled_button(
        f"stage:{stage}", scene.words(f"reminders.{state}", stage=reminder_stage_name(scene.words, stage))
    )


def reminder_stage_name(words: Catalogue, stage: str) -> str:
    """A stage in words: 开始办理, 到期前30天, 到期日, 逾期第1周."""
    name, _, number = stage.partition("-")
    return words(f"stage_name.{name}_n" if number else f"stage_name.{name}", number=number)


def _upcoming_text(scene: Scene, ledger: ReminderLog) -> str:
    """Return the next reminders as text, the nearest first."""
    told = {one.key for one in ledger.sent_reminders if one.contact == scene.dossier.contact.id}
    ahead = [
        one
        for one in plan_reminders(scene.dossier, scene.library, ledger, scene.today)
        if one.sends_on >= scene.today and one.key not in told
    ]
    if not ahead:
        return scene.words("reminders.none_coming")
    lines = [_reminder_line(scene, one.sends_on, one.key) for one in ahead[:MOST_COMING]]
    if len(ahead) > MOST_COMING:
        lines.append(scene.words("reminders.more", number=len(ahead) - MOST_COMING))
    return "\n".join([scene.words("reminders.coming"), *lines])


def _reminder_line(scene: Scene, day: date, key: ReminderKey) -> str:
    return scene.words(
        "reminders.line",
        day=format_short_date(day, scene.words),
        title=reminder_title(scene, key),
        stage=reminder_stage_name(scene.words, key.stage),
    )


def _sent_text(scene: Scene, ledger: ReminderLog) -> str:
    mine = [one for one in ledger.sent_reminders if one.contact == scene.dossier.contact.id]
    if not mine:
        return scene.words("reminders.none_sent")
    lines = [_outcome_line(scene, one) for one in mine[-MOST_SENT:][::-1]]
    return "\n".join([scene.words("reminders.sent"), *lines])


def _outcome_line(scene: Scene, reminder: SentReminder) -> str:
    subject = (
        reminder_title(scene, reminder.key)
        if is_still_due(scene, reminder.key)
        else scene.words("reminders.past")
    )
    return scene.words(
        "reminders.outcome",
        day=format_short_date(reminder.at.date(), scene.words),
        title=subject,
        stage=reminder_stage_name(scene.words, reminder.key.stage),
        outcome=scene.words(f"outcome.{reminder.reaction or reminder.outcome}"),
    )
