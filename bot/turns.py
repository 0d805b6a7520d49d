"""One turn, stored: everything it brings about in one transaction, and only then anything shown."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from bot.reports import case_files
from bot.store import Store, tables
from bot.store.dossiers import (
    LostRaceError,
    begin_conversation,
    deliver_notices,
    load_dossier,
    save_conversation,
)
from bot.store.record import Hand, record
from dialogs.dossier import Contact, Dossier
from dialogs.events import ReportRequested
from dialogs.invitation import hash_of
from dialogs.messages import Inbound, Notice, Reply, Said, Screen
from dialogs.turn import Turn, current_screen, take_turn
from rubric.library import Library

FRESH_IDS = 2
INPUTS_KEPT = timedelta(hours=72)
TRIES = 5
"""How often a turn is taken anew after another one was saved first."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who is talking, through what. `locale` is for a new conversation."""

    channel: str
    address: str
    name: str
    locale: str


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Turns:
    """Takes turns for any contact of any channel."""

    store: Store
    library: Library
    clock: Callable[[], datetime] = utc_now

    def take(self, who: Who, inbound: Inbound, inbound_id: str | None = None) -> tuple[Reply, ...]:
        """Take one turn; what the replies say is saved by then. The same id again changes nothing.

        Raises StoreError, and then nothing of the turn is saved.
        """
        for _ in range(TRIES):
            try:
                return self._take(who, inbound, inbound_id)
            except LostRaceError:
                continue
        return self._take(who, inbound, inbound_id)

    def forget_old_inputs(self) -> None:
        """Forget the ids of inputs that no channel can bring again."""
        box = tables.inbox
        with self.store.transaction() as db:
            db.execute(delete(box).where(box.c.received_at < self.clock() - INPUTS_KEPT))

    def _take(self, who: Who, inbound: Inbound, inbound_id: str | None) -> tuple[Reply, ...]:
        now = self.clock()
        with self.store.transaction() as db:
            contact = _contact(db, who, now)
            hand = Hand(contact.id, who.channel, _key_of(inbound_id), now)
            code = hash_of(inbound.text) if isinstance(inbound, Said) else None
            is_new = inbound_id is None or _receive(db, hand)
            dossier = load_dossier(db, contact, code)
            dossier.fresh = tuple(secrets.token_hex(16) for _ in range(FRESH_IDS))
            replies = self._answer(db, dossier, inbound, hand) if is_new else self._again(dossier, now)
            deliver_notices(db, contact.id, now)
            return replies

    def _again(self, dossier: Dossier, now: datetime) -> tuple[Reply, ...]:
        return (current_screen(dossier, self.library, now),)

    def _answer(self, db: Connection, dossier: Dossier, inbound: Inbound, hand: Hand) -> tuple[Reply, ...]:
        turn = take_turn(dossier, inbound, self.library, hand.now)
        for event in turn.events:
            record(db, event, hand)
        for notice in turn.notices:
            _post(db, notice, hand.now)
        save_conversation(db, dossier.conversation, turn.dossier.conversation)
        return self._with_files(turn)

    def _with_files(self, turn: Turn) -> tuple[Reply, ...]:
        """The replies, the screen with the files of a case that were asked for."""
        wanted = [event.case for event in turn.events if isinstance(event, ReportRequested)]
        if not wanted:
            return turn.replies
        case = turn.dossier.cases[wanted[-1]]
        files = case_files(case, self.library, turn.dossier.conversation.locale)
        return tuple(
            replace(one, attachments=files) if isinstance(one, Screen) else one for one in turn.replies
        )


def _key_of(inbound_id: str | None) -> str:
    """The input's id as the inbox keeps it: of any length and script, or a new one where it has none."""
    if inbound_id is None:
        return secrets.token_hex(16)
    return hashlib.sha256(inbound_id.encode("utf-8", "surrogatepass")).hexdigest()


def _contact(db: Connection, who: Who, now: datetime) -> Contact:
    """The contact of that address, made where there is none yet, and then the conversation with it."""
    table = tables.contacts
    known = select(table).where(table.c.channel == who.channel, table.c.address == who.address)
    row = db.execute(known).mappings().one_or_none()
    if row is None:
        contact = secrets.token_hex(16)
        values = {"id": contact, "channel": who.channel, "address": who.address, "name": who.name}
        if _insert_new(db, table, {**values, "created_at": now}):
            begin_conversation(db, contact, who.locale)
        row = db.execute(known).mappings().one()
    return Contact(row["id"], row["name"])


def _receive(db: Connection, hand: Hand) -> bool:
    """Note the input's id; False where it was received before."""
    return _insert_new(
        db, tables.inbox, {"contact_id": hand.contact, "inbound": hand.inbound, "received_at": hand.now}
    )


def _insert_new(db: Connection, table: Any, values: dict[str, Any]) -> bool:
    """Insert a row unless its key is there already; whether it was inserted."""
    dialect = import_module(
        f"sqlalchemy.dialects.{db.dialect.name}"
    )  # both say it alike; one is enough to load
    key = next(iter(table.primary_key))
    made = dialect.insert(table).values(values).on_conflict_do_nothing().returning(key)
    return db.execute(made).first() is not None


def _post(db: Connection, notice: Notice, now: datetime) -> None:
    values = {"contact_id": notice.contact, "key": notice.key, "payload": notice.values, "created_at": now}
    db.execute(insert(tables.outbox).values(values))
