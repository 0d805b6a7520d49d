"""The erasure of a contact: personal fields, and whatever no other contact works on."""

from collections.abc import Callable, Collection
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Table, delete, or_, select, update

from bot.store.privacy.erase_names import erase_person_name
from bot.store.schema import SCHEMA, conversation_tables, delivery_tables
from bot.store.statements import insert_many_new
from dialogs import RECORD_TYPE_BY_FIELD

ERASED_NAME = "—"
FILE_FIELDS = ("evidence", "papers")
"""The fields of records that name a file."""
FILE_EVENTS = [RECORD_TYPE_BY_FIELD[field].stored_name for field in FILE_FIELDS]

CONTACT_TABLES = [
    table
    for table in reversed(SCHEMA.sorted_tables)
    if "contact_id" in table.c and "shared" not in table.info
]
"""The tables whose rows belong to one contact alone."""
_BLANK_CONTACT = {
    column.name: None if column.nullable else ""
    for column in conversation_tables.contacts.c
    if not column.primary_key and "kept" not in column.info
}


def erase_contact(db: Connection, contact: str) -> None:
    """Erase all that is stored about the contact; `unlink_doomed_files` deletes the evidence after the commit.

    Organisations without other contacts are deleted with all their cases. In the others the answers stay, without a
    name; the files that the contact sent are deleted. The contact's name in colleagues' records is blanked.
    """
    organisations = _sole_organisations(db, contact)
    cases = _ids(
        db, conversation_tables.cases, conversation_tables.cases.c.organisation_id.in_(organisations)
    )
    reminders, invitations = delivery_tables.reminders, conversation_tables.invitations
    db.execute(delete(reminders).where(or_(reminders.c.contact == contact, reminders.c.subject.in_(cases))))
    _drop_answers(db, contact, cases)
    _drop_events(db, contact, cases)
    erase_person_name(db, contact, cases)
    _blank_contact(db, contact)
    for table in CONTACT_TABLES:
        db.execute(delete(table).where(table.c.contact_id == contact))
    unused = (invitations.c.invited_by == contact) & invitations.c.used_by.is_(None)
    db.execute(delete(invitations).where(or_(unused, invitations.c.organisation_id.in_(organisations))))
    db.execute(delete(conversation_tables.cases).where(conversation_tables.cases.c.id.in_(cases)))
    db.execute(
        delete(conversation_tables.organisations).where(
            conversation_tables.organisations.c.id.in_(organisations)
        )
    )


def unlink_doomed_files(db: Connection, evidence_path: Callable[[str], Path]) -> None:
    """Delete the doomed files that no answer refers to; `evidence_path` returns the path of a checksum.

    Raises OSError when one cannot be deleted; the next call tries again.
    """
    doomed = db.execute(select(conversation_tables.doomed_files.c.sha256)).scalars().all()
    kept = set(_checksums(db, conversation_tables.answers.c.field.in_(FILE_FIELDS))) if doomed else set()
    for checksum in doomed:
        if checksum not in kept:
            evidence_path(checksum).unlink(missing_ok=True)
    db.execute(
        delete(conversation_tables.doomed_files).where(conversation_tables.doomed_files.c.sha256.in_(doomed))
    )


def _sole_organisations(db: Connection, contact: str) -> list[str]:
    """Return the organisations that only this contact works on."""
    joined = conversation_tables.memberships
    mine = select(joined.c.organisation_id).where(joined.c.contact_id == contact)
    shared = select(joined.c.organisation_id).where(joined.c.contact_id != contact)
    return _ids(
        db,
        conversation_tables.organisations,
        conversation_tables.organisations.c.id.in_(mine)
        & conversation_tables.organisations.c.id.not_in(shared),
    )


def _ids(db: Connection, table: Table, condition: ColumnElement[bool]) -> list[str]:
    return list(db.execute(select(table.c.id).where(condition)).scalars())


def _drop_answers(db: Connection, contact: str, cases: Collection[str]) -> None:
    """Delete the cases' answers, and the evidence that the contact sent anywhere."""
    table = conversation_tables.answers
    files = table.c.field.in_(FILE_FIELDS)
    gone = or_(table.c.case_id.in_(cases), (table.c.contact_id == contact) & files)
    doomed = [{"sha256": one} for one in dict.fromkeys(_checksums(db, gone & files))]
    insert_many_new(db, conversation_tables.doomed_files, doomed, conversation_tables.doomed_files.c.sha256)
    replaced = table.c.replaces.in_(select(table.c.id).where(gone))
    db.execute(update(table).where(replaced).values(replaces=None))
    db.execute(delete(table).where(gone))


def _checksums(db: Connection, condition: ColumnElement[bool]) -> list[str]:
    """Return the checksums of the files that those answers name."""
    values = db.execute(select(conversation_tables.answers.c.value).where(condition)).scalars()
    return [
        value["evidence"]["sha256"] for value in values if isinstance(value, dict) and "evidence" in value
    ]


def _drop_events(db: Connection, contact: str, cases: Collection[str]) -> None:
    """Delete the cases' events and the contact's events without a case; blank those that name a file."""
    table = conversation_tables.events
    own = table.c.contact_id == contact
    db.execute(delete(table).where(or_(table.c.case_id.in_(cases), own & table.c.case_id.is_(None))))
    db.execute(update(table).where(own, table.c.kind.in_(FILE_EVENTS)).values(payload={}))


def _blank_contact(db: Connection, contact: str) -> None:
    """Blank the contact's row, which answers refer to, and the name in the notices to others."""
    table, notices = conversation_tables.contacts, conversation_tables.notices
    name = db.execute(select(table.c.name).where(table.c.id == contact)).scalar_one()
    blank = {**_BLANK_CONTACT, "address": f"erased:{contact}"}
    db.execute(update(table).where(table.c.id == contact).values(blank))
    for row in db.execute(select(notices.c.id, notices.c.payload)).all():
        if row.payload.get("by") == name:
            payload = {**row.payload, "by": ERASED_NAME}
            db.execute(update(notices).where(notices.c.id == row.id).values(payload=payload))
