"""A second chat service, served by the delivery that serves Telegram, without a line about it anywhere in `bot`."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.conversations.turns import utc_now
from bot.delivery.db_executor import DbExecutor
from bot.delivery.rate_limit import RateLimiter
from bot.delivery.screen_sender import ScreenSender
from bot.delivery.send_result import MissingMessage, RejectedMessage, RetryLater, UnreachableChat
from bot.reminders.reminder_sender import Operators, ReminderSender
from bot.store import Store
from bot.store.delivery.outbox import OutboxItem
from tests.bot.delivery.memory_service import (
    CHANNEL,
    MemoryService,
    MemoryTransport,
    make_delivery,
    memory_service,
    post,
    render_screen,
)
from tests.bot.reminders.simulation import Life


@pytest.fixture
def service(store: Store) -> Iterator[MemoryService]:
    with memory_service(store) as made:
        yield made


def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    with store.transaction() as db:
        return [tuple(row) for row in db.execute(text(query))]


def test_a_message_is_replaced_until_something_is_written_below_it(service: MemoryService) -> None:
    service.give("anna")
    service.press("anna", "English")
    first, second = service.transport.chats["anna"]
    service.press("anna", "Language")
    assert "Please choose your language" in second.text
    service.press("anna", "English")
    service.press("anna", "Agree and start")
    service.give("anna", text="Haifeng Ltd")
    *earlier, last = service.transport.chats["anna"]
    assert earlier[:2] == [first, second]
    assert [one.keyboard for one in earlier] == [()] * 3
    assert last.data_of("Skip")
    assert rows(service.store, "SELECT name FROM organisations") == [("Haifeng Ltd",)]
    assert rows(service.store, "SELECT shown - number, chat FROM panels") == [(0, "anna")]


def test_an_update_is_confirmed_and_counts_once(service: MemoryService) -> None:
    service.give("anna")
    service.transport.confirmed.clear()
    service.give("anna", text="the same id again")
    assert service.transport.confirmed == ["update-0"]
    assert rows(service.store, "SELECT count(*), min(channel) FROM updates") == [(1, CHANNEL)]


def test_a_lost_message_is_sent_again_below(service: MemoryService) -> None:
    service.give("anna")
    service.press("anna", "English")
    service.transport.failures.append(MissingMessage())
    service.press("anna", "Language")
    assert len(service.transport.chats["anna"]) == 3


def test_a_service_that_asks_for_a_pause_gets_the_screen_after_it(service: MemoryService) -> None:
    service.transport.failures.append(RetryLater(timedelta(milliseconds=50)))
    service.give("anna")
    assert service.transport.chats == {}
    assert rows(service.store, "SELECT attempts FROM panels") == [(1,)]
    service.claim()
    assert len(service.transport.chats["anna"]) == 1


def test_a_chat_that_cannot_be_reached_is_stored_as_such(service: MemoryService) -> None:
    service.transport.failures.append(UnreachableChat("left"))
    service.give("anna")
    ((since,),) = rows(service.store, "SELECT unreachable_at FROM contacts")
    assert since is not None


def test_a_mistake_of_the_program_is_answered_with_a_line(service: MemoryService) -> None:
    service.transport.failures.append(ValueError("a mistake"))
    service.give("anna")
    assert [one.text for one in service.transport.chats["anna"]] == ["ValueError at screen 1"]
    assert rows(service.store, "SELECT shown - number FROM panels") == [(0,)]


def test_files_lines_and_menus_are_sent_and_forgotten(service: MemoryService, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(b"score")
    service.transport.failures.append(RejectedMessage("too rude"))
    post(
        service,
        OutboxItem("anna", None, "line", {"text": "refused"}),
        OutboxItem("anna", None, "line", {"text": "hello"}),
        OutboxItem("anna", None, "file", {"name": "a.txt", "media_type": "text/plain", "path": str(file)}),
        OutboxItem("anna", None, "menu", {"locale": "en"}),
    )
    service.claim()
    assert [one.text for one in service.transport.chats["anna"]] == ["hello"]
    assert service.transport.files == [("anna", "a.txt", b"score")]
    assert service.transport.menus == {"anna": "en"}
    assert rows(service.store, "SELECT 1 FROM outbox") == []
    assert not file.exists()


def test_two_services_on_one_database_leave_each_other_alone(service: MemoryService) -> None:
    other = MemoryTransport("another")
    delivery = make_delivery(other, service.executor, "another/1/b")
    service.transport.failures.append(RetryLater(timedelta(milliseconds=50)))
    service.give("anna")
    post(service, OutboxItem("anna", None, "line", {"text": "hello"}))
    delivery.clock = lambda: utc_now() + timedelta(hours=1)
    service.runner.run(delivery.claim_due())
    assert delivery.outboxes == {}
    service.claim()
    assert len(service.transport.chats["anna"]) == 2


def test_its_contacts_are_reminded_through_it(store: Store) -> None:
    life, transport = Life(store), MemoryTransport()
    life.person("李明", CHANNEL).begins().records("2026年3月1日")
    due = life.at("2026-10-29").next_due()
    assert due is not None
    executor = DbExecutor(store)
    sender = ScreenSender(transport, RateLimiter(0, 0))
    operators = Operators(("operator",), "en")
    reminders = ReminderSender(
        life.turns.planner, executor, sender, operators, render_screen, str, clock=lambda: due
    )
    try:
        assert asyncio.run(reminders.send_due()) == 1
        assert asyncio.run(reminders.send_due()) == 0
    finally:
        executor.close()
    (message,) = transport.chats["1000"]
    assert message.text.startswith("提醒")
    assert rows(store, "SELECT outcome, message FROM letters") == [("sent", message.id)]
