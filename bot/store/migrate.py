"""Bringing a database to the newest tables, by Alembic without a file of settings."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from bot.store.engine import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "0007"  # said here, so that a start with nothing to do need not load Alembic
LOCK = 27_922  # any number will do; all programs on one PostgreSQL database use this one


@dataclass(frozen=True, slots=True)
class SchemaState:
    """The revision a database is at (None before the first), and the newest that the program knows."""

    present: str | None
    newest: str


def state(engine: Engine) -> SchemaState:
    with engine.connect() as connection:
        return _state(connection)


def upgrade(engine: Engine) -> None:
    """Bring the tables up to date; of two programs that start at once the second waits. Raises StoreError."""
    if (found := state(engine)).present == found.newest:
        return
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        found = _state(connection)
        if found.present == found.newest:
            return
        _migrate(connection, found)


def _migrate(connection: Connection, found: SchemaState) -> None:
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(config(connection), "head")
    except CommandError as error:
        sentence = f"the database is at {found.present}, newer than this program knows"
        raise StoreError(sentence) from error


def _state(connection: Connection) -> SchemaState:
    if not inspect(connection).has_table("alembic_version"):
        return SchemaState(None, NEWEST)
    present = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return SchemaState(present, NEWEST)


def config(connection: Connection) -> "Config":
    """What Alembic's commands take, for a connection that is open."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
