"""The tables of people and what they answer. Instants are UTC, ids are random text; `answers` is only ever added to."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from bot.store.schema.types import Instant, JsonText

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
ID = String(32)
COUNTED = BigInteger().with_variant(Integer, "sqlite")  # what SQLite numbers by itself


def kept(reason: str) -> dict[str, str]:
    """Mark a table or column that stays when a contact is erased."""
    return {"kept": reason}


def shared(reason: str) -> dict[str, str]:
    """Mark a table whose rows stay as long as other contacts work on the organisation."""
    return {"shared": reason}


# Every table and column that is not marked is exported to its contact and erased with the contact.
contacts = Table(
    "contacts",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("channel", String(32), nullable=False, info=kept("names the service, not the person")),
    Column("address", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    Column("created_at", Instant, nullable=False, info=kept("says nothing of the person")),
    Column("unreachable_at", Instant),
    # A message reaches them at any time.
    Column("is_pushed", Boolean, nullable=False, server_default=false(), info=kept("describes the service")),
    UniqueConstraint("channel", "address"),
)

organisations = Table(
    "organisations",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("credit_code", String(18)),
    Column("trade", String(100)),
    Column("province", String(2)),
    Column("created_at", Instant, nullable=False),
    info=shared("the colleagues' organisation"),
)

memberships = Table(
    "memberships",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("contact_id", ID, ForeignKey("contacts.id"), nullable=False),
    Column("organisation_id", ID, ForeignKey("organisations.id"), nullable=False),
    Column("joined_at", Instant, nullable=False),
    UniqueConstraint("contact_id", "organisation_id"),
)

invitations = Table(
    "invitations",
    METADATA,
    Column("code_hash", String(64), primary_key=True),
    Column("organisation_id", ID, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("invited_by", ID, ForeignKey("contacts.id"), nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_by", ID, ForeignKey("contacts.id")),
    Column("used_at", Instant),
    info=shared("says how a colleague joined"),
)

# Assessments, and the certifications that they lead to: `kind` tells them apart; both have their `answers`.
cases = Table(
    "cases",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", ID, nullable=False, unique=True),
    Column("organisation_id", ID, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False, server_default="assessment"),
    Column("scheme", String(64).with_variant(String(512), "postgresql"), nullable=False),  # with overlays
    Column("version", String(16).with_variant(String(128), "postgresql"), nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("revision", Integer, nullable=False, server_default="0"),
    info=shared("the colleagues' assessment or certification"),
)

# What cases were pinned to, structure and words, so that an old report can be made again when the files are gone.
archive = Table(
    "archive",
    METADATA,
    Column("scheme", String(64).with_variant(String(512), "postgresql"), primary_key=True),
    Column("version", String(16).with_variant(String(128), "postgresql"), primary_key=True),
    Column("checksum", String(64), primary_key=True),
    Column("content", JSON, nullable=False),
    info=kept("schemes, which name no contact"),
)

# `draft` and `path` share a column: no query reads them.
conversations = Table(
    "conversations",
    METADATA,
    Column("contact_id", ID, ForeignKey("contacts.id"), primary_key=True),
    Column("state", String(64), nullable=False),
    Column("cursor", String(64), nullable=False),
    Column("locale", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("agreed_at", Instant),
    Column("organisation_id", ID, ForeignKey("organisations.id")),
    Column("case_id", ID, ForeignKey("cases.id")),
    Column("last_at", Instant),
    Column("memory", JsonText, nullable=False),
)

# The latest row of each (case, field, key) is valid; a null value withdraws it.
answers = Table(
    "answers",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("case_id", ID, ForeignKey("cases.id"), nullable=False),
    Column("field", String(32), nullable=False),
    Column("key", String(64).with_variant(String(200), "postgresql"), nullable=False),
    Column("value", JSON(none_as_null=True)),
    Column("replaces", Integer, ForeignKey("answers.id")),
    Column("contact_id", ID, ForeignKey("contacts.id"), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("inbound", String(200), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_answers_latest", "case_id", "field", "key", "id"),
    info=shared("the answers of the colleagues' case, without the name"),
)

events = Table(
    "events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(64), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("contact_id", ID, ForeignKey("contacts.id"), nullable=False, index=True),
    Column("case_id", ID, ForeignKey("cases.id"), index=True),
    Column("at", Instant, nullable=False),
    info=shared("the history of the colleagues' case, without the name"),
)

# Unique keys, never "greater than the last": a channel may restart its numbering.
inbox = Table(
    "inbox",
    METADATA,
    Column("contact_id", ID, ForeignKey("contacts.id"), primary_key=True),
    Column("inbound", String(200), primary_key=True),
    Column("received_at", Instant, nullable=False, index=True),
)

# Turns and screens that an unexpected exception ended, for the operator: `place` is the state and cursor,
# `inbound` the input or the screen. `contact_id` is null when an update names no contact.
failures = Table(
    "failures",
    METADATA,
    Column("number", String(16), primary_key=True),
    Column("contact_id", ID, ForeignKey("contacts.id"), index=True),
    Column("place", String(200), nullable=False),
    Column("inbound", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)

# Notices of what colleagues did, shown with the contact's next screen.
notices = Table(
    "notices",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("contact_id", ID, ForeignKey("contacts.id"), nullable=False),
    Column("key", String(64), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("delivered_at", Instant),
    Index("ix_notices_waiting", "contact_id", "delivered_at"),
)

# Evidence files whose last reference may be gone; looked at again after the commit that dropped it.
doomed_files = Table(
    "doomed_files",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    info=kept("checksums, deleted with the files after the commit"),
)
