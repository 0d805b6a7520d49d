"""The scorecard as text: the sentences of the grade screen, then every line with its reason."""

from functools import partial

from rich.console import Console
from rich.table import Table

from bot.catalogue_text import translate
from bot.console import WrappedText, line_width, show_block
from dialogs import Block, Catalogue, clean_text, formatting, scorecard_blocks
from rubric import IndicatorScore, SchemeText, Scorecard

NARROWEST_TABLE = 60
ANSWER_STYLES = {"unmet": "yellow", "open": "yellow", "na": "dim"}


def show_scorecard(out: Console, card: Scorecard, text: SchemeText, locale: str) -> None:
    """Print the scorecard in the language of `locale`."""
    words = Catalogue(locale)
    for block in (*scorecard_blocks(words, text, card), *_warnings(words, text, card)):
        show_block(out, block)
    width = line_width(out)
    out.print(
        _table(words, text, card) if width >= NARROWEST_TABLE else _list(words, text, card), width=width
    )


def _warnings(words: Catalogue, text: SchemeText, card: Scorecard) -> list[Block]:
    said = (formatting.format_reason(words, warning, text) for warning in card.warnings)
    return [Block("notice", translate(words.locale, "scorecard.warning", text=sentence)) for sentence in said]


def _table(words: Catalogue, text: SchemeText, card: Scorecard) -> Table:
    head = partial(translate, words.locale)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(head("scorecard.clause"), no_wrap=True)
    table.add_column(head("scorecard.title"))
    table.add_column(head("scorecard.earned"), justify="right", no_wrap=True)
    table.add_column(head("scorecard.points"), justify="right", no_wrap=True)
    table.add_column(head("scorecard.why"), ratio=1)
    for line in card.lines:
        table.add_row(*_cells(words, text, line))
    return table


def _list(words: Catalogue, text: SchemeText, card: Scorecard) -> WrappedText:
    """Print the lines as a list, where columns would leave no room for text."""
    rows = (_cells(words, text, line) for line in card.lines)
    return WrappedText(
        "\n".join(f"{clause} {title.text} · {got}/{of} · {why.text}" for clause, title, got, of, why in rows)
    )


def _cells(
    words: Catalogue, text: SchemeText, line: IndicatorScore
) -> tuple[str, WrappedText, str, str, WrappedText]:
    return (
        line.indicator,
        WrappedText(text.indicators[line.indicator].title),
        formatting.format_points(line.earned),
        formatting.format_points(line.points),
        WrappedText(
            clean_text(formatting.format_reason(words, line.why, text)), ANSWER_STYLES.get(line.answer, "")
        ),
    )
