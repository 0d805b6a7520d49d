"""`xingping worker`: sends what others put into the store."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime

from bot.channels.telegram.outbound.delivery import Delivery
from bot.channels.telegram.outbound.reminder_sender import reminders_of
from bot.channels.telegram.outbound.screen_sender import Showing
from bot.channels.telegram.transport.connection import bot_of, connect, told_to_stop, until
from bot.conversations.turns import utc_now
from bot.delivery.db_executor import Desk
from bot.delivery.rate_limit import RateLimiter
from bot.delivery.worker_name import holder_name, is_gone
from bot.reminders.planner import ReminderPlanner
from bot.settings import Settings
from bot.store import Store
from bot.store.delivery import chat_screens
from rubric.library.library import Library

LOOK_SECONDS = 0.5
DRAIN_SECONDS = 8.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Working:
    """What a worker works with."""

    settings: Settings
    store: Store
    library: Library
    clock: Callable[[], datetime] = utc_now

    @property
    def attending(self) -> ReminderPlanner:
        return ReminderPlanner(self.library, str(self.settings.timezone), self.store.recent)

    async def run(self, *, once: bool) -> None:
        """Send until told to stop, or what is due now and no more. Raises FatalError and StoreError."""
        async with AsyncExitStack() as stack:
            desk = Desk(self.store)
            stack.callback(desk.close)
            bot, _ = await stack.enter_async_context(bot_of(self.settings))
            stopped = told_to_stop()
            if not await until(stopped, connect(bot)):
                return
            await desk.run(lambda db: chat_screens.release(db, is_gone))
            pace = RateLimiter(self.settings.sends_per_second, self.settings.sends_per_chat)
            delivery = Delivery(bot, desk, Showing(bot, pace), holder_name(), self.clock)
            reminders = reminders_of(self.settings, self.attending, desk, delivery.showing)
            reminders.clock = self.clock
            if once:
                await until(stopped, reminders.send_due())
                await delivery.take_over()
                await until(stopped, delivery.settled())
            else:
                log.info("@%s is sent for", bot.username)
                work = asyncio.gather(delivery.sweep(LOOK_SECONDS), reminders.sweep())
                await until(stopped, work)
            await delivery.drain(DRAIN_SECONDS)
