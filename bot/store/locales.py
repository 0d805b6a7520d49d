"""The language that a contact talks in now."""

from sqlalchemy import Connection, select

from bot.store.contacts import address_key
from bot.store.tables import contacts, conversations


def locale_of(db: Connection, channel: str, address: str) -> str | None:
    """None before the contact's first turn."""
    found: str | None = db.execute(
        select(conversations.c.locale)
        .join(contacts, contacts.c.id == conversations.c.contact_id)
        .where(contacts.c.channel == channel, contacts.c.address == address_key(address))
    ).scalar_one_or_none()
    return found
