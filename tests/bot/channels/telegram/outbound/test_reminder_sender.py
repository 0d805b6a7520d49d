"""Reminders on Telegram: the worker as a process, the message with its buttons, and what pressing them does."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.reminders.working_days import CALENDAR
from rubric.certificate.facts import CertificateFacts
from rubric.certificate.months import add_months
from rubric.certificate.plan import plan_certificate
from rubric.library.library import Library
from tests.bot.channels.telegram.serve_process import Person, Served, person, served
from tests.standin.failures import HttpError, ResetAfter, TooManyRequests

pytestmark = pytest.mark.slow

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path) as found:
        yield found


@pytest.fixture
def li(one: Served) -> Person:
    """Somebody whose first surveillance is due in about two months."""
    found = person(one).introduces()
    found.say("/certification").press("登记已有证书")
    found.say(issued().isoformat()).press("对", "四星级").say("CTS-1", "中认", "售后服务")
    return found


def issued() -> date:
    return add_months(datetime.now(SHANGHAI).date(), -8)


def due_30() -> datetime:
    """Nine in the morning of the working day on which the reminder of 30 days before goes out."""
    today = datetime.now(SHANGHAI).date()
    lifecycle = Library.from_folders().scheme("gbt27922-2011").lifecycle
    reminders = plan_certificate(CertificateFacts(issued()), lifecycle, today).reminders
    on = next(one.on for one in reminders if (one.milestone, one.stage) == ("surveillance-1", "due-30"))
    day = CALENDAR.sending_day(on, overdue=False)
    return datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)


def works(one: Served, at: datetime) -> str:
    """What `xingping worker --once` says at that moment."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "worker", "--once", "--now", at.isoformat()],
        env=one.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def reminded(li: Person) -> list[str]:
    """The reminders in the chat."""
    texts = [message.text for message in li.contact.messages() if message.from_bot]
    return [text for text in texts if text.startswith("提醒")]


def test_a_reminder_comes_once_with_its_buttons_and_is_answered_in_the_talk(one: Served, li: Person) -> None:
    works(one, due_30() - timedelta(hours=1))
    assert reminded(li) == []
    works(one, due_30())
    works(one, due_30())
    (text,) = reminded(li)
    assert "第1次监督审核应在" in text
    assert {"已办好", "稍后提醒", "不是我办", "证书日历"} <= set(li.contact.labels())
    li.press("已办好")
    assert "监督审核实际是哪一天做的" in li.text
    li.press("昨天")
    assert "后面的日期已重新计算" in li.text
    one.wait_until(lambda: len(li.contact.keyboards()) == 1, "the reminder's buttons gone")
    assert "第1次监督审核应在" in reminded(li)[0]


def test_two_workers_at_once_send_it_once(one: Served, li: Person) -> None:
    command = [sys.executable, "-m", "bot", "worker", "--once", "--now", due_30().isoformat()]
    both = [subprocess.Popen(command, env=one.environment(), stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [each.wait(60) for each in both] == [0, 0]
    assert len(reminded(li)) == 1


def test_what_telegram_did_not_take_is_sent_later_and_once(one: Served, li: Person) -> None:
    one.api.fail("sendMessage", TooManyRequests(30))
    works(one, due_30())
    assert reminded(li) == []
    works(one, due_30() + timedelta(seconds=20))
    assert reminded(li) == []
    works(one, due_30() + timedelta(seconds=31))
    assert len(reminded(li)) == 1


def test_what_may_have_arrived_is_not_sent_again_but_shown_as_unsure(one: Served, li: Person) -> None:
    one.api.fail("sendMessage", ResetAfter())
    assert "nobody knows whether reminder" in works(one, due_30())
    works(one, due_30() + timedelta(minutes=5))
    assert len(reminded(li)) == 1
    assert one.rows("SELECT outcome FROM letters") == [("unsure",)]


def test_three_days_without_telegram_end_with_one_message(one: Served, li: Person) -> None:
    one.api.fail("sendMessage", HttpError(502), times=None)
    for number in range(3):
        works(one, due_30() + timedelta(days=number))
    one.api.heal()
    at = due_30() + timedelta(days=3)
    day = CALENDAR.sending_day(at.date(), overdue=True)
    works(one, at.replace(year=day.year, month=day.month, day=day.day))
    assert len(reminded(li)) == 1


def test_a_contact_who_blocked_the_bot_is_not_tried_again(one: Served, li: Person) -> None:
    li.contact.block()
    one.wait_until(lambda: one.rows("SELECT 1 FROM contacts WHERE unreachable_at IS NOT NULL"), "known")
    works(one, due_30())
    assert reminded(li) == []
    assert one.rows("SELECT next_at FROM agendas") == [(None,)]
