"""`xingping rubric rescore`: who would win or lose a star under another version, before anybody moves."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from bot.commands import arguments, options
from bot.commands.progress import progress_bar
from bot.console import make_console
from bot.conversations.rescoring import RescoredCase, rescore
from bot.store import Store
from rubric import Library, Scorecard, format_rounded_down


@click.command("rescore")
@click.option(
    "--to", "target", required=True, metavar="ID@VERSION", help="The version, or ID for the newest."
)
@click.option("--dry-run", is_flag=True, help="What it does anyway: tell, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line for scripts instead of a table.")
@options.database
@options.schemes
def rescore_cases(target: str, dry_run: bool, as_json: bool, url: str | None, schemes: Path | None) -> None:
    """Tell what a newer version would make of every assessment that is under an earlier one.

    Nothing is changed, with or without --dry-run: an assessment moves only when its contact says so in the talk, and
    what happens then is what is told here. A finished one stays as it is.

    \b
    Examples:
      xingping rubric rescore --to our-rules@2 --schemes my-schemes/ --dry-run
      xingping rubric rescore --to our-rules@2 --schemes my-schemes/ --json
    """
    library = arguments.load_library(schemes, drafts=True)
    scheme, version = _find_target(library, target)
    store = Store.open(arguments.choose_database_url(url))
    try:
        with progress_bar("assessments") as progress:
            found = list(rescore(store, library, scheme, version, progress))
    finally:
        store.close()
    if as_json:
        for one in found:
            click.echo(json.dumps(_rescored_object(one), ensure_ascii=False))
    else:
        _show(found, f"{scheme}@{version}")


def _find_target(library: Library, name: str) -> tuple[str, str]:
    """Return the scheme. Raises click's error when the version does not exist."""
    key, _, version = name.partition("@")
    try:
        found = library.version(key, version) if version else library.scheme(key)
    except LookupError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="--to") from error
    return found.id, found.version


def _show(rescored_cases: list[RescoredCase], target: str) -> None:
    if not rescored_cases:
        click.echo(f"no assessment is under an earlier version of {target}")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("enterprise", "version", "score", "grade", "kept", "to answer", ""):
        table.add_column(heading, overflow="fold")
    for one in rescored_cases:
        table.add_row(*_row(one))
    make_console().print(table)
    counted = Counter(_describe_change(one) for one in rescored_cases)
    click.echo("\n" + ", ".join(f"{number} {word}" for word, number in sorted(counted.items())))


def _row(rescored: RescoredCase) -> tuple[str, ...]:
    told = rescored.preview
    return (
        rescored.organisation,
        f"{rescored.version} → {told.scheme.version}",
        f"{_score(told.old_scorecard)} → {_score(told.new_scorecard)}",
        f"{told.old_scorecard.grade} → {told.new_scorecard.grade}",
        str(told.kept_count),
        str(len(told.to_answer)),
        _describe_change(rescored),
    )


def _describe_change(rescored: RescoredCase) -> str:
    if rescored.is_finished:
        return "finished, stays"
    return (
        "wins a grade"
        if rescored.grades_gained > 0
        else "loses a grade"
        if rescored.grades_gained < 0
        else "keeps its grade"
    )


def _score(card: Scorecard) -> str:
    return "-" if card.exact is None else format_rounded_down(card.exact)


def _rescored_object(rescored: RescoredCase) -> dict[str, Any]:
    told = rescored.preview
    return {
        "case": rescored.case,
        "organisation": rescored.organisation,
        "finished": rescored.is_finished,
        "kept": told.kept_count,
        "asked": list(told.to_answer),
        "before": _score_object(told.old_scorecard, rescored.version),
        "after": _score_object(told.new_scorecard, told.scheme.version),
    }


def _score_object(card: Scorecard, version: str) -> dict[str, Any]:
    return {"version": version, "score": _score(card), "grade": card.grade}
