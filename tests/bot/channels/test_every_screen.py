"""Every state of the talk is drawn in every channel, whatever is open in it."""

import io
import json
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.channels.jsonl.chat import JsonLinesChat
from bot.channels.telegram.outbound.render import MOST_BUTTONS, render_replies
from bot.channels.terminal.choices import make_choices
from bot.channels.terminal.view import show_screen
from bot.reports.scorecard_json import scorecard_json
from dialogs.engine.turn import current_screen
from dialogs.language.catalogue import LOCALES
from dialogs.model.messages import Block, BlockKind, Button, Screen
from rubric.scoring.scorecard import Scorecard
from tests.bot.channels.fake_talk import FakeTalk
from tests.dialogs.situations import MADE, places, situation

pytestmark = pytest.mark.slow

WIDTHS = (20, 50, 80, 200)
MOST_UNITS = 4096
MOST_DATA = 64
LATEST = 999_999_999
"""A revision with as many digits as Telegram's buttons can carry."""
EVERY_KIND = Screen(
    "menu",
    None,
    tuple(Block(kind, f"<{kind}> & 每一段都要显示出来。" * 30) for kind in get_args(BlockKind)),
    tuple((Button(f"file:{number}" * 9, "按钮" * 20),) for number in range(MOST_BUTTONS + 9)),
)


@pytest.mark.parametrize("name", MADE)
def test_every_screen_says_something_and_fills_in_every_blank(name: str) -> None:
    for screen in _drawn(name):
        assert screen.text.strip(), screen.state
        assert not {*"{}"} & {*screen.text}, screen.text
        assert all(button.label.strip() for row in screen.buttons for button in row), screen.state


@pytest.mark.parametrize("name", MADE)
def test_no_line_is_wider_than_the_terminal(name: str) -> None:
    for width in WIDTHS:
        _fits_the_terminal(width, _drawn(name))


@pytest.mark.parametrize("name", MADE)
def test_a_pipe_gets_what_a_terminal_shows_without_colours(name: str) -> None:
    longest = max(_drawn(name), key=lambda screen: len(screen.text))
    piped, coloured = _shown(longest, 80), _shown(longest, 80, colour=True)
    assert "\x1b" not in piped
    assert len(coloured) > len(piped)


@pytest.mark.parametrize("name", MADE)
def test_telegram_takes_every_screen(name: str) -> None:
    for screen in _drawn(name):
        _telegram_takes(screen)


@pytest.mark.parametrize("name", MADE)
def test_every_screen_is_one_json_line(name: str) -> None:
    drawn, library, lines = _drawn(name), situation(name).library, io.StringIO()

    def graded(card: Scorecard) -> dict[str, Any]:
        return scorecard_json(card, library.text_for(card.scheme, "en"))

    JsonLinesChat(FakeTalk([tuple(drawn)]), lines, graded, lambda one: Path(one.name)).run(io.BytesIO())
    written = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert [one["text"] for one in written] == [screen.text for screen in drawn]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_kind_of_block_fits_the_terminal(width: int) -> None:
    _fits_the_terminal(width, [EVERY_KIND])


def test_telegram_takes_every_kind_of_block() -> None:
    _telegram_takes(EVERY_KIND)


@cache
def _drawn(name: str) -> list[Screen]:
    """Every screen that there is in a situation, in every language, once."""
    one = situation(name)
    each = ((locale, *where) for locale in LOCALES for where in places(one))
    drawn = (
        current_screen(one.at(place, draft, locale), one.library, one.now) for locale, place, draft in each
    )
    return [*{(screen.blocks, screen.buttons): screen for screen in drawn}.values()]


def _fits_the_terminal(width: int, drawn: Iterable[Screen]) -> None:
    """Each paragraph and each set of buttons is drawn once: on another screen it looks the same."""
    seen = _SEEN.setdefault(width, set())
    for screen in drawn:
        blocks = tuple(block for block in screen.blocks if block not in seen)
        buttons = () if screen.buttons in seen else screen.buttons
        seen.update(blocks, [screen.buttons])
        for line in _shown(replace(screen, blocks=blocks, buttons=buttons), width).splitlines():
            assert cell_len(line) <= width, f"{screen.state}: {line}"


_SEEN: dict[int, set[object]] = {}


def _shown(screen: Screen, width: int, *, colour: bool = False) -> str:
    file = io.StringIO()
    out = Console(file=file, width=width, markup=False, emoji=False, highlight=False, force_terminal=colour)
    show_screen(out, screen, make_choices(screen))
    return file.getvalue()


def _telegram_takes(screen: Screen) -> None:
    letter = render_replies([replace(screen, revision=LATEST)], ("5.1.1.1 符合",), "xingping_bot")
    assert letter.parts
    for part in letter.parts:
        assert 0 < len(part.encode("utf-16-le")) // 2 <= MOST_UNITS, screen.state
        _Html().read(part)
    buttons = [button for row in letter.keyboard for button in row]
    assert len(buttons) <= MOST_BUTTONS
    assert all(label and len(data.encode()) <= MOST_DATA for label, data in buttons), buttons


class _Html(HTMLParser):
    """Reads what Telegram would: marks of three kinds that close as they opened, and signs that are escaped."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []

    def read(self, text: str) -> None:
        self.feed(text)
        self.close()
        assert not self.open, text
        assert not self.rawdata, text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"b", "i", "pre"}, tag
        assert not attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_entityref(self, name: str) -> None:
        assert name in {"lt", "gt", "amp", "quot"}

    def handle_data(self, data: str) -> None:
        assert "<" not in data
        assert "&" not in data
