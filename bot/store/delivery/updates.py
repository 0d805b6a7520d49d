"""Updates of a chat service, kept from the moment they are accepted until their turn is committed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update

from bot import json_text
from bot.store.schema import delivery_tables
from bot.store.statements import PreparedStatement, insert_for

KEPT_FOR = timedelta(hours=72)
"""How long an update is known again; not for ever: a chat service may restart its numbering."""


@dataclass(frozen=True, slots=True)
class ReceivedUpdate:
    """An update as its chat service brought it, with the id that it has there."""

    id: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    """An update that was accepted; `number` is the order of accepting."""

    number: int
    update_id: str
    payload: dict[str, Any]


_FINISH = PreparedStatement(
    update(delivery_tables.updates)
    .where(
        delivery_tables.updates.c.number == bindparam("of_number"),
        delivery_tables.updates.c.done_at.is_(None),
    )
    .values(done_at=bindparam("at"), payload="")
)


@cache
def _accept_new(dialect: str) -> PreparedStatement:
    """Made once for each dialect."""
    values = {
        "channel": "through",
        "bot": "of_bot",
        "update_id": "known_as",
        "payload": "written",
        "received_at": "at",
    }
    new = insert_for(dialect, delivery_tables.updates).values(
        {name: bindparam(key) for name, key in values.items()}
    )
    return PreparedStatement(new.on_conflict_do_nothing().returning(delivery_tables.updates.c.number))


def accept_updates(
    db: Connection, channel: str, bot: str, received: Sequence[ReceivedUpdate], now: datetime
) -> list[StoredUpdate]:
    """Store the updates, and return those that were not accepted before."""
    accept_new, accepted = _accept_new(db.dialect.name), []
    for new in received:
        values = {
            "through": channel,
            "of_bot": bot,
            "known_as": new.id,
            "written": json_text.dumps(new.payload),
            "at": now,
        }
        row = accept_new.row(db, values)
        if row is not None:
            accepted.append(StoredUpdate(row.number, new.id, new.payload))
    return accepted


def list_waiting(db: Connection, channel: str, bot: str) -> list[StoredUpdate]:
    """Those whose turn was never committed, in the order of accepting."""
    table = delivery_tables.updates
    query = select(table.c.number, table.c.update_id, table.c.payload)
    own = (table.c.channel == channel, table.c.bot == bot)
    rows = db.execute(query.where(*own, table.c.done_at.is_(None)).order_by(table.c.number))
    return [StoredUpdate(row.number, row.update_id, json_text.loads(row.payload)) for row in rows]


def finish_update(db: Connection, number: int, now: datetime) -> bool:
    """Mark the update done and drop its text; False where somebody did that before."""
    return _FINISH.run(db, {"of_number": number, "at": now}) == 1


def delete_old_updates(db: Connection, now: datetime) -> None:
    """Forget the done updates that no chat service brings again."""
    table = delivery_tables.updates
    db.execute(delete(table).where(table.c.received_at < now - KEPT_FOR, table.c.done_at.is_not(None)))


def count_waiting(db: Connection) -> int:
    table = delivery_tables.updates
    query = select(func.count()).select_from(table).where(table.c.done_at.is_(None))
    return int(db.execute(query).scalar_one())
