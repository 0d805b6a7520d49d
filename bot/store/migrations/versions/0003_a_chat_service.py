"""Tables for a chat service: updates received, screens and files to be sent; the old outbox held notices."""

import sqlalchemy as sa
from alembic import op

from bot.store.schema.conversation_tables import COUNTED
from bot.store.schema.types import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

UNDONE = sa.text("done_at IS NULL")
BEHIND = sa.text("shown < number")


def upgrade() -> None:
    op.add_column("contacts", sa.Column("unreachable_at", Instant(), nullable=True))
    _notices("outbox", "notices")
    _updates()
    _panels()
    _outbox()
    op.create_table(
        "doomed_files",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_doomed_files")),
    )


def _notices(old: str, new: str) -> None:
    """The table under another name, and what is named after it with it."""
    op.create_table(
        new,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contact_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("delivered_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f(f"fk_{new}_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{new}")),
    )
    columns = "contact_id, key, payload, created_at, delivered_at"
    op.execute(f"INSERT INTO {new} ({columns}) SELECT {columns} FROM {old} ORDER BY id")  # noqa: S608
    op.drop_table(old)
    op.create_index(f"ix_{new}_waiting", new, ["contact_id", "delivered_at"])


def _updates() -> None:
    op.create_table(
        "updates",
        sa.Column("number", COUNTED, autoincrement=True, nullable=False),
        sa.Column("bot", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_updates")),
        sa.UniqueConstraint("bot", "update_id", name=op.f("uq_updates_bot_update_id")),
    )
    op.create_index(op.f("ix_updates_received_at"), "updates", ["received_at"])
    op.create_index("ix_updates_waiting", "updates", ["number"], sqlite_where=UNDONE, postgresql_where=UNDONE)


def _panels() -> None:
    op.create_table(
        "panels",
        sa.Column("contact_id", sa.String(length=32), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("placed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("buried", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("messages", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("behind", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("stretch", sa.String(length=64), nullable=False, server_default=""),
        *_claim(),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_panels_contact_id")),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_panels")),
    )
    op.create_index("ix_panels_waiting", "panels", ["next_at"], sqlite_where=BEHIND, postgresql_where=BEHIND)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        *_claim(),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_outbox_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_contact_id"), "outbox", ["contact_id"])


def _claim() -> list[sa.Column[object]]:
    return [
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("next_at", Instant(), nullable=True),
        sa.Column("holder", sa.String(length=100), nullable=True),
        sa.Column("held_until", Instant(), nullable=True),
    ]


def downgrade() -> None:
    for table in ("doomed_files", "outbox", "panels", "updates"):
        op.drop_table(table)
    _notices("notices", "outbox")
    op.drop_column("contacts", "unreachable_at")
