"""Indicators and their groups."""

from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from rubric.model.conditions import Condition
from rubric.model.fields import Identifier, MarkedNumber, Number, SchemePart, Source, Switch


class Group(SchemePart):
    """A clause with clauses below it; `points` is their sum."""

    id: Identifier
    parent: Identifier | None = None
    points: MarkedNumber
    source: Source


class Requirement(SchemePart):
    """The formula of a computed indicator: `have` ÷ max(`minimum`, ⌈`percent` % of `base`⌉), at most 1."""

    base: Identifier
    percent: Number
    minimum: Annotated[int, Field(ge=1, le=10_000)]
    have: Identifier
    partial: Literal["pro_rata", "none"] = "pro_rata"
    rounding_source: Source
    partial_source: Source


class IndicatorType(StrEnum):
    """The way an indicator is scored: all or nothing (R2), in proportion to samples (R3), or from figures."""

    QUALITATIVE = "qualitative"
    SAMPLED = "sampled"
    COMPUTED = "computed"


class Indicator(SchemePart):
    """A scored clause. `effort` (1 to 3) is the estimated effort to reach full points.

    With `asked_if` it is asked, and counts, only while the condition holds.
    """

    id: Identifier
    group: Identifier
    type: IndicatorType
    points: MarkedNumber
    effort: Annotated[int, Field(ge=1, le=3)]
    deletable: Switch = False
    requires: Requirement | None = None
    asked_if: Condition | None = None
    source: Source

    @model_validator(mode="after")
    def _check_requires(self) -> "Indicator":
        if (self.type is IndicatorType.COMPUTED) != (self.requires is not None):
            raise ValueError("'requires' goes with type computed, and only with it")
        return self

    @cached_property
    def exact_points(self) -> Fraction:
        """The points, exact."""
        return Fraction(self.points.value)
