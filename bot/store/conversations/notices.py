"""Notices between contacts, kept until the next screen."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, insert, update

from bot.store.schema import conversation_tables
from bot.store.statements import PreparedStatement
from dialogs import Notice


def post_notices(db: Connection, notices: Iterable[Notice], now: datetime) -> None:
    rows = [
        {"contact_id": one.contact, "key": one.key, "payload": one.values, "created_at": now}
        for one in notices
    ]
    if rows:
        db.execute(insert(conversation_tables.notices), rows)


def claim_notices(db: Connection, contact: str, now: datetime) -> tuple[Notice, ...]:
    """Return and mark the contact's notices, oldest first, in one statement.

    Read and marked in one statement, so that none is marked which was posted in between and is not shown.
    """
    rows = sorted(_CLAIM.rows(db, {"of_contact": contact, "now": now}), key=lambda row: int(row.id))
    return tuple(Notice(contact, row.key, row.payload) for row in rows)


_NOTICES = conversation_tables.notices.c
HAS_NOTICES = exists().where(
    _NOTICES.contact_id == conversation_tables.conversations.c.contact_id, _NOTICES.delivered_at.is_(None)
)
"""Whether the contact of a conversation has unread notices, as a subquery."""
_CLAIM = PreparedStatement(
    update(conversation_tables.notices)
    .where(_NOTICES.contact_id == bindparam("of_contact"), _NOTICES.delivered_at.is_(None))
    .values(delivered_at=bindparam("now"))
    .returning(_NOTICES.id, _NOTICES.key, _NOTICES.payload)
)
