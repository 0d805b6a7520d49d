"""Days as people type them and as they are read back: exact or asked again, never guessed.

Patterns of our own: dateparser reads 去年3月1日 as another day and 03/04/2026 without asking, parsedatetime any text.
"""

import re
from collections.abc import Iterator
from datetime import date

from dialogs.language.catalogue import Words
from dialogs.parsing.dates import absolute, relative
from dialogs.parsing.dates.relative import WEEKDAY, weekday
from dialogs.parsing.dates.result import FIRST_YEAR as FIRST_YEAR
from dialogs.parsing.dates.result import NOT_A_DATE, Found, Towards, last_year, out_of_range
from dialogs.parsing.dates.result import DateFault as DateFault
from dialogs.parsing.intents import normalize

LONGEST = 60
_READERS = (
    relative.near,
    relative.of_week,
    relative.of_month,
    relative.at_a_distance,
    absolute.numeric,
    absolute.chinese,
    absolute.english,
)
_ALIKE = str.maketrans("‐‒–—―−○◯零", "------〇〇〇")
_REPUBLIC = re.compile(r"^民[国國] ?([0-9]{2,3}) ?年")  # of which year 1 is 1912
_LETTER_O = re.compile(r"(?<=[一二三四五六七八九〇])o(?=[一二三四五六七八九〇o年])")
_TRAILS_OFF = re.compile(r"\.\.|。。")
_MARKS = r"[\s。.!,、;:\"'“”‘「」『』《》]"
_BEFORE = re.compile(rf"^(?:{_MARKS}|就?是|在|于|於|日期|时间|時間|date:|on |the )+")
_BEHIND = re.compile(rf"(?:{_MARKS}|(?:做|办|辦|完成)?的|完成)+$")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_WEEKDAY_BEFORE = re.compile(rf"\(?{WEEKDAY}\)?[ ,]*(?P<rest>.+)")
_WEEKDAY_BEHIND = re.compile(rf"(?P<rest>.+?)[ ,]*\(?{WEEKDAY}\)?")


def parse_date(text: str, today: date, towards: Towards) -> Found:
    """The day that the text is, seen from `today`; a day without a year is the nearest one `towards` that way."""
    typed = _bare(text)
    for candidate, on in _with_weekday(typed) if typed else ():
        for read in _READERS:
            found = read(candidate, today, towards)
            if found is not None:
                return _held_against(found, on, today)
    return NOT_A_DATE


def _bare(text: str) -> str:
    """Without what people put around a date; empty where it is too long or trails off, as one in doubt does."""
    typed = normalize(text[: LONGEST + 1])
    if len(typed) > LONGEST or _TRAILS_OFF.search(typed):
        return ""
    typed = _LETTER_O.sub("〇", re.sub(r"\s+", " ", typed.translate(_ALIKE)))
    typed = _BEHIND.sub("", _BEFORE.sub("", typed))
    typed = _REPUBLIC.sub(lambda found: f"{int(found[1]) + 1911}年", typed)
    bracketed = _BRACKETED.fullmatch(typed)
    return bracketed[1].strip() if bracketed else typed


def _with_weekday(typed: str) -> Iterator[tuple[str, int | None]]:
    """The text as it is, and without a weekday that stands before or behind it."""
    yield typed, None
    for pattern in (_WEEKDAY_BEFORE, _WEEKDAY_BEHIND):
        match = pattern.fullmatch(typed)
        if match is not None:
            yield match["rest"].strip(" ,"), weekday(match["cn"], match["en"])


def _held_against(found: Found, on: int | None, today: date) -> Found:
    if isinstance(found, DateFault):
        return found
    if not FIRST_YEAR <= found.year <= last_year(today):
        return out_of_range(today)
    if on is not None and found.weekday() != on:
        return DateFault("weekday", {"day": found.isoformat()})
    return found


def short_date(day: date, words: Words) -> str:
    """`2026年3月1日`, `1 March 2026`."""
    month = words(f"date.months.m{day.month}")
    return words("date.short", year=day.year, month=month, day=day.day)


def in_words(day: date, words: Words) -> str:
    """The day with its weekday, as it is read back."""
    return words("date.long", day=short_date(day, words), weekday=words(f"date.weekdays.w{day.isoweekday()}"))


def distance(day: date, today: date, words: Words) -> str:
    """How far away: `还有35天`, `已过3天`, `今天`."""
    days = (day - today).days
    if days == 0:
        return words("date.now")
    if abs(days) == 1:
        return words("date.left_one" if days > 0 else "date.gone_one")
    return words("date.left", number=days) if days > 0 else words("date.gone", number=-days)
