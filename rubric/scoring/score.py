"""The score of a sheet in exact fractions: GB/T 27922-2011, chapters 4 and 6, as rules R1 to R13."""

from collections.abc import Iterable
from fractions import Fraction

from rubric.model.answers import Answer, AnswerSheet, NotApplicable, Unmet
from rubric.model.fractions import exact_sum
from rubric.model.scheme import Scheme
from rubric.scoring.indicator_scores import score_indicators
from rubric.scoring.plausibility import check_plausibility
from rubric.scoring.scorecard import FAIL, AnswerKind, GroupTotal, IndicatorScore, Scorecard


def score(scheme: Scheme, sheet: AnswerSheet) -> Scorecard:
    """Grade a sheet; open indicators earn nothing."""
    not_asked = unasked_indicators(scheme, sheet)
    lines = tuple(line for line in score_indicators(scheme, sheet) if line.indicator not in not_asked)
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
        grade=grade_of(scheme, exact, deductions, _incomplete_indicators(scheme, lines)),
        best=best,
        best_grade=grade_of(scheme, best, deductions, _incomplete_indicators(scheme, lines, but="open")),
        warnings=check_plausibility(scheme.plausibility, sheet.figures),
        not_asked=not_asked,
    )


def unasked_indicators(scheme: Scheme, sheet: AnswerSheet) -> frozenset[str]:
    """Return the indicators that are not asked; their answers are kept and do not count."""
    if not scheme.conditional_indicators:
        return frozenset()
    answers, found = dict(sheet.answers), set()
    for indicator in scheme.conditional_indicators:
        if indicator.asked_if is not None and not indicator.asked_if.is_met(sheet.figures, answers):
            answers.pop(indicator.id, None)
            found.add(indicator.id)
    return frozenset(found)


def _incomplete_indicators(
    scheme: Scheme, lines: Iterable[IndicatorScore], but: AnswerKind | None = None
) -> frozenset[str]:
    """Return the indicators required by a grade that are not in full, except those answered `but`."""
    if not scheme.grade_required_ids:
        return frozenset()
    return frozenset(
        line.indicator
        for line in lines
        if line.indicator in scheme.grade_required_ids and line.answer != but and not line.is_full
    )


def keep_supported_answers(sheet: AnswerSheet, with_evidence: Iterable[str], scheme: Scheme) -> AnswerSheet:
    """Return the sheet with only answers supported by evidence; others become unmet, deletions stay."""
    backed = set(with_evidence)
    answers: dict[str, Answer] = {
        key: answer if key in backed or isinstance(answer, NotApplicable) else Unmet()
        for key, answer in sheet.answers.items()
    }
    bare = [i.id for i in scheme.indicators if i.requires is not None and i.id not in backed]
    figures = dict(sheet.figures)
    for indicator_id in bare:
        requires = scheme.indicator_by_id[indicator_id].requires
        if requires is not None and requires.have in figures:
            figures[requires.have] = 0
    return AnswerSheet(figures, answers, sheet.special_deductions, sheet.bonus)


def final_score(
    scheme: Scheme, earned: Fraction, involved: Fraction, deductions: int, bonus: Fraction
) -> Fraction | None:
    """Return earned ÷ involved × 100 − special deductions + bonus, exact (R7, R10); None without involved points."""
    if not involved:
        return None
    return earned / involved * 100 - deductions * Fraction(scheme.special_deductions.each) + bonus


def bonus_points(scheme: Scheme, sheet: AnswerSheet) -> Fraction:
    """Return the bonus (R5): at most one, none where the scheme has none."""
    return Fraction(scheme.bonus.points) if sheet.bonus is not None and scheme.bonus.at_most else Fraction(0)


def grade_of(
    scheme: Scheme, exact: Fraction | None, deductions: int, lacking: frozenset[str] = frozenset()
) -> str:
    """Return the grade (R8, R9, R13): half-open bands on the exact value, with the veto of special deductions.

    A grade that requires an indicator in `lacking` is not reached, nor any above it.
    """
    if exact is None or deductions >= scheme.special_deductions.fail_at:
        return FAIL
    reached = FAIL
    for band in scheme.reachable_grades:
        if exact < band.at_least or not lacking.isdisjoint(band.needs):
            break
        reached = band.grade
    return reached


def _group_totals(scheme: Scheme, lines: Iterable[IndicatorScore]) -> dict[str, GroupTotal]:
    involved: dict[str, list[IndicatorScore]] = {group.id: [] for group in scheme.top_groups}
    top = scheme.top_group_by_id
    for line in lines:
        if line.answer != "na":
            involved[top[line.group]].append(line)
    return {
        group: GroupTotal(
            exact_sum(line.earned for line in within), exact_sum(line.points for line in within)
        )
        for group, within in involved.items()
    }
