"""Sending: one lane a chat, so that a slow one holds up no other, and in each the newest screen alone."""

import asyncio
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.inbound.update_handler import Effect
from bot.channels.telegram.outbound.chat_outbox import ChatOutbox
from bot.channels.telegram.outbound.chat_screen import read_wanted
from bot.channels.telegram.outbound.screen_sender import Closing, Showing
from bot.channels.telegram.transport.api import send_text
from bot.channels.telegram.transport.command_menu import set_menu
from bot.channels.telegram.transport.send_result import (
    Delivered,
    Gone,
    Refused,
    RetryAt,
    SendResult,
    Unsure,
    outcome_of,
    pause_after,
)
from bot.delivery.db_executor import Desk
from bot.delivery.periodic import run_periodically
from bot.store import StoreError
from bot.store.conversations import contacts
from bot.store.delivery import chat_screens, outbox
from bot.store.delivery.chat_screens import Panel
from bot.store.delivery.outbox import OutboxItem

SWEEP_SECONDS = 5.0
MOST_PAUSE = timedelta(seconds=60)
log = logging.getLogger(__name__)


async def ended(tasks: Collection[asyncio.Task[None]], seconds: float) -> None:
    """Let the tasks end; those that take longer are cancelled."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)


@dataclass(slots=True)
class Delivery:
    """`holder` names this worker where it claims what is to be sent."""

    bot: Bot
    desk: Desk
    showing: Showing
    holder: str
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    lanes: dict[int, ChatOutbox] = field(default_factory=dict)
    closings: set[asyncio.Task[None]] = field(default_factory=set)
    seen: set[int] = field(default_factory=set)

    def wake(self, effect: Effect) -> None:
        """See to what a turn brought about."""
        for parcel in effect.parcels:
            lane = self._lane(parcel.chat)
            if all(parcel.id != one.id for one in lane.parcels):
                lane.parcels.append(parcel)
        if effect.panel is not None:
            lane = self._lane(effect.panel.chat)
            if lane.panel is None or lane.panel.number < effect.panel.number:
                lane.panel = effect.panel

    async def sweep(self, seconds: float = SWEEP_SECONDS) -> None:
        """Again and again, see to what another worker left, or what was put off."""
        await run_periodically(self.take_over, seconds, "the outbox cannot be read")

    async def take_over(self) -> None:
        """See to all that is due now and that nobody sees to."""
        now = self.clock()
        found = await self.desk.run(lambda db: chat_screens.due(db, self.holder, now))
        parcels = await self.desk.run(lambda db: outbox.due(db, self.holder, now))
        self.wake(Effect(None, parcels))
        for panel in found:
            self.wake(Effect(panel))

    async def settled(self) -> None:
        """Return when nothing is left to send now; what must wait is no reason to."""
        while any(lane.task and not lane.pausing for lane in self.lanes.values()) or self.closings:
            await asyncio.sleep(0.02)

    async def drain(self, seconds: float) -> None:
        """Let what is under way end; what remains after that stays in the store."""
        for lane in self.lanes.values():
            if lane.task and lane.pausing:
                lane.task.cancel()
        await ended([lane.task for lane in self.lanes.values() if lane.task] + list(self.closings), seconds)

    def _lane(self, chat: int) -> ChatOutbox:
        lane = self.lanes.setdefault(chat, ChatOutbox(chat))
        if lane.task is None:
            lane.task = asyncio.create_task(self._run(lane))
        return lane

    async def _run(self, lane: ChatOutbox) -> None:
        attempts = 0
        while lane.waits:
            try:
                pause = await (self._send_parcel(lane) if lane.parcels else self._show(lane))
            except StoreError as error:
                log.warning("what came of a message cannot be noted: %s", error)
                pause = pause_after(attempts)
            except Exception:
                log.exception("a message could not be sent")
                pause = MOST_PAUSE
            attempts = attempts + 1 if pause else 0
            if pause:
                lane.pausing = True
                await asyncio.sleep(pause.total_seconds())
                lane.pausing = False
        lane.task = None
        self.lanes.pop(lane.chat, None)

    async def _show(self, lane: ChatOutbox) -> timedelta | None:
        """Show the newest screen; how long to wait before the next attempt, if there must be one."""
        await self.showing.pace.ready(lane.chat)
        panel = lane.take_panel()
        try:
            shown, behind = await self.showing.show(panel, read_wanted(panel.wanted))
        except TelegramError as error:
            return await self._not_shown(lane, panel, outcome_of(error, panel.attempts))
        lane.known = shown
        await self._note_shown(shown)
        for closing in (*behind, *self._unfinished(panel)):
            self._close(lane.chat, closing)
        return None

    def _unfinished(self, panel: Panel) -> list[Closing]:
        """Messages whose buttons an earlier run of the program may have left: looked after once in each run."""
        if panel.chat in self.seen:
            return []
        self.seen.add(panel.chat)
        return [Closing(one) for one in panel.behind]

    async def _not_shown(self, lane: ChatOutbox, panel: Panel, outcome: SendResult) -> timedelta | None:
        match outcome:
            case RetryAt() | Unsure():
                pause = outcome.pause if isinstance(outcome, RetryAt) else pause_after(panel.attempts)
                return await self._put_off(lane, panel, pause)
            case Gone(why):
                log.info("chat %s cannot be reached: %s", panel.chat, why)
                now = self.clock()
                await self.desk.run(lambda db: contacts.mark(db, panel.contact, now, now))
            case Refused(why):
                log.error("Telegram refuses a screen for chat %s: %s", panel.chat, why)
            case _:
                pass
        lane.known = replace(panel, shown=panel.number, attempts=0, next_at=None)
        await self._note_shown(lane.known)
        return None

    async def _put_off(self, lane: ChatOutbox, panel: Panel, pause: timedelta) -> timedelta:
        now = self.clock()
        later = replace(panel, attempts=panel.attempts + 1, next_at=now + pause)
        if lane.panel is None:
            lane.panel = later
        else:
            lane.panel = replace(lane.panel, attempts=later.attempts)
        await self.desk.run(lambda db: chat_screens.defer(db, later, now))
        return pause

    async def _note_shown(self, panel: Panel) -> None:
        await self.desk.run(lambda db: chat_screens.shown(db, panel))

    async def _send_parcel(self, lane: ChatOutbox) -> timedelta | None:
        parcel = lane.parcels[0]
        outcome: SendResult = Delivered()
        try:
            await self._send(parcel)
        except TelegramError as error:
            outcome = outcome_of(error, parcel.attempts)
        except OSError as error:
            outcome = Refused(f"{parcel.payload.get('path')}: {error.strerror}")
        if isinstance(outcome, RetryAt) or (isinstance(outcome, Unsure) and parcel.kind != "line"):
            return await self._parcel_later(lane, parcel, outcome)
        if isinstance(outcome, Gone | Refused):
            log.warning("chat %s did not get a %s: %s", parcel.chat, parcel.kind, outcome.why)
        lane.parcels.popleft()
        await self._forget(parcel)
        return None

    async def _send(self, parcel: OutboxItem) -> None:
        payload = parcel.payload
        if parcel.kind == "menu":
            await set_menu(self.bot, parcel.chat, payload.get("locale", ""))
            return
        await self.showing.pace.turn(parcel.chat)
        if parcel.kind == "file":
            content = await asyncio.to_thread(Path(payload["path"]).read_bytes)
            await self.bot.send_document(parcel.chat, content, filename=payload["name"])
            return
        await send_text(self.bot, parcel.chat, payload["text"])
        if "closes" in payload:
            self._close(parcel.chat, Closing(int(payload["closes"])))

    async def _parcel_later(
        self, lane: ChatOutbox, parcel: OutboxItem, outcome: RetryAt | Unsure
    ) -> timedelta:
        pause = outcome.pause if isinstance(outcome, RetryAt) else pause_after(parcel.attempts)
        later = replace(parcel, attempts=parcel.attempts + 1)
        lane.parcels[0] = later
        await self.desk.run(lambda db: outbox.defer(db, later, self.clock() + pause))
        return pause

    async def _forget(self, parcel: OutboxItem) -> None:
        """Once sent, neither the row nor the file is kept."""
        await self.desk.run(lambda db: outbox.finish(db, parcel.id))
        if "path" in parcel.payload:
            await asyncio.to_thread(Path(parcel.payload["path"]).unlink, missing_ok=True)

    def _close(self, chat: int, closing: Closing) -> None:
        task = asyncio.create_task(self._try_to_close(chat, closing))
        self.closings.add(task)
        task.add_done_callback(self.closings.discard)

    async def _try_to_close(self, chat: int, closing: Closing) -> None:
        """Best effort: a button that stays answers no other question, and goes when it is pressed."""
        for attempt in range(3):
            try:
                await self.showing.close(chat, closing)
            except TelegramError as error:
                outcome = outcome_of(error, attempt)
                if not isinstance(outcome, RetryAt | Unsure):
                    return
                pause = outcome.pause if isinstance(outcome, RetryAt) else pause_after(attempt)
                await asyncio.sleep(pause.total_seconds())
            else:
                return
