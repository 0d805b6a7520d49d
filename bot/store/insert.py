"""Inserting what may be there already."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from sqlalchemy import Column, Connection, Row, Table
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert


def insert_for(dialect: str, table: Table) -> SqliteInsert | PostgresInsert:
    """An insert that knows ON CONFLICT, which SQLite and PostgreSQL say alike."""
    # The dialect in use is loaded anyway, the other one need not be.
    made: SqliteInsert | PostgresInsert = import_module(f"sqlalchemy.dialects.{dialect}").insert(table)
    return made


def insert_new(db: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Insert a row unless its key is there already; whether it was inserted."""
    key = next(iter(table.primary_key))
    made = insert_for(db.dialect.name, table).values(values).on_conflict_do_nothing().returning(key)
    return db.execute(made).first() is not None


def insert_many_new(
    db: Connection, table: Table, rows: Sequence[dict[str, Any]], *columns: Column[Any]
) -> Sequence[Row[Any]]:
    """Insert, in this order, the rows whose keys are not there yet; the columns asked for of each one inserted."""
    if not rows:
        return []
    # The rows beside the statement, not in it: it would be compiled anew for every number of them.
    made = insert_for(db.dialect.name, table).on_conflict_do_nothing().returning(*columns)
    return db.execute(made, list(rows)).all()
