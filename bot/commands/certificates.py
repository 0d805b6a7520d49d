"""`xingping certificates import`: certificates of many organisations, recorded from a table."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.catalogue_text import say
from bot.channels.terminal.spinner import patience
from bot.commands import arguments, options
from bot.commands.chat import contact_name
from bot.commands.progress import progress_bar
from bot.console import console

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.certificates.columns import Table
    from bot.certificates.importer import Importing, Results


@click.group()
def certificates() -> None:
    """Record certificates that are kept in a table.

    \b
    Example:
      xingping certificates import certificates.xlsx --as "Li Ming"
    """


@certificates.command("import")
@click.argument("file", type=options.FILE, metavar="FILE")
@click.option("--as", "name", metavar="NAME", required=True, callback=contact_name, help="For whom.")
@options.database
@options.schemes
@options.language
@click.option("--dry-run", is_flag=True, help="Only say what would become of each row.")
def import_(  # noqa: PLR0913, PLR0917 - an argument for each option
    file: Path, name: str, url: str | None, schemes: Path | None, lang: str | None, dry_run: bool
) -> int:
    """Record the certificates in FILE (XLSX or CSV) for the contact NAME of the terminal.

    \b
    Examples:
      xingping certificates import certificates.xlsx --as "Li Ming" --dry-run
      xingping certificates import certificates.csv --as "Li Ming" --lang en

    The row that names the columns is needed, in any order: 企业名称/organisation and 发证日期/issued, and as far as
    known 方案/scheme, 星级/grade, 证书编号/number, 认证机构/body, 认证范围/scope, 有效期至/valid_until,
    监督审核日期/surveillances.

    Rows that are wrong are told, the others kept; the same file again changes nothing. The exit status is 0 where
    all rows were good, 1 where some were refused, 2 where the file cannot be read.
    """
    locale, out = arguments.locale(lang), console()
    with patience(out, say(locale, "terminal.preparing")):
        from bot.certificates.columns import lines_of, table_of
        from bot.certificates.spreadsheets import read_table
        from bot.errors import FatalError

        lines = read_table(file)
        try:
            table = table_of(lines)
        except FatalError as error:
            raise FatalError(f"{file}: {error}") from error
    with _importing(name, url, schemes, locale, dry_run) as importing:
        results = _run(importing, table, locale, dry_run)
    for line in lines_of(table, results, locale):
        click.echo(line)
    if dry_run:
        click.echo(say(locale, "import.dry"))
    click.echo(_sum(results))
    return 1 if any(isinstance(one, tuple) for one in results.values()) else 0


def _sum(results: "Results") -> str:
    """The same in every language, for scripts."""
    counted = dict.fromkeys(("new", "changed", "unchanged", "refused"), 0)
    for one in results.values():
        counted["refused" if isinstance(one, tuple) else one.outcome] += 1
    return ", ".join(f"{number} {outcome}" for outcome, number in counted.items())


@contextmanager
def _importing(
    name: str, url: str | None, schemes: Path | None, locale: str, dry_run: bool
) -> "Iterator[Importing]":
    from bot.certificates.importer import Importing
    from bot.commands.db import exists
    from bot.commands.sessions import CHANNEL
    from bot.conversations.turns import Who, utc_now
    from bot.settings import load_settings
    from bot.store import Store

    where, library = arguments.database(url), arguments.library(schemes)
    store = None if dry_run and not exists(where) else Store.open(where)
    try:
        who = Who(CHANNEL, name, name, locale)
        yield Importing(store, library, who, str(load_settings().timezone), utc_now())
    finally:
        if store is not None:
            store.close()


def _run(importing: "Importing", table: "Table", locale: str, dry_run: bool) -> "Results":
    if dry_run:
        return importing.rehearse(table.rows)
    with progress_bar(say(locale, "import.reading")) as progress:
        return importing.run(table.rows, progress)
