from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.commands.arguments import parse_moment

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01T01:00Z",
        "2026-03-01T09:00+08:00",
        "2026-03-01T09:00:00",
        "2026-03-01 09:00",
        "20260301T090000",
        "2026-02-28T20:00-05:00",
    ],
)
def test_a_moment_is_utc_and_without_an_offset_of_the_zone(text):
    assert parse_moment(text, SHANGHAI) == datetime(2026, 3, 1, 1, tzinfo=UTC)


def test_a_date_alone_is_its_first_moment():
    assert parse_moment("2026-03-01", SHANGHAI) == datetime(2026, 2, 28, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2026-02-30",
        "2026-03-01T25:00",
        "2026-13-01",
        "１",
        "0001-01-01",
        "9999-12-31T23:59-12:00",
        "x" * 99,
    ],
)
def test_what_is_no_moment_is_said_with_an_example(text):
    with pytest.raises(ValueError, match=r"is no moment; allowed: ISO 8601 such as 2026") as error:
        parse_moment(text, SHANGHAI)
    assert "\n" not in str(error.value)


def test_a_time_that_the_clocks_skip_does_not_exist():
    with pytest.raises(ValueError, match="does not exist in America/New_York"):
        parse_moment("2026-03-08T02:30", ZoneInfo("America/New_York"))
    assert parse_moment("2026-03-08T03:30", ZoneInfo("America/New_York")) == datetime(
        2026, 3, 8, 7, 30, tzinfo=UTC
    )
