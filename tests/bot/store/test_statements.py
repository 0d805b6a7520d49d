"""A prepared statement says and reads what Core would."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, insert, select, update

from bot.store import Store, StoreError
from bot.store.schema.delivery_tables import panels
from bot.store.statements import PreparedStatement
from tests.bot.conftest import EVENING, Talker, rows

NAMES = ("contact_id", "chat", "number", "wanted", "messages", "next_at")
PUT = insert(panels).values({name: bindparam(name) for name in NAMES})
READ = select(panels.c.chat, panels.c.messages, panels.c.next_at, panels.c.holder).where(
    panels.c.contact_id == bindparam("of_contact")
)
COUNT = update(panels).where(panels.c.chat == bindparam("of_chat")).values(number=panels.c.number + 1)


def contact(store: Store) -> str:
    with store.transaction() as db:
        return str(db.execute(select(panels.metadata.tables["contacts"].c.id)).scalar_one())


def panel(talker: Talker, at: datetime | None = EVENING) -> dict[str, object]:
    known = contact(talker.turns.store)
    return {
        "contact_id": known,
        "chat": "7",
        "number": 1,
        "wanted": "50 % 的",
        "messages": ["1", "2"],
        "next_at": at,
    }


def test_what_is_written_and_read_is_what_core_writes_and_reads(talker: Talker, store: Store) -> None:
    values = panel(talker, EVENING.astimezone(timezone(timedelta(hours=8))))
    with store.transaction() as db:
        assert PreparedStatement(PUT).run(db, values) == 1
        of_it = {"of_contact": values["contact_id"]}
        found = PreparedStatement(READ).row(db, of_it)
        assert found == db.execute(READ, of_it).one()
        assert (found.chat, list(found.messages), found.next_at, found.holder) == (
            "7",
            ["1", "2"],
            EVENING,
            None,
        )
        assert found.next_at.tzinfo is UTC
        assert PreparedStatement(READ).row(db, {"of_contact": "nobody"}) is None
        assert [PreparedStatement(COUNT).run(db, {"of_chat": chat}) for chat in ("7", "8")] == [1, 0]


def test_what_the_database_refuses_is_said_as_ever_and_nothing_stays(talker: Talker, store: Store) -> None:
    values = panel(talker)
    with pytest.raises(StoreError, match="refused"), store.transaction() as db:
        PreparedStatement(PUT).run_all(db, [values, values])
    assert rows(store, "panels") == 0


def test_a_naive_moment_is_refused(talker: Talker, store: Store) -> None:
    values = panel(talker, datetime(2026, 3, 2))  # noqa: DTZ001 - that is what is refused
    with pytest.raises(ValueError, match="naive"), store.transaction() as db:
        PreparedStatement(PUT).run(db, values)


def test_a_value_that_is_missing_is_a_mistake(talker: Talker, store: Store) -> None:
    values = panel(talker)
    del values["number"]
    with pytest.raises(KeyError, match="number"), store.transaction() as db:
        PreparedStatement(PUT).run(db, values)
