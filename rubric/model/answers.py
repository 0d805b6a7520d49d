"""The answers that a score is computed from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Met:
    """An indicator that conforms in full."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """An indicator that does not conform: no points (R2)."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """`conforming` of `sampled` samples conform (R3)."""

    sampled: int
    conforming: int

    def __post_init__(self) -> None:
        if not 0 <= self.conforming <= self.sampled or self.sampled < 1:
            raise ValueError(f"{self.conforming} of {self.sampled} is no sample")


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """An indicator deleted for a stated reason: not part of the involved total (R6, R12)."""

    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("not applicable needs a reason")


Answer: TypeAlias = Met | Unmet | Sampled | NotApplicable


@dataclass(frozen=True, slots=True)
class SpecialDeduction:
    """One special deduction (R4); `kind` is one of the scheme's."""

    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """All inputs of a grade. Unknown figures and open answers are absent."""

    figures: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    special_deductions: tuple[SpecialDeduction, ...] = ()
    bonus: str | None = None
