"""An overlay: what one trade, region or body does differently from a scheme. `schemes/README.md` has the format."""

from typing import Annotated

from pydantic import Field

from rubric.model.bodies import LifecycleOverrides, Trade
from rubric.model.conditions import Condition
from rubric.model.fields import Identifier, MarkedNumber, SchemePart, Source, Switch
from rubric.model.grades import BonusRule, GradeBand, GradeThreshold, SpecialDeductionRule
from rubric.model.indicators import Indicator, Requirement
from rubric.model.profile import Consequence, EligibilityQuestion
from rubric.model.scheme import Version

Province = Annotated[
    str, Field(pattern=r"^[1-8][0-9]$", description="the two digits of a province in GB/T 2260, such as 34")
]


class GroupChange(SchemePart):
    """Other points for a group below the top level."""

    points: MarkedNumber


class IndicatorChange(SchemePart):
    """What of an indicator is another; what is left out stays as it is."""

    points: MarkedNumber | None = None
    effort: Annotated[int, Field(ge=1, le=3)] | None = None
    deletable: Switch | None = None
    requires: Requirement | None = None
    asked_if: Condition | None = None


class EligibilityChange(SchemePart):
    consequence: Consequence | None = None
    not_needed: Switch | None = None
    settings: dict[Identifier, MarkedNumber] = Field(default_factory=dict)
    source: Source


class GradeBandChange(SchemePart):
    """Another cut for a grade, or other indicators that it needs."""

    at_least: GradeThreshold | None = None
    needs: tuple[Identifier, ...] | None = None
    source: Source


class Additions(SchemePart):
    """What is asked as well, behind all that the scheme asks in the same group, and further grades.

    Ids of questions and indicators are `<overlay>.<n>`.
    """

    eligibility: tuple[EligibilityQuestion, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    grades: tuple[GradeBand, ...] = ()


class Changes(SchemePart):
    """What of the scheme is another, by the ids of the scheme."""

    groups: dict[Identifier, GroupChange] = Field(default_factory=dict)
    indicators: dict[Identifier, IndicatorChange] = Field(default_factory=dict)
    eligibility: dict[Identifier, EligibilityChange] = Field(default_factory=dict)
    grades: dict[Identifier, GradeBandChange] = Field(default_factory=dict)
    special_deductions: SpecialDeductionRule | None = None
    bonus: BonusRule | None = None


class Overlay(SchemePart):
    """One version of one overlay over the scheme `over`; `trades` and `provinces` are those it is proposed for."""

    id: Identifier
    version: Version
    over: Identifier
    trades: tuple[Trade, ...] = ()
    provinces: tuple[Province, ...] = ()
    add: Additions = Additions()
    change: Changes = Changes()
    lifecycle: LifecycleOverrides = Field(default_factory=dict)

    @property
    def replaced_ids(self) -> frozenset[str]:
        """The indicators whose points this overlay gives."""
        changed = {key for key, change in self.change.indicators.items() if change.points is not None}
        return frozenset(changed | {indicator.id for indicator in self.add.indicators})
