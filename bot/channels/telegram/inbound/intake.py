"""Updates from Telegram into the store; only what is there is ever confirmed."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.inbound.chat_queues import Chats
from bot.channels.telegram.inbound.updates import USED
from bot.channels.telegram.transport.api import answer_query
from bot.channels.telegram.transport.http import UpdatesRequest
from bot.channels.telegram.transport.send_result import RetryAt, outcome_of, pause_after
from bot.delivery.db_executor import Desk
from bot.errors import FatalError
from bot.store import StoreError
from bot.store.delivery import updates
from bot.store.delivery.updates import StoredUpdate

POLL_SECONDS = 25
MOST_PAUSE = 15.0
"""Seconds; longer only where Telegram itself says so."""
MOST_WAITING = 5_000
"""So many updates that nobody has dealt with yet, and no more are fetched."""
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Intake:
    """Takes updates in, from whichever way they come."""

    bot: Bot
    bot_id: int
    desk: Desk
    chats: Chats
    clock: Callable[[], datetime]
    answers: set[asyncio.Task[None]] = field(default_factory=set)
    told: set[int] = field(default_factory=set)

    async def accept(self, raw: Sequence[dict[str, Any]]) -> list[str]:
        """Store the updates and have them dealt with; the presses among them, which are to be answered now.

        Raises StoreError, and then none of them may be confirmed.
        """
        now = self.clock()
        try:
            accepted = await self.desk.run(lambda db: updates.accept(db, self.bot_id, raw, now))
        except StoreError as error:
            await self._tell(raw, error)
            raise
        self.told.clear()
        for stored in accepted:
            self.chats.put(stored)
        return [query for one in raw if (query := _query_of(one))]

    def answer(self, query: str) -> None:
        """Have the button stop spinning, by a call of its own; what came of it is on the screen."""
        task = asyncio.create_task(self._try_to_answer(query))
        self.answers.add(task)
        task.add_done_callback(self.answers.discard)

    async def resume(self) -> None:
        """Deal with what was accepted before and has had no effect yet."""
        for stored in await self.desk.run(lambda db: updates.waiting(db, self.bot_id)):
            self.chats.put(stored)

    async def _try_to_answer(self, query: str) -> None:
        try:
            await answer_query(self.bot, query)
        except TelegramError:
            log.debug("a button could not be answered")

    async def _tell(self, raw: Sequence[dict[str, Any]], error: StoreError) -> None:
        """Once for each chat, until something can be saved again."""
        for one in raw:
            stored = StoredUpdate(0, one["update_id"], one)
            if one["update_id"] not in self.told:
                self.told.add(one["update_id"])
                await self.chats.tell_not_saved(stored, error)


@dataclass(slots=True)
class Polling:
    """Asks Telegram for updates; `request` is the bot's own for that."""

    bot: Bot
    request: UpdatesRequest
    intake: Intake
    offset: int | None = None
    problem: str = ""

    async def run(self) -> None:
        """Fetch for ever. Raises FatalError where the token is refused."""
        attempts = 0
        while True:
            pause = await self._round(attempts)
            attempts = attempts + 1 if pause else 0
            if pause:
                await asyncio.sleep(pause)

    async def _round(self, attempts: int) -> float:
        """One request; how many seconds to wait before the next."""
        if self.intake.chats.waiting > MOST_WAITING:
            return 0.1
        try:
            await self._take(await self._fetch())
        except InvalidToken as error:
            raise FatalError(REFUSED) from error
        except TelegramError as error:
            return self._failed(error, attempts)
        except StoreError as error:
            self._say(f"updates cannot be stored, and stay with Telegram: {error}")
            return min(pause_after(attempts).total_seconds(), MOST_PAUSE)
        except Exception:
            log.exception("updates could not be fetched")
            return MOST_PAUSE
        self._say("")
        return 0.0

    async def _fetch(self) -> list[Any]:
        await self.bot.get_updates(
            offset=self.offset, timeout=POLL_SECONDS, limit=100, allowed_updates=USED, read_timeout=10
        )
        return self.request.take()

    async def _take(self, found: list[Any]) -> None:
        good = [one for one in found if updates.is_update(one)]
        if len(good) < len(found):
            log.warning("%s updates have no id and are left aside", len(found) - len(good))
        if good:
            for query in await self.intake.accept(good):
                self.intake.answer(query)
            self.offset = good[-1]["update_id"] + 1

    def _failed(self, error: TelegramError, attempts: int) -> float:
        if isinstance(error, Conflict):
            self._say(CONFLICT)
            return 5.0
        self._say(f"Telegram cannot be reached ({error.message}); trying again")
        outcome = outcome_of(error, attempts)
        told = isinstance(error, RetryAfter) and isinstance(outcome, RetryAt)
        pause = outcome.pause if isinstance(outcome, RetryAt) else pause_after(attempts)
        return pause.total_seconds() if told else min(pause.total_seconds(), MOST_PAUSE)

    def _say(self, problem: str) -> None:
        """A line when something begins to be wrong, and one when it is over."""
        if problem and problem != self.problem:
            log.warning("%s", problem)
        elif self.problem and not problem:
            log.warning("updates come in again")
        self.problem = problem


def _query_of(raw: dict[str, Any]) -> str | None:
    """What the press is known by, where the update is one."""
    query = raw.get("callback_query")
    known = query.get("id") if isinstance(query, dict) else None
    return known if isinstance(known, str) else None


REFUSED = (
    "Telegram refuses the token; check XINGPING_TELEGRAM_TOKEN against what @BotFather gives for your bot"
)
CONFLICT = (
    "another program fetches this bot's updates, or has a webhook set; stop it: each update goes to one only"
)
