"""Contacts: found by channel and address, or created with a conversation."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from bot.store import codec
from bot.store.ids import make_id
from bot.store.reminders import agendas
from bot.store.schema.conversation_tables import contacts, conversations, memberships
from bot.store.statements import PreparedStatement, insert_new
from dialogs import Contact, Conversation, clean_text

LONGEST_ADDRESS = 200
LONGEST_NAME = 200
_FIND_CONTACT = PreparedStatement(
    select(contacts.c.id, contacts.c.name).where(
        contacts.c.channel == bindparam("through"),
        contacts.c.address == bindparam("at"),
    )
)


@dataclass(frozen=True, slots=True)
class ChannelUser:
    """A user of a channel; `name` and `locale` are used when the contact is created.

    `is_pushed`: the channel can send a message at any time; in others it waits for the next visit.
    """

    channel: str
    address: str
    name: str
    locale: str
    is_pushed: bool = False


def get_or_create_contact(db: Connection, user: ChannelUser, now: datetime) -> Contact:
    """Return the contact of that address; create it with a conversation when there is none."""
    key = address_key(user.address)
    known = {"through": user.channel, "at": key}
    row = _FIND_CONTACT.row(db, known)
    if row is None:
        contact = make_id()
        name = clean_text(user.name)[:LONGEST_NAME]
        values = {
            "id": contact,
            "channel": user.channel,
            "address": key,
            "name": name,
            "created_at": now,
            "is_pushed": user.is_pushed,
        }
        if insert_new(db, contacts, values):
            _begin_conversation(db, contact, user.locale)
        row = _FIND_CONTACT.row(db, known)
    return Contact(row.id, row.name)


def _begin_conversation(db: Connection, contact: str, locale: str) -> None:
    talk = Conversation(contact, locale=locale)
    db.execute(
        insert(conversations).values(
            contact_id=contact,
            state=talk.state,
            cursor=talk.cursor,
            locale=locale,
            revision=talk.revision,
            memory=codec.encode_memory(talk),
        )
    )


def find_locale(db: Connection, channel: str, address: str) -> str | None:
    """Return the contact's language; None before the first turn."""
    found: str | None = db.execute(
        select(conversations.c.locale)
        .join(contacts, contacts.c.id == conversations.c.contact_id)
        .where(contacts.c.channel == channel, contacts.c.address == address_key(address))
    ).scalar_one_or_none()
    return found


def address_key(address: str) -> str:
    """Return the stored address; its SHA-256 when no database could keep it."""
    try:
        plain = len(address) <= LONGEST_ADDRESS and b"\0" not in address.encode()
    except UnicodeEncodeError:
        plain = False
    return address if plain else hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()


def set_reachability_of_address(
    db: Connection, channel: str, key: str, since: datetime | None, now: datetime
) -> None:
    """Store since when the contact of an address cannot be reached; None: reachable."""
    query = select(contacts.c.id).where(contacts.c.channel == channel, contacts.c.address == key)
    contact = db.execute(query).scalar_one_or_none()
    if contact is not None:
        set_reachability(db, contact, since, now)


def set_reachability(db: Connection, contact: str, since: datetime | None, now: datetime) -> None:
    """Store the reachability, and check the reminders of the contact's colleagues."""
    changed = update(contacts).where(contacts.c.id == contact).values(unreachable_at=since)
    db.execute(changed)
    if since is not None:
        agendas.stop_reminders(db, contact)
    theirs = select(memberships.c.organisation_id).where(memberships.c.contact_id == contact)
    agendas.wake_members(db, list(db.execute(theirs).scalars()), now)


def count_unreachable(db: Connection) -> int:
    """Count the contacts that blocked the bot or no longer exist."""
    query = select(func.count()).select_from(contacts).where(contacts.c.unreachable_at.is_not(None))
    return int(db.execute(query).scalar_one())
