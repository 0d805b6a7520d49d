"""The database engine: SQLite for one machine, PostgreSQL for several; errors in plain words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import StaticPool

from bot.database_url import ALLOWED_URL, mask_url, parse_database_url
from bot.errors import UserError
from bot.store.statements import execute

BUSY_MILLISECONDS = 10_000
CONNECT_SECONDS = 10
_RACE_STATES = frozenset({"40001", "40P01"})  # PostgreSQL: serialization_failure, deadlock_detected
_UNKNOWN_NAMES = frozenset({"42P01", "42703"})  # PostgreSQL: undefined_table, undefined_column

StoreCode = Literal[
    "read_only",
    "unopenable",
    "full",
    "disk",
    "busy",
    "damaged",
    "no_tables",
    "unreachable",
    "attachment",
    "refused",
]
"""The kind of failure; the key of its text, `store.<code>` in `bot/catalogue/`."""

_NO_TABLES = (
    "the database lacks tables of this program; run 'xingping db upgrade', or name another database with"
    " XINGPING_DATABASE_URL or --db"
)
_FULL = "the disk is full; nothing of the last input was saved. Make room and try again"
_ERROR_SENTENCES: tuple[tuple[str, StoreCode, str], ...] = (
    (
        "readonly",
        "read_only",
        "the database cannot be written to; check the rights of the file and its folder",
    ),
    (
        "read-only",
        "read_only",
        "the database server takes no changes now; try again later or name another server",
    ),
    (
        "unable to open",
        "unopenable",
        "the database file cannot be opened; check that its folder exists and can be written to",
    ),
    ("disk is full", "full", _FULL),
    ("no space left", "full", _FULL),
    (
        "disk i/o",
        "disk",
        "the disk does not answer; nothing of the last input was saved. Check it and try again",
    ),
    (
        "locked",
        "busy",
        "another program holds the database; nothing of the last input was saved. Try again",
    ),
    ("not a database", "damaged", "the file is no SQLite database, or it is damaged"),
    ("malformed", "damaged", "the database is damaged; restore it from a copy"),
    ("no such table", "no_tables", _NO_TABLES),
    ("no such column", "no_tables", _NO_TABLES),
    ("has no column named", "no_tables", _NO_TABLES),
)


class StoreError(UserError):
    """A failure of the store; the English message says why and what to do."""

    def __init__(self, sentence: str, code: StoreCode = "refused") -> None:
        self.code = code
        super().__init__(sentence)


class LostRaceError(StoreError):
    """Another transaction saved first; the work must be repeated on the new state."""

    def __init__(self) -> None:
        super().__init__(
            "others save the same at this moment; nothing of the last input was saved. Try again", "busy"
        )


def open_engine(url: str) -> Engine:
    """Open an engine for an SQLite or PostgreSQL URL. Raises StoreError."""
    try:
        parsed = parse_database_url(url)
    except ValueError as error:
        sentence = f"{mask_url(url)!r} is no database URL that can be used here; allowed: {ALLOWED_URL}"
        raise StoreError(sentence) from error
    return _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed)


@contextmanager
def open_for_inspection(url: str) -> Iterator[Engine]:
    """Open an engine for one inspection and dispose of it. Raises StoreError."""
    engine = open_engine(url)
    try:
        with translate_db_errors():
            yield engine
    finally:
        engine.dispose()


@contextmanager
def translate_db_errors() -> Iterator[None]:
    """Translate DBAPI errors into StoreError."""
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in _RACE_STATES:
            raise LostRaceError from error
        raise as_store_error(error) from error


def as_store_error(error: DBAPIError) -> StoreError:
    """Return the StoreError for an error of the database."""
    text = " ".join(str(error.orig).split())
    if getattr(error.orig, "sqlstate", None) in _UNKNOWN_NAMES:
        return StoreError(_NO_TABLES, "no_tables")
    for sign, code, sentence in _ERROR_SENTENCES:
        if sign in text.lower():
            return StoreError(sentence, code)
    if isinstance(error, OperationalError):
        sentence = (
            f"the database cannot be reached ({text[:200]}); check XINGPING_DATABASE_URL and the server"
        )
        return StoreError(sentence, "unreachable")
    return StoreError(f"the database refused ({text[:200]})")


def _postgresql(url: URL) -> Engine:
    patience = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_SECONDS}
    driven = url.set(drivername="postgresql+psycopg")
    return create_engine(driven, pool_pre_ping=True, connect_args=patience)


def _sqlite(url: URL) -> Engine:
    folder = Path(str(url.database)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        sentence = f"{folder} cannot be made ({error.strerror}); name another place"
        raise StoreError(sentence, "unopenable") from error
    return _with_listeners(create_engine(url))


def engine_in_memory() -> Engine:
    """Open SQLite without a file: the data is lost with its only connection."""
    return _with_listeners(create_engine("sqlite://", poolclass=StaticPool))


def _with_listeners(engine: Engine) -> Engine:
    event.listen(engine, "connect", _configure_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _configure_connection(connection: Any, record: Any) -> None:
    """Set WAL, full sync and foreign keys; turn off the driver's implicit BEGIN."""
    connection.isolation_level = None
    pragmas = (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MILLISECONDS}",
    )
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()
    except BaseException:
        connection.close()  # the pool does not know this connection yet and would not close it
        raise


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a transaction that begins by reading could not get it later."""
    execute(connection, "BEGIN IMMEDIATE", ())
