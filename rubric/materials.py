"""The papers that a certification asks for: which they are, and how each stands on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rubric.bodies import Body, Material, Purpose

EXPIRING = timedelta(days=30)
State = Literal["missing", "have", "expiring", "expired"]


@dataclass(frozen=True, slots=True)
class MaterialRecord:
    """What is known of a paper: whether it is there, until when it is good, who brings it (empty: nobody yet)."""

    have: bool
    expires: date | None = None
    person: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """`have` counts what is there and good; what has expired is counted on its own and not there."""

    have: int
    expired: int
    total: int


def checklist(body: "Body", trade: str | None, purpose: "Purpose") -> tuple["Material", ...]:
    """The papers asked for, in the profile's order; those of other trades are left out."""
    return tuple(
        one for one in body.materials if purpose in one.purposes and (not one.trades or trade in one.trades)
    )


def state_of(record: MaterialRecord | None, today: date) -> State:
    """How a paper stands; one is good on its last day, and expires within 30 days where it is said to."""
    if record is None or not record.have:
        return "missing"
    if record.expires is None:
        return "have"
    if record.expires < today:
        return "expired"
    return "expiring" if record.expires - today <= EXPIRING else "have"


def progress(items: Iterable["Material"], records: Mapping[str, MaterialRecord], today: date) -> Progress:
    """How many of the papers are there."""
    states = [state_of(records.get(one.id), today) for one in items]
    have = sum(state in {"have", "expiring"} for state in states)
    return Progress(have, states.count("expired"), len(states))
