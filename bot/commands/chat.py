"""`xingping chat`: the assessment in this terminal, or in JSON lines for scripts."""

import getpass
import sys
import unicodedata
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from bot.channels.patience import patience
from bot.commands import options
from bot.console import console
from bot.words import say

if TYPE_CHECKING:
    from bot.channels.talk import Talk
    from bot.commands.session import Session, Wish
    from bot.settings import Settings

LONGEST_NAME = 64


def _name(_ctx: click.Context, _option: click.Parameter, given: str | None) -> str:
    name = unicodedata.normalize("NFC", _login() if given is None else given).strip()
    if not 0 < len(name) <= LONGEST_NAME or any(unicodedata.category(c) in {"Cc", "Cs"} for c in name):
        raise click.BadParameter(f"allowed: a name of 1 to {LONGEST_NAME} printable characters")
    return name


def _login() -> str:
    try:
        return getpass.getuser()[:LONGEST_NAME]
    except (KeyError, OSError):  # a container's user without a name
        return "me"


@click.command()
@click.option("--db", "url", metavar="URL", help="The database, instead of the one in the settings.")
@click.option("--as", "name", metavar="NAME", callback=_name, help="Who is talking; your login name if not given.")
@options.language
@click.option("--now", metavar="ISO8601", help="Let the clock stand still at this moment.")
@click.option("--jsonl", is_flag=True, help="Speak JSON lines on stdin and stdout, for scripts.")
@click.option("--record", type=options.NEW_FILE, metavar="FILE", help="Write the talk down as a transcript.")
@click.option("--replay", type=options.FILE, metavar="FILE", help="Play a transcript and show the first difference.")
@options.schemes
def chat(
    url: str | None,
    name: str,
    lang: str | None,
    now: str | None,
    jsonl: bool,
    record: Path | None,
    replay: Path | None,
    schemes: Path | None,
) -> int:
    """Hold the assessment here; every answer is saved at once, and the same name goes on where it was.

    \b
    Examples:
      xingping chat
      xingping chat --as "Li Ming" --lang en
      xingping chat --db sqlite:///talk.db --jsonl < inputs.jsonl
      xingping chat --as tester --record talk.yaml
      xingping chat --replay talk.yaml

    With --jsonl one JSON object comes out for each screen, and each line in is {"press": BUTTON_ID},
    {"text": "..."} or {"file": PATH}; a bare line counts as text. An optional "id" makes an input unique.

    --replay plays a transcript in a new conversation that leaves nothing behind. The exit status is 1 where
    something else is shown than was written down.
    """
    with ExitStack() as stack:
        with patience(console(), say(lang or "zh-Hans", "terminal.preparing")):
            from bot.commands.session import Wish, fresh_session, session
            from bot.settings import load_settings

            settings = load_settings()
            library = options.library(schemes)
            wish = Wish(name, lang, options.moment_of(now, settings.timezone), url)
            if replay is None:
                here = stack.enter_context(session(settings, library, wish))
        return 0
