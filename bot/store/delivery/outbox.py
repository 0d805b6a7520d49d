"""What is sent once and in its order: files for a contact, a line for a group, a chat's menu of commands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from bot.store.delivery.chat_screens import LEASE
from bot.store.schema import delivery_tables
from bot.store.statements import PreparedStatement


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """Something to send. A `file` has name, media_type and path; a `line` its text, and a message that it closes.

    A `menu` has the locale in which the chat's commands are shown, none where as to everybody.
    """

    chat: str
    contact: str | None
    kind: Literal["file", "line", "menu"]
    payload: dict[str, str]
    id: int = 0
    attempts: int = 0


def add_items(
    db: Connection, channel: str, items: Iterable[OutboxItem], holder: str | None, now: datetime
) -> list[OutboxItem]:
    """Put them into the outbox, each with its id then."""
    table, till = delivery_tables.outbox, None if holder is None else now + LEASE
    return [
        OutboxItem(
            one.chat,
            one.contact,
            one.kind,
            one.payload,
            db.execute(
                insert(table)
                .values(
                    channel=channel,
                    chat=one.chat,
                    contact_id=one.contact,
                    kind=one.kind,
                    payload=one.payload,
                    created_at=now,
                    holder=holder,
                    held_until=till,
                )
                .returning(table.c.id)
            ).scalar_one(),
        )
        for one in items
    ]


def claim_due_items(
    db: Connection, channel: str, holder: str, now: datetime, most: int = 100
) -> list[OutboxItem]:
    """Take over the items of a channel that wait and that no worker holds, in the order of posting."""
    table = delivery_tables.outbox
    waits = or_(table.c.next_at.is_(None), table.c.next_at <= now)
    free = or_(table.c.held_until.is_(None), table.c.held_until <= now)
    query = select(table.c.id).where(waits, free, table.c.channel == channel).order_by(table.c.id).limit(most)
    taken = (
        update(table)
        .where(table.c.id.in_(query.with_for_update(skip_locked=True)))
        .values(holder=holder, held_until=now + LEASE)
        .returning(
            table.c.chat, table.c.contact_id, table.c.kind, table.c.payload, table.c.id, table.c.attempts
        )
    )
    return sorted((OutboxItem(*row) for row in db.execute(taken)), key=lambda one: one.id)


def delete_item(db: Connection, item_id: int) -> None:
    """It needs no further attempt."""
    _FINISH.run(db, {"of_id": item_id})


def defer_item(db: Connection, item: OutboxItem, next_at: datetime) -> None:
    """Release the item for another attempt at `next_at`, and for none before."""
    values: dict[str, Any] = {"attempts": item.attempts, "next_at": next_at, "held_until": next_at + LEASE}
    db.execute(update(delivery_tables.outbox).where(delivery_tables.outbox.c.id == item.id).values(values))


_FINISH = PreparedStatement(
    delete(delivery_tables.outbox).where(delivery_tables.outbox.c.id == bindparam("of_id"))
)
