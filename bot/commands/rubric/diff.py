"""`xingping rubric diff`: the differences of two versions or schemes, and their effect on answers."""

import json
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from bot.commands import arguments, options
from bot.console import make_console
from rubric import (
    Difference,
    Library,
    Scheme,
    VersionChange,
    describe_answer_changes,
    differences,
    split_scheme_name,
    text_differences,
)


@click.command("diff")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for scripts instead of tables.")
@options.schemes
def diff_schemes(first: str, second: str, as_json: bool, schemes: Path | None) -> None:
    """Tell what is different in B from A, each ID@VERSION, or ID for its newest version.

    Indicators added, gone and changed, everything else of the structure, the words in each language, and of two
    versions of one scheme what becomes of the answers of running assessments.

    \b
    Examples:
      xingping rubric diff our-rules@1 our-rules@2 --schemes my-schemes/
      xingping rubric diff gbt27922-2011 gbt27922-2011+finance
    """
    library = arguments.load_library(schemes, drafts=True)
    old, new = _scheme(library, first), _scheme(library, second)
    found = [*differences(old, new), *_text_differences(library, old, new)]
    answers = describe_answer_changes(old, new, _changes_between(library, old, new))
    if as_json:
        value = {
            "from": _name(old),
            "to": _name(new),
            "differences": [
                {"kind": each.kind, "what": each.what, "before": each.before, "after": each.after}
                for each in found
            ],
            "answers": answers,
        }
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))
    else:
        _show(old, new, found, answers)


def _scheme(library: Library, name: str) -> Scheme:
    """Raise click's error when the scheme does not exist."""
    key, _, version = name.partition("@")
    try:
        return library.version(key, version) if version else library.scheme(key)
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from error


def _text_differences(library: Library, old: Scheme, new: Scheme) -> list[Difference]:
    locales = [each for each in library.locales(new.id) if each in library.locales(old.id)]
    texts = (
        (library.text(old.id, each, old.version), library.text(new.id, each, new.version)) for each in locales
    )
    return [each for pair in texts for each in text_differences(*pair)]


def _changes_between(library: Library, old: Scheme, new: Scheme) -> tuple[VersionChange, ...]:
    """Return the changes of every version between the two; none for two schemes."""
    (one, _), (other, _) = split_scheme_name(old.id), split_scheme_name(new.id)
    if one != other:
        return ()
    first, last = (int(each.version.split("+")[0]) for each in (old, new))
    between = sorted(int(each) for each in library.files[one] if first < int(each) <= last)
    return tuple(change for each in between for change in library.version(one, str(each)).changes)


def _show(old: Scheme, new: Scheme, changed_parts: list[Difference], answers: dict[str, str]) -> None:
    out = make_console()
    if not changed_parts:
        click.echo(f"{_name(old)} and {_name(new)} are the same")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("", "what", _name(old), _name(new)):
        table.add_column(heading, overflow="fold")
    for each in changed_parts:
        table.add_row(each.kind, each.what, _format_value(each.before), _format_value(each.after))
    out.print(table)
    moved = {key: word for key, word in answers.items() if word != "kept"}
    click.echo(f"\nanswers: {len(answers) - len(moved)} of {len(answers)} kept")
    for key, word in moved.items():
        click.echo(f"  {key}: {word}")


def _format_value(value: Any) -> str:
    if isinstance(value, dict):
        points = value.get("points")
        return f"{points['value']} points" if isinstance(points, dict) else "…"
    return "" if value is None else str(value)


def _name(scheme: Scheme) -> str:
    return f"{scheme.id}@{scheme.version}"
