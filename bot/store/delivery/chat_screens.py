"""Panels: the screen that each chat is to show, and the one that it shows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, exists, func, or_, select, update

from bot.store.schema import conversation_tables, delivery_tables
from bot.store.schema.types import Instant
from bot.store.statements import PreparedStatement, insert_for

LEASE = timedelta(minutes=2)
"""For how long one worker has a chat to itself unless it says so again."""


@dataclass(frozen=True, slots=True)
class ChatScreen:
    """A chat's screen: `wanted` is to be shown since turn `number`; `messages` show the one of turn `shown`.

    `placed` is the turn at which those were sent, `buried` the last one that put something below them, `behind` are the
    latest messages before them.
    """

    contact: str
    chat: str
    number: int
    wanted: str
    shown: int = 0
    placed: int = 0
    buried: int = 0
    messages: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    stretch: str = ""
    attempts: int = 0
    next_at: datetime | None = None
    holder: str | None = None

    @property
    def is_covered(self) -> bool:
        return self.buried > self.placed

    @property
    def given_up(self) -> "ChatScreen":
        """The same as if it were shown, so that nothing is tried again."""
        return replace(self, shown=self.number, attempts=0, next_at=None)


@dataclass(frozen=True, slots=True)
class ScreenRequest:
    """A screen for a chat. `buries`: the contact wrote something, so that the message shown is no longer the last."""

    contact: str
    chat: str
    pending: str
    covers: bool


def request_screen(db: Connection, request: ScreenRequest, holder: str | None, now: datetime) -> ChatScreen:
    """Request the screen in place of one that still waits; `holder` claims it unless a worker has the chat."""
    values = {
        "contact_id": request.contact,
        "chat": request.chat,
        "wanted": request.pending,
        "buried": int(request.covers),
        "holder": holder,
        "held_until": None if holder is None else now + LEASE,
        "now": now,
    }
    return _screen_from_row(_request_statement(db.dialect.name).row(db, values))


def record_shown(db: Connection, screen: ChatScreen) -> None:
    """Record that the chat shows `screen`, and release the claim unless a newer screen waits."""
    _RECORD_SHOWN.run(db, {**_screen_values(screen), "of_contact": screen.contact})


def defer_screen(db: Connection, screen: ChatScreen, now: datetime) -> None:
    """Release the screen for another attempt at its `next_at`; the messages sent so far are recorded."""
    held_until = max(screen.next_at or now, now) + LEASE
    db.execute(_DEFER, {**_screen_values(screen), "of_contact": screen.contact, "till": held_until})


def claim_due_screens(
    db: Connection, channel: str, holder: str, now: datetime, most: int = 100
) -> list[ChatScreen]:
    """Take over the panels of a channel that are behind and that no worker holds."""
    table = delivery_tables.panels
    waits = (table.c.shown < table.c.number, or_(table.c.next_at.is_(None), table.c.next_at <= now))
    free = or_(table.c.held_until.is_(None), table.c.held_until <= now)
    contacts = conversation_tables.contacts.c
    own = exists().where(contacts.id == table.c.contact_id, contacts.channel == channel)
    query = select(table.c.contact_id).where(*waits, free, own).order_by(table.c.next_at).limit(most)
    return [_screen_from_row(row) for row in db.execute(_claim(db, query, holder, now))]


def release_lost_claims(db: Connection, is_worker_gone: Callable[[str], bool]) -> None:
    """Let go what is held by workers that are gone."""
    for table in (delivery_tables.panels, delivery_tables.outbox):
        held = select(table.c.holder).where(table.c.holder.is_not(None)).distinct()
        gone = [holder for holder in db.execute(held).scalars() if is_worker_gone(holder)]
        if gone:
            db.execute(update(table).where(table.c.holder.in_(gone)).values(holder=None, held_until=None))


def count_behind(db: Connection) -> int:
    """How many chats do not show yet what they are to show."""
    table = delivery_tables.panels
    query = select(func.count()).select_from(table).where(table.c.shown < table.c.number)
    return int(db.execute(query).scalar_one())


def _claim(db: Connection, query: Select[Any], holder: str, now: datetime) -> Any:
    table = delivery_tables.panels
    mine = table.c.contact_id.in_(query.with_for_update(skip_locked=True))
    return update(table).where(mine).values(holder=holder, held_until=now + LEASE).returning(*_COLUMNS)


@cache
def _request_statement(dialect: str) -> PreparedStatement:
    """The statement, made once for each dialect."""
    table, free = delivery_tables.panels, _is_free()
    made = insert_for(dialect, table)
    values: dict[str, Any] = {
        name: bindparam(name) for name in ("contact_id", "chat", "wanted", "buried", "holder", "held_until")
    }
    number = table.c.number + 1
    return PreparedStatement(
        made.values(number=1, **values)
        .on_conflict_do_update(
            index_elements=[table.c.contact_id],
            set_={
                "chat": made.excluded.chat,
                "number": number,
                "wanted": made.excluded.wanted,
                "buried": case((made.excluded.buried == 1, number), else_=table.c.buried),
                "holder": case((free, made.excluded.holder), else_=table.c.holder),
                "held_until": case((free, made.excluded.held_until), else_=table.c.held_until),
            },
        )
        .returning(*_COLUMNS)
    )


def _is_free() -> Any:
    """The condition that no worker or this worker has the claim."""
    held, now = delivery_tables.panels.c.held_until, bindparam("now", type_=Instant)
    return or_(held.is_(None), held <= now, delivery_tables.panels.c.holder == bindparam("holder"))


def _screen_values(screen: ChatScreen) -> dict[str, Any]:
    return {
        "is_shown": screen.shown,
        "is_placed": screen.placed,
        "are_messages": list(screen.messages),
        "are_behind": list(screen.behind),
        "is_stretch": screen.stretch,
        "tried": screen.attempts,
        "at": screen.next_at,
    }


def _screen_from_row(row: Any) -> ChatScreen:
    values = row._asdict()
    values |= {name: tuple(values[name]) for name in ("messages", "behind")}
    return ChatScreen(values.pop("contact_id"), **values)


_TABLE = delivery_tables.panels.c
_COLUMNS = tuple(column for column in _TABLE if column.name != "held_until")
_UP_TO_DATE = _TABLE.number <= bindparam("is_shown")
_SCREEN_PARAMETERS = {
    "shown": bindparam("is_shown"),
    "placed": bindparam("is_placed"),
    "messages": bindparam("are_messages"),
    "behind": bindparam("are_behind"),
    "stretch": bindparam("is_stretch"),
    "attempts": bindparam("tried"),
    "next_at": bindparam("at", type_=Instant),
}
_DEFER = (
    update(delivery_tables.panels)
    .where(_TABLE.contact_id == bindparam("of_contact"))
    .values(**_SCREEN_PARAMETERS, held_until=bindparam("till", type_=Instant))
)
_RECORD_SHOWN = PreparedStatement(
    update(delivery_tables.panels)
    .where(_TABLE.contact_id == bindparam("of_contact"))
    .values(
        **_SCREEN_PARAMETERS,
        wanted=case((_UP_TO_DATE, ""), else_=_TABLE.wanted),
        holder=case((_UP_TO_DATE, None), else_=_TABLE.holder),
        held_until=case((_UP_TO_DATE, None), else_=_TABLE.held_until),
    )
)
