"""`xingping chat`: the assessment in this terminal, or in JSON lines for scripts."""

import getpass
import unicodedata
from contextlib import ExitStack
from pathlib import Path

import click

from bot.catalogue_text import translate
from bot.channels.terminal.spinner import show_spinner
from bot.commands import options
from bot.console import make_console
from dialogs import DEFAULT_LOCALE

LONGEST_NAME = 64


def validate_contact_name(_ctx: click.Context, _option: click.Parameter, given: str | None) -> str:
    """The contact's name as it is kept. Raises click's error."""
    name = unicodedata.normalize("NFC", _login_name() if given is None else given).strip()
    if not 0 < len(name) <= LONGEST_NAME or any(unicodedata.category(c) in {"Cc", "Cs"} for c in name):
        raise click.BadParameter(f"allowed: a name of 1 to {LONGEST_NAME} printable characters")
    return name


def _login_name() -> str:
    try:
        return getpass.getuser()[:LONGEST_NAME]
    except (KeyError, OSError):  # a container's user without a name
        return "me"


@click.command()
@options.database
@click.option(
    "--as",
    "name",
    metavar="NAME",
    callback=validate_contact_name,
    help="Who is talking; your login name if not given.",
)
@options.language
@click.option("--now", metavar="ISO8601", help="Let the clock stand still at this moment.")
@click.option("--jsonl", is_flag=True, help="Speak JSON lines on stdin and stdout, for scripts.")
@click.option("--record", type=options.NEW_FILE, metavar="FILE", help="Write the talk down as a transcript.")
@click.option(
    "--replay", type=options.FILE, metavar="FILE", help="Play a transcript and show the first difference."
)
@options.schemes
def chat(  # noqa: PLR0913, PLR0917 - an argument for each option
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
    out = make_console()
    with ExitStack() as stack:
        with show_spinner(out, translate(lang or DEFAULT_LOCALE, "terminal.preparing")):
            from bot.channels.transcript.recording import read_transcript
            from bot.commands import chat_modes
            from bot.commands.sessions import SessionOptions, open_session

            wish = SessionOptions(name, lang, now, url, schemes)
            if replay is not None:
                return chat_modes.replay_transcript(read_transcript(replay), wish)
            here = stack.enter_context(open_session(wish))
        talk = stack.enter_context(chat_modes.record_transcript(here, record)) if record else here.talk
        if jsonl:
            chat_modes.run_jsonl(here, talk)
        else:
            chat_modes.run_terminal(here, talk)
    return 0
