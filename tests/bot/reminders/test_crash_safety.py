"""The work of reminding ended before any statement, any commit and around the sending: once, or marked and shown."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from bot.delivery.rate_limit import RateLimiter
from bot.delivery.screen_sender import ScreenSender
from bot.delivery.send_result import SendResult
from bot.delivery.transport import Keyboard
from bot.reminders.reminder_sender import Operators, ReminderSender
from bot.store import Store
from bot.store.reminders import messages
from tests import migrated
from tests.bot.delivery.memory_service import MemoryTransport, Message, render_screen
from tests.bot.reminders.simulation import Life
from tests.postgres import PostgresServer

pytestmark = pytest.mark.slow

MOST_STEPS = 200


class KilledError(BaseException):
    """The process is gone: nothing that catches exceptions sees it."""


class OneThread:
    """The store for asyncio as `Desk` is, in the thread that waits."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def run(self, work: Callable[[Connection], Any]) -> Any:
        with self._store.transaction() as db:
            return work(db)


@dataclass
class Phone(MemoryTransport):
    """A chat service that calls `step` before and after each arrival."""

    channel: str = "telegram"
    step: Callable[[], None] = lambda: None

    @property
    def arrived(self) -> list[Message]:
        return [message for messages in self.chats.values() for message in messages]

    async def show(self, chat: str, text: str, keyboard: Keyboard = ()) -> SendResult:
        self.step()
        result = await super().show(chat, text, keyboard)
        self.step()
        return result


def works(life: Life, phone: Phone) -> None:
    """One look at all that is due, as `xingping worker --once` does it."""
    executor: Any = OneThread(life.store)
    sender, operators = ScreenSender(phone, RateLimiter(0, 0)), Operators(("4711",), "zh-Hans")
    worker = ReminderSender(
        life.turns.planner, executor, sender, operators, render_screen, str, lambda: life.now
    )
    asyncio.run(worker.send_due())


@contextmanager
def killed_at(store: Store, phone: Phone, wanted: int) -> Iterator[list[int]]:
    """Ends everything at step `wanted` of those that are counted."""
    counted = [0]

    def step(*_: object, **__: object) -> None:
        counted[0] += 1
        if counted[0] == wanted:
            raise KilledError

    phone.step = step
    event.listen(store.engine, "before_cursor_execute", step)
    event.listen(store.engine, "commit", step)
    try:
        yield counted
    finally:
        phone.step = lambda: None
        event.remove(store.engine, "before_cursor_execute", step)
        event.remove(store.engine, "commit", step)


def due(store: Store) -> Life:
    """A life at the hour at which its first reminder is due."""
    life = Life(store)
    life.person("李明").begins().records("2026年3月1日")
    first = life.at("2026-10-29").next_due()
    assert first is not None
    life.now = first
    return life


def is_once_or_shown(store: Store, step: int) -> bool:
    """Kills a worker at that step, lets another one take over and time pass; whether there was such a step."""
    life, phone, was_killed = due(store), Phone(), False
    with killed_at(store, phone, step):
        try:
            works(life, phone)
        except KilledError:
            was_killed = True
    works(life, phone)
    life.now += timedelta(hours=2)
    works(life, phone)
    with store.transaction() as db:
        unsure = messages.count_unsure(db)
    assert len(phone.arrived) <= 1, f"sent twice after step {step}"
    assert len(phone.arrived) == 1 or unsure == 1, f"lost without a word after step {step}"
    assert was_killed or (len(phone.arrived), unsure) == (1, 0)
    return was_killed


@pytest.mark.no_cover
def test_killed_at_any_step_on_sqlite(tmp_path: Path) -> None:
    steps = 0
    for step in range(1, MOST_STEPS):
        store = Store.open(migrated.copy_to(tmp_path / f"{step}.db"))
        try:
            if not is_once_or_shown(store, step):
                break
        finally:
            store.close()
        steps = step
    assert 8 <= steps < MOST_STEPS - 1


@pytest.mark.no_cover
@pytest.mark.postgres
def test_killed_at_some_steps_on_postgresql(postgres_server: PostgresServer, postgres_template: str) -> None:
    killed = []
    for step in range(1, MOST_STEPS, 4):
        with postgres_server.database(postgres_template) as name:
            store = Store.open(postgres_server.url(name))
            try:
                killed.append(is_once_or_shown(store, step))
            finally:
                store.close()
        if not killed[-1]:
            break
    assert killed.count(True) >= 3
