"""`xingping rubric`: list, show and check schemes and body profiles."""

import json
from pathlib import Path

import click

from bot.commands import arguments, options
from bot.commands.rubric import authoring
from bot.commands.rubric.diff import diff_schemes
from bot.commands.rubric.preview import preview
from bot.commands.rubric.publish import publish_versions
from bot.commands.rubric.rescore import rescore_cases
from bot.commands.rubric.weights import weights
from bot.console import make_console
from bot.reports.console.scheme_json import scheme_json
from bot.reports.console.scheme_list import (
    body_rows,
    list_headings,
    overlay_rows,
    scheme_row,
    scheme_summary,
    show_list,
)
from bot.reports.console.scheme_table import show_scheme
from rubric import SHIPPED_SCHEMES, check_paths


@click.group()
def rubric() -> None:
    """Schemes: the indicators, their points, and the words that ask for them.

    \b
    Examples:
      xingping rubric list
      xingping rubric show gbt27922-2011 --lang en
      xingping rubric new my-schemes/our-rules
      xingping rubric check my-schemes/
      xingping rubric preview our-rules --schemes my-schemes/
    """


@rubric.command("list", short_help="List the schemes, or the body profiles.")
@options.language
@click.option(
    "--bodies", is_flag=True, help="The certification-body profiles: id, number of stages and papers, title."
)
@click.option(
    "--overlays", is_flag=True, help="The overlays: id, newest version, the scheme it is over, title."
)
@click.option("--json", "as_json", is_flag=True, help="A list of objects for scripts.")
@options.schemes
def list_schemes(lang: str | None, bodies: bool, overlays: bool, as_json: bool, schemes: Path | None) -> None:
    """List the schemes: id, newest version, whose weights, number of indicators, title.

    At a terminal the list has a heading; in a pipe it is a line each, two blanks between.

    \b
    Examples:
      xingping rubric list --schemes my-schemes/
      xingping rubric list --bodies
      xingping rubric list --overlays
      xingping rubric list --json | jq -r ".[].id"
    """
    library, locale = arguments.load_library(schemes), arguments.choose_locale(lang)
    out = make_console()
    if bodies:
        show_list(
            out, list_headings(locale, "id", "stages", "papers", "title"), list(body_rows(library, locale))
        )
        return
    if overlays:
        rows = list(overlay_rows(library, locale))
        show_list(out, list_headings(locale, "id", "version", "over", "title"), rows)
        return
    found = [arguments.load_scheme_and_text(library, name, locale) for name in library.names()]
    if as_json:
        objects = [scheme_summary(*each) for each in found]
        click.echo(json.dumps(objects, ensure_ascii=False, indent=2))
        return
    worded = locale if out.is_terminal else None
    rows = [scheme_row(scheme, text, worded) for scheme, text in found]
    show_list(out, list_headings(locale, "id", "version", "weights", "indicators", "title"), rows)


@rubric.command(short_help="Show all that a scheme says.")
@click.argument("scheme_id", metavar="ID[@VERSION]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for scripts instead of a table.")
@options.language
@options.schemes
def show(scheme_id: str, as_json: bool, lang: str | None, schemes: Path | None) -> None:
    """Show the newest version of scheme ID, drafts included, or the one named.

    Indicators, points, grades, conditions, life cycle, and who says so.

    \b
    Examples:
      xingping rubric show gbt27922-2011
      xingping rubric show gbt27922-2011 --json
      xingping rubric show our-rules@1 --schemes my-schemes/
    """
    library = arguments.load_library(schemes, drafts=True)
    locale = arguments.choose_locale(lang)
    scheme, text = arguments.load_scheme_and_text(library, scheme_id, locale)
    if as_json:
        texts = {
            locale: library.text(scheme.id, locale, scheme.version) for locale in library.locales(scheme.id)
        }
        click.echo(json.dumps(scheme_json(scheme, text, texts), ensure_ascii=False, indent=2))
    else:
        show_scheme(make_console(), scheme, text, locale)


@rubric.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
def check(paths: tuple[Path, ...]) -> int:
    """Check files and folders of schemes, overlays, crosswalks and body profiles.

    Every fault is printed with file, line, column and what is allowed.

    The exit status is 1 where there is a fault, else 0.

    \b
    Examples:
      xingping rubric check my-schemes/
      xingping rubric check my-schemes/our-rules/1.yaml
      xingping rubric check my-schemes/bodies/our-body.yaml
    """
    faults = check_paths(paths, existing=SHIPPED_SCHEMES)
    for fault in faults:
        click.echo(str(fault))
    if not faults:
        click.echo("no faults", err=True)
    return 1 if faults else 0


rubric.add_command(authoring.new)
rubric.add_command(authoring.schema)
rubric.add_command(preview)
rubric.add_command(diff_schemes)
rubric.add_command(publish_versions)
rubric.add_command(rescore_cases)
rubric.add_command(weights)
