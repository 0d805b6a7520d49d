"""Months and years on the calendar, by the rules that certificates are dated by."""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day `months` later (earlier where negative), or the month's last where it has no such day.

    Count from one anchor and never from a result: 31 January has given 28 February and 31 March, not 28 March.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def anniversary(day: date, years: int) -> date:
    """The `years`th anniversary; one of 29 February is 1 March in a year that has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
