"""Contacts: found by their address in a channel, or made with a conversation that begins."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select

from bot.store import codec, tables
from bot.store.insert import insert_new
from bot.store.prepared import Prepared
from dialogs.conversation import Conversation
from dialogs.dossier import Contact
from dialogs.parse import cleaned

LONGEST_ADDRESS = 200
LONGEST_NAME = 200
_KNOWN = Prepared(
    select(tables.contacts.c.id, tables.contacts.c.name).where(
        tables.contacts.c.channel == bindparam("through"), tables.contacts.c.address == bindparam("at")
    )
)


@dataclass(frozen=True, slots=True)
class Who:
    """Who is talking, through what. `name` and `locale` are for a contact that is not known yet."""

    channel: str
    address: str
    name: str
    locale: str


def contact_of(db: Connection, who: Who, now: datetime) -> Contact:
    """The contact of that address, made where there is none yet, and then the conversation with it."""
    table, key = tables.contacts, address_key(who.address)
    known = {"through": who.channel, "at": key}
    row = _KNOWN.row(db, known)
    if row is None:
        contact = secrets.token_hex(16)
        name = cleaned(who.name)[:LONGEST_NAME]
        values = {"id": contact, "channel": who.channel, "address": key, "name": name, "created_at": now}
        if insert_new(db, table, values):
            _begin_conversation(db, contact, who.locale)
        row = _KNOWN.row(db, known)
    return Contact(row.id, row.name)


def unreachable(db: Connection) -> int:
    """How many contacts have blocked the bot, or are not there any more."""
    table = tables.contacts
    query = select(func.count()).select_from(table).where(table.c.unreachable_at.is_not(None))
    return int(db.execute(query).scalar_one())


def address_key(address: str) -> str:
    """The address as it is kept; one that no database takes as it is, by its SHA-256: never another's."""
    try:
        plain = len(address) <= LONGEST_ADDRESS and b"\0" not in address.encode()
    except UnicodeEncodeError:
        plain = False
    return address if plain else hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()


def _begin_conversation(db: Connection, contact: str, locale: str) -> None:
    talk = Conversation(contact, locale=locale)
    db.execute(
        insert(tables.conversations).values(
            contact_id=contact,
            state=talk.state,
            cursor=talk.cursor,
            locale=locale,
            revision=talk.revision,
            memory=codec.memory(talk),
        )
    )
