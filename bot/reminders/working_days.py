"""Working days of mainland China, public holidays and the days worked in their place included."""

import logging
from datetime import date, timedelta
from functools import cache

from dialogs import ONE_DAY, WORKDAYS_PER_WEEK

log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())  # where nobody listens, nothing is printed into a talk


@cache
def _is_published(year: int) -> bool:
    """Whether that year's calendar was published when the library was; said once where it was not."""
    from chinese_calendar import is_workday  # only here, and not cheap to import

    try:
        is_workday(date(year, 1, 1))
    except NotImplementedError:
        log.warning("the public holidays of %s are not known; Monday to Friday count as working days", year)
        return False
    return True


def is_working_day(day: date) -> bool:
    """By the State Council's notice for that year; where none is known, Monday to Friday."""
    if not _is_published(day.year):
        return day.weekday() < WORKDAYS_PER_WEEK
    from chinese_calendar import is_workday

    return bool(is_workday(day))


class ChineseCalendar:
    """What the talk asks of a calendar of working days."""

    def add_working_days(self, day: date, number: int) -> date:
        """The `number`th working day after `day`; `day` itself for 0."""
        while number > 0:
            day += ONE_DAY
            number -= is_working_day(day)
        return day

    def sending_day(self, day: date, *, overdue: bool) -> date:
        """The last working day not after `day`; of what is overdue, the first not before it."""
        step = ONE_DAY if overdue else timedelta(days=-1)
        while not is_working_day(day):
            day += step
        return day


CALENDAR = ChineseCalendar()
