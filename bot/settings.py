"""Settings from the environment or `.env`, each named `XINGPING_…`."""

import logging
import os
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from dotenv.parser import Binding, parse_stream
from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.database_url import ALLOWED_URL, mask_url, parse_database_url, sqlite_url
from bot.errors import UserError
from dialogs import DEFAULT_LOCALE, LOCALES

APP = "xingping"
ENV_FILE = ".env"
ENCODING = "utf-8-sig"  # editors on Windows put a mark in front, which would become part of the first name
_ENV_ALLOWED = "NAME=VALUE, or a comment after #"
PREFIX = "XINGPING_"
START_COMMAND = f"{PREFIX}COMMAND"
"""The variable in which `make run` passes the command that starts a chat."""
SECRETS = frozenset({"telegram_token", "webhook_secret"})
_ALLOWED = {
    "data_dir": "a folder",
    "database_url": ALLOWED_URL,
    "timezone": "a zone of the IANA list, such as Asia/Shanghai",
    "language": ", ".join(LOCALES),
    "schemes_dir": "a folder that exists",
    "max_file_mb": "a whole number from 1 to 1000",
    "telegram_token": "what @BotFather gives for your bot, such as 123456:ABC-def",
    "telegram_api_base": "scheme and host, such as https://api.telegram.org",
    "webhook_url": "the public https:// address that Telegram is to call",
    "webhook_listen": "HOST:PORT, such as 127.0.0.1:8080",
    "webhook_secret": "1 to 256 letters, digits, _ and -",
    "sends_per_second": "a number from 0 (no limit) to 1000",
    "sends_per_chat": "a number from 0 (no limit) to 100",
    "admins": "Telegram user ids, separated by commas",
}


class SettingsError(UserError):
    """Settings that cannot be used: one line for each fault, with variable, value and allowed values."""


class Settings(BaseSettings):
    """The settings; an empty variable counts as not set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding=ENCODING,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    data_dir: Path = Field(default_factory=lambda: user_data_path(APP, appauthor=False))
    database_url: str = ""
    timezone: ZoneInfo = ZoneInfo("Asia/Shanghai")
    language: str = DEFAULT_LOCALE
    schemes_dir: Path | None = None
    max_file_mb: int = Field(default=20, ge=1, le=1000)
    telegram_token: str = Field(default="", pattern=r"^([0-9]{1,18}:[A-Za-z0-9_.-]{1,200})?$")
    telegram_api_base: str = Field(default="https://api.telegram.org", pattern=r"^https?://[^\s/?#@]+/?$")
    webhook_url: str = Field(default="", pattern=r"^(https?://[^\s/?#@]+(/[^\s?#]*)?)?$")
    webhook_listen: str = Field(
        default="127.0.0.1:8080", pattern=r"^(\[[0-9a-fA-F:]+\]|[^\s:/]+):[0-9]{1,5}$"
    )
    webhook_secret: str = Field(default="", pattern=r"^[A-Za-z0-9_-]{0,256}$")
    sends_per_second: float = Field(default=30, ge=0, le=1000)
    sends_per_chat: float = Field(default=1, ge=0, le=100)
    admins: Annotated[tuple[int, ...], NoDecode] = ()

    @field_validator("timezone", mode="before")
    @classmethod
    def _zone(cls, value: object) -> object:
        try:
            return ZoneInfo(value) if isinstance(value, str) else value
        except (ZoneInfoNotFoundError, OSError) as error:
            raise ValueError from error

    @field_validator("admins", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        return value.replace(",", " ").split() if isinstance(value, str) else value

    @field_validator("language")
    @classmethod
    def _language(cls, value: str) -> str:
        if value not in LOCALES:
            raise ValueError
        return value

    @field_validator("database_url")
    @classmethod
    def _url(cls, value: str) -> str:
        if value:
            parse_database_url(value)
        return value

    @field_validator("data_dir", "schemes_dir")
    @classmethod
    def _home(cls, value: Path | None) -> Path | None:
        return value and _expand_user(value)

    @field_validator("schemes_dir")
    @classmethod
    def _folder(cls, value: Path | None) -> Path | None:
        if value and not value.is_dir():
            raise ValueError
        return value

    @property
    def database(self) -> str:
        """The database's URL: as set, else an SQLite file in the data folder."""
        return self.database_url or sqlite_url(self.data_dir / "xingping.db")


def find_env_faults() -> Iterator[str]:
    """Yield a sentence for each unusable line of `.env`, without its content (it may be a password)."""
    path = Path(ENV_FILE)
    if not path.is_file():
        return
    logging.getLogger("dotenv").setLevel(logging.ERROR)  # it would log the same again
    with path.open(encoding=ENCODING) as file:
        for binding in parse_stream(file):
            if binding.error or (binding.key and binding.value is None):
                yield f"{ENV_FILE}: line {_line_number(binding)} is not usable; allowed: {_ENV_ALLOWED}"


def _line_number(binding: Binding) -> int:
    """Return the line number; the parser counts blank lines as part of the next line."""
    text = binding.original.string
    return binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")


def load_settings() -> Settings:
    """Read the settings. Raises SettingsError."""
    faults: list[str] = []
    try:
        faults += find_env_faults()
        found = Settings()
    except ValidationError as error:
        faults += [_fault_line(detail) for detail in error.errors()]
        raise SettingsError("\n".join(faults)) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{ENV_FILE}: cannot be read; allowed: text in UTF-8") from error
    if faults:
        raise SettingsError("\n".join(faults))
    return found


def _fault_line(detail: Any) -> str:
    name = str(detail["loc"][0])
    value = mask_value(name, str(detail["input"]))
    return f"{PREFIX}{name.upper()}: {value!r} is not usable; allowed: {_ALLOWED[name]}"


def describe_settings(settings: Settings) -> list[tuple[str, str, str]]:
    """Return each setting as (variable, value, source); passwords are masked."""
    places = {
        "environment": _variables_set(os.environ),
        ENV_FILE: _variables_set(dotenv_values(ENV_FILE, encoding=ENCODING)),
    }
    found = []
    for name in type(settings).model_fields:
        variable = f"{PREFIX}{name.upper()}"
        value = settings.database if name == "database_url" else getattr(settings, name)
        source = next((place for place, names in places.items() if variable in names), "default")
        found.append((variable, mask_value(name, "" if value is None else str(value)), source))
    return found


def unknown_variables(environment: Mapping[str, str]) -> dict[str, str]:
    """Return variables that look like settings but are none, each with the nearest setting or empty."""
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    unknown = sorted(
        name for name in environment if name.startswith(PREFIX) and name not in {*known, START_COMMAND}
    )
    return {name: next(iter(get_close_matches(name, known, n=1, cutoff=0.8)), "") for name in unknown}


def _variables_set(variables: Mapping[str, str | None]) -> set[str]:
    """Return the names of the variables that have a value, in capitals."""
    return {name.upper() for name, value in variables.items() if value}


def mask_value(name: str, value: str) -> str:
    """Return the value as it may be shown: a database URL without passwords, a secret as `***`."""
    if name == "database_url":
        return mask_url(value)
    return "***" if name in SECRETS and value else value


def _expand_user(path: Path) -> Path:
    """Expand a leading `~`; return the path unchanged when the home folder is not known."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def data_folder() -> Path:
    """Return the data folder, even when the settings cannot be read."""
    named = os.environ.get(f"{PREFIX}DATA_DIR")
    return _expand_user(Path(named)) if named else user_data_path(APP, appauthor=False)
