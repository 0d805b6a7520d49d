"""`xingping worker`: sends what is due, for a `serve --no-worker` process."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands import arguments, options
from bot.commands.telegram_logging import log_to_stderr, settings_with_token
from bot.conversations.turns import utc_now
from bot.settings import Settings
from bot.store import Store
from rubric import Library

if TYPE_CHECKING:
    from bot.channels.telegram.worker import TelegramWorker


@click.command()
@options.database
@click.option("--once", is_flag=True, help="Send what is due, and end.")
@click.option("--now", metavar="ISO8601", help="Let the clock stand still at this moment.")
@options.schemes
def worker(url: str | None, once: bool, now: str | None, schemes: Path | None) -> int:
    """Send what `xingping serve --no-worker` puts into the store, and the reminders that are due.

    Several may run at once; nothing is sent twice.

    \b
    Examples:
      xingping worker
      xingping worker --once --now 2026-03-01T09:00+08:00
    """
    settings = settings_with_token()
    log_to_stderr(settings.telegram_token)
    library, at = arguments.load_library(schemes), arguments.parse_instant(now, "--now")
    store = Store.open(arguments.choose_database_url(url))
    try:
        working = _make_worker(settings, store, library, at)
        asyncio.run(working.run(once=once))
    finally:
        store.close()
    return 0


def _make_worker(settings: Settings, store: Store, library: Library, at: datetime | None) -> "TelegramWorker":
    from bot.channels.telegram.worker import TelegramWorker

    return TelegramWorker(settings, store, library, utc_now if at is None else lambda: at)
