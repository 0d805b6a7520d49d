"""Reminders going out on Telegram: noted before they are sent, sent once, and what came of each noted again."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from sqlalchemy import Connection
from telegram.error import TelegramError

from bot.catalogue_text import translate
from bot.channels.telegram.outbound.render import render_replies
from bot.channels.telegram.outbound.screen_sender import ScreenSender
from bot.channels.telegram.transport.api import send_text
from bot.channels.telegram.transport.send_result import (
    RejectedMessage,
    RetryLater,
    UncertainDelivery,
    UnreachableChat,
    classify_error,
)
from bot.delivery.db_executor import DbExecutor
from bot.delivery.periodic import run_periodically
from bot.reminders.planner import OutgoingReminder, ReminderPlanner
from bot.settings import Settings
from bot.store import StoreError
from bot.store.conversations import contacts
from bot.store.delivery import outbox
from bot.store.delivery.outbox import OutboxItem
from bot.store.engine import LostRaceError
from bot.store.reminders import agendas, messages
from bot.store.reminders.agendas import DueContact
from dialogs.flow.scene import Scene
from dialogs.model.dossier import Dossier
from dialogs.model.reminder_log import ReminderKey, ReminderOutcome
from dialogs.reminders.text import reminder_line

REMINDER_CHECK_SECONDS = 30.0
CONTACTS_PER_BATCH = 50
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Operators:
    """The Telegram users who run this, and the language they are told things in."""

    users: tuple[int, ...]
    locale: str


@dataclass(slots=True)
class ReminderSender:
    """`attending` finds what is to be told; `clock` says when it is."""

    planner: ReminderPlanner
    executor: DbExecutor
    sender: ScreenSender
    operators: Operators
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def run_forever(self, seconds: float = REMINDER_CHECK_SECONDS) -> None:
        """Again and again, send what is due."""
        await run_periodically(self.send_due, seconds, "what is due cannot be read")

    async def send_due(self) -> int:
        """Send all that is due now; how many messages went out."""
        sent = 0
        for number in await self.executor.run(lambda db: messages.mark_stale_as_unsure(db, self.clock())):
            log.warning("nobody knows whether reminder %s arrived", number)
        seen: set[str] = set()
        while True:
            now = self.clock()
            found = await self.executor.run(
                lambda db, now=now: agendas.list_due_contacts(db, now, CONTACTS_PER_BATCH)  # type: ignore[misc]
            )
            new = [one for one in found if one.contact not in seen]
            if not new:
                return sent
            seen |= {one.contact for one in new}
            sent += sum(await asyncio.gather(*(self._remind_contact(one) for one in new)))

    async def _remind_contact(self, due_contact: DueContact) -> bool:
        """Look after one contact; whether a message went out."""
        try:
            outgoing = await self.executor.run(lambda db: self._plan_and_record(db, due_contact))
            return outgoing is not None and await self._send(outgoing)
        except LostRaceError:
            return False  # another worker was faster
        except StoreError as error:
            log.warning("what came of a reminder cannot be noted: %s", error)
        except Exception:
            log.exception("a contact could not be looked after")
        return False

    def _plan_and_record(self, db: Connection, due_contact: DueContact) -> OutgoingReminder | None:
        now = self.clock()
        outgoing = self.planner.plan_contact(db, due_contact, now)
        if outgoing is not None and outgoing.operator_keys:
            self._notify_operators(db, outgoing, now)
        return outgoing

    def _notify_operators(self, db: Connection, outgoing: OutgoingReminder, now: datetime) -> None:
        """That nobody reacts, once for each thing and stage."""
        for user in self.operators.users:
            new = messages.add_operator_message(db, f"admin:{user}", outgoing.operator_keys, now)
            parcels = [
                OutboxItem(
                    user, None, "line", {"text": escape(self._operator_text(one, outgoing.dossier, now))}
                )
                for one in new
            ]
            outbox.add_items(db, parcels, None, now)

    def _operator_text(self, key: ReminderKey, dossier: Dossier, now: datetime) -> str:
        told = dossier.copy()
        told.conversation.locale = self.operators.locale
        what = reminder_line(Scene(told, self.planner.library, now), key)
        return translate(self.operators.locale, "reminder.nobody_reacts", what=what)

    async def _send(self, outgoing: OutgoingReminder) -> bool:
        chat = int(outgoing.due_contact.address)
        try:
            message = await self._send_parts(chat, outgoing)
        except TelegramError as error:
            return await self._handle_error(outgoing, error)
        await self._record_outcome(outgoing, "sent", message)
        return True

    async def _send_parts(self, chat: int, outgoing: OutgoingReminder) -> int:
        """Raises TelegramError."""
        letter = render_replies([outgoing.screen])
        keyboard = [
            [(label, f"r{outgoing.letter_id}:{data.partition(':')[2]}") for label, data in row]
            for row in letter.keyboard
        ]
        message = 0
        for place, part in enumerate(letter.parts, start=1):
            await self.sender.limiter.acquire(chat)
            below = keyboard if place == len(letter.parts) else ()
            message = await send_text(self.sender.bot, chat, part, below)
        return message

    async def _handle_error(self, outgoing: OutgoingReminder, error: TelegramError) -> bool:
        """What did not go out is planned again; what may have gone out is not sent twice."""
        match classify_error(error, outgoing.due_contact.attempts):
            case RetryLater(pause):
                until = self.clock() + pause
                await self.executor.run(lambda db: _reschedule(db, outgoing, until))
            case UncertainDelivery():
                log.warning("nobody knows whether reminder %s arrived", outgoing.letter_id)
                await self._record_outcome(outgoing, "unsure")
            case UnreachableChat(why):
                log.info("contact %s cannot be reached: %s", outgoing.due_contact.contact, why)
                await self.executor.run(lambda db: self._record_unreachable(db, outgoing))
            case RejectedMessage(why):
                log.error("Telegram refuses reminder %s: %s", outgoing.letter_id, why)
                await self._record_outcome(outgoing, "undeliverable")
            case _:
                await self._record_outcome(outgoing, "sent")
        return False

    def _record_unreachable(self, db: Connection, outgoing: OutgoingReminder) -> None:
        messages.record_outcome(db, outgoing.letter_id, "undeliverable")
        now = self.clock()
        contacts.set_reachability(db, outgoing.due_contact.contact, now, now)

    async def _record_outcome(
        self, outgoing: OutgoingReminder, outcome: ReminderOutcome, message: int | None = None
    ) -> None:
        await self.executor.run(lambda db: messages.record_outcome(db, outgoing.letter_id, outcome, message))


def _reschedule(db: Connection, outgoing: OutgoingReminder, until: datetime) -> None:
    messages.delete_unsent(db, outgoing.letter_id)
    agendas.postpone_contact(db, outgoing.due_contact, until)


def make_reminder_sender(
    settings: Settings, planner: ReminderPlanner, executor: DbExecutor, sender: ScreenSender
) -> ReminderSender:
    """As the settings say."""
    return ReminderSender(planner, executor, sender, Operators(settings.admins, settings.language))
