"""Time zones by the names that people give them, and what is none."""

from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.language.catalogue import cities
from dialogs.reminders.time_zones import find_zone


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("北京", "Asia/Shanghai"),
        ("北京时间", "Asia/Shanghai"),
        ("北京時間", "Asia/Shanghai"),
        ("上海", "Asia/Shanghai"),
        ("香港", "Asia/Hong_Kong"),
        ("臺北", "Asia/Taipei"),
        ("東京", "Asia/Tokyo"),
        ("纽约", "America/New_York"),
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("  BEIJING  ", "Asia/Shanghai"),
        ("ｔｏｋｙｏ", "Asia/Tokyo"),
        ("Ho Chi Minh", "Asia/Ho_Chi_Minh"),
        ("Asia/Shanghai", "Asia/Shanghai"),
        ("asia/shanghai", "Asia/Shanghai"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("Singapore", "Asia/Singapore"),
        ("UTC", "UTC"),
        ("utc", "UTC"),
        ("德国", "Europe/Berlin"),
    ],
)
def test_a_zone_is_known_by_its_cities_and_by_its_iana_name(typed: str, zone: str) -> None:
    assert find_zone(typed) == zone


@pytest.mark.parametrize(
    "typed",
    ["", " ", "_", "时间", "nowhere", "/", "Asia/", "Asia", "../../etc/passwd", "北", "5", "🕰️", "京" * 9999],
)
def test_what_names_no_zone_is_none(typed: str) -> None:
    assert find_zone(typed) is None


def test_every_city_of_the_catalogue_is_found_in_a_zone_that_exists() -> None:
    for zone, names in cities().items():
        assert ZoneInfo(zone).key == zone
        assert {name: find_zone(name) for name in names} == dict.fromkeys(names, zone)


def test_every_iana_name_is_found_as_itself() -> None:
    named_otherwise = {name for names in cities().values() for name in names}
    names = available_timezones() - named_otherwise
    assert {name: find_zone(name) for name in names} == {name: name for name in names}


@given(st.text(max_size=60))
def test_any_text_is_a_zone_that_exists_or_none(typed: str) -> None:
    found = find_zone(typed)
    assert found is None or ZoneInfo(found).key == found
