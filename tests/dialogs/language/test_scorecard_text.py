"""A scorecard in words: how it came about, and the way to each higher grade."""

import re

import pytest
import yaml

from dialogs.language import formatting
from dialogs.language.catalogue import LOCALES, Catalogue, find_catalogue
from dialogs.language.scorecard_text import MOST_IMPROVEMENTS, scorecard_blocks, source_notes
from dialogs.parsing.intents import normalize
from dialogs.parsing.trades_and_provinces import find_province, find_trade, province_of_credit_code
from rubric.library.library import Library
from rubric.model.answers import Answer, AnswerSheet, Met, NotApplicable, Sampled, Unmet
from rubric.model.scheme import Scheme
from rubric.model.texts import SchemeText
from rubric.scoring.score import score
from tests.rubric.builders import GBT, SHIPPED_TEXT, all_met, bands, item, scheme_of, sheet_of, words_value

TEN = scheme_of([item(str(number), 10) for number in range(10)], grades=bands({"pass": "70", "3-star": "95"}))


def said(scheme: Scheme, sheet: AnswerSheet, locale: str = "zh-Hans") -> str:
    text = SchemeText.model_validate(words_value(scheme))
    return "\n".join(
        block.text for block in scorecard_blocks(find_catalogue(locale), text, score(scheme, sheet))
    )


def unmet(*indicators: int) -> dict[str, Answer]:
    return {str(number): Unmet() if number in indicators else Met() for number in range(10)}


@pytest.mark.parametrize("locale", LOCALES)
def test_the_score_is_derived_from_the_points_step_by_step(locale: str) -> None:
    words = find_catalogue(locale)
    text = said(TEN, sheet_of(unmet(0), deductions=2, bonus=True), locale)
    assert words("grade.base", earned="90", involved="100", base="90") in text
    assert words("grade.final", base="90", deductions="2", bonus="1", score="89.00") in text


def test_without_deductions_and_bonus_there_is_no_second_step() -> None:
    words = find_catalogue("zh-Hans")
    assert words("grade.final", base="90", deductions="0", bonus="0", score="90.00") not in said(
        TEN, sheet_of(unmet(0))
    )


def test_where_nothing_is_involved_there_is_no_score() -> None:
    everything = {str(number): NotApplicable("nothing of it") for number in range(10)}
    text = said(TEN, sheet_of(everything))
    assert find_catalogue("zh-Hans")("grade.nothing_involved") in text
    assert find_catalogue("zh-Hans")("grade.none") in text


def test_the_way_up_names_each_step_and_how_far_the_grades_above_are() -> None:
    text = said(TEN, sheet_of(unmet(0, 1, 2, 3)))
    words = find_catalogue("zh-Hans")
    assert words("grade.step", where="0 An indicator", gain="10") in text
    assert words("grade.later", grade="A grade", gap="35.00", number=4) in text


def test_a_long_way_up_is_not_listed_in_full() -> None:
    twenty = scheme_of([item(str(number), 5) for number in range(20)], grades=bands({"pass": "70"}))
    text = said(twenty, sheet_of())
    assert find_catalogue("zh-Hans")("grade.more_steps", number=14 - MOST_IMPROVEMENTS) in text
    assert len([line for line in text.splitlines() if "An indicator" in line]) == MOST_IMPROVEMENTS


def test_a_grade_that_no_indicator_leads_to_is_said_to_be_out_of_reach() -> None:
    scheme = scheme_of([item("1", 100)], grades=bands({"pass": "98", "3-star": "99"}))
    text = said(scheme, sheet_of({"1": Met()}, deductions=4))
    words = find_catalogue("zh-Hans")
    assert words("grade.out_of_reach", grade="A grade", gap="2.00") in text
    assert words("grade.out_of_reach", grade="A grade", gap="3.00") in text


def test_weights_of_ones_own_are_said_to_be_proposed_and_the_standards_are_not() -> None:
    note = find_catalogue("zh-Hans")("grade.weights_proposed")
    assert note in said(TEN, sheet_of())
    published = scheme_of([item("1", 100, source="standard")])
    assert note not in said(published, all_met(published))


def test_the_range_is_said_with_its_grades_or_the_one_that_both_ends_share() -> None:
    words, text = find_catalogue("zh-Hans"), SchemeText.model_validate(words_value(TEN))
    settled = formatting.format_score_range(words, text, score(TEN, sheet_of(unmet())))
    assert settled == words("range.settled", score="100.00", grade="A grade")
    same = formatting.format_score_range(words, text, score(TEN, sheet_of({"0": Met()})))
    assert same == words("range.same", low="10.00", high="100.00", grade="A grade")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_answer_has_its_words(locale: str) -> None:
    words = Catalogue(locale)
    answers: list[Answer] = [Met(), Unmet(), Sampled(40, 37), NotApplicable("不销售")]
    assert len({formatting.format_answer(words, answer) for answer in answers}) == 4


def test_an_unknown_language_speaks_the_default_one() -> None:
    assert Catalogue("xx").locale == "zh-Hans"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("广东", "44"), ("广东省", "44"), ("廣東", "44"), ("Guangdong", "44"), ("guangdong province", "44"),
        ("内蒙古自治区", "15"), ("新疆维吾尔自治区", "65"), ("北京市", "11"), ("44", "44"), ("４４", "44"),
        ("香港特别行政区", "81"), ("火星", None), ("", None), ("99", None),
    ],
)  # fmt: skip
def test_provinces_are_found_by_what_people_call_them(typed: str, code: str | None) -> None:
    assert find_province(normalize(typed)) == code


def test_a_credit_code_names_a_province_only_where_there_is_one() -> None:
    assert province_of_credit_code("91350100M000100Y43") == "35"
    assert province_of_credit_code("91990100M000100Y43") is None
    assert province_of_credit_code(None) is None


def test_a_trade_is_found_in_any_language() -> None:
    assert {find_trade("汽车"), find_trade("汽車")} == {"auto"}
    assert find_trade("乐器") is None


def test_a_bodys_own_rules_are_not_told_as_proposals() -> None:
    text = re.sub("source: (proposed|memory)", "source: body", SHIPPED_TEXT)
    scheme = Scheme.model_validate(yaml.load(text, Loader=yaml.CBaseLoader))
    told = source_notes(find_catalogue("zh-Hans"), Library.from_folders().text(GBT, "zh-Hans"), scheme)
    assert told == [find_catalogue("zh-Hans")("grade.weights_body")]
