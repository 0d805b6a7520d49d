"""A forecast of reminders, assuming that no reaction and no change comes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.reminders.due import select_due
from bot.reminders.planner import MOST_PER_MESSAGE, ReminderPlanner
from bot.reminders.working_days import CALENDAR
from bot.store.reminders.agendas import DueContact
from dialogs import ForecastMessage, ReminderLog, SentReminder, UpcomingReminder

FORECAST_LETTER = "foreseen"


def forecast(
    planner: ReminderPlanner, db: Connection, due_contact: DueContact, start: datetime, until: datetime
) -> Iterator[ForecastMessage]:
    """Yield the messages from `start` to `until`; nothing is stored."""
    dossier, ledger = planner.load(db, due_contact.contact, start)
    now: datetime | None = start
    while now is not None and now <= until:
        dossier.today = now.astimezone(ZoneInfo(ledger.preferences.zone)).date()
        found = select_due(planner.plan_reminders(dossier, ledger, now), ledger, due_contact, now, CALENDAR)
        told = found.reminders[:MOST_PER_MESSAGE]
        if told:
            ledger = _log_as_sent(ledger, told, due_contact.contact, now)
            dossier.reminder_log = ledger
            due_contact = replace(due_contact, last_on=dossier.today)
            yield ForecastMessage(now, told, dossier)
        else:
            now = found.next_at


def _log_as_sent(
    ledger: ReminderLog, reminders: tuple[UpcomingReminder, ...], contact: str, now: datetime
) -> ReminderLog:
    new = tuple(SentReminder(each.key, FORECAST_LETTER, contact, now, "sent") for each in reminders)
    return replace(ledger, sent_reminders=(*ledger.sent_reminders, *new))
