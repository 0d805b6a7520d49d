"""A turn's events written into the tables, and into the event log."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from bot.store import codec
from bot.store.engine import LostRaceError
from bot.store.schema import conversation_tables
from bot.store.statements import PreparedStatement
from dialogs import (
    CaseOpened,
    CertificationOpened,
    Event,
    InvitationAccepted,
    InvitationIssued,
    OrganisationChanged,
    OrganisationCreated,
    ValueRecorded,
)


@dataclass(frozen=True, slots=True)
class TurnOrigin:
    """Who took the turn, through which channel and when."""

    contact: str
    channel: str
    inbound: str
    now: datetime


def save_events(db: Connection, events: Sequence[Event], origin: TurnOrigin) -> None:
    """Store the events. Raises LostRaceError when an invitation was used meanwhile."""
    for event in events:
        _save_event(db, event, origin)
    if events:
        _INSERT_EVENT.run_all(db, [_event_row(event, origin) for event in events])


def _event_row(event: Event, origin: TurnOrigin) -> dict[str, Any]:
    return {
        "kind": event.stored_name,
        "payload": codec.encode_event(event),
        "case_id": getattr(event, "case", None) or getattr(event, "certification", None),
        "contact_id": origin.contact,
        "at": origin.now,
    }


def _save_event(db: Connection, event: Event, origin: TurnOrigin) -> None:
    match event:
        case ValueRecorded():
            _insert_answer(db, event, origin)
        case OrganisationCreated(organisation):
            values = asdict(organisation)
            db.execute(insert(conversation_tables.organisations).values(created_at=origin.now, **values))
            _insert_membership(db, organisation.id, origin)
        case OrganisationChanged(organisation_id, field, value):
            table = conversation_tables.organisations
            db.execute(update(table).where(table.c.id == organisation_id).values({field: value}))
        case CaseOpened():
            _insert_case(db, event, event.case, "assessment")
        case CertificationOpened():
            _insert_case(db, event, event.certification, "certification")
        case InvitationIssued(code_hash, organisation_id, expires_at):
            values = {"code_hash": code_hash, "organisation_id": organisation_id, "expires_at": expires_at}
            db.execute(insert(conversation_tables.invitations).values(invited_by=origin.contact, **values))
        case InvitationAccepted():
            _accept_invitation(db, event, origin)
        case _:
            pass


def _insert_answer(db: Connection, event: ValueRecorded, origin: TurnOrigin) -> None:
    values = {
        "of_case": event.case,
        "in_field": event.field,
        "at_key": event.key,
        "value": codec.encode(event.value),
        "contact_id": origin.contact,
        "channel": origin.channel,
        "inbound": origin.inbound,
        "at": origin.now,
    }
    _INSERT_ANSWER.run(db, values)


def _insert_case(db: Connection, event: CaseOpened | CertificationOpened, key: str, kind: str) -> None:
    db.execute(
        insert(conversation_tables.cases).values(
            id=key,
            kind=kind,
            organisation_id=event.organisation,
            scheme=event.scheme,
            version=event.version,
            checksum=event.checksum,
            opened_at=event.at,
        )
    )


def _insert_membership(db: Connection, organisation: str, origin: TurnOrigin) -> None:
    values = {"organisation_id": organisation, "contact_id": origin.contact, "joined_at": origin.now}
    db.execute(insert(conversation_tables.memberships).values(values))


def _accept_invitation(db: Connection, event: InvitationAccepted, origin: TurnOrigin) -> None:
    table = conversation_tables.invitations
    unused = (table.c.code_hash == event.code_hash, table.c.used_by.is_(None))
    done = db.execute(update(table).where(*unused).values(used_by=origin.contact, used_at=event.at))
    if done.rowcount != 1:
        raise LostRaceError
    _insert_membership(db, event.organisation, origin)


_ANSWERS = conversation_tables.answers.c
_ANSWER_KEY: dict[str, Any] = {
    "case_id": bindparam("of_case"),
    "field": bindparam("in_field"),
    "key": bindparam("at_key"),
}
_PREVIOUS_ANSWER = select(func.max(_ANSWERS.id)).where(
    *(_ANSWERS[name] == value for name, value in _ANSWER_KEY.items())
)
_INSERT_ANSWER = PreparedStatement(
    insert(conversation_tables.answers).values(
        **_ANSWER_KEY,
        replaces=_PREVIOUS_ANSWER.scalar_subquery(),
        **{name: bindparam(name) for name in ("value", "contact_id", "channel", "inbound", "at")},
    )
)
_INSERT_EVENT = PreparedStatement(
    insert(conversation_tables.events).values(
        {name: bindparam(name) for name in ("kind", "payload", "contact_id", "case_id", "at")}
    )
)
