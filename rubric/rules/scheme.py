"""The rules for a scheme: existing ids, correct sums, grades and months in order."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction

from rubric.model.fractions import format_exact
from rubric.model.indicators import Group, Indicator
from rubric.model.profile import LimitRule
from rubric.model.scheme import Scheme
from rubric.parsing.document import YamlPath
from rubric.parsing.recovery import WrongPaths
from rubric.parsing.validation import unknown_name_message
from rubric.parsing.violations import Violations, duplicate_values
from rubric.rules.conditions import condition_violations, grade_need_violations
from rubric.rules.lifecycle import lifecycle_violations
from rubric.scoring.scorecard import FAIL

TOTAL_POINTS = 100


def scheme_violations(scheme: Scheme, wrong: WrongPaths = ()) -> Violations:
    """Check all rules of a scheme."""
    for check in CHECKS:
        yield from check(scheme)
    unsure = frozenset(_uncertain_indicators(scheme, wrong))
    yield from condition_violations(scheme, unsure)
    yield from grade_need_violations(scheme, unsure)


def _uncertain_indicators(scheme: Scheme, wrong: WrongPaths) -> Iterator[str]:
    """Yield the indicators whose `requires` or `deletable` is wrong."""
    for where in wrong:
        match where:
            case ("indicators", int(place), "requires" | "deletable", *_):
                yield scheme.indicators[place].id


def _duplicate_ids(scheme: Scheme) -> Violations:
    for part in ("figures", "plausibility", "eligibility", "groups", "indicators"):
        yield from _duplicates_in((part,), "id", [each.id for each in getattr(scheme, part)])
    for place, each in duplicate_values(f"{figure.counts}" for figure in scheme.figures if figure.counts):
        counting = [at for at, figure in enumerate(scheme.figures) if figure.counts]
        yield ("figures", counting[place], "counts"), "twice", f"two figures count the {each}; keep one"
    yield from _duplicates_in(("grades",), "grade", [band.grade for band in scheme.grades])
    for place, kind in duplicate_values(scheme.special_deductions.kinds):
        yield ("special_deductions", "kinds", place), "twice", f"'{kind}' stands twice; keep one"


def _duplicates_in(part: YamlPath, key: str, ids: Iterable[str]) -> Violations:
    for place, each in duplicate_values(ids):
        yield (
            (*part, place, key),
            "twice",
            f"'{each}' stands twice in '{part[0]}'; every one needs an id of its own",
        )


def _indicator_ids_of_groups(scheme: Scheme) -> Violations:
    for place, indicator in enumerate(scheme.indicators):
        if indicator.id in scheme.group_by_id:
            message = f"'{indicator.id}' is a group; an indicator needs an id of its own"
            yield ("indicators", place, "id"), "twice", message


def _parents(scheme: Scheme) -> Violations:
    """Check that parents come before their children, which also excludes cycles."""
    before: list[str] = []
    for place, group in enumerate(scheme.groups):
        if group.parent is not None and group.parent not in before:
            where: YamlPath = ("groups", place, "parent")
            if group.parent in scheme.group_by_id:
                yield (
                    where,
                    "parent_later",
                    f"'{group.parent}' must stand before '{group.id}', which lies in it",
                )
            else:
                yield where, "unknown_group", unknown_name_message(group.parent, before)
        before.append(group.id)


def _indicator_groups(scheme: Scheme) -> Violations:
    parents = {group.parent for group in scheme.groups}
    allowed = [group.id for group in scheme.groups if group.id not in parents]
    for place, indicator in enumerate(scheme.indicators):
        where = ("indicators", place, "group")
        if indicator.group not in scheme.group_by_id:
            yield where, "unknown_group", unknown_name_message(indicator.group, allowed)
        elif indicator.group in parents:
            inside = ", ".join(group.id for group in _children(scheme, indicator.group))
            yield (
                where,
                "not_a_leaf",
                f"'{indicator.group}' holds groups; an indicator goes into one of {inside}",
            )


def _empty_groups(scheme: Scheme) -> Violations:
    used = {group.parent for group in scheme.groups} | {indicator.group for indicator in scheme.indicators}
    for place, group in enumerate(scheme.groups):
        if group.id not in used:
            message = f"'{group.id}' holds no indicator; give it one or take it out"
            yield ("groups", place, "id"), "empty_group", message


def _group_points(scheme: Scheme) -> Violations:
    """Check the points of each group against its direct members, so that one wrong number is one fault."""
    for place, group in enumerate(scheme.groups):
        inside: list[Group | Indicator] = [
            *_children(scheme, group.id),
            *(i for i in scheme.indicators if i.group == group.id),
        ]
        total = sum((Fraction(part.points.value) for part in inside), Fraction(0))
        if inside and total != Fraction(group.points.value):
            points = format_exact(group.points.value)
            message = f"'{group.id}' has {points}, but {_list_points(inside)} add up to {format_exact(total)}"
            yield ("groups", place, "points"), "sum", message


def _total_points(scheme: Scheme) -> Violations:
    total = sum((Fraction(group.points.value) for group in scheme.top_groups), Fraction(0))
    if total != TOTAL_POINTS:
        adds_up = f"{_list_points(scheme.top_groups)} add up to {format_exact(total)}"
        message = f"{adds_up}; the groups without a parent must add up to {TOTAL_POINTS}"
        yield ("groups",), "full_mark", message


def _figures(scheme: Scheme) -> Violations:
    for where, figure in _figures_used(scheme):
        if figure not in scheme.figure_by_id:
            yield where, "unknown_figure", unknown_name_message(figure, list(scheme.figure_by_id))


def _figures_used(scheme: Scheme) -> Iterator[tuple[YamlPath, str]]:
    for place, rule in enumerate(scheme.plausibility):
        yield ("plausibility", place, "figure"), rule.figure
        key, other = ("limit", rule.limit) if isinstance(rule, LimitRule) else ("per", rule.per)
        yield ("plausibility", place, key), other
    for place, indicator in enumerate(scheme.indicators):
        if indicator.requires is not None:
            yield ("indicators", place, "requires", "base"), indicator.requires.base
            yield ("indicators", place, "requires", "have"), indicator.requires.have


def _deletable_computed(scheme: Scheme) -> Violations:
    for place, indicator in enumerate(scheme.indicators):
        if indicator.deletable and indicator.requires is not None:
            message = "a computed indicator takes no answer, so it cannot be deleted; allowed: no"
            yield ("indicators", place, "deletable"), "deletable", message


def _bands(scheme: Scheme) -> Violations:
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
            yield where, "grades_order", f"{found}; it must be more than {format_exact(previous)}"
        previous = max(previous, Fraction(band.at_least))


def _list_points(parts: Iterable[Group | Indicator]) -> str:
    return ", ".join(f"{part.id} ({format_exact(part.points.value)})" for part in parts) or "no groups"


def _children(scheme: Scheme, group_id: str) -> list[Group]:
    return [group for group in scheme.groups if group.parent == group_id]


CHECKS: tuple[Callable[[Scheme], Violations], ...] = (
    _duplicate_ids,
    _indicator_ids_of_groups,
    _parents,
    _indicator_groups,
    _empty_groups,
    _group_points,
    _total_points,
    _figures,
    _deletable_computed,
    _bands,
    lambda scheme: lifecycle_violations(scheme.lifecycle),
)

_GROUP_CODES = frozenset({"unknown_group", "parent_later", "not_a_leaf", "empty_group", "sum", "full_mark"})
_CHANGE_CODES = frozenset({"gone", "changes", "retyped"})
DEPENDENT_CODES: Mapping[tuple[str, str], frozenset[str]] = {
    ("figures", "id"): frozenset({"unknown_figure"}),
    ("plausibility", "limit"): frozenset({"gate"}),
    ("groups", "id"): _GROUP_CODES,
    ("groups", "parent"): _GROUP_CODES,
    ("indicators", "id"): frozenset({"unknown_indicator", "asked_later"}) | _CHANGE_CODES,
    ("indicators", "group"): frozenset({"sum", "empty_group"}),
    **{("changes", key): _CHANGE_CODES for key in ("id", "from", "to")},
}
"""The codes, by section and key of its items, that are not reported while such a value is wrong."""
