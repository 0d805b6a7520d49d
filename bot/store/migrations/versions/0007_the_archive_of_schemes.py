"""Schemes as cases have used them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "archive",
        sa.Column("scheme", sa.String(64).with_variant(sa.String(512), "postgresql"), primary_key=True),
        sa.Column("version", sa.String(16).with_variant(sa.String(128), "postgresql"), primary_key=True),
        sa.Column("checksum", sa.String(64), primary_key=True),
        sa.Column("content", sa.JSON(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("archive")
