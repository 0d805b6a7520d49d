"""The faults of one answer sheet, as the lines that are printed."""

import re
from collections.abc import Sequence

from rubric.document import Document, Where
from rubric.faults import MOST_FAULTS, Fault, brief, visible
from rubric.validate import unknown

_UNREAD = frozenset({"alias", "character", "key", "merge"})
"""Faults of form that leave nothing to be judged in their place."""


class SheetFaults:
    """Lines of the form `SHEET.yaml: answers."5.1.1.2".conforming: 41 is more than sampled (40)`.

    Those of the document's form come first, in the same form as far as it is known what they belong to.
    """

    def __init__(self, document: Document) -> None:
        self._sheet = visible(str(document.path))
        self._unread = {fault.where for fault in document.faults if fault.code in _UNREAD}
        self._lines: dict[str, None] = {}
        for fault in sorted(document.faults):
            self._lines[self._line(*_place_and_message(fault))] = None

    @property
    def lines(self) -> list[str]:
        """Every fault, each once."""
        return list(self._lines)

    def add(self, where: Where, message: str) -> None:
        if where not in self._unread:
            self._lines[self._line(_steps(where), message)] = None

    def add_unknown(self, where: Where, name: str, allowed: Sequence[str]) -> None:
        """A name that is none of `allowed`; looking for the nearest takes long, so not for each of thousands."""
        full = len(self._lines) >= MOST_FAULTS
        self.add(where, f"{brief(name)} is unknown" if full else unknown(name, list(allowed)))

    def _line(self, place: str, message: str) -> str:
        return ": ".join(part for part in (self._sheet, place, message) if part)


def _place_and_message(fault: Fault) -> tuple[str, str]:
    """The way to the part, with its line since it may stand there twice; else line and column alone."""
    if fault.where:
        return _steps(fault.where), f"{fault.message} (line {fault.line})"
    return f"line {fault.line}, column {fault.column}" if fault.line else "", fault.message


def _steps(where: Where) -> str:
    return ".".join(_step(step) for step in where)


def _step(step: str | int) -> str:
    """A part of a place: plain where it is a word or a number, in double quotes where it is not."""
    text = str(step)
    if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", text):
        return text
    return '"' + brief(text, 64)[1:-1].replace('"', '\\"') + '"'
