"""Working days of mainland China, public holidays and the days worked in their place included."""

import logging
from datetime import date, timedelta
from functools import cache

from dialogs import ONE_DAY, WORKDAYS_PER_WEEK

log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())  # without a configured log, nothing is printed into a conversation


@cache
def _is_published(year: int) -> bool:
    """Tell whether the library has that year's calendar; log once when it has not."""
    from chinese_calendar import is_workday  # only here, and not cheap to import

    try:
        is_workday(date(year, 1, 1))
    except NotImplementedError:
        log.warning("the public holidays of %s are not known; Monday to Friday count as working days", year)
        return False
    return True


def is_working_day(day: date) -> bool:
    """Tell whether the day is worked by the State Council's notice; Monday to Friday when none is known."""
    if not _is_published(day.year):
        return day.weekday() < WORKDAYS_PER_WEEK
    from chinese_calendar import is_workday

    return bool(is_workday(day))


class ChineseCalendar:
    """The calendar of mainland China's working days."""

    def add_working_days(self, day: date, number: int) -> date:
        """Return the `number`th working day after `day`; `day` for 0."""
        while number > 0:
            day += ONE_DAY
            number -= is_working_day(day)
        return day

    def sending_day(self, day: date, *, overdue: bool) -> date:
        """Return the last working day not after `day`; for overdue reminders, the first not before it."""
        step = ONE_DAY if overdue else timedelta(days=-1)
        while not is_working_day(day):
            day += step
        return day


CALENDAR = ChineseCalendar()
