"""What goes wrong with a database, in plain words."""

import socket
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.database_url import ALLOWED_URL, parse_database_url, sqlite_url
from bot.store import Store, StoreError
from bot.store.engine import as_store_error, open_engine, open_for_inspection

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("url", ["mysql://here/db", "nonsense", "", "sqlite+nothing:///x.db", "oracle://x"])
def test_a_database_of_another_kind_is_refused_with_what_is_allowed(url: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_engine(url)
    assert str(caught.value) == f"{url!r} is no database URL that can be used here; allowed: {ALLOWED_URL}"


@pytest.mark.parametrize(
    "url",
    ["postgres://me:secret@here/db", "postgresql:/me:secret@here/db", "postgresql://me:secret@here:port/db"],
)
def test_a_url_that_cannot_be_used_keeps_its_password(url: str) -> None:
    with pytest.raises(StoreError, match="no database URL that can be used") as caught:
        open_engine(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///talk.db",
        "sqlite+pysqlite:////var/lib/talk.db",
        sqlite_url(Path("/a b/what?/50%25#1.db")),
        "postgresql://",
        "postgresql+psycopg://me:p%40ss@here:5432/db?sslmode=require&connect_timeout=3",
        "postgresql:///db?host=/run/postgresql&application_name=x",
    ],
)
def test_files_and_servers_with_options_of_their_own_may_be_named(url: str) -> None:
    assert parse_database_url(url)


def test_a_server_that_keeps_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.engine.CONNECT_SECONDS", 2)
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(StoreError, match="cannot be reached"),
    ):
        Store.open(f"postgresql://nobody@127.0.0.1:{silent.getsockname()[1]}/none?sslmode=disable")


@pytest.mark.postgres
def test_a_server_that_takes_no_changes_is_said_so(postgres_url: str) -> None:
    Store.open(postgres_url).close()
    reading = Store.open(f"{postgres_url}&options=-c%20default_transaction_read_only%3Don")
    with pytest.raises(StoreError, match="takes no changes now"):
        write(reading, "CREATE TABLE one (a INTEGER)")
    reading.close()


@pytest.mark.postgres
def test_a_server_that_went_and_came_back_is_found_again(postgres_url: str) -> None:
    store = Store.open(postgres_url)
    with pytest.raises(StoreError, match="cannot be reached"):
        write(store, "SELECT pg_terminate_backend(pg_backend_pid())")
    write(store, "SELECT 1")
    store.close()


@pytest.mark.parametrize(
    ("said_by_it", "told"),
    [
        ('could not extend file "base/1/2": No space left on device', "the disk is full"),
        ("disk I/O error", "the disk does not answer"),
        ("database disk image is malformed", "is damaged; restore it from a copy"),
    ],
)
def test_what_a_failing_disk_brings_about_is_said_plainly(said_by_it: str, told: str) -> None:
    assert told in str(as_store_error(OperationalError("INSERT", {}, Exception(said_by_it))))


@pytest.mark.parametrize("statement", ["SELECT * FROM contracts", "SELECT beard FROM contacts"])
def test_tables_that_are_not_there_are_no_server_out_of_reach(store: Store, statement: str) -> None:
    with pytest.raises(StoreError, match="lacks tables of this program; run 'xingping db upgrade'") as caught:
        write(store, statement)
    assert caught.value.code == "no_tables"


def test_what_nobody_foresaw_is_said_as_the_database_said_it(store: Store) -> None:
    with pytest.raises(StoreError, match="the database refused"):
        write(store, "INSERT INTO inbox (contact_id, inbound, received_at) VALUES (NULL, '', '2026-03-02')")


def test_the_folder_of_a_new_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path / 'data' / 'talk.db'}").close()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_a_server_that_is_away_is_said_so() -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        Store.open("postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2")


def test_a_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "talk.db"
    file.write_text("this is a letter, not a database " * 100)
    with pytest.raises(StoreError, match="no SQLite database"):
        Store.open(f"sqlite:///{file}")


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        Store.open(f"sqlite:///{tmp_path / 'file' / 'inner' / 'talk.db'}")


def test_a_folder_of_that_name_is_no_database_file(tmp_path: Path) -> None:
    (tmp_path / "talk.db").mkdir()
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(f"sqlite:///{tmp_path / 'talk.db'}")


def write(store: Store, *statements: str) -> None:
    """All the statements in one transaction."""
    with store.transaction() as db:
        for statement in statements:
            db.exec_driver_sql(statement)


def test_a_full_disk_loses_nothing_that_was_saved(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'talk.db'}")
    with store.transaction() as db:
        db.exec_driver_sql("CREATE TABLE kept (text TEXT)")
        db.exec_driver_sql("INSERT INTO kept VALUES ('one')")
        pages = db.exec_driver_sql("PRAGMA page_count").scalar_one()
        db.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="the disk is full"):
        write(store, f"PRAGMA max_page_count = {pages}", f"INSERT INTO kept VALUES ('{'x' * 100_000}')")
    with store.transaction() as db:
        assert db.execute(text("SELECT text FROM kept")).scalars().all() == ["one"]
    store.close()


def test_sqlite_is_synced_at_every_commit_and_keeps_foreign_keys(tmp_path: Path) -> None:
    with open_for_inspection(f"sqlite:///{tmp_path / 'talk.db'}") as engine, engine.connect() as db:
        said = [db.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("synchronous", "foreign_keys")]
        assert said == [2, 1]
        assert db.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"


def test_eight_hundred_increments_at_once_all_count(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'talk.db'}")
    with store.transaction() as db:
        db.exec_driver_sql("CREATE TABLE counter (value INTEGER)")
        db.exec_driver_sql("INSERT INTO counter VALUES (0)")

    def count() -> None:
        for _ in range(100):
            with store.transaction() as db:
                value = db.exec_driver_sql("SELECT value FROM counter").scalar_one()
                db.exec_driver_sql(f"UPDATE counter SET value = {value + 1}")

    threads = [Thread(target=count) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with store.transaction() as db:
        assert db.exec_driver_sql("SELECT value FROM counter").scalar_one() == 800
    store.close()


def test_a_read_only_database_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "talk.db"
    Store.open(f"sqlite:///{file}").close()
    read_only = Store.open(f"sqlite:///{file}")
    with pytest.raises(StoreError, match="cannot be written"):
        write(read_only, "PRAGMA query_only = ON", "CREATE TABLE one (a INTEGER)")
    read_only.close()
