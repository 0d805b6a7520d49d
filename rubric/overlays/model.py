"""An overlay: changes and additions to a scheme for a trade, a region or a certification body.

`schemes/README.md` has the format.
"""

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
    """The changed points of a group below the top level."""

    points: MarkedNumber


class IndicatorChange(SchemePart):
    """Fields of an indicator that change; absent ones stay."""

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
    """Another threshold for a grade, or other indicators that it requires."""

    at_least: GradeThreshold | None = None
    needs: tuple[Identifier, ...] | None = None
    source: Source


class Additions(SchemePart):
    """Questions, indicators and grades that an overlay adds after those of the scheme.

    Ids of questions and indicators are `<overlay>.<n>`.
    """

    eligibility: tuple[EligibilityQuestion, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    grades: tuple[GradeBand, ...] = ()


class Changes(SchemePart):
    """Changed parts of the scheme, by id."""

    groups: dict[Identifier, GroupChange] = Field(default_factory=dict)
    indicators: dict[Identifier, IndicatorChange] = Field(default_factory=dict)
    eligibility: dict[Identifier, EligibilityChange] = Field(default_factory=dict)
    grades: dict[Identifier, GradeBandChange] = Field(default_factory=dict)
    special_deductions: SpecialDeductionRule | None = None
    bonus: BonusRule | None = None


class Overlay(SchemePart):
    """One version of an overlay for the scheme `over`; it is suggested for `trades` and `provinces`."""

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
        """The indicators whose points come from this overlay."""
        changed = {key for key, change in self.change.indicators.items() if change.points is not None}
        return frozenset(changed | {indicator.id for indicator in self.add.indicators})
