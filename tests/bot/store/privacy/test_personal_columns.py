"""Every column that can hold what a person wrote is exported and erased, or says in the schema why it stays."""

import json
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from sqlalchemy import JSON, Column, Connection, Table, insert, select

from bot.store import Store
from bot.store.conversations.contacts import ChannelUser, get_or_create_contact
from bot.store.conversations.dossiers import read_dossier
from bot.store.conversations.save_events import TurnOrigin, save_events
from bot.store.privacy.erase import erase_contact
from bot.store.privacy.export import read_stored_rows
from bot.store.schema import SCHEMA
from bot.store.schema.conversation_tables import contacts, memberships
from bot.store.schema.types import JsonText
from dialogs.model.dossier import Contact, Organisation
from dialogs.model.events import Event, OrganisationChanged, OrganisationCreated
from tests.bot.conftest import EVENING

LI, WANG = "li", "wang"
TABLES = [table for table in SCHEMA.sorted_tables if "kept" not in table.info]
WRITTEN = [
    column
    for table in TABLES
    for column in table.c
    if (column.type.python_type in {str, dict} or isinstance(column.type, JsonText))
    and not column.foreign_keys
    and "kept" not in column.info
    and (table.name, column.name) not in {("contacts", "id"), ("organisations", "id"), ("cases", "id")}
    and (table.name, column.name) != ("reminders", "contact")  # the id of the contact
]
SIGNS = {column: chr(0xE000 + place) for place, column in enumerate(WRITTEN)}
"""What is written into each of them: one character, which fits every column and occurs nowhere else."""


def value_of(column: Column[Any]) -> Any:
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return {"contacts": LI, "organisations": "company", "cases": "case"}.get(key.column.table.name)
    if column.name in {"id", "contact"} and column.type.python_type is str:
        return {"contacts": LI, "organisations": "company", "cases": "case"}.get(column.table.name, LI)
    sign = SIGNS.get(column, "-")
    if isinstance(column.type, JSON):
        return {"text": sign}
    if isinstance(column.type, JsonText):
        return json.dumps({"text": sign}, ensure_ascii=False)
    values = {str: sign, int: 1, bool: False, date: EVENING.date()}
    return values.get(column.type.python_type, EVENING)


def fill(db: Connection) -> None:
    """Insert a row of Li into each table, with a sign in each column."""
    for table in TABLES:
        names = [column for column in table.c if column is not table.autoincrement_column]
        db.execute(insert(table).values({column.name: value_of(column) for column in names}))


def join_wang(db: Connection) -> None:
    """Let Wang work on the organisation too."""
    wang = {"id": WANG, "channel": "terminal", "address": WANG, "name": WANG, "created_at": EVENING}
    db.execute(insert(contacts).values(wang))
    joined = {"contact_id": WANG, "organisation_id": "company", "joined_at": EVENING}
    db.execute(insert(memberships).values(joined))


def everything(db: Connection, tables: list[Table]) -> str:
    rows = [list(row) for table in tables for row in db.execute(select(table))]
    return json.dumps(rows, ensure_ascii=False, default=str)


def names(text: str) -> set[str]:
    """The columns whose signs the text has."""
    return {str(column) for column, sign in SIGNS.items() if sign in text}


def test_every_column_is_exported(store: Store) -> None:
    with store.transaction() as db:
        fill(db)
        exported = json.dumps(read_stored_rows(db, LI), ensure_ascii=False, default=str)
    assert names(exported) == {str(column) for column in WRITTEN}


def test_every_column_is_erased(store: Store) -> None:
    with store.transaction() as db:
        fill(db)
        erase_contact(db, LI)
        assert names(everything(db, SCHEMA.sorted_tables)) == set()


def test_with_a_colleague_only_what_is_shared_stays(store: Store) -> None:
    with store.transaction() as db:
        fill(db)
        join_wang(db)
        erase_contact(db, LI)
        left = everything(db, [table for table in SCHEMA.sorted_tables if "shared" not in table.info])
        assert names(left) == set()
        assert names(everything(db, SCHEMA.sorted_tables))


def test_what_stays_has_a_reason() -> None:
    marks = [table.info for table in SCHEMA.sorted_tables if table.info]
    marks += [column.info for table in SCHEMA.sorted_tables for column in table.c if column.info]
    for mark in marks:
        assert len(mark) == 1, mark
        assert all(reason.strip() for reason in mark.values()), mark


@pytest.mark.parametrize("field", [field.name for field in fields(Organisation) if field.name != "id"])
def test_every_field_of_an_organisation_is_stored_exported_and_erased(store: Store, field: str) -> None:
    sign = "\ue900"
    with store.transaction() as db:
        li = get_or_create_contact(db, ChannelUser("terminal", LI, LI, "en"), EVENING).id
        events: list[Event] = [
            OrganisationCreated(Organisation("company", "name")),
            OrganisationChanged("company", field, sign),
        ]
        save_events(db, events, TurnOrigin(li, "terminal", "key", EVENING))
        loaded, _ = read_dossier(db, Contact(li, LI), None, store.cache)
        assert getattr(loaded.dossier.organisations["company"], field) == sign
        (exported,) = read_stored_rows(db, li)["organisations"]
        assert exported[field] == sign
        erase_contact(db, li)
        assert sign not in everything(db, SCHEMA.sorted_tables)


def test_an_organisation_is_created_with_all_its_fields(store: Store) -> None:
    given = Organisation("company", *(chr(0xE900 + place) for place in range(len(fields(Organisation)) - 1)))
    with store.transaction() as db:
        li = get_or_create_contact(db, ChannelUser("terminal", LI, LI, "en"), EVENING).id
        save_events(db, [OrganisationCreated(given)], TurnOrigin(li, "terminal", "key", EVENING))
        loaded, _ = read_dossier(db, Contact(li, LI), None, store.cache)
        assert loaded.dossier.organisations["company"] == given
