"""What answers are worth, in exact fractions: GB/T 27922-2011, chapters 4 and 6, as rules R1 to R13."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import ceil
from typing import Literal

from rubric.figures import LimitRule, PlausibilityRule
from rubric.indicators import Indicator, Requirement
from rubric.model import Scheme
from rubric.numbers import exact_sum, plain
from rubric.sheet import Answer, Met, NotApplicable, Sampled, Sheet, Unmet

AnswerKind = Literal["met", "unmet", "sampled", "na", "computed", "open"]

FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a code with values; whoever shows it finds the words."""

    code: str
    values: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Line:
    """What one indicator brings. `earned` is in points, 0 where the indicator is open or deleted."""

    indicator: str
    group: str
    points: Fraction
    earned: Fraction
    answer: AnswerKind
    why: Reason

    @property
    def missing(self) -> Fraction:
        """Points that raising this line to full would add; a deleted line has none to add."""
        return Fraction(0) if self.answer == "na" else self.points - self.earned

    @property
    def is_full(self) -> bool:
        """Whether it conforms in full, as a grade may need it to; a deleted line stands in no grade's way."""
        if self.answer == "sampled":
            return self.why.values["conforming"] == self.why.values["sampled"]
        if self.answer == "computed":
            return int(self.why.values["have"]) >= int(self.why.values["need"])
        return self.answer in {"met", "na"}


@dataclass(frozen=True, slots=True)
class Total:
    earned: Fraction
    involved: Fraction


@dataclass(frozen=True)
class Scorecard:
    """A grade and all that led to it. `exact` is the final score (R10), unclamped, None without any.

    `lines` are those of the indicators that are asked; `not_asked` are the others.
    """

    scheme: Scheme
    lines: tuple[Line, ...]
    groups: Mapping[str, Total]
    earned: Fraction
    involved: Fraction
    deductions: int
    bonus: Fraction
    exact: Fraction | None
    veto: bool
    grade: str
    best: Fraction | None
    best_grade: str
    warnings: tuple[Reason, ...]
    not_asked: frozenset[str] = frozenset()

    @cached_property
    def line_of(self) -> Mapping[str, Line]:
        """The lines by indicator."""
        return {line.indicator: line for line in self.lines}

    @property
    def unanswered(self) -> tuple[str, ...]:
        return tuple(line.indicator for line in self.lines if line.answer == "open")

    @property
    def base(self) -> Fraction | None:
        """Earned ÷ involved × 100 (R7), before special deductions and the bonus."""
        return self.earned / self.involved * 100 if self.involved else None


def score(scheme: Scheme, sheet: Sheet) -> Scorecard:
    """Grade any sheet that `sheet_file` or the talk can make; open indicators earn nothing."""
    not_asked = hidden(scheme, sheet)
    lines = tuple(line for line in _lines(scheme, sheet) if line.indicator not in not_asked)
    groups = _group_totals(scheme, lines)
    earned = exact_sum(total.earned for total in groups.values())
    involved = exact_sum(total.involved for total in groups.values())
    still_open = exact_sum(line.points for line in lines if line.answer == "open")
    bonus = bonus_points(scheme, sheet)
    deductions = len(sheet.special_deductions)
    exact = final_score(scheme, earned, involved, deductions, bonus)
    best = final_score(scheme, earned + still_open, involved, deductions, bonus)
    return Scorecard(
        scheme=scheme,
        lines=lines,
        groups=groups,
        earned=earned,
        involved=involved,
        deductions=deductions,
        bonus=bonus,
        exact=exact,
        veto=deductions >= scheme.special_deductions.fail_at,
        grade=grade_of(scheme, exact, deductions, _lacking(scheme, lines)),
        best=best,
        best_grade=grade_of(scheme, best, deductions, _lacking(scheme, lines, but="open")),
        warnings=implausible(scheme.plausibility, sheet.figures),
        not_asked=not_asked,
    )


def hidden(scheme: Scheme, sheet: Sheet) -> frozenset[str]:
    """The indicators that are not asked: their answers, where there are any, are kept and do not count."""
    if not scheme.conditional:
        return frozenset()
    answers, found = dict(sheet.answers), set()
    for indicator in scheme.conditional:
        if indicator.asked_if is not None and not indicator.asked_if.holds(sheet.figures, answers):
            answers.pop(indicator.id, None)
            found.add(indicator.id)
    return frozenset(found)


def _lacking(scheme: Scheme, lines: Iterable[Line], but: AnswerKind | None = None) -> frozenset[str]:
    """The indicators that do not conform in full and that some grade needs, those answered as `but` excepted."""
    if not scheme.needed:
        return frozenset()
    return frozenset(
        line.indicator
        for line in lines
        if line.indicator in scheme.needed and line.answer != but and not line.is_full
    )


def supported(sheet: Sheet, with_evidence: Iterable[str], scheme: Scheme) -> Sheet:
    """The sheet as evidence bears it out: an answer without a file earns nothing, a deletion stays."""
    backed = set(with_evidence)
    answers: dict[str, Answer] = {
        key: answer if key in backed or isinstance(answer, NotApplicable) else Unmet()
        for key, answer in sheet.answers.items()
    }
    bare = [i.id for i in scheme.indicators if i.requires is not None and i.id not in backed]
    figures = dict(sheet.figures)
    for indicator_id in bare:
        requires = scheme.by_id[indicator_id].requires
        if requires is not None and requires.have in figures:
            figures[requires.have] = 0
    return Sheet(figures, answers, sheet.special_deductions, sheet.bonus)


