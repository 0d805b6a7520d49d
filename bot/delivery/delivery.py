"""Delivery: an outbox for each chat, so that a slow chat delays no other, and in each the newest screen only."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection

from bot.delivery.backoff import backoff_pause, pause_before_retry, retry
from bot.delivery.chat_outbox import ChatOutbox
from bot.delivery.db_executor import DbExecutor
from bot.delivery.delivery_request import DeliveryRequest
from bot.delivery.pending_screen import read_pending_screen
from bot.delivery.periodic import run_periodically
from bot.delivery.screen_sender import ScreenSender, ShownScreen, StaleMessage
from bot.delivery.send_result import (
    DeliverySuccess,
    FailedDelivery,
    RejectedMessage,
    SendResult,
    UncertainDelivery,
    UnreachableChat,
)
from bot.delivery.tasks import wait_or_cancel
from bot.store import StoreError
from bot.store.conversations import contacts
from bot.store.delivery import chat_screens, outbox
from bot.store.delivery.chat_screens import ChatScreen
from bot.store.delivery.outbox import OutboxItem

RECLAIM_SECONDS = 5.0
CLOSING_ATTEMPTS = 3
PAUSE_AFTER_FAULT = timedelta(seconds=60)
log = logging.getLogger(__name__)


FallbackText: TypeAlias = Callable[[Connection, datetime], str]
"""Stores a failure and returns the text that the contact gets in place of the screen."""


@dataclass(slots=True)
class Delivery:
    """Delivers to the chats of one chat service. `holder` is the name of this worker in its claims.

    `fallback` logs the mistake of the program for which a screen cannot be sent.
    """

    executor: DbExecutor
    sender: ScreenSender
    holder: str
    fallback: Callable[[ChatScreen, Exception], FallbackText]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    outboxes: dict[str, ChatOutbox] = field(default_factory=dict)
    closing_tasks: set[asyncio.Task[None]] = field(default_factory=set)
    checked_chats: set[str] = field(default_factory=set)

    @property
    def channel(self) -> str:
        return self.sender.transport.channel

    def enqueue(self, request: DeliveryRequest) -> None:
        """Send what a turn or a claim requests."""
        for item in request.items:
            chat_outbox = self._outbox_of(item.chat)
            if all(item.id != waiting.id for waiting in chat_outbox.items):
                chat_outbox.items.append(item)
        if request.screen is not None:
            chat_outbox = self._outbox_of(request.screen.chat)
            if chat_outbox.screen is None or chat_outbox.screen.number < request.screen.number:
                chat_outbox.screen = request.screen

    async def run_forever(self, seconds: float = RECLAIM_SECONDS) -> None:
        """Claim what is due every so many seconds: what another worker left, and what was put off."""
        await run_periodically(self.claim_due, seconds, "the outbox cannot be read")

    async def claim_due(self) -> None:
        """Claim and send all that is due now and that no worker holds."""
        now, run = self.clock(), self.executor.run
        screens = await run(lambda db: chat_screens.claim_due_screens(db, self.channel, self.holder, now))
        items = await run(lambda db: outbox.claim_due_items(db, self.channel, self.holder, now))
        self.enqueue(DeliveryRequest(None, items))
        for screen in screens:
            self.enqueue(DeliveryRequest(screen))

    async def wait_until_idle(self) -> None:
        """Return when all has been sent that can be sent now; what was put off is not waited for."""
        while any(one.task and not one.is_pausing for one in self.outboxes.values()) or self.closing_tasks:
            await asyncio.sleep(0.02)

    async def drain(self, seconds: float) -> None:
        """Wait for the sends under way; the rest stays in the store."""
        for chat_outbox in self.outboxes.values():
            if chat_outbox.task and chat_outbox.is_pausing:
                chat_outbox.task.cancel()
        tasks = [one.task for one in self.outboxes.values() if one.task]
        await wait_or_cancel([*tasks, *self.closing_tasks], seconds)

    def _outbox_of(self, chat: str) -> ChatOutbox:
        chat_outbox = self.outboxes.setdefault(chat, ChatOutbox(chat))
        if chat_outbox.task is None:
            chat_outbox.task = asyncio.create_task(self._run_outbox(chat_outbox))
        return chat_outbox

    async def _run_outbox(self, chat_outbox: ChatOutbox) -> None:
        attempts = 0
        while chat_outbox.has_waiting:
            try:
                pause = await (
                    self._send_item(chat_outbox) if chat_outbox.items else self._show_screen(chat_outbox)
                )
            except StoreError as error:
                log.warning("the result of a send cannot be stored: %s", error)
                pause = backoff_pause(attempts)
            except Exception:
                log.exception("a message could not be sent")
                pause = PAUSE_AFTER_FAULT
            attempts = attempts + 1 if pause else 0
            if pause:
                chat_outbox.is_pausing = True
                await asyncio.sleep(pause.total_seconds())
                chat_outbox.is_pausing = False
        chat_outbox.task = None
        self.outboxes.pop(chat_outbox.chat, None)

    async def _show_screen(self, chat_outbox: ChatOutbox) -> timedelta | None:
        """Show the newest screen, and return how long to wait when it has to be tried again."""
        await self.sender.limiter.wait_until_ready(chat_outbox.chat)
        screen = chat_outbox.take_screen()
        try:
            result = await self.sender.show(screen, read_pending_screen(screen.wanted))
        except Exception as error:
            await self._send_fallback(chat_outbox, screen, self.fallback(screen, error))
            return None
        if not isinstance(result, ShownScreen):
            return await self._handle_failed_screen(chat_outbox, screen, result)
        await self._record_shown(chat_outbox, result.screen)
        for stale_message in (*result.stale, *self._unconfirmed_closings(screen)):
            self._close_in_background(chat_outbox.chat, stale_message)
        return None

    def _unconfirmed_closings(self, screen: ChatScreen) -> list[StaleMessage]:
        """Return the messages whose buttons an earlier run of the program may have left: once in each run."""
        if screen.chat in self.checked_chats:
            return []
        self.checked_chats.add(screen.chat)
        return [StaleMessage(message) for message in screen.behind]

    async def _handle_failed_screen(
        self, chat_outbox: ChatOutbox, screen: ChatScreen, result: FailedDelivery
    ) -> timedelta | None:
        pause = pause_before_retry(result, screen.attempts)
        if pause is not None:
            return await self._retry_screen_later(chat_outbox, screen, pause)
        match result:
            case UnreachableChat(reason):
                log.info("chat %s cannot be reached: %s", screen.chat, reason)
                now = self.clock()
                await self.executor.run(lambda db: contacts.set_reachability(db, screen.contact, now, now))
            case RejectedMessage(reason):
                log.error("%s refuses a screen for chat %s: %s", self.channel, screen.chat, reason)
        await self._record_shown(chat_outbox, screen.given_up)
        return None

    async def _send_fallback(
        self, chat_outbox: ChatOutbox, screen: ChatScreen, fallback: FallbackText
    ) -> None:
        """Give up a screen that cannot be sent for a mistake of the program, and send a line instead."""
        now = self.clock()

        def replace_screen(db: Connection) -> list[OutboxItem]:
            line = OutboxItem(screen.chat, screen.contact, "line", {"text": fallback(db, now)})
            chat_screens.record_shown(db, screen.given_up)
            return outbox.add_items(db, self.channel, [line], self.holder, now)

        chat_outbox.items += await self.executor.run(replace_screen)
        chat_outbox.last_shown = screen.given_up

    async def _retry_screen_later(
        self, chat_outbox: ChatOutbox, screen: ChatScreen, pause: timedelta
    ) -> timedelta:
        now = self.clock()
        later = replace(screen, attempts=screen.attempts + 1, next_at=now + pause)
        if chat_outbox.screen is None:
            chat_outbox.screen = later
        else:
            chat_outbox.screen = replace(chat_outbox.screen, attempts=later.attempts)
        await self.executor.run(lambda db: chat_screens.defer_screen(db, later, now))
        return pause

    async def _record_shown(self, chat_outbox: ChatOutbox, screen: ChatScreen) -> None:
        chat_outbox.last_shown = screen
        await self.executor.run(lambda db: chat_screens.record_shown(db, screen))

    async def _send_item(self, chat_outbox: ChatOutbox) -> timedelta | None:
        """Send the next item; a line that may have arrived is never sent twice."""
        item = chat_outbox.items[0]
        try:
            result = await self._send_payload(item)
        except Exception as error:  # a file that is gone, or a mistake of the program
            log.exception("a %s cannot be sent", item.kind)
            result = RejectedMessage(f"{type(error).__name__}: {error}")
        is_final = item.kind == "line" and isinstance(result, UncertainDelivery)
        pause = None if is_final else pause_before_retry(result, item.attempts)
        if pause is not None:
            return await self._retry_item_later(chat_outbox, item, pause)
        if isinstance(result, UnreachableChat | RejectedMessage):
            log.warning("chat %s did not get a %s: %s", item.chat, item.kind, result.reason)
        chat_outbox.items.popleft()
        await self._finish_item(item)
        return None

    async def _send_payload(self, item: OutboxItem) -> SendResult:
        transport, payload = self.sender.transport, item.payload
        if item.kind == "menu":
            return await transport.set_menu(item.chat, payload.get("locale", ""))
        await self.sender.limiter.acquire(item.chat)
        if item.kind == "file":
            content = await asyncio.to_thread(Path(payload["path"]).read_bytes)
            return await transport.send_file(item.chat, payload["name"], content)
        result = await transport.show(item.chat, payload["text"])
        if isinstance(result, DeliverySuccess) and "closes" in payload:
            self._close_in_background(item.chat, StaleMessage(payload["closes"]))
        return result

    async def _retry_item_later(
        self, chat_outbox: ChatOutbox, item: OutboxItem, pause: timedelta
    ) -> timedelta:
        later = replace(item, attempts=item.attempts + 1)
        chat_outbox.items[0] = later
        await self.executor.run(lambda db: outbox.defer_item(db, later, self.clock() + pause))
        return pause

    async def _finish_item(self, item: OutboxItem) -> None:
        """Delete the row and the file."""
        await self.executor.run(lambda db: outbox.delete_item(db, item.id))
        if "path" in item.payload:
            await asyncio.to_thread(Path(item.payload["path"]).unlink, missing_ok=True)

    def _close_in_background(self, chat: str, stale_message: StaleMessage) -> None:
        task = asyncio.create_task(self._try_to_close(chat, stale_message))
        self.closing_tasks.add(task)
        task.add_done_callback(self.closing_tasks.discard)

    async def _try_to_close(self, chat: str, stale_message: StaleMessage) -> None:
        """Best effort: a button that stays answers no other question, and is removed when it is pressed."""
        await retry(lambda: self.sender.close(chat, stale_message), CLOSING_ATTEMPTS)
