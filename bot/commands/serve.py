"""`xingping serve`: the assessment on Telegram."""

import asyncio
import logging
from pathlib import Path

import click

from bot.commands import chosen, options
from bot.settings import Settings, load_settings
from bot.store import Store

HOW_TO_BEGIN = (
    "XINGPING_TELEGRAM_TOKEN is not set: get a token from @BotFather on Telegram; "
    "to try the assessment without one, use `make run` or `xingping chat`"
)


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
    settings = load_settings()
    if not settings.telegram_token:
        raise click.UsageError(HOW_TO_BEGIN)
    log_to_stderr(settings)
    _run(settings, url or settings.database, schemes, sends=not no_worker)
    return 0


def _run(settings: Settings, url: str, schemes: Path | None, *, sends: bool) -> None:
    from bot.serving.app import Serving

    store = Store.open(url)
    try:
        asyncio.run(Serving(settings, store, chosen.library(schemes), sends).run())
    finally:
        store.close()


class Redacting(logging.Formatter):
    """Lines without the token, whoever logs it and wherever it stands, tracebacks included."""

    def __init__(self, token: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace(self._token, "***")


def log_to_stderr(settings: Settings) -> None:
    """What this program says, and others' warnings: at INFO some write down addresses with the token in them."""
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting(settings.telegram_token))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(logging.INFO)
