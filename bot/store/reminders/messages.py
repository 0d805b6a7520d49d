"""Sent reminders and their results; unique keys prevent sending twice."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from bot.store.engine import LostRaceError
from bot.store.reminders.agendas import read_preferences
from bot.store.schema import conversation_tables, delivery_tables
from bot.store.statements import insert_many_new
from dialogs import Dossier, Reaction, ReminderKey, ReminderLog, ReminderOutcome, SentReminder

UNSURE_AFTER = timedelta(minutes=2)
"""A reminder still marked as being sent after this time may or may not have arrived."""
PLANNING_FIELDS = ("dates", "surveillances", "body")
"""The records of a certification from which its calendar follows."""
_LETTERS, _REMINDERS = delivery_tables.letters.c, delivery_tables.reminders.c


def load_reminder_log(db: Connection, dossier: Dossier, zone: str) -> ReminderLog:
    """Load the reminder log of the contact; `zone` is for a contact who chose none."""
    subjects = [*dossier.certifications, *dossier.cases]
    organisations = list(dossier.organisations)
    return ReminderLog(
        preferences=read_preferences(db, dossier.contact.id, zone),
        sent_reminders=tuple(_sent_reminders(db, subjects)),
        changed_at=dict(
            _last_recorded(
                db, dossier.certifications, conversation_tables.answers.c.field.in_(PLANNING_FIELDS)
            )
        ),
        active_at=dict(_last_recorded(db, dossier.cases, conversation_tables.answers.c.field != "submitted")),
        evidence_times=_evidence(db, dossier.cases),
        member_names=_members(db, organisations),
        unreachable=frozenset(_unreachable(db, organisations)),
    )


def add_message(
    db: Connection, contact: str, keys: Iterable[ReminderKey], outcome: ReminderOutcome, now: datetime
) -> int:
    """Store a reminder message with its keys. Raises LostRaceError when one was sent before."""
    made = db.execute(
        insert(delivery_tables.letters)
        .values(contact_id=contact, outcome=outcome, created_at=now)
        .returning(_LETTERS.id)
    )
    letter = int(made.scalar_one())
    rows = [_row(key, contact, now) | {"letter_id": letter} for key in keys]
    if len(insert_many_new(db, delivery_tables.reminders, rows, _REMINDERS.id)) != len(rows):
        raise LostRaceError
    return letter


def add_operator_message(
    db: Connection, recipient: str, keys: Iterable[ReminderKey], now: datetime
) -> list[ReminderKey]:
    """Store the keys reported to an operator; return the new ones."""
    rows = [_row(key, recipient, now) for key in keys]
    made = insert_many_new(
        db,
        delivery_tables.reminders,
        rows,
        _REMINDERS.subject,
        _REMINDERS.milestone,
        _REMINDERS.stage,
        _REMINDERS.nominal,
    )
    return [ReminderKey(row.subject, row.milestone, row.stage, row.nominal) for row in made]


def record_outcome(
    db: Connection, letter_id: int, outcome: ReminderOutcome, message: str | None = None
) -> None:
    """Store the result of sending a letter."""
    values = {"outcome": outcome, "message": message}
    db.execute(update(delivery_tables.letters).where(_LETTERS.id == letter_id).values(values))


def delete_unsent(db: Connection, letter_id: int) -> None:
    """Delete a reminder that was certainly not sent."""
    db.execute(delete(delivery_tables.reminders).where(_REMINDERS.letter_id == letter_id))
    db.execute(delete(delivery_tables.letters).where(_LETTERS.id == letter_id))


def mark_stale_as_unsure(db: Connection, now: datetime) -> list[int]:
    """Mark as unsure what has been in sending for too long: its worker ended."""
    old = (_LETTERS.outcome == "sending", _LETTERS.created_at <= now - UNSURE_AFTER)
    done = db.execute(
        update(delivery_tables.letters).where(*old).values(outcome="unsure").returning(_LETTERS.id)
    )
    return list(done.scalars())


def record_reaction(
    db: Connection, keys: Iterable[ReminderKey], contact: str, reaction: Reaction, until: date | None
) -> None:
    """Store the contact's reaction to reminders."""
    for key in keys:
        same = [_REMINDERS[name] == value for name, value in _row(key, contact, None).items() if name != "at"]
        db.execute(update(delivery_tables.reminders).where(*same).values(reaction=reaction, until=until))


