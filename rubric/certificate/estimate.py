"""An estimate of audit days, fee and date of a certification, from headcount and outlets, each figure with its source.

Every part names the `rule` that made it, as a path into the body's profile, and holds the values that went in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import isqrt
from typing import Literal

from rubric.certificate.months import add_months
from rubric.model.bodies import AuditDays, BodyProfile, Stage
from rubric.model.fields import Source

AddWorkingDays = Callable[[date, int], date]
AuditFigure = Literal["staff", "outlets"]


@dataclass(frozen=True, slots=True)
class AuditEstimate:
    """Audit days: `for_staff` by headcount, plus `per_outlet` for each of the `sampled` outlets."""

    days: Decimal
    for_staff: Decimal
    sampled: int
    source: Source
    headcount: int
    outlets: int
    per_outlet: Decimal
    rule: str = "audit_days"


@dataclass(frozen=True, slots=True)
class FeeEstimate:
    """A fee from `least` to `most` CNY: `per_day` for each of the `days`, but at least `base`."""

    least: Decimal
    most: Decimal
    least_source: Source
    most_source: Source
    base: Decimal
    days: Decimal
    per_day: tuple[Decimal, Decimal]
    rule: str = "fees"


@dataclass(frozen=True, slots=True)
class CertificateDateEstimate:
    """The date of the certificate: `earliest` from the shortest stages, `usual` and `latest` from the usual months."""

    earliest: date
    usual: date
    latest: date
    working_days: int
    stages_source: Source
    months_source: Source
    months: tuple[int, int]
    earliest_rule: str = "stages"
    usual_rule: str = "duration"


@dataclass(frozen=True, slots=True)
class MissingFigures:
    """The figures that are missing for an estimate."""

    figures: tuple[AuditFigure, ...]
    code: Literal["unknown_figures"] = "unknown_figures"


@dataclass(frozen=True, slots=True)
class CertificationEstimate:
    """`days` and `fee` are None where a figure is missing; `unknown` names it."""

    days: AuditEstimate | None
    fee: FeeEstimate | None
    certificate: CertificateDateEstimate
    unknown: MissingFigures | None = None


def estimate_certification(
    body: BodyProfile,
    headcount: int | None,
    outlets: int | None,
    start: date,
    add_working_days: AddWorkingDays,
) -> CertificationEstimate:
    """Estimate what a certification takes for an application on `start`, by the rules of the profile.

    Without any staff there is nothing to audit, so that 0 counts as not known. Raises ValueError for figures below 0.
    """
    if (headcount or 0) < 0 or (outlets or 0) < 0:
        raise ValueError(f"staff {headcount} and outlets {outlets} must not be below 0")
    certificate = _estimate_date(body, start, add_working_days)
    if not headcount or outlets is None:
        missing: tuple[AuditFigure, ...] = () if headcount else ("staff",)
        return CertificationEstimate(
            None, None, certificate, MissingFigures((*missing, "outlets") if outlets is None else missing)
        )
    days = _estimate_audit(body.audit_days, headcount, outlets)
    return CertificationEstimate(days, _estimate_fee(body, days.days), certificate)


def _estimate_audit(rule: AuditDays, headcount: int, outlets: int) -> AuditEstimate:
    for_staff = next(band.days for band in rule.bands if band.up_to is None or headcount <= band.up_to)
    sampled = outlets if rule.drawn == "all" else _rounded_up_root(outlets)
    return AuditEstimate(
        days=for_staff + rule.per_outlet * sampled,
        for_staff=for_staff,
        sampled=sampled,
        source=rule.source,
        headcount=headcount,
        outlets=outlets,
        per_outlet=rule.per_outlet,
    )


def _rounded_up_root(number: int) -> int:
    """Return the square root, rounded up, without floating point."""
    return isqrt(number - 1) + 1 if number else 0


def _estimate_fee(body: BodyProfile, days: Decimal) -> FeeEstimate:
    base, rate = body.fees.at_least, body.fees.per_day
    return FeeEstimate(
        least=max(base, rate.at_least * days),
        most=max(base, rate.at_most * days),
        least_source=body.fees.source,
        most_source=rate.source,
        base=base,
        days=days,
        per_day=(rate.at_least, rate.at_most),
    )


def _estimate_date(
    body: BodyProfile, start: date, add_working_days: AddWorkingDays
) -> CertificateDateEstimate:
    """Estimate the date; the usual date is never before the earliest."""
    shortest = sum(_shortest_days(stage) for stage in body.stages)
    earliest = add_working_days(start, shortest)
    months = (body.duration.at_least, body.duration.at_most)
    usual, latest = (max(add_months(start, number), earliest) for number in months)
    sources = {stage.source for stage in body.stages if stage.working_days}
    least_sure = next((one for one in _LEAST_SURE_FIRST if one in sources), Source.PROPOSED)
    return CertificateDateEstimate(
        earliest, usual, latest, shortest, least_sure, body.duration.source, months
    )


def _shortest_days(stage: Stage) -> int:
    return stage.working_days.at_least if stage.working_days else 0


_LEAST_SURE_FIRST = (Source.PROPOSED, Source.MEMORY, Source.BODY, Source.STANDARD)
