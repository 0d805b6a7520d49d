"""A contact looked after: what they are to be told is found, and noted before it goes out, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.reminders.due import Attention, Hours, due, select_due
from bot.reminders.working_days import CALENDAR
from bot.store.cache import Recent
from bot.store.conversations import scheme_archive
from bot.store.conversations.dossiers import look_into
from bot.store.reminders import agendas, messages
from bot.store.reminders.agendas import DueContact
from dialogs.engine.turn import letter_screen
from dialogs.model.dossier import Contact, Dossier, files_of
from dialogs.model.messages import Screen
from dialogs.model.reminder_log import Key, ReminderLog
from dialogs.reminders.schedule import Planned, planned
from rubric.library.library import Library

MOST_TOGETHER = 8
"""More things than that are not put into one message; the rest comes the next day."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter that was noted as being sent, and now has to be.

    `admins` is what the operators are to hear as well, found in `dossier`.
    """

    letter: int
    looked: DueContact
    screen: Screen
    dossier: Dossier
    admins: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class ReminderPlanner:
    """`zone` is the IANA name for contacts who chose none."""

    library: Library
    zone: str
    recent: Recent

    def attend(self, db: Connection, one: DueContact, now: datetime) -> Outgoing | None:
        """Plan the contact's next time, and what is to be told now. Raises LostRaceError, and then nothing is noted.

        None where there is nothing to tell, or another worker was faster.
        """
        dossier, ledger = self.seen(db, one.contact, now)
        found = self.select_due(dossier, ledger, one, now)
        told = found.now[:MOST_TOGETHER]
        today = now.astimezone(ZoneInfo(ledger.agenda.zone)).date()
        if not agendas.take(db, one, found.again, now, today if told else one.last_on) or not told:
            return None
        letter = messages.add(db, one.contact, [each.key for each in told], "sending", now)
        screen = self._screen(db, dossier, str(letter), now)
        admins = tuple(each.key for each in told if each.for_admins)
        return Outgoing(letter, one, screen, dossier, admins)

    def select_due(self, dossier: Dossier, ledger: ReminderLog, one: DueContact, now: datetime) -> Attention:
        """What is to be told, changing nothing."""
        return select_due(self.planned(dossier, ledger, now), ledger, one, now, CALENDAR)

    def present(self, db: Connection, contact: Contact, now: datetime) -> str:
        """Note what a contact is told at the start of a talk; the letter's number, empty where nothing is due."""
        dossier, ledger = self.seen(db, contact.id, now)
        hours = Hours(replace(ledger.agenda, hour=0), CALENDAR)
        plans = [one for one in self.planned(dossier, ledger, now) if one.key.milestone != "idle"]
        found = due(plans, ledger, contact.id, now, hours.moment)[:MOST_TOGETHER]
        if not found:
            return ""
        return str(messages.add(db, contact.id, [one.key for one in found], "shown", now))

    def seen(self, db: Connection, contact: str, now: datetime) -> tuple[Dossier, ReminderLog]:
        """The contact's dossier with all that reminders follow from; nothing is told by loading it."""
        loaded, _ = look_into(db, Contact(contact, ""), None, self.recent)
        dossier = loaded.dossier
        scheme_archive.supply(db, self.library, files_of(dossier))
        ledger = messages.ledger_of(db, dossier, self.zone)
        dossier.ledger, dossier.calendar = ledger, CALENDAR
        dossier.today = now.astimezone(ZoneInfo(ledger.agenda.zone)).date()
        return dossier, ledger

    def planned(self, dossier: Dossier, ledger: ReminderLog, now: datetime) -> Sequence[Planned]:
        today = now.astimezone(ZoneInfo(ledger.agenda.zone)).date()
        return planned(dossier, self.library, ledger, today)

    def _screen(self, db: Connection, dossier: Dossier, letter: str, now: datetime) -> Screen:
        dossier.ledger = messages.ledger_of(db, dossier, self.zone)
        return letter_screen(dossier, self.library, letter, now)
