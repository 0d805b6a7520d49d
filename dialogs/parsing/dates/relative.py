"""Dates relative to today. The text must be normalized (`dialogs.parsing.intents.normalize`).

Weeks begin on Monday: 上周五 is the Friday of the week before. English usage of `last` and `next` varies; where
the two readings differ, the date is ambiguous.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from dialogs.parsing.dates.absolute import DAY, ORDINAL, remove_spaces
from dialogs.parsing.dates.result import (
    NOT_A_DATE,
    DateFault,
    Direction,
    ParsedDate,
    make_date,
    make_month_end,
    out_of_range_fault,
    same_or_ambiguous,
)
from dialogs.parsing.numerals import parse_number
from rubric import add_months

_NEAR_DAYS = {
    "今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "前日": -2, "大前天": -3, "明天": 1, "明日": 1,
    "后天": 2, "後天": 2, "后日": 2, "後日": 2, "大后天": 3, "大後天": 3, "today": 0, "yesterday": -1, "tomorrow": 1,
    "day before yesterday": -2, "day after tomorrow": 2,
}  # fmt: skip
_PERIODS_AWAY = {
    "上上": -2,
    "上": -1,
    "本": 0,
    "这": 0,
    "這": 0,
    "下": 1,
    "下下": 2,
    "last": -1,
    "this": 0,
    "the": 0,
    "next": 1,
}
_CHINESE_WEEKDAYS = "一二三四五六日天"
_ENGLISH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY = (
    rf"(?:(?:星期|周|週|礼拜|禮拜)(?P<cn>[{_CHINESE_WEEKDAYS}])"
    r"|(?P<en>mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?![a-z])\.?)"
)
_WEEK = re.compile(
    rf"(?:(?P<which>上上|下下|上|本|这|這|下)(?:个|個)?|(?P<english>last|this|next) )?{WEEKDAY}"
)

_IN_MONTH = (
    re.compile(rf"(?P<which>上|本|这|這|下)(?:个|個)?月的?(?:{DAY}|(?P<end>底|末))"),
    re.compile(rf"{ORDINAL}(?: of)? (?P<which>this|last|next) month"),
)
_MONTH_END = re.compile(r"月[底末]|(?:the )?(?:end|last day) of (?P<which>the|this|last|next) month")

_ENGLISH_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_NUMBER = rf"(?P<number>[0-9]{{1,5}}|an?|{'|'.join(_ENGLISH_NUMBERS)})"
_UNIT = r"(?P<unit>day|week|month|year)s?"
# Neither 3日前 nor 3月前 nor 26年前: they also mean before the 3rd, before March, before 2026.
_DISTANCES = (
    re.compile(
        r"(?P<number>[0-9]{1,5}|[〇零一二两兩三四五六七八九十百廿卅]{1,5})"
        r"(?P<unit>天|周|週|(?:个|個)?(?:星期|礼拜|禮拜)|[个個]月|(?<![0-9][0-9])年)"
        r"(?:(?P<ago>以前|之前|前)|以后|以後|之后|之後|后|後)"
    ),
    re.compile(rf"in {_NUMBER} ?{_UNIT}(?P<ago>)"),
    re.compile(rf"{_NUMBER} ?{_UNIT} (?:(?P<ago>ago)|from now|later)"),
)


def parse_near_day(typed: str, today: date, _: Direction) -> ParsedDate | None:
    """昨天, tomorrow."""
    away = _NEAR_DAYS.get(typed)
    return None if away is None else today + timedelta(days=away)


def weekday_number(chinese: str | None, english: str | None) -> int:
    """Return 0 for Monday; the arguments are the groups of WEEKDAY."""
    if chinese:
        return min(_CHINESE_WEEKDAYS.index(chinese), 6)
    return _ENGLISH_WEEKDAYS.index((english or "")[:3])


def parse_weekday(typed: str, today: date, direction: Direction) -> ParsedDate | None:
    """上周五, 本周三, last Friday; a weekday alone is the nearest in that direction, today included."""
    match = _WEEK.fullmatch(typed)
    if match is None:
        return None
    this = today + timedelta(days=weekday_number(match["cn"], match["en"]) - today.weekday())
    if match["which"]:
        return this + timedelta(weeks=_PERIODS_AWAY[match["which"]])
    if match["english"]:
        return _last_or_next(this, today, match["english"])
    behind = this < today if direction == "future" else this > today
    return this + timedelta(weeks=_PERIODS_AWAY["next" if direction == "future" else "last"] if behind else 0)


def _last_or_next(this: date, today: date, which: str) -> ParsedDate:
    """Return the date in the week before or after, ambiguous where the nearest one differs."""
    by_week, step = this + timedelta(weeks=_PERIODS_AWAY[which]), _PERIODS_AWAY[which]
    return same_or_ambiguous((by_week, this if (this - today).days * step > 0 else by_week))


def parse_day_of_month(typed: str, today: date, _: Direction) -> ParsedDate | None:
    """上个月15号, 本月底, 月底, the 15th of last month, the end of the month."""
    plain = remove_spaces(typed)
    match = _IN_MONTH[0].fullmatch(plain) or _IN_MONTH[1].fullmatch(typed)
    if match is None:
        ended = _MONTH_END.fullmatch(typed)
        return _end_of_month(ended["which"] or "this", today) if ended else None
    if match.groupdict().get("end"):
        return _end_of_month(match["which"], today)
    day, month = parse_number(match["day"]), add_months(today.replace(day=1), _PERIODS_AWAY[match["which"]])
    return NOT_A_DATE if day is None else make_date(month.year, month.month, day, today)


def _end_of_month(which: str, today: date) -> ParsedDate:
    month = add_months(today.replace(day=1), _PERIODS_AWAY[which])
    return make_month_end(month.year, month.month, today)


def parse_distance(typed: str, today: date, _: Direction) -> ParsedDate | None:
    """三天前, 两周后, 一个月后, in 2 weeks, 3 days ago."""
    chinese, *english = _DISTANCES
    match = chinese.fullmatch(remove_spaces(typed))
    match = match or next((found for one in english if (found := one.fullmatch(typed))), None)
    if match is None:
        return None
    many = _parse_quantity(match["number"])
    return NOT_A_DATE if many is None else _move_day(match["unit"], -many if match["ago"] else many, today)


def _parse_quantity(written: str) -> int | None:
    if written in _ENGLISH_NUMBERS:
        return _ENGLISH_NUMBERS.index(written) + 1
    return 1 if written in {"a", "an"} else parse_number(written)


def _move_day(unit: str, amount: int, today: date) -> date | DateFault:
    try:
        return _STEPS[unit.lstrip("个個")[0]](today, amount)
    except (OverflowError, ValueError):
        return out_of_range_fault(today)


_STEPS: Mapping[str, Callable[[date, int], date]] = {
    **dict.fromkeys("天d", lambda day, many: day + timedelta(days=many)),
    **dict.fromkeys("周週星礼禮w", lambda day, many: day + timedelta(weeks=many)),
    **dict.fromkeys("月m", add_months),
    **dict.fromkeys("年y", lambda day, many: add_months(day, 12 * many)),
}
