"""The tables: migrated from nothing, the same as the program thinks they are, by one program at a time."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.store import Store, StoreError
from bot.store.engine import open_engine
from bot.store.tables import METADATA
from bot.store.upgrades import MIGRATIONS, NEWEST, state, upgrade


def revision(url: str) -> str | None:
    engine = open_engine(url)
    found = state(engine).present
    engine.dispose()
    return found


def test_the_migrations_lead_to_the_tables_of_the_program(store: Store) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_the_newest_revision_is_the_one_said() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == NEWEST


def test_upgrading_again_changes_nothing(store: Store) -> None:
    upgrade(store.engine)
    assert state(store.engine).present == NEWEST


def test_an_empty_database_is_at_nothing(url: str) -> None:
    assert revision(url) is None


def test_two_programs_that_start_at_once_both_find_the_tables(url: str) -> None:
    start = [sys.executable, "-c", "import sys; from bot.store import Store; Store.open(sys.argv[1])", url]
    both = [subprocess.Popen(start, cwd=Path.cwd(), stderr=subprocess.PIPE) for _ in range(3)]
    said = [one.communicate()[1].decode() for one in both]
    assert [one.returncode for one in both] == [0, 0, 0], said
    assert revision(url) == NEWEST


def test_a_database_newer_than_the_program_is_left_alone(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="9999, newer than this program"):
        upgrade(store.engine)
