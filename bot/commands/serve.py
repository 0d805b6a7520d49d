"""`xingping serve`: the assessment on Telegram."""

import asyncio
from pathlib import Path

import click

from bot.commands import arguments, options
from bot.commands.telegram_logging import log_to_stderr, settings_with_token
from bot.settings import Settings
from bot.store import Store


@click.command()
@options.database
@click.option("--no-worker", is_flag=True, help="Take turns only; `xingping worker` delivers.")
@options.schemes
def serve(url: str | None, no_worker: bool, schemes: Path | None) -> int:
    """Hold the assessment on Telegram, by long polling, or by a webhook where XINGPING_WEBHOOK_URL is set.

    GET /healthz and /readyz answer on XINGPING_WEBHOOK_LISTEN. SIGTERM ends it once the turns in hand are done.

    \b
    Examples:
      XINGPING_TELEGRAM_TOKEN=123456:ABC-def xingping serve
      xingping serve --no-worker
    """
    settings = settings_with_token()
    log_to_stderr(settings.telegram_token)
    _run(settings, arguments.choose_database_url(url), schemes, delivers=not no_worker)
    return 0


def _run(settings: Settings, url: str, schemes: Path | None, *, delivers: bool) -> None:
    from bot.channels.telegram.service import TelegramService

    store = Store.open(url)
    try:
        asyncio.run(TelegramService(settings, store, arguments.load_library(schemes), delivers).run())
    finally:
        store.close()
