"""The way up, against a search through every set of indicators."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings

from rubric.model.answers import Answer, AnswerSheet, Met, NotApplicable, Sampled, Unmet
from rubric.model.scheme import Scheme
from rubric.scoring.improvements import higher_grades, most_valuable_line, next_grade
from rubric.scoring.score import score
from tests.rubric.builders import RULES, all_met, bands, computed, gbt, graded, item, scheme_of, sheet_of

pytestmark = pytest.mark.slow


def raised(scheme: Scheme, sheet: AnswerSheet, chosen: tuple[str, ...]) -> AnswerSheet:
    """The sheet with these indicators brought to full, computed ones by their figures."""
    rules = [rule for each in chosen if (rule := scheme.indicator_by_id[each].requires)]
    figures = {rule.base: 0 for rule in rules} | dict(sheet.figures) | {rule.have: 10**6 for rule in rules}
    met = {each: Met() for each in chosen if not scheme.indicator_by_id[each].requires}
    return AnswerSheet(figures, dict(sheet.answers) | met, sheet.special_deductions, sheet.bonus)


def by_trying_all(scheme: Scheme, sheet: AnswerSheet) -> dict[str, tuple[str, ...] | None]:
    """For each grade the best set of all: fewest, least effort, highest score, clause order.

    What has no points, and no grade needs, is a statement of fact: nobody is told to raise it.
    """
    card = score(scheme, sheet)
    ids = list(scheme.indicator_by_id)
    open_to_raise = [
        line.indicator
        for line in card.lines
        if line.missing_points or (line.indicator in scheme.grade_required_ids and not line.is_full)
    ]
    order = ["fail", *(band.grade for band in scheme.grades)]
    found: dict[str, tuple[str, ...] | None] = {}
    tried = []
    for size in range(1, len(open_to_raise) + 1):
        for chosen in combinations(open_to_raise, size):
            after = score(scheme, raised(scheme, sheet, chosen))
            if after.exact is not None:
                effort = sum(scheme.indicator_by_id[each].effort for each in chosen)
                places = [ids.index(each) for each in chosen]
                tried.append((size, effort, -after.exact, places, chosen, order.index(after.grade)))
    for band in scheme.grades:
        enough = [each for each in tried if each[5] >= order.index(band.grade)]
        found[band.grade] = min(enough)[4] if enough else None
    return found


@settings(max_examples=150, deadline=None)
@given(graded(most=7, most_deductions=4))
def test_the_cheapest_way_is_the_best_of_all_sets(case: tuple[Scheme, AnswerSheet]) -> None:
    scheme, sheet = case
    card = score(scheme, sheet)
    best = by_trying_all(scheme, sheet)
    for rung in higher_grades(card):
        chosen = None if rung.cheapest is None else tuple(step.indicator for step in rung.cheapest)
        assert chosen == best[rung.grade]


@settings(max_examples=150, deadline=None)
@given(graded())
def test_the_gains_bring_the_score_to_the_grade_exactly_as_told(case: tuple[Scheme, AnswerSheet]) -> None:
    scheme, sheet = case
    card = score(scheme, sheet)
    for rung in higher_grades(card):
        if rung.cheapest is not None:
            after = score(scheme, raised(scheme, sheet, tuple(step.indicator for step in rung.cheapest)))
            assert card.exact is not None
            assert after.exact == card.exact + sum(step.gain for step in rung.cheapest)
            assert sum(step.gain for step in rung.cheapest) >= rung.gap


@given(graded())
def test_the_rungs_are_the_grades_above_lowest_first(case: tuple[Scheme, AnswerSheet]) -> None:
    scheme, sheet = case
    card = score(scheme, sheet)
    order = ["fail", *(band.grade for band in scheme.grades)]
    climbed = [rung.grade for rung in higher_grades(card)]
    assert all(order.index(grade) > order.index(card.grade) for grade in climbed)
    assert climbed == sorted(climbed, key=order.index)
    assert all(rung.gap > 0 or rung.needs for rung in higher_grades(card))
    assert next_grade(card) == (higher_grades(card)[0] if climbed else None)


def chosen(scheme: Scheme, answers: Mapping[str, Answer]) -> list[str] | None:
    rung = next_grade(score(scheme, sheet_of(answers)))
    assert rung is not None
    return None if rung.cheapest is None else [step.indicator for step in rung.cheapest]


class TestTheOrder:
    def test_fewest_come_before_least_effort(self) -> None:
        scheme = scheme_of(
            [item("a", 30), item("b", 30), item("c", 40, effort=3)], grades=bands({"pass": "40"})
        )
        assert chosen(scheme, {}) == ["c"]

    def test_least_effort_comes_before_the_highest_score(self) -> None:
        scheme = scheme_of([item("a", 60, effort=2), item("b", 40)], grades=bands({"pass": "40"}))
        assert chosen(scheme, {}) == ["b"]

    def test_the_highest_score_comes_before_clause_order(self) -> None:
        scheme = scheme_of([item("a", 40), item("b", 60)], grades=bands({"pass": "40"}))
        assert chosen(scheme, {}) == ["b"]

    def test_equals_are_taken_in_clause_order(self) -> None:
        scheme = scheme_of([item(each, 25) for each in "dbca"], grades=bands({"pass": "50"}))
        assert chosen(scheme, {}) == ["d", "b"]

    def test_the_highest_score_decides_between_an_easy_with_a_hard_one_and_two_middling_ones(self) -> None:
        middling = [item("m", 24, effort=2), item("n", 24, effort=2)]
        others = [item("easy", 10), item("hard", 40, effort=3), item("rest", 2, effort=3)]
        scheme = scheme_of([*middling, *others], grades=bands({"pass": "45"}))
        assert chosen(scheme, {}) == ["easy", "hard"]

    @pytest.mark.parametrize(
        ("order", "first"),
        [("mneh", ["m", "n"]), ("ehmn", ["e", "h"]), ("emnh", ["e", "h"]), ("menh", ["m", "n"])],
    )
    def test_clause_order_decides_where_these_are_worth_the_same(self, order: str, first: list[str]) -> None:
        items = {
            "m": item("m", 25, effort=2),
            "n": item("n", 25, effort=2),
            "e": item("e", 10),
            "h": item("h", 40, effort=3),
        }
        scheme = scheme_of([items[each] for each in order], grades=bands({"pass": "45"}))
        assert chosen(scheme, {}) == first


def test_what_is_out_of_reach_is_none() -> None:
    scheme = scheme_of([item("a", 50), item("b", 50)], grades=bands({"pass": "98"}))
    rung = next_grade(score(scheme, sheet_of({"a": Unmet()}, deductions=3)))
    assert rung is not None
    assert (rung.grade, rung.gap, rung.cheapest) == ("pass", Fraction(101), None)


def test_with_nothing_involved_no_grade_is_in_reach() -> None:
    rung = next_grade(score(scheme_of([item("a")]), sheet_of({"a": NotApplicable("not sold")})))
    assert rung is not None
    assert (rung.grade, rung.gap, rung.cheapest) == ("pass", Fraction(70), None)


def test_there_is_no_way_up_from_the_top_or_under_the_veto() -> None:
    scheme = gbt()
    assert next_grade(score(scheme, all_met(scheme))) is None
    assert next_grade(score(scheme, all_met(scheme, deductions=5))) is None


def test_stars_are_no_rung_before_a_pass_where_the_scheme_says_so() -> None:
    first = RULES | {"pass_first": {"value": "yes", "source": "standard"}}
    scheme = scheme_of([item("a", 75), item("b", 25)], rules=first)
    assert [rung.grade for rung in higher_grades(score(scheme, sheet_of()))] == ["pass"]
    assert higher_grades(score(scheme, sheet_of({"a": Met()}))) == ()


def test_a_deleted_indicator_is_never_raised() -> None:
    scheme = scheme_of([item("a", 50), item("b", 50)], grades=bands({"pass": "70"}))
    assert chosen(scheme, {"a": NotApplicable("not sold"), "b": Unmet()}) == ["b"]


def test_partly_conforming_and_computed_indicators_may_be_raised() -> None:
    scheme = scheme_of([computed("a", 50), item("b", 50, "sampled")], grades=bands({"pass": "100"}))
    rung = next_grade(score(scheme, sheet_of({"b": Sampled(3, 1)}, {"base_a": 26, "have_a": 2})))
    assert rung is not None
    assert rung.cheapest is not None
    assert [(step.indicator, step.gain) for step in rung.cheapest] == [
        ("a", Fraction(50, 3)),
        ("b", Fraction(100, 3)),
    ]


def test_the_shipped_scheme_from_nothing_has_a_way_to_every_grade() -> None:
    found = higher_grades(score(gbt(), AnswerSheet()))
    assert {rung.grade: rung.gap for rung in found} == {"pass": 70, "3-star": 80, "4-star": 90, "5-star": 95}
    sizes = [len(rung.cheapest or ()) for rung in found]
    assert sizes == sorted(sizes)
    assert sizes == [fewest_for(gbt(), cut) for cut in (70, 80, 90, 95)]


def fewest_for(scheme: Scheme, points: int) -> int:
    largest = sorted((i.points.value for i in scheme.indicators), reverse=True)
    return next(number for number in range(len(largest) + 1) if sum(largest[:number]) >= points)


@pytest.mark.parametrize("equal", [True, False])
def test_three_hundred_indicators_are_no_trouble(equal: bool) -> None:
    items = [
        item(f"i{n}", 1 if equal else Fraction(n % 17 + 1, 8), "sampled", effort=n % 3 + 1)
        for n in range(300)
    ]
    scheme = scheme_of(items)
    answers: dict[str, Answer] = {f"i{n}": Sampled(n + 1, n // 2) for n in range(300)}
    rung = next_grade(score(scheme, sheet_of(answers)))
    assert rung is not None
    assert rung.cheapest is not None
    gains = [step.gain for step in rung.cheapest]
    assert sum(gains) >= rung.gap
    assert sum(gains) - min(gains) < rung.gap, "one fewer would have done"


class TestTheQuestionWorthMost:
    def test_it_is_the_open_one_with_most_points_then_least_effort_then_first(self) -> None:
        scheme = scheme_of(
            [item("a", 5), item("b", 9, effort=3), item("c", 9, effort=2), item("d", 9, effort=2)]
        )
        card = score(scheme, sheet_of())
        line = most_valuable_line(card)
        assert line is not None
        assert line.indicator == "c"

    def test_there_is_none_when_all_is_answered_or_brings_nothing(self) -> None:
        scheme = scheme_of([item("a", 5), item("b", 0)])
        assert most_valuable_line(score(scheme, sheet_of({"a": Unmet()}))) is None
