"""Settings from the environment or `.env`, each named `XINGPING_…`."""

import os
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from dialogs.text import DEFAULT_LOCALE, LOCALES

PREFIX = "XINGPING_"
SECRETS = frozenset({"database_url"})


class SettingsError(Exception):
    """Settings that cannot be used: one line a fault, naming variable, value and what is allowed."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    data_dir: Path = Field(default_factory=lambda: user_data_path("xingping", appauthor=False))
    database_url: str = ""
    timezone: ZoneInfo = ZoneInfo("Asia/Shanghai")
    language: str = DEFAULT_LOCALE
    schemes_dir: Path | None = None
    max_file_mb: int = Field(default=20, ge=1, le=1000)

    @field_validator("timezone", mode="before")
    @classmethod
    def _zone(cls, value: object) -> object:
        try:
            return ZoneInfo(value) if isinstance(value, str) else value
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("allowed: a zone of the IANA list, such as Asia/Shanghai") from error

    @field_validator("language")
    @classmethod
    def _language(cls, value: str) -> str:
        if value not in LOCALES:
            raise ValueError(f"allowed: {', '.join(LOCALES)}")
        return value

    @field_validator("database_url")
    @classmethod
    def _url(cls, value: str) -> str:
        try:
            if value and make_url(value).get_backend_name() not in {"sqlite", "postgresql"}:
                raise ValueError("allowed: sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME")
        except ArgumentError as error:
            raise ValueError("allowed: sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME") from error
        return value

    @field_validator("schemes_dir")
    @classmethod
    def _folder(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError("allowed: a folder that exists")
        return value

    @property
    def database(self) -> str:
        """The database's URL: as set, else an SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'xingping.db'}"


def load_settings() -> Settings:
    """The settings as they are now. Raises SettingsError."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_line(detail) for detail in error.errors())) from error


def _line(detail: Any) -> str:
    name = str(detail["loc"][0]) if detail["loc"] else ""
    shown = masked(name, str(detail["input"]))
    said = detail["msg"].removeprefix("Value error, ")
    allowed = said if said.startswith("allowed") else f"allowed: {said.removeprefix('Input should be ')}"
    return f"{PREFIX}{name.upper()}: {shown!r} is not usable; {allowed}"


def describe(settings: Settings) -> list[tuple[str, str, str]]:
    """Each setting as (variable, value, where it comes from); passwords are masked."""
    written = {name.upper() for name, value in dotenv_values(".env").items() if value is not None}
    found = []
    for name in type(settings).model_fields:
        variable = f"{PREFIX}{name.upper()}"
        value = settings.database if name == "database_url" else getattr(settings, name)
        source = ".env" if variable in written else "default"
        source = "environment" if variable in {each.upper() for each in os.environ} else source
        found.append((variable, masked(name, "" if value is None else str(value)), source))
    return found


def masked(name: str, value: str) -> str:
    """The value as it may be shown: a database URL without its password."""
    if name not in SECRETS or not value:
        return value
    try:
        return make_url(value).render_as_string(hide_password=True)
    except ArgumentError:
        return "***"


def data_folder() -> Path:
    """Where logs go even if the settings cannot be read."""
    named = os.environ.get(f"{PREFIX}DATA_DIR")
    return Path(named) if named else user_data_path("xingping", appauthor=False)
