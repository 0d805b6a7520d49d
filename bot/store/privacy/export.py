"""All that is stored about a contact, table by table, as JSON can hold it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, or_, select

from bot.store.schema import SCHEMA
from bot.store.schema.conversation_tables import (
    answers,
    cases,
    contacts,
    invitations,
    memberships,
    organisations,
)
from bot.store.schema.delivery_tables import reminders

Rows = list[dict[str, Any]]


def read_stored_rows(db: Connection, contact: str) -> dict[str, Rows]:
    """Return the rows of the contact and of the organisations that the contact works on.

    Every table is exported but those marked as kept: by its `contact_id`, or as listed here.
    """
    mine = select(memberships.c.organisation_id).where(memberships.c.contact_id == contact)
    my_cases = select(cases.c.id).where(cases.c.organisation_id.in_(mine))
    conditions: dict[Table, ColumnElement[bool]] = {
        contacts: contacts.c.id == contact,
        organisations: organisations.c.id.in_(mine),
        cases: cases.c.id.in_(my_cases),
        answers: or_(answers.c.case_id.in_(my_cases), answers.c.contact_id == contact),
        invitations: invitations.c.invited_by == contact,
        reminders: reminders.c.contact == contact,
    }
    tables = [table for table in SCHEMA.sorted_tables if "kept" not in table.info]
    conditions |= {table: table.c.contact_id == contact for table in tables if table not in conditions}
    return {table.name: _rows(db, table, conditions[table]) for table in tables}


def _rows(db: Connection, table: Table, condition: ColumnElement[bool]) -> Rows:
    query = select(table).where(condition).order_by(*table.primary_key)
    return [_plain(row.items()) for row in db.execute(query).mappings()]


def _plain(items: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    return {str(name): value.isoformat() if isinstance(value, date) else value for name, value in items}
