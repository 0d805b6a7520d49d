"""Room for the names of schemes with overlays: `scheme+a+b`, version `1+2+1`."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_WIDTHS = (("scheme", 64, 512), ("version", 16, 128))


def upgrade() -> None:
    for name, before, after in _WIDTHS:
        _widen(name, before, after)


def downgrade() -> None:
    for name, before, after in _WIDTHS:
        _widen(name, after, before)


def _widen(name: str, before: int, after: int) -> None:
    """SQLite keeps no lengths, and would have to copy the table."""
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("cases", name, existing_type=sa.String(before), type_=sa.String(after))
