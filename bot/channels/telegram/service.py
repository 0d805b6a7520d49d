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

from bot.channels.telegram.inbound.chat_queues import ChatQueues
from bot.channels.telegram.inbound.intake import UpdateIntake
from bot.channels.telegram.inbound.update_handler import UpdateHandler
from bot.channels.telegram.inbound.webhook import HttpListener
from bot.channels.telegram.outbound.chat_screen import screen_fallback
from bot.channels.telegram.outbound.reminders import make_reminder_sender
from bot.channels.telegram.transport.command_menu import publish_profile
from bot.channels.telegram.transport.connection import (
    connect,
    install_stop_signals,
    open_bot,
    retry_until_done,
    run_until_stopped,
)
from bot.channels.telegram.transport.polling import ALLOWED_UPDATES
from bot.channels.telegram.transport.telegram_transport import TelegramTransport
from bot.conversations.attachments import AttachmentFolder
from bot.conversations.turns import TurnService
from bot.delivery.db_executor import DbExecutor
from bot.delivery.delivery import Delivery
from bot.delivery.periodic import run_periodically
from bot.delivery.rate_limit import RateLimiter
from bot.delivery.screen_sender import ScreenSender
from bot.delivery.transport import Transport
from bot.delivery.worker_name import is_worker_gone, make_worker_name
from bot.settings import Settings
from bot.store import Store
from bot.store.delivery import chat_screens
from bot.store.delivery.updates import delete_old_updates
from bot.store.evidence import EvidenceFolder
from rubric import Library

STOP_SECONDS = 8.0
"""The time within which work under way ends after the process was asked to stop."""
HOUSEKEEPING_SECONDS = 3600.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TelegramService:
    """What `xingping serve` works with. `sends`: whether this process also delivers."""

    settings: Settings
    store: Store
    library: Library
    sends: bool = True

    async def run(self) -> None:
        """Serve until SIGTERM or SIGINT. Raises FatalError, StoreError and OSError where it cannot begin."""
        _freeze_loaded_objects()
        async with AsyncExitStack() as stack:
            await self._serve(stack)

    async def _serve(self, stack: AsyncExitStack) -> None:
        desk = DbExecutor(self.store)
        stack.callback(desk.close)
        bot, updates_request = await stack.enter_async_context(open_bot(self.settings))
        stopped = install_stop_signals()
        if not await run_until_stopped(stopped, connect(bot)):
            return
        transport, holder = TelegramTransport(bot, updates_request), make_worker_name()
        await desk.run(lambda db: chat_screens.release_lost_claims(db, is_worker_gone))
        delivery = (
            await stack.enter_async_context(self._start_delivery(transport, desk, holder))
            if self.sends
            else None
        )
        evidence = EvidenceFolder(self.settings.data_dir / "evidence", self.settings.max_file_mb)
        turns = TurnService(
            self.store, self.library, evidence=evidence.path_of, zone=str(self.settings.timezone)
        )
        if delivery is not None:
            reminders = make_reminder_sender(self.settings, turns.planner, desk, delivery.sender)
            stack.enter_context(_background_task(reminders.run_forever()))
        handout = AttachmentFolder(self.settings.data_dir / "outgoing")
        turning = UpdateHandler(turns, bot.username, handout, holder if delivery else None)
        chats = ChatQueues(bot, desk, turning, evidence, delivery, self.settings.language)
        stack.push_async_callback(chats.stop, STOP_SECONDS / 2)
        intake = UpdateIntake(bot, str(bot.id), desk, chats, turns.clock)
        listener = HttpListener(desk, intake, *self._webhook_address())
        await stack.enter_async_context(serve_http(listener, self.settings))
        stack.enter_context(_background_task(self._run_housekeeping(desk, turns)))
        stack.enter_context(_background_task(publish_profile(bot, self.settings.language)))
        await intake.resume()
        await run_until_stopped(stopped, self._receive(transport, intake, listener))
        listener.is_ready = False

    async def _receive(
        self, transport: TelegramTransport, intake: UpdateIntake, listener: HttpListener
    ) -> None:
        """Receive until cancelled."""
        bot = transport.bot
        path, secret = self._webhook_address()
        if path:
            await retry_until_done(
                lambda: bot.set_webhook(
                    self.settings.webhook_url,
                    allowed_updates=ALLOWED_UPDATES,
                    secret_token=secret,
                    max_connections=40,
                )
            )
        else:
            await retry_until_done(bot.delete_webhook)
        listener.is_ready = True
        log.info("@%s is served by %s", bot.username, "webhook" if path else "long polling")
        await (asyncio.Event().wait() if path else transport.receive(intake.receive))

    @asynccontextmanager
    async def _start_delivery(
        self, transport: Transport, executor: DbExecutor, holder: str
    ) -> AsyncIterator[Delivery]:
        pace = RateLimiter(self.settings.sends_per_second, self.settings.sends_per_chat)
        delivery = Delivery(executor, ScreenSender(transport, pace), holder, screen_fallback)
        with _background_task(delivery.run_forever()):
            yield delivery
        await delivery.drain(STOP_SECONDS / 2)

    def _webhook_address(self) -> tuple[str, str]:
        """Path and secret of the webhook; empty where there is none."""
        url = self.settings.webhook_url
        if not url:
            return "", ""
        derived = hashlib.sha256(f"webhook of {self.settings.telegram_token}".encode()).hexdigest()
        return urlsplit(url).path or "/", self.settings.webhook_secret or derived

    async def _run_housekeeping(self, executor: DbExecutor, turns: TurnService) -> None:
        async def forget_old() -> None:
            await executor.run(lambda db: delete_old_updates(db, turns.clock()))
            await asyncio.to_thread(turns.forget_old_inputs)
            await asyncio.to_thread(turns.remove_doomed_files)

        await run_periodically(forget_old, HOUSEKEEPING_SECONDS, "old updates could not be forgotten")


def _freeze_loaded_objects() -> None:
    """What is loaded by now stays: looking through it again and again would hold up every chat for 100 ms."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


class _background_task:  # noqa: N801 - reads as a statement
    """A task that runs as long as the block."""

    def __init__(self, work: Awaitable[None]) -> None:
        self._work = work

    def __enter__(self) -> None:
        self._task = asyncio.ensure_future(self._work)

    def __exit__(self, *_: object) -> None:
        self._task.cancel()


@asynccontextmanager
async def serve_http(listener: HttpListener, settings: Settings) -> AsyncIterator[None]:
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
