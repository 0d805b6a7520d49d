"""The rules of scoring, R1 to R13, by the numbers that the standard's own rules give."""

from decimal import Decimal
from fractions import Fraction

import pytest

from rubric.model.answers import Answer, AnswerSheet, Met, NotApplicable, Sampled, SpecialDeduction, Unmet
from rubric.model.fractions import format_rounded_down
from rubric.model.scheme import Scheme
from rubric.scoring.score import bonus_points, score
from rubric.scoring.scorecard import GroupTotal
from tests.rubric.builders import RULES, all_met, bands, gbt, item, scheme_of, sheet_of

NOT_SOLD = NotApplicable("nothing of the kind is sold")


def hundred(**changes: object) -> Scheme:
    """92 sampled points and 8 that may be deleted: any earned and involved total can be made of them."""
    return scheme_of([item("a", 92, "sampled"), item("b", 8)], **changes)


def earning(earned: str, involved: int = 100, deductions: int = 0, bonus: int = 0) -> AnswerSheet:
    """A sheet of `hundred` that earns exactly this much of so much."""
    from_a = Fraction(earned) - (8 if involved == 100 else 0)
    share = from_a / 92
    rest: Answer = Met() if involved == 100 else NOT_SOLD
    answers = {"a": Sampled(share.denominator, share.numerator), "b": rest}
    return sheet_of(answers, deductions=deductions, bonus=bool(bonus))


@pytest.mark.parametrize(
    ("earned", "involved", "deductions", "bonus", "final", "grade"),
    [
        ("95", 100, 0, 0, "95.00", "5-star"),
        ("94.99", 100, 0, 0, "94.99", "4-star"),
        ("87.4", 92, 0, 0, "95.00", "5-star"),
        ("96", 100, 2, 1, "95.00", "5-star"),
        ("99", 100, 5, 0, "94.00", "fail"),
        ("70", 100, 1, 0, "69.00", "fail"),
        ("70", 100, 0, 0, "70.00", "pass"),
        ("80", 100, 0, 0, "80.00", "3-star"),
        ("90", 100, 0, 0, "90.00", "4-star"),
        ("99", 100, 4, 0, "95.00", "5-star"),
        ("100", 100, 0, 1, "100.00", "5-star"),
    ],
)
def test_the_published_rules_give_this_score_and_grade(
    earned: str, involved: int, deductions: int, bonus: int, final: str, grade: str
) -> None:
    card = score(hundred(), earning(earned, involved, deductions, bonus))
    assert card.earned == Fraction(earned)
    assert card.involved == involved
    assert card.exact is not None
    assert format_rounded_down(card.exact) == final
    assert card.grade == grade


@pytest.mark.parametrize(
    ("cut", "below", "reached"), [(70, "fail", "pass"), (80, "pass", "3-star"), (95, "4-star", "5-star")]
)
def test_a_hair_below_a_cut_is_below_it_however_it_is_shown(cut: int, below: str, reached: str) -> None:
    hair = Fraction(1, 10**9)
    short = score(hundred(), earning(str(cut - hair)))
    assert short.exact == cut - hair
    assert short.exact is not None
    assert format_rounded_down(short.exact) == f"{cut - 1}.99"
    assert (short.grade, score(hundred(), earning(str(cut))).grade) == (below, reached)


def test_a_third_that_no_decimal_holds_is_compared_exactly() -> None:
    scheme = scheme_of([item("a", 3, "sampled")], grades=bands({"pass": "33.33333333"}))
    assert score(scheme, sheet_of({"a": Sampled(3, 1)})).exact == Fraction(100, 3)
    assert score(scheme, sheet_of({"a": Sampled(3, 1)})).grade == "pass"


@pytest.mark.parametrize(
    ("deductions", "veto", "grade"), [(4, False, "5-star"), (5, True, "fail"), (9, True, "fail")]
)
def test_five_special_deductions_fail_whatever_the_score(deductions: int, veto: bool, grade: str) -> None:
    cheap = {"kinds": ["law"], "each": "0.1", "fail_at": "5", "source": "standard"}
    card = score(hundred(special_deductions=cheap), earning("100", deductions=deductions))
    assert card.exact == 100 - Fraction(deductions, 10)
    assert (card.veto, card.grade, card.best_grade) == (veto, grade, grade)


def test_deductions_can_bring_the_exact_score_below_0_while_the_shown_one_stays() -> None:
    card = score(hundred(), sheet_of({"a": Unmet(), "b": Unmet()}, deductions=3))
    assert card.exact == -3
    assert card.base == 0
    assert format_rounded_down(Fraction(card.exact)) == "0.00"


def test_the_bonus_counts_once_and_not_where_the_scheme_turned_it_off() -> None:
    none = {"points": "1", "at_most": "0", "source": "standard"}
    sheet = earning("90", bonus=1)
    assert score(hundred(), sheet).exact == 91
    assert score(hundred(bonus=none), sheet).exact == 90
    assert bonus_points(hundred(), earning("90")) == 0


