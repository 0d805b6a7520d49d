"""All that is stored about a contact, table by table, as JSON can hold it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, or_, select

from bot.store import chat_tables, tables

Rows = list[dict[str, Any]]


def stored_about(db: Connection, contact: str) -> dict[str, Rows]:
    """The rows of the contact's own, and of the organisations that the contact works on."""
    mine = _rows(db, tables.memberships, tables.memberships.c.contact_id == contact)
    organisations = [row["organisation_id"] for row in mine]
    cases = [row["id"] for row in _rows(db, tables.cases, tables.cases.c.organisation_id.in_(organisations))]
    found = {"memberships": mine}
    for table, whose in (
        (tables.contacts, tables.contacts.c.id == contact),
        (tables.conversations, tables.conversations.c.contact_id == contact),
        (tables.organisations, tables.organisations.c.id.in_(organisations)),
        (tables.cases, tables.cases.c.id.in_(cases)),
        (tables.answers, or_(tables.answers.c.case_id.in_(cases), tables.answers.c.contact_id == contact)),
        (tables.events, tables.events.c.contact_id == contact),
        (tables.invitations, tables.invitations.c.invited_by == contact),
        (tables.notices, tables.notices.c.contact_id == contact),
        (tables.inbox, tables.inbox.c.contact_id == contact),
        (chat_tables.panels, chat_tables.panels.c.contact_id == contact),
        (chat_tables.outbox, chat_tables.outbox.c.contact_id == contact),
        (chat_tables.agendas, chat_tables.agendas.c.contact_id == contact),
        (chat_tables.letters, chat_tables.letters.c.contact_id == contact),
        (chat_tables.reminders, chat_tables.reminders.c.contact == contact),
    ):
        found[table.name] = _rows(db, table, whose)
    return found


def _rows(db: Connection, table: Table, whose: ColumnElement[bool]) -> Rows:
    query = select(table).where(whose).order_by(*table.primary_key)
    return [_plain(row.items()) for row in db.execute(query).mappings()]


def _plain(items: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    return {str(name): value.isoformat() if isinstance(value, date) else value for name, value in items}
