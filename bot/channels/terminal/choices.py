"""A screen's buttons as choices: numbers, or letters when a number would be an answer.

A navigation button has the same letter on every screen, so that a habit never presses another one.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product
from string import ascii_lowercase

from dialogs import Button, Screen

NAVIGATION_PREFIXES = ("nav:", "lang:")
NAVIGATION_LETTERS = {
    "nav:back": "b",
    "nav:undo": "u",
    "nav:sections": "s",
    "nav:review": "r",
    "nav:menu": "m",
    "nav:help": "h",
    "nav:pause": "p",
}
_ANSWER_LETTERS = "ny"
"""The letters that are answers."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button and the number or letter that presses it."""

    mark: str
    button: Button


def make_choices(screen: Screen) -> list[list[Choice]]:
    """Return the screen's buttons with their marks, row by row."""
    marks = _free_letters() if screen.takes_number else map(str, count(1))
    return [
        [Choice(NAVIGATION_LETTERS.get(button.id) or next(marks), button) for button in row]
        for row in screen.buttons
    ]


def first_navigation_row(screen: Screen) -> int:
    """Return the first row that has only navigation; the first row of a screen never counts."""
    rows = screen.buttons
    begins = len(rows)
    while begins > 1 and all(button.id.startswith(NAVIGATION_PREFIXES) for button in rows[begins - 1]):
        begins -= 1
    return begins


def find_pressed(rows: list[list[Choice]], typed: str) -> Button | None:
    """Return the button whose mark was typed, also full-width or in capitals; None for anything else."""
    mark = unicodedata.normalize("NFKC", typed).strip().casefold()
    return next((choice.button for row in rows for choice in row if choice.mark == mark), None)


def _free_letters() -> Iterator[str]:
    free = [
        letter for letter in ascii_lowercase if letter not in {*NAVIGATION_LETTERS.values(), *_ANSWER_LETTERS}
    ]
    for length in count(1):
        yield from map("".join, product(free, repeat=length))
