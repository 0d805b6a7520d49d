"""What a scheme asks of the enterprise in figures, and which of them do not fit together."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from rubric.parts import Identifier, Number, Part, Source

Counted = Literal["staff", "outlets"]


class Figure(Part):
    """A whole number about the enterprise that is asked for once, such as its headcount.

    What an audit takes is estimated from the figure that `counts` the staff, or is named `staff`; so with outlets.
    """

    id: Identifier
    source: Source
    at_most: int = Field(default=100_000_000, ge=1, le=1_000_000_000)
    counts: Counted | None = None


class RatioRule(Part):
    """Implausible where `figure` divided by `per` is below `at_least`."""

    id: Identifier
    kind: Literal["ratio"]
    figure: Identifier
    per: Identifier
    at_least: Number
    source: Source


class LimitRule(Part):
    """Implausible where `figure` is above `limit`, another figure."""

    id: Identifier
    kind: Literal["limit"]
    figure: Identifier
    limit: Identifier
    source: Source


PlausibilityRule: TypeAlias = Annotated[RatioRule | LimitRule, Field(discriminator="kind")]
