"""Tables of certifications."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kind = sa.Column("kind", sa.String(length=16), nullable=False, server_default="assessment")
    op.add_column("cases", kind)


def downgrade() -> None:
    op.drop_column("cases", "kind")
