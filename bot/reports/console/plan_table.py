"""A certificate's calendar for people to read: how it stands, its years as a picture, what is to be done by when."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.catalogue_text import say
from bot.console import Prose
from dialogs.language.catalogue import Words, words_of
from dialogs.language.timeline import timeline
from dialogs.parsing.dates.parser import distance, short_date
from dialogs.steps.reminders.reminder_settings import stage_name
from rubric.certificate.plan import Milestone, Plan

WIDEST, NARROWEST_TABLE = 100, 78
MOST_REMINDERS = 5


def show_plan(out: Console, made: Plan, locale: str, today: date) -> None:
    """The whole of it on one screen."""
    words, width = words_of(locale), min(out.width, WIDEST)
    out.print(Prose("\n".join(_standing(words, made))), width=width)
    out.print()
    out.print(Text(timeline(words, made, today, width), no_wrap=True, overflow="crop"))
    out.print()
    out.print(
        _table(words, made, today) if width >= NARROWEST_TABLE else _list(words, made, today), width=width
    )
    if coming := list(_coming(words, made, today)):
        out.print()
        out.print(Prose("\n".join([say(locale, "plan.coming"), *coming])), width=width)


def _standing(words: Words, made: Plan) -> Iterator[str]:
    """The status, and what it means where the certificate cannot be used as it is."""
    said = partial(say, words.locale)
    status = words(f"certificate.status.{made.status}")
    yield words("calendar.question", status=status, valid_until=short_date(made.valid_until, words))
    if made.revoked_on is not None:
        yield said("plan.revoked", on=short_date(made.revoked_on, words))
    elif made.suspended_on is not None:
        yield said("plan.suspended", since=short_date(made.suspended_on, words))
    if made.revokes_on is not None:
        yield said("plan.revokes", on=short_date(made.revokes_on, words))
    if made.blocked_until is not None:
        yield said("plan.blocked", until=short_date(made.blocked_until, words))


def _table(words: Words, made: Plan, today: date) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("name", "opens", "due", "closes"):
        table.add_column(say(words.locale, f"plan.{name}"), no_wrap=True)
    table.add_column(say(words.locale, "plan.state"))
    for one in made.milestones:
        table.add_row(_name(words, one), *map(str, _days(one)), Prose(_state(words, made, one, today)))
    return table


def _days(one: Milestone) -> tuple[date | str, date | str, date | str]:
    """Opening, due day and close; one that comes unannounced is due on no day, and an expiry has only that."""
    if one.kind == "expiry":
        return "", one.due, ""
    return one.opens, "" if one.irregular else one.due, one.closes


def _list(words: Words, made: Plan, today: date) -> Prose:
    """The same where columns would leave no room for words."""
    return Prose("\n".join(_row(words, made, one, today) for one in made.milestones))


def _row(words: Words, made: Plan, one: Milestone, today: date) -> str:
    key = "plan.row_expiry" if one.kind == "expiry" else "plan.row_done" if one.done else "plan.row"
    if one.irregular and not one.done:
        key = "plan.row_irregular"
    days = {"opens": one.opens, "due": one.due, "closes": one.closes}
    state = _state(words, made, one, today)
    return say(words.locale, key, name=_name(words, one), state=state, **days)


def _state(words: Words, made: Plan, one: Milestone, today: date) -> str:
    """How far it is, with the days to its due day as long as it can be met."""
    said = partial(say, words.locale)
    if one.done is not None:
        return said("plan.done_on", day=one.done)
    state = one.state(today)
    if state == "missed":
        return said("plan.state_over" if one.kind == "expiry" else "plan.state_missed")
    if not made.is_running:
        return said("plan.state_void")
    if one.irregular and state == "open":
        return said("plan.state_may_come")
    due = one.opens if one.irregular else one.due
    return said("plan.state_with", state=said(f"plan.state_{state}"), distance=distance(due, today, words))


def _coming(words: Words, made: Plan, today: date) -> Iterator[str]:
    names = {one.id: _name(words, one) for one in made.milestones}
    for one in [each for each in made.reminders if each.on >= today][:MOST_REMINDERS]:
        stage = stage_name(words, one.stage)
        yield say(words.locale, "plan.reminder", on=one.on, name=names[one.milestone], stage=stage)


def _name(words: Words, one: Milestone) -> str:
    return words(f"milestone.{one.kind}", number=one.number or "")
