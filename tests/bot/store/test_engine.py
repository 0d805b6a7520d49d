"""What goes wrong with a database, in plain words."""

from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store import Store, StoreError
from bot.store.engine import open_engine


@pytest.mark.parametrize("url", ["mysql://here/db", "nonsense", "", "sqlite+nothing:///x.db", "oracle://x"])
def test_a_database_of_another_kind_is_refused_with_what_is_allowed(url: str) -> None:
    with pytest.raises(StoreError, match="allowed: sqlite:///FILE or postgresql"):
        open_engine(url)


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
    url = f"sqlite:///{tmp_path / 'talk.db'}"
    store = Store.open(url)
    with store.transaction() as db:
        db.exec_driver_sql("CREATE TABLE kept (text TEXT)")
        db.exec_driver_sql("INSERT INTO kept VALUES ('one')")
        pages = db.exec_driver_sql("PRAGMA page_count").scalar_one()
        db.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="the disk is full"):
        write(store, f"PRAGMA max_page_count = {pages}", f"INSERT INTO kept VALUES ('{'x' * 100_000}')")
    with store.transaction() as db:
        assert db.execute(text("SELECT text FROM kept")).scalars().all() == ["one"]


def test_sqlite_is_synced_at_every_commit_and_keeps_foreign_keys(tmp_path: Path) -> None:
    with open_engine(f"sqlite:///{tmp_path / 'talk.db'}").connect() as db:
        said = [db.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("synchronous", "foreign_keys")]
        assert said == [2, 1]
        assert db.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"


def test_eight_hundred_increments_at_once_all_count(tmp_path: Path) -> None:
    from threading import Thread

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


def test_a_read_only_database_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "talk.db"
    Store.open(f"sqlite:///{file}").close()
    read_only = Store.open(f"sqlite:///{file}")
    with pytest.raises(StoreError, match="cannot be written"):
        write(read_only, "PRAGMA query_only = ON", "CREATE TABLE one (a INTEGER)")
    read_only.close()
