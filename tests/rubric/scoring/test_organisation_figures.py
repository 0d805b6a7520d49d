"""What is computed from the enterprise's figures, and what is said of figures that do not fit together."""

from fractions import Fraction

import pytest

from rubric.model.answers import Met, NotApplicable, Unmet
from rubric.scoring.indicator_scores import required_count
from rubric.scoring.plausibility import check_plausibility
from rubric.scoring.score import keep_supported_answers, score
from tests.rubric.builders import all_met, computed, gbt, item, scheme_of, sheet_of


class TestServiceManagers:
    """Clause 5.1.2.2: ten percent of the service management staff hold the certificate; 5 points."""

    @pytest.mark.parametrize(
        ("base", "certified", "need", "earned"),
        [
            (0, 0, 1, 0),
            (0, 1, 1, 5),
            (10, 1, 1, 5),
            (11, 1, 2, Fraction(5, 2)),
            (26, 2, 3, Fraction(10, 3)),
            (26, 3, 3, 5),
            (26, 30, 3, 5),
        ],
    )
    def test_points_come_in_proportion_to_those_required(
        self, base: int, certified: int, need: int, earned: Fraction | int
    ) -> None:
        card = score(gbt(), sheet_of(figures={"service_managers": base, "certified_managers": certified}))
        line = next(line for line in card.lines if line.indicator == "5.1.2.2")
        assert (line.earned, line.answer) == (earned, "computed")
        assert line.why.values["need"] == need
        assert line.why.values["percent"] == "10"

    @pytest.mark.parametrize(
        ("known", "missing"),
        [("service_managers", "certified_managers"), ("certified_managers", "service_managers")],
    )
    def test_a_missing_figure_leaves_it_open(self, known: str, missing: str) -> None:
        card = score(gbt(), sheet_of(figures={known: 3}))
        line = next(line for line in card.lines if line.indicator == "5.1.2.2")
        assert (line.answer, line.earned, line.why.code) == ("open", Fraction(0), "figure_missing")
        assert line.why.values == {"figure": missing}

    def test_a_scheme_may_give_nothing_for_a_part(self) -> None:
        scheme = scheme_of([computed("a", 5, partial="none")])
        short, full = ({"base_a": 26, "have_a": have} for have in (2, 3))
        assert score(scheme, sheet_of(figures=short)).earned == 0
        assert score(scheme, sheet_of(figures=full)).earned == 5

    def test_the_requirement_is_rounded_up_and_never_below_the_minimum(self) -> None:
        rule = gbt().indicator_by_id["5.1.2.2"].requires
        assert rule is not None
        assert [required_count(rule, base) for base in (0, 1, 10, 11, 100, 101)] == [1, 1, 1, 2, 10, 11]


class TestPlausibility:
    @pytest.mark.parametrize(
        ("figures", "rules"),
        [
            ({"staff": 300, "outlets": 300}, ["staff_per_outlet"]),
            ({"staff": 599, "outlets": 300}, ["staff_per_outlet"]),
            ({"staff": 600, "outlets": 300}, []),
            ({"staff": 0, "outlets": 0}, []),
            ({"staff": 5}, []),
            ({"staff": 5, "service_managers": 6}, ["managers_within_staff"]),
            ({"staff": 6, "service_managers": 6}, []),
            ({"service_managers": 2, "certified_managers": 3}, ["certified_within_managers"]),
            (
                {"staff": 1, "outlets": 1, "service_managers": 2, "certified_managers": 3},
                ["staff_per_outlet", "managers_within_staff", "certified_within_managers"],
            ),
        ],
    )
    def test_headcount_that_does_not_fit_together_is_told(
        self, figures: dict[str, int], rules: list[str]
    ) -> None:
        assert [reason.values["rule"] for reason in check_plausibility(gbt().plausibility, figures)] == rules

    def test_a_warning_carries_both_figures(self) -> None:
        (reason,) = score(gbt(), sheet_of(figures={"staff": 300, "outlets": 300})).warnings
        assert reason.code == "implausible_ratio"
        assert (reason.values["figure"], reason.values["value"]) == ("staff", 300)
        assert (reason.values["other"], reason.values["against"]) == ("outlets", 300)

    def test_it_is_graded_all_the_same(self) -> None:
        card = score(gbt(), all_met(gbt()))
        assert (card.exact, card.grade) == (Fraction(100), "5-star")
        assert [reason.code for reason in card.warnings] == ["implausible_limit"]


class TestEvidence:
    def test_an_answer_without_evidence_earns_nothing_and_a_deletion_stays(self) -> None:
        scheme = scheme_of([item("a"), item("b"), item("c")])
        sheet = sheet_of({"a": Met(), "b": Met(), "c": NotApplicable("not sold")}, deductions=1, bonus=True)
        backed = keep_supported_answers(sheet, ["a"], scheme)
        assert dict(backed.answers) == {"a": Met(), "b": Unmet(), "c": NotApplicable("not sold")}
        assert (backed.special_deductions, backed.bonus) == (sheet.special_deductions, sheet.bonus)

    def test_a_computed_indicator_without_evidence_counts_none_that_it_has(self) -> None:
        scheme = scheme_of([computed("a"), computed("b")])
        sheet = sheet_of(figures={"base_a": 20, "have_a": 2, "base_b": 20, "have_b": 2})
        assert dict(keep_supported_answers(sheet, ["b"], scheme).figures) == {
            "base_a": 20,
            "have_a": 0,
            "base_b": 20,
            "have_b": 2,
        }

    def test_a_figure_that_is_not_known_stays_unknown(self) -> None:
        assert dict(
            keep_supported_answers(sheet_of(figures={"base_a": 3}), [], scheme_of([computed("a")])).figures
        ) == {"base_a": 3}
