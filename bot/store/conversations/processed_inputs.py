"""The ids of processed inputs, by which a repeated one is recognised."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from bot.store.ids import make_id
from bot.store.schema import conversation_tables
from bot.store.statements import insert_new

KEPT_FOR = timedelta(hours=72)
"""Not for ever: a channel may restart its numbering."""


def input_key(inbound_id: str | None) -> str:
    """Return the stored form of an input's id, which may have any length and script; a new one for None."""
    if inbound_id is None:
        return make_id()
    return hashlib.sha256(inbound_id.encode("utf-8", "surrogatepass")).hexdigest()


def record_input(db: Connection, contact: str, inbound: str, now: datetime) -> bool:
    """Record the input; False when it was received before."""
    values = {"contact_id": contact, "inbound": inbound, "received_at": now}
    return insert_new(db, conversation_tables.inbox, values)


def delete_old_inputs(db: Connection, now: datetime) -> None:
    """Delete the inputs received before KEPT_FOR."""
    db.execute(
        delete(conversation_tables.inbox).where(conversation_tables.inbox.c.received_at < now - KEPT_FOR)
    )
