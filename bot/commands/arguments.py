"""Values derived from options and settings."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.database_url import ALLOWED_URL, mask_url, parse_database_url
from bot.settings import load_settings
from rubric import FaultsFoundError, Library, Scheme, SchemeText, check_paths, preload_added

MOMENT_EXAMPLE = "2026-03-01T09:00+08:00"


def load_library(folder: Path | None, *, drafts: bool = False) -> Library:
    """Load the shipped schemes, those of the settings and those of `folder`. Raises FaultsFoundError.

    User schemes are read at once, since a fault found later would end a conversation. `drafts` includes versions that
    are not published yet.
    """
    found = find_library(folder, drafts=drafts)
    try:
        preload_added(found)
    except (FaultsFoundError, LookupError) as error:
        own = [*map(found.folder, found.added_names()), *map(found.bodies.file, found.bodies.added_names())]
        if faults := check_paths(own):
            raise FaultsFoundError.of_files(faults) from error
        raise
    return found


def find_library(folder: Path | None, *, drafts: bool = False) -> Library:
    """Find the schemes without reading them."""
    folders = [each for each in (load_settings().schemes_dir, folder) if each is not None]
    return Library.from_folders(dict.fromkeys(folders), drafts=drafts)


def choose_database_url(given: str | None) -> str:
    """The database's URL given with --db, else the one of the settings. Raises click's error."""
    if given is None:
        return load_settings().database
    try:
        parse_database_url(given)
    except ValueError as error:
        sentence = f"{mask_url(given)!r} is not usable; allowed: {ALLOWED_URL}"
        raise click.BadParameter(sentence, param_hint="--db") from error
    return given


def parse_moment(text: str, zone: ZoneInfo) -> datetime:
    """Parse a moment as UTC; without an offset it is in `zone`. Raises ValueError with a sentence."""
    try:
        given = datetime.fromisoformat(text)
        found = (given if given.tzinfo else given.replace(tzinfo=zone)).astimezone(UTC)
        found.astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text[:40]!r} is no moment; allowed: ISO 8601 such as {MOMENT_EXAMPLE}") from error
    if given.tzinfo is None and found.astimezone(zone).replace(tzinfo=None) != given:
        raise ValueError(f"{text[:40]!r} does not exist in {zone.key}: the clocks are put forward over it")
    return found


def parse_instant(given: str | None, option: str) -> datetime | None:
    """Return the given moment; without an offset it is in the time zone of the settings. Raises click's error."""
    try:
        return None if given is None else parse_moment(given, load_settings().timezone)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from error


def choose_locale(requested: str | None) -> str:
    """The language asked for, else the one of the settings."""
    return requested or load_settings().language


def load_scheme_and_text(schemes: Library, name: str, locale: str) -> tuple[Scheme, SchemeText]:
    """Return scheme `name` or `name@version` with its text. Raises click's error when it does not exist."""
    key, _, version = name.partition("@")
    try:
        scheme = schemes.version(key, version) if version else schemes.scheme(key)
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from error
    return scheme, load_text(schemes, scheme, locale)


def load_text(schemes: Library, scheme: Scheme, locale: str) -> SchemeText:
    """Return the scheme's text in the language. Raises click's error when it has none."""
    try:
        return schemes.text(scheme.id, locale, scheme.version)
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from error


def today_in(zone: ZoneInfo) -> date:
    """Return the current date in the time zone."""
    return datetime.now(zone).date()
