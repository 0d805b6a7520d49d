"""Long polling: updates are fetched from Telegram, and confirmed once they are accepted."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.telegram.transport.http import UpdatesRequest
from bot.channels.telegram.transport.messages import BOT_UNAUTHORIZED, POLLING_CONFLICT
from bot.channels.telegram.transport.send_errors import classify_error
from bot.delivery.backoff import backoff_pause, pause_before_retry
from bot.delivery.transport import AcceptUpdates
from bot.errors import FatalError
from bot.store import StoreError
from bot.store.delivery.updates import ReceivedUpdate

POLL_SECONDS = 25
LONGEST_POLL_PAUSE = timedelta(seconds=15)
"""Longer only when Telegram asks for it."""
CONFLICT_PAUSE = timedelta(seconds=5)
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds that Telegram is asked for."""
log = logging.getLogger(__name__)


@dataclass(slots=True)
class UpdatePoller:
    """A long poller; `request` is used for nothing else. Raises FatalError when the token is refused."""

    bot: Bot
    request: UpdatesRequest
    accept: AcceptUpdates
    offset: int | None = None
    problem: str = ""

    async def run(self) -> None:
        """Fetch for ever. Raises FatalError where the token is refused."""
        attempts = 0
        while True:
            pause = await self._poll_once(attempts)
            attempts = attempts + 1 if pause else 0
            if pause:
                await asyncio.sleep(pause.total_seconds())

    async def _poll_once(self, attempts: int) -> timedelta | None:
        """Make one request, and return how long to wait before the next."""
        try:
            await self._accept(await self._fetch())
        except InvalidToken as error:
            raise FatalError(BOT_UNAUTHORIZED) from error
        except TelegramError as error:
            return self._pause_after_error(error, attempts)
        except StoreError as error:
            self._log_problem(f"updates cannot be stored, and stay with Telegram: {error}")
            return backoff_pause(attempts, LONGEST_POLL_PAUSE)
        except Exception:
            log.exception("updates could not be fetched")
            return LONGEST_POLL_PAUSE
        self._log_problem("")
        return None

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
        good = [update for one in raw_updates if (update := read_update(one))]
        if len(good) < len(raw_updates):
            log.warning("%s updates have no id and are left aside", len(raw_updates) - len(good))
        if good:
            await self.accept(good)
            self.offset = int(good[-1].id) + 1

    def _pause_after_error(self, error: TelegramError, attempts: int) -> timedelta:
        if isinstance(error, Conflict):
            self._log_problem(POLLING_CONFLICT)
            return CONFLICT_PAUSE
        self._log_problem(f"Telegram cannot be reached ({error.message}); trying again")
        pause = pause_before_retry(classify_error(error), attempts, LONGEST_POLL_PAUSE)
        return pause or backoff_pause(attempts, LONGEST_POLL_PAUSE)

    def _log_problem(self, problem: str) -> None:
        """A line when something begins to be wrong, and one when it is over."""
        if problem and problem != self.problem:
            log.warning("%s", problem)
        elif self.problem and not problem:
            log.warning("updates come in again")
        self.problem = problem


def read_update(raw: object) -> ReceivedUpdate | None:
    """Return what can be stored: an object with an id; None for anything else."""
    if not isinstance(raw, dict):
        return None
    number = raw.get("update_id")
    is_id = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63
    return ReceivedUpdate(str(number), raw) if is_id else None
