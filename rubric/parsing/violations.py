"""What a check of meaning finds in a file, before it is put into a fault at its line."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from rubric.parsing.document import YamlPath

Violation: TypeAlias = tuple[YamlPath, str, str]
"""Where in the file, the fault's code, what is wrong and what is allowed."""
Violations: TypeAlias = Iterator[Violation]


def duplicate_values(values: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Each value that has stood before, with its place."""
    seen: set[str] = set()
    for place, value in enumerate(values):
        if value in seen:
            yield place, value
        seen.add(value)


def folder_name_violations(key: str, said: str, folder: Path) -> Violations:
    """What stands under `key` is the name of the `folder`, one that the file lies in."""
    if said != folder.name:
        yield (key,), "place", f"'{said}' lies in the folder '{folder.name}'; the two must be the same"


def file_name_violations(key: str, said: str, file: Path) -> Violations:
    """What stands under `key` is the name of the `file`."""
    if said != file.stem:
        yield (key,), "place", f"'{said}' lies in {file.name}; the two must be the same"
