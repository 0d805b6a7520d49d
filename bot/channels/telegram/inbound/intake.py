"""Updates from Telegram into the store; only what is there is ever confirmed."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.inbound.chat_queues import ChatQueues
from bot.channels.telegram.transport.api import answer_query
from bot.channels.telegram.transport.telegram_transport import CHANNEL
from bot.delivery.db_executor import DbExecutor
from bot.store import StoreError
from bot.store.delivery import updates
from bot.store.delivery.updates import ReceivedUpdate, StoredUpdate

MOST_UPDATES_WAITING = 5_000
"""No more updates are fetched while more than this wait to be handled."""
CROWDED_SECONDS = 0.1
log = logging.getLogger(__name__)


@dataclass(slots=True)
class UpdateIntake:
    """Takes updates in, from whichever way they come."""

    bot: Bot
    bot_id: str
    executor: DbExecutor
    chats: ChatQueues
    clock: Callable[[], datetime]
    answer_tasks: set[asyncio.Task[None]] = field(default_factory=set)
    warned_updates: set[str] = field(default_factory=set)

    async def accept(self, received: Sequence[ReceivedUpdate]) -> list[str]:
        """Store the updates and have them dealt with; the presses among them, which are to be answered now.

        Raises StoreError, and then none of them may be confirmed.
        """
        now = self.clock()
        try:
            accepted = await self.executor.run(
                lambda db: updates.accept_updates(db, CHANNEL, self.bot_id, received, now)
            )
        except StoreError as error:
            await self._warn_not_saved(received, error)
            raise
        self.warned_updates.clear()
        for stored in accepted:
            self.chats.put(stored)
        return [query for one in received if (query := _query_id(one.payload))]

    async def receive(self, received: Sequence[ReceivedUpdate]) -> None:
        """Accept the updates, answer the presses among them, and return once there is room for more."""
        for query in await self.accept(received):
            self.answer_in_background(query)
        while self.chats.waiting_count > MOST_UPDATES_WAITING:
            await asyncio.sleep(CROWDED_SECONDS)

    def answer_in_background(self, query: str) -> None:
        """Answer a callback query empty, in the background; its result is on the screen."""
        task = asyncio.create_task(self._try_to_answer(query))
        self.answer_tasks.add(task)
        task.add_done_callback(self.answer_tasks.discard)

    async def resume(self) -> None:
        """Deal with what was accepted before and has had no effect yet."""
        for stored in await self.executor.run(lambda db: updates.list_waiting(db, CHANNEL, self.bot_id)):
            self.chats.put(stored)

    async def _try_to_answer(self, query: str) -> None:
        try:
            await answer_query(self.bot, query)
        except TelegramError:
            log.debug("a button could not be answered")

    async def _warn_not_saved(self, received: Sequence[ReceivedUpdate], error: StoreError) -> None:
        """Tell each contact once, until something can be saved again."""
        for one in received:
            if one.id not in self.warned_updates:
                self.warned_updates.add(one.id)
                await self.chats.send_not_saved(StoredUpdate(0, one.id, one.payload), error)


def _query_id(raw: dict[str, Any]) -> str | None:
    """What the press is known by, where the update is one."""
    query = raw.get("callback_query")
    known = query.get("id") if isinstance(query, dict) else None
    return known if isinstance(known, str) else None
