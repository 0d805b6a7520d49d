"""What a check of meaning finds in a file, before it is put into a fault at its line."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from rubric.parsing.document import Where

Violation: TypeAlias = tuple[Where, str, str]
"""Where in the file, the fault's code, what is wrong and what is allowed."""
Findings: TypeAlias = Iterator[Violation]


def duplicate_values(values: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Each value that has stood before, with its place."""
    seen: set[str] = set()
    for place, value in enumerate(values):
        if value in seen:
            yield place, value
        seen.add(value)


def named_as_folder(key: str, said: str, folder: Path) -> Findings:
    """What stands under `key` is the name of the `folder`, one that the file lies in."""
    if said != folder.name:
        yield (key,), "place", f"'{said}' lies in the folder '{folder.name}'; the two must be the same"


def named_as_file(key: str, said: str, file: Path) -> Findings:
    """What stands under `key` is the name of the `file`."""
    if said != file.stem:
        yield (key,), "place", f"'{said}' lies in {file.name}; the two must be the same"
