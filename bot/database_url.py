"""The database's URL: which can be used, and how one is shown without its passwords."""

import re
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

ALLOWED_URL = (
    "sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME; options after ? for the latter only"
)
_SQLITE, _POSTGRESQL = {"sqlite", "sqlite+pysqlite"}, {"postgresql", "postgresql+psycopg"}
_SECRET_OPTIONS = re.compile(r"([?&](?:(?:ssl)?pass|scram|oauth)[a-z_]*=)[^&]*", re.IGNORECASE)
_NO_SECRET = re.compile(r"[^:@=?]{0,80}")


def parse_database_url(value: str) -> URL:
    """Parse the URL of a supported database. Raises ValueError without a message; ALLOWED_URL names what is allowed."""
    url = _parse_url(value)
    if url is None or not (_is_sqlite_file(url, value) or _is_postgresql(url)):
        raise ValueError
    return url


def mask_url(value: str) -> str:
    """Return the value without its passwords; of a value that is no URL, only what cannot be one."""
    url = _parse_url(value)
    if url is None:
        kind, mark, _ = value.partition("://")
        return f"{kind[:40]}://***" if mark else value if _NO_SECRET.fullmatch(value) else "***"
    shown = value if url.password is None else url.render_as_string(hide_password=True)
    return _SECRET_OPTIONS.sub(r"\1***", shown)


def sqlite_url(path: Path) -> str:
    """Return the URL of an SQLite file, escaped only where a URL needs it."""
    plain = f"sqlite:///{path}"
    if make_url(plain).database == str(path):
        return plain
    return URL.create("sqlite", database=str(path)).render_as_string()


def _parse_url(value: str) -> URL | None:
    """Parse the value; None when it is no URL, or when an @ in the password (it must be %40) split it wrongly."""
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):
        return None
    return None if url.host and "@" in url.host else url


def _is_sqlite_file(url: URL, value: str) -> bool:
    """Tell whether it names a file; a memory database would be lost, and options are not supported."""
    named = url.database and url.database != ":memory:"
    return (
        url.drivername in _SQLITE and bool(named) and not url.host and not url.username and "?" not in value
    )


def _is_postgresql(url: URL) -> bool:
    """Tell whether all options are libpq's and the connect timeout is a number."""
    if url.drivername not in _POSTGRESQL:
        return False
    from psycopg import ProgrammingError
    from psycopg.conninfo import make_conninfo

    try:
        make_conninfo(**dict.fromkeys(url.query, "1"))
    except ProgrammingError:
        return False
    return str(url.query.get("connect_timeout", "0")).isdecimal()
