"""The reminder sender: each reminder is stored before it is sent, sent once, and its outcome stored."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.catalogue_text import translate
from bot.delivery.backoff import backoff_pause
from bot.delivery.db_executor import DbExecutor
from bot.delivery.pending_screen import PendingScreen
from bot.delivery.periodic import run_periodically
from bot.delivery.screen_sender import ScreenSender
from bot.delivery.send_result import (
    FailedDelivery,
    RejectedMessage,
    RetryLater,
    UncertainDelivery,
    UnreachableChat,
)
from bot.reminders.planner import OutgoingReminder, ReminderPlanner
from bot.store import StoreError
from bot.store.conversations import contacts
from bot.store.delivery import outbox
from bot.store.delivery.outbox import OutboxItem
from bot.store.engine import LostRaceError
from bot.store.reminders import agendas, messages
from bot.store.reminders.agendas import DueContact
from dialogs import Dossier, ReminderKey, ReminderOutcome, Scene, Screen, reminder_line

REMINDER_CHECK_SECONDS = 30.0
CONTACTS_PER_BATCH = 50
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Operators:
    """The chats of the people who run the bot, and their language."""

    users: tuple[str, ...]
    locale: str


@dataclass(slots=True)
class ReminderSender:
    """Sends the reminders of one chat service, in the form that `render_reminder` and `render_line` give them."""

    planner: ReminderPlanner
    executor: DbExecutor
    sender: ScreenSender
    operators: Operators
    render_reminder: Callable[[Screen, int], PendingScreen]
    render_line: Callable[[str], str]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def channel(self) -> str:
        return self.sender.transport.channel

    async def run_forever(self, seconds: float = REMINDER_CHECK_SECONDS) -> None:
        """Send due reminders periodically."""
        await run_periodically(self.send_due, seconds, "what is due cannot be read")

    async def send_due(self) -> int:
        """Send all reminders due now; return the number of messages sent."""
        sent = 0
        for number in await self.executor.run(lambda db: messages.mark_stale_as_unsure(db, self.clock())):
            log.warning("nobody knows whether reminder %s arrived", number)
        seen: set[str] = set()
        while True:
            now = self.clock()
            found = await self.executor.run(
                lambda db, now=now: agendas.list_due_contacts(db, self.channel, now, CONTACTS_PER_BATCH)  # type: ignore[misc]
            )
            new = [one for one in found if one.contact not in seen]
            if not new:
                return sent
            seen |= {one.contact for one in new}
            sent += sum(await asyncio.gather(*(self._remind_contact(one) for one in new)))

    async def _remind_contact(self, due_contact: DueContact) -> bool:
        """Check one contact; return whether a message was sent."""
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
        """Notify the operators, once for each case and stage, that a contact does not react."""
        for user in self.operators.users:
            new = messages.add_operator_message(db, f"admin:{user}", outgoing.operator_keys, now)
            texts = [self._operator_text(key, outgoing.dossier, now) for key in new]
            lines = [OutboxItem(user, None, "line", {"text": self.render_line(text)}) for text in texts]
            outbox.add_items(db, self.channel, lines, None, now)

    def _operator_text(self, key: ReminderKey, dossier: Dossier, now: datetime) -> str:
        told = dossier.copy()
        told.conversation.locale = self.operators.locale
        what = reminder_line(Scene(told, self.planner.library, now), key)
        return translate(self.operators.locale, "reminder.nobody_reacts", what=what)

    async def _send(self, outgoing: OutgoingReminder) -> bool:
        rendered = self.render_reminder(outgoing.screen, outgoing.letter_id)
        sent = await self.sender.send_parts(outgoing.due_contact.address, rendered.parts, rendered.keyboard)
        if not isinstance(sent, tuple):
            return await self._handle_failure(outgoing, sent)
        await self._record_outcome(outgoing, "sent", sent[-1])
        return True

    async def _handle_failure(self, outgoing: OutgoingReminder, result: FailedDelivery) -> bool:
        """Plan again what was not sent; what may have arrived is not sent twice."""
        match result:
            case RetryLater(pause):
                until = self.clock() + (pause or backoff_pause(outgoing.due_contact.attempts))
                await self.executor.run(lambda db: _reschedule(db, outgoing, until))
            case UncertainDelivery():
                log.warning("nobody knows whether reminder %s arrived", outgoing.letter_id)
                await self._record_outcome(outgoing, "unsure")
            case UnreachableChat(reason):
                log.info("contact %s cannot be reached: %s", outgoing.due_contact.contact, reason)
                await self.executor.run(lambda db: self._record_unreachable(db, outgoing))
            case RejectedMessage(reason):
                log.error("%s refuses reminder %s: %s", self.channel, outgoing.letter_id, reason)
                await self._record_outcome(outgoing, "undeliverable")
            case _:
                await self._record_outcome(outgoing, "sent")
        return False

    def _record_unreachable(self, db: Connection, outgoing: OutgoingReminder) -> None:
        messages.record_outcome(db, outgoing.letter_id, "undeliverable")
        now = self.clock()
        contacts.set_reachability(db, outgoing.due_contact.contact, now, now)

    async def _record_outcome(
        self, outgoing: OutgoingReminder, outcome: ReminderOutcome, message: str | None = None
    ) -> None:
        await self.executor.run(lambda db: messages.record_outcome(db, outgoing.letter_id, outcome, message))


def _reschedule(db: Connection, outgoing: OutgoingReminder, until: datetime) -> None:
    messages.delete_unsent(db, outgoing.letter_id)
    agendas.postpone_contact(db, outgoing.due_contact, until)
