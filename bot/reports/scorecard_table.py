"""The scorecard for people: the sentences of the talk's grade screen, then every line with its reason."""

from functools import partial

from rich.console import Console
from rich.table import Table

from bot.blocks import show_block, width_of
from bot.prose import Prose
from bot.words import say
from dialogs import wording
from dialogs.messages import Block
from dialogs.summary import summary
from dialogs.text import Words
from rubric.score import Line, Scorecard
from rubric.texts import SchemeText

STYLES = {"unmet": "yellow", "open": "yellow", "na": "dim"}


def show_scorecard(out: Console, card: Scorecard, text: SchemeText, locale: str) -> None:
    """Print the scorecard in the language of `locale`."""
    words = Words(locale)
    for block in (*summary(words, text, card), *_warnings(words, text, card)):
        show_block(out, block)
    out.print(_lines(words, text, card), width=width_of(out))


def _warnings(words: Words, text: SchemeText, card: Scorecard) -> list[Block]:
    said = (wording.reason(words, warning, text) for warning in card.warnings)
    return [Block("notice", say(words.locale, "scorecard.warning", text=sentence)) for sentence in said]


def _lines(words: Words, text: SchemeText, card: Scorecard) -> Table:
    head = partial(say, words.locale)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(head("scorecard.clause"), no_wrap=True)
    table.add_column(head("scorecard.title"), ratio=2)
    table.add_column(head("scorecard.earned"), justify="right", no_wrap=True)
    table.add_column(head("scorecard.points"), justify="right", no_wrap=True)
    table.add_column(head("scorecard.why"), ratio=3)
    for line in card.lines:
        table.add_row(*_cells(words, text, line), style=STYLES.get(line.answer, ""))
    return table


def _cells(words: Words, text: SchemeText, line: Line) -> list[str | Prose]:
    return [
        line.indicator,
        Prose(text.indicators[line.indicator].title),
        wording.points(line.earned),
        wording.points(line.points),
        Prose(wording.reason(words, line.why, text)),
    ]
