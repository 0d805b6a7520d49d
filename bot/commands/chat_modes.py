"""The ways to run a chat: terminal, JSON lines, recorded, replayed."""

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

from bot.catalogue_text import translate
from bot.channels.jsonl.chat import JsonLinesChat
from bot.channels.terminal.chat import ReadLine, TerminalChat, read_plain_line
from bot.channels.terminal.view import show_note
from bot.channels.transcript.recording import Transcript, TranscriptRecorder, first_difference
from bot.commands.sessions import Session, SessionOptions, open_fresh_session
from bot.console import make_console
from bot.conversations.local import Talk
from bot.conversations.preview import Preview
from bot.settings import START_COMMAND

ALREADY_STARTED = "this talk is already under way; a replay begins anew and will differ (choose another --as)"


def run_jsonl(session: Session, talk: Talk) -> None:
    JsonLinesChat(talk, sys.stdout, session.scorecard_object, session.attachment_folder.save).run(
        sys.stdin.buffer
    )


def run_terminal(session: Session, talk: Talk) -> None:
    TerminalChat(
        talk,
        make_console(),
        _line_reader(session.folder / "history"),
        session.talk.locale,
        session.attachment_folder.save,
        command=resume_command(os.environ, sys.argv[2:]),
    ).run()


def resume_command(environment: Mapping[str, str], options: Sequence[str]) -> str:
    """Return the command that continues this chat: `make run` or `xingping chat`, with the same options."""
    started, given = environment.get(START_COMMAND, ""), " ".join(map(_quote_option, options))
    if not started:
        return f"xingping chat {given}".strip()
    return f'{started} ARGS="{given}"' if given else started


def _quote_option(option: str) -> str:
    """As a shell takes it; names in any script need no quotes."""
    return option if re.fullmatch(r"[\w@%+=:,./-]+", option) else shlex.quote(option)


def run_preview(session: Session, talk: Preview) -> None:
    """Run a preview up to the grade; an empty line gives the usual answer."""
    out = make_console()
    show_note(out, translate(session.talk.locale(), "preview.unsaved"))
    TerminalChat(
        talk,
        out,
        _line_reader(session.folder / "history"),
        session.talk.locale,
        session.attachment_folder.save,
        notes=("preview.how", "preview.over"),
        end_states=frozenset({"paused", "grade"}),
        on_enter=talk.usual_input,
    ).run()


@contextmanager
def record_transcript(session: Session, path: Path) -> Iterator[Talk]:
    """Return the conversation, recorded to a transcript at `path`."""
    if not session.talk.is_new():
        click.echo(f"xingping: {ALREADY_STARTED}", err=True)
    circumstances = {"as": session.talk.user.name, "now": session.started_at.isoformat(timespec="seconds")}
    if session.talk.requested_locale:
        circumstances["lang"] = session.talk.requested_locale
    with path.open("w", encoding="utf-8") as file:
        yield TranscriptRecorder(session.talk, file, circumstances)


def replay_transcript(transcript: Transcript, options: SessionOptions) -> int:
    """Replay the transcript in a new conversation, print the first difference, return the exit status."""
    said = transcript.circumstances
    options = replace(
        options, name=said.get("as", options.name), locale=said.get("lang"), now=said.get("now")
    )
    with open_fresh_session(options) as here:
        difference = first_difference(transcript, here.talk)
    click.echo(difference or f"{len(transcript.steps)} steps, no difference")
    return 1 if difference else 0


def _line_reader(history: Path) -> ReadLine:
    """Return a line reader with history at a real terminal; it is loaded after the first screen."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") in (None, "", "dumb"):
        return read_plain_line

    @cache
    def editor() -> ReadLine:
        ask: ReadLine = import_module("bot.channels.terminal.line_editor").line_editor(history)
        return ask

    def ask() -> str:
        return editor()()

    return ask
