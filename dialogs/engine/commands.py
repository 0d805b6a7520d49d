"""Commands: words behind a slash that mean the same on every screen. `/start` comes as `Opened`."""

import re
from typing import Literal, NamedTuple

from dialogs.engine.navigation import ANYWHERE, resume
from dialogs.flow.scene import Scene
from dialogs.model.messages import Problem
from dialogs.parsing.intents import normalize, reduced

_COMMAND = re.compile(r"/([a-z_]{2,32})")


class Command(NamedTuple):
    """What it presses, as `dialogs.navigation` knows it, and what there must be for that."""

    presses: str
    needs: Literal["", "agreement", "case", "questions", "step"] = ""


COMMANDS: dict[str, Command] = {
    "assess": Command("nav:resume"),
    "resume": Command("nav:resume"),
    "score": Command("nav:review", "questions"),
    "report": Command("report", "case"),
    "sections": Command("nav:sections", "questions"),
    "undo": Command("nav:undo", "step"),
    "invite": Command("invitation", "case"),
    "certification": Command("certification", "case"),
    "materials": Command("materials", "case"),
    "calendar": Command("calendar", "case"),
    "reminders": Command("reminders", "agreement"),
    "menu": Command("nav:menu", "agreement"),
    "language": Command("language"),
    "pause": Command("nav:pause", "agreement"),
    "help": Command("nav:help"),
    "export": Command("export"),
    "erase": Command("erase"),
}


def typed(text: str) -> str | None:
    """The command that the text is; None for anything else, and for a word that merely has a slash before it."""
    match = _COMMAND.fullmatch(normalize(text))
    return match[1] if match and match[1] in {*COMMANDS, "start"} else None


def named(scene: Scene, text: str) -> bool:
    """Do what the button of a command is labelled with, on a screen without that button; whether it was one."""
    wanted = reduced(text)
    for command, (presses, needs) in COMMANDS.items():
        if wanted == reduced(scene.words(f"button.{presses.replace(':', '_')}")) and _has(scene, needs):
            return ask(scene, command) is None
    return False


def ask(scene: Scene, command: str) -> Problem | None:
    """Do what the command says wherever the talk stands."""
    found = COMMANDS.get("resume" if command == "start" else command)
    if found is None:
        return Problem("no_such_command", scene.words("command.unknown"))
    if not _has(scene, found.needs):
        return Problem("not_now", scene.words("command.not_now"))
    if found.presses == "nav:resume":
        _go_on(scene)
    else:
        ANYWHERE[found.presses](scene)
    return None


def _go_on(scene: Scene) -> None:
    if scene.in_passing and scene.talk.state != scene.talk.main.state:
        resume(scene)


def _has(scene: Scene, needed: str) -> bool:
    return {
        "": True,
        "agreement": scene.talk.agreed_at is not None,
        "case": scene.has_case,
        "questions": scene.shows_questions,
        "step": bool(scene.talk.undo),
    }[needed]
