"""A contact's dossier read from the tables, and a turn written into them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from bot.store import codec, tables
from dialogs.conversation import Conversation
from dialogs.dossier import Case, Contact, Dossier, Invitation, Organisation
from dialogs.messages import Notice


class LostRaceError(Exception):
    """Somebody else saved first; the turn is to be taken again."""


def load_dossier(db: Connection, contact: Contact, invitation: str | None) -> Dossier:
    """All that the contact's talk may see; `invitation` is the hash of a code that was typed."""
    talk = load_conversation(db, contact.id)
    organisations = load_organisations(db, contact.id)
    cases = load_cases(db, list(organisations))
    notices = load_notices(db, contact.id)
    names = load_names(db, {by for case in cases.values() for by in case.answered_by.values()})
    invited = load_invitation(db, invitation) if invitation else None
    return Dossier(contact, talk, organisations, cases, notices, invited, names)


def load_conversation(db: Connection, contact: str) -> Conversation:
    """The contact's conversation, locked until the transaction ends."""
    query = select(tables.conversations).where(tables.conversations.c.contact_id == contact).with_for_update()
    row = db.execute(query).mappings().one()
    talk = Conversation(contact, row["state"], row["cursor"], row["locale"], row["revision"])
    talk.agreed_at, talk.last_at = row["agreed_at"], row["last_at"]
    talk.organisation, talk.case = row["organisation_id"], row["case_id"]
    codec.recall(talk, row["memory"])
    return talk


def load_organisations(db: Connection, contact: str) -> dict[str, Organisation]:
    """The contact's organisations, in the order of joining them."""
    table, joined = tables.organisations, tables.memberships
    mine = select(table).join(joined).where(joined.c.contact_id == contact).order_by(joined.c.number)
    return {row["id"]: _organisation(row) for row in db.execute(mine).mappings()}


def _organisation(row: RowMapping) -> Organisation:
    return Organisation(row["id"], row["name"], row["credit_code"], row["trade"], row["province"])


def load_cases(db: Connection, organisations: Sequence[str]) -> dict[str, Case]:
    """The organisations' cases in the order of their opening, locked, with all that stands in them."""
    table = tables.cases
    query = (
        select(table)
        .where(table.c.organisation_id.in_(organisations))
        .order_by(table.c.number)
        .with_for_update()
    )
    rows = db.execute(query).mappings()
    found = {
        row["id"]: Case(
            row["id"],
            row["organisation_id"],
            row["scheme"],
            row["version"],
            row["checksum"],
            row["opened_at"],
        )
        for row in rows
    }
    for row in _standing(db, list(found)):
        value = codec.decode(row["value"])
        case = found[row["case_id"]]
        if value is not None:
            getattr(case, row["field"])[row["key"]] = value
        if row["field"] == "answers":
            case.answered_by[row["key"]] = row["contact_id"]
    return found


def _standing(db: Connection, cases: Sequence[str]) -> Iterable[RowMapping]:
    """The latest row of each record; dicts come back in the order in which what stands was first recorded."""
    table = tables.answers
    latest = (
        select(func.max(table.c.id).label("id"))
        .where(table.c.case_id.in_(cases))
        .group_by(table.c.case_id, table.c.field, table.c.key)
        .subquery()
    )
    return db.execute(select(table).join(latest, table.c.id == latest.c.id).order_by(table.c.id)).mappings()


def load_notices(db: Connection, contact: str) -> tuple[Notice, ...]:
    """What the contact has still to hear, oldest first."""
    box = tables.outbox
    query = select(box).where(box.c.contact_id == contact, box.c.delivered_at.is_(None)).order_by(box.c.id)
    return tuple(Notice(contact, row["key"], row["payload"]) for row in db.execute(query).mappings())


def load_names(db: Connection, contacts: set[str]) -> dict[str, str]:
    table = tables.contacts
    rows = db.execute(select(table.c.id, table.c.name).where(table.c.id.in_(contacts)))
    return {row.id: row.name for row in rows}


def load_invitation(db: Connection, code_hash: str) -> Invitation | None:
    table = tables.invitations
    row = db.execute(select(table).where(table.c.code_hash == code_hash)).mappings().one_or_none()
    if row is None:
        return None
    inviting = select(tables.organisations).where(tables.organisations.c.id == row["organisation_id"])
    organisation = _organisation(db.execute(inviting).mappings().one())
    cases = tuple(load_cases(db, [organisation.id]).values())
    used = row["used_by"] is not None
    return Invitation(code_hash, organisation, cases, row["invited_by"], row["expires_at"], used)


def save_conversation(db: Connection, before: Conversation, after: Conversation) -> None:
    """Save the talk over the one that was loaded. Raises LostRaceError."""
    if before == after:
        return
    table = tables.conversations
    done = db.execute(
        update(table)
        .where(table.c.contact_id == after.contact, table.c.revision == before.revision)
        .values(
            state=after.state,
            cursor=after.cursor,
            locale=after.locale,
            revision=after.revision,
            agreed_at=after.agreed_at,
            organisation_id=after.organisation,
            case_id=after.case,
            last_at=after.last_at,
            memory=codec.memory(after),
        )
    )
    if done.rowcount != 1:
        raise LostRaceError


def begin_conversation(db: Connection, contact: str, locale: str) -> None:
    talk = Conversation(contact, locale=locale)
    db.execute(
        insert(tables.conversations).values(
            contact_id=contact,
            state=talk.state,
            cursor=talk.cursor,
            locale=locale,
            revision=talk.revision,
            memory=codec.memory(talk),
        )
    )


def deliver_notices(db: Connection, contact: str, now: datetime) -> None:
    """Mark what the contact has just been shown."""
    box = tables.outbox
    waiting = (box.c.contact_id == contact, box.c.delivered_at.is_(None))
    db.execute(update(box).where(*waiting).values(delivered_at=now))
