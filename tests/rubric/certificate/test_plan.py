"""The calendar of a certificate: dates worked out by hand from the rules, and what must hold of any."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric.certificate.facts import CertificateFacts, CertificateFactsError
from rubric.certificate.months import add_months
from rubric.certificate.plan import CertificatePlan, plan_certificate
from rubric.library.library import Library
from rubric.model.lifecycle import Lifecycle

RULES = Library.from_folders().scheme("gbt27922-2011").lifecycle
FAR = "2999-01-01"


def day(text: str) -> date:
    return date.fromisoformat(text)


def planned(
    issued: str, today: str, *surveilled: str, until: str = "", rules: Lifecycle = RULES
) -> CertificatePlan:
    term = CertificateFacts(day(issued), tuple(day(one) for one in surveilled), day(until) if until else None)
    return plan_certificate(term, rules, day(today))


def changed(**parts: dict[str, object]) -> Lifecycle:
    raw = RULES.model_dump()
    for part, figures in parts.items():
        raw[part] |= figures
    return Lifecycle.model_validate(raw)


def dates(found: CertificatePlan, milestone: str) -> str:
    one = next(each for each in found.milestones if each.id == milestone)
    return f"{one.opens} {one.due} {one.closes}"


@pytest.mark.parametrize(
    ("issued", "until"),
    [
        ("2026-03-01", "2029-02-28"),
        ("2021-03-01", "2024-02-29"),  # a leap year's February
        ("2024-02-29", "2027-02-28"),  # 29 February has its anniversary on 1 March
        ("2020-02-29", "2023-02-28"),
        ("2025-02-28", "2028-02-27"),
        ("2026-01-01", "2028-12-31"),
        ("2026-12-31", "2029-12-30"),
        ("2023-03-01", "2026-02-28"),
        ("2026-01-31", "2029-01-30"),
        ("1995-06-15", "1998-06-14"),
        ("2026-11-23", "2029-11-22"),
    ],
)
def test_it_is_valid_to_the_day_before_the_third_anniversary(issued: str, until: str) -> None:
    assert planned(issued, issued).valid_until == day(until)


@pytest.mark.parametrize(
    ("issued", "until"),
    [("2026-03-01", "2029-03-01"), ("2024-02-29", "2027-03-01"), ("2021-03-01", "2024-03-01")],
)
def test_or_to_the_anniversary_itself_where_the_profile_says_so(issued: str, until: str) -> None:
    rules = changed(validity={"last_day": "anniversary"})
    assert planned(issued, issued, rules=rules).valid_until == day(until)


@pytest.mark.parametrize(("issued", "until"), [("2026-03-01", "2029-03-01"), ("2026-03-01", "2028-12-31")])
def test_an_end_that_is_printed_is_taken_as_it_is(issued: str, until: str) -> None:
    found = planned(issued, issued, until=until)
    assert found.valid_until == day(until)
    assert dates(found, "expiry") == f"{until} {until} {until}"


# Windows: opens, due, closes are 8, 10 and 12 months after the anchor, nothing after the end.
WINDOWS = [
    ("2026-03-01", (), "surveillance-1", "2026-11-01 2027-01-01 2027-03-01"),
    ("2026-03-01", (), "surveillance-2", "2027-09-01 2027-11-01 2028-01-01"),  # from the first one's due day
    ("2026-03-01", (), "surveillance-3", "2028-07-01 2028-09-01 2028-11-01"),
    ("2026-01-31", (), "surveillance-1", "2026-09-30 2026-11-30 2027-01-31"),  # clamped, each from the anchor
    ("2026-01-31", (), "surveillance-2", "2027-07-30 2027-09-30 2027-11-30"),
    ("2026-06-30", (), "surveillance-1", "2027-02-28 2027-04-30 2027-06-30"),
    ("2027-06-30", (), "surveillance-1", "2028-02-29 2028-04-30 2028-06-30"),
    ("2026-04-30", (), "surveillance-1", "2026-12-30 2027-02-28 2027-04-30"),
    ("2024-02-29", (), "surveillance-1", "2024-10-29 2024-12-29 2025-02-28"),
    ("2026-12-31", (), "surveillance-1", "2027-08-31 2027-10-31 2027-12-31"),
    ("2026-10-31", (), "surveillance-1", "2027-06-30 2027-08-31 2027-10-31"),
    # Done in time, early, late: the next counts from the day on which it was really done.
    ("2026-03-01", ("2026-12-20",), "surveillance-2", "2027-08-20 2027-10-20 2027-12-20"),
    ("2026-03-01", ("2026-08-15",), "surveillance-2", "2027-04-15 2027-06-15 2027-08-15"),
    ("2026-03-01", ("2027-05-10",), "surveillance-2", "2028-01-10 2028-03-10 2028-05-10"),
    ("2026-03-01", ("2026-12-20", "2027-10-05"), "surveillance-3", "2028-06-05 2028-08-05 2028-10-05"),
    # Too early after the last (less than 3 months): it only moves the anchor.
    ("2026-03-01", ("2026-05-31",), "surveillance-1", "2027-01-31 2027-03-31 2027-05-31"),
    ("2026-03-01", ("2026-06-01",), "surveillance-2", "2027-02-01 2027-04-01 2027-06-01"),
    ("2026-03-01", ("2026-12-20", "2027-01-15"), "surveillance-2", "2027-09-15 2027-11-15 2028-01-15"),
    ("2026-03-01", ("2026-12-20", "2027-03-20"), "surveillance-3", "2027-11-20 2028-01-20 2028-03-20"),
    # On the day of issue it counts for nothing but the anchor, which is the same.
    ("2026-03-01", ("2026-03-01",), "surveillance-1", "2026-11-01 2027-01-01 2027-03-01"),
    # Nothing lies after the end.
    ("2026-03-01", ("2027-02-20", "2028-02-20"), "surveillance-3", "2028-10-20 2028-12-20 2029-02-20"),
    ("2026-03-01", ("2027-02-28", "2028-04-10"), "surveillance-3", "2028-12-10 2029-02-10 2029-02-28"),
    ("2026-03-01", ("2027-02-28", "2028-06-20"), "surveillance-3", "2029-02-20 2029-02-28 2029-02-28"),
    # Recertification: 6 and 3 months before the end; clamped to February's last day.
    ("2026-03-01", (), "recertification", "2028-08-28 2028-11-28 2029-02-28"),
    ("2021-03-01", (), "recertification", "2023-08-29 2023-11-29 2024-02-29"),
    ("2026-12-01", (), "recertification", "2029-05-30 2029-08-30 2029-11-30"),
    ("2026-06-01", (), "recertification", "2028-11-30 2029-02-28 2029-05-31"),
    ("2026-09-01", (), "recertification", "2029-02-28 2029-05-31 2029-08-31"),
    ("2026-03-01", (), "expiry", "2029-02-28 2029-02-28 2029-02-28"),
    ("1990-05-20", (), "surveillance-1", "1991-01-20 1991-03-20 1991-05-20"),
]


@pytest.mark.parametrize(("issued", "done", "milestone", "expected"), WINDOWS)
def test_each_window_counts_from_what_was_really_done(
    issued: str, done: tuple[str, ...], milestone: str, expected: str
) -> None:
    assert dates(planned(issued, FAR, *done), milestone) == expected


def test_a_window_that_would_open_after_the_end_is_not_planned() -> None:
    found = planned("2026-03-01", FAR, "2027-02-28", "2028-07-01")  # 2028-07-01 + 8 months = 2029-03-01
    assert [one.id for one in found.milestones] == [
        "surveillance-1",
        "surveillance-2",
        "recertification",
        "expiry",
    ]


def test_there_are_three_and_never_more() -> None:
    found = planned("2026-03-01", FAR, "2026-10-01", "2027-04-01", "2027-10-01", "2028-04-01")
    done = {one.id: one.done for one in found.milestones if one.done}
    assert done == {
        "surveillance-1": day("2026-10-01"),
        "surveillance-2": day("2027-04-01"),
        "surveillance-3": day("2027-10-01"),
    }


def test_the_recertification_may_stand_for_the_last_one() -> None:
    rules = changed(recertification={"stands_for_last_surveillance": True})
    found = planned("2026-03-01", "2026-03-01", rules=rules)
    assert [one.number for one in found.milestones if one.number] == [1, 2]


STATUSES = [
    ("2026-03-01", "2026-03-01", (), "valid"),
    ("2026-03-01", "2026-10-31", (), "valid"),
    ("2026-03-01", "2026-11-01", (), "due"),  # a window opens
    ("2026-03-01", "2027-03-01", (), "due"),  # its last day
    ("2026-03-01", "2027-03-02", (), "suspended"),
    ("2026-03-01", "2027-09-01", (), "suspended"),
    ("2026-03-01", "2027-09-02", (), "revoked"),  # six months after the day of suspension
    ("2026-03-01", "2029-03-01", (), "revoked"),  # before expired
    ("2026-03-01", "2027-03-02", ("2027-03-01",), "valid"),
    ("2026-03-01", "2027-08-15", ("2027-08-10",), "valid"),  # cured in time
    ("2026-03-01", "2027-10-01", ("2027-09-02",), "revoked"),  # too late to cure
    ("2026-03-01", "2027-10-01", ("2027-09-01",), "valid"),
    ("2026-03-01", "2026-12-21", ("2026-12-20",), "valid"),
    ("2026-03-01", "2027-08-20", ("2026-12-20",), "due"),
    ("2026-03-01", "2027-12-21", ("2026-12-20",), "suspended"),
    ("2026-03-01", "2028-08-28", ("2026-12-20", "2027-10-05", "2028-08-01"), "due"),  # the renewal's window
    ("2026-03-01", "2029-02-28", ("2026-12-20", "2027-10-05", "2028-08-01"), "due"),
    ("2026-03-01", "2029-03-01", ("2026-12-20", "2027-10-05", "2028-08-01"), "expired"),
    (
        "2026-03-01",
        "2029-02-28",
        ("2026-12-20", "2027-10-05"),
        "suspended",
    ),  # its revocation would be too late
    ("2026-03-01", "2029-03-01", ("2026-12-20", "2027-12-20"), "expired"),
    ("1990-05-20", "2026-11-23", (), "revoked"),
    ("2024-02-29", "2025-02-28", (), "due"),
    ("2024-02-29", "2025-03-01", (), "suspended"),
]


@pytest.mark.parametrize(("issued", "today", "done", "status"), STATUSES)
def test_the_status_on_a_day_is_the_first_that_holds(
    issued: str, today: str, done: tuple[str, ...], status: str
) -> None:
    assert planned(issued, today, *done).status == status


def test_days_of_grace_move_the_suspension() -> None:
    rules = changed(suspension={"grace_days": 14})
    assert planned("2026-03-01", "2027-03-15", rules=rules).status == "due"
    assert planned("2026-03-01", "2027-03-16", rules=rules).status == "suspended"


def test_a_body_may_revoke_after_three_months() -> None:
    rules = changed(suspension={"revoked_after_months": 3})
    assert planned("2026-03-01", "2027-06-01", rules=rules).status == "suspended"
    assert planned("2026-03-01", "2027-06-02", rules=rules).status == "revoked"


def test_after_the_revocation_no_certificate_for_twelve_months() -> None:
    found = planned("2026-03-01", "2028-01-01")
    assert (found.revoked_on, found.blocked_until) == (day("2027-09-02"), day("2028-09-01"))


def test_a_surveillance_while_suspended_brings_it_back_with_the_same_end() -> None:
    found = planned("2026-03-01", "2027-06-01", "2027-05-20")
    assert (found.status, found.valid_until) == ("valid", day("2029-02-28"))
    assert dates(found, "surveillance-2") == "2028-01-20 2028-03-20 2028-05-20"


@pytest.mark.parametrize(
    ("term", "code"),
    [
        (CertificateFacts(day("2026-12-01")), "after_today"),
        (CertificateFacts(day("2026-03-01"), (day("2026-02-28"),)), "before_issue"),
        (CertificateFacts(day("2026-03-01"), (day("2026-11-24"),)), "after_today"),
        (CertificateFacts(day("2026-03-01"), (), day("2026-03-01")), "not_after_issue"),
    ],
)
def test_what_cannot_be_so_is_a_fault_with_its_code(term: CertificateFacts, code: str) -> None:
    with pytest.raises(CertificateFactsError) as caught:
        plan_certificate(term, RULES, day("2026-11-23"))
    assert [fault.code for fault in caught.value.faults] == [code]


def test_the_stages_of_a_milestone_lie_around_its_due_day() -> None:
    found = planned("2026-03-01", "2026-03-01")
    stages = [(one.stage, one.on.isoformat()) for one in found.reminders if one.milestone == "surveillance-1"]
    assert stages == [
        ("opens", "2026-11-01"),
        ("due-30", "2026-12-02"),
        ("due-14", "2026-12-18"),
        ("due-7", "2026-12-25"),
        ("due-1", "2026-12-31"),
        ("due", "2027-01-01"),
        *((f"overdue-{week}", str(day("2027-01-01") + timedelta(weeks=week))) for week in range(1, 9)),
    ]


ISSUES = st.dates(date(1980, 1, 1), date(2040, 12, 31))


@st.composite
def terms(draw: st.DrawFn) -> tuple[CertificateFacts, date]:
    """Facts that can be so, and a day to look from."""
    issued = draw(ISSUES)
    after = draw(st.lists(st.integers(0, 1200), max_size=6))
    done = tuple(issued + timedelta(days=one) for one in after)
    return CertificateFacts(issued, done), issued + timedelta(days=1200 + draw(st.integers(0, 200)))


@given(terms())
def test_windows_do_not_overlap_and_none_is_longer_than_twelve_months_from_its_anchor(
    facts: tuple[CertificateFacts, date],
) -> None:
    term, today = facts
    found = plan_certificate(term, RULES, today)
    windows = [one for one in found.milestones if one.kind == "surveillance"]
    for one in windows:
        assert one.opens <= one.due <= one.closes <= found.valid_until
    open_ones = [one for one in windows if one.done is None]
    for earlier, later in pairwise(open_ones):
        assert earlier.closes <= later.opens or later.opens > earlier.due
        assert later.opens >= min(add_months(earlier.due, 8), found.valid_until)
    anchor = max((term.issued, *term.surveilled))
    if open_ones:
        assert open_ones[0].closes <= add_months(anchor, 12)


@given(terms(), st.randoms())
def test_the_order_and_repetition_of_the_facts_change_nothing(
    facts: tuple[CertificateFacts, date], chance: object
) -> None:
    term, today = facts
    shuffled = [*term.surveilled, *term.surveilled]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert plan_certificate(CertificateFacts(term.issued, tuple(shuffled)), RULES, today) == plan_certificate(
        term, RULES, today
    )


ONWARD = {
    "valid": {"valid", "due", "suspended", "expired"},
    "due": {"due", "valid", "suspended", "expired"},
    "suspended": {"suspended", "revoked", "expired"},
    "revoked": {"revoked"},
    "expired": {"expired"},
}


@settings(max_examples=30)
@given(ISSUES)
def test_with_nothing_done_the_status_only_goes_onward(issued: date) -> None:
    before = "valid"
    for number in range(0, 1300, 5):
        now = plan_certificate(CertificateFacts(issued), RULES, issued + timedelta(days=number)).status
        assert now in ONWARD[before]
        before = now
