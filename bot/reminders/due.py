"""The reminders due for a contact: planned, not sent yet, within the contact's hours."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.store.reminders.agendas import DueContact
from dialogs import LATER, ReminderKey, ReminderLog, ReminderPreferences, UpcomingReminder, WorkingCalendar

LAST_HOUR = 18
"""No reminder is sent after this hour of the contact's time zone."""
SAME_STAGE_WITHIN = timedelta(days=14)
"""A stage that moves by no more than this counts as the same and is not sent again."""


@dataclass(frozen=True, slots=True)
class DueReminders:
    """The reminders to send now, and when to look again; None when nothing is left."""

    reminders: tuple[UpcomingReminder, ...]
    next_at: datetime | None


def select_due(
    plans: Iterable[UpcomingReminder],
    ledger: ReminderLog,
    due_contact: DueContact,
    now: datetime,
    calendar: WorkingCalendar,
) -> DueReminders:
    """Return the reminders due for a contact at `now`: once a day, in working hours, all at once."""
    hours = ContactHours(ledger.preferences, calendar)
    listed = list(plans)
    pressing = select_pressing(listed, ledger, due_contact.contact, now, hours.moment_on)
    ahead = min((at for each in listed if (at := hours.moment_on(each.sends_on)) > now), default=None)
    if not pressing:
        return DueReminders((), ahead)
    wait = hours.wait_until(now, due_contact.last_on)
    if wait is None:
        return DueReminders(tuple(pressing), ahead)
    return DueReminders((), wait if ahead is None else min(wait, ahead))


def select_pressing(
    plans: Iterable[UpcomingReminder],
    ledger: ReminderLog,
    contact: str,
    now: datetime,
    moment_on: Callable[[date], datetime],
) -> list[UpcomingReminder]:
    """Return, for each subject, the latest stage that has come and was not sent.

    Stages that had passed when the dates were given are left out: the contact saw the dates then.
    """
    told = [one for one in ledger.sent_reminders if one.contact == contact]
    found = []
    for _, series in groupby(sorted(plans, key=_sort_key), key=lambda each: each.key[:2]):
        come = [one for one in series if _is_due(one, ledger, now, moment_on)]
        if come and not _was_sent(come[-1].key, [one.key for one in told]):
            found.append(come[-1])
    return found


def _sort_key(reminder: UpcomingReminder) -> tuple[object, ...]:
    return (*reminder.key[:2], reminder.sends_on, reminder.key.day)


def _is_due(
    reminder: UpcomingReminder, ledger: ReminderLog, now: datetime, moment_on: Callable[[date], datetime]
) -> bool:
    at, changed = moment_on(reminder.sends_on), ledger.changed_at.get(reminder.key.subject)
    return at <= now and (changed is None or at > changed or reminder.key.stage == LATER)


def _was_sent(key: ReminderKey, keys: Iterable[ReminderKey]) -> bool:
    same = (one.day for one in keys if one[:3] == key[:3])
    return any(abs(on - key.day) <= SAME_STAGE_WITHIN for on in same)


@dataclass(frozen=True, slots=True)
class ContactHours:
    """The hours in which a contact gets reminders: from the chosen hour to the end of a working day."""

    agenda: ReminderPreferences
    calendar: WorkingCalendar

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.agenda.zone)

    def moment_on(self, day: date) -> datetime:
        """Return the contact's hour on that day; the hour after it when the clocks skip it."""
        return datetime.combine(day, time(self.agenda.hour), self.zone).astimezone(UTC)

    def wait_until(self, now: datetime, last_on: date | None) -> datetime | None:
        """Return until when a message must wait; None when it can be sent."""
        local = now.astimezone(self.zone)
        today = local.date()
        until = max(LAST_HOUR, self.agenda.hour + 1)
        if today == last_on or local.hour >= until:
            return self.moment_on(self._next_working_day(today + timedelta(days=1)))
        if self._next_working_day(today) != today or local.hour < self.agenda.hour:
            return self.moment_on(self._next_working_day(today))
        return None

    def _next_working_day(self, day: date) -> date:
        return self.calendar.sending_day(day, overdue=True)
