"""`xingping serve`, put together: what runs, in which order it starts, and in which it stops."""

import asyncio
import hashlib
import logging
import os
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram_update import USED
from bot.fatal import FatalError
from bot.handout import Handout
from bot.serving.chats import Chats
from bot.serving.delivery import Delivery
from bot.serving.desk import Desk
from bot.serving.listener import Listener
from bot.serving.outcomes import RetryAt, outcome_of
from bot.serving.pace import Pace
from bot.serving.receiving import REFUSED, Intake, Polling
from bot.serving.request import AiohttpRequest, UpdatesRequest
from bot.serving.showing import Showing
from bot.serving.turning import Turning
from bot.settings import Settings
from bot.store import Store, panels
from bot.store.files import EvidenceFolder
from bot.store.updates import forget
from bot.turns import Turns
from bot.words import say, sections
from rubric.library import Library

STOP_SECONDS = 8.0
"""Within this all has ended that was under way when the process was told to stop."""
FORGET_SECONDS = 3600.0
# Telegram knows two-letter languages only; who speaks Traditional Chinese gets the menu with the language's choice.
_MENU_LANGUAGES = {"zh-Hans": "zh", "en": "en"}
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Serving:
    """What `xingping serve` works with. `sends`: whether this process also delivers."""

    settings: Settings
    store: Store
    library: Library
    sends: bool = True

    async def run(self) -> None:
        """Serve until SIGTERM or SIGINT. Raises FatalError, StoreError and OSError where it cannot begin."""
        async with AsyncExitStack() as stack:
            await self._serve(stack)

    async def _serve(self, stack: AsyncExitStack) -> None:
        desk = Desk(self.store)
        stack.callback(desk.close)
        updates_request = UpdatesRequest()
        bot = _bot(self.settings, updates_request)
        stopped = _told_to_stop()
        if not await _until(stopped, _connect(bot)):
            return
        stack.push_async_callback(bot.shutdown)
        holder = holder_name()
        await desk.run(lambda db: panels.release(db, is_gone))
        delivery = await stack.enter_async_context(self._delivery(bot, desk, holder)) if self.sends else None
        evidence = EvidenceFolder(self.settings.data_dir / "evidence", self.settings.max_file_mb)
        turns = Turns(self.store, self.library, evidence=evidence.path)
        handout = Handout(self.settings.data_dir / "outgoing")
        turning = Turning(turns, bot.username, handout, holder if delivery else None)
        chats = Chats(bot, desk, turning, evidence, delivery, self.settings.language)
        stack.push_async_callback(chats.stop, STOP_SECONDS / 2)
        intake = Intake(bot, bot.id, desk, chats, turns.clock)
        listener = Listener(desk, intake, *self._webhook())
        await stack.enter_async_context(listening(listener, self.settings))
        stack.enter_context(_in_background(self._housekeeping(desk, turns)))
        await intake.resume()
        await _introduce(bot, self.settings)
        await self._receive(bot, Polling(bot, updates_request, intake), listener, stopped)

    async def _receive(self, bot: Bot, polling: Polling, listener: Listener, stopped: asyncio.Event) -> None:
        path, secret = self._webhook()
        if path:
            await _retried(
                lambda: bot.set_webhook(
                    self.settings.webhook_url, allowed_updates=USED, secret_token=secret, max_connections=40
                )
            )
        else:
            await _retried(bot.delete_webhook)
        listener.is_ready = True
        log.info("@%s is served by %s", bot.username, "webhook" if path else "long polling")
        await _until(stopped, stopped.wait() if path else polling.run())
        listener.is_ready = False

    @asynccontextmanager
    async def _delivery(self, bot: Bot, desk: Desk, holder: str) -> AsyncIterator[Delivery]:
        pace = Pace(self.settings.sends_per_second, self.settings.sends_per_chat)
        delivery = Delivery(bot, desk, Showing(bot, pace), holder)
        with _in_background(delivery.sweep()):
            yield delivery
        await delivery.drain(STOP_SECONDS / 2)

    def _webhook(self) -> tuple[str, str]:
        """Path and secret of the webhook; empty where there is none."""
        url = self.settings.webhook_url
        if not url:
            return "", ""
        derived = hashlib.sha256(f"webhook of {self.settings.telegram_token}".encode()).hexdigest()
        return urlsplit(url).path or "/", self.settings.webhook_secret or derived

    async def _housekeeping(self, desk: Desk, turns: Turns) -> None:
        while True:
            await desk.run(lambda db: forget(db, turns.clock()))
            await asyncio.to_thread(turns.clear_away)
            await asyncio.sleep(FORGET_SECONDS)


