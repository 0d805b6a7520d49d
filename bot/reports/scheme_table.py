"""A scheme for people: its groups and indicators with points, and the grades."""

from functools import partial

from rich.console import Console
from rich.table import Table

from bot.blocks import show_block, width_of
from bot.prose import Prose
from bot.words import say
from dialogs.messages import Block
from rubric.model import Indicator, MarkedNumber, Scheme, Source
from rubric.numbers import plain
from rubric.texts import SchemeText


def show_scheme(out: Console, scheme: Scheme, text: SchemeText, locale: str) -> None:
    """Print the scheme, labels in the language of `locale`."""
    said = partial(say, locale)
    show_block(out, Block("question", f"{text.short} {text.title}\n{scheme.id} {scheme.version}"))
    out.print(_table(scheme, text, locale), width=width_of(out))
    grades = [
        said("scheme.grade", label=text.grades[band.grade], at_least=plain(band.at_least))
        for band in scheme.grades
    ]
    out.print()
    show_block(out, Block("body", said("scheme.grades", grades=" · ".join(grades))))
    if scheme.weights == "proposed":
        show_block(out, Block("hint", said("scheme.weights_proposed")))


def _table(scheme: Scheme, text: SchemeText, locale: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(say(locale, "scheme.clause"), no_wrap=True)
    table.add_column(say(locale, "scheme.title"))
    table.add_column(say(locale, "scheme.points"), justify="right", no_wrap=True)
    table.add_column(say(locale, "scheme.type"), no_wrap=True)
    table.add_column(say(locale, "scheme.deletable"), no_wrap=True)
    for group in scheme.groups:
        table.add_row(group.id, Prose(text.groups[group.id]), _points(group.points), style="bold")
        for indicator in scheme.indicators:
            if indicator.group == group.id:
                table.add_row(*_cells(indicator, text, locale))
    return table


def _cells(indicator: Indicator, text: SchemeText, locale: str) -> list[str | Prose]:
    return [
        indicator.id,
        Prose(text.indicators[indicator.id].title),
        _points(indicator.points),
        say(locale, f"scheme.{indicator.type.value}"),
        say(locale, "scheme.yes") if indicator.deletable else "",
    ]


def _points(points: MarkedNumber) -> str:
    """The points, with a star where they are not the standard's own."""
    return plain(points.value) + (" " if points.source is Source.STANDARD else "*")
