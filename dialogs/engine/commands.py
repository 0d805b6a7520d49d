"""Commands that work on every screen. `/start` arrives as `ChatStart`."""

import re
from typing import Literal, NamedTuple

from dialogs.engine.navigation import GLOBAL_ACTIONS, resume_walk
from dialogs.flow.scene import Scene
from dialogs.model.messages import Problem
from dialogs.parsing.intents import label_form
from dialogs.parsing.utterance import Utterance

_COMMAND = re.compile(r"/([a-z_]{2,32})")


class CommandRule(NamedTuple):
    """The button that a command presses (see `dialogs.engine.navigation`), and the condition for it."""

    button_id: str
    condition: Literal["", "agreement", "case", "questions", "step"] = ""


COMMANDS: dict[str, CommandRule] = {
    "assess": CommandRule("nav:resume"),
    "resume": CommandRule("nav:resume"),
    "score": CommandRule("nav:review", "questions"),
    "report": CommandRule("report", "case"),
    "sections": CommandRule("nav:sections", "questions"),
    "undo": CommandRule("nav:undo", "step"),
    "invite": CommandRule("invitation", "case"),
    "certification": CommandRule("certification", "case"),
    "materials": CommandRule("materials", "case"),
    "calendar": CommandRule("calendar", "case"),
    "reminders": CommandRule("reminders", "agreement"),
    "menu": CommandRule("nav:menu", "agreement"),
    "language": CommandRule("language"),
    "pause": CommandRule("nav:pause", "agreement"),
    "help": CommandRule("nav:help"),
    "export": CommandRule("export"),
    "erase": CommandRule("erase"),
}


def parse_command(utterance: Utterance) -> str | None:
    """Return the command that the utterance is; None for other text, and for an unknown word after a slash."""
    match = _COMMAND.fullmatch(utterance.normalized)
    return match[1] if match and match[1] in {*COMMANDS, "start"} else None


def run_by_label(scene: Scene, utterance: Utterance) -> bool:
    """Run the command whose button has the typed label, where the screen lacks that button. Return whether it ran."""
    for command, (presses, needs) in COMMANDS.items():
        label = scene.words(f"button.{presses.replace(':', '_')}")
        if utterance.comparison == label_form(label) and _is_available(scene, needs):
            return run_command(scene, command) is None
    return False


def run_command(scene: Scene, command: str) -> Problem | None:
    """Run the command from any state."""
    found = COMMANDS.get("resume" if command == "start" else command)
    if found is None:
        return Problem("no_such_command", scene.words("command.unknown"))
    if not _is_available(scene, found.condition):
        return Problem("not_now", scene.words("command.not_now"))
    if found.button_id == "nav:resume":
        _resume_walk(scene)
    else:
        GLOBAL_ACTIONS[found.button_id](scene)
    return None


def _resume_walk(scene: Scene) -> None:
    if scene.is_outside_walk and scene.talk.state != scene.talk.main_place.state:
        resume_walk(scene)


def _is_available(scene: Scene, condition: str) -> bool:
    return {
        "": True,
        "agreement": scene.talk.agreed_at is not None,
        "case": scene.has_case,
        "questions": scene.can_show_questions,
        "step": bool(scene.talk.undo_steps),
    }[condition]
