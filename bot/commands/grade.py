"""`xingping grade`: an answer sheet graded without a conversation."""

import json
from pathlib import Path

import click

from bot.commands import arguments, options
from bot.console import make_console
from bot.reports.console.scorecard_table import show_scorecard
from bot.reports.scorecard_json import scorecard_json
from rubric import Met, Unmet, read_sheet, score

ANSWER_FOR_ALL = {"met": Met(), "unmet": Unmet(), None: None}


@click.command()
@click.argument("sheet", type=options.FILE, metavar="SHEET.yaml")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for scripts instead of tables.")
@options.language
@click.option(
    "--all", "every", type=click.Choice(["met", "unmet"]), help="Answer what the sheet leaves open with this."
)
@options.schemes
def grade(sheet: Path, as_json: bool, lang: str | None, every: str | None, schemes: Path | None) -> None:
    """Grade the answers in SHEET.yaml; the same rules as in the conversation.

    \b
    Examples:
      xingping grade answers.yaml
      xingping grade answers.yaml --all met --lang en
      xingping grade answers.yaml --json | jq .score

    \b
    A sheet looks like this:
      scheme: gbt27922-2011
      profile: {staff: 2800, outlets: 300, service_managers: 26, certified_managers: 2}
      answers:
        "5.1.1.1": met
        "5.1.1.2": {sampled: 40, conforming: 37}
        "5.2.6.2": {na: "no goods that must be recovered"}
        "5.3.1.2": unmet
      special_deductions: [{kind: law, note: "fined in May"}]
      bonus: {note: "ten-year warranty"}

    Faults of the sheet are listed on stderr, nothing is graded then, and the exit status is 2.
    """
    library = arguments.load_library(schemes)
    scheme, answers = read_sheet(sheet, library, ANSWER_FOR_ALL[every])
    card = score(scheme, answers)
    locale = arguments.choose_locale(lang)
    text = arguments.load_text(library, scheme, locale)
    if as_json:
        click.echo(json.dumps(scorecard_json(card, text), ensure_ascii=False, indent=2))
    else:
        show_scorecard(make_console(), card, text, locale)
