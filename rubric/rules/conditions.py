"""The rules for conditions and for the indicators that grades require."""

from collections.abc import Collection, Iterator

from rubric.model.conditions import Condition
from rubric.model.indicators import Indicator
from rubric.model.profile import LimitRule
from rubric.model.scheme import Scheme
from rubric.parsing.document import YamlPath
from rubric.parsing.validation import unknown_name_message
from rubric.parsing.violations import Violations

_FULL_PERCENT = 100


def condition_violations(scheme: Scheme, unsure: Collection[str]) -> Violations:
    """Check that every condition names a figure, or an earlier indicator with a permitted outcome.

    Which outcomes the indicators `unsure` can have is not known.
    """
    for place, indicator in enumerate(scheme.indicators):
        if indicator.asked_if is not None:
            before = scheme.indicators[:place]
            for where, simple in _simple_conditions(indicator.asked_if, ("indicators", place, "asked_if")):
                yield from _figure_violations(scheme, where, simple)
                yield from _indicator_violations(scheme, before, (*where, "indicator"), simple, unsure)


def _simple_conditions(condition: Condition, where: YamlPath) -> Iterator[tuple[YamlPath, Condition]]:
    """Yield the conditions on a single figure or indicator inside a condition, each with its path."""
    inner = condition.all or condition.any
    if inner is None:
        yield where, condition
        return
    key = "all" if condition.all else "any"
    for place, each in enumerate(inner):
        yield from _simple_conditions(each, (*where, key, place))


def _figure_violations(scheme: Scheme, where: YamlPath, condition: Condition) -> Violations:
    least, most = condition.at_least, condition.at_most
    if condition.figure is not None and condition.figure not in scheme.figure_by_id:
        yield (
            (*where, "figure"),
            "unknown_figure",
            unknown_name_message(condition.figure, list(scheme.figure_by_id)),
        )
    if any(condition.figure in (rule.base, rule.have) for i in scheme.indicators if (rule := i.requires)):
        message = f"'{condition.figure}' is what an indicator is computed from; ask about another figure"
        yield (*where, "figure"), "condition", message
    if least is not None and most is not None and least > most:
        yield (*where, "at_least"), "condition", f"never so: {least} is more than 'at_most' ({most})"


def _indicator_violations(
    scheme: Scheme,
    before: tuple[Indicator, ...],
    where: YamlPath,
    condition: Condition,
    unsure: Collection[str],
) -> Violations:
    name, earlier = condition.indicator, {each.id: each for each in before}
    if name is None:
        return
    if name not in scheme.indicator_by_id:
        yield where, "unknown_indicator", unknown_name_message(name, list(earlier))
    elif name not in earlier:
        yield where, "asked_later", f"'{name}' is asked later; a condition looks at what stands before it"
    elif name not in unsure:
        yield from _outcome_violations(scheme, earlier[name], where, condition)


def _outcome_violations(
    scheme: Scheme, asked: Indicator, where: YamlPath, condition: Condition
) -> Violations:
    name = asked.id
    if asked.requires is not None:
        yield where, "condition", f"'{name}' is computed and takes no answer; ask about its figures instead"
    elif _affects_grade(scheme, asked) and {*(condition.is_ or ()), *(condition.is_not or ())} != {"na"}:
        message = (
            f"'{name}' has points, or a grade needs it; of such an indicator only 'na' may be asked here"
        )
        yield where, "condition", message
    elif not asked.deletable and "na" in (condition.is_ or ()) and len(condition.is_ or ()) == 1:
        yield where, "condition", f"never so: '{name}' is not deletable"


def _affects_grade(scheme: Scheme, indicator: Indicator) -> bool:
    """Whether raising the indicator can change the grade; no question may depend on such an answer."""
    return bool(indicator.points.value) or indicator.id in scheme.grade_required_ids


def grade_need_violations(scheme: Scheme, unsure: Collection[str]) -> Violations:
    """Check that the indicators a grade requires exist, are named once and can be met."""
    needed: set[str] = set()
    for place, band in enumerate(scheme.grades):
        for number, name in enumerate(band.needs):
            where: YamlPath = ("grades", place, "needs", number)
            if name not in scheme.indicator_by_id:
                yield where, "unknown_indicator", unknown_name_message(name, list(scheme.indicator_by_id))
            elif name in needed:
                yield where, "twice", f"'{name}' is needed for this grade already; keep one"
            elif name not in unsure and _out_of_reach(scheme, scheme.indicator_by_id[name]):
                message = f"'{name}' can never conform in full: more are needed than there can be"
                yield where, "gate", message
            needed.add(name)


def _out_of_reach(scheme: Scheme, indicator: Indicator) -> bool:
    """Whether more than the base is required although a rule limits the figure to the base."""
    rule = indicator.requires
    if rule is None or rule.percent <= _FULL_PERCENT:
        return False
    limits = (each for each in scheme.plausibility if isinstance(each, LimitRule))
    return any(each.figure == rule.have and each.limit == rule.base for each in limits)
