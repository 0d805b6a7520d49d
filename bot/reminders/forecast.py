"""The reminders of the days to come, if nobody reacts and nothing changes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.reminders.due import select_due
from bot.reminders.planner import MOST_TOGETHER, ReminderPlanner
from bot.reminders.working_days import CALENDAR
from bot.store.reminders.agendas import DueContact
from dialogs.model.dossier import Dossier
from dialogs.model.reminder_log import ReminderLog, SentReminder
from dialogs.reminders.schedule import Planned

FORESEEN = "foreseen"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would be told in one message at that moment; `dossier` and its ledger are as they would be by then."""

    at: datetime
    told: tuple[Planned, ...]
    dossier: Dossier


def forecast(
    attending: ReminderPlanner, db: Connection, one: DueContact, start: datetime, until: datetime
) -> Iterator[Foreseen]:
    """Message by message, from `start` on to `until`; nothing is stored."""
    dossier, ledger = attending.seen(db, one.contact, start)
    now: datetime | None = start
    while now is not None and now <= until:
        dossier.today = now.astimezone(ZoneInfo(ledger.agenda.zone)).date()
        found = select_due(attending.planned(dossier, ledger, now), ledger, one, now, CALENDAR)
        told = found.now[:MOST_TOGETHER]
        if told:
            ledger = _told(ledger, told, one.contact, now)
            dossier.ledger = ledger
            one = replace(one, last_on=dossier.today)
            yield Foreseen(now, told, dossier)
        else:
            now = found.again


def _told(ledger: ReminderLog, told: tuple[Planned, ...], contact: str, now: datetime) -> ReminderLog:
    new = tuple(SentReminder(each.key, FORESEEN, contact, now, "sent") for each in told)
    return replace(ledger, told=(*ledger.told, *new))
