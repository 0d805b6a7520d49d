"""Reminders going out on Telegram: noted before they are sent, sent once, and what came of each noted again."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from sqlalchemy import Connection
from telegram.error import TelegramError

from bot.catalogue_text import say
from bot.channels.telegram.outbound.render import letter_of
from bot.channels.telegram.outbound.screen_sender import Showing
from bot.channels.telegram.transport.api import send_text
from bot.channels.telegram.transport.send_result import Gone, Refused, RetryAt, Unsure, outcome_of
from bot.delivery.db_executor import Desk
from bot.delivery.periodic import run_periodically
from bot.reminders.planner import Outgoing, ReminderPlanner
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
from dialogs.model.reminder_log import Key, ReminderOutcome
from dialogs.reminders.text import due

LOOK_SECONDS = 30.0
MOST_AT_ONCE = 50
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Operators:
    """The Telegram users who run this, and the language they are told things in."""

    users: tuple[int, ...]
    locale: str


@dataclass(slots=True)
class ReminderSender:
    """`attending` finds what is to be told; `clock` says when it is."""

    attending: ReminderPlanner
    desk: Desk
    showing: Showing
    operators: Operators
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def sweep(self, seconds: float = LOOK_SECONDS) -> None:
        """Again and again, send what is due."""
        await run_periodically(self.send_due, seconds, "what is due cannot be read")

    async def send_due(self) -> int:
        """Send all that is due now; how many messages went out."""
        sent = 0
        for number in await self.desk.run(lambda db: messages.mark_stale_as_unsure(db, self.clock())):
            log.warning("nobody knows whether reminder %s arrived", number)
        seen: set[str] = set()
        while True:
            now = self.clock()
            found = await self.desk.run(lambda db, now=now: agendas.due(db, now, MOST_AT_ONCE))  # type: ignore[misc]
            new = [one for one in found if one.contact not in seen]
            if not new:
                return sent
            seen |= {one.contact for one in new}
            sent += sum(await asyncio.gather(*(self._attend(one) for one in new)))

    async def _attend(self, one: DueContact) -> bool:
        """Look after one contact; whether a message went out."""
        try:
            outgoing = await self.desk.run(lambda db: self._noted(db, one))
            return outgoing is not None and await self._send(outgoing)
        except LostRaceError:
            return False  # another worker was faster
        except StoreError as error:
            log.warning("what came of a reminder cannot be noted: %s", error)
        except Exception:
            log.exception("a contact could not be looked after")
        return False

    def _noted(self, db: Connection, one: DueContact) -> Outgoing | None:
        now = self.clock()
        outgoing = self.attending.attend(db, one, now)
        if outgoing is not None and outgoing.admins:
            self._tell_operators(db, outgoing, now)
        return outgoing

    def _tell_operators(self, db: Connection, outgoing: Outgoing, now: datetime) -> None:
        """That nobody reacts, once for each thing and stage."""
        for user in self.operators.users:
            new = messages.add_for(db, f"admin:{user}", outgoing.admins, now)
            parcels = [
                OutboxItem(user, None, "line", {"text": escape(self._line(one, outgoing.dossier, now))})
                for one in new
            ]
            outbox.add(db, parcels, None, now)

    def _line(self, key: Key, dossier: Dossier, now: datetime) -> str:
        told = dossier.copy()
        told.conversation.locale = self.operators.locale
        what = due(Scene(told, self.attending.library, now), key)
        return say(self.operators.locale, "reminder.nobody_reacts", what=what)

    async def _send(self, outgoing: Outgoing) -> bool:
        chat = int(outgoing.looked.address)
        try:
            message = await self._put(chat, outgoing)
        except TelegramError as error:
            return await self._failed(outgoing, error)
        await self._settle(outgoing, "sent", message)
        return True

    async def _put(self, chat: int, outgoing: Outgoing) -> int:
        """Raises TelegramError."""
        letter = letter_of([outgoing.screen])
        keyboard = [
            [(label, f"r{outgoing.letter}:{data.partition(':')[2]}") for label, data in row]
            for row in letter.keyboard
        ]
        message = 0
        for place, part in enumerate(letter.parts, start=1):
            await self.showing.pace.turn(chat)
            below = keyboard if place == len(letter.parts) else ()
            message = await send_text(self.showing.bot, chat, part, below)
        return message

    async def _failed(self, outgoing: Outgoing, error: TelegramError) -> bool:
        """What did not go out is planned again; what may have gone out is not sent twice."""
        match outcome_of(error, outgoing.looked.attempts):
            case RetryAt(pause):
                until = self.clock() + pause
                await self.desk.run(lambda db: _taken_back(db, outgoing, until))
            case Unsure():
                log.warning("nobody knows whether reminder %s arrived", outgoing.letter)
                await self._settle(outgoing, "unsure")
            case Gone(why):
                log.info("contact %s cannot be reached: %s", outgoing.looked.contact, why)
                await self.desk.run(lambda db: self._gone(db, outgoing))
            case Refused(why):
                log.error("Telegram refuses reminder %s: %s", outgoing.letter, why)
                await self._settle(outgoing, "undeliverable")
            case _:
                await self._settle(outgoing, "sent")
        return False

    def _gone(self, db: Connection, outgoing: Outgoing) -> None:
        messages.settle(db, outgoing.letter, "undeliverable")
        now = self.clock()
        contacts.mark(db, outgoing.looked.contact, now, now)

    async def _settle(self, outgoing: Outgoing, outcome: ReminderOutcome, message: int | None = None) -> None:
        await self.desk.run(lambda db: messages.settle(db, outgoing.letter, outcome, message))


def _taken_back(db: Connection, outgoing: Outgoing, until: datetime) -> None:
    messages.delete_unsent(db, outgoing.letter)
    agendas.put_off(db, outgoing.looked, until)


def reminders_of(
    settings: Settings, attending: ReminderPlanner, desk: Desk, showing: Showing
) -> ReminderSender:
    """As the settings say."""
    return ReminderSender(attending, desk, showing, Operators(settings.admins, settings.language))
