"""The shipped CTEAS scheme: its cuts, to a hundredth and below; what it is open about; its unannounced surveillance."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from rubric.certificate.facts import CertificateFacts
from rubric.certificate.plan import plan_certificate
from rubric.check.command import check_paths
from rubric.layout import SHIPPED_SCHEMES
from rubric.library.library import Library
from rubric.model.answers import Answer, AnswerSheet, Met, Sampled
from rubric.model.fields import Source
from rubric.model.fractions import format_rounded_down
from rubric.model.indicators import IndicatorType
from rubric.model.scheme import Scheme
from rubric.scoring.score import score
from tests.rubric.builders import GBT, SHIPPED_TEXT, Folder

CTEAS = "cteas-2017"
FIGURES = {"staff": 2800, "outlets": 300, "service_managers": 26, "certified_managers": 3}


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return Library.from_folders().scheme(CTEAS)


def losing(scheme: Scheme, points: str) -> AnswerSheet:
    """All met but one sampled indicator of five points, which loses exactly so many."""
    answers: dict[str, Answer] = {one.id: Met() for one in scheme.indicators if one.requires is None}
    five = next(
        one for one in scheme.indicators if one.type is IndicatorType.SAMPLED and one.exact_points == 5
    )
    share = 1 - Fraction(points) / 5
    return AnswerSheet(FIGURES, answers | {five.id: Sampled(share.denominator, share.numerator)})


@pytest.mark.parametrize(
    ("lost", "shown", "grade"),
    [
        ("0", "100.00", "12-star"),
        ("0.5", "99.50", "12-star"),
        ("0.51", "99.49", "11-star"),
        ("1", "99.00", "11-star"),
        ("1.01", "98.99", "10-star"),
        ("1.5", "98.50", "10-star"),
        ("2", "98.00", "9-star"),
        ("2.5", "97.50", "8-star"),
        ("2.51", "97.49", "7-star"),
        ("3", "97.00", "7-star"),
        ("3.01", "96.99", "fail"),
        ("3.000001", "96.99", "fail"),
    ],
)
def test_the_stars_begin_exactly_at_their_cuts(scheme: Scheme, lost: str, shown: str, grade: str) -> None:
    card = score(scheme, losing(scheme, lost))
    assert card.exact is not None
    assert (format_rounded_down(card.exact), card.grade) == (shown, grade)


def test_it_has_the_eight_areas_and_asks_for_a_year(scheme: Scheme) -> None:
    assert len(scheme.top_groups) == len(scheme.groups) == 8
    assert 28 <= len(scheme.indicators) <= 36
    running = next(one for one in scheme.eligibility if one.id == "system_running")
    assert (running.consequence, str(running.settings["months"].value)) == ("blocks", "12")
    base = next(one for one in scheme.eligibility if one.id == "base_assessment")
    assert base.consequence == "warns"


def test_none_of_its_points_or_cuts_is_shown_as_the_norms_own(scheme: Scheme) -> None:
    assert scheme.weights == "proposed"
    assert {one.points.source for one in (*scheme.indicators,)} == {Source.PROPOSED}
    assert {one.points.source for one in (*scheme.groups,)} == {Source.PROPOSED}
    assert [band.source for band in scheme.grades] == [Source.MEMORY, *[Source.PROPOSED] * 5]


def test_no_bonus_is_counted(scheme: Scheme) -> None:
    card = score(scheme, AnswerSheet(FIGURES, losing(scheme, "1").answers, bonus="first in the trade"))
    assert card.bonus == 0


def test_its_surveillance_is_late_on_no_day_of_its_window(scheme: Scheme) -> None:
    found = plan_certificate(CertificateFacts(date(2026, 3, 1)), scheme.lifecycle, date(2027, 2, 1))
    first = found.milestones[0]
    assert first.irregular
    assert first.due < date(2027, 2, 1) <= first.closes
    assert [first.state_on(day) for day in (date(2027, 2, 1), first.closes, date(2027, 3, 2))] == [
        "open",
        "open",
        "missed",
    ]
    assert not any(one.irregular for one in found.milestones if one.kind != "surveillance")


def test_all_that_is_shipped_is_without_fault() -> None:
    assert check_paths([SHIPPED_SCHEMES]) == []


def test_who_begins_is_asked_only_where_several_schemes_are_offered_first(tmp_path: Path) -> None:
    shipped = Library.from_folders()
    assert CTEAS in shipped.names()
    assert CTEAS not in shipped.offered_names()
    assert len(shipped.offered_names()) == 1
    Folder(tmp_path, SHIPPED_TEXT.replace(f"id: {GBT}", "id: own"), "own")
    assert Library.from_folders([tmp_path]).offered_names() == sorted([*shipped.names(), "own"])
