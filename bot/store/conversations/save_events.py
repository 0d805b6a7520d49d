"""A turn's events written into the tables, one handler a kind; every event is also kept as it happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from bot.store import codec
from bot.store.engine import LostRaceError
from bot.store.schema import conversation_tables
from bot.store.statements import Prepared
from dialogs.model.events import (
    CaseOpened,
    CertificationOpened,
    Event,
    InvitationAccepted,
    InvitationIssued,
    OrganisationChanged,
    OrganisationCreated,
)
from dialogs.model.records import Recorded


@dataclass(frozen=True, slots=True)
class TurnOrigin:
    """By whom, through what and when the turn was taken."""

    contact: str
    channel: str
    inbound: str
    now: datetime


def record_all(db: Connection, events: Sequence[Event], hand: TurnOrigin) -> None:
    """Store what happened. Raises LostRaceError where an invitation was used by somebody else meanwhile."""
    for event in events:
        _record(db, event, hand)
    if events:
        _KEEP.run_all(db, [_kept(event, hand) for event in events])


def _kept(event: Event, hand: TurnOrigin) -> dict[str, Any]:
    return {
        "kind": type(event).__name__,
        "payload": codec.payload(event),
        "case_id": getattr(event, "case", None) or getattr(event, "certification", None),
        "contact_id": hand.contact,
        "at": hand.now,
    }


def _record(db: Connection, event: Event, hand: TurnOrigin) -> None:
    match event:
        case Recorded():
            _append(db, event, hand)
        case OrganisationCreated(organisation):
            values = {
                name: getattr(organisation, name)
                for name in ("id", "name", "credit_code", "trade", "province")
            }
            db.execute(insert(conversation_tables.organisations).values(created_at=hand.now, **values))
            _join(db, organisation.id, hand)
        case OrganisationChanged(organisation_id, field, value):
            table = conversation_tables.organisations
            db.execute(update(table).where(table.c.id == organisation_id).values({field: value}))
        case CaseOpened():
            _open(db, event, event.case, "assessment")
        case CertificationOpened():
            _open(db, event, event.certification, "certification")
        case InvitationIssued(code_hash, organisation_id, expires_at):
            values = {"code_hash": code_hash, "organisation_id": organisation_id, "expires_at": expires_at}
            db.execute(insert(conversation_tables.invitations).values(invited_by=hand.contact, **values))
        case InvitationAccepted():
            _accept(db, event, hand)
        case _:
            pass


def _append(db: Connection, event: Recorded, hand: TurnOrigin) -> None:
    values = {
        "of_case": event.case,
        "in_field": event.field,
        "at_key": event.key,
        "value": codec.encode(event.value),
        "contact_id": hand.contact,
        "channel": hand.channel,
        "inbound": hand.inbound,
        "at": hand.now,
    }
    _APPEND.run(db, values)


def _open(db: Connection, event: CaseOpened | CertificationOpened, key: str, kind: str) -> None:
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


def _join(db: Connection, organisation: str, hand: TurnOrigin) -> None:
    values = {"organisation_id": organisation, "contact_id": hand.contact, "joined_at": hand.now}
    db.execute(insert(conversation_tables.memberships).values(values))


def _accept(db: Connection, event: InvitationAccepted, hand: TurnOrigin) -> None:
    table = conversation_tables.invitations
    unused = (table.c.code_hash == event.code_hash, table.c.used_by.is_(None))
    done = db.execute(update(table).where(*unused).values(used_by=hand.contact, used_at=event.at))
    if done.rowcount != 1:
        raise LostRaceError
    _join(db, event.organisation, hand)


_ANSWERS = conversation_tables.answers.c
_SAME: dict[str, Any] = {
    "case_id": bindparam("of_case"),
    "field": bindparam("in_field"),
    "key": bindparam("at_key"),
}
_BEFORE = select(func.max(_ANSWERS.id)).where(*(_ANSWERS[name] == value for name, value in _SAME.items()))
_APPEND = Prepared(
    insert(conversation_tables.answers).values(
        **_SAME,
        replaces=_BEFORE.scalar_subquery(),
        **{name: bindparam(name) for name in ("value", "contact_id", "channel", "inbound", "at")},
    )
)
_KEEP = Prepared(
    insert(conversation_tables.events).values(
        {name: bindparam(name) for name in ("kind", "payload", "contact_id", "case_id", "at")}
    )
)
