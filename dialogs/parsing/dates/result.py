"""The result of parsing a date: a date or a fault."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

FIRST_YEAR, YEARS_AHEAD = 1980, 20
Direction = Literal["past", "future"]


@dataclass(frozen=True, slots=True)
class DateFault:
    """Why a text is no acceptable date, with the values for the sentence `date.<code>`."""

    code: Literal["not_a_date", "impossible", "ambiguous", "weekday", "out_of_range"]
    values: Mapping[str, object] = field(default_factory=dict)


ParsedDate = date | DateFault
NOT_A_DATE = DateFault("not_a_date")


def latest_year(today: date) -> int:
    return today.year + YEARS_AHEAD


def out_of_range_fault(today: date) -> DateFault:
    return DateFault("out_of_range", {"first": FIRST_YEAR, "last": latest_year(today)})


def make_date(year: int, month: int, day: int, today: date) -> ParsedDate:
    if not FIRST_YEAR <= year <= latest_year(today):
        return out_of_range_fault(today)
    try:
        return date(year, month, day)
    except ValueError:
        return DateFault("impossible", {"year": year, "month": month, "day": day})


def same_or_ambiguous(days: tuple[date, date]) -> ParsedDate:
    """Return the date where both readings agree, else an ambiguous fault."""
    one, other = sorted(days)
    if one == other:
        return one
    return DateFault("ambiguous", {"one": one.isoformat(), "other": other.isoformat()})


def make_month_end(year: int, month: int, today: date) -> ParsedDate:
    last = monthrange(year, month)[1] if 1 <= month <= 12 else 1
    return make_date(year, month, last, today)


def nearest_date(make_in_year: Callable[[int], ParsedDate], today: date, direction: Direction) -> ParsedDate:
    """Return the nearest such date in that direction, today included.

    Eight years reach from one 29 February to the next, even across a year such as 2100.
    """
    step = 1 if direction == "future" else -1
    for year in range(today.year, today.year + 9 * step, step):
        found = make_in_year(year)
        if isinstance(found, date) and (found - today).days * step >= 0:
            return found
    return make_in_year(today.year)
