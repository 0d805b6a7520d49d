"""A scheme for people: its groups and indicators with points, and the grades."""

from functools import partial

from rich.console import Console
from rich.table import Table

from bot.catalogue_text import translate
from bot.console import WrappedText, line_width, show_block
from bot.reports.console.scheme_rules import Section, scheme_sections
from dialogs import Block
from rubric import GradeBand, Indicator, MarkedNumber, Scheme, SchemeText, Source, format_exact


def show_scheme(out: Console, scheme: Scheme, text: SchemeText, locale: str) -> None:
    """Print the scheme, labels in the language of `locale`."""
    said = partial(translate, locale)
    show_block(out, Block("question", f"{text.short} · {text.title}\n{scheme.id} {scheme.version}"))
    out.print(_table(scheme, text, locale), width=line_width(out))
    out.print()
    proposed = "body_note" if scheme.has_official_points else "weights_note"
    notes = {"proposed": proposed, "overlay": "overlay_note"}
    if scheme.weights in notes:
        show_block(out, Block("hint", said(f"scheme.{notes[scheme.weights]}")))
    grades = tuple(_grade(text, band, locale) for band in scheme.grades)
    for section in (Section(said("scheme.grades"), grades), *scheme_sections(scheme, text, locale)):
        _show_section(out, section)


def _show_section(out: Console, section: Section) -> None:
    """Print the lines indented behind a mark."""
    out.print(WrappedText(section.heading, "bold"), width=line_width(out))
    for line in section.lines:
        grid = Table.grid(padding=0)
        grid.add_row("· ", WrappedText(line))
        out.print(grid, width=line_width(out))
    out.print()


def _grade(text: SchemeText, band: GradeBand, locale: str) -> str:
    found = translate(
        locale, "scheme.grade", label=text.grades[band.grade], at_least=format_exact(band.at_least)
    )
    if not band.needs:
        return found
    return translate(
        locale, "scheme.needs", grade=found, needs=translate(locale, "scheme.separator").join(band.needs)
    )


def _table(scheme: Scheme, text: SchemeText, locale: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(translate(locale, "scheme.clause"), no_wrap=True)
    table.add_column(translate(locale, "scheme.title"))
    table.add_column(translate(locale, "scheme.points"), justify="right", no_wrap=True)
    table.add_column(translate(locale, "scheme.type"), no_wrap=True)
    table.add_column(translate(locale, "scheme.deletable"), no_wrap=True)
    for group in scheme.groups:
        table.add_row(group.id, WrappedText(text.groups[group.id]), _points(group.points), style="bold")
        for indicator in scheme.indicators:
            if indicator.group == group.id:
                table.add_row(*_cells(indicator, text, locale))
    return table


def _cells(indicator: Indicator, text: SchemeText, locale: str) -> list[str | WrappedText]:
    return [
        indicator.id,
        WrappedText(text.indicators[indicator.id].title),
        _points(indicator.points),
        translate(locale, f"scheme.{indicator.type.value}"),
        translate(locale, "scheme.yes") if indicator.deletable else "",
    ]


def _points(points: MarkedNumber) -> str:
    """Format the points; a star marks points that are not from the standard."""
    return format_exact(points.value) + (" " if points.source is Source.STANDARD else "*")
