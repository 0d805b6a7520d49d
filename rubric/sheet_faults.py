"""The faults of one answer sheet, as the lines that are printed."""

import re
from collections.abc import Sequence

from rubric.document import Where
from rubric.faults import MOST_FAULTS, brief, more
from rubric.validate import unknown


class SheetFaults:
    """Lines of the form `SHEET.yaml: answers."5.1.1.2".conforming: 41 is more than sampled (40)`."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._lines: list[str] = []
        self._left_out = 0

    def __bool__(self) -> bool:
        return bool(self._lines)

    def add(self, where: Where, message: str) -> None:
        if len(self._lines) < MOST_FAULTS:
            self._lines.append(f"{self._sheet}: {'.'.join(_step(step) for step in where)}: {message}")
        else:
            self._left_out += 1

    def add_unknown(self, where: Where, name: str, allowed: Sequence[str]) -> None:
        """A name that is none of `allowed`; looking for the nearest takes long, so not for those left out."""
        full = len(self._lines) >= MOST_FAULTS
        self.add(where, "" if full else unknown(name, list(allowed)))

    @property
    def lines(self) -> list[str]:
        """The first MOST_FAULTS, and how many more there are."""
        return [*self._lines, f"{self._sheet}: {more(self._left_out)}"] if self._left_out else self._lines


def _step(step: str | int) -> str:
    """A part of a place: plain where it is a word or a number, in double quotes where it is not."""
    text = str(step)
    if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", text):
        return text
    return '"' + brief(text, 64)[1:-1].replace('"', '\\"') + '"'
