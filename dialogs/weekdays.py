"""Working days where nothing is known of holidays."""

from datetime import date, timedelta

WORKDAYS = 5


def working_day(day: date, number: int) -> date:
    """The `number`th weekday after `day`; `day` itself for 0."""
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < WORKDAYS
    return day
