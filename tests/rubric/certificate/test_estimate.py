"""Estimates of days, fees and the certificate's day, worked out by hand for each rule."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.certificate.estimate import MissingFigures, estimate_certification
from rubric.library.library import Library
from rubric.model.bodies import BodyProfile
from rubric.model.fields import Source

START = date(2026, 3, 2)  # a Monday
DEFAULT = Library.from_folders().bodies.body_or_default(None)


def weekdays(day: date, number: int) -> date:
    """So many working days on, weekends left out."""
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day


def body(**changes: Any) -> BodyProfile:
    """The default profile with figures that are easy to reckon with."""
    bands = [{"up_to": "100", "days": "2"}, {"up_to": "1000", "days": "4.5"}, {"days": "7"}]
    value = DEFAULT.model_dump(mode="json") | {
        "audit_days": {"bands": bands, "drawn": "root", "per_outlet": "0.5", "source": "proposed"},
        "fees": {
            "at_least": "4000",
            "source": "standard",
            "per_day": {"at_least": "1500", "at_most": "3000", "source": "proposed"},
        },
        "duration": {"at_least": "1", "at_most": "3", "source": "body"},
    }
    return BodyProfile.model_validate(value | changes)


@pytest.mark.parametrize(
    ("headcount", "outlets", "for_staff", "sampled", "days"),
    [
        (1, 0, "2", 0, "2"),
        (100, 0, "2", 0, "2"),
        (101, 0, "4.5", 0, "4.5"),
        (1000, 1, "4.5", 1, "5.0"),
        (1001, 1, "7", 1, "7.5"),
        (50, 4, "2", 2, "3.0"),
        (50, 5, "2", 3, "3.5"),
        (50, 9, "2", 3, "3.5"),
        (50, 10, "2", 4, "4.0"),
        (50, 300, "2", 18, "11.0"),
    ],
)
def test_days_go_by_headcount_and_by_the_root_of_the_outlets_rounded_up(
    headcount: int, outlets: int, for_staff: str, sampled: int, days: str
) -> None:
    found = estimate_certification(body(), headcount, outlets, START, weekdays).days
    assert found is not None
    assert (found.for_staff, found.sampled, found.days) == (Decimal(for_staff), sampled, Decimal(days))
    assert (found.rule, found.source) == ("audit_days", Source.PROPOSED)


def test_a_body_may_look_at_every_outlet() -> None:
    audit_days = body().audit_days.model_dump(mode="json") | {"drawn": "all"}
    found = estimate_certification(body(audit_days=audit_days), 50, 300, START, weekdays).days
    assert found is not None
    assert (found.sampled, found.days) == (300, Decimal(152))


@pytest.mark.parametrize(
    ("headcount", "outlets", "least", "most"),
    [(50, 0, 4000, 6000), (50, 1, 4000, 7500), (500, 0, 6750, 13500), (2000, 4, 12000, 24000)],
)
def test_a_fee_goes_by_days_and_is_never_less_than_the_least(
    headcount: int, outlets: int, least: int, most: int
) -> None:
    found = estimate_certification(body(), headcount, outlets, START, weekdays).fee
    assert found is not None
    assert (found.least, found.most) == (Decimal(least), Decimal(most))
    assert (found.least_source, found.most_source) == (Source.STANDARD, Source.PROPOSED)


@pytest.mark.parametrize(
    ("headcount", "outlets", "missing"),
    [(None, None, ("staff", "outlets")), (None, 3, ("staff",)), (0, 3, ("staff",)), (9, None, ("outlets",))],
)
def test_what_is_not_known_is_named_and_nothing_is_made_up(
    headcount: int | None, outlets: int | None, missing: tuple[str, ...]
) -> None:
    found = estimate_certification(body(), headcount, outlets, START, weekdays)
    assert (found.days, found.fee) == (None, None)
    assert found.unknown == MissingFigures(missing)  # type: ignore[arg-type]
    assert found.certificate.latest == date(2026, 6, 2)


def test_figures_below_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="must not be below 0"):
        estimate_certification(body(), -1, 0, START, weekdays)


def test_the_certificate_comes_when_every_stage_takes_its_shortest_time() -> None:
    shortest = [
        ("application", 2),
        ("document_review", 5),
        ("audit", 1),
        ("corrective_actions", 0),
        ("decision", 5),
        ("certificate", 5),
    ]
    stages = [
        {
            "id": name,
            "who": "body",
            "source": "body",
            "working_days": {"at_least": str(days), "at_most": "20"},
        }
        for name, days in shortest
    ]
    found = estimate_certification(body(stages=stages), 50, 1, START, weekdays).certificate
    assert found.working_days == 18
    assert found.earliest == date(2026, 3, 26)
    assert (found.usual, found.latest) == (date(2026, 4, 2), date(2026, 6, 2))


def test_usual_months_never_end_before_the_stages_can() -> None:
    duration = {"at_least": "0", "at_most": "0", "source": "body"}
    found = estimate_certification(body(duration=duration), 50, 1, START, weekdays).certificate
    assert found.usual == found.latest == found.earliest


@given(st.integers(1, 10**6), st.integers(0, 10**5), st.integers(0, 10**4), st.integers(0, 10**4))
def test_more_people_or_outlets_never_take_less(staff: int, outlets: int, more: int, further: int) -> None:
    for profile in (DEFAULT, body()):
        less = estimate_certification(profile, staff, outlets, START, weekdays)
        most = estimate_certification(profile, staff + more, outlets + further, START, weekdays)
        assert less.days is not None
        assert most.days is not None
        assert less.fee is not None
        assert most.fee is not None
        assert less.days.days <= most.days.days
        assert (less.fee.least, less.fee.most) <= (most.fee.least, most.fee.most)
        assert less.fee.least <= less.fee.most
