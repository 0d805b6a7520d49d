"""A fault in a file that somebody wrote: where it is, what is wrong, what is allowed."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in one file; `line` and `column` count from 1, 0 where the fault is the file itself."""

    path: Path
    line: int
    column: int
    code: str
    message: str

    def __str__(self) -> str:
        place = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.path}{place}: {self.code}: {self.message}"


class FaultsFoundError(Exception):
    """A file that cannot be used; carries every fault found in the one run."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))
