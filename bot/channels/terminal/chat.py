"""The assessment in a terminal: screens to read, choices by number or letter, everything else as typed."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from bot.catalogue_text import say
from bot.channels.terminal.choices import Choice, choices, pressed
from bot.channels.terminal.paths import missing_path, paths_in
from bot.channels.terminal.spinner import patience
from bot.channels.terminal.view import show_attachment, show_note, show_problem, show_screen, show_separator
from bot.conversations.local import Input, Talk
from dialogs.model.messages import Attachment, Problem, Reply, Screen

PROMPT = "\n› "
Ask = Callable[[], str]
"""Reads one line. Raises EOFError at its end, KeyboardInterrupt when the contact leaves."""


def plain_input() -> str:
    """One line where there is no terminal to edit in."""
    if sys.stdin.isatty():
        return input(PROMPT)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


@dataclass(slots=True)
class Terminal:
    """`locale` tells the talk's language now; `hand_out` puts an attachment where it can be opened.

    `notes` are said at the beginning and at the end, which comes with a state of `ends`; `on_enter` is the input that
    an empty line stands for; `command` is what to type to go on another time.
    """

    talk: Talk
    out: Console
    ask: Ask
    locale: Callable[[], str]
    hand_out: Callable[[Attachment], Path]
    notes: tuple[str, str] = ("terminal.welcome", "terminal.saved")
    ends: frozenset[str] = frozenset({"paused"})
    on_enter: Callable[[], Input | None] = lambda: None
    command: str = "xingping chat"
    choices: list[list[Choice]] = field(default_factory=list)
    state: str = ""

    def run(self) -> None:
        """Talk until the contact pauses or leaves; everything answered is saved by then."""
        try:
            self._take([Input("open")])
            show_note(self.out, say(self.locale(), self.notes[0]))
            while not self._step():
                pass
        except (KeyboardInterrupt, EOFError):
            pass
        show_note(self.out, say(self.locale(), self.notes[1], command=self.command))

    def _step(self) -> bool:
        """Take one line; whether the talk ended by it."""
        before = self.state
        self._take(self._inputs(self.ask()))
        return self._ends(before, self.state)

    def _ends(self, before: str, after: str) -> bool:
        return after in self.ends and before not in self.ends

    def _inputs(self, typed: str) -> list[Input]:
        if not typed.strip():
            usual = self.on_enter()
            return [] if usual is None else [usual]
        button = pressed(self.choices, typed)
        if button is not None:
            return [Input("press", button.id)]
        missing = missing_path(typed)
        if missing is not None:
            show_note(self.out, self._say("no_such_file", path=missing))
            return []
        files = [Input("file", str(path)) for path in paths_in(typed)]
        return files or [Input("text", typed)]

    def _take(self, inputs: Iterable[Input]) -> None:
        for given in inputs:
            with patience(self.out, self._say("working")):
                replies = self.talk.take(given)
            self._show(replies)

    def _show(self, replies: Iterable[Reply]) -> None:
        show_separator(self.out)
        for reply in replies:
            if isinstance(reply, Problem):
                show_problem(self.out, reply)
            else:
                self._show_screen(reply)

    def _show_screen(self, screen: Screen) -> None:
        rows = choices(screen)
        over = bool(self.state) and self._ends(self.state, screen.state)
        self.choices, self.state = rows, screen.state
        show_screen(self.out, screen, [] if over else rows)  # nobody reads a choice that is typed at a shell
        for attachment in screen.attachments:
            path = self.hand_out(attachment)
            show_attachment(self.out, attachment.name, path)

    def _say(self, name: str, **values: object) -> str:
        return say(self.locale(), f"terminal.{name}", **values)
