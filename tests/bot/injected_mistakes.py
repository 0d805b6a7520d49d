"""Mistakes of a programmer in a child process: each raises for as long as the file of its name is there."""

import os
from pathlib import Path

from tests.bot.commands.child_process import ROOT

_CUSTOMIZE = """
import functools, os, pathlib
FLAGS = pathlib.Path(__file__).parent

def broken(owner, name, flag):
    original = getattr(owner, name)
    @functools.wraps(original)
    def wrapped(*args, **kwargs):
        result = original(*args, **kwargs)
        if (FLAGS / flag).exists():
            raise KeyError("picture")
        return result
    setattr(owner, name, wrapped)

from dialogs.steps.shared.menu import MenuStep
from dialogs.steps.scoring.question import QuestionStep
broken(QuestionStep, "handle_press", "answering")
broken(QuestionStep, "blocks", "question")
broken(MenuStep, "blocks", "menu")

import bot.console
show_block = bot.console.show_block
def show(out, block):
    if (FLAGS / "terminal").exists() and block.kind == "question" and "5.1.1.2" in block.text:
        raise KeyError(block.kind)
    show_block(out, block)
bot.console.show_block = show

if (FLAGS / "serves").exists():
    from bot.channels.telegram.inbound.update_handler import UpdateHandler
    broken(UpdateHandler, "handle_reachability", "leaving")
    import bot.channels.telegram.outbound.chat_screen as chat_screen
    import bot.channels.telegram.transport.telegram_transport as telegram_transport
    broken(chat_screen, "render_replies", "rendering")
    broken(telegram_transport, "edit_text", "sending")
"""


class Mistakes:
    """The mistakes of one child process, which is given `path` as its PYTHONPATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(_CUSTOMIZE, encoding="utf-8")

    @property
    def path(self) -> str:
        return os.pathsep.join([str(self.folder), str(ROOT)])

    def make(self, *names: str) -> None:
        for name in names:
            (self.folder / name).touch()

    def mend(self) -> None:
        for one in self.folder.iterdir():
            if one.suffix != ".py" and one.is_file() and one.name != "serves":
                one.unlink()
