"""Reminders going out at Telegram's limit: whether the work behind each keeps up with what Telegram admits."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.channels.telegram.outbound.chat_screen import render_reminder
from bot.delivery.db_executor import DbExecutor
from bot.delivery.rate_limit import BURST_OVERALL, RateLimiter
from bot.delivery.screen_sender import ScreenSender
from bot.reminders.reminder_sender import Operators, ReminderSender
from bot.store import Store
from bot.store.schema import delivery_tables
from tests.bot.delivery.memory_service import MemoryTransport
from tests.bot.reminders.simulation import Life

pytestmark = pytest.mark.bench
MANY, A_SECOND = 300, 30.0


def test_delivery_at_the_limit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Against the least time that the limit allows, in the same run."""
    store = Store.open(f"sqlite:///{tmp_path / 'many.db'}")
    life = _many_due(store)
    desk, sender = DbExecutor(store), ScreenSender(MemoryTransport("telegram"), RateLimiter(A_SECOND, 1.0))
    operators = Operators((), "zh-Hans")
    worker = ReminderSender(
        life.turns.planner, desk, sender, operators, render_reminder, str, lambda: life.now
    )
    began = time.perf_counter()
    try:
        sent = asyncio.run(worker.send_due())
    finally:
        desk.close()
        store.close()
    took, ideal = time.perf_counter() - began, (MANY - BURST_OVERALL) / A_SECOND
    assert sent == MANY
    with capsys.disabled():
        print(f"\n{MANY} reminders: {took:.1f} s, {took / ideal:.2f} × the least that {A_SECOND:.0f}/s allow")


def _many_due(store: Store) -> Life:
    """As many people with a reminder for the same hour."""
    life = Life(store)
    for number in range(MANY):
        life.person(f"李{number}").begins(f"第{number}号公司").records("2026年3月1日", number=f"CTS-{number}")
    life.now = datetime(2026, 10, 30, 1, 0, tzinfo=UTC)
    with store.transaction() as db:
        db.execute(update(delivery_tables.agendas).values(next_at=life.now))
    return life
