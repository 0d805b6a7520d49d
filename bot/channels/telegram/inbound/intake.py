"""Updates from Telegram into the store; only what is there is ever confirmed."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.inbound.chat_queues import ChatQueues
from bot.channels.telegram.inbound.updates import ALLOWED_UPDATES
from bot.channels.telegram.transport.api import answer_query
from bot.channels.telegram.transport.http import UpdatesRequest
from bot.channels.telegram.transport.send_result import RetryLater, backoff_pause, classify_error
from bot.delivery.db_executor import DbExecutor
from bot.errors import FatalError
from bot.store import StoreError
from bot.store.delivery import updates
from bot.store.delivery.updates import StoredUpdate

POLL_SECONDS = 25
LONGEST_POLL_PAUSE = 15.0
"""Seconds; longer only where Telegram itself says so."""
MOST_UPDATES_WAITING = 5_000
"""So many updates that nobody has dealt with yet, and no more are fetched."""
log = logging.getLogger(__name__)


@dataclass(slots=True)
class UpdateIntake:
    """Takes updates in, from whichever way they come."""

    bot: Bot
    bot_id: int
    executor: DbExecutor
    chats: ChatQueues
    clock: Callable[[], datetime]
    answer_tasks: set[asyncio.Task[None]] = field(default_factory=set)
    warned_updates: set[int] = field(default_factory=set)

    async def accept(self, raw: Sequence[dict[str, Any]]) -> list[str]:
        """Store the updates and have them dealt with; the presses among them, which are to be answered now.

        Raises StoreError, and then none of them may be confirmed.
        """
        now = self.clock()
        try:
            accepted = await self.executor.run(lambda db: updates.accept_updates(db, self.bot_id, raw, now))
        except StoreError as error:
            await self._warn_not_saved(raw, error)
            raise
        self.warned_updates.clear()
        for stored in accepted:
            self.chats.put(stored)
        return [query for one in raw if (query := _query_id(one))]

    def answer_in_background(self, query: str) -> None:
        """Have the button stop spinning, by a call of its own; what came of it is on the screen."""
        task = asyncio.create_task(self._try_to_answer(query))
        self.answer_tasks.add(task)
        task.add_done_callback(self.answer_tasks.discard)

    async def resume(self) -> None:
        """Deal with what was accepted before and has had no effect yet."""
        for stored in await self.executor.run(lambda db: updates.list_waiting(db, self.bot_id)):
            self.chats.put(stored)

    async def _try_to_answer(self, query: str) -> None:
        try:
            await answer_query(self.bot, query)
        except TelegramError:
            log.debug("a button could not be answered")

    async def _warn_not_saved(self, raw: Sequence[dict[str, Any]], error: StoreError) -> None:
        """Once for each chat, until something can be saved again."""
        for one in raw:
            stored = StoredUpdate(0, one["update_id"], one)
            if one["update_id"] not in self.warned_updates:
                self.warned_updates.add(one["update_id"])
                await self.chats.send_not_saved(stored, error)


@dataclass(slots=True)
class UpdatePoller:
    """Asks Telegram for updates; `request` is the bot's own for that."""

    bot: Bot
    request: UpdatesRequest
    intake: UpdateIntake
    offset: int | None = None
    problem: str = ""

    async def run(self) -> None:
        """Fetch for ever. Raises FatalError where the token is refused."""
        attempts = 0
        while True:
            pause = await self._poll_once(attempts)
            attempts = attempts + 1 if pause else 0
            if pause:
                await asyncio.sleep(pause)

    async def _poll_once(self, attempts: int) -> float:
        """One request; how many seconds to wait before the next."""
        if self.intake.chats.waiting_count > MOST_UPDATES_WAITING:
            return 0.1
        try:
            await self._accept(await self._fetch())
        except InvalidToken as error:
            raise FatalError(BOT_UNAUTHORIZED) from error
        except TelegramError as error:
            return self._pause_after_error(error, attempts)
        except StoreError as error:
            self._log_problem(f"updates cannot be stored, and stay with Telegram: {error}")
            return min(backoff_pause(attempts).total_seconds(), LONGEST_POLL_PAUSE)
        except Exception:
            log.exception("updates could not be fetched")
            return LONGEST_POLL_PAUSE
        self._log_problem("")
        return 0.0

    async def _fetch(self) -> list[Any]:
        await self.bot.get_updates(
            offset=self.offset,
            timeout=POLL_SECONDS,
            limit=100,
            allowed_updates=ALLOWED_UPDATES,
            read_timeout=10,
        )
        return self.request.take_updates()

    async def _accept(self, raw_updates: list[Any]) -> None:
        good = [one for one in raw_updates if updates.is_update(one)]
        if len(good) < len(raw_updates):
            log.warning("%s updates have no id and are left aside", len(raw_updates) - len(good))
        if good:
            for query in await self.intake.accept(good):
                self.intake.answer_in_background(query)
            self.offset = good[-1]["update_id"] + 1

    def _pause_after_error(self, error: TelegramError, attempts: int) -> float:
        if isinstance(error, Conflict):
            self._log_problem(POLLING_CONFLICT)
            return 5.0
        self._log_problem(f"Telegram cannot be reached ({error.message}); trying again")
        outcome = classify_error(error, attempts)
        told = isinstance(error, RetryAfter) and isinstance(outcome, RetryLater)
        pause = outcome.pause if isinstance(outcome, RetryLater) else backoff_pause(attempts)
        return pause.total_seconds() if told else min(pause.total_seconds(), LONGEST_POLL_PAUSE)

    def _log_problem(self, problem: str) -> None:
        """A line when something begins to be wrong, and one when it is over."""
        if problem and problem != self.problem:
            log.warning("%s", problem)
        elif self.problem and not problem:
            log.warning("updates come in again")
        self.problem = problem


def _query_id(raw: dict[str, Any]) -> str | None:
    """What the press is known by, where the update is one."""
    query = raw.get("callback_query")
    known = query.get("id") if isinstance(query, dict) else None
    return known if isinstance(known, str) else None


BOT_UNAUTHORIZED = (
    "Telegram refuses the token; check XINGPING_TELEGRAM_TOKEN against what @BotFather gives for your bot"
)
POLLING_CONFLICT = (
    "another program fetches this bot's updates, or has a webhook set; stop it: each update goes to one only"
)
