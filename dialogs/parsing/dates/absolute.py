"""Dates in figures, Chinese or English. The text must be normalized (`dialogs.parsing.intents.normalize`)."""

import re
from datetime import date

from dialogs.parsing.dates.result import (
    FIRST_YEAR,
    NOT_A_DATE,
    Direction,
    ParsedDate,
    make_date,
    make_month_end,
    nearest_date,
    same_or_ambiguous,
)
from dialogs.parsing.numerals import parse_number

_DIGITS = "〇一二三四五六七八九"
_NUMERALS = "0-9〇零一二三四五六七八九十廿卅"
DAY = rf"(?P<day>[{_NUMERALS}]{{1,3}})[日号號]"
ORDINAL = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|{'|'.join(name[:3] for name in _MONTHS)}|sept)\.?"
_YEAR = r"(?P<year>[0-9]{4})"
_THAT_YEAR = r",? (?P<near>last|this|next) year"

_YEAR_FIRST = re.compile(r"([0-9]{4}) ?([-./。、· ]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,2})")
_EIGHT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2}) ?([-./]) ?([0-9]{1,2}) ?\2 ?([0-9]{4})")
_NO_YEAR = re.compile(r"([0-9]{1,2}) ?[-./] ?([0-9]{1,2})")
_CHINESE = re.compile(
    rf"(?:(?:(?P<near>[今去前明后後])|(?P<year>[0-9{_DIGITS}]{{4}}|[0-9{_DIGITS}]{{2}}))年的?)?"
    rf"(?P<month>[{_NUMERALS}]{{1,3}})月份?(?:的?(?:{DAY}|(?P<bare>[0-9]{{1,2}}))|(?P<end>底|末))"
)
_ENGLISH = (
    re.compile(rf"{ORDINAL}(?: of)?[ -]?{_MONTH}(?:(?: ?,? ?|-){_YEAR}|{_THAT_YEAR})?"),
    re.compile(rf"{_MONTH}[ -]?{ORDINAL}(?:(?: ?, ?|[ -]){_YEAR}|{_THAT_YEAR})?"),
    re.compile(rf"{_YEAR}[ -]{_MONTH}[ -]{ORDINAL}"),
)
_NEAR_YEARS = {"今": 0, "去": -1, "前": -2, "明": 1, "后": 2, "後": 2, "this": 0, "last": -1, "next": 1}


def parse_numeric(typed: str, today: date, direction: Direction) -> ParsedDate | None:
    """2026-03-01, 20260301, 3-1 as month and day; 13.03.2026 where only one order makes a day."""
    if match := _YEAR_FIRST.fullmatch(typed):
        return make_date(int(match[1]), int(match[3]), int(match[4]), today)
    if match := _EIGHT.fullmatch(typed):
        return make_date(int(match[1]), int(match[2]), int(match[3]), today)
    if match := _YEAR_LAST.fullmatch(typed):
        return _make_unambiguous(int(match[1]), int(match[3]), int(match[4]), today)
    if match := _NO_YEAR.fullmatch(typed):
        return _make_in_year(None, int(match[1]), int(match[2]), today, direction)
    return None


def _make_unambiguous(first: int, second: int, year: int, today: date) -> ParsedDate:
    """Make the date where only one order of day and month gives one."""
    day_first, month_first = make_date(year, second, first, today), make_date(year, first, second, today)
    if isinstance(day_first, date) and isinstance(month_first, date):
        return same_or_ambiguous((day_first, month_first))
    if isinstance(month_first, date):
        return month_first
    return day_first if second <= 12 else month_first


def _make_in_year(year: int | None, month: int, day: int, today: date, direction: Direction) -> ParsedDate:
    if year is not None:
        return make_date(year, month, day, today)
    return nearest_date(lambda each: make_date(each, month, day, today), today, direction)


def parse_chinese(typed: str, today: date, direction: Direction) -> ParsedDate | None:
    """2026年3月1日, 二〇二六年三月一日, 26年3月1号, 去年3月1日, 3月1日, 3月底."""
    match = _CHINESE.fullmatch(remove_spaces(typed))
    if match is None:
        return None
    year = _chinese_year(match["near"], match["year"], today)
    month, day = parse_number(match["month"]), parse_number(match["day"] or match["bare"] or "1")
    if month is None or day is None:
        return NOT_A_DATE
    if not match["end"]:
        return _make_in_year(year, month, day, today, direction)
    if year is not None:
        return make_month_end(year, month, today)
    return nearest_date(lambda each: make_month_end(each, month, today), today, direction)


def remove_spaces(typed: str) -> str:
    """Remove spaces, except between two digits, which may be one number or two."""
    return re.sub(r"(?<![0-9])\s|\s(?![0-9])", "", typed)


def _chinese_year(near: str | None, written: str | None, today: date) -> int | None:
    if near:
        return today.year + _NEAR_YEARS[near]
    if not written:
        return None
    figures = int("".join(c if c.isdecimal() else str(_DIGITS.index(c)) for c in written))
    return figures if len(written) == 4 else _add_century(figures)


def _add_century(figures: int) -> int:
    """Return the year of two digits: 98 is 1998, 26 is 2026; the range of years allows only one."""
    return figures + (1900 if figures >= FIRST_YEAR % 100 else 2000)


def parse_english(typed: str, today: date, direction: Direction) -> ParsedDate | None:
    """1 Mar 2026, 1st of March 2026, March 1, 2026, 1 March last year, Mar 1."""
    for match in (pattern.fullmatch(typed) for pattern in _ENGLISH):
        if match is not None:
            named = match.groupdict()
            near = named.get("near")
            year = today.year + _NEAR_YEARS[near] if near else int(named["year"]) if named["year"] else None
            return _make_in_year(year, _month_of(named["month"]), int(named["day"]), today, direction)
    return None


def _month_of(name: str) -> int:
    return 1 + next(index for index, month in enumerate(_MONTHS) if month.startswith(name[:3]))
