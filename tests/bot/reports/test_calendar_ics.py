"""The calendar file: read back by a library, and line by line as RFC 5545 wants it."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from bot.reports.calendar_ics import CalendarEntry, make_calendar, sequence_of
from dialogs.language.catalogue import LOCALES
from rubric.certificate.facts import CertificateFacts
from rubric.certificate.plan import CertificatePlan, plan_certificate
from rubric.library.library import Library

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
RULES = Library.from_folders().scheme("gbt27922-2011").lifecycle
TITLE = "星河电器有限公司，“售后”；第一、第二服务中心与全国三百个网点的联合认证 GB/T 27922-2011"


def made(*surveilled: date) -> CertificatePlan:
    return plan_certificate(CertificateFacts(date(2026, 3, 1), surveilled), RULES, date(2026, 11, 23))


def written(
    found: CertificatePlan, sequence: int = 1, locale: str = "zh-Hans", cancelled: tuple[str, ...] = ()
) -> bytes:
    return make_calendar([CalendarEntry("c1", sequence, TITLE, found, cancelled)], locale, NOW)


def events(content: bytes) -> dict[str, Any]:
    read = Calendar.from_ical(content)
    return {str(one["uid"]): one for one in read.walk("VEVENT")}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the reader's own
@pytest.mark.parametrize("locale", LOCALES)
def test_the_reader_of_calendar_servers_finds_the_same(locale: str) -> None:
    """Vobject is what Radicale and other CalDAV servers read entries with."""
    import vobject

    content = written(made(date(2026, 11, 20)), locale=locale, cancelled=("surveillance-9",))
    found = {one.uid.value: one for one in vobject.readOne(content.decode()).vevent_list}
    expected = events(content)
    assert found.keys() == expected.keys()
    for uid, one in found.items():
        other = expected[uid]
        assert one.summary.value == str(other["summary"])
        for name in ("dtstart", "dtend") if "dtend" in other else ("dtstart",):
            assert getattr(one, name).value == other[name].dt
        assert int(one.sequence.value) == int(other["sequence"])
        alarms = [alarm.trigger.value for alarm in one.contents.get("valarm", [])]
        assert alarms == [alarm["trigger"].dt for alarm in other.walk("VALARM")]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_milestone_is_an_all_day_entry_on_its_due_day(locale: str) -> None:
    found = made()
    read = events(written(found, locale=locale))
    assert len(read) == len(found.milestones)
    for one in found.milestones:
        event = read[f"c1-{one.id}@xingping"]
        assert event["dtstart"].dt == one.due
        assert event["dtend"].dt == one.due + timedelta(days=1)
        assert TITLE in str(event["summary"])


def test_a_date_that_changed_moves_the_entry_it_had() -> None:
    before, after = made(), made(date(2026, 11, 20))
    old, new = events(written(before, sequence_of(before))), events(written(after, sequence_of(after)))
    moved = "c1-surveillance-2@xingping"
    assert (old[moved]["dtstart"].dt, new[moved]["dtstart"].dt) == (date(2027, 11, 1), date(2027, 9, 20))
    assert int(new[moved]["sequence"]) > int(old[moved]["sequence"])
    assert set(old) == set(new)


def test_what_is_not_planned_any_more_is_cancelled() -> None:
    read = events(written(made(), cancelled=("surveillance-9",)))
    assert str(read["c1-surveillance-9@xingping"]["status"]) == "CANCELLED"


def test_alarms_go_off_at_nine_on_the_days_of_the_stages() -> None:
    read = events(written(made()))["c1-surveillance-1@xingping"]
    alarms = sorted(one["trigger"].dt for one in read.walk("VALARM"))
    due = datetime(2027, 1, 1)  # noqa: DTZ001 - a floating day
    assert [due + one for one in alarms] == [
        datetime.fromisoformat(f"{day}T09:00")
        for day in ("2026-11-01", "2026-12-02", "2026-12-18", "2026-12-25", "2026-12-31", "2027-01-01")
    ]


def test_what_was_done_has_no_alarm_any_more() -> None:
    event = events(written(made(date(2026, 11, 20))))["c1-surveillance-1@xingping"]
    assert event["dtstart"].dt == date(2026, 11, 20)
    assert not event.walk("VALARM")


def test_its_lines_are_as_the_rfc_wants_them() -> None:
    """CRLF at each end, at most 75 octets, continued by a space, and no character cut in two (3.1)."""
    content = written(made())
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")[:-1]
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode("utf-8")
    unfolded = re.sub(rb"\r\n[ \t]", b"", content).decode()
    assert all(re.match(r"[A-Z-]+[;:]", line) for line in unfolded.split("\r\n") if line)
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == len(made().milestones)


def test_the_same_facts_make_the_same_file() -> None:
    assert written(made()) == written(made())
