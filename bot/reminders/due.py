"""Who is to be told what now: what is planned, less what was told, at the hour and on the days of the contact's own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.store.reminders.agendas import DueContact
from dialogs.model.reminder_log import Key, ReminderLog, ReminderPreferences
from dialogs.model.working_calendar import WorkingCalendar
from dialogs.reminders.schedule import LATER, Planned

UNTIL_HOUR = 18
"""Nothing is sent after this hour of the contact's own."""
SAID_RECENTLY = timedelta(days=14)
"""A stage that moves by no more than this is the same one with a slip corrected, and is not told again."""


@dataclass(frozen=True, slots=True)
class Attention:
    """What to tell now, and when to look again; None where nothing is left to come."""

    now: tuple[Planned, ...]
    again: datetime | None


def select_due(
    plans: Iterable[Planned], ledger: ReminderLog, one: DueContact, now: datetime, calendar: WorkingCalendar
) -> Attention:
    """What a contact whom a message reaches is told at this moment: once a day, in working hours, all at once."""
    hours = Hours(ledger.agenda, calendar)
    listed = list(plans)
    pressing = due(listed, ledger, one.contact, now, hours.moment)
    ahead = min((at for each in listed if (at := hours.moment(each.sends_on)) > now), default=None)
    if not pressing:
        return Attention((), ahead)
    wait = hours.wait(now, one.last_on)
    if wait is None:
        return Attention(tuple(pressing), ahead)
    return Attention((), wait if ahead is None else min(wait, ahead))


def due(
    plans: Iterable[Planned],
    ledger: ReminderLog,
    contact: str,
    now: datetime,
    moment: Callable[[date], datetime],
) -> list[Planned]:
    """Of each thing the most pressing stage that has come, where it was not told.

    Stages that had passed when the dates were given are left out: whoever gave them saw where that put them.
    """
    told = [one for one in ledger.told if one.contact == contact]
    found = []
    for _, series in groupby(sorted(plans, key=_series), key=lambda each: each.key[:2]):
        come = [one for one in series if _has_come(one, ledger, now, moment)]
        if come and not _was_told(come[-1].key, [one.key for one in told]):
            found.append(come[-1])
    return found


def _series(one: Planned) -> tuple[object, ...]:
    return (*one.key[:2], one.sends_on, one.key.on)


def _has_come(one: Planned, ledger: ReminderLog, now: datetime, moment: Callable[[date], datetime]) -> bool:
    at, changed = moment(one.sends_on), ledger.changed.get(one.key.subject)
    return at <= now and (changed is None or at > changed or one.key.stage == LATER)


def _was_told(key: Key, told: Iterable[Key]) -> bool:
    same = (one.on for one in told if one[:3] == key[:3])
    return any(abs(on - key.on) <= SAID_RECENTLY for on in same)


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours at which a contact is told things: from the one they chose to the end of a working day."""

    agenda: ReminderPreferences
    calendar: WorkingCalendar

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.agenda.zone)

    def moment(self, day: date) -> datetime:
        """The contact's hour on that day; where the clocks skip it, the one after it."""
        return datetime.combine(day, time(self.agenda.hour), self.zone).astimezone(UTC)

    def wait(self, now: datetime, last_on: date | None) -> datetime | None:
        """Until when a message must wait; None where it need not."""
        local = now.astimezone(self.zone)
        today = local.date()
        until = max(UNTIL_HOUR, self.agenda.hour + 1)
        if today == last_on or local.hour >= until:
            return self.moment(self._working_day(today + timedelta(days=1)))
        if self._working_day(today) != today or local.hour < self.agenda.hour:
            return self.moment(self._working_day(today))
        return None

    def _working_day(self, day: date) -> date:
        return self.calendar.sending_day(day, overdue=True)
