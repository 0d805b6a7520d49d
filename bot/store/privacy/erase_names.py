"""The erasure of a person's name where colleagues wrote it: corrective actions, documents."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Table, select, update

from bot import json_text
from bot.store.schema import conversation_tables
from dialogs import RECORD_TYPE_BY_FIELD

PERSON_FIELDS = ("findings", "materials")
"""The fields of records that name a person."""
PERSON_EVENTS = [RECORD_TYPE_BY_FIELD[field].stored_name for field in PERSON_FIELDS]
_PERSON = "person"


def erase_person_name(db: Connection, contact: str, deleted_cases: Collection[str]) -> None:
    """Blank the contact's name in the records of their organisations; `deleted_cases` are cases deleted anyway.

    Other names stay, as do colleagues' records. Revisions are increased, so that no cached copy keeps the name.
    """
    name = db.execute(
        select(conversation_tables.contacts.c.name).where(conversation_tables.contacts.c.id == contact)
    ).scalar_one()
    if not name.strip():
        return
    cases = _cases(db, contact, deleted_cases)
    answers, events = conversation_tables.answers.c, conversation_tables.events.c
    rows = select(answers.id, answers.value).where(
        answers.case_id.in_(cases), answers.field.in_(PERSON_FIELDS)
    )
    _blank(db, conversation_tables.answers, "value", db.execute(rows).all(), name)
    told = select(events.id, events.payload).where(events.case_id.in_(cases), events.kind.in_(PERSON_EVENTS))
    _blank(db, conversation_tables.events, "payload", db.execute(told).all(), name)
    table = conversation_tables.cases
    db.execute(update(table).where(table.c.id.in_(cases)).values(revision=table.c.revision + 1))
    _blank_memories(db, contact, cases, name)


def _cases(db: Connection, contact: str, deleted_cases: Collection[str]) -> list[str]:
    """Return the remaining cases of the contact's organisations."""
    mine = select(conversation_tables.memberships.c.organisation_id).where(
        conversation_tables.memberships.c.contact_id == contact
    )
    found = db.execute(
        select(conversation_tables.cases.c.id).where(conversation_tables.cases.c.organisation_id.in_(mine))
    ).scalars()
    return [case for case in found if case not in deleted_cases]


def _blank(db: Connection, table: Table, column: str, rows: Iterable[Any], name: str) -> None:
    for number, value in rows:
        without = _blank_name(value, name)
        if without != value:
            db.execute(update(table).where(table.c.id == number).values({column: without}))


def _blank_memories(db: Connection, contact: str, cases: Collection[str], name: str) -> None:
    """Blank the name in the undo steps of colleagues' conversations."""
    table = conversation_tables.conversations
    rows = db.execute(
        select(table.c.contact_id, table.c.memory, table.c.revision)
        .where(table.c.contact_id != contact)
        .where(table.c.contact_id.in_(_colleagues(cases)))
    ).all()
    for row in rows:
        value = json_text.loads(row.memory)
        without = _blank_name(value, name)
        if without != value:
            changed = {"memory": json_text.dumps(without), "revision": row.revision + 1}
            db.execute(update(table).where(table.c.contact_id == row.contact_id).values(changed))


def _colleagues(cases: Collection[str]) -> Any:
    organisations = select(conversation_tables.cases.c.organisation_id).where(
        conversation_tables.cases.c.id.in_(cases)
    )
    members = conversation_tables.memberships.c
    return select(members.contact_id).where(members.organisation_id.in_(organisations))


def _blank_name(value: Any, name: str) -> Any:
    """Return the value with the name blanked wherever it names a person."""
    if isinstance(value, dict):
        return {
            key: "" if key == _PERSON and _is_same_name(inner, name) else _blank_name(inner, name)
            for key, inner in value.items()
        }
    return [_blank_name(inner, name) for inner in value] if isinstance(value, list) else value


def _is_same_name(stored_name: Any, name: str) -> bool:
    return (
        isinstance(stored_name, str)
        and "".join(stored_name.split()).casefold() == "".join(name.split()).casefold()
    )
