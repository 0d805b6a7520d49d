"""A turn's events written into the tables, one handler a kind; every event is also kept as it happened."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from bot.store import codec, tables
from bot.store.engine import LostRaceError
from dialogs.events import (
    CaseOpened,
    Event,
    InvitationAccepted,
    InvitationIssued,
    OrganisationChanged,
    OrganisationCreated,
    Recorded,
)


@dataclass(frozen=True, slots=True)
class Hand:
    """By whom, through what and when the turn was taken."""

    contact: str
    channel: str
    inbound: str
    now: datetime


def record(db: Connection, event: Event, hand: Hand) -> None:
    """Store one event. Raises LostRaceError where an invitation was used by somebody else meanwhile."""
    match event:
        case Recorded():
            _append(db, event, hand)
        case OrganisationCreated(organisation):
            values = {
                name: getattr(organisation, name)
                for name in ("id", "name", "credit_code", "trade", "province")
            }
            db.execute(insert(tables.organisations).values(created_at=hand.now, **values))
            _join(db, organisation.id, hand)
        case OrganisationChanged(organisation_id, field, value):
            table = tables.organisations
            db.execute(update(table).where(table.c.id == organisation_id).values({field: value}))
        case CaseOpened():
            _open(db, event)
        case InvitationIssued(code_hash, organisation_id, expires_at):
            values = {"code_hash": code_hash, "organisation_id": organisation_id, "expires_at": expires_at}
            db.execute(insert(tables.invitations).values(invited_by=hand.contact, **values))
        case InvitationAccepted():
            _accept(db, event, hand)
        case _:
            pass
    _keep(db, event, hand)


def _append(db: Connection, event: Recorded, hand: Hand) -> None:
    table = tables.answers
    same = (table.c.case_id == event.case, table.c.field == event.field, table.c.key == event.key)
    before = db.execute(select(func.max(table.c.id)).where(*same)).scalar_one()
    db.execute(
        insert(table).values(
            case_id=event.case,
            field=event.field,
            key=event.key,
            value=codec.encode(event.value),
            replaces=before,
            contact_id=hand.contact,
            channel=hand.channel,
            inbound=hand.inbound,
            at=hand.now,
        )
    )


def _open(db: Connection, event: CaseOpened) -> None:
    db.execute(
        insert(tables.cases).values(
            id=event.case,
            organisation_id=event.organisation,
            scheme=event.scheme,
            version=event.version,
            checksum=event.checksum,
            opened_at=event.at,
        )
    )


def _join(db: Connection, organisation: str, hand: Hand) -> None:
    values = {"organisation_id": organisation, "contact_id": hand.contact, "joined_at": hand.now}
    db.execute(insert(tables.memberships).values(values))


def _accept(db: Connection, event: InvitationAccepted, hand: Hand) -> None:
    table = tables.invitations
    unused = (table.c.code_hash == event.code_hash, table.c.used_by.is_(None))
    done = db.execute(update(table).where(*unused).values(used_by=hand.contact, used_at=event.at))
    if done.rowcount != 1:
        raise LostRaceError
    _join(db, event.organisation, hand)


def _keep(db: Connection, event: Event, hand: Hand) -> None:
    case = getattr(event, "case", None)
    values = {"kind": type(event).__name__, "payload": codec.payload(event), "case_id": case}
    db.execute(insert(tables.events).values(contact_id=hand.contact, at=hand.now, **values))
