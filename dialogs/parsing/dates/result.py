"""What a typed date comes to: a day, or why it is none; and how figures become one of the two."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

FIRST_YEAR, YEARS_AHEAD = 1980, 20
Towards = Literal["past", "future"]


@dataclass(frozen=True, slots=True)
class DateFault:
    """Why a text is no day that can be taken, with the values that the sentence under `date.<code>` names."""

    code: Literal["not_a_date", "impossible", "ambiguous", "weekday", "out_of_range"]
    values: Mapping[str, object] = field(default_factory=dict)


Found = date | DateFault
NOT_A_DATE = DateFault("not_a_date")


def last_year(today: date) -> int:
    return today.year + YEARS_AHEAD


def out_of_range(today: date) -> DateFault:
    return DateFault("out_of_range", {"first": FIRST_YEAR, "last": last_year(today)})


def made(year: int, month: int, day: int, today: date) -> Found:
    if not FIRST_YEAR <= year <= last_year(today):
        return out_of_range(today)
    try:
        return date(year, month, day)
    except ValueError:
        return DateFault("impossible", {"year": year, "month": month, "day": day})


def either_of(days: tuple[date, date]) -> Found:
    """The one day that both readings come to; where they differ, the question which is meant."""
    one, other = sorted(days)
    if one == other:
        return one
    return DateFault("ambiguous", {"one": one.isoformat(), "other": other.isoformat()})


def month_end(year: int, month: int, today: date) -> Found:
    last = monthrange(year, month)[1] if 1 <= month <= 12 else 1
    return made(year, month, last, today)


def nearest(in_year: Callable[[int], Found], today: date, towards: Towards) -> Found:
    """Of a day that every year may have, the nearest on that side of today, today included.

    Eight years reach from one 29 February to the next, even over a year such as 2100.
    """
    step = 1 if towards == "future" else -1
    for year in range(today.year, today.year + 9 * step, step):
        found = in_year(year)
        if isinstance(found, date) and (found - today).days * step >= 0:
            return found
    return in_year(today.year)
