"""The reminder planner: finds what is due for a contact and stores it before it is sent."""

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
    """A reminder that is stored as being sent; `operator_keys` are those to report to the operators."""

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
        """Plan the contact's next check and store the reminder due now. Raises LostRaceError; nothing is stored then.

        None when no reminder is due, or another worker was faster.
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
        """Return the reminders due now without storing anything."""
        return select_due(self.plan_reminders(dossier, ledger, now), ledger, due_contact, now, CALENDAR)

    def record_shown(self, db: Connection, contact: Contact, now: datetime) -> str:
        """Store the reminders shown at the start of a conversation; return the letter's id, empty when none is due."""
        dossier, ledger = self.load(db, contact.id, now)
        hours = ContactHours(replace(ledger.preferences, hour=0), CALENDAR)
        plans = [one for one in self.plan_reminders(dossier, ledger, now) if one.key.milestone != "idle"]
        found = select_pressing(plans, ledger, contact.id, now, hours.moment_on)[:MOST_PER_MESSAGE]
        if not found:
            return ""
        return str(messages.add_message(db, contact.id, [one.key for one in found], "shown", now))

    def load(self, db: Connection, contact: str, now: datetime) -> tuple[Dossier, ReminderLog]:
        """Load the dossier and the reminder log without claiming notices."""
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
