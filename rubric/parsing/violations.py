"""A violation of a rule in a file, before it becomes a fault with a line."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from rubric.parsing.document import YamlPath

Violation: TypeAlias = tuple[YamlPath, str, str]
"""The path in the file, the code of the fault, and a message with what is allowed."""
Violations: TypeAlias = Iterator[Violation]


def duplicate_values(values: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield each repeated value with its index."""
    seen: set[str] = set()
    for place, value in enumerate(values):
        if value in seen:
            yield place, value
        seen.add(value)


def folder_name_violations(key: str, said: str, folder: Path) -> Violations:
    """Check that the value of `key` is the name of `folder`."""
    if said != folder.name:
        yield (key,), "place", f"'{said}' lies in the folder '{folder.name}'; the two must be the same"


def file_name_violations(key: str, said: str, file: Path) -> Violations:
    """Check that the value of `key` is the name of `file`."""
    if said != file.stem:
        yield (key,), "place", f"'{said}' lies in {file.name}; the two must be the same"
