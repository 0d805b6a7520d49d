"""Grades, special deductions and the bonus of a scheme."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from rubric.model.fields import Identifier, Number, SchemePart, Source

GradeThreshold = Annotated[Decimal, Field(ge=0, le=100, max_digits=12)]


class GradeBand(SchemePart):
    """A grade, the lowest exact score that earns it, and the indicators that must conform in full for it.

    A higher grade also requires what the lower ones `needs`.
    """

    grade: Identifier
    at_least: GradeThreshold
    needs: tuple[Identifier, ...] = ()
    source: Source


class SpecialDeductionRule(SchemePart):
    """Rule R4: points deducted from the score; at `fail_at` of them or more the grade is `fail` (R8)."""

    kinds: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    each: Number
    fail_at: Annotated[int, Field(ge=1, le=1000)]
    source: Source


class BonusRule(SchemePart):
    """Rule R5: points for a strength above the law and leading in the trade; `at_most` 0 turns it off."""

    points: Number
    at_most: Literal[0, 1]
    source: Source

    @model_validator(mode="before")
    @classmethod
    def _parse_at_most(cls, value: object) -> object:
        if isinstance(value, dict) and value.get("at_most") in ("0", "1"):
            return {**value, "at_most": int(value["at_most"])}
        return value
