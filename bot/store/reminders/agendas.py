"""The next check of each contact for reminders; one row a contact."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select, update

from bot.store.schema import conversation_tables, delivery_tables
from bot.store.statements import insert_many_new
from dialogs import DEFAULT_HOUR, ReminderPreferences

_AGENDAS, _CONTACTS = delivery_tables.agendas.c, conversation_tables.contacts.c
CLOCK_SLACK = timedelta(minutes=2)
"""By how much clocks may differ before one is taken to have gone back."""


@dataclass(frozen=True, slots=True)
class DueContact:
    """A contact due for a check, as stored: the first worker to change the row has it."""

    contact: str
    address: str
    next_at: datetime | None
    last_on: date | None
    attempts: int


def wake_members(db: Connection, organisations: Iterable[str], now: datetime) -> None:
    """Schedule a check now for everybody who works on these organisations."""
    joined = conversation_tables.memberships.c
    theirs = select(joined.contact_id).where(joined.organisation_id.in_(list(organisations)))
    wake_contacts(db, list(db.execute(theirs.distinct()).scalars()), now)


def wake_contacts(db: Connection, contacts: Collection[str], now: datetime) -> None:
    """Schedule a check now for those of the contacts that can be reached."""
    rows = [{"contact_id": contact, "hour": DEFAULT_HOUR} for contact in contacts]
    insert_many_new(db, delivery_tables.agendas, rows, _AGENDAS.contact_id)
    reached = select(_CONTACTS.id).where(
        _CONTACTS.id.in_(list(contacts)),
        _CONTACTS.is_pushed,
        _CONTACTS.unreachable_at.is_(None),
    )
    db.execute(update(delivery_tables.agendas).where(_AGENDAS.contact_id.in_(reached)).values(next_at=now))


def stop_reminders(db: Connection, contact: str) -> None:
    """Cancel the checks of a contact who cannot be reached."""
    values = {"next_at": None, "planned_at": None}
    db.execute(update(delivery_tables.agendas).where(_AGENDAS.contact_id == contact).values(values))


def list_due_contacts(db: Connection, channel: str, now: datetime, most: int) -> Sequence[DueContact]:
    """Return the contacts of a channel that are to be checked now, the longest due first."""
    own = _SELECT_DUE.where(_CONTACTS.channel == channel)
    late = own.where(_AGENDAS.next_at <= now).order_by(_AGENDAS.next_at).limit(most)
    found = {row.contact_id: DueContact(*row) for row in db.execute(late)}
    ahead = own.where(_AGENDAS.planned_at > now + CLOCK_SLACK).limit(most)
    return list((found | {row.contact_id: DueContact(*row) for row in db.execute(ahead)}).values())[:most]


def list_contacts(db: Connection) -> Sequence[tuple[DueContact, str]]:
    """Return all contacts with a schedule and their names, in the order of names."""
    query = _SELECT_DUE.add_columns(_CONTACTS.name).order_by(_CONTACTS.name, _CONTACTS.id)
    return [(DueContact(*row[:-1]), row.name) for row in db.execute(query).all()]


def claim_contact(
    db: Connection, due_contact: DueContact, next_at: datetime | None, now: datetime, last_on: date | None
) -> bool:
    """Plan the next check. False when another worker was faster."""
    unchanged = _AGENDAS.next_at == due_contact.next_at if due_contact.next_at else _AGENDAS.next_at.is_(None)
    values = {"next_at": next_at, "planned_at": now, "last_on": last_on, "attempts": 0}
    done = db.execute(
        update(delivery_tables.agendas)
        .where(_AGENDAS.contact_id == due_contact.contact, unchanged)
        .values(values)
    )
    return done.rowcount == 1


def postpone_contact(db: Connection, due_contact: DueContact, until: datetime) -> None:
    """Check the contact again at `until`, because sending failed."""
    values = {"next_at": until, "last_on": due_contact.last_on, "attempts": due_contact.attempts + 1}
    db.execute(
        update(delivery_tables.agendas).where(_AGENDAS.contact_id == due_contact.contact).values(values)
    )


def read_preferences(db: Connection, contact: str, zone: str) -> ReminderPreferences:
    """Return when the contact is reminded; in `zone` when no zone was chosen."""
    columns = (_AGENDAS.hour, _AGENDAS.zone, _AGENDAS.muted)
    row = db.execute(select(*columns).where(_AGENDAS.contact_id == contact)).one_or_none()
    return (
        ReminderPreferences(zone=zone)
        if row is None
        else ReminderPreferences(row.hour, row.zone or zone, frozenset(row.muted))
    )


def save_preferences(db: Connection, contact: str, agenda: ReminderPreferences, now: datetime) -> None:
    wake_contacts(db, [contact], now)
    values = {"hour": agenda.hour, "zone": agenda.zone, "muted": sorted(agenda.muted)}
    db.execute(update(delivery_tables.agendas).where(_AGENDAS.contact_id == contact).values(values))


_WITH_CONTACTS = delivery_tables.agendas.join(conversation_tables.contacts)
_SELECT_DUE = select(
    _AGENDAS.contact_id,
    _CONTACTS.address,
    _AGENDAS.next_at,
    _AGENDAS.last_on,
    _AGENDAS.attempts,
).select_from(_WITH_CONTACTS)
CHOSEN_ZONE = (
    select(_AGENDAS.zone)
    .where(_AGENDAS.contact_id == conversation_tables.conversations.c.contact_id)
    .scalar_subquery()
)
"""The chosen time zone of a conversation's contact, as a subquery."""
