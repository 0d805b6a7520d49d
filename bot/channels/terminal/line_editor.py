"""The line editor of a terminal, with a history that only its owner can read."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.output.vt100 import Vt100_Output

from bot.channels.terminal.chat import PROMPT

SHORTEST_KEPT = 3


class PrivateHistory(FileHistory):
    """The history of typed lines, without the numbers and letters of buttons."""

    def __init__(self, path: Path) -> None:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        path.chmod(0o600)
        super().__init__(str(path))

    def append_string(self, string: str) -> None:
        if len(string.strip()) >= SHORTEST_KEPT:
            super().append_string(string)


def line_editor(history: Path) -> Callable[[], str]:
    """Return a function that reads one line with editing; `history` is the file of earlier lines."""
    output = Vt100_Output.from_pty(sys.stdout, term=os.environ.get("TERM"))
    output.enable_cpr = (
        False  # asks the terminal where the cursor is; a late reply would be read as typed text
    )
    session: PromptSession[str] = PromptSession(PROMPT, history=_history(history), output=output)
    return lambda: session.prompt().encode(errors="replace").decode()


def _history(path: Path) -> History:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return PrivateHistory(path)
    except OSError:  # the chat goes on without a history
        return InMemoryHistory()
