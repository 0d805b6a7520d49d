"""Turns and screens that an unexpected exception ended, kept for the operator."""

import sqlalchemy as sa
from alembic import op

from bot.store.schema.types import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "failures",
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("contact_id", sa.String(32), nullable=True),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("inbound", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_failures_contact_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_failures")),
    )
    op.create_index(op.f("ix_failures_contact_id"), "failures", ["contact_id"])
    op.create_index(op.f("ix_failures_at"), "failures", ["at"])


def downgrade() -> None:
    op.drop_table("failures")
