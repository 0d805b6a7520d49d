"""Who can be reached: a contact who blocked the bot rests, and their colleagues are looked after in their place."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.store import agendas, tables

_CONTACTS, _JOINED = tables.contacts.c, tables.memberships.c


def reach(db: Connection, channel: str, address_key: str, since: datetime | None, now: datetime) -> None:
    """Nothing reaches the contact of that address since then; None: they can be reached."""
    query = select(_CONTACTS.id).where(_CONTACTS.channel == channel, _CONTACTS.address == address_key)
    contact = db.execute(query).scalar_one_or_none()
    if contact is not None:
        mark(db, contact, since, now)


def mark(db: Connection, contact: str, since: datetime | None, now: datetime) -> None:
    """Note it, and look after whoever is reminded in their place."""
    changed = update(tables.contacts).where(_CONTACTS.id == contact).values(unreachable_at=since)
    db.execute(changed)
    if since is not None:
        agendas.rest(db, contact)
    theirs = select(_JOINED.organisation_id).where(_JOINED.contact_id == contact)
    agendas.touch(db, list(db.execute(theirs).scalars()), now)
