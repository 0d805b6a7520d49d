"""The terminal chat: screens, choices by number or letter, typed answers."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from bot.catalogue_text import translate
from bot.channels.terminal.choices import Choice, find_pressed, make_choices
from bot.channels.terminal.paths import find_missing_path, find_paths
from bot.channels.terminal.spinner import show_spinner
from bot.channels.terminal.view import show_attachment, show_note, show_problem, show_screen, show_separator
from bot.conversations.local import Input, Talk, run_or_recover
from dialogs import Attachment, Problem, Reply, Screen

PROMPT = "\n› "
ReadLine = Callable[[], str]
"""Reads one line. Raises EOFError at its end, KeyboardInterrupt when the contact leaves."""


def read_plain_line() -> str:
    """Read a line without editing, for input that is no terminal."""
    if sys.stdin.isatty():
        return input(PROMPT)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


@dataclass(slots=True)
class TerminalChat:
    """A chat in a terminal; `notes` are catalogue keys, `end_states` the states that end it.

    The notes are printed at the beginning and at the end; `on_enter` is the input of an empty line; `command` is the
    one that continues the chat another time.
    """

    talk: Talk
    out: Console
    read_line: ReadLine
    locale: Callable[[], str]
    save_attachment: Callable[[Attachment], Path]
    notes: tuple[str, str] = ("terminal.welcome", "terminal.saved")
    end_states: frozenset[str] = frozenset({"paused"})
    on_enter: Callable[[], Input | None] = lambda: None
    command: str = "xingping chat"
    choices: list[list[Choice]] = field(default_factory=list)
    state: str = ""

    def run(self) -> None:
        """Chat until the contact pauses or leaves; every answer is saved by then."""
        try:
            self._recovering(lambda: self._take_inputs([Input("open")]))
            show_note(self.out, translate(self.locale(), self.notes[0]))
            while not self._take_line():
                pass
        except (KeyboardInterrupt, EOFError):
            pass
        show_note(self.out, translate(self.locale(), self.notes[1], command=self.command))

    def _take_line(self) -> bool:
        """Handle one line; return whether it ended the chat."""
        before = self.state
        typed = self.read_line()
        self._recovering(lambda: self._take_inputs(self._parse_line(typed)))
        return self._has_ended(before, self.state)

    def _has_ended(self, before: str, after: str) -> bool:
        return after in self.end_states and before not in self.end_states

    def _parse_line(self, typed: str) -> list[Input]:
        if not typed.strip():
            usual = self.on_enter()
            return [] if usual is None else [usual]
        button = find_pressed(self.choices, typed)
        if button is not None:
            return [Input("press", button.id)]
        missing = find_missing_path(typed)
        if missing is not None:
            show_note(self.out, self._translate("no_such_file", path=missing))
            return []
        files = [Input("file", str(path)) for path in find_paths(typed)]
        return files or [Input("text", typed)]

    def _take_inputs(self, inputs: Iterable[Input]) -> None:
        for given in inputs:
            with show_spinner(self.out, self._translate("working")):
                replies = self.talk.take(given)
            self._show(replies)

    def _recovering(self, act: Callable[[], None]) -> None:
        run_or_recover(self.talk, act, self._show, self._show_plainly)

    def _show_plainly(self, replies: Iterable[Reply]) -> None:
        """Print the texts alone, without any layout."""
        for reply in replies:
            if isinstance(reply, Screen):
                self.choices, self.state = [], reply.state
            self.out.out(reply.message if isinstance(reply, Problem) else reply.text)

    def _show(self, replies: Iterable[Reply]) -> None:
        show_separator(self.out)
        for reply in replies:
            if isinstance(reply, Problem):
                show_problem(self.out, reply)
            else:
                self._show_screen(reply)

    def _show_screen(self, screen: Screen) -> None:
        rows = make_choices(screen)
        over = bool(self.state) and self._has_ended(self.state, screen.state)
        self.choices, self.state = rows, screen.state
        show_screen(
            self.out, screen, [] if over else rows
        )  # the conversation is over: a choice typed now would go to the shell
        for attachment in screen.attachments:
            path = self.save_attachment(attachment)
            show_attachment(self.out, attachment.name, path)

    def _translate(self, name: str, **values: object) -> str:
        return translate(self.locale(), f"terminal.{name}", **values)
