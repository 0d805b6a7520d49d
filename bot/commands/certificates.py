"""`xingping certificates import`: certificates of many organisations, recorded from a table."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.catalogue_text import translate
from bot.channels.terminal.spinner import show_spinner
from bot.commands import arguments, options
from bot.commands.chat import validate_contact_name
from bot.commands.progress import progress_bar
from bot.console import make_console

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.certificates.columns import CertificateTable
    from bot.certificates.importer import CertificateImporter, RowResults


@click.group()
def certificates() -> None:
    """Record certificates that are kept in a table.

    \b
    Example:
      xingping certificates import certificates.xlsx --as "Li Ming"
    """


@certificates.command("import")
@click.argument("file", type=options.FILE, metavar="FILE")
@click.option("--as", "name", metavar="NAME", required=True, callback=validate_contact_name, help="For whom.")
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
    locale, out = arguments.choose_locale(lang), make_console()
    with show_spinner(out, translate(locale, "terminal.preparing")):
        from bot.certificates.columns import describe_results, parse_table
        from bot.certificates.spreadsheets import read_table
        from bot.errors import FatalError

        lines = read_table(file)
        try:
            table = parse_table(lines)
        except FatalError as error:
            raise FatalError(f"{file}: {error}") from error
    with _open_importer(name, url, schemes, locale, dry_run) as importing:
        results = _run(importing, table, locale, dry_run)
    for line in describe_results(table, results, locale):
        click.echo(line)
    if dry_run:
        click.echo(translate(locale, "import.dry"))
    click.echo(_summary(results))
    return 1 if any(isinstance(one, tuple) for one in results.values()) else 0


def _summary(results: "RowResults") -> str:
    """The same in every language, for scripts."""
    counted = dict.fromkeys(("new", "changed", "unchanged", "refused"), 0)
    for one in results.values():
        counted["refused" if isinstance(one, tuple) else one.outcome] += 1
    return ", ".join(f"{number} {outcome}" for outcome, number in counted.items())


@contextmanager
def _open_importer(
    name: str, url: str | None, schemes: Path | None, locale: str, dry_run: bool
) -> "Iterator[CertificateImporter]":
    from bot.certificates.importer import CertificateImporter
    from bot.commands.db import database_exists
    from bot.commands.sessions import CHANNEL
    from bot.conversations.turns import ChannelUser, utc_now
    from bot.settings import load_settings
    from bot.store import Store

    where, library = arguments.choose_database_url(url), arguments.load_library(schemes)
    store = None if dry_run and not database_exists(where) else Store.open(where)
    try:
        who = ChannelUser(CHANNEL, name, name, locale)
        yield CertificateImporter(store, library, who, str(load_settings().timezone), utc_now())
    finally:
        if store is not None:
            store.close()


def _run(
    importer: "CertificateImporter", table: "CertificateTable", locale: str, dry_run: bool
) -> "RowResults":
    if dry_run:
        return importer.preview(table.rows)
    with progress_bar(translate(locale, "import.reading")) as progress:
        return importer.run(table.rows, progress)