def holder_name() -> str:
    """Names this worker where it claims what is to be sent."""
    return f"{socket.gethostname()[:60]}/{os.getpid()}/{secrets.token_hex(4)}"


def is_gone(holder: str) -> bool:
    """Whether the worker of that name ran on this machine and does no more."""
    host, pid, _ = holder.rsplit("/", 2)
    if host != socket.gethostname()[:60]:
        return False
    if int(pid) == os.getpid():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _bot(settings: Settings, updates_request: UpdatesRequest) -> Bot:
    base = settings.telegram_api_base.rstrip("/")
    return Bot(
        settings.telegram_token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=updates_request,
    )


async def _connect(bot: Bot) -> None:
    """Learn who the bot is, however long Telegram is away. Raises FatalError where the token is refused."""
    try:
        await _retried(bot.initialize)
    except InvalidToken as error:
        raise FatalError(REFUSED) from error


async def _retried(call: Callable[[], Awaitable[object]]) -> None:
    """Do it until it is done. Raises InvalidToken, which no repetition mends."""
    attempts = 0
    while True:
        try:
            await call()
        except InvalidToken:
            raise
        except TelegramError as error:
            outcome = outcome_of(error, attempts)
            pause = outcome.pause.total_seconds() if isinstance(outcome, RetryAt) else 5.0
            if attempts == 0:
                log.warning("Telegram cannot be reached (%s); trying again", error.message)
            attempts += 1
            await asyncio.sleep(pause)
        else:
            return


async def _introduce(bot: Bot, settings: Settings) -> None:
    """Tell Telegram the commands and what this is, in each language that it can tell apart. Best effort."""
    try:
        for locale in (settings.language, *_MENU_LANGUAGES):
            code = None if locale == settings.language else _MENU_LANGUAGES[locale]
            await bot.set_my_commands(commands_of(locale), language_code=code)
            await bot.set_my_description(say(locale, "telegram.description"), language_code=code)
            await bot.set_my_short_description(say(locale, "telegram.about"), language_code=code)
    except TelegramError as error:
        log.warning("the menu of commands could not be set (%s)", error.message)


def commands_of(locale: str) -> list[BotCommand]:
    return [BotCommand(name, text) for name, text in sections(locale)["command"].items()]


def _told_to_stop() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopped.set)
    return stopped


async def _until(stopped: asyncio.Event, work: Awaitable[object]) -> bool:
    """Do the work until it ends, which is true, or until the process is told to stop. Raises what it raises."""
    task, stop = asyncio.ensure_future(work), asyncio.ensure_future(stopped.wait())
    await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if task.done():
        await task
        return True
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return False


class _in_background:  # noqa: N801 - reads as a statement
    """A task that runs as long as the block."""

    def __init__(self, work: Awaitable[None]) -> None:
        self._work = work

    def __enter__(self) -> None:
        self._task = asyncio.ensure_future(self._work)

    def __exit__(self, *_: object) -> None:
        self._task.cancel()


@asynccontextmanager
async def listening(listener: Listener, settings: Settings) -> AsyncIterator[None]:
    """Answer HTTP on the listen address; without a webhook, an address that is taken is no reason not to serve."""
    host, _, port = settings.webhook_listen.rpartition(":")
    runner = web.AppRunner(listener.application(), access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host.strip("[]"), int(port)).start()
        except OSError:
            if settings.webhook_url:
                raise
            log.warning("%s is taken; /healthz and /readyz are not answered", settings.webhook_listen)
        yield
    finally:
        await runner.cleanup()
