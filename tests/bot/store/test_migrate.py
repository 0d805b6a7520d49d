"""The tables: migrated from nothing, the same as the program thinks they are, by one program at a time."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from bot.store import Store, StoreError
from bot.store.delivery.chat_screens import claim_due_screens
from bot.store.delivery.outbox import claim_due_items
from bot.store.delivery.updates import ReceivedUpdate, accept_updates, list_waiting
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


IDS = {"contact": "c" * 32, "other": "d" * 32, "case": "a" * 32, "at": "2026-03-02 12:00:00+00:00"}
BEFORE_0009 = (
    "INSERT INTO contacts (id, channel, address, name, created_at)"
    " VALUES (:contact, 'telegram', '106', '李', :at), (:other, 'terminal', 'wang', '王', :at)",
    "INSERT INTO organisations (id, name, created_at) VALUES (:case, '海风公司', :at)",
    "INSERT INTO cases (id, organisation_id, scheme, version, checksum, opened_at)"
    " VALUES (:case, :case, 'gbt27922-2011', '1', '', :at)",
    "INSERT INTO updates (bot, update_id, payload, received_at, done_at)"
    " VALUES (42, 7, '{}', :at, NULL), (42, 6, '', :at, :at)",
    "INSERT INTO panels (contact_id, chat, number, wanted, shown, messages, behind)"
    " VALUES (:contact, 5000000000, 3, '{}', 2, '[12, 13]', '[9]')",
    "INSERT INTO outbox (chat, contact_id, kind, payload, created_at) VALUES (-100, NULL, 'line', '{}', :at)",
    "INSERT INTO letters (id, contact_id, outcome, created_at, message)"
    " VALUES (1, :contact, 'sent', :at, 14), (2, :contact, 'sending', :at, NULL)",
    "INSERT INTO reminders (letter_id, contact, subject, milestone, stage, nominal, at)"
    " VALUES (1, :contact, :case, 'renewal', 'due-30', '2026-03-02', :at)",
)


@pytest.fixture
def at_0008(url: str) -> Iterator[Engine]:
    """A database of the revision before 0009, with rows in all tables that it changes."""
    engine = open_engine(url)
    to(engine, "0008")
    with engine.begin() as db:
        for statement in BEFORE_0009:
            db.execute(text(statement), IDS)
    yield engine
    engine.dispose()


def test_rows_with_numbers_as_ids_keep_them_as_text(at_0008: Engine) -> None:
    upgrade(at_0008)
    with at_0008.begin() as db:
        waiting = list_waiting(db, "telegram", "42")
        assert [(one.number, one.update_id) for one in waiting] == [(1, "7")]
        assert db.execute(text("SELECT channel FROM updates")).scalars().all() == ["telegram"] * 2
        (screen,) = claim_due_screens(db, "telegram", "worker", datetime.now(UTC))
        assert (screen.chat, screen.messages, screen.behind) == ("5000000000", ("12", "13"), ("9",))
        (item,) = claim_due_items(db, "telegram", "worker", datetime.now(UTC))
        assert (item.chat, item.kind) == ("-100", "line")
        assert db.execute(text("SELECT message FROM letters ORDER BY id")).scalars().all() == ["14", None]
        assert db.execute(text("SELECT letter_id FROM reminders")).scalars().all() == [1]
        pushed = db.execute(text("SELECT channel FROM contacts WHERE is_pushed")).scalars().all()
        assert pushed == ["telegram"]


def test_an_update_that_was_accepted_before_the_upgrade_is_known_after_it(at_0008: Engine) -> None:
    upgrade(at_0008)
    received, now = [ReceivedUpdate("6", {}), ReceivedUpdate("8", {})], datetime.now(UTC)
    with at_0008.begin() as db:
        accepted = accept_updates(db, "telegram", "42", received, now)
        assert [one.update_id for one in accepted] == ["8"]
        assert len(accept_updates(db, "another", "42", received, now)) == 2


def test_the_upgrade_keeps_the_tables_as_a_new_database_has_them(at_0008: Engine) -> None:
    upgrade(at_0008)
    with at_0008.connect() as db:
        assert compare_metadata(MigrationContext.configure(db), SCHEMA) == []
        if db.dialect.name == "sqlite":
            partial = (
                "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '%WHERE%' ORDER BY name"
            )
        else:
            partial = "SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%WHERE%' ORDER BY indexname"
        names = ["ix_letters_sending", "ix_panels_waiting", "ix_updates_waiting"]
        assert db.execute(text(partial)).scalars().all() == names


def test_the_ids_become_numbers_again_when_the_upgrade_is_taken_back(at_0008: Engine) -> None:
    upgrade(at_0008)
    with at_0008.begin() as db:
        db.execute(text("UPDATE contacts SET is_pushed = true"))
        command.downgrade(make_alembic_config(db), "0008")
        panel = db.execute(text("SELECT chat, messages, behind FROM panels")).one()
        assert panel.chat == 5000000000
        assert str(panel.messages).replace(" ", "") == "[12,13]"
        assert db.execute(text("SELECT update_id FROM updates ORDER BY number")).scalars().all() == [7, 6]
        assert db.execute(text("SELECT message FROM letters ORDER BY id")).scalars().all() == [14, None]
        assert db.execute(text("SELECT count(*) FROM reminders")).scalar_one() == 1
