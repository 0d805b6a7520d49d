"""The database: SQLite for one machine, PostgreSQL for several; what goes wrong with it in plain words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

BUSY_MILLISECONDS = 10_000
_SAYINGS = (
    ("readonly", "the database cannot be written to; check the rights of the file and its folder"),
    (
        "unable to open",
        "the database file cannot be opened; check that its folder exists and can be written to",
    ),
    ("disk is full", "the disk is full; nothing of the last input was saved. Make room and try again"),
    ("disk i/o", "the disk does not answer; nothing of the last input was saved. Check it and try again"),
    ("locked", "another program holds the database; nothing of the last input was saved. Try again"),
    ("not a database", "the file is no SQLite database, or it is damaged"),
    ("malformed", "the database is damaged; restore it from a copy"),
)


class StoreError(Exception):
    """The store cannot do what was asked; the sentence says why and what to do."""


def open_engine(url: str) -> Engine:
    """An engine for an SQLite or PostgreSQL URL. Raises StoreError."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed)
        if parsed.get_backend_name() == "postgresql":
            return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(
            f"{url.partition('://')[0][:40]!r} is no database URL; allowed: {ALLOWED}"
        ) from error
    raise StoreError(f"{parsed.get_backend_name()!r} is no database that is supported; allowed: {ALLOWED}")


ALLOWED = "sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME"


@contextmanager
def plainly() -> Iterator[None]:
    """Let what the database says of itself out as a StoreError."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(said(error)) from error


def said(error: DBAPIError) -> str:
    """The sentence for a failure of the database."""
    text = " ".join(str(error.orig).split())
    for sign, sentence in _SAYINGS:
        if sign in text.lower():
            return sentence
    if isinstance(error, OperationalError):
        return f"the database cannot be reached ({text[:200]}); check XINGPING_DATABASE_URL and the server"
    return f"the database refused ({text[:200]})"


def _sqlite(url: URL) -> Engine:
    if url.database:
        folder = Path(url.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{folder} cannot be made ({error.strerror}); name another place") from error
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, record: Any) -> None:
    """WAL, synced at every commit, foreign keys on; the driver's own late BEGIN is turned off."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MILLISECONDS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a transaction that begins by reading could not get it later."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
