"""Bringing a database to the newest tables, by Alembic without a file of settings."""

from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from bot.store.engine import StoreError

MIGRATIONS = Path(__file__).parent / "migrations"
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
        try:
            command.upgrade(_config(connection), "head")
        except CommandError as error:
            sentence = (
                f"the database is at {found.present}, newer than this program knows"
            )
            raise StoreError(sentence) from error


def _state(connection: Connection) -> SchemaState:
    newest = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    assert newest is not None
    return SchemaState(MigrationContext.configure(connection).get_current_revision(), newest)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
