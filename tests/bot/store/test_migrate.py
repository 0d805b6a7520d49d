"""The tables: migrated from nothing, the same as the program thinks they are, by one program at a time."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from bot.store import Store, StoreError
from bot.store.engine import open_engine
from bot.store.migrate import HEAD_REVISION, MIGRATIONS, make_alembic_config, read_schema_state, upgrade
from bot.store.schema import SCHEMA


@pytest.fixture
def url(request: pytest.FixtureRequest, backend: str, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if backend == "sqlite":
        return f"sqlite:///{tmp_path / 'talk.db'}"
    found: str = request.getfixturevalue("postgres_url")
    return found


def revision(url: str) -> str | None:
    engine = open_engine(url)
    found = read_schema_state(engine).current
    engine.dispose()
    return found


def test_the_migrations_lead_to_the_tables_of_the_program(store: Store) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SCHEMA) == []


def test_the_newest_revision_is_the_one_said() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD_REVISION


def test_upgrading_again_changes_nothing(store: Store) -> None:
    upgrade(store.engine)
    assert read_schema_state(store.engine).current == HEAD_REVISION


def test_an_empty_database_is_at_nothing(url: str) -> None:
    assert revision(url) is None


def test_two_programs_that_start_at_once_both_find_the_tables(url: str) -> None:
    start = [sys.executable, "-c", "import sys; from bot.store import Store; Store.open(sys.argv[1])", url]
    both = [subprocess.Popen(start, cwd=Path.cwd(), stderr=subprocess.PIPE) for _ in range(3)]
    said = [one.communicate()[1].decode() for one in both]
    assert [one.returncode for one in both] == [0, 0, 0], said
    assert revision(url) == HEAD_REVISION


def test_a_database_newer_than_the_program_is_left_alone(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="9999, newer than this program"):
        upgrade(store.engine)


def to(engine: Engine, revision: str) -> None:
    """Bring the tables to a revision, earlier or later."""
    with engine.begin() as connection:
        move = command.downgrade if revision == "base" else command.upgrade
        move(make_alembic_config(connection), revision)


def test_a_database_with_talks_in_it_keeps_them_through_every_upgrade(url: str) -> None:
    engine = open_engine(url)
    to(engine, "0001")
    ids = {"contact": "c" * 32, "organisation": "o" * 32, "case": "a" * 32, "at": "2026-03-02 12:00:00+00:00"}
    with engine.begin() as connection:
        for statement in (
            "INSERT INTO contacts VALUES (:contact, 'terminal', 'li', '李', :at)",
            "INSERT INTO organisations VALUES (:organisation, '海风公司', NULL, NULL, NULL, :at)",
            "INSERT INTO cases (id, organisation_id, scheme, version, checksum, opened_at)"
            " VALUES (:case, :organisation, 'gbt27922-2011', '1', '', :at)",
        ):
            connection.execute(text(statement), ids)
    upgrade(engine)
    with engine.begin() as connection:
        kept = connection.execute(text("SELECT id, version, revision FROM cases")).one()
    assert tuple(kept) == ("a" * 32, "1", 0)
    engine.dispose()


def test_every_upgrade_can_be_taken_back_and_made_again(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    to(engine, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SCHEMA) == []
    engine.dispose()


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the power went")

    engine = open_engine(url)
    with monkeypatch.context() as failing:
        failing.setattr("alembic.op.add_column", fail)
        with pytest.raises(RuntimeError, match="the power went"):
            upgrade(engine)
    assert inspect(engine).get_table_names() == []
    upgrade(engine)
    assert read_schema_state(engine).current == HEAD_REVISION
    engine.dispose()
