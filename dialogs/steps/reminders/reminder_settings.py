"""What will come and what was sent, with its outcome; and when, where and of what to be reminded."""

from dataclasses import replace
from datetime import date

from dialogs.flow.prompts import ask_text
from dialogs.flow.recorder import apply_event
from dialogs.flow.scene import Scene
from dialogs.language.catalogue import Words
from dialogs.model.dossier import files_of
from dialogs.model.events import AgendaChosen
from dialogs.model.messages import Block, Button, Problem
from dialogs.model.reminder_log import Key, ReminderLog, ReminderPreferences, SentReminder
from dialogs.parsing.dates.parser import short_date
from dialogs.reminders.schedule import planned
from dialogs.reminders.text import holds, title
from dialogs.steps.base import Rows, Step, block, button, choice, rows_of
from rubric.certificate.reminder_stages import stage_names

HOURS = (8, 9, 10, 14, 17)
MOST_COMING, MOST_SENT = 8, 5
VIEWS = ("hours", "stages")


class ReminderSettingsStep(Step):
    """The cursor says what is being changed: the hour, the stages, or nothing."""

    state = "reminders"

    def takes_number(self, scene: Scene) -> bool:
        return scene.talk.cursor == "hours"

    def blocks(self, scene: Scene) -> list[Block]:
        ledger = _ledger(scene)
        if scene.talk.cursor == "hours":
            return [block(scene, "question", "reminders.which_hour")]
        if scene.talk.cursor == "stages":
            return [block(scene, "question", "reminders.which_stages")]
        return [
            block(scene, "question", "reminders.question"),
            Block("body", _coming(scene, ledger)),
            Block("body", _sent(scene, ledger)),
            block(scene, "hint", "reminders.agenda", hour=ledger.agenda.hour, zone=ledger.agenda.zone),
        ]

    def choices(self, scene: Scene) -> Rows:
        agenda = _ledger(scene).agenda
        if scene.talk.cursor == "hours":
            return rows_of((choice(f"hour:{hour}", f"{hour}:00") for hour in HOURS), 5)
        if scene.talk.cursor == "stages":
            return rows_of((_switch(scene, agenda, stage) for stage in _stages(scene)), 3)
        change = [button(scene, f"reminders:{view}") for view in VIEWS]
        return [[*change, button(scene, "reminders:zone")], [button(scene, "nav:resume", "menu.resume")]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, what = pressed.partition(":")
        agenda = _ledger(scene).agenda
        if kind == "hour":
            _choose(scene, replace(agenda, hour=int(what)))
        elif kind == "stage":
            apply_event(scene, AgendaChosen(replace(agenda, muted=agenda.muted ^ {what})))
        elif what == "zone":
            ask_text(scene, "zone")
        else:
            scene.talk.cursor = what
        return None

    def said(self, scene: Scene, text: str) -> Problem | None:
        hour = text.strip().removesuffix(":00").removesuffix("点").removesuffix("點").strip()
        if scene.talk.cursor != "hours" or not (hour.isascii() and hour.isdecimal() and int(hour) < 24):
            return self.not_understood(scene)
        _choose(scene, replace(_ledger(scene).agenda, hour=int(hour)))
        return None


def _choose(scene: Scene, agenda: ReminderPreferences) -> None:
    apply_event(scene, AgendaChosen(agenda))
    scene.talk.cursor = ""
    scene.add_message("reminders.agenda", "saved", hour=agenda.hour, zone=agenda.zone)


def _ledger(scene: Scene) -> ReminderLog:
    return scene.dossier.ledger or ReminderLog()


def _stages(scene: Scene) -> list[str]:
    """Every stage that the schemes of the contact's certifications know, in order."""
    files = files_of(scene.dossier)
    pinned = {(one.scheme, one.version, one.checksum): one for one in files}
    lifecycles = [scene.library.pinned_scheme(one).lifecycle for _, one in sorted(pinned.items())]
    return list(dict.fromkeys(stage for one in lifecycles for stage in stage_names(one.reminders)))


def _switch(scene: Scene, agenda: ReminderPreferences, stage: str) -> Button:
    state = "muted" if stage in agenda.muted else "heard"
    return choice(f"stage:{stage}", scene.words(f"reminders.{state}", stage=stage_name(scene.words, stage)))


def stage_name(words: Words, stage: str) -> str:
    """A stage in words: 开始办理, 到期前30天, 到期日, 逾期第1周."""
    name, _, number = stage.partition("-")
    return words(f"stage_name.{name}_n" if number else f"stage_name.{name}", number=number)


def _coming(scene: Scene, ledger: ReminderLog) -> str:
    """The next ones, the nearest first; of one thing and day once."""
    told = {one.key for one in ledger.told if one.contact == scene.dossier.contact.id}
    ahead = [
        one
        for one in planned(scene.dossier, scene.library, ledger, scene.today)
        if one.sends_on >= scene.today and one.key not in told
    ]
    if not ahead:
        return scene.words("reminders.none_coming")
    lines = [_line(scene, one.sends_on, one.key) for one in ahead[:MOST_COMING]]
    if len(ahead) > MOST_COMING:
        lines.append(scene.words("reminders.more", number=len(ahead) - MOST_COMING))
    return "\n".join([scene.words("reminders.coming"), *lines])


def _line(scene: Scene, day: date, key: Key) -> str:
    return scene.words(
        "reminders.line",
        day=short_date(day, scene.words),
        title=title(scene, key),
        stage=stage_name(scene.words, key.stage),
    )


def _sent(scene: Scene, ledger: ReminderLog) -> str:
    mine = [one for one in ledger.told if one.contact == scene.dossier.contact.id]
    if not mine:
        return scene.words("reminders.none_sent")
    lines = [_outcome(scene, one) for one in mine[-MOST_SENT:][::-1]]
    return "\n".join([scene.words("reminders.sent"), *lines])


def _outcome(scene: Scene, one: SentReminder) -> str:
    subject = title(scene, one.key) if holds(scene, one.key) else scene.words("reminders.past")
    return scene.words(
        "reminders.outcome",
        day=short_date(one.at.date(), scene.words),
        title=subject,
        stage=stage_name(scene.words, one.key.stage),
        outcome=scene.words(f"outcome.{one.reaction or one.outcome}"),
    )
