"""A reminder message and the buttons to react to it; the cursor is the message's id."""

from collections.abc import Mapping

from dialogs.flow.navigator import open_place
from dialogs.flow.prompts import ask_day
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Button, Problem
from dialogs.model.reminder_log import ReminderKey
from dialogs.reminders import reactions
from dialogs.reminders.text import milestone_kind, reminder_line, reminder_text, reminder_title
from dialogs.steps.base import ButtonRows, Step, block, button, labelled_button

AUDIT_KINDS = frozenset({"surveillance", "recertification", "evidence"})
NUMBER_SIGNS = "①②③④⑤⑥⑦⑧⑨⑩"
MOST_IN_FULL = 3
"""With more reminders than this, the reason and the next step are shown for the chosen one only."""


class ReminderStep(Step):
    state = "reminder"
    has_cursor = True

    def blocks(self, scene: Scene) -> list[Block]:
        keys = reactions.selected_reminders(scene)
        if not keys:
            return [block(scene, "question", "reminder.settled")]
        if len(keys) == 1:
            return [block(scene, "question", "reminder.one"), Block("body", reminder_text(scene, keys[0]))]
        say = reminder_text if len(keys) <= MOST_IN_FULL else reminder_line
        return [
            block(scene, "question", "reminder.many", number=len(keys)),
            *(
                Block("body", f"{number} {say(scene, key)}")
                for number, key in zip(NUMBER_SIGNS, keys, strict=False)
            ),
        ]

    def choices(self, scene: Scene) -> ButtonRows:
        keys = reactions.selected_reminders(scene)
        calendar = [button(scene, "calendar")] if _has_calendar(scene) else []
        if not keys:
            return [calendar, [button(scene, "nav:resume", "menu.resume")]]
        later = button(scene, "react:later")
        if len(keys) == 1:
            return [
                [button(scene, "react:done"), later],
                [*_handover_button(scene, keys[0]), *calendar, *_reassessment_button(scene, keys[0])],
            ]
        picks = [
            [labelled_button(f"item:{place}", f"{number} {reminder_title(scene, key)}")]
            for place, (number, key) in enumerate(zip(NUMBER_SIGNS, keys, strict=False))
        ]
        return [*picks, [later, *calendar]]

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        return {"yes": "react:done", "skip": "react:later"}

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, what = pressed.partition(":")
        if kind == "item":
            scene.talk.draft["item"] = what
            return None
        keys = reactions.selected_reminders(scene)
        match what:
            case "done":
                reactions.ask_when_done(scene, keys[0])
            case "later":
                ask_day(scene, "later")
            case "refresh":
                reactions.open_subject(scene, keys[0].subject)
                open_place(scene, Place("refresh"))
            case "stop":
                reactions.apply_reaction(scene, keys, "stopped")
                scene.add_message("reminder.stopped", "saved")
            case _:
                open_place(scene, Place("handover", scene.talk.cursor))
        return None


def _reassessment_button(scene: Scene, key: ReminderKey) -> list[Button]:
    """Return the button for a reassessment, before an audit."""
    return [button(scene, "react:refresh")] if milestone_kind(key.milestone) in AUDIT_KINDS else []


def _handover_button(scene: Scene, key: ReminderKey) -> list[Button]:
    """Return the button to hand over, or for an idle assessment the one to stop its reminders."""
    if key.subject in scene.dossier.certifications:
        return [button(scene, "react:pass")]
    return [button(scene, "react:stop")]


def _has_calendar(scene: Scene) -> bool:
    return any(
        one.key.subject in scene.dossier.certifications
        and scene.dossier.certifications[one.key.subject].is_certified
        for one in reactions.reminders_in_letter(scene)
    )
