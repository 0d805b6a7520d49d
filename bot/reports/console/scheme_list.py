"""The schemes, or the body profiles, that there are: a table for people, and plain lines for scripts."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import click
from rich.console import Console
from rich.table import Table

from bot.catalogue_text import translate
from bot.console import WrappedText, line_width
from rubric import Library, Scheme, SchemeText

ListRow: TypeAlias = Sequence[str]


def show_list(out: Console, headings: ListRow, rows: Sequence[ListRow]) -> None:
    """Print a table with a heading at a terminal, and plain lines in a pipe."""
    if not out.is_terminal:
        for row in rows:
            click.echo("  ".join(row))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for head in headings:
        table.add_column(WrappedText(head))
    for *most, title in rows:
        table.add_row(*most, WrappedText(title))
    out.print(table, width=line_width(out))


def scheme_row(scheme: Scheme, text: SchemeText, locale: str | None) -> ListRow:
    """Return id, version, source of the weights, number of indicators, title; a locale translates the third."""
    weights = translate(locale, f"scheme.weights_{scheme.weights}") if locale else scheme.weights
    return (scheme.id, scheme.version, weights, str(len(scheme.indicators)), text.title)


def scheme_summary(scheme: Scheme, text: SchemeText) -> dict[str, str | int]:
    """Return the object of `xingping rubric list --json`."""
    return {
        "id": scheme.id,
        "version": scheme.version,
        "weights": scheme.weights,
        "indicators": len(scheme.indicators),
        "title": text.title,
    }


def body_rows(library: Library, locale: str) -> Iterator[ListRow]:
    for each in map(library.bodies.body, library.bodies.names()):
        title = library.bodies.text(each.id, locale).title
        yield (each.id, str(len(each.stages)), str(len(each.materials)), title)


def overlay_rows(library: Library, locale: str) -> Iterator[ListRow]:
    overlays = library.overlays
    for name in overlays.names():
        one = overlays.overlay(name, overlays.newest(name))
        yield (one.id, one.version, one.over, overlays.text(name, locale).title)


def list_headings(locale: str, *names: str) -> ListRow:
    return [translate(locale, f"list.{name}") for name in names]
