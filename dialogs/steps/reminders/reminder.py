"""What the contact is reminded of, and what they do about it: the letter under the cursor."""

from collections.abc import Mapping

from dialogs.flow.navigator import open_place
from dialogs.flow.prompts import ask_day
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Button, Problem
from dialogs.model.reminder_log import Key
from dialogs.reminders import reactions
from dialogs.reminders.text import due, kind_of, title, told
from dialogs.steps.base import Rows, Step, block, button, choice

BEFORE_AUDITS = frozenset({"surveillance", "recertification", "evidence"})
NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩"
MOST_IN_FULL = 3
"""Of more things than that only what is due is said; why and what to do, when one is picked."""


class ReminderStep(Step):
    state = "reminder"

    def blocks(self, scene: Scene) -> list[Block]:
        keys = reactions.chosen(scene)
        if not keys:
            return [block(scene, "question", "reminder.settled")]
        if len(keys) == 1:
            return [block(scene, "question", "reminder.one"), Block("body", told(scene, keys[0]))]
        say = told if len(keys) <= MOST_IN_FULL else due
        return [
            block(scene, "question", "reminder.many", number=len(keys)),
            *(
                Block("body", f"{number} {say(scene, key)}")
                for number, key in zip(NUMBERS, keys, strict=False)
            ),
        ]

    def choices(self, scene: Scene) -> Rows:
        keys = reactions.chosen(scene)
        calendar = [button(scene, "calendar")] if _has_calendar(scene) else []
        if not keys:
            return [calendar, [button(scene, "nav:resume", "menu.resume")]]
        later = button(scene, "react:later")
        if len(keys) == 1:
            return [
                [button(scene, "react:done"), later],
                [*_others(scene, keys[0]), *calendar, *_refresh(scene, keys[0])],
            ]
        picks = [
            [choice(f"item:{place}", f"{number} {title(scene, key)}")]
            for place, (number, key) in enumerate(zip(NUMBERS, keys, strict=False))
        ]
        return [*picks, [later, *calendar]]

    def hears(self, scene: Scene) -> Mapping[str, str]:
        return {"yes": "react:done", "skip": "react:later"}

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, what = pressed.partition(":")
        if kind == "item":
            scene.talk.draft["item"] = what
            return None
        keys = reactions.chosen(scene)
        match what:
            case "done":
                reactions.done(scene, keys[0])
            case "later":
                ask_day(scene, "later")
            case "refresh":
                reactions.look_at(scene, keys[0].subject)
                open_place(scene, Place("refresh"))
            case "stop":
                reactions.react(scene, keys, "stopped")
                scene.add_message("reminder.stopped", "saved")
            case _:
                open_place(scene, Place("handover", scene.talk.cursor))
        return None


def _refresh(scene: Scene, key: Key) -> list[Button]:
    """Before an audit one looks at the assessment again."""
    return [button(scene, "react:refresh")] if kind_of(key.milestone) in BEFORE_AUDITS else []


def _others(scene: Scene, key: Key) -> list[Button]:
    """Whose it is instead; an assessment that stands still is nobody's duty, and can be left in peace."""
    if key.subject in scene.dossier.certifications:
        return [button(scene, "react:pass")]
    return [button(scene, "react:stop")]


def _has_calendar(scene: Scene) -> bool:
    return any(
        one.key.subject in scene.dossier.certifications
        and scene.dossier.certifications[one.key.subject].is_certified
        for one in reactions.letter(scene)
    )
