"""`xingping db`: the database brought up to date, and how it stands."""

from pathlib import Path

import click
from sqlalchemy import Engine, func, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.commands import options
from bot.settings import load_settings, masked
from bot.store.engine import opened
from bot.store.tables import METADATA
from bot.store.upgrades import SchemaState, state, upgrade


@click.group()
def db() -> None:
    """Bring the database up to date, or say how it stands.

    \b
    Examples:
      xingping db info
      xingping db upgrade --db postgresql+psycopg://user@host/xingping
    """


@db.command("upgrade")
@options.database
def bring_up(url: str | None) -> None:
    """Bring the tables up to date; a database that is not there yet is made.

    \b
    Example:
      xingping db upgrade
    """
    with opened(_url(url)) as engine:
        upgrade(engine)
        _tell(_url(url), state(engine))


@db.command()
@options.database
def info(url: str | None) -> None:
    """Say where the database is, whether its tables are up to date, and how much is in it.

    \b
    Example:
      xingping db info
    """
    where = _url(url)
    if not exists(where):
        click.echo(f"database: {masked('database_url', where)}")
        click.echo("not there yet; it is made at the first start, or by: xingping db upgrade")
        return
    with opened(where) as engine:
        _tell(where, state(engine))
        for table, rows in _counts(engine).items():
            click.echo(f"{table}: {rows}")


def exists(url: str) -> bool:
    """Whether looking at the database would not make it: SQLite makes its file on the first look."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return True  # opening it will say what is wrong with it
    return parsed.get_backend_name() != "sqlite" or not parsed.database or Path(parsed.database).exists()


def standing(found: SchemaState) -> str:
    if found.present == found.newest:
        return f"up to date ({found.present})"
    return f"at {found.present or 'nothing'}, the newest is {found.newest}; run: xingping db upgrade"


def _url(given: str | None) -> str:
    return given or load_settings().database


def _tell(url: str, found: SchemaState) -> None:
    click.echo(f"database: {masked('database_url', url)}")
    click.echo(f"tables: {standing(found)}")


def _counts(engine: Engine) -> dict[str, int]:
    """How many rows each table has, of those that are there."""
    there = set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in METADATA.sorted_tables
            if table.name in there
        }
