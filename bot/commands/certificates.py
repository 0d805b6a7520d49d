"""`xingping certificates import`: certificates from a table, good rows kept and bad ones told."""

from pathlib import Path

import click

from bot.commands import chosen, options
from bot.commands.chat import named
from bot.commands.db import exists
from bot.console import console
from bot.settings import load_settings
from bot.store import Store
from bot.turns import Who, utc_now

CHANNEL = "terminal"


@click.group()
def certificates() -> None:
    """Certificates of many organisations at once."""


@certificates.command("import")
@click.argument("table", type=options.FILE, metavar="FILE.csv|FILE.xlsx")
@click.option("--as", "name", metavar="NAME", callback=named, help="Whose; your login name if not given.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and keep nothing.")
@options.database
@options.language
@options.schemes
def import_(  # noqa: PLR0913, PLR0917 - an argument for each option
    table: Path, name: str, dry_run: bool, url: str | None, lang: str | None, schemes: Path | None
) -> int:
    """Record the certificates in a table; a second time it changes nothing.

    \b
    Examples:
      xingping certificates import certificates.xlsx --as "Li Ming"
      xingping certificates import certificates.csv --dry-run

    \b
    The first rows name the columns, in Chinese or English, in any order:
      企业名称, 发证日期 (needed), 星级, 证书编号, 认证机构, 认证范围, 有效期至, 监督审核日期, 方案

    Rows that cannot be so are told with their number and reason, and the exit status is 1; the others are kept.
    """
    from bot.certificate_table import lines_of, table_of
    from bot.channels.patience import patience
    from bot.importing import Importing
    from bot.spreadsheets import read_table
    from bot.words import say

    locale, library = chosen.locale(lang), chosen.library(schemes)
    read, settings, database = table_of(read_table(table)), load_settings(), chosen.database(url)
    store = Store.open(database) if not dry_run or exists(database) else None
    who = Who(CHANNEL, name, name, locale)
    importing = Importing(store, library, who, str(settings.timezone), utc_now())
    try:
        with patience(console(), say(locale, "import.reading")):
            results = importing.rehearse(read.rows) if dry_run else importing.run(read.rows)
    finally:
        if store is not None:
            store.close()
    for line in lines_of(read, results, locale):
        click.echo(line)
    if dry_run:
        click.echo(say(locale, "import.dry"))
    return int(any(isinstance(one, tuple) for one in results.values()))
