"""A contact looked after: what they are to be told is found, and noted before it goes out, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.reminders.due import ContactHours, DueReminders, select_due, select_pressing
from bot.reminders.working_days import CALENDAR
from bot.store.cache import RevisionCache
from bot.store.conversations import scheme_archive
from bot.store.conversations.dossiers import read_dossier
from bot.store.reminders import agendas, messages
from bot.store.reminders.agendas import DueContact
from dialogs import (
    Contact,
    Dossier,
    ReminderKey,
    ReminderLog,
    Screen,
    UpcomingReminder,
    list_records,
    plan_reminders,
    reminder_screen,
)
from rubric import Library

MOST_PER_MESSAGE = 8
"""More things than that are not put into one message; the rest comes the next day."""


@dataclass(frozen=True, slots=True)
class OutgoingReminder:
    """A letter that was noted as being sent, and now has to be.

    `admins` is what the operators are to hear as well, found in `dossier`.
    """

    letter_id: int
    due_contact: DueContact
    screen: Screen
    dossier: Dossier
    operator_keys: tuple[ReminderKey, ...] = ()


@dataclass(frozen=True, slots=True)
class ReminderPlanner:
    """`zone` is the IANA name for contacts who chose none."""

    library: Library
    zone: str
    cache: RevisionCache

    def plan_contact(self, db: Connection, due_contact: DueContact, now: datetime) -> OutgoingReminder | None:
        """Plan the contact's next time, and what is to be told now. Raises LostRaceError, and then nothing is noted.

        None where there is nothing to tell, or another worker was faster.
        """
        dossier, ledger = self.load(db, due_contact.contact, now)
        found = self.select_due(dossier, ledger, due_contact, now)
        told = found.reminders[:MOST_PER_MESSAGE]
        today = now.astimezone(ZoneInfo(ledger.preferences.zone)).date()
        if (
            not agendas.claim_contact(
                db, due_contact, found.next_at, now, today if told else due_contact.last_on
            )
            or not told
        ):
            return None
        letter = messages.add_message(db, due_contact.contact, [each.key for each in told], "sending", now)
        screen = self._reminder_screen(db, dossier, str(letter), now)
        admins = tuple(each.key for each in told if each.for_admins)
        return OutgoingReminder(letter, due_contact, screen, dossier, admins)

    def select_due(
        self, dossier: Dossier, ledger: ReminderLog, due_contact: DueContact, now: datetime
    ) -> DueReminders:
        """What is to be told, changing nothing."""
        return select_due(self.plan_reminders(dossier, ledger, now), ledger, due_contact, now, CALENDAR)

    def record_shown(self, db: Connection, contact: Contact, now: datetime) -> str:
        """Note what a contact is told at the start of a talk; the letter's number, empty where nothing is due."""
        dossier, ledger = self.load(db, contact.id, now)
        hours = ContactHours(replace(ledger.preferences, hour=0), CALENDAR)
        plans = [one for one in self.plan_reminders(dossier, ledger, now) if one.key.milestone != "idle"]
        found = select_pressing(plans, ledger, contact.id, now, hours.moment_on)[:MOST_PER_MESSAGE]
        if not found:
            return ""
        return str(messages.add_message(db, contact.id, [one.key for one in found], "shown", now))

    def load(self, db: Connection, contact: str, now: datetime) -> tuple[Dossier, ReminderLog]:
        """The contact's dossier with all that reminders follow from; nothing is told by loading it."""
        loaded, _ = read_dossier(db, Contact(contact, ""), None, self.cache)
        dossier = loaded.dossier
        scheme_archive.supply_schemes(db, self.library, list_records(dossier))
        ledger = messages.load_reminder_log(db, dossier, self.zone)
        dossier.reminder_log, dossier.calendar = ledger, CALENDAR
        dossier.today = now.astimezone(ZoneInfo(ledger.preferences.zone)).date()
        return dossier, ledger

    def plan_reminders(
        self, dossier: Dossier, ledger: ReminderLog, now: datetime
    ) -> Sequence[UpcomingReminder]:
        today = now.astimezone(ZoneInfo(ledger.preferences.zone)).date()
        return plan_reminders(dossier, self.library, ledger, today)

    def _reminder_screen(self, db: Connection, dossier: Dossier, letter_id: str, now: datetime) -> Screen:
        dossier.reminder_log = messages.load_reminder_log(db, dossier, self.zone)
        return reminder_screen(dossier, self.library, letter_id, now)
