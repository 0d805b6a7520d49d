"""The schemes, or the body profiles, that there are: a table for people, and plain lines for scripts."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import click
from rich.console import Console
from rich.table import Table

from bot.catalogue_text import say
from bot.console import Prose, width_of
from rubric.library.library import Library
from rubric.model.scheme import Scheme
from rubric.model.texts import SchemeText

Row: TypeAlias = Sequence[str]


def show_list(out: Console, heads: Row, rows: Sequence[Row]) -> None:
    """With a heading at a terminal; in a pipe as it always was, a line each."""
    if not out.is_terminal:
        for row in rows:
            click.echo("  ".join(row))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for head in heads:
        table.add_column(Prose(head))
    for *most, title in rows:
        table.add_row(*most, Prose(title))
    out.print(table, width=width_of(out))


def scheme_row(scheme: Scheme, text: SchemeText, locale: str | None) -> Row:
    """Id, version, whose weights, number of indicators, title; the third in words where a locale is given."""
    weights = say(locale, f"scheme.weights_{scheme.weights}") if locale else scheme.weights
    return (scheme.id, scheme.version, weights, str(len(scheme.indicators)), text.title)


def scheme_in_short(scheme: Scheme, text: SchemeText) -> dict[str, str | int]:
    """The object of `xingping rubric list --json`."""
    return {
        "id": scheme.id,
        "version": scheme.version,
        "weights": scheme.weights,
        "indicators": len(scheme.indicators),
        "title": text.title,
    }


def body_rows(library: Library, locale: str) -> Iterator[Row]:
    for each in map(library.bodies.body, library.bodies.names()):
        title = library.bodies.text(each.id, locale).title
        yield (each.id, str(len(each.stages)), str(len(each.materials)), title)


def overlay_rows(library: Library, locale: str) -> Iterator[Row]:
    overlays = library.overlays
    for name in overlays.names():
        one = overlays.overlay(name, overlays.newest(name))
        yield (one.id, one.version, one.over, overlays.text(name, locale).title)


def heads(locale: str, *names: str) -> Row:
    return [say(locale, f"list.{name}") for name in names]
