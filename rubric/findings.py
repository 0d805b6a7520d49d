"""What a check of meaning finds in a file, before it is put into a fault at its line."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from rubric.document import Where

Finding: TypeAlias = tuple[Where, str, str]
"""Where in the file, the fault's code, what is wrong and what is allowed."""
Findings: TypeAlias = Iterator[Finding]


def repeated(values: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Each value that has stood before, with its place."""
    seen: set[str] = set()
    for place, value in enumerate(values):
        if value in seen:
            yield place, value
        seen.add(value)