def final_score(
    scheme: Scheme, earned: Fraction, involved: Fraction, deductions: int, bonus: Fraction
) -> Fraction | None:
    """R7 and R10: earned ÷ involved × 100 − special deductions + bonus, exact; None: nothing is involved."""
    if not involved:
        return None
    return earned / involved * 100 - deductions * Fraction(scheme.special_deductions.each) + bonus


def bonus_points(scheme: Scheme, sheet: Sheet) -> Fraction:
    """R5: at most one bonus, none where the scheme turned it off."""
    return Fraction(scheme.bonus.points) if sheet.bonus is not None and scheme.bonus.at_most else Fraction(0)


def grade_of(
    scheme: Scheme, exact: Fraction | None, deductions: int, lacking: frozenset[str] = frozenset()
) -> str:
    """R8, R9 and R13: half-open bands on the exact value, under the veto of special deductions.

    No grade is reached, nor any above it, that needs an indicator which is `lacking`.
    """
    if exact is None or deductions >= scheme.special_deductions.fail_at:
        return FAIL
    reached = FAIL
    for band in scheme.reachable:
        if exact < band.at_least or not lacking.isdisjoint(band.needs):
            break
        reached = band.grade
    return reached


def required(rule: Requirement, base: int) -> int:
    """Clause 5.1.2.2: ⌈percent % of the base⌉, at least the minimum."""
    return max(rule.minimum, ceil(Fraction(rule.percent) * base / 100))


def implausible(rules: Iterable[PlausibilityRule], figures: Mapping[str, int]) -> tuple[Reason, ...]:
    """The figures that do not fit together, each as a reason that names its rule; unknown ones fit."""
    found = []
    for rule in rules:
        other = rule.limit if isinstance(rule, LimitRule) else rule.per
        if rule.figure not in figures or other not in figures:
            continue
        value, against = figures[rule.figure], figures[other]
        fits = value <= against if isinstance(rule, LimitRule) else value >= rule.at_least * against
        if not fits:
            values: dict[str, int | str] = {
                "figure": rule.figure,
                "value": value,
                "other": other,
                "against": against,
                "rule": rule.id,
            }
            found.append(Reason(f"implausible_{rule.kind}", values))
    return tuple(found)


def _lines(scheme: Scheme, sheet: Sheet) -> Iterator[Line]:
    for indicator, plain_lines in zip(scheme.indicators, _plain_lines(scheme), strict=True):
        rule, answer = indicator.requires, sheet.answers.get(indicator.id)
        if rule is not None:
            yield _computed_line(
                scheme, indicator.id, sheet.figures.get(rule.base), sheet.figures.get(rule.have)
            )
        else:
            yield plain_lines.get(type(answer)) or _line(indicator, *_answered(answer))


@lru_cache(64)
def _plain_lines(scheme: Scheme) -> tuple[Mapping[type, Line], ...]:
    """For each indicator the lines of answers that have no numbers in them: nearly all lines there are."""
    answers = (None, Met(), Unmet())
    return tuple(
        {type(answer): _line(indicator, *_answered(answer)) for answer in answers}
        for indicator in scheme.indicators
    )


@lru_cache(1024)
def _computed_line(scheme: Scheme, indicator_id: str, base: int | None, have: int | None) -> Line:
    indicator = scheme.by_id[indicator_id]
    assert indicator.requires is not None
    return _line(indicator, *_computed(indicator.requires, base, have))


def _line(indicator: Indicator, share: Fraction, kind: AnswerKind, why: Reason) -> Line:
    points = indicator.worth
    return Line(indicator.id, indicator.group, points, points if share == 1 else points * share, kind, why)


def _answered(answer: Answer | None) -> tuple[Fraction, AnswerKind, Reason]:
    match answer:
        case Met():
            return Fraction(1), "met", Reason("met", {})
        case Unmet():
            return Fraction(0), "unmet", Reason("unmet", {})
        case Sampled(sampled, conforming):
            share = Fraction(conforming, sampled)
            return share, "sampled", Reason("sampled", {"sampled": sampled, "conforming": conforming})
        case NotApplicable(reason):
            return Fraction(0), "na", Reason("na", {"reason": reason})
        case None:
            return Fraction(0), "open", Reason("open", {})


def _computed(rule: Requirement, base: int | None, have: int | None) -> tuple[Fraction, AnswerKind, Reason]:
    if base is None or have is None:
        absent = rule.base if base is None else rule.have
        return Fraction(0), "open", Reason("figure_missing", {"figure": absent})
    need = required(rule, base)
    share = min(Fraction(1), Fraction(have, need))
    if rule.partial == "none" and share < 1:
        share = Fraction(0)
    values: dict[str, int | str] = {"have": have, "need": need, "base": base, "percent": plain(rule.percent)}
    return (
        share,
        "computed",
        Reason("computed", {**values, "base_figure": rule.base, "have_figure": rule.have}),
    )


def _group_totals(scheme: Scheme, lines: Iterable[Line]) -> dict[str, Total]:
    involved: dict[str, list[Line]] = {group.id: [] for group in scheme.top_groups}
    top = scheme.top_group_by_id
    for line in lines:
        if line.answer != "na":
            involved[top[line.group]].append(line)
    return {
        group: Total(exact_sum(line.earned for line in within), exact_sum(line.points for line in within))
        for group, within in involved.items()
    }
