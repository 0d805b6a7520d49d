"""Which questions are asked, and what becomes of answers to those that are not."""

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from rubric.model.answers import Answer, Met, NotApplicable, Sampled, Unmet
from rubric.model.conditions import Condition
from rubric.scoring.improvements import next_grade
from rubric.scoring.score import score
from tests.rubric.builders import bands, item, scheme_of, sheet_of

BEFORE: dict[str, Answer] = {
    "all": Sampled(3, 3),
    "some": Sampled(3, 2),
    "none": Sampled(3, 0),
    "no": Unmet(),
    "left_out": NotApplicable("not sold"),
}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"figure": "outlets", "at_least": 5}, True),
        ({"figure": "outlets", "at_least": 6}, False),
        ({"figure": "outlets", "at_most": 5}, True),
        ({"figure": "outlets", "at_least": 2, "at_most": 4}, False),
        ({"figure": "unknown", "at_most": 100}, False),
        ({"indicator": "all", "is": ["met"]}, True),
        ({"indicator": "some", "is": ["part"]}, True),
        ({"indicator": "some", "is": ["met", "unmet"]}, False),
        ({"indicator": "none", "is": ["unmet"]}, True),
        ({"indicator": "no", "is_not": ["met", "part"]}, True),
        ({"indicator": "left_out", "is": ["na"]}, True),
        ({"indicator": "left_out", "is_not": ["na"]}, False),
        ({"indicator": "open", "is": ["met", "part", "unmet", "na"]}, False),
        ({"indicator": "open", "is_not": ["na"]}, True),
        ({"all": [{"figure": "outlets", "at_least": 5}, {"indicator": "no", "is": ["met"]}]}, False),
        ({"any": [{"figure": "outlets", "at_least": 9}, {"indicator": "no", "is": ["unmet"]}]}, True),
    ],
)
def test_a_condition_holds_of_what_is_known(condition: dict[str, Any], holds: bool) -> None:
    assert Condition.model_validate(condition).is_met({"outlets": 5}, BEFORE) is holds


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"figure": "outlets"},
        {"figure": "outlets", "at_least": 1, "indicator": "a"},
        {"indicator": "a"},
        {"indicator": "a", "is": []},
        {"indicator": "a", "is": ["met"], "is_not": ["na"]},
        {"indicator": "a", "is": ["met"], "at_least": 1},
        {"all": []},
        {"at_least": 1},
    ],
)
def test_a_condition_says_one_thing_in_full(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Condition.model_validate(wrong)


def test_an_answer_to_a_question_that_is_not_asked_is_kept_and_counts_again_when_it_is() -> None:
    under = {"indicator": "repairs", "is": ["met"]}
    scheme = scheme_of([item("repairs", 0), item("parts", 40, asked_if=under), item("hotline", 60)])
    answers: dict[str, Answer] = {"parts": Met(), "hotline": Met()}
    closed = score(scheme, sheet_of(answers | {"repairs": Unmet()}))
    assert (closed.earned, closed.involved, set(closed.not_asked)) == (Fraction(60), Fraction(60), {"parts"})
    again = score(scheme, sheet_of(answers | {"repairs": Met()}))
    assert (again.earned, again.involved, not again.not_asked) == (Fraction(100), Fraction(100), True)


def test_a_question_under_one_that_is_not_asked_does_not_see_its_answer() -> None:
    scheme = scheme_of(
        [
            item("a", 0),
            item("b", 0, asked_if={"indicator": "a", "is": ["met"]}),
            item("c", asked_if={"indicator": "b", "is": ["met"]}),
        ]
    )
    assert score(scheme, sheet_of({"a": Unmet(), "b": Met()})).not_asked == {"b", "c"}


class TestWhatAGradeNeeds:
    scheme = scheme_of(
        [item("a", 90), item("b", 10, "sampled"), item("c", 0)],
        grades=[
            {"grade": "pass", "at_least": "70", "source": "proposed"},
            {"grade": "good", "at_least": "80", "needs": ["b", "c"], "source": "proposed"},
            {"grade": "best", "at_least": "85", "source": "proposed"},
        ],
    )

    def test_the_score_alone_does_not_bring_it_nor_any_grade_above(self) -> None:
        assert score(self.scheme, sheet_of({"a": Met(), "b": Sampled(9, 8), "c": Met()})).grade == "pass"
        assert score(self.scheme, sheet_of({"a": Met(), "b": Sampled(9, 9), "c": Met()})).grade == "best"

    def test_what_is_still_open_may_yet_bring_it(self) -> None:
        card = score(self.scheme, sheet_of({"a": Met()}))
        assert (card.grade, card.best_grade) == ("pass", "best")

    def test_a_deleted_indicator_stands_in_no_way(self) -> None:
        given: dict[str, Answer] = {
            "a": Met(),
            "b": NotApplicable("no samples"),
            "c": NotApplicable("not sold"),
        }
        assert score(self.scheme, sheet_of(given)).grade == "best"

    def test_the_way_up_has_it_even_where_it_brings_no_points(self) -> None:
        rung = next_grade(score(self.scheme, sheet_of({"a": Met(), "b": Met(), "c": Unmet()})))
        assert rung is not None
        assert (rung.grade, rung.gap, set(rung.needs)) == ("good", Fraction(0), {"c"})
        assert [(step.indicator, step.gain) for step in rung.cheapest or ()] == [("c", Fraction(0))]

    def test_only_what_it_does_not_bring_itself_is_chosen_beside_it(self) -> None:
        scheme = scheme_of(
            [item("must", 20, effort=3), item("large", 70), item("small", 10)],
            grades=[
                *bands({"pass": "10"}),
                {"grade": "top", "at_least": "25", "needs": ["must"], "source": "body"},
            ],
        )
        rung = next_grade(score(scheme, sheet_of({"small": Met()})))
        assert rung is not None
        assert [step.indicator for step in rung.cheapest or ()] == ["must"]
