"""Options that several commands have, and what they come to."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rubric.library import Library
    from rubric.model import Scheme
    from rubric.texts import SchemeText


class Language(click.ParamType[str]):
    """One of the locales that the talk has, however its capitals are typed."""

    name = "code"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from dialogs.text import LOCALES

        known = {locale.casefold(): locale for locale in LOCALES}
        if value.casefold() not in known:
            self.fail(f"{value!r} is no language here; allowed: {', '.join(LOCALES)}", param, ctx)
        return known[value.casefold()]


FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

language = click.option("--lang", type=Language(), metavar="CODE", help="zh-Hans, zh-Hant or en.")
schemes = click.option(
    "--schemes", type=FOLDER, metavar="DIR", help="A folder with schemes of your own, besides those shipped."
)


def library(folder: Path | None) -> "Library":
    """The schemes shipped, those of the settings and those of `folder`."""
    from bot.settings import load_settings
    from rubric.library import Library

    folders = [each for each in (load_settings().schemes_dir, folder) if each is not None]
    return Library.of(dict.fromkeys(folders))


def locale(chosen: str | None) -> str:
    """The language asked for, else the one of the settings."""
    from bot.settings import load_settings

    return chosen or load_settings().language


def scheme_and_text(schemes: "Library", name: str, locale: str) -> "tuple[Scheme, SchemeText]":
    """Scheme `name` and its words. Raises click's error where there is none."""
    try:
        scheme = schemes.scheme(name)
        return scheme, schemes.text(scheme.id, locale)
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from error
