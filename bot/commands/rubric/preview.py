"""`xingping rubric preview`: a scheme walked through as contacts will meet it, nothing saved."""

import json
import sys
from pathlib import Path

import click

from bot.commands import options


@click.command()
@click.argument("scheme_id", metavar="ID[@VERSION]")
@click.option("--whole", is_flag=True, help="Begin with the language, the organisation and the conditions.")
@click.option(
    "--jsonl", is_flag=True, help="Speak JSON lines on stdin and stdout, as `xingping chat --jsonl` does."
)
@options.language
@options.schemes
def preview(scheme_id: str, whole: bool, jsonl: bool, lang: str | None, schemes: Path | None) -> None:
    """Walk through scheme ID in the real talk, to its grade: its newest version, drafts included. Nothing is saved.

    What stands before the questions is filled in. Enter alone takes the answer that leads on, the good one where
    there is a choice, so that any question can be looked at quickly.

    \b
    Examples:
      xingping rubric preview our-rules --schemes my-schemes/
      xingping rubric preview our-rules --schemes my-schemes/ --lang en --whole
      xingping rubric preview gbt27922-2011 --jsonl < inputs.jsonl
    """
    from bot.catalogue_text import translate
    from bot.commands import chat_modes
    from bot.commands.sessions import open_preview_session
    from bot.conversations.preview import Preview

    with open_preview_session(scheme_id, lang, schemes) as (here, scheme):
        locale = here.talk.locale()
        talk = Preview(here.talk, scheme, translate(locale, "preview.organisation"), whole)
        if jsonl:
            note = {"type": "note", "message": translate(locale, "preview.unsaved")}
            print(json.dumps(note, ensure_ascii=False), file=sys.stdout, flush=True)
            chat_modes.run_jsonl(here, talk)
        else:
            chat_modes.run_preview(here, talk)
