"""Working days where nothing is known of holidays, and what a shell that knows of them provides instead."""

from datetime import date, timedelta
from typing import Protocol

WORKDAYS_PER_WEEK = 5
ONE_DAY = timedelta(days=1)


class WorkingCalendar(Protocol):
    """A calendar of working days."""

    def add_working_days(self, day: date, number: int) -> date:
        """The `number`th working day after `day`; `day` itself for 0."""
        ...

    def sending_day(self, day: date, *, overdue: bool) -> date:
        """The last working day not after `day`; of what is overdue, the first not before it."""
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
