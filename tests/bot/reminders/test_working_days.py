"""Working days of China: holidays, the days worked in their place, and years of which nothing is published."""

import logging
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders import working_days
from bot.reminders.working_days import CALENDAR, is_working_day
from dialogs.model.working_calendar import WEEKDAY_CALENDAR, WorkingCalendar

UNKNOWN = 2099


@pytest.fixture
def nothing_asked() -> Iterator[None]:
    """As when the program has just started."""
    working_days._is_published.cache_clear()
    yield
    working_days._is_published.cache_clear()


class _Listener(logging.Handler):
    """Hears one logger itself: other tests in this process change what reaches the root."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def heard() -> Iterator[list[logging.LogRecord]]:
    listener = _Listener()
    working_days.log.addHandler(listener)
    yield listener.records
    working_days.log.removeHandler(listener)


def day(text: str) -> date:
    return date.fromisoformat(text)


# The State Council's notice for 2026.
OFF = [
    *(f"2026-02-{number}" for number in range(15, 24)),  # Spring Festival
    *(f"2026-10-0{number}" for number in range(1, 8)),  # National Day
    "2026-01-01",
    "2026-11-21",
]
WORKED = [
    "2026-02-14",  # a Saturday
    "2026-02-28",  # a Saturday
    "2026-09-20",  # a Sunday
    "2026-10-10",  # a Saturday
    "2026-02-24",
    "2026-10-08",
    "2026-11-23",
]


@pytest.mark.parametrize("off", OFF)
def test_nobody_works_on_a_public_holiday_or_a_plain_weekend(off: str) -> None:
    assert not is_working_day(day(off))


@pytest.mark.parametrize("worked", WORKED)
def test_a_weekend_that_makes_up_for_a_holiday_is_worked(worked: str) -> None:
    assert is_working_day(day(worked))


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2026-02-13", 0, "2026-02-13"),
        ("2026-02-21", 0, "2026-02-21"),  # the day itself, even within a holiday
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-02-24", 4, "2026-02-28"),
        ("2026-02-24", 5, "2026-03-02"),
        ("2026-09-18", 1, "2026-09-20"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-09-30", 4, "2026-10-12"),
        ("2026-11-23", 10, "2026-12-07"),
    ],
)
def test_working_days_are_counted_over_holidays_from_the_day_after(start: str, number: int, end: str) -> None:
    assert CALENDAR.add_working_days(day(start), number) == day(end)


@pytest.mark.parametrize(
    ("nominal", "before", "after"),
    [
        ("2026-11-23", "2026-11-23", "2026-11-23"),
        ("2026-11-21", "2026-11-20", "2026-11-23"),
        ("2026-11-22", "2026-11-20", "2026-11-23"),
        ("2026-02-14", "2026-02-14", "2026-02-14"),
        ("2026-02-18", "2026-02-14", "2026-02-24"),
        ("2026-02-23", "2026-02-14", "2026-02-24"),
        ("2026-10-01", "2026-09-30", "2026-10-08"),
        ("2026-10-07", "2026-09-30", "2026-10-08"),
        ("2026-10-11", "2026-10-10", "2026-10-12"),
        ("2026-01-01", "2025-12-31", "2026-01-04"),
    ],
)
def test_a_reminder_goes_out_before_its_day_and_an_overdue_one_after_it(
    nominal: str, before: str, after: str
) -> None:
    assert CALENDAR.sending_day(day(nominal), overdue=False) == day(before)
    assert CALENDAR.sending_day(day(nominal), overdue=True) == day(after)


@pytest.mark.usefixtures("nothing_asked")
@pytest.mark.parametrize("year", [1999, UNKNOWN])
def test_of_an_unknown_year_monday_to_friday_count(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    assert [is_working_day(each) for each in days] == [each.isoweekday() <= 5 for each in days]


@pytest.mark.usefixtures("nothing_asked")
def test_an_unknown_year_is_said_once_and_each_by_itself(heard: list[logging.LogRecord]) -> None:
    for year in (UNKNOWN, UNKNOWN, UNKNOWN + 1, 2026):
        CALENDAR.add_working_days(date(year, 3, 2), 30)
        CALENDAR.sending_day(date(year, 3, 7), overdue=True)
    said = [(record.levelname, record.getMessage()) for record in heard]
    assert said == [
        (
            "WARNING",
            f"the public holidays of {year} are not known; Monday to Friday count as working days",
        )
        for year in (UNKNOWN, UNKNOWN + 1)
    ]


@pytest.mark.usefixtures("nothing_asked")
def test_days_are_counted_on_into_a_year_of_which_nothing_is_known() -> None:
    assert CALENDAR.add_working_days(date(UNKNOWN - 1, 12, 31), 1) == date(UNKNOWN, 1, 1)  # a Thursday


DAYS = st.dates(date(2000, 1, 1), date(2110, 12, 31))


@given(start=DAYS, number=st.integers(1, 60))
def test_every_count_ends_on_a_working_day_with_that_many_behind_it(start: date, number: int) -> None:
    end = CALENDAR.add_working_days(start, number)
    passed = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert is_working_day(end)
    assert sum(map(is_working_day, passed)) == number


@given(nominal=DAYS, calendar=st.sampled_from([CALENDAR, WEEKDAY_CALENDAR]))
def test_a_working_day_sends_on_itself_and_any_other_leaves_none_between(
    nominal: date, calendar: WorkingCalendar
) -> None:
    before, after = (calendar.sending_day(nominal, overdue=overdue) for overdue in (False, True))
    assert before <= nominal <= after
    assert (before == nominal) == (after == nominal)
    assert after in (nominal, calendar.add_working_days(before, 1))


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [("2026-02-13", 0, "2026-02-13"), ("2026-02-13", 1, "2026-02-16"), ("2026-02-14", 5, "2026-02-20")],
)
def test_where_nothing_is_known_of_holidays_weekdays_count(start: str, number: int, end: str) -> None:
    assert WEEKDAY_CALENDAR.add_working_days(day(start), number) == day(end)
