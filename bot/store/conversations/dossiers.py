"""Dossiers, loaded from the tables and locked until the transaction ends."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, bindparam, func, select, union
from sqlalchemy.exc import DBAPIError

from bot.store import codec
from bot.store.cache import RevisionCache
from bot.store.conversations import notices
from bot.store.reminders import agendas
from bot.store.schema import conversation_tables
from bot.store.statements import PreparedStatement
from dialogs import (
    Case,
    Certification,
    Contact,
    Conversation,
    Dossier,
    Invitation,
    Organisation,
    Pin,
    hash_code,
)

CaseFile: TypeAlias = Case | Certification
log = logging.getLogger(__name__)
CASES_PER_QUERY = 500
_KINDS: Mapping[str, type[CaseFile]] = {"assessment": Case, "certification": Certification}


@dataclass(frozen=True, slots=True)
class LoadedDossier:
    """A loaded dossier with the revisions of its cases; `zone` is the contact's chosen time zone or empty."""

    dossier: Dossier
    revisions: Mapping[str, int]
    zone: str = ""


def load_dossier(
    db: Connection, contact: Contact, invitation: str | None, now: datetime, cache: RevisionCache
) -> LoadedDossier:
    """Load what the contact may see, and claim their notices; `invitation` is the hash of a code just given."""
    loaded, has_notices = read_dossier(db, contact, invitation, cache)
    loaded.dossier.notices = notices.claim_notices(db, contact.id, now) if has_notices else ()
    return loaded


def read_dossier(
    db: Connection, contact: Contact, invitation: str | None, cache: RevisionCache
) -> tuple[LoadedDossier, bool]:
    """Load the dossier without claiming notices; also return whether there are any."""
    talk, has_notices, zone = _conversation(db, contact.id, cache)
    organisations = _organisations(db, contact.id)
    invitation = invitation or hash_code(talk.draft.get("code", ""))
    code = _find_invitation(db, invitation) if invitation else None
    rows = _lock_cases(db, contact.id, code.organisation_id if code else None)
    files = _files(db, rows, cache)
    dossier = Dossier(contact, talk, organisations)
    mine = {key: one for key, one in files.items() if one.organisation in organisations}
    dossier.cases = {key: one for key, one in mine.items() if isinstance(one, Case)}
    dossier.certifications = {key: one for key, one in mine.items() if isinstance(one, Certification)}
    dossier.invitation = _invitation(db, code, files.values()) if code else None
    answered = set().union(*(one.contributors for one in files.values() if isinstance(one, Case)))
    dossier.contact_names = _names(db, answered - {contact.id})
    return LoadedDossier(dossier, {row.id: row.revision for row in rows}, zone), has_notices


def revision_of(db: Connection, file: str) -> int:
    """Return the number of changes of the case or certification."""
    table = conversation_tables.cases.c
    return int(db.execute(select(table.revision).where(table.id == file)).scalar_one())


def _conversation(db: Connection, contact: str, cache: RevisionCache) -> tuple[Conversation, bool, str]:
    """Lock and load the conversation, whether notices wait, and the chosen time zone."""
    row = _CONVERSATION.row(db, {"of_contact": contact})
    talk = Conversation(contact, row.state, row.cursor, row.locale, row.revision)
    talk.agreed_at, talk.last_active_at = row.agreed_at, row.last_at
    talk.organisation, talk.case = row.organisation_id, row.case_id
    talk.main_place, path, talk.undo_steps, draft = cache.find(contact, talk.revision) or codec.decode_memory(
        row.memory
    )
    talk.path, talk.draft = list(path), dict(draft)
    return talk, row.has_notices, row.zone or ""


def _organisations(db: Connection, contact: str) -> dict[str, Organisation]:
    """Return the contact's organisations in the order of joining."""
    return {row.id: _organisation(row) for row in _ORGANISATIONS.rows(db, {"of_contact": contact})}


def _organisation(row: Any) -> Organisation:
    return Organisation(*(getattr(row, field.name) for field in fields(Organisation)))


def _lock_cases(db: Connection, contact: str, inviting: str | None) -> Sequence[Any]:
    """Lock the cases of the contact's organisations and of an inviting one; return id and revision, oldest first.

    All at once, so that two never wait crosswise.
    """
    return _CASES.rows(db, {"of_contact": contact, "inviting": inviting})


def _files(db: Connection, rows: Sequence[Any], cache: RevisionCache) -> dict[str, CaseFile]:
    """Load the cases and certifications with their answers."""
    found = {row.id: cache.find(row.id, row.revision) for row in rows}
    missing = [row for row in rows if found[row.id] is None]
    if missing:
        cases = db.execute(
            select(conversation_tables.cases).where(
                conversation_tables.cases.c.id.in_([row.id for row in missing])
            )
        )
        found.update(_readable_files(db, cases.all()))
        for row in missing:
            cache.keep(row.id, row.revision, found[row.id])
    return {key: file for key, file in found.items() if file is not None}