def test_stars_come_only_after_a_pass_where_the_scheme_says_so() -> None:
    first = RULES | {"pass_first": {"value": "yes", "source": "standard"}}
    assert score(hundred(rules=first), earning("96")).grade == "pass"
    assert score(hundred(rules=first), earning("69")).grade == "fail"


@pytest.mark.parametrize(
    ("kind", "answer", "earned", "involved"),
    [
        ("qualitative", Met(), 5, 5),
        ("qualitative", Unmet(), 0, 5),
        ("sampled", Met(), 5, 5),
        ("sampled", Sampled(40, 37), Fraction(37, 8), 5),
        ("sampled", Sampled(3, 2), Fraction(10, 3), 5),
        ("sampled", Sampled(7, 0), 0, 5),
        ("qualitative", NOT_SOLD, 0, 0),
        ("qualitative", None, 0, 5),
    ],
)
def test_an_answer_is_worth_its_share_of_the_points(
    kind: str, answer: Answer | None, earned: Fraction | int, involved: int
) -> None:
    scheme = scheme_of([item("a", 5, kind)])
    card = score(scheme, sheet_of({"a": answer} if answer else {}))
    assert card.earned == earned
    assert card.involved == involved


def test_every_line_says_why_as_a_code_with_values() -> None:
    scheme = scheme_of([item(each, 1, "sampled") for each in "abcde"])
    answers: dict[str, Answer] = {"a": Met(), "b": Unmet(), "c": Sampled(40, 37), "d": NOT_SOLD}
    reasons = {
        line.indicator: (line.why.code, dict(line.why.values))
        for line in score(scheme, sheet_of(answers)).lines
    }
    assert reasons == {
        "a": ("met", {}),
        "b": ("unmet", {}),
        "c": ("sampled", {"sampled": 40, "conforming": 37}),
        "d": ("na", {"reason": "nothing of the kind is sold"}),
        "e": ("open", {}),
    }


def test_what_is_deleted_is_not_counted_and_the_rest_is_the_involved_total() -> None:
    scheme = scheme_of([item("a", 60), item("b", 30, group="2"), item("c", 10, group="2")])
    card = score(scheme, sheet_of({"a": Met(), "b": Unmet(), "c": NOT_SOLD}))
    assert card.exact == Fraction(60 * 100, 90)
    assert card.groups["1"] == GroupTotal(Fraction(60), Fraction(60))
    assert card.groups["2"] == GroupTotal(Fraction(0), Fraction(30))
    assert [line.missing_points for line in card.lines] == [0, 30, 0]


def test_with_nothing_involved_there_is_no_score_and_the_grade_is_fail() -> None:
    card = score(scheme_of([item("a", 5)]), sheet_of({"a": NOT_SOLD}, bonus=True))
    assert (card.exact, card.best, card.base, card.grade, card.best_grade) == (
        None,
        None,
        None,
        "fail",
        "fail",
    )


def test_open_indicators_earn_nothing_and_the_best_is_what_they_could_still_bring() -> None:
    scheme = scheme_of([item("a", 60), item("b", 40)])
    card = score(scheme, sheet_of({"b": Met()}, deductions=1))
    assert card.unanswered == ("a",)
    assert (card.exact, card.best) == (Fraction(39), Fraction(99))
    assert (card.grade, card.best_grade) == ("fail", "5-star")


class TestWeights:
    def test_they_are_the_standards_own_only_if_every_point_used_is(self) -> None:
        ours, theirs, unused = item("a"), item("b", source="standard"), item("c", 0)
        assert scheme_of([ours, theirs]).weights == "proposed"
        assert scheme_of([theirs, unused]).weights == "standard"
        assert gbt().weights == "proposed"

    def test_the_shipped_points_add_up_to_40_35_and_25(self) -> None:
        groups = score(gbt(), all_met(gbt())).groups
        assert {group: total.involved for group, total in groups.items()} == {"5.1": 40, "5.2": 35, "5.3": 25}
        assert {group: len(gbt().indicators_below(group)) for group in groups} == {
            "5.1": 18,
            "5.2": 17,
            "5.3": 8,
        }

    def test_fractions_of_points_are_kept(self) -> None:
        scheme = scheme_of([item("a", Decimal("2.775")), item("b", Decimal("0.225"))])
        assert score(scheme, sheet_of({"a": Met()})).exact == Fraction(2775, 30)


class TestAnswers:
    @pytest.mark.parametrize(("sampled", "conforming"), [(0, 0), (3, 4), (3, -1), (-1, -1)])
    def test_a_sample_that_cannot_be_is_refused(self, sampled: int, conforming: int) -> None:
        with pytest.raises(ValueError, match="is no sample"):
            Sampled(sampled, conforming)

    def test_nothing_is_deleted_without_a_reason(self) -> None:
        with pytest.raises(ValueError, match="needs a reason"):
            NotApplicable("  ")

    def test_an_empty_sheet_is_all_open(self) -> None:
        card = score(gbt(), AnswerSheet())
        assert (len(card.unanswered), card.exact, card.best) == (43, Fraction(0), Fraction(100))

    def test_a_deduction_keeps_its_note(self) -> None:
        assert SpecialDeduction("law", "a fine").note == "a fine"
