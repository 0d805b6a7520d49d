"""Sending: one lane a chat, so that a slow one holds up no other, and in each the newest screen alone."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.inbound.update_handler import DeliveryRequest
from bot.channels.telegram.outbound.chat_outbox import ChatOutbox
from bot.channels.telegram.outbound.chat_screen import menu_of, read_pending_screen
from bot.channels.telegram.outbound.screen_sender import ScreenSender, StaleMessage
from bot.channels.telegram.transport.api import send_text
from bot.channels.telegram.transport.command_menu import set_menu
from bot.channels.telegram.transport.send_result import (
    DeliverySuccess,
    RejectedMessage,
    RetryLater,
    SendResult,
    UncertainDelivery,
    UnreachableChat,
    backoff_pause,
    classify_error,
)
from bot.conversations.recovery import Incident, open_menu
from bot.delivery.db_executor import DbExecutor
from bot.delivery.periodic import ended, run_periodically
from bot.store import StoreError
from bot.store.conversations import contacts
from bot.store.delivery import chat_screens, outbox
from bot.store.delivery.chat_screens import ChatScreen
from bot.store.delivery.outbox import OutboxItem

RECLAIM_SECONDS = 5.0
PAUSE_AFTER_FAULT = timedelta(seconds=60)
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Delivery:
    """`holder` names this worker where it claims what is to be sent."""

    bot: Bot
    executor: DbExecutor
    sender: ScreenSender
    holder: str
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    outboxes: dict[int, ChatOutbox] = field(default_factory=dict)
    closing_tasks: set[asyncio.Task[None]] = field(default_factory=set)
    checked_chats: set[int] = field(default_factory=set)

    def enqueue(self, request: DeliveryRequest) -> None:
        """See to what a turn brought about."""
        for parcel in request.items:
            lane = self._outbox_of(parcel.chat)
            if all(parcel.id != one.id for one in lane.items):
                lane.items.append(parcel)
        if request.screen is not None:
            lane = self._outbox_of(request.screen.chat)
            if lane.screen is None or lane.screen.number < request.screen.number:
                lane.screen = request.screen

    async def run_forever(self, seconds: float = RECLAIM_SECONDS) -> None:
        """Again and again, see to what another worker left, or what was put off."""
        await run_periodically(self.claim_due, seconds, "the outbox cannot be read")

    async def claim_due(self) -> None:
        """See to all that is due now and that nobody sees to."""
        now = self.clock()
        found = await self.executor.run(lambda db: chat_screens.claim_due_screens(db, self.holder, now))
        parcels = await self.executor.run(lambda db: outbox.claim_due_items(db, self.holder, now))
        self.enqueue(DeliveryRequest(None, parcels))
        for panel in found:
            self.enqueue(DeliveryRequest(panel))

    async def wait_until_idle(self) -> None:
        """Return when nothing is left to send now; what must wait is no reason to."""
        while any(lane.task and not lane.is_pausing for lane in self.outboxes.values()) or self.closing_tasks:
            await asyncio.sleep(0.02)

    async def drain(self, seconds: float) -> None:
        """Let what is under way end; what remains after that stays in the store."""
        for lane in self.outboxes.values():
            if lane.task and lane.is_pausing:
                lane.task.cancel()
        await ended(
            [lane.task for lane in self.outboxes.values() if lane.task] + list(self.closing_tasks), seconds
        )

    def _outbox_of(self, chat: int) -> ChatOutbox:
        lane = self.outboxes.setdefault(chat, ChatOutbox(chat))
        if lane.task is None:
            lane.task = asyncio.create_task(self._run_outbox(lane))
        return lane

    async def _run_outbox(self, chat_outbox: ChatOutbox) -> None:
        attempts = 0
        while chat_outbox.has_waiting:
            try:
                pause = await (
                    self._send_item(chat_outbox) if chat_outbox.items else self._show_screen(chat_outbox)
                )
            except StoreError as error:
                log.warning("what came of a message cannot be noted: %s", error)
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
        """Show the newest screen; how long to wait before the next attempt, if there must be one."""
        await self.sender.limiter.wait_until_ready(chat_outbox.chat)
        panel = chat_outbox.take_screen()
        try:
            shown, behind = await self.sender.show(panel, read_pending_screen(panel.wanted))
        except TelegramError as error:
            return await self._handle_failed_screen(chat_outbox, panel, classify_error(error, panel.attempts))
        except Exception as error:
            await self._failed(chat_outbox, panel, error)
            return None
        await self._record_shown(chat_outbox, shown)
        for closing in (*behind, *self._unconfirmed_closings(panel)):
            self._close_in_background(chat_outbox.chat, closing)
        return None

    def _unconfirmed_closings(self, screen: ChatScreen) -> list[StaleMessage]:
        """Messages whose buttons an earlier run of the program may have left: looked after once in each run."""
        if screen.chat in self.checked_chats:
            return []
        self.checked_chats.add(screen.chat)
        return [StaleMessage(one) for one in screen.behind]

    async def _handle_failed_screen(
        self, chat_outbox: ChatOutbox, screen: ChatScreen, result: SendResult
    ) -> timedelta | None:
        match result:
            case RetryLater() | UncertainDelivery():
                pause = result.pause if isinstance(result, RetryLater) else backoff_pause(screen.attempts)
                return await self._retry_screen_later(chat_outbox, screen, pause)
            case UnreachableChat(why):
                log.info("chat %s cannot be reached: %s", screen.chat, why)
                now = self.clock()
                await self.executor.run(lambda db: contacts.set_reachability(db, screen.contact, now, now))
            case RejectedMessage(why):
                log.error("Telegram refuses a screen for chat %s: %s", screen.chat, why)
            case _:
                pass
        await self._record_shown(chat_outbox, screen.given_up)
        return None

    async def _failed(self, lane: ChatOutbox, panel: ChatScreen, error: Exception) -> None:
        """Give up a screen that cannot be sent for a mistake of the program; the contact gets a line instead."""
        incident, now = Incident(error, panel.wanted), self.clock()
        incident.log()

        def replaced(db: Connection) -> list[OutboxItem]:
            text = menu_of(open_menu(db, panel.contact, incident, now)).parts[0]
            chat_screens.record_shown(db, panel.given_up)
            return outbox.add_items(
                db, [OutboxItem(panel.chat, panel.contact, "line", {"text": text})], self.holder, now
            )

        lane.items += await self.executor.run(replaced)
        lane.last_shown = panel.given_up

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

    async def _record_shown(self, lane: ChatOutbox, screen: ChatScreen) -> None:
        lane.last_shown = screen
        await self.executor.run(lambda db: chat_screens.record_shown(db, screen))

    async def _send_item(self, chat_outbox: ChatOutbox) -> timedelta | None:
        parcel = chat_outbox.items[0]
        outcome: SendResult = DeliverySuccess()
        try:
            await self._send_payload(parcel)
        except TelegramError as error:
            outcome = classify_error(error, parcel.attempts)
        except Exception as error:  # a file that is gone, or a mistake of the program
            log.exception("a %s cannot be sent", parcel.kind)
            outcome = RejectedMessage(f"{type(error).__name__}: {error}")
        if isinstance(outcome, RetryLater) or (
            isinstance(outcome, UncertainDelivery) and parcel.kind != "line"
        ):
            return await self._retry_item_later(chat_outbox, parcel, outcome)
        if isinstance(outcome, UnreachableChat | RejectedMessage):
            log.warning("chat %s did not get a %s: %s", parcel.chat, parcel.kind, outcome.reason)
        chat_outbox.items.popleft()
        await self._finish_item(parcel)
        return None

    async def _send_payload(self, item: OutboxItem) -> None:
        payload = item.payload
        if item.kind == "menu":
            await set_menu(self.bot, item.chat, payload.get("locale", ""))
            return
        await self.sender.limiter.acquire(item.chat)
        if item.kind == "file":
            content = await asyncio.to_thread(Path(payload["path"]).read_bytes)
            await self.bot.send_document(item.chat, content, filename=payload["name"])
            return
        await send_text(self.bot, item.chat, payload["text"])
        if "closes" in payload:
            self._close_in_background(item.chat, StaleMessage(int(payload["closes"])))

    async def _retry_item_later(
        self, chat_outbox: ChatOutbox, item: OutboxItem, result: RetryLater | UncertainDelivery
    ) -> timedelta:
        pause = result.pause if isinstance(result, RetryLater) else backoff_pause(item.attempts)
        later = replace(item, attempts=item.attempts + 1)
        chat_outbox.items[0] = later
        await self.executor.run(lambda db: outbox.defer_item(db, later, self.clock() + pause))
        return pause

    async def _finish_item(self, item: OutboxItem) -> None:
        """Once sent, neither the row nor the file is kept."""
        await self.executor.run(lambda db: outbox.delete_item(db, item.id))
        if "path" in item.payload:
            await asyncio.to_thread(Path(item.payload["path"]).unlink, missing_ok=True)

    def _close_in_background(self, chat: int, stale_message: StaleMessage) -> None:
        task = asyncio.create_task(self._try_to_close(chat, stale_message))
        self.closing_tasks.add(task)
        task.add_done_callback(self.closing_tasks.discard)

    async def _try_to_close(self, chat: int, stale_message: StaleMessage) -> None:
        """Best effort: a button that stays answers no other question, and goes when it is pressed."""
        for attempt in range(3):
            try:
                await self.sender.close(chat, stale_message)
            except TelegramError as error:
                outcome = classify_error(error, attempt)
                if not isinstance(outcome, RetryLater | UncertainDelivery):
                    return
                pause = outcome.pause if isinstance(outcome, RetryLater) else backoff_pause(attempt)
                await asyncio.sleep(pause.total_seconds())
            else:
                return
