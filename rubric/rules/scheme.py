"""What a scheme must mean beyond its form: ids that exist, points that add up, bands and months in order."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction

from rubric.model.fractions import plain
from rubric.model.indicators import Group, Indicator
from rubric.model.profile import LimitRule
from rubric.model.scheme import Scheme
from rubric.parsing.document import Where
from rubric.parsing.recovery import Wrong
from rubric.parsing.validation import unknown
from rubric.parsing.violations import Findings, duplicate_values
from rubric.rules.conditions import condition_faults, gate_faults
from rubric.rules.lifecycle import lifecycle_faults
from rubric.scoring.scorecard import FAIL

FULL_MARK = 100


def structure_faults(scheme: Scheme, wrong: Wrong = ()) -> Findings:
    """Every fault of meaning of a scheme; of one whose values were `wrong` in these places, those that are sure."""
    for check in CHECKS:
        yield from check(scheme)
    unsure = frozenset(_answered_in_doubt(scheme, wrong))
    yield from condition_faults(scheme, unsure)
    yield from gate_faults(scheme, unsure)


def _answered_in_doubt(scheme: Scheme, wrong: Wrong) -> Iterator[str]:
    """Indicators of which it is not known whether they are computed, and how, or whether they can be deleted."""
    for where in wrong:
        match where:
            case ("indicators", int(place), "requires" | "deletable", *_):
                yield scheme.indicators[place].id


def _ids_twice(scheme: Scheme) -> Findings:
    for part in ("figures", "plausibility", "eligibility", "groups", "indicators"):
        yield from _twice((part,), "id", [each.id for each in getattr(scheme, part)])
    for place, each in duplicate_values(f"{figure.counts}" for figure in scheme.figures if figure.counts):
        counting = [at for at, figure in enumerate(scheme.figures) if figure.counts]
        yield ("figures", counting[place], "counts"), "twice", f"two figures count the {each}; keep one"
    yield from _twice(("grades",), "grade", [band.grade for band in scheme.grades])
    for place, kind in duplicate_values(scheme.special_deductions.kinds):
        yield ("special_deductions", "kinds", place), "twice", f"'{kind}' stands twice; keep one"


def _twice(part: Where, key: str, ids: Iterable[str]) -> Findings:
    for place, each in duplicate_values(ids):
        yield (
            (*part, place, key),
            "twice",
            f"'{each}' stands twice in '{part[0]}'; every one needs an id of its own",
        )


def _indicator_named_like_group(scheme: Scheme) -> Findings:
    for place, indicator in enumerate(scheme.indicators):
        if indicator.id in scheme.group_by_id:
            message = f"'{indicator.id}' is a group; an indicator needs an id of its own"
            yield ("indicators", place, "id"), "twice", message


def _parents(scheme: Scheme) -> Findings:
    """Parents stand before their children, which rules out cycles too."""
    before: list[str] = []
    for place, group in enumerate(scheme.groups):
        if group.parent is not None and group.parent not in before:
            where: Where = ("groups", place, "parent")
            if group.parent in scheme.group_by_id:
                yield (
                    where,
                    "parent_later",
                    f"'{group.parent}' must stand before '{group.id}', which lies in it",
                )
            else:
                yield where, "unknown_group", unknown(group.parent, before)
        before.append(group.id)


def _indicator_groups(scheme: Scheme) -> Findings:
    parents = {group.parent for group in scheme.groups}
    allowed = [group.id for group in scheme.groups if group.id not in parents]
    for place, indicator in enumerate(scheme.indicators):
        where = ("indicators", place, "group")
        if indicator.group not in scheme.group_by_id:
            yield where, "unknown_group", unknown(indicator.group, allowed)
        elif indicator.group in parents:
            inside = ", ".join(group.id for group in _children(scheme, indicator.group))
            yield (
                where,
                "not_a_leaf",
                f"'{indicator.group}' holds groups; an indicator goes into one of {inside}",
            )


def _empty_groups(scheme: Scheme) -> Findings:
    used = {group.parent for group in scheme.groups} | {indicator.group for indicator in scheme.indicators}
    for place, group in enumerate(scheme.groups):
        if group.id not in used:
            message = f"'{group.id}' holds no indicator; give it one or take it out"
            yield ("groups", place, "id"), "empty_group", message


def _group_points(scheme: Scheme) -> Findings:
    """Each group against what lies directly in it, so that one wrong number is one fault."""
    for place, group in enumerate(scheme.groups):
        inside: list[Group | Indicator] = [
            *_children(scheme, group.id),
            *(i for i in scheme.indicators if i.group == group.id),
        ]
        total = sum((Fraction(part.points.value) for part in inside), Fraction(0))
        if inside and total != Fraction(group.points.value):
            points = plain(group.points.value)
            message = f"'{group.id}' has {points}, but {_weighed(inside)} add up to {plain(total)}"
            yield ("groups", place, "points"), "sum", message


def _full_mark(scheme: Scheme) -> Findings:
    total = sum((Fraction(group.points.value) for group in scheme.top_groups), Fraction(0))
    if total != FULL_MARK:
        adds_up = f"{_weighed(scheme.top_groups)} add up to {plain(total)}"
        message = f"{adds_up}; the groups without a parent must add up to {FULL_MARK}"
        yield ("groups",), "full_mark", message


def _figures(scheme: Scheme) -> Findings:
    for where, figure in _figures_used(scheme):
        if figure not in scheme.figure_by_id:
            yield where, "unknown_figure", unknown(figure, list(scheme.figure_by_id))


def _figures_used(scheme: Scheme) -> Iterator[tuple[Where, str]]:
    for place, rule in enumerate(scheme.plausibility):
        yield ("plausibility", place, "figure"), rule.figure
        key, other = ("limit", rule.limit) if isinstance(rule, LimitRule) else ("per", rule.per)
        yield ("plausibility", place, key), other
    for place, indicator in enumerate(scheme.indicators):
        if indicator.requires is not None:
            yield ("indicators", place, "requires", "base"), indicator.requires.base
            yield ("indicators", place, "requires", "have"), indicator.requires.have


def _deletable_computed(scheme: Scheme) -> Findings:
    for place, indicator in enumerate(scheme.indicators):
        if indicator.deletable and indicator.requires is not None:
            message = "a computed indicator takes no answer, so it cannot be deleted; allowed: no"
            yield ("indicators", place, "deletable"), "deletable", message


def _bands(scheme: Scheme) -> Findings:
    previous = Fraction(0)
    for place, band in enumerate(scheme.grades):
        where = ("grades", place, "at_least")
        if band.grade == FAIL:
            yield (
                ("grades", place, "grade"),
                "grade",
                f"'{FAIL}' is what lies below the first grade; name it otherwise",
            )
        if Fraction(band.at_least) <= previous:
            found = (
                "the first grade begins at 0, so nothing fails"
                if not place
                else "grades stand in ascending order"
            )
            yield where, "grades_order", f"{found}; it must be more than {plain(previous)}"
        previous = max(previous, Fraction(band.at_least))


def _weighed(parts: Iterable[Group | Indicator]) -> str:
    return ", ".join(f"{part.id} ({plain(part.points.value)})" for part in parts) or "no groups"


def _children(scheme: Scheme, group_id: str) -> list[Group]:
    return [group for group in scheme.groups if group.parent == group_id]


CHECKS: tuple[Callable[[Scheme], Findings], ...] = (
    _ids_twice,
    _indicator_named_like_group,
    _parents,
    _indicator_groups,
    _empty_groups,
    _group_points,
    _full_mark,
    _figures,
    _deletable_computed,
    _bands,
    lambda scheme: lifecycle_faults(scheme.lifecycle),
)

_OF_GROUPS = frozenset({"unknown_group", "parent_later", "not_a_leaf", "empty_group", "sum", "full_mark"})
_OF_CHANGES = frozenset({"gone", "changes", "retyped"})
HANGING: Mapping[tuple[str, str], frozenset[str]] = {
    ("figures", "id"): frozenset({"unknown_figure"}),
    ("plausibility", "limit"): frozenset({"gate"}),
    ("groups", "id"): _OF_GROUPS,
    ("groups", "parent"): _OF_GROUPS,
    ("indicators", "id"): frozenset({"unknown_indicator", "asked_later"}) | _OF_CHANGES,
    ("indicators", "group"): frozenset({"sum", "empty_group"}),
    **{("changes", key): _OF_CHANGES for key in ("id", "from", "to")},
}
"""Codes that say nothing while such a key of such an item has a wrong value."""
