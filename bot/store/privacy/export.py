"""All that is stored about a contact, table by table, as JSON can hold it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, or_, select

from bot.store.schema import conversation_tables, delivery_tables

Rows = list[dict[str, Any]]


def read_stored_rows(db: Connection, contact: str) -> dict[str, Rows]:
    """The rows of the contact's own, and of the organisations that the contact works on."""
    mine = _rows(db, conversation_tables.memberships, conversation_tables.memberships.c.contact_id == contact)
    organisations = [row["organisation_id"] for row in mine]
    cases = [
        row["id"]
        for row in _rows(
            db, conversation_tables.cases, conversation_tables.cases.c.organisation_id.in_(organisations)
        )
    ]
    found = {"memberships": mine}
    for table, whose in (
        (conversation_tables.contacts, conversation_tables.contacts.c.id == contact),
        (conversation_tables.conversations, conversation_tables.conversations.c.contact_id == contact),
        (conversation_tables.organisations, conversation_tables.organisations.c.id.in_(organisations)),
        (conversation_tables.cases, conversation_tables.cases.c.id.in_(cases)),
        (
            conversation_tables.answers,
            or_(
                conversation_tables.answers.c.case_id.in_(cases),
                conversation_tables.answers.c.contact_id == contact,
            ),
        ),
        (conversation_tables.events, conversation_tables.events.c.contact_id == contact),
        (conversation_tables.invitations, conversation_tables.invitations.c.invited_by == contact),
        (conversation_tables.notices, conversation_tables.notices.c.contact_id == contact),
        (conversation_tables.inbox, conversation_tables.inbox.c.contact_id == contact),
        (conversation_tables.failures, conversation_tables.failures.c.contact_id == contact),
        (delivery_tables.panels, delivery_tables.panels.c.contact_id == contact),
        (delivery_tables.outbox, delivery_tables.outbox.c.contact_id == contact),
        (delivery_tables.agendas, delivery_tables.agendas.c.contact_id == contact),
        (delivery_tables.letters, delivery_tables.letters.c.contact_id == contact),
        (delivery_tables.reminders, delivery_tables.reminders.c.contact == contact),
    ):
        found[table.name] = _rows(db, table, whose)
    return found


def _rows(db: Connection, table: Table, condition: ColumnElement[bool]) -> Rows:
    query = select(table).where(condition).order_by(*table.primary_key)
    return [_plain(row.items()) for row in db.execute(query).mappings()]


def _plain(items: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    return {str(name): value.isoformat() if isinstance(value, date) else value for name, value in items}
