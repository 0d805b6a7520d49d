"""The points of each answer, with a reason: rules R1 to R3 of GB/T 27922-2011, and computed indicators."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from math import ceil

from rubric.model.answers import Answer, AnswerSheet, Met, NotApplicable, Sampled, Unmet
from rubric.model.fractions import format_exact
from rubric.model.indicators import Indicator, Requirement
from rubric.model.scheme import Scheme
from rubric.scoring.scorecard import AnswerKind, IndicatorScore, ScoreReason


def score_indicators(scheme: Scheme, sheet: AnswerSheet) -> Iterator[IndicatorScore]:
    """Return the score of each indicator, asked or not, in the file's order."""
    for indicator, plain_lines in zip(scheme.indicators, _constant_lines(scheme), strict=True):
        rule, answer = indicator.requires, sheet.answers.get(indicator.id)
        if rule is not None:
            yield _score_computed(
                scheme, indicator.id, sheet.figures.get(rule.base), sheet.figures.get(rule.have)
            )
        else:
            yield plain_lines.get(type(answer)) or _build_line(indicator, *_score_answer(answer))


@lru_cache(64)
def _constant_lines(scheme: Scheme) -> tuple[Mapping[type, IndicatorScore], ...]:
    """Return, for each indicator, the scores of answers without numbers, which are the most common."""
    answers = (None, Met(), Unmet())
    return tuple(
        {type(answer): _build_line(indicator, *_score_answer(answer)) for answer in answers}
        for indicator in scheme.indicators
    )


@lru_cache(1024)
def _score_computed(scheme: Scheme, indicator_id: str, base: int | None, have: int | None) -> IndicatorScore:
    indicator = scheme.indicator_by_id[indicator_id]
    assert indicator.requires is not None
    return _build_line(indicator, *_score_figures(indicator.requires, base, have))


def _build_line(indicator: Indicator, share: Fraction, kind: AnswerKind, why: ScoreReason) -> IndicatorScore:
    points = indicator.exact_points
    return IndicatorScore(
        indicator.id, indicator.group, points, points if share == 1 else points * share, kind, why
    )


def _score_answer(answer: Answer | None) -> tuple[Fraction, AnswerKind, ScoreReason]:
    match answer:
        case Met():
            return Fraction(1), "met", ScoreReason("met", {})
        case Unmet():
            return Fraction(0), "unmet", ScoreReason("unmet", {})
        case Sampled(sampled, conforming):
            share = Fraction(conforming, sampled)
            return share, "sampled", ScoreReason("sampled", {"sampled": sampled, "conforming": conforming})
        case NotApplicable(reason):
            return Fraction(0), "na", ScoreReason("na", {"reason": reason})
        case None:
            return Fraction(0), "open", ScoreReason("open", {})


def _score_figures(
    rule: Requirement, base: int | None, have: int | None
) -> tuple[Fraction, AnswerKind, ScoreReason]:
    if base is None or have is None:
        absent = rule.base if base is None else rule.have
        return Fraction(0), "open", ScoreReason("figure_missing", {"figure": absent})
    need = required_count(rule, base)
    share = min(Fraction(1), Fraction(have, need))
    if rule.partial == "none" and share < 1:
        share = Fraction(0)
    values: dict[str, int | str] = {
        "have": have,
        "need": need,
        "base": base,
        "percent": format_exact(rule.percent),
    }
    return (
        share,
        "computed",
        ScoreReason("computed", {**values, "base_figure": rule.base, "have_figure": rule.have}),
    )


def required_count(rule: Requirement, base: int) -> int:
    """Return ⌈percent % of the base⌉, at least the minimum (clause 5.1.2.2)."""
    return max(rule.minimum, ceil(Fraction(rule.percent) * base / 100))
