"""Reminders: when each contact is next looked after, what went out, and of what."""

import sqlalchemy as sa
from alembic import op

from bot.store.schema.conversation_tables import COUNTED
from bot.store.schema.types import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SENDING = sa.text("outcome = 'sending'")


def upgrade() -> None:
    _agendas()
    op.create_table(
        "letters",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("contact_id", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_letters_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
    )
    op.create_index(op.f("ix_letters_contact_id"), "letters", ["contact_id"])
    op.create_index(
        "ix_letters_sending", "letters", ["created_at"], sqlite_where=SENDING, postgresql_where=SENDING
    )
    _reminders()


def _agendas() -> None:
    """Everybody there is begins with one, to be looked at once."""
    op.create_table(
        "agendas",
        sa.Column("contact_id", sa.String(length=32), nullable=False),
        sa.Column("next_at", Instant(), nullable=True),
        sa.Column("planned_at", Instant(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("hour", sa.Integer(), nullable=False, server_default="9"),
        sa.Column("zone", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("muted", sa.JSON(), nullable=False, server_default="[]"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_agendas_contact_id")),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_agendas")),
    )
    op.create_index(op.f("ix_agendas_next_at"), "agendas", ["next_at"])
    op.create_index(op.f("ix_agendas_planned_at"), "agendas", ["planned_at"])
    op.execute(
        "INSERT INTO agendas (contact_id, next_at) "
        "SELECT DISTINCT contact_id, joined_at FROM memberships WHERE joined_at = "
        "(SELECT MIN(mine.joined_at) FROM memberships AS mine WHERE mine.contact_id = memberships.contact_id)"
    )


def _reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("letter_id", COUNTED, nullable=True),
        sa.Column("contact", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("milestone", sa.String(length=100), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("nominal", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("reaction", sa.String(length=16), nullable=False, server_default=""),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_reminders_letter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["subject"], ["cases.id"], name=op.f("fk_reminders_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint(
            "subject",
            "contact",
            "milestone",
            "stage",
            "nominal",
            name=op.f("uq_reminders_subject_contact_milestone_stage_nominal"),
        ),
    )
    op.create_index("ix_reminders_contact", "reminders", ["contact"])


def downgrade() -> None:
    for table in ("reminders", "letters", "agendas"):
        op.drop_table(table)