def _readable_files(db: Connection, rows: Sequence[Any]) -> dict[str, CaseFile]:
    """Read the files, leaving out those that cannot be read: the contact can use the others."""
    try:
        return read_files(db, rows)
    except DBAPIError:
        raise
    except Exception:
        if len(rows) == 1:
            log.exception("case %s cannot be read and is left out", rows[0].id)
            return {}
        return {key: file for row in rows for key, file in _readable_files(db, [row]).items()}


def read_files(db: Connection, rows: Iterable[Any]) -> dict[str, CaseFile]:
    pinned = ("id", "organisation_id", "scheme", "version", "checksum", "opened_at")
    found: dict[str, CaseFile] = {
        row.id: _KINDS[row.kind](*(getattr(row, name) for name in pinned)) for row in rows
    }
    for row in _latest_rows(db, found):
        value, file = codec.decode(row.value), found[row.case_id]
        if value is not None:
            getattr(file, row.field)[row.key] = value
        if isinstance(file, Case) and row.field == "answers":
            file.answered_by[row.key] = row.contact_id
        if isinstance(file, Case) and isinstance(value, Pin) and not row.key:
            found[row.case_id] = file.with_pin(value)
    return found


def _latest_rows(db: Connection, cases: Collection[str]) -> Iterable[Row[Any]]:
    """Return the latest row of each record, in the order of recording: as `apply` leaves them."""
    table = conversation_tables.answers
    latest = (
        select(func.max(table.c.id).label("id"))
        .where(table.c.case_id.in_(cases))
        .group_by(table.c.case_id, table.c.field, table.c.key)
        .subquery()
    )
    return db.execute(select(table).join(latest, table.c.id == latest.c.id).order_by(table.c.id))


def _names(db: Connection, contacts: set[str]) -> dict[str, str]:
    if not contacts:
        return {}
    table = conversation_tables.contacts
    rows = db.execute(select(table.c.id, table.c.name).where(table.c.id.in_(contacts)))
    return {row.id: row.name for row in rows}


def _find_invitation(db: Connection, code_hash: str) -> Row[Any] | None:
    table = conversation_tables.invitations
    return db.execute(select(table).where(table.c.code_hash == code_hash)).one_or_none()


def _invitation(db: Connection, code: Row[Any], files: Iterable[CaseFile]) -> Invitation:
    table = conversation_tables.organisations
    query = select(table).where(table.c.id == code.organisation_id)
    organisation = _organisation(db.execute(query).one())
    theirs = [one for one in files if one.organisation == organisation.id]
    return Invitation(
        code.code_hash,
        organisation,
        tuple(one for one in theirs if isinstance(one, Case)),
        code.invited_by,
        code.expires_at,
        code.used_by is not None,
        tuple(one for one in theirs if isinstance(one, Certification)),
    )


def read_assessments(db: Connection) -> Iterator[tuple[Case, str]]:
    """Yield each assessment with its answers and its organisation's name, in order of opening."""
    table, organisations = conversation_tables.cases, conversation_tables.organisations
    query = (
        select(table, organisations.c.name.label("organisation_name"))
        .join(organisations, table.c.organisation_id == organisations.c.id)
        .where(table.c.kind == "assessment")
        .order_by(table.c.number)
    )
    rows = db.execute(query).all()
    for start in range(0, len(rows), CASES_PER_QUERY):
        some = rows[start : start + CASES_PER_QUERY]
        files = read_files(db, some)
        for row in some:
            file = files[row.id]
            if isinstance(file, Case):
                yield file, row.organisation_name


_CONVERSATION = PreparedStatement(
    select(
        conversation_tables.conversations,
        notices.HAS_NOTICES.label("has_notices"),
        agendas.CHOSEN_ZONE.label("zone"),
    )
    .where(conversation_tables.conversations.c.contact_id == bindparam("of_contact"))
    .with_for_update()
)
_OF_CONTACT = conversation_tables.memberships.c.contact_id == bindparam("of_contact")
_ORGANISATIONS = PreparedStatement(
    select(conversation_tables.organisations)
    .join(conversation_tables.memberships)
    .where(_OF_CONTACT)
    .order_by(conversation_tables.memberships.c.number)
)
_INVITING = bindparam("inviting", type_=conversation_tables.ID)
_CASES = PreparedStatement(
    select(conversation_tables.cases.c.id, conversation_tables.cases.c.revision)
    .where(
        conversation_tables.cases.c.organisation_id.in_(
            union(
                select(conversation_tables.memberships.c.organisation_id).where(_OF_CONTACT),
                select(_INVITING),
            )
        )
    )
    .order_by(conversation_tables.cases.c.number)
    .with_for_update()
)
