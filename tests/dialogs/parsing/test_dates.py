"""Days as people type them in three languages: read as what they say, asked about, or refused; never guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.language.catalogue import LOCALES, find_catalogue
from dialogs.parsing.dates.parser import format_short_date, parse_date
from dialogs.parsing.dates.result import FIRST_YEAR, DateFault, Direction, latest_year

TODAY = date(2026, 11, 23)  # a Monday
MARCH_1 = date(2026, 3, 1)

PAST = {
    # in figures
    "2026-03-01": MARCH_1,
    "2026.3.1": MARCH_1,
    "2026/3/1": MARCH_1,
    "2026 - 3 - 1": MARCH_1,
    "2026 3 1": MARCH_1,
    "20260301": MARCH_1,
    "２０２６－０３－０１": MARCH_1,
    "2026—3—1": MARCH_1,
    "2026、3、1": MARCH_1,
    "13.03.2026": date(2026, 3, 13),
    "03/13/2026": date(2026, 3, 13),
    "05.05.2026": date(2026, 5, 5),
    "3-1": MARCH_1,
    "11.23": TODAY,
    "12-24": date(2025, 12, 24),
    # in Chinese
    "2026年3月1日": MARCH_1,
    "2026年3月1号": MARCH_1,
    "2026 年 3 月 1 日": MARCH_1,
    "２０２６年３月１日": MARCH_1,
    "二〇二六年三月一日": MARCH_1,
    "二○二六年三月一日": MARCH_1,
    "二零二五年十二月二十五日": date(2025, 12, 25),
    "民國115年3月1日": MARCH_1,
    "26年3月1日": MARCH_1,
    "98年3月1日": date(1998, 3, 1),
    "今年3月1日": MARCH_1,
    "去年三月一号": date(2025, 3, 1),
    "前年3月1日": date(2024, 3, 1),
    "3月1日": MARCH_1,
    "三月一日": MARCH_1,
    "十二月二十五日": date(2025, 12, 25),
    "3月底": date(2026, 3, 31),
    "2月末": date(2026, 2, 28),
    "2024年2月底": date(2024, 2, 29),
    "上个月15号": date(2026, 10, 15),
    "本月5日": date(2026, 11, 5),
    "上月底": date(2026, 10, 31),
    "今天": TODAY,
    "今日": TODAY,
    "昨天": date(2026, 11, 22),
    "前天": date(2026, 11, 21),
    "大前天": date(2026, 11, 20),
    "上周五": date(2026, 11, 20),
    "上週五": date(2026, 11, 20),
    "上星期日": date(2026, 11, 22),
    "上上周一": date(2026, 11, 9),
    "本周一": TODAY,
    "三天前": date(2026, 11, 20),
    "3天前": date(2026, 11, 20),
    "十天以前": date(2026, 11, 13),
    "两周前": date(2026, 11, 9),
    "兩週前": date(2026, 11, 9),
    "一个月前": date(2026, 10, 23),
    "3个月前": date(2026, 8, 23),
    "两年前": date(2024, 11, 23),
    "是2026年3月1日。": MARCH_1,
    "2026年3月1日的": MARCH_1,
    "“2026-03-01”": MARCH_1,
    "2026-03-01（星期日）": MARCH_1,
    # in English
    "1 Mar 2026": MARCH_1,
    "1 March 2026": MARCH_1,
    "1st of March 2026": MARCH_1,
    "March 1, 2026": MARCH_1,
    "March 1st 2026": MARCH_1,
    "Mar 1": MARCH_1,
    "1-Mar-2026": MARCH_1,
    "2026 Mar 1": MARCH_1,
    "on 1 March 2026.": MARCH_1,
    "Sunday, 1 March 2026": MARCH_1,
    "1 March last year": date(2025, 3, 1),
    "Sept 30": date(2026, 9, 30),
    "today": TODAY,
    "yesterday": date(2026, 11, 22),
    "the day before yesterday": date(2026, 11, 21),
    "3 days ago": date(2026, 11, 20),
    "two weeks ago": date(2026, 11, 9),
    "a month ago": date(2026, 10, 23),
    "the 15th of last month": date(2026, 10, 15),
    "Monday": TODAY,
    "周五": date(2026, 11, 20),
}
FUTURE = {
    "明天": date(2026, 11, 24),
    "后天": date(2026, 11, 25),
    "大後天": date(2026, 11, 26),
    "下周三": date(2026, 12, 2),
    "下下周三": date(2026, 12, 9),
    "周三": date(2026, 11, 25),
    "周一": TODAY,
    "两周后": date(2026, 12, 7),
    "三天之後": date(2026, 11, 26),
    "next Monday": date(2026, 11, 30),
    "月底": date(2026, 11, 30),
    "下个月5号": date(2026, 12, 5),
    "3月1日": date(2027, 3, 1),
    "2月29日": date(2028, 2, 29),
    "明年3月1日": date(2027, 3, 1),
    "tomorrow": date(2026, 11, 24),
    "in 3 days": date(2026, 11, 26),
    "in two weeks": date(2026, 12, 7),
    "2 weeks from now": date(2026, 12, 7),
    "end of next month": date(2026, 12, 31),
    "Jan 5": date(2027, 1, 5),
}
FAULTS = {
    "2026-02-30": "impossible",
    "2026年4月31日": "impossible",
    "2026-13-01": "impossible",
    "31 April 2026": "impossible",
    "29 Feb 2025": "impossible",
    "2026-00-10": "impossible",
    "03/04/2026": "ambiguous",
    "3.4.2026": "ambiguous",
    "2026年3月1日和2日": "not_a_date",
    "1850-01-01": "out_of_range",
    "2126-01-01": "out_of_range",
    "9999年9月9日": "out_of_range",
    "2026-03-01 星期一": "weekday",
    "Friday, 1 March 2026": "weekday",
    "3月前": "not_a_date",
    "3日前": "not_a_date",
    "1 decade": "not_a_date",
    "26年前": "not_a_date",
    "": "not_a_date",
    "   ": "not_a_date",
    "明后天": "not_a_date",
    "三月": "not_a_date",
    "2026年": "not_a_date",
    "March 2026": "not_a_date",
    "2026-03": "not_a_date",
    "2026-03-01 或 2026-03-02": "not_a_date",
    "2026-03-01至2026-03-05": "not_a_date",
    "大概3月1日吧": "not_a_date",
    "soon": "not_a_date",
    "不知道": "not_a_date",
    "1/2/3": "not_a_date",
    "2026-03-01-05": "not_a_date",
    "12345678": "not_a_date",
    "2026年3月1日..": "not_a_date",
    "x" * 100: "not_a_date",
}


def told(text: str, towards: Direction) -> str | date:
    found = parse_date(text, TODAY, towards)
    return found.code if isinstance(found, DateFault) else found


@pytest.mark.parametrize(("text", "day"), [*PAST.items()])
def test_a_day_that_was_is_read_as_it_is_said(text: str, day: date) -> None:
    assert told(text, "past") == day


@pytest.mark.parametrize(("text", "day"), [*FUTURE.items()])
def test_a_day_that_will_be_is_read_as_it_is_said(text: str, day: date) -> None:
    assert told(text, "future") == day


@pytest.mark.parametrize(("text", "code"), [*FAULTS.items()])
def test_what_is_no_day_or_two_is_never_guessed(text: str, code: str) -> None:
    assert told(text, "past") == code


def test_english_habits_that_differ_are_asked_about() -> None:
    assert told("next Friday", "future") == "ambiguous"
    assert told("last Friday", "past") == date(2026, 11, 20)


DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(latest_year(TODAY), 12, 31))
FIGURES = (
    "{y}-{m}-{d}",
    "{y}.{m}.{d}",
    "{y}/{m:02}/{d:02}",
    "{y}{m:02}{d:02}",
    "{y}年{m}月{d}日",
    "{y} 年 {m} 月 {d} 号",
)
ENGLISH = ("{d} {name} {y}", "{name} {d}, {y}", "{d}-{short}-{y}", "{short} {d} {y}")


@given(DAYS, st.sampled_from(FIGURES))
def test_every_day_in_figures_is_read_back(day: date, form: str) -> None:
    assert told(form.format(y=day.year, m=day.month, d=day.day), "past") == day


@given(DAYS, st.sampled_from(ENGLISH))
def test_every_day_in_english_is_read_back(day: date, form: str) -> None:
    name = format_short_date(day, find_catalogue("en")).split()[1]
    assert told(form.format(y=day.year, d=day.day, name=name, short=name[:3]), "past") == day


@given(DAYS, st.sampled_from(LOCALES))
def test_what_is_shown_can_be_typed_back(day: date, locale: str) -> None:
    assert told(format_short_date(day, find_catalogue(locale)), "past") == day


@given(DAYS, st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_a_day_without_its_year_is_the_nearest_that_way(day: date, today: date) -> None:
    written = f"{day.month}月{day.day}日"
    for towards, step in (("past", -1), ("future", 1)):
        found = parse_date(written, today, towards)  # type: ignore[arg-type]
        assert isinstance(found, date)
        assert (found.month, found.day) == (day.month, day.day)
        assert 0 <= (found - today).days * step <= 8 * 366


PIECES = st.sampled_from(
    [*"0123456789年月日号上下周五前后天-/. ", "Mar", "last", "week", "ago", "二十", "底"]
)


@given(st.text(max_size=80) | st.lists(PIECES, max_size=12).map("".join), st.sampled_from(["past", "future"]))
@example("99999年后", "future")
@example("99999 years ago", "past")
def test_no_text_is_too_much(text: str, towards: Direction) -> None:
    """Of any script: never an exception, never a day that nobody could mean."""
    found = parse_date(text, TODAY, towards)
    assert isinstance(found, DateFault) or FIRST_YEAR <= found.year <= latest_year(TODAY)


@given(st.integers(0, 60))
def test_so_many_days_ago_is_so_many_days_ago(number: int) -> None:
    wanted = TODAY - timedelta(days=number)
    assert told(f"{number}天前", "past") == told(f"{number} days ago", "past") == wanted
