"""`xingping db`: migrate the database, or show its state."""

from pathlib import Path

import click
from sqlalchemy import Engine, func, inspect, select
from sqlalchemy.engine import make_url

from bot.commands import arguments, options
from bot.database_url import mask_url
from bot.store import StoreError
from bot.store.conversations.contacts import count_unreachable
from bot.store.delivery import chat_screens, updates
from bot.store.engine import open_for_inspection
from bot.store.migrate import read_schema_state, upgrade
from bot.store.reminders import messages
from bot.store.schema import SCHEMA


@click.group()
def db() -> None:
    """Bring the database up to date, or show its state.

    \b
    Examples:
      xingping db info
      xingping db upgrade --db postgresql+psycopg://user@host/xingping
    """


@db.command("upgrade")
@options.database
def upgrade_tables(url: str | None) -> None:
    """Bring the tables up to date; a database that is not there yet is made.

    \b
    Example:
      xingping db upgrade
    """
    where = arguments.choose_database_url(url)
    with open_for_inspection(where) as engine:
        upgrade(engine)
        _show_schema_state(where, engine)


@db.command()
@options.database
def info(url: str | None) -> None:
    """Say where the database is, whether its tables are up to date, and how much is in it.

    \b
    Example:
      xingping db info
    """
    where = arguments.choose_database_url(url)
    if not database_exists(where):
        click.echo(f"database: {mask_url(where)}")
        click.echo("not there yet; it is made at the first start, or by: xingping db upgrade")
        return
    with open_for_inspection(where) as engine:
        _show_schema_state(where, engine)
        for table, rows in _count_rows(engine).items():
            click.echo(f"{table}: {rows}")
        found = read_schema_state(engine)
        if found.current == found.head:
            _show_waiting_counts(engine)


def _show_waiting_counts(engine: Engine) -> None:
    with engine.connect() as connection:
        click.echo(f"updates waiting: {updates.count_waiting(connection)}")
        click.echo(f"screens waiting: {chat_screens.count_behind(connection)}")
        click.echo(f"contacts that cannot be reached: {count_unreachable(connection)}")
        click.echo(f"reminders that may not have arrived: {messages.count_unsure(connection)}")


def database_exists(url: str) -> bool:
    """Tell whether the database exists; connecting to SQLite would create the file."""
    parsed = make_url(url)
    return parsed.get_backend_name() != "sqlite" or Path(str(parsed.database)).exists()


def describe_schema_state(engine: Engine) -> str:
    """Describe whether the tables are up to date. Raises StoreError when some are missing."""
    found = read_schema_state(engine)
    if found.current != found.head:
        return f"at {found.current or 'nothing'}, the newest is {found.head}; run: xingping db upgrade"
    there = set(inspect(engine).get_table_names())
    if missing := [table.name for table in SCHEMA.sorted_tables if table.name not in there]:
        sentence = f"the database is marked as up to date ({found.current}), but lacks {', '.join(missing)}"
        raise StoreError(f"{sentence}; restore it from a copy, or name another database", "no_tables")
    return f"up to date ({found.current})"


def _show_schema_state(url: str, engine: Engine) -> None:
    click.echo(f"database: {mask_url(url)}")
    click.echo(f"tables: {describe_schema_state(engine)}")


def _count_rows(engine: Engine) -> dict[str, int]:
    """How many rows each table has, of those that are there."""
    there = set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in SCHEMA.sorted_tables
            if table.name in there
        }
