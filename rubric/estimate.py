"""What a certification will take, reckoned from headcount and outlets: an estimate, each figure with its mark."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import isqrt

from rubric.bodies import Body
from rubric.months import plus_months
from rubric.parts import Source

AddWorkingDays = Callable[[date, int], date]


@dataclass(frozen=True, slots=True)
class PersonDays:
    """`days` of which `for_staff` by headcount and the rest for `sampled` outlets."""

    days: Decimal
    for_staff: Decimal
    sampled: int
    source: Source


@dataclass(frozen=True, slots=True)
class Fee:
    """From `least` to `most` CNY; nothing is known of dearer dates."""

    least: Decimal
    most: Decimal
    least_source: Source
    most_source: Source


@dataclass(frozen=True, slots=True)
class CertificateDay:
    """`earliest` if every stage takes its shortest time, `usual` and `latest` by the body's usual months."""

    earliest: date
    usual: date
    latest: date
    working_days: int
    stages_source: Source
    months_source: Source


@dataclass(frozen=True, slots=True)
class Estimate:
    """`days` and `fee` are None where headcount or outlets are not known."""

    days: PersonDays | None
    fee: Fee | None
    certificate: CertificateDay


def estimate(
    body: Body, headcount: int | None, outlets: int | None, start: date, add_working_days: AddWorkingDays
) -> Estimate:
    """What the profile's rules make of these figures for an application on `start`."""
    days = None if headcount is None or outlets is None else _days(body, headcount, outlets)
    return Estimate(
        days, _fee(body, days.days) if days else None, _certificate(body, start, add_working_days)
    )


def _days(body: Body, headcount: int, outlets: int) -> PersonDays:
    rule = body.audit_days
    for_staff = next(band.days for band in rule.bands if band.up_to is None or headcount <= band.up_to)
    sampled = isqrt(outlets - 1) + 1 if outlets > 0 else 0
    return PersonDays(for_staff + rule.per_outlet * sampled, for_staff, sampled, rule.source)


def _fee(body: Body, days: Decimal) -> Fee:
    rule, (low, high) = body.fees, body.fees.per_day
    return Fee(
        max(Decimal(rule.at_least), low * days),
        max(Decimal(rule.at_least), high * days),
        rule.at_least_source,
        rule.per_day_source,
    )


def _certificate(body: Body, start: date, add_working_days: AddWorkingDays) -> CertificateDay:
    timed = [stage for stage in body.stages if stage.working_days is not None]
    shortest = sum(stage.working_days.at_least for stage in timed if stage.working_days)
    by_stages = add_working_days(start, shortest)
    usual = plus_months(start, body.duration.at_least)
    latest = plus_months(start, body.duration.at_most)
    sources = {stage.source for stage in timed}
    least_sure = next((one for one in reversed(Source) if one in sources), Source.PROPOSED)
    return CertificateDay(
        by_stages, max(usual, by_stages), max(latest, by_stages), shortest, least_sure, body.duration.source
    )
