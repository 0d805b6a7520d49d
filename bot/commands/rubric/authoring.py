"""`xingping rubric new` and `schema`: files for those who write schemes, to begin with and for their editors."""

import re
from collections.abc import Sequence
from pathlib import Path

import click

from bot.commands import arguments, options
from rubric import (
    IDENTIFIER_PATTERN,
    LOCALE_PATTERN,
    MAX_INDICATORS,
    RESERVED_NAMES,
    SCHEMA_FOLDER,
    Library,
    Scheme,
    SchemeText,
    copy_scheme,
    copy_text,
    describe_allowed,
    new_scheme,
    placeholder_text,
    schema_files,
    skeleton_files,
    text_files,
    visible_files,
)

DEFAULT_LOCALES = ("zh-Hans", "en")
DEFAULT_INDICATORS = 6


def validate_locales(_ctx: click.Context, _option: click.Parameter, given: Sequence[str]) -> tuple[str, ...]:
    """The languages asked for, each once. Raises click's error."""
    for code in given:
        if not re.fullmatch(LOCALE_PATTERN, code):
            raise click.BadParameter(f"{code!r} must be {describe_allowed(SchemeText, ('locale',))}")
    return tuple(dict.fromkeys(given))


@click.command(short_help="Begin a scheme, every key explained in a comment.")
@click.argument("place", metavar="FOLDER/ID", type=click.Path(path_type=Path))
@click.option(
    "--indicators",
    type=click.IntRange(1, MAX_INDICATORS),
    metavar="N",
    help=f"How many indicators; {DEFAULT_INDICATORS} if not given.",
)
@click.option(
    "--lang",
    "locales",
    multiple=True,
    metavar="CODE",
    callback=validate_locales,
    help="A language of its words; may be given again. Those of the folder's other schemes, else zh-Hans and en.",
)
@click.option("--like", metavar="ID", help="Begin with the structure and the words of this scheme.")
@options.schemes
def new(
    place: Path, indicators: int | None, locales: tuple[str, ...], like: str | None, schemes: Path | None
) -> None:
    """Begin a scheme ID in FOLDER: its files, every key explained in a comment, without a fault from the beginning.

    Nothing that is there is written over.

    \b
    Examples:
      xingping rubric new my-schemes/our-rules --indicators 20
      xingping rubric new my-schemes/our-rules --lang en --lang pt-BR
      xingping rubric new my-schemes/our-rules --like gbt27922-2011
    """
    if like is not None and indicators is not None:
        raise click.UsageError(
            "--indicators and --like exclude each other: the other scheme says how many there are"
        )
    folder, name = place.absolute().parent, place.absolute().name
    library = arguments.find_library(schemes)
    _check_scheme_name(folder, name, library)
    spoken = locales or _languages_in(folder) or DEFAULT_LOCALES
    if like is None:
        scheme = new_scheme(name, indicators or DEFAULT_INDICATORS)
        texts = [placeholder_text(scheme, locale) for locale in spoken]
    else:
        scheme, texts = _copy_scheme(library, like, name, spoken)
    write_new(folder / name, skeleton_files(scheme, texts))
    if not (folder / SCHEMA_FOLDER).exists():
        write_schemas(folder)
    _show_next_step(
        place, sorted([f"{scheme.version}.yaml", *(f"text/{text.locale}.yaml" for text in texts)])
    )


def _check_scheme_name(folder: Path, name: str, library: Library) -> None:
    """Raise click's error when no scheme of this name can be created here."""
    hint = "FOLDER/ID"
    if not re.fullmatch(IDENTIFIER_PATTERN, name):
        raise click.BadParameter(f"{name!r} must be {describe_allowed(Scheme, ('id',))}", param_hint=hint)
    if folder.name in RESERVED_NAMES:
        message = f"'{folder.name}' holds no schemes; a scheme lies directly in your folder of schemes"
        raise click.BadParameter(message, param_hint=hint)
    if name in RESERVED_NAMES:
        raise click.BadParameter(f"{name!r} is kept for other files of a folder of schemes", param_hint=hint)
    if name in library.files:
        raise click.BadParameter(f"a scheme {name!r} is there already; choose another id", param_hint=hint)
    if (folder / name).exists():
        raise click.BadParameter(f"{folder / name} is there already; nothing was written", param_hint=hint)


def _languages_in(folder: Path) -> tuple[str, ...]:
    """The languages of the schemes that lie there: those that are offered together speak the same."""
    found = {file.stem for each in visible_files(folder) for file in text_files(each)}
    return tuple(sorted(code for code in found if re.fullmatch(LOCALE_PATTERN, code)))


def _copy_scheme(
    library: Library, like: str, name: str, locales: Sequence[str]
) -> tuple[Scheme, list[SchemeText]]:
    try:
        scheme = copy_scheme(library.scheme(like), name)
        return scheme, [copy_text(library, like, scheme, locale) for locale in locales]
    except LookupError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="--like") from error


def write_new(folder: Path, files: dict[str, str]) -> None:
    """The files of a folder that is not there yet, its words in `text`. Raises OSError."""
    (folder / "text").mkdir(parents=True)
    for name, text in files.items():
        with (folder / name).open("x", encoding="utf-8") as file:
            file.write(text)


def _show_next_step(place: Path, files: Sequence[str]) -> None:
    for name in files:
        click.echo(f"{place / name}")
    click.echo(f"\nNext: edit them, then  xingping rubric check {place.parent}", err=True)


@click.command(short_help="Write what an editor needs to complete and explain keys.")
@click.argument("folder", type=options.FOLDER, metavar="FOLDER")
def schema(folder: Path) -> None:
    """Write JSON Schemas into FOLDER/schema, so that an editor completes keys and explains them.

    An editor that knows YAML (VS Code with its YAML extension, and others) finds them by the first line of each
    file that `xingping rubric new` writes. They are always those of this version of xingping.

    \b
    Example:
      xingping rubric schema my-schemes/
    """
    write_schemas(folder)


def write_schemas(folder: Path) -> None:
    """The schemas into the folder of schemes, in place of older ones. Raises OSError."""
    (folder / SCHEMA_FOLDER).mkdir(exist_ok=True)
    for name, text in schema_files().items():
        (folder / SCHEMA_FOLDER / name).write_text(text, encoding="utf-8")
