"""Calendar arithmetic in months and years, by the rules for dating certificates."""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of that month where it is shorter.

    Count from one anchor and never from a result: 31 January has given 28 February and 31 March, not 28 March.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def anniversary(day: date, years: int) -> date:
    """Return the `years`th anniversary; for 29 February it is 1 March in other years."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
