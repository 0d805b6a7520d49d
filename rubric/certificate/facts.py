"""The facts of a certificate, and which of them contradict each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)

FactName = Literal[
    "today", "issued", "surveilled", "valid_until", "suspended_on", "revoked_on", "withdrawn_on"
]
FactFaultCode = Literal["out_of_range", "after_today", "before_issue", "not_after_issue"]


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """The facts from which the calendar of a certificate follows.

    `valid_until` is what the certificate has printed, where that differs from the scheme's rule. The last three are
    decisions of the body or the holder, beyond what follows from the dates; what was lifted again is left out.
    """

    issued: date
    surveilled: tuple[date, ...] = ()
    valid_until: date | None = None
    suspended_on: date | None = None
    revoked_on: date | None = None
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class FactFault:
    """A `day`, given as `fact`, that `limit` excludes: today, the issue date, or an end of the supported range."""

    code: FactFaultCode
    fact: FactName
    day: date
    limit: date


class CertificateFactsError(ValueError):
    """Facts that no certificate can have, with every fault."""

    def __init__(self, faults: tuple[FactFault, ...]) -> None:
        self.faults = faults
        super().__init__(
            "; ".join(f"{fault.fact} {fault.day}: {fault.code} {fault.limit}" for fault in faults)
        )


def check_facts(term: CertificateFacts, today: date) -> None:
    """Raise CertificateFactsError unless a certificate can have these facts on `today`."""
    faults = dict.fromkeys((*_out_of_range(term, today), *_out_of_order(term, today)))
    if faults:
        raise CertificateFactsError(tuple(faults))


def _out_of_range(term: CertificateFacts, today: date) -> Iterator[FactFault]:
    facts: list[tuple[FactName, date]] = [("today", today), ("issued", term.issued), *_later_facts(term)]
    for fact, day in facts:
        if day < FIRST_DAY:
            yield FactFault("out_of_range", fact, day, FIRST_DAY)
        elif day > LAST_DAY:
            yield FactFault("out_of_range", fact, day, LAST_DAY)


def _out_of_order(term: CertificateFacts, today: date) -> Iterator[FactFault]:
    if term.issued > today:
        yield FactFault("after_today", "issued", term.issued, today)
    for fact, day in _later_facts(term):
        if fact == "valid_until":
            if day <= term.issued:
                yield FactFault("not_after_issue", fact, day, term.issued)
        elif day < term.issued:
            yield FactFault("before_issue", fact, day, term.issued)
        elif day > today:
            yield FactFault("after_today", fact, day, today)


def _later_facts(term: CertificateFacts) -> Iterator[tuple[FactName, date]]:
    for day in term.surveilled:
        yield "surveilled", day
    single: tuple[tuple[FactName, date | None], ...] = (
        ("valid_until", term.valid_until),
        ("suspended_on", term.suspended_on),
        ("revoked_on", term.revoked_on),
        ("withdrawn_on", term.withdrawn_on),
    )
    for fact, day_or_none in single:
        if day_or_none is not None:
            yield fact, day_or_none
