"""A fault in a file: its place, what is wrong, and what is allowed."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

MAX_FAULTS = 100


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A fault in a file; `line` and `column` count from 1, 0 where the fault is the file itself.

    `where` is the path of the faulty part in the file, empty where it is not known.
    """

    path: Path
    line: int
    column: int
    code: str
    message: str
    where: tuple[str | int, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        place = f":{self.line}:{self.column}" if self.line else ""
        return f"{escape_unprintable(str(self.path))}{place}: {self.code}: {self.message}"


class FaultsFoundError(Exception):
    """A file that cannot be used, with all of its faults as cut by `limit_faults`."""

    def __init__(self, faults: Iterable[Fault], left_out: int = 0) -> None:
        self.faults = limit_faults(faults, left_out)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    @classmethod
    def of_files(cls, faults: Iterable[Fault]) -> "FaultsFoundError":
        """Build the error for several files, whose faults were cut already."""
        error = cls(())
        error.faults = tuple(faults)
        error.args = ("\n".join(str(fault) for fault in error.faults),)
        return error


def limit_faults(faults: Iterable[Fault], left_out: int = 0) -> tuple[Fault, ...]:
    """Sort the faults of one file, remove repetitions and cut them to MOST_FAULTS, with a count of the rest.

    `left_out` counts those that the caller did not even put into words.
    """
    ordered = sorted(set(faults))
    kept = ordered[:MAX_FAULTS]
    rest = len(ordered) - len(kept) + left_out
    if not rest:
        return tuple(kept)
    return (*kept, Fault(kept[0].path, 0, 0, "more", more_faults_message(rest)))


def more_faults_message(number: int) -> str:
    """Return the line that replaces the faults that were cut."""
    return f"and {number} more fault{'s' if number > 1 else ''}"


def escape_unprintable(text: str) -> str:
    """Escape characters that move the cursor or change the writing direction."""
    return "".join(c.encode("unicode_escape").decode("ascii") if _is_unprintable(c) else c for c in text)


def _is_unprintable(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] == "C" or category in {"Zl", "Zp"}


def quote_short(text: str, most: int = 40) -> str:
    """Quote `text` for one line of a terminal: cut to `most` characters, unprintable ones escaped."""
    return repr(text if len(text) <= most else text[: most - 1] + "…")
