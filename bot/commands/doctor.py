"""`xingping doctor`: the settings with their sources, and checks that they work."""

import os
import platform
from collections.abc import Callable
from pathlib import Path

import click
from sqlalchemy import inspect

from bot.commands import arguments
from bot.commands.cli import installed_version
from bot.commands.db import database_exists, describe_schema_state
from bot.settings import Settings, describe_settings, load_settings, unknown_variables
from bot.store import StoreError
from bot.store.conversations import failures
from bot.store.engine import open_for_inspection
from rubric import FaultsFoundError, check_paths

Check = Callable[[Settings], str]
MOST_FAILURES = 5


class CheckFailedError(Exception):
    """A failed check; the message says what to do."""


@click.command()
def doctor() -> int:
    """Print every setting with its source, secrets masked, and check what the program needs.

    The exit status is 0 where all is well, 1 where a check failed, 2 where a setting cannot be used.

    \b
    Example:
      xingping doctor
    """
    settings = load_settings()
    click.echo(f"xingping {installed_version()}, Python {platform.python_version()}, {platform.platform()}")
    for variable, value, source in describe_settings(settings):
        click.echo(f"{variable}={value}  ({source})")
    for name, near in unknown_variables(os.environ).items():
        click.echo(f"UNKNOWN {name} is no setting{f'; did you mean {near}?' if near else ''}")
    results = [_run(name, check, settings) for name, check in CHECKS.items()]
    return 0 if all(results) else 1


def _run(name: str, check: Check, settings: Settings) -> bool:
    try:
        click.echo(f"ok      {name}: {check(settings)}")
    except (CheckFailedError, StoreError, FaultsFoundError) as error:
        for line in str(error).splitlines():
            click.echo(f"FAILED  {name}: {line}")
        return False
    return True


def _data_folder(settings: Settings) -> str:
    folder = settings.data_dir
    nearest = next((each for each in (folder, *folder.absolute().parents) if each.exists()), Path("/"))
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise CheckFailedError(f"{nearest} cannot be written to; change its rights, or set XINGPING_DATA_DIR")
    return str(folder) if nearest == folder else f"{folder} (made at the first start)"


def _database(settings: Settings) -> str:
    if not database_exists(settings.database):
        return "not there yet; made at the first start"
    with open_for_inspection(settings.database) as engine:
        return describe_schema_state(engine)


def _failures(settings: Settings) -> str:
    """How many failures of the program are kept, and the newest by the numbers that contacts and the log have."""
    if not database_exists(settings.database):
        return "none"
    with open_for_inspection(settings.database) as engine, engine.connect() as db:
        if not inspect(db).has_table(failures.NAME):
            return "none"
        found = failures.newest(db, MOST_FAILURES)
        listed = [
            f"{one.at:%Y-%m-%d %H:%M} UTC number {one.number} at {one.place}: {one.error:.120}"
            for one in found
        ]
        number = failures.count(db)
    return (
        "none" if not number else f"{number} in the last {failures.KEPT_FOR.days} days; " + "; ".join(listed)
    )


def _schemes(settings: Settings) -> str:
    library = arguments.find_library(None)
    faults = check_paths({library.folder(name) for name in library.names()})
    if faults:
        raise FaultsFoundError.of_files(faults)
    return ", ".join(f"{name}@{library.scheme(name).version}" for name in library.names())


CHECKS: dict[str, Check] = {
    "data folder": _data_folder,
    "database": _database,
    "failures": _failures,
    "schemes": _schemes,
}
