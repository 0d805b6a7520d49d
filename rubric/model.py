"""What a scheme file says, as checked values. `rubric/schemes/README.md` specifies the format for its authors."""

from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
Number = Annotated[Decimal, Field(ge=0, le=1000, max_digits=12, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=10_000)]


class Source(StrEnum):
    """How sure a value is: published text, recalled, ours, or a certification body's own rule."""

    STANDARD = "standard"
    MEMORY = "memory"
    PROPOSED = "proposed"
    BODY = "body"


class Part(BaseModel):
    """A part of a scheme: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


class MarkedNumber(Part):
    value: Number
    source: Source


class MarkedSwitch(Part):
    value: bool
    source: Source


class Figure(Part):
    """A whole number about the enterprise that is asked for once, such as its headcount."""

    id: Identifier
    source: Source
    at_most: int = Field(default=100_000_000, ge=1, le=1_000_000_000)


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


class EligibilityQuestion(Part):
    """A condition of applying. `settings` fill the placeholders of its words; bodies differ in them."""

    id: Identifier
    consequence: Literal["blocks", "warns"]
    not_needed: bool = False
    settings: dict[Identifier, MarkedNumber] = {}
    source: Source


class Group(Part):
    """A clause with clauses below it; `points` is what all of them add up to."""

    id: Identifier
    parent: Identifier | None = None
    points: MarkedNumber
    source: Source


class Requirement(Part):
    """How a computed indicator is computed: `have` ÷ max(`minimum`, ⌈`percent` % of `base`⌉), at most 1."""

    base: Identifier
    percent: Number
    minimum: Annotated[int, Field(ge=1, le=10_000)]
    have: Identifier
    partial: Literal["pro_rata", "none"] = "pro_rata"
    rounding_source: Source
    partial_source: Source


class IndicatorType(StrEnum):
    """How an indicator is scored: all or nothing (R2), in proportion to samples (R3), or from figures."""

    QUALITATIVE = "qualitative"
    SAMPLED = "sampled"
    COMPUTED = "computed"


class Indicator(Part):
    """A scored clause. `effort` (1 to 3) is our estimate of what it takes to bring it to full."""

    id: Identifier
    group: Identifier
    type: IndicatorType
    points: MarkedNumber
    effort: Annotated[int, Field(ge=1, le=3)]
    deletable: bool = False
    requires: Requirement | None = None
    source: Source

    @model_validator(mode="after")
    def _requires_goes_with_computed(self) -> "Indicator":
        if (self.type is IndicatorType.COMPUTED) != (self.requires is not None):
            raise ValueError("'requires' goes with type computed, and only with it")
        return self


class Band(Part):
    """A grade and the lowest exact score that earns it."""

    grade: Identifier
    at_least: Annotated[Decimal, Field(ge=0, le=100, max_digits=12)]
    source: Source


class SpecialDeductions(Part):
    """Rule R4: points off outside the score; from `fail_at` of them on the grade is `fail` (R8)."""

    kinds: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    each: Number
    fail_at: Annotated[int, Field(ge=1, le=1000)]
    source: Source


class BonusRule(Part):
    """Rule R5: points for a strength above the law and leading in the trade; `at_most` 0 turns it off."""

    points: Number
    at_most: Literal[0, 1]
    source: Source

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, value: object) -> object:
        if isinstance(value, dict) and value.get("at_most") in ("0", "1"):
            return {**value, "at_most": int(value["at_most"])}
        return value


class Rules(Part):
    """Marks of what no single line of the file carries, and the switches of the arithmetic."""

    indicator_types: Source
    deletable: Source
    efforts: Source
    final_score: Source
    shown_score: Source
    pass_first: MarkedSwitch


class Validity(Part):
    years: Annotated[int, Field(ge=1, le=10)]
    last_day: Literal["day_before_anniversary", "anniversary"]
    source: Source
    last_day_source: Source


class Surveillance(Part):
    """Months after the anchor at which a surveillance opens, is due and closes; `number` of them in all."""

    number: Annotated[int, Field(ge=0, le=20)]
    opens_months: Count
    due_months: Count
    closes_months: Count
    counts_after_months: Count
    source: Source


class Recertification(Part):
    """Months before the end at which the renewal opens and is due."""

    opens_months: Count
    due_months: Count
    source: Source


class Suspension(Part):
    grace_days: Count
    revoked_after_months: Count
    block_months: Count
    source: Source


class ReminderStages(Part):
    """Days before the due day (`due-30`), and weekly ones after it, at which a milestone is brought up."""

    before_due_days: tuple[Count, ...]
    overdue_weeks: Count
    source: Source


class Lifecycle(Part):
    """What happens after the certificate, in the scheme's default figures."""

    validity: Validity
    surveillance: Surveillance
    recertification: Recertification
    suspension: Suspension
    reminders: ReminderStages


class Scheme(Part):
    """One version of one scheme. Immutable once published; a case pins `id`, `version` and checksum."""

    id: Identifier
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}$")]
    figures: tuple[Figure, ...]
    plausibility: tuple[PlausibilityRule, ...]
    eligibility: tuple[EligibilityQuestion, ...]
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    grades: Annotated[tuple[Band, ...], Field(min_length=1)]
    special_deductions: SpecialDeductions
    bonus: BonusRule
    rules: Rules
    lifecycle: Lifecycle

    @cached_property
    def by_id(self) -> dict[str, Indicator]:
        """Indicators by clause number, in the file's order."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def order(self) -> dict[str, int]:
        """Each indicator's place in the file's order, from 0."""
        return {indicator.id: place for place, indicator in enumerate(self.indicators)}

    @cached_property
    def group_by_id(self) -> dict[str, Group]:
        return {group.id: group for group in self.groups}

    @cached_property
    def top_groups(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.parent is None)

    @cached_property
    def leaf_groups(self) -> tuple[Group, ...]:
        """The groups that hold indicators, in the file's order."""
        used = {indicator.group for indicator in self.indicators}
        return tuple(group for group in self.groups if group.id in used)

    @cached_property
    def figure_by_id(self) -> dict[str, Figure]:
        return {figure.id: figure for figure in self.figures}

    def top_group_of(self, group_id: str) -> str:
        """The id of the top-level group that `group_id` lies in (itself where it is one)."""
        group = self.group_by_id[group_id]
        return group.id if group.parent is None else self.top_group_of(group.parent)

    def members(self, group_id: str) -> tuple[Indicator, ...]:
        """Every indicator in or below the group, in order."""
        inside = {group_id}
        for group in self.groups:
            if group.parent in inside:
                inside.add(group.id)
        return tuple(indicator for indicator in self.indicators if indicator.group in inside)

    @property
    def weights(self) -> Literal["standard", "proposed"]:
        """`standard` only where every point used is the standard's own."""
        ours = any(i.points.source is not Source.STANDARD for i in self.indicators if i.points.value)
        return "proposed" if ours else "standard"
