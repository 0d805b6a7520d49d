"""Hints for typical YAML mistakes; the parser often reports them one line too late."""

import re
from collections.abc import Sequence
from typing import NamedTuple


class SyntaxHint(NamedTuple):
    """A hint at a place in a file; `line` and `column` count from 1."""

    line: int
    column: int
    advice: str


_KEY = r"^\s*(?:- +)*[\"']?[\w.+-]+[\"']?"
_HINTS: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"^[ ]*(\t)"), "a tab stands where spaces must; indent with spaces"),
    (re.compile(_KEY + "(：)"), "a full-width ： stands behind the key; type : and a space"),
    (re.compile(_KEY + ":(\u3000)"), "a full-width space stands behind the colon; type a plain space"),
    (re.compile(r"[\[{][^\]}]*(，)"), "a full-width ， stands in the list; type , and a space"),
    (re.compile(_KEY + r"(:)[^\s:/]"), "a space is missing behind the colon"),
    (re.compile(_KEY + r":\s+([\"'])(?:(?!\1).)*\1\s*[^\s,#\]}]"), "the text goes on behind the closing quotation mark;"
     " put the whole of it in the other kind of quotation marks"),
    (re.compile(_KEY + r":\s+[^\s\"'\[{|>#][^#]*(:)\s"), "the text has a colon in it; put the text in quotation marks"),
    (re.compile(_KEY + r":\s+([%@`&*!])"), "a text cannot begin with this sign; put the text in quotation marks"),
)  # fmt: skip
_MAX_LINE_LENGTH = 2000
"""The number of characters of a line that are read, to limit the time for long lines."""
_OPEN_QUOTE = re.compile(_KEY + r":\s+([\"'])(?:(?!\1).)*$")


def find_syntax_hint(text: str, line: int) -> SyntaxHint | None:
    """Return a hint for the line where the parser stopped, or for one of the two lines before it."""
    lines = [each[:_MAX_LINE_LENGTH] for each in text.split("\n")]
    near = [number for number in range(min(line, len(lines)), 0, -1) if lines[number - 1].strip()][:3]
    for number in near:
        found = _match_hint(lines[number - 1])
        if found is not None:
            return SyntaxHint(number, *found)
    return _find_open_quote(lines)


def _match_hint(line: str) -> tuple[int, str] | None:
    for pattern, advice in _HINTS:
        if found := pattern.search(line):
            return found.start(1) + 1, advice
    return None


def _find_open_quote(lines: Sequence[str]) -> SyntaxHint | None:
    """Return the first text whose quotation mark is not closed in its line."""
    for number, line in enumerate(lines, 1):
        if found := _OPEN_QUOTE.search(line):
            return SyntaxHint(
                number, found.start(1) + 1, "the quotation mark is not closed in this line; close it"
            )
    return None