def count_unsure(db: Connection) -> int:
    """Count the letters that may or may not have arrived."""
    query = select(func.count()).select_from(delivery_tables.letters).where(_LETTERS.outcome == "unsure")
    return int(db.execute(query).scalar_one())


def _row(key: ReminderKey, recipient: str, now: datetime | None) -> dict[str, Any]:
    return {
        "contact": recipient,
        "subject": key.subject,
        "milestone": key.milestone,
        "stage": key.stage,
        "nominal": key.day,
        "at": now,
    }


def _sent_reminders(db: Connection, subjects: Sequence[str]) -> Iterable[SentReminder]:
    query = (
        select(delivery_tables.reminders, _LETTERS.outcome)
        .join(delivery_tables.letters, isouter=True)
        .where(_REMINDERS.subject.in_(subjects))
        .order_by(_REMINDERS.id)
    )
    for row in db.execute(query):
        key = ReminderKey(row.subject, row.milestone, row.stage, row.nominal)
        letter, outcome = str(row.letter_id or ""), cast("ReminderOutcome", row.outcome or "sent")
        yield SentReminder(key, letter, row.contact, row.at, outcome, row.reaction, row.until)


def _last_recorded(
    db: Connection, files: Collection[str], condition: ColumnElement[bool]
) -> Iterable[tuple[str, datetime]]:
    """Return the time of the last such record of each case."""
    table = conversation_tables.answers.c
    query = select(table.case_id, table.at).where(
        table.id.in_(
            select(func.max(table.id))
            .where(table.case_id.in_(list(files)), condition)
            .group_by(table.case_id)
        )
    )
    return ((row.case_id, row.at) for row in db.execute(query))


def _evidence(db: Connection, cases: Collection[str]) -> dict[str, dict[str, datetime]]:
    """Return the time at which each evidence file of a case was sent."""
    table = conversation_tables.answers.c
    latest = (
        select(func.max(table.id))
        .where(table.case_id.in_(list(cases)), table.field == "evidence")
        .group_by(table.case_id, table.key)
    )
    found: dict[str, dict[str, datetime]] = {}
    columns = (table.case_id, table.key, table.value, table.at)
    for row in db.execute(select(*columns).where(table.id.in_(latest)).order_by(table.id)):
        if row.value is not None:
            found.setdefault(row.case_id, {})[row.key] = row.at
    return found


def _members(db: Connection, organisations: Sequence[str]) -> dict[str, dict[str, str]]:
    joined, contacts = conversation_tables.memberships.c, conversation_tables.contacts.c
    query = (
        select(joined.organisation_id, contacts.id, contacts.name)
        .join(conversation_tables.contacts, contacts.id == joined.contact_id)
        .where(joined.organisation_id.in_(organisations))
        .order_by(joined.number)
    )
    found: dict[str, dict[str, str]] = {}
    for organisation, contact, name in db.execute(query):
        found.setdefault(organisation, {})[contact] = name
    return found


def _unreachable(db: Connection, organisations: Sequence[str]) -> Iterable[str]:
    joined, contacts = conversation_tables.memberships.c, conversation_tables.contacts.c
    query = (
        select(contacts.id)
        .join(conversation_tables.memberships, contacts.id == joined.contact_id)
        .where(joined.organisation_id.in_(organisations), contacts.unreachable_at.is_not(None))
    )
    return db.execute(query).scalars()
