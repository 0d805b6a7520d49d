"""Fixtures for all tests."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from tests.postgres import PostgresServer, running_server

settings.register_profile(
    "ci", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-write", action="store_true", help="write tests/transcripts/ anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure no coverage while examples are tried by the hundred: it doubles their time and adds no line."""
    for item in items:
        if isinstance(item, pytest.Function) and is_hypothesis_test(item.function):
            item.add_marker("no_cover")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server, one for each xdist worker."""
    with running_server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The SQLAlchemy URL of a database of its own, empty."""
    with postgres_server.database() as name:
        yield postgres_server.url(name)


@pytest.fixture(autouse=True)
def everything_opened_is_closed() -> Iterator[None]:
    """Fails a test that leaves a connection open, be it the test's own or the program's.

    Python says so itself from 3.13 on, but only once it happens to collect the connection: in another test.
    """
    from sqlalchemy import event
    from sqlalchemy.pool import Pool

    opened: list[Any] = []

    def note(connection: Any, _record: Any) -> None:
        opened.append(connection)

    event.listen(Pool, "connect", note)
    yield
    event.remove(Pool, "connect", note)
    left = [connection for connection in opened if is_open(connection)]
    for connection in left:
        connection.close()
    assert not left, f"left open: {len(left)} database connections; close the Store, dispose of the engine"


def is_open(connection: Any) -> bool:
    """Whether a driver's connection still is: psycopg says so, sqlite3 lets itself be asked when it is."""
    if isinstance(connection, sqlite3.Connection):
        with suppress(sqlite3.ProgrammingError):
            return connection.total_changes >= 0
        return False
    return not connection.close
