"""Migrations to the newest tables, by Alembic without a settings file."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from bot.store.engine import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD_REVISION = "0009"  # repeated here, so that a start with nothing to migrate need not load Alembic
LOCK_ID = 27_922  # any number will do; all programs on one PostgreSQL database use this one


@dataclass(frozen=True, slots=True)
class SchemaState:
    """The revision a database is at (None before the first), and the newest that the program knows."""

    current: str | None
    head: str


def read_schema_state(engine: Engine) -> SchemaState:
    with engine.connect() as connection:
        return _read_state(connection)


def upgrade(engine: Engine) -> None:
    """Bring the tables up to date; of two programs that start at once the second waits. Raises StoreError."""
    if (found := read_schema_state(engine)).current == found.head:
        return
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK_ID})"))
        found = _read_state(connection)
        if found.current == found.head:
            return
        _migrate(connection, found)


def _migrate(connection: Connection, schema_state: SchemaState) -> None:
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(make_alembic_config(connection), "head")
    except CommandError as error:
        sentence = f"the database is at {schema_state.current}, newer than this program knows"
        raise StoreError(sentence) from error


def _read_state(connection: Connection) -> SchemaState:
    if not inspect(connection).has_table("alembic_version"):
        return SchemaState(None, HEAD_REVISION)
    present = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return SchemaState(present, HEAD_REVISION)


def make_alembic_config(connection: Connection) -> "Config":
    """Return Alembic's configuration for an open connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
