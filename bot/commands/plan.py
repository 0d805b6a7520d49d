"""`xingping plan`: the dates of a certificate, computed from its facts."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from bot.commands import arguments, options
from bot.commands.arguments import today_in
from bot.console import make_console
from bot.conversations.turns import utc_now
from bot.reports.console.plan_table import show_plan
from bot.settings import load_settings
from rubric import (
    BodyProfile,
    CertificateFacts,
    CertificateFactsError,
    CertificatePlan,
    FactFault,
    Library,
    SchemeText,
)
from rubric import plan_certificate as plan_of

_OPTION = {
    "issued": "--issued",
    "surveilled": "--surveilled",
    "valid_until": "--valid-until",
    "today": "--today",
}
_FAULT_SENTENCES = {
    "after_today": "it must not be after {limit}, today",
    "before_issue": "it must not be before {limit}, the issue",
    "not_after_issue": "it must be after {limit}, the issue",
    "out_of_range": "days from 1900 to 2999 are allowed",
}


class DateParam(click.ParamType[date]):
    """A calendar day in ISO 8601."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{str(value)[:40]!r} is no date; write it like 2026-03-01", param, ctx)


@click.command()
@click.option("--scheme", required=True, metavar="ID", help="The scheme that the certificate is under.")
@click.option("--issued", required=True, type=DateParam(), metavar="DATE", help="The day of issue.")
@click.option(
    "--surveilled",
    multiple=True,
    type=DateParam(),
    metavar="DATE",
    help="A surveillance really done; may be repeated.",
)
@click.option(
    "--valid-until", type=DateParam(), metavar="DATE", help="The end printed on it, where it differs."
)
@click.option("--body", metavar="PROFILE", help="The certification body's profile.")
@click.option(
    "--today", type=DateParam(), metavar="DATE", help="The day to look from; today where not given."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for scripts.")
@click.option("--ics", type=options.NEW_FILE, metavar="FILE", help="Write a calendar file (RFC 5545).")
@options.language
@options.schemes
def plan(  # noqa: PLR0913, PLR0917 - an argument for each option
    scheme: str,
    issued: date,
    surveilled: tuple[date, ...],
    valid_until: date | None,
    body: str | None,
    today: date | None,
    as_json: bool,
    ics: Path | None,
    lang: str | None,
    schemes: Path | None,
) -> None:
    """Show what is to be done for a certificate by when: surveillances, recertification, expiry.

    \b
    Examples:
      xingping plan --scheme gbt27922-2011 --issued 2026-03-01
      xingping plan --scheme gbt27922-2011 --issued 2024-05-20 --surveilled 2025-03-02 --json
      xingping plan --scheme gbt27922-2011 --issued 2026-03-01 --ics certificate.ics

    The next surveillance counts from the last one really done. A day that cannot be so is one line on stderr and
    exit status 2.
    """
    if as_json and ics is not None:
        raise click.UsageError("--json and --ics go to different places; give one of them")
    library, locale = arguments.load_library(schemes), arguments.choose_locale(lang)
    lifecycle = arguments.load_scheme_and_text(library, scheme, locale)[0].lifecycle
    if body is not None:
        lifecycle = _body(library, body).apply_to_lifecycle(lifecycle)
    day = today or today_in(load_settings().timezone)
    made = _make_plan(lambda: plan_of(CertificateFacts(issued, surveilled, valid_until), lifecycle, day))
    if as_json:
        click.echo(json.dumps(plan_json(made), ensure_ascii=False, indent=2))
    elif ics is not None:
        _write_calendar(ics, made, arguments.load_scheme_and_text(library, scheme, locale)[1], locale)
    else:
        show_plan(make_console(), made, locale, day)


def plan_json(certificate_plan: CertificatePlan) -> dict[str, Any]:
    """The object of `--json`; days are ISO 8601."""
    return {
        "issued": certificate_plan.issued.isoformat(),
        "valid_until": certificate_plan.valid_until.isoformat(),
        "status": certificate_plan.status,
        "milestones": [
            {
                "id": one.id,
                "kind": one.kind,
                "opens": one.opens.isoformat(),
                "due": one.due.isoformat(),
                "closes": one.closes.isoformat(),
                "done": one.done.isoformat() if one.done else None,
            }
            for one in certificate_plan.milestones
        ],
        "reminders": [
            {"milestone": one.milestone, "stage": one.stage, "on": one.on.isoformat()}
            for one in certificate_plan.reminders
        ],
    }


def _body(library: Library, name: str) -> BodyProfile:
    try:
        return library.bodies.body(name)
    except LookupError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="--body") from error


def _make_plan(make: Callable[[], CertificatePlan]) -> CertificatePlan:
    """Make the plan. Raises click's error with all impossible facts."""
    try:
        return make()
    except CertificateFactsError as error:
        raise click.UsageError("; ".join(_describe_fault(fault) for fault in error.faults)) from error


def _describe_fault(fault: FactFault) -> str:
    why = _FAULT_SENTENCES[fault.code].format(limit=fault.limit)
    return f"{_OPTION.get(fault.fact, fault.fact)} {fault.day}: {why}"


def _write_calendar(path: Path, certificate_plan: CertificatePlan, text: SchemeText, locale: str) -> None:
    """Write the calendar; the key identifies the certificate, the sequence grows with its facts."""
    from bot.reports.calendar_ics import CalendarEntry, make_calendar, sequence_of

    entry = CalendarEntry(
        f"{text.scheme}-{certificate_plan.issued}",
        sequence_of(certificate_plan),
        text.short,
        certificate_plan,
    )
    path.write_bytes(make_calendar([entry], locale, utc_now()))
