"""A certificate's calendar for people to read: how it stands, its years as a picture, what is to be done by when."""

from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.words import say
from dialogs.dates import distance, short_date
from dialogs.text import words_of
from dialogs.timeline import timeline
from rubric.lifecycle import Plan

WIDEST = 100
MOST_REMINDERS = 5


def show_plan(out: Console, made: Plan, locale: str, today: date) -> None:
    """The whole of it on one screen."""
    words = words_of(locale)
    status = words(f"certificate.status.{made.status}")
    out.print(
        Text(words("calendar.question", status=status, valid_until=short_date(made.valid_until, words)))
    )
    out.print()
    out.print(Text(timeline(words, made, today, min(out.width, WIDEST)), no_wrap=True, overflow="crop"))
    out.print()
    out.print(_milestones(made, locale, today))
    coming = [one for one in made.reminders if one.on >= today][:MOST_REMINDERS]
    if coming:
        out.print()
        out.print(Text(words("reminders.coming")))
        for one in coming:
            out.print(Text(f"{one.on.isoformat()}  {one.milestone} {one.stage}"))


def _milestones(made: Plan, locale: str, today: date) -> Table:
    words = words_of(locale)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("name", "opens", "due", "closes", "state"):
        table.add_column(say(locale, f"plan.{name}"))
    for one in made.milestones:
        state = say(locale, f"plan.state_{one.state(today)}")
        if one.state(today) in {"ahead", "open", "overdue"}:
            state = f"{state} {distance(one.due, today, words)}"
        table.add_row(
            words(f"milestone.{one.kind}", number=one.number or ""),
            *(day.isoformat() for day in (one.opens, one.done or one.due, one.closes)),
            state,
        )
    return table
