"""The documents that a certification requires, and their state on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from rubric.model.bodies import OTHER_TRADE, TRADES, BodyProfile, DocumentPurpose, RequiredDocument

EXPIRY_NOTICE = timedelta(days=30)
DocumentState = Literal["missing", "have", "expiring", "expired"]


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What is known of a document: whether it is at hand, its expiry date, who provides it (empty: not assigned)."""

    have: bool
    expires: date | None = None
    person: str = ""


@dataclass(frozen=True, slots=True)
class DocumentProgress:
    """Counts of documents: `have` those at hand and valid, `expired` those expired (not in `have`)."""

    have: int
    expired: int
    total: int


def required_documents(
    body: BodyProfile, trade: str | None, purpose: DocumentPurpose
) -> tuple[RequiredDocument, ...]:
    """Return the documents required for `purpose`, in the order of the profile.

    Left out are those of other trades, and those for a remote audit with a body that does none. A trade that has no
    code, or is not known, counts as `other`.
    """
    code = trade if trade in TRADES else OTHER_TRADE
    remote = "remote" in body.audit_modes
    return tuple(
        one
        for one in body.materials
        if purpose in one.purposes
        and (not one.trades or code in one.trades)
        and (remote or "remote" not in one.purposes)
    )


def document_state(record: DocumentRecord | None, today: date) -> DocumentState:
    """Return the state of a document: valid to the end of its last day, `expiring` within 30 days of it."""
    if record is None or not record.have:
        return "missing"
    if record.expires is None:
        return "have"
    if record.expires < today:
        return "expired"
    return "expiring" if record.expires - today <= EXPIRY_NOTICE else "have"


def count_documents(
    items: Iterable[RequiredDocument], records: Mapping[str, DocumentRecord], today: date
) -> DocumentProgress:
    """Count the documents that are at hand and those that have expired."""
    states = [document_state(records.get(one.id), today) for one in items]
    have = sum(state in {"have", "expiring"} for state in states)
    return DocumentProgress(have, states.count("expired"), len(states))
