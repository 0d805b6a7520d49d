"""The tables of chats: what a service brought, the screen that each is to show, what goes out to it and when."""

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.store.schema.conversation_tables import COUNTED, ID, METADATA, kept
from bot.store.schema.types import Instant

SERVICE_ID = String(64)  # of a bot, an update, a chat or a message: what its chat service calls it
CHANNEL = String(32)

# Updates as a chat service brought them; the text goes when its turn is committed.
updates = Table(
    "updates",
    METADATA,
    Column("number", COUNTED, primary_key=True, autoincrement=True),
    Column("channel", CHANNEL, nullable=False),
    Column("bot", SERVICE_ID, nullable=False),
    Column("update_id", SERVICE_ID, nullable=False),
    Column("payload", Text, nullable=False),
    Column("received_at", Instant, nullable=False, index=True),
    Column("done_at", Instant),
    UniqueConstraint("channel", "bot", "update_id"),
    info=kept("the payload is blanked when its turn is committed, the row deleted after three days"),
)
Index(
    "ix_updates_waiting",
    updates.c.number,
    sqlite_where=text("done_at IS NULL"),
    postgresql_where=text("done_at IS NULL"),
)

# The screen that a chat is to show (`wanted`, of turn `number`) and the one it shows (of turn `shown`). A newer
# screen takes the older one's place, so that what waits is never more than one a chat. `placed` is the turn at
# which the message shown was sent, `buried` the last one that put something of the contact's below it, `behind` are
# the messages before it.
panels = Table(
    "panels",
    METADATA,
    Column("contact_id", ID, ForeignKey("contacts.id"), primary_key=True),
    Column("chat", SERVICE_ID, nullable=False),
    Column("number", Integer, nullable=False),
    Column("wanted", Text, nullable=False),
    Column("shown", Integer, nullable=False, server_default="0"),
    Column("placed", Integer, nullable=False, server_default="0"),
    Column("buried", Integer, nullable=False, server_default="0"),
    Column("messages", JSON, nullable=False, server_default="[]"),
    Column("behind", JSON, nullable=False, server_default="[]"),
    Column("stretch", String(64), nullable=False, server_default=""),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Instant),
    Column("holder", String(100)),
    Column("held_until", Instant),
)
Index(
    "ix_panels_waiting",
    panels.c.next_at,
    sqlite_where=text("shown < number"),
    postgresql_where=text("shown < number"),
)

# What is to be sent once, in its order: files, and lines. A row goes when it needs no further attempt.
outbox = Table(
    "outbox",
    METADATA,
    Column("id", COUNTED, primary_key=True, autoincrement=True),
    Column("channel", CHANNEL, nullable=False),
    Column("chat", SERVICE_ID, nullable=False),
    Column("contact_id", ID, ForeignKey("contacts.id"), index=True),
    Column("kind", String(16), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Instant),
    Column("holder", String(100)),
    Column("held_until", Instant),
)

# When each contact is next looked after: `next_at` is never later than the next reminder, and `planned_at` the moment
# at which that was reckoned, so that a clock that went back is noticed. `last_on` is the contact's own day of the last
# letter, `hour` and `zone` when letters are wanted, `muted` the stages that are not.
agendas = Table(
    "agendas",
    METADATA,
    Column("contact_id", ID, ForeignKey("contacts.id"), primary_key=True),
    Column("next_at", Instant, index=True),
    Column("planned_at", Instant, index=True),
    Column("last_on", Date),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("hour", Integer, nullable=False),
    Column("zone", String(64), nullable=False, server_default=""),
    Column("muted", JSON, nullable=False, server_default="[]"),
)

# What went out to a contact in one message, and what became of it. `message` is its id in the chat.
letters = Table(
    "letters",
    METADATA,
    Column("id", COUNTED, primary_key=True, autoincrement=True),
    Column("contact_id", ID, ForeignKey("contacts.id"), nullable=False, index=True),
    Column("outcome", String(16), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("message", SERVICE_ID),
)
Index(
    "ix_letters_sending",
    letters.c.created_at,
    sqlite_where=text("outcome = 'sending'"),
    postgresql_where=text("outcome = 'sending'"),
)

# What each letter reminded of; nothing is told twice. `contact` is a contact's id, or `admin:` and a user's number.
reminders = Table(
    "reminders",
    METADATA,
    Column("id", COUNTED, primary_key=True, autoincrement=True),
    Column("letter_id", COUNTED, ForeignKey("letters.id", ondelete="CASCADE")),
    Column("contact", String(64), nullable=False),
    Column("subject", ID, ForeignKey("cases.id"), nullable=False),
    Column("milestone", String(100), nullable=False),
    Column("stage", String(32), nullable=False),
    Column("nominal", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Column("reaction", String(16), nullable=False, server_default=""),
    Column("until", Date),
    UniqueConstraint("subject", "contact", "milestone", "stage", "nominal"),
    Index("ix_reminders_contact", "contact"),
)
