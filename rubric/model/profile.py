"""What a scheme asks of the enterprise in figures, and which of them do not fit together."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from rubric.model.fields import Identifier, MarkedNumber, Number, SchemePart, Source, Switch

CountedFigure = Literal["staff", "outlets"]


class Figure(SchemePart):
    """A whole number about the enterprise that is asked for once, such as its headcount.

    What an audit takes is estimated from the figure that `counts` the staff, or is named `staff`; so with outlets.
    """

    id: Identifier
    source: Source
    at_most: int = Field(default=100_000_000, ge=1, le=1_000_000_000)
    counts: CountedFigure | None = None


class RatioRule(SchemePart):
    """Implausible where `figure` divided by `per` is below `at_least`."""

    id: Identifier
    kind: Literal["ratio"]
    figure: Identifier
    per: Identifier
    at_least: Number
    source: Source


class LimitRule(SchemePart):
    """Implausible where `figure` is above `limit`, another figure."""

    id: Identifier
    kind: Literal["limit"]
    figure: Identifier
    limit: Identifier
    source: Source


PlausibilityRule: TypeAlias = Annotated[RatioRule | LimitRule, Field(discriminator="kind")]

Consequence = Literal["blocks", "warns"]


class EligibilityQuestion(SchemePart):
    """A condition of applying. `settings` fill the placeholders of its words; bodies differ in them."""

    id: Identifier
    consequence: Consequence
    not_needed: Switch = False
    settings: dict[Identifier, MarkedNumber] = Field(default_factory=dict)
    source: Source
