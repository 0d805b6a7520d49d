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
    """The URL of a database that can hold talks. Raises ValueError without a word; ALLOWED_URL says what may be."""
    url = _parse_url(value)
    if url is None or not (_is_sqlite_file(url, value) or _is_postgresql(url)):
        raise ValueError
    return url


def mask_url(value: str) -> str:
    """The value as it may be shown: without its passwords, and where it is no URL, without what may be one."""
    url = _parse_url(value)
    if url is None:
        kind, mark, _ = value.partition("://")
        return f"{kind[:40]}://***" if mark else value if _NO_SECRET.fullmatch(value) else "***"
    shown = value if url.password is None else url.render_as_string(hide_password=True)
    return _SECRET_OPTIONS.sub(r"\1***", shown)


def sqlite_url(path: Path) -> str:
    """Readable where it can be; what means something in a URL is written as a URL needs it."""
    plain = f"sqlite:///{path}"
    if make_url(plain).database == str(path):
        return plain
    return URL.create("sqlite", database=str(path)).render_as_string()


def _parse_url(value: str) -> URL | None:
    """None where it is no URL, or where a password with an @ in it (it should be %40) has cut it in the wrong place."""
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):
        return None
    return None if url.host and "@" in url.host else url


def _is_sqlite_file(url: URL, value: str) -> bool:
    """A file, since what is only in memory would be lost; its options would be ignored, so there are none."""
    named = url.database and url.database != ":memory:"
    return (
        url.drivername in _SQLITE and bool(named) and not url.host and not url.username and "?" not in value
    )


def _is_postgresql(url: URL) -> bool:
    """Every option is one of libpq's, and the time to wait for a connection a number."""
    if url.drivername not in _POSTGRESQL:
        return False
    from psycopg import ProgrammingError
    from psycopg.conninfo import make_conninfo

    try:
        make_conninfo(**dict.fromkeys(url.query, "1"))
    except ProgrammingError:
        return False
    return str(url.query.get("connect_timeout", "0")).isdecimal()
