"""The grade of a sheet with the score of each indicator, in exact fractions."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from rubric.model.scheme import Scheme

AnswerKind = Literal["met", "unmet", "sampled", "na", "computed", "open"]

FAIL = "fail"


@dataclass(frozen=True, slots=True)
class ScoreReason:
    """A reason as a code with values; the text is in the catalogues."""

    code: str
    values: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """The score of one indicator. `earned` is in points, 0 where it is open or deleted."""

    indicator: str
    group: str
    points: Fraction
    earned: Fraction
    answer: AnswerKind
    why: ScoreReason

    @property
    def missing_points(self) -> Fraction:
        """The points missing to full; none for a deleted line."""
        return Fraction(0) if self.answer == "na" else self.points - self.earned

    @property
    def is_full(self) -> bool:
        """Whether it conforms in full; a deleted line counts as full."""
        if self.answer == "sampled":
            return self.why.values["conforming"] == self.why.values["sampled"]
        if self.answer == "computed":
            return int(self.why.values["have"]) >= int(self.why.values["need"])
        return self.answer in {"met", "na"}


@dataclass(frozen=True, slots=True)
class GroupTotal:
    earned: Fraction
    involved: Fraction


@dataclass(frozen=True)
class Scorecard:
    """A grade with all values that led to it.

    `exact` is the unclamped final score (R10), None where nothing is involved. `lines` are the scores of the indicators
    that are asked; `not_asked` are the others.
    """

    scheme: Scheme
    lines: tuple[IndicatorScore, ...]
    groups: Mapping[str, GroupTotal]
    earned: Fraction
    involved: Fraction
    deductions: int
    bonus: Fraction
    exact: Fraction | None
    veto: bool
    grade: str
    best: Fraction | None
    best_grade: str
    warnings: tuple[ScoreReason, ...]
    not_asked: frozenset[str] = frozenset()

    @cached_property
    def line_by_indicator(self) -> Mapping[str, IndicatorScore]:
        """The lines by indicator."""
        return {line.indicator: line for line in self.lines}

    @property
    def unanswered(self) -> tuple[str, ...]:
        return tuple(line.indicator for line in self.lines if line.answer == "open")

    @property
    def base(self) -> Fraction | None:
        """The score before special deductions and the bonus: earned ÷ involved × 100 (R7)."""
        return self.earned / self.involved * 100 if self.involved else None
