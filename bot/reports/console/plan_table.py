"""A certificate's calendar as text: status, timeline, deadlines."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.catalogue_text import translate
from bot.console import WrappedText
from dialogs import (
    Catalogue,
    draw_timeline,
    find_catalogue,
    format_distance,
    format_short_date,
    reminder_stage_name,
)
from rubric import CertificatePlan, Milestone

WIDEST_PLAN, NARROWEST_TABLE = 100, 78
MOST_REMINDERS = 5


def show_plan(out: Console, certificate_plan: CertificatePlan, locale: str, today: date) -> None:
    words, width = find_catalogue(locale), min(out.width, WIDEST_PLAN)
    out.print(WrappedText("\n".join(_status_lines(words, certificate_plan))), width=width)
    out.print()
    out.print(Text(draw_timeline(words, certificate_plan, today, width), no_wrap=True, overflow="crop"))
    out.print()
    out.print(
        _table(words, certificate_plan, today)
        if width >= NARROWEST_TABLE
        else _list(words, certificate_plan, today),
        width=width,
    )
    if coming := list(_next_reminders(words, certificate_plan, today)):
        out.print()
        out.print(WrappedText("\n".join([translate(locale, "plan.coming"), *coming])), width=width)


def _status_lines(words: Catalogue, certificate_plan: CertificatePlan) -> Iterator[str]:
    """Return the status, with its meaning when the certificate cannot be used."""
    said = partial(translate, words.locale)
    status = words(f"certificate.status.{certificate_plan.status}")
    yield words(
        "calendar.question", status=status, valid_until=format_short_date(certificate_plan.valid_until, words)
    )
    if certificate_plan.revoked_on is not None:
        yield said("plan.revoked", on=format_short_date(certificate_plan.revoked_on, words))
    elif certificate_plan.suspended_on is not None:
        yield said("plan.suspended", since=format_short_date(certificate_plan.suspended_on, words))
    if certificate_plan.revokes_on is not None:
        yield said("plan.revokes", on=format_short_date(certificate_plan.revokes_on, words))
    if certificate_plan.blocked_until is not None:
        yield said("plan.blocked", until=format_short_date(certificate_plan.blocked_until, words))


def _table(words: Catalogue, certificate_plan: CertificatePlan, today: date) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("name", "opens", "due", "closes"):
        table.add_column(translate(words.locale, f"plan.{name}"), no_wrap=True)
    table.add_column(translate(words.locale, "plan.state"))
    for one in certificate_plan.milestones:
        table.add_row(
            _name(words, one), *map(str, _days(one)), WrappedText(_state(words, certificate_plan, one, today))
        )
    return table


def _days(milestone: Milestone) -> tuple[date | str, date | str, date | str]:
    """Return opening, due day and close; an unannounced audit has no due day, an expiry only that."""
    if milestone.kind == "expiry":
        return "", milestone.due, ""
    return milestone.opens, "" if milestone.irregular else milestone.due, milestone.closes


def _list(words: Catalogue, certificate_plan: CertificatePlan, today: date) -> WrappedText:
    """Print the rows as a list, where columns would leave no room for text."""
    return WrappedText(
        "\n".join(_row(words, certificate_plan, one, today) for one in certificate_plan.milestones)
    )


def _row(words: Catalogue, certificate_plan: CertificatePlan, milestone: Milestone, today: date) -> str:
    key = (
        "plan.row_expiry" if milestone.kind == "expiry" else "plan.row_done" if milestone.done else "plan.row"
    )
    if milestone.irregular and not milestone.done:
        key = "plan.row_irregular"
    days = {"opens": milestone.opens, "due": milestone.due, "closes": milestone.closes}
    state = _state(words, certificate_plan, milestone, today)
    return translate(words.locale, key, name=_name(words, milestone), state=state, **days)


def _state(words: Catalogue, certificate_plan: CertificatePlan, milestone: Milestone, today: date) -> str:
    """Return the state, with the days to the due day as long as it can be met."""
    said = partial(translate, words.locale)
    if milestone.done is not None:
        return said("plan.done_on", day=milestone.done)
    state = milestone.state_on(today)
    if state == "missed":
        return said("plan.state_over" if milestone.kind == "expiry" else "plan.state_missed")
    if not certificate_plan.is_running:
        return said("plan.state_void")
    if milestone.irregular and state == "open":
        return said("plan.state_may_come")
    due = milestone.opens if milestone.irregular else milestone.due
    return said(
        "plan.state_with", state=said(f"plan.state_{state}"), distance=format_distance(due, today, words)
    )


def _next_reminders(words: Catalogue, certificate_plan: CertificatePlan, today: date) -> Iterator[str]:
    names = {one.id: _name(words, one) for one in certificate_plan.milestones}
    for one in [each for each in certificate_plan.reminders if each.on >= today][:MOST_REMINDERS]:
        stage = reminder_stage_name(words, one.stage)
        yield translate(words.locale, "plan.reminder", on=one.on, name=names[one.milestone], stage=stage)


def _name(words: Catalogue, milestone: Milestone) -> str:
    return words(f"milestone.{milestone.kind}", number=milestone.number or "")
