"""Work that repeats for as long as the process runs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.store import StoreError

log = logging.getLogger(__name__)


async def run_periodically(work: Callable[[], Awaitable[object]], seconds: float, failure: str) -> None:
    """Do the work, every so many seconds, for ever.

    Nothing that goes wrong ends it: `failure` says in the log what did not come about, and it is tried the next time.
    """
    while True:
        try:
            await work()
        except StoreError as error:
            log.warning("%s: %s", failure, error)
        except Exception:
            log.exception("%s", failure)
        await asyncio.sleep(seconds)
