"""A scheme with its indicators, grades and rules. `rubric/schemes/README.md` specifies the format for authors."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field

from rubric.model.changes import VersionChange
from rubric.model.fields import Identifier, MarkedSwitch, SchemePart, Source
from rubric.model.grades import BonusRule, GradeBand, SpecialDeductionRule
from rubric.model.indicators import Group, Indicator
from rubric.model.lifecycle import Lifecycle
from rubric.model.profile import CountedFigure, EligibilityQuestion, Figure, PlausibilityRule

OVERLAY_SEPARATOR = "+"
_ID = r"[a-z0-9][a-z0-9._-]{0,63}"
Weights = Literal["standard", "overlay", "proposed"]
Version = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,5}$", description="a whole number from 1 to 999999")]


class Rules(SchemePart):
    """Sources of values that no single line of the file carries, and switches of the calculation."""

    indicator_types: Source
    deletable: Source
    efforts: Source
    final_score: Source
    shown_score: Source
    pass_first: MarkedSwitch


class Scheme(SchemePart):
    """One version of one scheme. Immutable once published; a case pins `id`, `version` and checksum.

    A scheme `offered` on request is not shown to new users while exactly one scheme is offered first.
    """

    id: Identifier
    version: Version
    offered: Literal["first", "on_request"] = "first"
    figures: tuple[Figure, ...]
    plausibility: tuple[PlausibilityRule, ...]
    eligibility: tuple[EligibilityQuestion, ...]
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    grades: Annotated[tuple[GradeBand, ...], Field(min_length=1)]
    special_deductions: SpecialDeductionRule
    bonus: BonusRule
    rules: Rules
    lifecycle: Lifecycle
    changes: tuple[VersionChange, ...] = ()

    def __hash__(self) -> int:
        return hash((self.id, self.version))

    @cached_property
    def indicator_by_id(self) -> dict[str, Indicator]:
        """Indicators by clause number, in the file's order."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def conditional_indicators(self) -> tuple[Indicator, ...]:
        """The indicators with a condition, in order."""
        return tuple(indicator for indicator in self.indicators if indicator.asked_if is not None)

    @cached_property
    def grade_required_ids(self) -> frozenset[str]:
        """The indicators that a grade requires in full."""
        return frozenset(each for band in self.grades for each in band.needs)

    @cached_property
    def reachable_grades(self) -> tuple[GradeBand, ...]:
        """The grades that a first assessment can reach: under R13 the lowest only."""
        return self.grades[:1] if self.rules.pass_first.value else self.grades

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

    def find_figure_id(self, what: CountedFigure) -> str | None:
        """Return the id of the figure that counts `what`, or is named so; None where the scheme has none."""
        said = next((figure.id for figure in self.figures if figure.counts == what), None)
        return said or (what if what in self.figure_by_id else None)

    @cached_property
    def top_group_by_id(self) -> dict[str, str]:
        """The id of the top-level group of each group (its id where it is one)."""
        return {group.id: self.top_group_of(group.id) for group in self.groups}

    def top_group_of(self, group_id: str) -> str:
        """Return the id of the top-level group that contains `group_id`."""
        group = self.group_by_id[group_id]
        return group.id if group.parent is None else self.top_group_of(group.parent)

    def indicators_below(self, group_id: str) -> tuple[Indicator, ...]:
        """Return every indicator in or below the group, in order."""
        inside = {group_id}
        for group in self.groups:
            if group.parent in inside:
                inside.add(group.id)
        return tuple(indicator for indicator in self.indicators if indicator.group in inside)

    @property
    def has_official_points(self) -> bool:
        """Whether every point is from the standard or a certification body, and none is proposed."""
        used = {indicator.points.source for indicator in self.indicators if indicator.points.value}
        return used <= {Source.STANDARD, Source.BODY}

    @property
    def weights(self) -> Weights:
        """`standard` where every point comes from the standard, else `proposed`."""
        ours = any(i.points.source is not Source.STANDARD for i in self.indicators if i.points.value)
        return "proposed" if ours else "standard"


class ComposedScheme(Scheme):
    """A scheme with overlays applied: `id` and `version` name all of them, as `a+b+c` and `1+2+1`.

    `replaced` are the indicators whose points come from an overlay.
    """

    id: Annotated[str, Field(pattern=rf"^{_ID}(\+{_ID})+$")]
    version: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,5}(\+[1-9][0-9]{0,5})+$")]
    replaced: frozenset[Identifier]

    @property
    def weights(self) -> Weights:
        """`overlay` where overlays replace every point that is not the standard's, with none proposed."""
        used = [indicator for indicator in self.indicators if indicator.points.value]
        given = [indicator for indicator in used if indicator.id in self.replaced]
        kept = [indicator for indicator in used if indicator.id not in self.replaced]
        ours = any(i.points.source in {Source.PROPOSED, Source.MEMORY} for i in given)
        if ours or any(i.points.source is not Source.STANDARD for i in kept):
            return "proposed"
        return "overlay" if given else "standard"


def base_scheme_id(name: str) -> str:
    """Return the id of the scheme in a name such as `scheme+overlay`."""
    return name.partition(OVERLAY_SEPARATOR)[0]


def restore_scheme(value: Mapping[str, Any]) -> Scheme:
    """Rebuild a scheme from its JSON dump, composed ones included. Raises pydantic.ValidationError."""
    model = ComposedScheme if "+" in str(value.get("id")) else Scheme
    return model.model_validate(value)
