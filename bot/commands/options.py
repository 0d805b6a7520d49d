"""Options shared by several commands. Imports nothing heavy, so that the spinner appears at once."""

from pathlib import Path

import click

from dialogs import LOCALES

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)

language = click.option(
    "--lang",
    type=click.Choice(LOCALES),
    metavar="CODE",
    help=f"The language: {', '.join(LOCALES)}.",
)
schemes = click.option(
    "--schemes", type=FOLDER, metavar="DIR", help="A folder with schemes of your own, besides those shipped."
)
database = click.option(
    "--db", "url", metavar="URL", help="The database, instead of the one in the settings."
)
