import json
from fractions import Fraction
from typing import get_args

import pytest

from bot.reports.scorecard_json import SENTENCES, scorecard_json
from rubric.library.library import Library
from rubric.model.answers import Answer, AnswerSheet, Met, NotApplicable, Sampled, SpecialDeduction, Unmet
from rubric.scoring.score import score
from rubric.scoring.scorecard import AnswerKind

LIBRARY = Library.from_folders()
SCHEME = LIBRARY.scheme("gbt27922-2011")
FIGURES = {"staff": 2800, "outlets": 300, "service_managers": 26, "certified_managers": 2}


def graded(sheet, locale="zh-Hans"):
    found = scorecard_json(score(SCHEME, sheet), LIBRARY.text(SCHEME.id, locale))
    return json.loads(json.dumps(found))


def all_met(**changed):
    return {i.id: Met() for i in SCHEME.indicators if i.requires is None} | changed


def line(found, indicator):
    return next(one for one in found["lines"] if one["indicator"] == indicator)


def test_all_met_is_a_hundred_and_five_stars():
    found = graded(AnswerSheet(FIGURES | {"certified_managers": 3}, all_met()))
    assert (found["score"], found["exact_score"], found["grade"], found["grade_label"]) == (
        "100.00",
        "100",
        "5-star",
        "五星级",
    )
    assert found["next_grade"] is None
    assert found["unanswered"] == []
    assert found["bonus"] == 0


def test_the_example_of_the_interface_reads_as_promised():
    answers: dict[str, Answer] = {
        "5.1.1.1": Met(),
        "5.1.1.2": Sampled(40, 37),
        "5.2.6.2": NotApplicable("none sold"),
        "5.3.1.2": Unmet(),
    }
    found = graded(AnswerSheet(FIGURES, answers, (SpecialDeduction("law", "…"),), "…"))
    assert line(found, "5.1.1.2") == {
        "indicator": "5.1.1.2",
        "points": "3",
        "earned": "2.775",
        "answer": "sampled",
        "why": "37 of 40 conform",
    }
    assert line(found, "5.1.2.2")["earned"] == "10/3"
    assert line(found, "5.1.2.2")["why"] == "2 of 3 required (10 % of 26)"
    assert line(found, "5.2.6.2")["why"] == "none sold"
    assert line(found, "5.1.1.1")["why"] == "conforms"
    assert line(found, "5.3.1.2")["why"] == "does not conform"
    assert line(found, "5.3.2.3")["why"] == "not answered"
    assert (found["special_deductions"], found["bonus"], found["involved"]) == (1, 1, "98")
    assert found["scheme_version"] == "1"
    assert found["weights"] == "proposed"
    assert found["groups"]["5.2"] == {"earned": "0", "involved": "33"}


def test_lines_sum_to_earned():
    found = graded(AnswerSheet(FIGURES, all_met(**{"5.1.1.2": Sampled(7, 3)})))
    assert sum(Fraction(one["earned"]) for one in found["lines"]) == Fraction(found["earned"])


def test_why_is_english_and_the_label_is_in_the_language_asked():
    found = graded(AnswerSheet(FIGURES, all_met()), "en")
    assert found["grade_label"] == LIBRARY.text(SCHEME.id, "en").grades[found["grade"]]
    assert line(found, "5.1.1.1")["why"] == "conforms"


def test_figures_that_do_not_fit_are_warned_of_and_graded():
    odd = {"staff": 300, "outlets": 300, "service_managers": 3, "certified_managers": 5}
    found = graded(AnswerSheet(odd, all_met()))
    assert found["warnings"] == [
        "staff 300 for 300 outlets is implausible",
        "certified_managers 5 above service_managers 3 is implausible",
    ]
    assert line(found, "5.1.2.2")["earned"] == "5"


def test_a_missing_figure_leaves_its_line_open():
    found = graded(AnswerSheet({"service_managers": 26}, all_met()))
    assert line(found, "5.1.2.2")["answer"] == "open"
    assert line(found, "5.1.2.2")["why"] == "not answered: certified_managers is not given"
    assert found["unanswered"] == ["5.1.2.2"]
    assert found["range"] == {
        "worst": "95.00",
        "best": "100.00",
        "worst_grade": "5-star",
        "best_grade": "5-star",
    }


def test_the_way_up_names_indicators_and_gains():
    found = graded(
        AnswerSheet(FIGURES | {"certified_managers": 3}, all_met(**{"5.3.2.2": Unmet(), "5.1.1.1": Unmet()}))
    )
    assert found["score"] == "92.00"
    assert found["next_grade"] == {
        "grade": "5-star",
        "gap": "3.00",
        "cheapest": [{"indicator": "5.1.1.1", "gain": "3"}],
    } or found["next_grade"]["cheapest"] == [{"indicator": "5.3.2.2", "gain": "5"}]


def test_under_the_veto_there_is_no_next_grade():
    found = graded(AnswerSheet(FIGURES, all_met(), (SpecialDeduction("law"),) * 5))
    assert (found["veto"], found["grade"], found["next_grade"]) == (True, "fail", None)


def test_nothing_answered_is_open_throughout():
    found = graded(AnswerSheet())
    assert len(found["unanswered"]) == 43
    assert found["range"]["best"] == "100.00"


def test_every_reason_that_scoring_gives_has_a_sentence():
    assert set(get_args(AnswerKind)) <= set(SENTENCES)


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant", "en"])
def test_every_grade_has_a_label_in_every_language(locale):
    grades = LIBRARY.text(SCHEME.id, locale).grades
    assert {"fail", *(band.grade for band in SCHEME.grades)} <= set(grades)
