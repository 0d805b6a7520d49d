"""The retry with back-off: when to try again, and the loop that does."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from bot.delivery.send_result import RetryLater, UncertainDelivery

T = TypeVar("T")
FIRST_SECONDS = 1.0
LONGEST_PAUSE = timedelta(seconds=60)


def backoff_pause(attempts: int, longest: timedelta = LONGEST_PAUSE) -> timedelta:
    """Return a pause that doubles with each attempt up to a minute, with jitter so that many do not come at once."""
    limit = min(LONGEST_PAUSE.total_seconds(), FIRST_SECONDS * 2 ** min(attempts, 16))
    return min(timedelta(seconds=random.uniform(limit / 2, limit)), longest)  # noqa: S311 - no secret


def pause_before_retry(result: object, attempts: int, longest: timedelta = LONGEST_PAUSE) -> timedelta | None:
    """Return how long to wait before the next attempt; None when no other attempt is needed, or would help.

    `attempts` were made before this result. A pause that the service asks for is never shortened to `longest`.
    """
    match result:
        case RetryLater(timedelta() as asked):
            return asked
        case RetryLater() | UncertainDelivery():
            return backoff_pause(attempts, longest)
    return None


async def retry(call: Callable[[], Awaitable[T]], attempts: int | None = None) -> T:
    """Return the first result that needs no other attempt, else that of the last one; None: attempts without end."""
    made = 0
    while True:
        result = await call()
        pause = pause_before_retry(result, made)
        made += 1
        if pause is None or made == attempts:
            return result
        await asyncio.sleep(pause.total_seconds())
