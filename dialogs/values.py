"""The values that a case records."""

from dataclasses import dataclass
from typing import TypeAlias

from rubric.sheet import Answer, SpecialDeduction


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that backs an indicator's answer; its content is kept under `sha256`."""

    indicator: str
    name: str
    media_type: str
    size: int
    sha256: str


RecordedValue: TypeAlias = Answer | SpecialDeduction | Evidence | str | int | bool
