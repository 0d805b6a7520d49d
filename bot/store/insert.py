"""Inserting what may be there already."""

from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Table


def insert_new(db: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Insert a row unless its key is there already; whether it was inserted."""
    # SQLite and PostgreSQL say it alike; the dialect in use is loaded anyway, the other one need not be.
    dialect = import_module(f"sqlalchemy.dialects.{db.dialect.name}")
    key = next(iter(table.primary_key))
    made = dialect.insert(table).values(values).on_conflict_do_nothing().returning(key)
    return db.execute(made).first() is not None
