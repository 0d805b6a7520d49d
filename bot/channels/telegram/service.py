"""`xingping serve`, put together: what runs, in which order it starts, and in which it stops."""

import asyncio
import gc
import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot

from bot.channels.telegram.inbound.chat_queues import Chats
from bot.channels.telegram.inbound.intake import Intake, Polling
from bot.channels.telegram.inbound.update_handler import Turning
from bot.channels.telegram.inbound.updates import USED
from bot.channels.telegram.inbound.webhook import Listener
from bot.channels.telegram.outbound.delivery import Delivery
from bot.channels.telegram.outbound.reminder_sender import reminders_of
from bot.channels.telegram.outbound.screen_sender import Showing
from bot.channels.telegram.transport.command_menu import introduce
from bot.channels.telegram.transport.connection import bot_of, connect, retried, told_to_stop, until
from bot.conversations.attachments import Handout
from bot.conversations.turns import Turns
from bot.delivery.db_executor import Desk
from bot.delivery.periodic import run_periodically
from bot.delivery.rate_limit import RateLimiter
from bot.delivery.worker_name import holder_name, is_gone
from bot.settings import Settings
from bot.store import Store
from bot.store.delivery import chat_screens
from bot.store.delivery.updates import forget
from bot.store.evidence import EvidenceFolder
from rubric.library.library import Library

STOP_SECONDS = 8.0
"""Within this all has ended that was under way when the process was told to stop."""
FORGET_SECONDS = 3600.0
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
        _settle_memory()
        async with AsyncExitStack() as stack:
            await self._serve(stack)

    async def _serve(self, stack: AsyncExitStack) -> None:
        desk = Desk(self.store)
        stack.callback(desk.close)
        bot, updates_request = await stack.enter_async_context(bot_of(self.settings))
        stopped = told_to_stop()
        if not await until(stopped, connect(bot)):
            return
        holder = holder_name()
        await desk.run(lambda db: chat_screens.release(db, is_gone))
        delivery = await stack.enter_async_context(self._delivery(bot, desk, holder)) if self.sends else None
        evidence = EvidenceFolder(self.settings.data_dir / "evidence", self.settings.max_file_mb)
        turns = Turns(self.store, self.library, evidence=evidence.path, zone=str(self.settings.timezone))
        if delivery is not None:
            reminders = reminders_of(self.settings, turns.attending, desk, delivery.showing)
            stack.enter_context(_in_background(reminders.sweep()))
        handout = Handout(self.settings.data_dir / "outgoing")
        turning = Turning(turns, bot.username, handout, holder if delivery else None)
        chats = Chats(bot, desk, turning, evidence, delivery, self.settings.language)
        stack.push_async_callback(chats.stop, STOP_SECONDS / 2)
        intake = Intake(bot, bot.id, desk, chats, turns.clock)
        listener = Listener(desk, intake, *self._webhook())
        await stack.enter_async_context(listening(listener, self.settings))
        stack.enter_context(_in_background(self._housekeeping(desk, turns)))
        stack.enter_context(_in_background(introduce(bot, self.settings.language)))
        await intake.resume()
        await until(stopped, self._receive(bot, Polling(bot, updates_request, intake), listener))
        listener.is_ready = False

    async def _receive(self, bot: Bot, polling: Polling, listener: Listener) -> None:
        """Receive for ever."""
        path, secret = self._webhook()
        if path:
            await retried(
                lambda: bot.set_webhook(
                    self.settings.webhook_url, allowed_updates=USED, secret_token=secret, max_connections=40
                )
            )
        else:
            await retried(bot.delete_webhook)
        listener.is_ready = True
        log.info("@%s is served by %s", bot.username, "webhook" if path else "long polling")
        await (asyncio.Event().wait() if path else polling.run())

    @asynccontextmanager
    async def _delivery(self, bot: Bot, desk: Desk, holder: str) -> AsyncIterator[Delivery]:
        pace = RateLimiter(self.settings.sends_per_second, self.settings.sends_per_chat)
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
        async def forget_old() -> None:
            await desk.run(lambda db: forget(db, turns.clock()))
            await asyncio.to_thread(turns.clear_away)

        await run_periodically(forget_old, FORGET_SECONDS, "old updates could not be forgotten")


def _settle_memory() -> None:
    """What is loaded by now stays: looking through it again and again would hold up every chat for 100 ms."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


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
