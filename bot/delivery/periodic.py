"""What is done again and again for as long as the process runs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.store import StoreError

log = logging.getLogger(__name__)


async def run_periodically(work: Callable[[], Awaitable[object]], seconds: float, failed: str) -> None:
    """Do the work, every so many seconds, for ever.

    Nothing that goes wrong ends it: `failed` says in the log what did not come about, and it is tried the next time.
    """
    while True:
        try:
            await work()
        except StoreError as error:
            log.warning("%s: %s", failed, error)
        except Exception:
            log.exception("%s", failed)
        await asyncio.sleep(seconds)
