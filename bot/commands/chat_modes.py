"""The ways to hold a conversation here: at a terminal, in JSON lines, written down, or played again."""

import os
import re
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path

import click

from bot.catalogue_text import say
from bot.channels.jsonl.chat import JsonLines
from bot.channels.terminal.chat import Ask, Terminal, plain_input
from bot.channels.terminal.view import show_note
from bot.channels.transcript.recording import Recording, Transcript, first_difference
from bot.commands.sessions import Session, SessionOptions, fresh_session
from bot.console import console
from bot.conversations.local import Talk
from bot.conversations.preview import Preview
from bot.settings import STARTED_BY

UNDER_WAY = "this talk is already under way; a replay begins anew and will differ (choose another --as)"


def in_jsonl(here: Session, talk: Talk) -> None:
    JsonLines(talk, sys.stdout, here.graded, here.handout.put).run(sys.stdin.buffer)


def in_terminal(here: Session, talk: Talk) -> None:
    Terminal(
        talk,
        console(),
        _ask(here.folder / "history"),
        here.talk.locale,
        here.handout.put,
        command=command_again(os.environ, sys.argv[2:]),
    ).run()


def command_again(environment: Mapping[str, str], options: Sequence[str]) -> str:
    """What to type to go on with this talk: started by `make run` or by its own name, with the same options."""
    started, given = environment.get(STARTED_BY, ""), " ".join(map(_word, options))
    if not started:
        return f"xingping chat {given}".strip()
    return f'{started} ARGS="{given}"' if given else started


def _word(option: str) -> str:
    """As a shell takes it; names in any script need no quotes."""
    return option if re.fullmatch(r"[\w@%+=:,./-]+", option) else shlex.quote(option)


def preview_in_terminal(here: Session, talk: Preview) -> None:
    """To the grade; an empty line takes the usual answer."""
    out = console()
    show_note(out, say(here.talk.locale(), "preview.unsaved"))
    Terminal(
        talk,
        out,
        _ask(here.folder / "history"),
        here.talk.locale,
        here.handout.put,
        notes=("preview.how", "preview.over"),
        ends=frozenset({"paused", "grade"}),
        on_enter=talk.usual,
    ).run()


@contextmanager
def written_down(here: Session, path: Path) -> Iterator[Talk]:
    """The talk, which goes into a transcript at `path` as it is held."""
    if not here.talk.is_new():
        click.echo(f"xingping: {UNDER_WAY}", err=True)
    circumstances = {"as": here.talk.who.name, "now": here.began.isoformat(timespec="seconds")}
    if here.talk.asked:
        circumstances["lang"] = here.talk.asked
    with path.open("w", encoding="utf-8") as file:
        yield Recording(here.talk, file, circumstances)


def played(transcript: Transcript, wish: SessionOptions) -> int:
    """Play it in a conversation of its own and show the first difference; the exit status."""
    said = transcript.circumstances
    wish = replace(wish, name=said.get("as", wish.name), locale=said.get("lang"), now=said.get("now"))
    with fresh_session(wish) as here:
        difference = first_difference(transcript, here.talk)
    click.echo(difference or f"{len(transcript.steps)} steps, no difference")
    return 1 if difference else 0


def _ask(history: Path) -> Ask:
    """Editing with history at a real terminal; it is loaded after the first screen is shown."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") in (None, "", "dumb"):
        return plain_input

    @cache
    def editor() -> Ask:
        ask: Ask = import_module("bot.channels.terminal.line_editor").line_editor(history)
        return ask

    def ask() -> str:
        return editor()()

    return ask
