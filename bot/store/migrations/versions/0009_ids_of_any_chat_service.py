"""Ids of any chat service: text in place of numbers, with the channel; contacts whom a message reaches at any time."""

from collections.abc import Callable
from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations
from sqlalchemy.types import TypeEngine

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

UNDONE = sa.text("done_at IS NULL")
BEHIND = sa.text("shown < number")
SqlType: TypeAlias = TypeEngine[Any]
NUMBER, TEXT = sa.BigInteger(), sa.String(64)


def upgrade() -> None:
    op.add_column("contacts", sa.Column("is_pushed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE contacts SET is_pushed = true WHERE channel = 'telegram'")
    op.drop_index("ix_updates_waiting", "updates")
    with op.batch_alter_table("updates") as updates:
        updates.drop_constraint("uq_updates_bot_update_id", type_="unique")
        updates.add_column(_channel())
        _change_type(updates, "bot", NUMBER, TEXT)
        _change_type(updates, "update_id", NUMBER, TEXT)
        updates.create_unique_constraint("uq_updates_channel_bot_update_id", ["channel", "bot", "update_id"])
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(_channel())
        _change_type(outbox, "chat", NUMBER, TEXT)
    for table in ("updates", "outbox"):
        with op.batch_alter_table(table) as batch:
            batch.alter_column("channel", existing_type=sa.String(32), server_default=None)
    _index_waiting_updates()
    _change_panels(NUMBER, TEXT, str)
    _change_letters(NUMBER, TEXT)


def downgrade() -> None:
    """Remove what other chat services left: their ids are no numbers."""
    others = "contact_id IN (SELECT id FROM contacts WHERE channel <> 'telegram')"
    for table, condition in (
        ("panels", others),
        ("outbox", "channel <> 'telegram'"),
        ("updates", "channel <> 'telegram'"),
    ):
        op.execute(f"DELETE FROM {table} WHERE {condition}")  # noqa: S608 - constants
    op.execute(f"UPDATE letters SET message = NULL WHERE {others}")  # noqa: S608 - a constant
    op.drop_index("ix_updates_waiting", "updates")
    with op.batch_alter_table("updates") as updates:
        updates.drop_constraint("uq_updates_channel_bot_update_id", type_="unique")
        updates.drop_column("channel")
        _change_type(updates, "bot", TEXT, NUMBER)
        _change_type(updates, "update_id", TEXT, NUMBER)
        updates.create_unique_constraint("uq_updates_bot_update_id", ["bot", "update_id"])
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("channel")
        _change_type(outbox, "chat", TEXT, NUMBER)
    _index_waiting_updates()
    _change_panels(TEXT, NUMBER, int)
    _change_letters(TEXT, NUMBER)
    op.drop_column("contacts", "is_pushed")


def _channel() -> "sa.Column[str]":
    return sa.Column("channel", sa.String(32), nullable=False, server_default="telegram")


def _change_type(
    batch: BatchOperations,
    column: str,
    before: SqlType,
    after: SqlType,
) -> None:
    batch.alter_column(
        column,
        existing_type=before,
        type_=after,
        existing_nullable=False,
        postgresql_using=f"CAST({column} AS {after.compile()})",
    )


def _index_waiting_updates() -> None:
    op.create_index("ix_updates_waiting", "updates", ["number"], sqlite_where=UNDONE, postgresql_where=UNDONE)


def _change_panels(
    before: SqlType,
    after: SqlType,
    convert: Callable[[Any], object],
) -> None:
    op.drop_index("ix_panels_waiting", "panels")
    with op.batch_alter_table("panels") as panels:
        _change_type(panels, "chat", before, after)
    op.create_index("ix_panels_waiting", "panels", ["next_at"], sqlite_where=BEHIND, postgresql_where=BEHIND)
    columns = (
        sa.column("contact_id", sa.String),
        sa.column("messages", sa.JSON),
        sa.column("behind", sa.JSON),
    )
    table, db = sa.table("panels", *columns), op.get_bind()
    for row in db.execute(sa.select(table)).all():
        lists = {name: [convert(one) for one in getattr(row, name)] for name in ("messages", "behind")}
        db.execute(sa.update(table).where(table.c.contact_id == row.contact_id).values(lists))


def _change_letters(before: SqlType, after: SqlType) -> None:
    """Change the type of `letters.message`.

    On SQLite without a copy of the table: dropping the old one would delete the reminders that refer to it.
    """
    cast = f"CAST(message AS {after.compile()})"
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("letters", "message", existing_type=before, type_=after, postgresql_using=cast)
        return
    op.add_column("letters", sa.Column("converted", after))
    op.execute(f"UPDATE letters SET converted = {cast}")  # noqa: S608 - constants
    op.drop_column("letters", "message")
    op.execute("ALTER TABLE letters RENAME COLUMN converted TO message")
