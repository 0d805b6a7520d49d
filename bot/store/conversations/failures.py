"""Failures of the program, kept for the operator, and the return of a conversation to the menu."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.store import codec
from bot.store.conversations import notices
from bot.store.schema.conversation_tables import conversations, failures
from dialogs import Conversation, Place

KEPT_FOR = timedelta(days=30)
LONGEST_TEXT = 4_000
MENU = "menu"
NAME = failures.name
_TALK = conversations.c


@dataclass(frozen=True, slots=True)
class Failure:
    """A turn or screen ended by an unexpected exception, under the number shown to the contact and logged."""

    number: str
    contact_id: str | None
    place: str
    inbound: str
    error: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Position:
    """Where a conversation was, and the language and revision that it has."""

    place: str
    locale: str
    revision: int


def keep(db: Connection, failure: Failure) -> None:
    values = asdict(failure)
    for name in ("inbound", "error"):
        values[name] = _storable(values[name])
    db.execute(insert(failures).values(values))


def newest(db: Connection, most: int) -> list[Failure]:
    query = select(failures).order_by(failures.c.at.desc(), failures.c.number).limit(most)
    return [Failure(**row) for row in db.execute(query).mappings()]


def count(db: Connection) -> int:
    return int(db.execute(select(func.count()).select_from(failures)).scalar_one())


def forget(db: Connection, now: datetime) -> None:
    """Delete the failures that are older than they are kept."""
    db.execute(delete(failures).where(failures.c.at < now - KEPT_FOR))


def open_menu(db: Connection, contact: str) -> Position:
    """Put the conversation at the menu and return its former position; nothing else changes."""
    row = _locked(db, contact)
    revision = row.revision + 1
    _change(db, contact, {"state": MENU, "cursor": "", "revision": revision})
    return Position(f"{row.state} {row.cursor}".strip(), row.locale, revision)


def clear_conversation(db: Connection, contact: str, now: datetime) -> None:
    """Clear the open organisation and case, the path and the notices: one of them cannot be shown.

    Nothing of the organisation or the case changes; the contact chooses them again from the menu.
    """
    row = _locked(db, contact)
    main = Place("language") if row.agreed_at is None else Place("organisation", "name")
    memory = codec.encode_memory(Conversation(contact, main_place=main))
    empty = {"organisation_id": None, "case_id": None, "memory": memory, "revision": row.revision + 1}
    _change(db, contact, empty)
    notices.claim_notices(db, contact, now)


def _locked(db: Connection, contact: str) -> Any:
    """Return the conversation's row without its memory, which may be unreadable."""
    columns = (_TALK.state, _TALK.cursor, _TALK.locale, _TALK.revision, _TALK.agreed_at)
    return db.execute(select(*columns).where(_TALK.contact_id == contact).with_for_update()).one()


def _change(db: Connection, contact: str, values: dict[str, Any]) -> None:
    db.execute(update(conversations).where(_TALK.contact_id == contact).values(values))


def _storable(text: str) -> str:
    """Return the text without characters that a database refuses, cut to LONGEST_TEXT."""
    return text[:LONGEST_TEXT].replace("\0", "").encode("utf-8", "backslashreplace").decode("utf-8")
