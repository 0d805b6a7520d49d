"""`xingping worker`: sends what others put into the store."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime

from bot.channels.telegram.outbound.chat_screen import screen_fallback
from bot.channels.telegram.outbound.reminders import make_reminder_sender
from bot.channels.telegram.transport.connection import (
    connect,
    install_stop_signals,
    open_bot,
    run_until_stopped,
)
from bot.channels.telegram.transport.telegram_transport import TelegramTransport
from bot.conversations.turns import utc_now
from bot.delivery.db_executor import DbExecutor
from bot.delivery.delivery import Delivery
from bot.delivery.rate_limit import RateLimiter
from bot.delivery.screen_sender import ScreenSender
from bot.delivery.worker_name import is_worker_gone, make_worker_name
from bot.reminders.planner import ReminderPlanner
from bot.settings import Settings
from bot.store import Store
from bot.store.delivery import chat_screens
from rubric import Library

OUTBOX_CHECK_SECONDS = 0.5
DRAIN_SECONDS = 8.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TelegramWorker:
    """What a worker works with."""

    settings: Settings
    store: Store
    library: Library
    clock: Callable[[], datetime] = utc_now

    @property
    def planner(self) -> ReminderPlanner:
        return ReminderPlanner(self.library, str(self.settings.timezone), self.store.cache)

    async def run(self, *, once: bool) -> None:
        """Send until the process is stopped, or once what is due now. Raises FatalError and StoreError."""
        async with AsyncExitStack() as stack:
            desk = DbExecutor(self.store)
            stack.callback(desk.close)
            bot, updates_request = await stack.enter_async_context(open_bot(self.settings))
            stopped = install_stop_signals()
            if not await run_until_stopped(stopped, connect(bot)):
                return
            await desk.run(lambda db: chat_screens.release_lost_claims(db, is_worker_gone))
            limiter = RateLimiter(self.settings.sends_per_second, self.settings.sends_per_chat)
            sender = ScreenSender(TelegramTransport(bot, updates_request), limiter)
            delivery = Delivery(desk, sender, make_worker_name(), screen_fallback, self.clock)
            reminders = make_reminder_sender(self.settings, self.planner, desk, sender)
            reminders.clock = self.clock
            if once:
                await run_until_stopped(stopped, reminders.send_due())
                await delivery.claim_due()
                await run_until_stopped(stopped, delivery.wait_until_idle())
            else:
                log.info("@%s is sent for", bot.username)
                work = asyncio.gather(delivery.run_forever(OUTBOX_CHECK_SECONDS), reminders.run_forever())
                await run_until_stopped(stopped, work)
            await delivery.drain(DRAIN_SECONDS)
