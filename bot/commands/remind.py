"""`xingping remind --dry-run`: what would go out, to whom, and why; nothing is sent or stored."""

from datetime import date, datetime, time
from pathlib import Path

import click

from bot.commands import arguments, options
from bot.conversations.turns import utc_now
from bot.settings import Settings, load_settings
from bot.store import Store
from rubric import Library


@click.command()
@options.database
@click.option("--dry-run", is_flag=True, help="Only show; the one thing that this command does.")
@click.option("--at", metavar="ISO8601", help="The moment to look from; now where not given.")
@click.option("--until", metavar="DATE", help="Play the days up to this one, as if nobody reacted.")
@options.language
@options.schemes
def remind(  # noqa: PLR0913, PLR0917 - an argument for each option
    url: str | None, dry_run: bool, at: str | None, until: str | None, lang: str | None, schemes: Path | None
) -> None:
    """Show which reminders would go out at a moment, or up to a day, and why.

    \b
    Examples:
      xingping remind --dry-run
      xingping remind --dry-run --at 2026-12-02T09:00 --until 2029-03-01

    `xingping serve` and `xingping worker` send them.
    """
    if not dry_run:
        raise click.UsageError(
            "reminders are sent by `xingping serve` and `xingping worker`; add --dry-run to look"
        )
    settings, library = load_settings(), arguments.load_library(schemes)
    start = arguments.parse_instant(at, "--at") or utc_now()
    end = start if until is None else _end_of_day(until, settings)
    if end < start:
        raise click.BadParameter("it lies before the moment to look from", param_hint="--until")
    _show(
        Store.open(arguments.choose_database_url(url)),
        settings,
        library,
        (start, end),
        arguments.choose_locale(lang),
    )


def _end_of_day(day: str, settings: Settings) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), time.max, settings.timezone)
    except ValueError as error:
        sentence = f"{day[:40]!r} is no date; write it like 2026-03-01"
        raise click.BadParameter(sentence, param_hint="--until") from error


def _show(
    store: Store, settings: Settings, library: Library, span: tuple[datetime, datetime], locale: str
) -> None:
    from bot.catalogue_text import translate
    from bot.reminders.forecast import forecast
    from bot.reminders.planner import ReminderPlanner
    from bot.reports.console.reminder_forecast import forecast_lines
    from bot.store.reminders import agendas

    attending = ReminderPlanner(library, str(settings.timezone), store.cache)
    shown = False
    try:
        with store.transaction() as db:
            for one, name in agendas.list_contacts(db):
                for foreseen in forecast(attending, db, one, *span):
                    shown = True
                    click.echo("\n".join(forecast_lines(foreseen, name, library, locale)))
            if not shown:
                click.echo(translate(locale, "remind.none"))
    finally:
        store.close()
