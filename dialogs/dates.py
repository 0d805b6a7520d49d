"""Days as people type them and as they are read back: exact or asked again, never guessed.

Read by patterns of our own: general date parsers take almost any text for some day.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from dialogs.numerals import number
from dialogs.parse import folded
from dialogs.text import Words
from rubric.months import plus_months

LONGEST = 60
FIRST_YEAR, YEARS_AHEAD = 1980, 20
Towards = Literal["past", "future"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE_WEEKDAYS = "一二三四五六日"
_C = "0-9〇零一二两兩三四五六七八九十"
_NAME = r"(?P<name>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,7}\.?"
_NEAR = {
    "今天": 0, "今日": 0, "today": 0, "昨天": -1, "昨日": -1, "yesterday": -1, "前天": -2, "明天": 1, "明日": 1,
    "tomorrow": 1, "后天": 2, "後天": 2, "大前天": -3, "大后天": 3, "大後天": 3, "day before yesterday": -2,
    "day after tomorrow": 2,
}  # fmt: skip
_WEEKS = {
    "上上": -2,
    "上": -1,
    "last": -1,
    "本": 0,
    "这": 0,
    "這": 0,
    "this": 0,
    "下": 1,
    "next": 1,
    "下下": 2,
}
_YEARS = {"今年": 0, "去年": -1, "前年": -2, "明年": 1, "后年": 2, "後年": 2}
_AGO = {
    "前": -1,
    "以前": -1,
    "之前": -1,
    "ago": -1,
    "后": 1,
    "後": 1,
    "以后": 1,
    "以後": 1,
    "之后": 1,
    "之後": 1,
}
_WRAPPING = re.compile(r"^(?:是|在|于|於|on |the )|[。.!,、]$|\s*(?:做的|办的|辦的|完成的?)$")
_WEEKDAY_BESIDE = re.compile(
    rf"[\s,(]*(?:(?:星期|周|週|礼拜|禮拜)(?P<cn>[{_CHINESE_WEEKDAYS}天])|(?P<en>{'|'.join(_WEEKDAYS)})[a-z]*)[),\s]*"
)


@dataclass(frozen=True, slots=True)
class DateFault:
    """Why a text is no day that can be taken: `not_a_date`, `impossible`, `ambiguous`, `weekday`, `out_of_range`."""

    code: Literal["not_a_date", "impossible", "ambiguous", "weekday", "out_of_range"]
    values: Mapping[str, object] = field(default_factory=dict)


Found = date | DateFault | None
NOT_A_DATE = DateFault("not_a_date")


def parse_date(text: str, today: date, towards: Towards) -> date | DateFault:
    """The day that the text is, seen from `today`; a day without a year is the nearest one `towards` that way."""
    typed = folded(text[: LONGEST + 1])
    if not typed or len(typed) > LONGEST:
        return NOT_A_DATE
    while (bare := _WRAPPING.sub("", typed).strip()) != typed:
        typed = bare
    for candidate, weekday in _with_weekday(typed):
        for read in (_relative, _numeric, _chinese, _english):
            found = read(candidate, today, towards)
            if found is not None:
                return _held_against(found, weekday, today)
    return NOT_A_DATE


def _with_weekday(typed: str) -> list[tuple[str, int | None]]:
    """The text as it is, and without a weekday that stands before or behind it."""
    found: list[tuple[str, int | None]] = [(typed, None)]
    for match in (_WEEKDAY_BESIDE.match(typed), _last(typed)):
        if match is not None and match[0] != typed:
            rest = (typed[: match.start()] + typed[match.end() :]).strip(" ,()")
            found.append((rest, _weekday(match["cn"], match["en"])))
    return found


def _last(typed: str) -> re.Match[str] | None:
    *_, found = (None, *(one for one in _WEEKDAY_BESIDE.finditer(typed) if one.end() == len(typed)))
    return found


def _weekday(chinese: str | None, english: str | None) -> int:
    if chinese:
        return 6 if chinese == "天" else _CHINESE_WEEKDAYS.index(chinese)
    return _WEEKDAYS.index(english or "")


def _held_against(found: date | DateFault, weekday: int | None, today: date) -> date | DateFault:
    if isinstance(found, DateFault):
        return found
    if not FIRST_YEAR <= found.year <= today.year + YEARS_AHEAD:
        return DateFault("out_of_range", {"first": FIRST_YEAR, "last": today.year + YEARS_AHEAD})
    if weekday is not None and found.weekday() != weekday:
        return DateFault("weekday", {"day": found.isoformat()})
    return found


def _made(year: int, month: int, day: int) -> date | DateFault:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return DateFault("impossible", {"year": year, "month": month, "day": day})


def _nearest(month: int, day: int, today: date, towards: Towards) -> date | DateFault:
    """Without a year: the nearest such day on that side of today, today included."""
    years = (
        range(today.year, today.year + 9) if towards == "future" else range(today.year, today.year - 9, -1)
    )
    for year in years:
        found = _made(year, month, day)
        if isinstance(found, date) and (found >= today if towards == "future" else found <= today):
            return found
    return _made(today.year, month, day)


def _numeric(typed: str, today: date, towards: Towards) -> Found:
    match = re.fullmatch(r"([0-9]{4})\s*([-./])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,2})", typed)
    if match:
        return _made(int(match[1]), int(match[3]), int(match[4]))
    match = re.fullmatch(r"([12][0-9]{3})([0-9]{2})([0-9]{2})", typed)
    if match:
        return _made(*(int(part) for part in match.groups()))
    match = re.fullmatch(r"([0-9]{1,2})\s*([-./])\s*([0-9]{1,2})\s*\2\s*([0-9]{4})", typed)
    if match:
        return _either_way(int(match[1]), int(match[3]), int(match[4]))
    match = re.fullmatch(r"([0-9]{1,2})[-./]([0-9]{1,2})", typed)
    return _nearest(int(match[1]), int(match[2]), today, towards) if match else None


def _either_way(first: int, second: int, year: int) -> date | DateFault:
    """Day first or month first: taken only where the figures leave one reading."""
    readings = [_made(year, second, first), _made(year, first, second)]
    days = sorted({one for one in readings if isinstance(one, date)})
    if not days:
        return readings[0]
    if len(days) > 1:
        return DateFault("ambiguous", {"one": days[0].isoformat(), "other": days[1].isoformat()})
    return days[0]


def _chinese(typed: str, today: date, towards: Towards) -> Found:
    plain = re.sub(r"\s", "", typed)
    match = re.fullmatch(
        rf"(?:(?P<near>[今去前明后後]年)|(?P<year>[{_C}]{{2,5}})年)?(?P<month>[{_C}]{{1,3}})月(?:份)?"
        rf"(?:(?P<day>[{_C}]{{1,3}})[日号號]?|(?P<end>底|末))",
        plain,
    )
    if match is None:
        return _of_month(plain, today)
    month, day = number(match["month"]), number(match["day"] or "1")
    if month is None or day is None:
        return NOT_A_DATE
    if match["near"] or match["year"]:
        year = today.year + _YEARS[match["near"]] if match["near"] else _year(match["year"])
        found = _made(year, month, day) if year is not None else NOT_A_DATE
    else:
        found = _nearest(month, day, today, towards)
    return _month_end(found) if match["end"] and isinstance(found, date) else found


def _year(written: str) -> int | None:
    """2026, 26, 二〇二六, 二六."""
    digits = "".join(
        str("〇一二三四五六七八九".find(c.replace("零", "〇"))) if not c.isdigit() else c for c in written
    )
    if not re.fullmatch(r"[0-9]{2}|[0-9]{4}", digits):
        return None
    return int(digits) + 2000 if len(digits) == 2 else int(digits)


def _of_month(plain: str, today: date) -> Found:
    """上个月15号, 本月底, 下月3日."""
    match = re.fullmatch(
        rf"(?P<which>上|本|这|這|下)?(?:个|個)?月(?:(?P<day>[{_C}]{{1,3}})[日号號]|(?P<end>底|末))", plain
    )
    if match is None:
        return None
    first = plus_months(today.replace(day=1), _WEEKS.get(match["which"] or "本", 0))
    if match["end"]:
        return _month_end(first)
    day = number(match["day"])
    return _made(first.year, first.month, day) if day is not None else NOT_A_DATE


def _month_end(day: date) -> date:
    return plus_months(day.replace(day=1), 1) - timedelta(days=1)


def _english(typed: str, today: date, towards: Towards) -> Found:
    day, year = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?", r"(?:,?\s+(?P<year>[0-9]{4}))?"
    for pattern in (rf"{day}(?:\s+of)?[\s-]+{_NAME}{year}", rf"{_NAME}\s+{day}{year}"):
        match = re.fullmatch(pattern.replace(r"(?:,?\s+(?P<year>", r"(?:,?[\s-]+(?P<year>"), typed)
        if match:
            month = _MONTHS.index(match["name"][:3]) + 1
            if match["year"]:
                return _made(int(match["year"]), month, int(match["day"]))
            return _nearest(month, int(match["day"]), today, towards)
    return None


def _relative(typed: str, today: date, towards: Towards) -> Found:
    if typed in _NEAR:
        return today + timedelta(days=_NEAR[typed])
    for read in (_weekday_named, _distance_named):
        found = read(typed, today, towards)
        if found is not None:
            return found
    return None


def _weekday_named(typed: str, today: date, towards: Towards) -> Found:
    """上周五 is the Friday of the week before, weeks beginning on Monday; a bare weekday the nearest that way."""
    match = re.fullmatch(
        rf"(?P<which>上上|下下|上|本|这|這|下|last |this |next )?(?:个|個)?"
        rf"(?:(?:星期|周|週|礼拜|禮拜)(?P<cn>[{_CHINESE_WEEKDAYS}天])|(?P<en>{'|'.join(_WEEKDAYS)})[a-z]*)",
        typed,
    )
    if match is None:
        return None
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=_weekday(match["cn"], match["en"]))
    if match["which"]:
        return day + timedelta(weeks=_WEEKS[match["which"].strip()])
    if towards == "future":
        return day if day >= today else day + timedelta(weeks=1)
    return day if day <= today else day - timedelta(weeks=1)


def _distance_named(typed: str, today: date, towards: Towards) -> Found:
    """三天前, 两周后, 半个月后 is not taken, in 2 weeks, 3 days ago, 一个月后."""
    plain = typed.removeprefix("in ")
    sign: int | None = 1 if plain != typed else None
    for ending in sorted(_AGO, key=len, reverse=True):
        if sign is None and plain.endswith(ending):
            sign, plain = _AGO[ending], plain.removesuffix(ending).strip()
    match = re.fullmatch(
        rf"(?P<number>an?|[{_C}]{{1,4}})\s*(?:个|個)?\s*(?P<unit>天|日|周|週|星期|礼拜|禮拜|月|年|days?|weeks?|months?|years?)",
        plain,
    )
    if match is None or sign is None:
        return None
    many = 1 if match["number"] in {"a", "an"} else number(match["number"])
    if many is None:
        return NOT_A_DATE
    try:
        return _STEPS[match["unit"][0] if match["unit"][0] in _STEPS else match["unit"]](today, sign * many)
    except (OverflowError, ValueError):
        return DateFault("out_of_range", {"first": FIRST_YEAR, "last": today.year + YEARS_AHEAD})


def _days(day: date, number_of: int) -> date:
    return day + timedelta(days=number_of)


def _weeks(day: date, number_of: int) -> date:
    return day + timedelta(weeks=number_of)


_STEPS: Mapping[str, Callable[[date, int], date]] = {
    **dict.fromkeys(("天", "日", "d"), _days),
    **dict.fromkeys(("周", "週", "星", "礼", "禮", "w"), _weeks),
    **dict.fromkeys(("月", "m"), plus_months),
    **dict.fromkeys(("年", "y"), lambda day, years: plus_months(day, 12 * years)),
}


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
    return words("date.left", number=days) if days > 0 else words("date.gone", number=-days)
