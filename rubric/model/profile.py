"""The eligibility questions and figures about the organisation, with the rules that figures must fit together by."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from rubric.model.fields import Identifier, MarkedNumber, Number, SchemePart, Source, Switch

CountedFigure = Literal["staff", "outlets"]


class Figure(SchemePart):
    """A whole number about the organisation that is asked once, such as its headcount.

    The audit is estimated from the figures that `counts` staff and outlets, or that have these ids.
    """

    id: Identifier
    source: Source
    at_most: int = Field(default=100_000_000, ge=1, le=1_000_000_000)
    counts: CountedFigure | None = None


class RatioRule(SchemePart):
    """A rule that `figure` divided by `per` is at least `at_least`."""

    id: Identifier
    kind: Literal["ratio"]
    figure: Identifier
    per: Identifier
    at_least: Number
    source: Source


class LimitRule(SchemePart):
    """A rule that `figure` is at most `limit`, another figure."""

    id: Identifier
    kind: Literal["limit"]
    figure: Identifier
    limit: Identifier
    source: Source


PlausibilityRule: TypeAlias = Annotated[RatioRule | LimitRule, Field(discriminator="kind")]

Consequence = Literal["blocks", "warns"]


class EligibilityQuestion(SchemePart):
    """A condition for an application. `settings` fill the placeholders of its texts and differ between bodies."""

    id: Identifier
    consequence: Consequence
    not_needed: Switch = False
    settings: dict[Identifier, MarkedNumber] = Field(default_factory=dict)
    source: Source
