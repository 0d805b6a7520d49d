"""Parsing typed dates, exactly or not at all, and formatting them.

Our own patterns: dateparser reads 去年3月1日 wrongly and 03/04/2026 without asking, parsedatetime reads any text.
"""

import re
from collections.abc import Iterator
from datetime import date

from dialogs.language.catalogue import Catalogue
from dialogs.parsing.dates import absolute, relative
from dialogs.parsing.dates.relative import WEEKDAY, weekday_number
from dialogs.parsing.dates.result import FIRST_YEAR as FIRST_YEAR
from dialogs.parsing.dates.result import NOT_A_DATE, Direction, ParsedDate, latest_year, out_of_range_fault
from dialogs.parsing.dates.result import DateFault as DateFault
from dialogs.parsing.intents import normalize

LONGEST_DATE_TEXT = 60
_READERS = (
    relative.parse_near_day,
    relative.parse_weekday,
    relative.parse_day_of_month,
    relative.parse_distance,
    absolute.parse_numeric,
    absolute.parse_chinese,
    absolute.parse_english,
)
_SIMILAR_CHARACTERS = str.maketrans("‐‒–—―−○◯零", "------〇〇〇")
_REPUBLIC = re.compile(r"^民[国國] ?([0-9]{2,3}) ?年")  # of which year 1 is 1912
_LETTER_O = re.compile(r"(?<=[一二三四五六七八九〇])o(?=[一二三四五六七八九〇o年])")
_TRAILS_OFF = re.compile(r"\.\.|。。")
_MARKS = r"[\s。.!,、;:\"'“”‘「」『』《》]"
_PREFIXES = re.compile(rf"^(?:{_MARKS}|就?是|在|于|於|日期|时间|時間|date:|on |the )+")
_SUFFIXES = re.compile(rf"(?:{_MARKS}|(?:做|办|辦|完成)?的|完成)+$")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_WEEKDAY_BEFORE = re.compile(rf"\(?{WEEKDAY}\)?[ ,]*(?P<rest>.+)")
_WEEKDAY_AFTER = re.compile(rf"(?P<rest>.+?)[ ,]*\(?{WEEKDAY}\)?")


def parse_date(text: str, today: date, direction: Direction) -> ParsedDate:
    """Return the date in the text, seen from `today`; one without a year is the nearest in that direction."""
    typed = _strip_wording(text)
    for candidate, on in _split_weekday(typed) if typed else ():
        for read in _READERS:
            found = read(candidate, today, direction)
            if found is not None:
                return _check_date(found, on, today)
    return NOT_A_DATE


def _strip_wording(text: str) -> str:
    """Remove wording around a date; empty where the text is too long or ends in dots, which show doubt."""
    typed = normalize(text[: LONGEST_DATE_TEXT + 1])
    if len(typed) > LONGEST_DATE_TEXT or _TRAILS_OFF.search(typed):
        return ""
    typed = _LETTER_O.sub("〇", re.sub(r"\s+", " ", typed.translate(_SIMILAR_CHARACTERS)))
    typed = _SUFFIXES.sub("", _PREFIXES.sub("", typed))
    typed = _REPUBLIC.sub(lambda found: f"{int(found[1]) + 1911}年", typed)
    bracketed = _BRACKETED.fullmatch(typed)
    return bracketed[1].strip() if bracketed else typed


def _split_weekday(typed: str) -> Iterator[tuple[str, int | None]]:
    """Yield the text as it is, and without a weekday before or after it."""
    yield typed, None
    for pattern in (_WEEKDAY_BEFORE, _WEEKDAY_AFTER):
        match = pattern.fullmatch(typed)
        if match is not None:
            yield match["rest"].strip(" ,"), weekday_number(match["cn"], match["en"])


def _check_date(parsed: ParsedDate, weekday: int | None, today: date) -> ParsedDate:
    if isinstance(parsed, DateFault):
        return parsed
    if not FIRST_YEAR <= parsed.year <= latest_year(today):
        return out_of_range_fault(today)
    if weekday is not None and parsed.weekday() != weekday:
        return DateFault("weekday", {"day": parsed.isoformat()})
    return parsed


def format_short_date(day: date, words: Catalogue) -> str:
    """`2026年3月1日`, `1 March 2026`."""
    month = words(f"date.months.m{day.month}")
    return words("date.short", year=day.year, month=month, day=day.day)


def format_long_date(day: date, words: Catalogue) -> str:
    """Return the date with its weekday, as it is read back."""
    return words(
        "date.long", day=format_short_date(day, words), weekday=words(f"date.weekdays.w{day.isoweekday()}")
    )


def format_distance(day: date, today: date, words: Catalogue) -> str:
    """Return how far away the date is: `还有35天`, `已过3天`, `今天`."""
    days = (day - today).days
    if days == 0:
        return words("date.now")
    if abs(days) == 1:
        return words("date.left_one" if days > 0 else "date.gone_one")
    return words("date.left", number=days) if days > 0 else words("date.gone", number=-days)
