"""Schemes as cases have used them, and room for keys that name more than an indicator."""

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
    _widen_keys(64, 200)


def downgrade() -> None:
    op.drop_table("archive")
    _widen_keys(200, 64)


def _widen_keys(before: int, after: int) -> None:
    """SQLite keeps no lengths, and would have to copy the table."""
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("answers", "key", existing_type=sa.String(before), type_=sa.String(after))
