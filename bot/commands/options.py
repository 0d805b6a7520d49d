"""Options that several commands have, and what they come to."""

from pathlib import Path

import click

from bot.settings import load_settings
from dialogs.text import LOCALES
from rubric.library import Library
from rubric.model import Scheme
from rubric.texts import SchemeText

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

language = click.option(
    "--lang",
    type=click.Choice(LOCALES, case_sensitive=False),
    metavar="CODE",
    help=f"The language: {', '.join(LOCALES)}.",
)
schemes = click.option(
    "--schemes", type=FOLDER, metavar="DIR", help="A folder with schemes of your own, besides those shipped."
)


def library(folder: Path | None) -> Library:
    """The schemes shipped, those of the settings and those of `folder`."""
    folders = [each for each in (load_settings().schemes_dir, folder) if each is not None]
    return Library.of(dict.fromkeys(folders))


def locale(chosen: str | None) -> str:
    """The language asked for, else the one of the settings."""
    return chosen or load_settings().language


def scheme_and_text(schemes: Library, name: str, locale: str) -> tuple[Scheme, SchemeText]:
    """Scheme `name` and its words. Raises click's error where there is none."""
    try:
        scheme = schemes.scheme(name)
        return scheme, schemes.text(scheme.id, locale)
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from error
