"""Token check and logging of the Telegram commands."""

import logging

import click

from bot.settings import Settings, load_settings

NO_BOT_CONFIGURED = (
    "XINGPING_TELEGRAM_TOKEN is not set: get a token from @BotFather on Telegram; "
    "to try the assessment without one, use `make run` or `xingping chat`"
)


def settings_with_token() -> Settings:
    """Return the settings. Raises click's error when the token is missing."""
    settings = load_settings()
    if not settings.telegram_token:
        raise click.UsageError(NO_BOT_CONFIGURED)
    return settings


class RedactingFormatter(logging.Formatter):
    """A formatter that replaces the token everywhere, tracebacks included."""

    def __init__(self, token: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace(self._token, "***")


def log_to_stderr(token: str) -> None:
    """Log this program at INFO, other libraries at WARNING: at INFO some log URLs with the token."""
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter(token))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(logging.INFO)
