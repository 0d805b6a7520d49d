"""`xingping worker`: what is due goes out, for a `serve --no-worker` beside it."""

import asyncio

import click

from bot.commands import chosen, options
from bot.commands.telegram import log_to_stderr, settings_with_token
from bot.moment import moment
from bot.settings import Settings
from bot.store import Store
from bot.turns import utc_now


@click.command()
@options.database
@click.option("--once", is_flag=True, help="Send what is due, and end.")
@click.option("--now", metavar="ISO8601", help="Let the clock stand still at this moment.")
def worker(url: str | None, once: bool, now: str | None) -> int:
    """Send what `xingping serve --no-worker` puts into the store; several may run at once.

    \b
    Examples:
      xingping worker
      xingping worker --once --now 2026-03-01T09:00+08:00
    """
    settings = settings_with_token()
    log_to_stderr(settings.telegram_token)
    _run(settings, chosen.database(url), now, once=once)
    return 0


def _run(settings: Settings, url: str, now: str | None, *, once: bool) -> None:
    from bot.serving.worker import Working

    try:
        at = None if now is None else moment(now, settings.timezone)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--now") from error
    store = Store.open(url)
    try:
        asyncio.run(Working(settings, store, utc_now if at is None else lambda: at).run(once=once))
    finally:
        store.close()
