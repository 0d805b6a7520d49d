"""Working days without holidays, and the protocol for a calendar that knows them."""

from datetime import date, timedelta
from typing import Protocol

WORKDAYS_PER_WEEK = 5
ONE_DAY = timedelta(days=1)


class WorkingCalendar(Protocol):
    """A calendar of working days."""

    def add_working_days(self, day: date, number: int) -> date:
        """Return the `number`th working day after `day`; `day` itself for 0."""
        ...

    def sending_day(self, day: date, *, overdue: bool) -> date:
        """Return the last working day not after `day`; where overdue, the first not before it."""
        ...


class WeekdayCalendar:
    """Monday to Friday."""

    def add_working_days(self, day: date, number: int) -> date:
        while number > 0:
            day += ONE_DAY
            number -= _is_weekday(day)
        return day

    def sending_day(self, day: date, *, overdue: bool) -> date:
        while not _is_weekday(day):
            day += ONE_DAY if overdue else -ONE_DAY
        return day

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WeekdayCalendar)

    def __hash__(self) -> int:
        return hash(WeekdayCalendar)


def _is_weekday(day: date) -> bool:
    return day.weekday() < WORKDAYS_PER_WEEK


WEEKDAY_CALENDAR = WeekdayCalendar()
