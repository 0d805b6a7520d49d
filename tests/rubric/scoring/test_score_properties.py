"""What holds of every scheme and every sheet."""

import random
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.model.answers import Answer, AnswerSheet, Met, NotApplicable
from rubric.model.scheme import Scheme
from rubric.scoring.score import score
from rubric.scoring.scorecard import Scorecard
from tests.rubric.builders import all_met, answers_to, graded, schemes

pytestmark = pytest.mark.slow

Case = tuple[Scheme, AnswerSheet]


@given(graded(), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_is_irrelevant(case: Case, chance: random.Random) -> None:
    scheme, sheet = case
    answers, figures = list(sheet.answers.items()), list(sheet.figures.items())
    chance.shuffle(answers)
    chance.shuffle(figures)
    shuffled = AnswerSheet(dict(figures), dict(answers), sheet.special_deductions, sheet.bonus)
    assert score(scheme, shuffled) == score(scheme, sheet)


@given(graded())
def test_the_lines_add_up_to_the_total_and_so_do_the_groups(case: Case) -> None:
    card = score(*case)
    assert sum(line.earned for line in card.lines) == card.earned
    assert sum(line.points for line in card.lines if line.answer != "na") == card.involved
    assert sum(total.earned for total in card.groups.values()) == card.earned
    assert sum(total.involved for total in card.groups.values()) == card.involved


@given(graded())
def test_no_line_earns_less_than_nothing_or_more_than_its_points(case: Case) -> None:
    assert all(0 <= line.earned <= line.points for line in score(*case).lines)


@given(schemes(), st.data())
def test_deleting_never_lifts_a_score_above_the_all_met_case(scheme: Scheme, data: st.DataObject) -> None:
    full = all_met(scheme, deductions=data.draw(st.integers(0, 5)), bonus=data.draw(st.booleans()))
    deleted = data.draw(st.sets(st.sampled_from(sorted(full.answers)))) if full.answers else set()
    answers = dict(full.answers) | {each: NotApplicable("not sold") for each in deleted}
    less = score(scheme, AnswerSheet(full.figures, answers, full.special_deductions, full.bonus)).exact
    most = score(scheme, full).exact
    assert less is None or (most is not None and less <= most)


def within(inner: Scorecard, outer: Scorecard) -> bool:
    """Whether the range of `inner` lies in that of `outer`; one without a score says nothing."""
    spans = (inner.exact, inner.best, outer.exact, outer.best)
    if any(end is None for end in spans):
        return True
    low, high, lowest, highest = (Fraction(end or 0) for end in spans)
    return lowest <= low <= high <= highest


@given(schemes(conditional=False), st.data())
def test_the_range_only_narrows_as_answers_come_and_holds_the_final_score(
    scheme: Scheme, data: st.DataObject
) -> None:
    """Deductions and the bonus stay as they stand; a deletion is an answer like any other."""
    base = all_met(scheme, deductions=data.draw(st.integers(0, 3)), bonus=data.draw(st.booleans()))
    questions = data.draw(st.permutations([i for i in scheme.indicators if not i.requires]))
    answers: dict[str, Answer] = {}
    cards = [score(scheme, AnswerSheet({}, {}, base.special_deductions, base.bonus))]
    for indicator in questions:
        answers[indicator.id] = data.draw(answers_to(indicator.type)) or Met()
        cards.append(score(scheme, AnswerSheet({}, dict(answers), base.special_deductions, base.bonus)))
    figures = {figure.id: data.draw(st.integers(0, 40)) for figure in scheme.figures}
    cards.append(score(scheme, AnswerSheet(figures, answers, base.special_deductions, base.bonus)))
    assert all(within(later, earlier) for earlier, later in pairwise(cards))
    assert within(cards[-1], cards[0])
    assert cards[-1].exact == cards[-1].best


@given(graded())
def test_the_grade_is_the_highest_whose_cut_is_reached_and_whose_needs_are_met(case: Case) -> None:
    scheme, sheet = case
    card = score(scheme, sheet)
    lacking = {line.indicator for line in card.lines if not line.is_full}
    stopped = [place for place, band in enumerate(scheme.grades) if lacking & set(band.needs)]
    possible = scheme.grades[: stopped[0]] if stopped else scheme.grades
    reached = [band.grade for band in possible if card.exact is not None and card.exact >= band.at_least]
    if card.veto or not reached:
        assert card.grade == "fail"
    else:
        assert card.grade == (reached[0] if scheme.rules.pass_first.value else reached[-1])


@given(graded())
def test_what_is_not_asked_has_no_line_and_its_answer_counts_for_nothing(case: Case) -> None:
    scheme, sheet = case
    card = score(scheme, sheet)
    kept = {key: answer for key, answer in sheet.answers.items() if key not in card.not_asked}
    assert score(scheme, replace(sheet, answers=kept)) == card
    assert card.not_asked.isdisjoint(line.indicator for line in card.lines)
    assert card.not_asked | card.line_by_indicator.keys() == scheme.indicator_by_id.keys()
