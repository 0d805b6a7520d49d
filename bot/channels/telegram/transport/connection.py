"""The connection to the Bot API, and a process that ends on a signal."""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.transport.http import AiohttpRequest, UpdatesRequest
from bot.channels.telegram.transport.messages import BOT_UNAUTHORIZED
from bot.channels.telegram.transport.send_errors import classify_error
from bot.delivery.backoff import retry
from bot.delivery.send_result import RetryLater
from bot.errors import FatalError
from bot.settings import Settings

log = logging.getLogger(__name__)


def use_timedelta() -> None:
    """Have python-telegram-bot give `retry_after` as a timedelta; it warns about numbers."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")


@asynccontextmanager
async def open_bot(settings: Settings) -> AsyncIterator[tuple[Bot, UpdatesRequest]]:
    """The bot, not connected yet, and its request for updates; their connections are closed at the end."""
    use_timedelta()
    base, requests = settings.telegram_api_base.rstrip("/"), (AiohttpRequest(), UpdatesRequest())
    bot = Bot(
        settings.telegram_token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=requests[0],
        get_updates_request=requests[1],
    )
    try:
        yield bot, requests[1]
    finally:
        for request in requests:
            await request.shutdown()


async def connect(bot: Bot) -> None:
    """Learn who the bot is, however long Telegram is away. Raises FatalError where the token is refused."""
    try:
        await retry_until_done(bot.initialize)
    except InvalidToken as error:
        raise FatalError(BOT_UNAUTHORIZED) from error


async def retry_until_done(call: Callable[[], Awaitable[object]]) -> None:
    """Do it until it is done. Raises InvalidToken, which no repetition mends."""
    is_logged = False

    async def attempt() -> RetryLater | None:
        nonlocal is_logged
        try:
            await call()
        except InvalidToken:
            raise
        except TelegramError as error:
            if not is_logged:
                log.warning("Telegram cannot be reached (%s); trying again", error.message)
            is_logged = True
            result = classify_error(error)
            return result if isinstance(result, RetryLater) else RetryLater()
        return None

    await retry(attempt)


def install_stop_signals() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopped.set)
    return stopped


async def run_until_stopped(stopped: asyncio.Event, work: Awaitable[object]) -> bool:
    """Run the work until it ends (return True) or the process is asked to stop. Raises what the work raises."""
    task, stop = asyncio.ensure_future(work), asyncio.ensure_future(stopped.wait())
    await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if task.done():
        await task
        return True
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return False
