"""`xingping rubric weights`: an overlay with the points of the reader's copy of the standard."""

import re
from pathlib import Path
from typing import Any

import click
import yaml

from bot.certificates.spreadsheets import read_table
from bot.commands import arguments, options
from bot.commands.rubric.authoring import write_new
from bot.settings import load_settings
from rubric import (
    IDENTIFIER_PATTERN,
    OVERLAYS_FOLDER,
    Library,
    PointsFaultsError,
    Scheme,
    build_points_overlay,
    composed_name,
    describe_allowed,
    points_overlay_texts,
    read_points,
)

DEFAULT_FOLDER = Path("my-schemes")
DEFAULT_NAME = "own-points"
FAULTS_STATUS = 2


@click.command()
@click.argument("points", type=options.FILE, metavar="POINTS.csv")
@click.option("--over", metavar="ID", help="The scheme; the one that is offered first if not given.")
@click.option(
    "--id", "name", default=DEFAULT_NAME, metavar="ID", help=f"The overlay's id; {DEFAULT_NAME} if not given."
)
@click.option(
    "--in",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help=f"Your folder of schemes; that of the settings, else {DEFAULT_FOLDER}, if not given.",
)
@options.schemes
def weights(points: Path, over: str | None, name: str, folder: Path | None, schemes: Path | None) -> int:
    """Make an overlay of the points in POINTS.csv, from which on nothing says that they are proposed.

    The table, CSV or XLSX, has a clause and its points in each row: every indicator, and groups if you like. A heading
    is passed over. What does not add up to the scheme's totals is told, row by row, and nothing is written.

    \b
    Examples:
      xingping rubric weights points.csv
      xingping rubric weights points.xlsx --over gbt27922-2011 --id own-points --in my-schemes
    """
    library = arguments.load_library(schemes)
    scheme = _scheme(library, over)
    place = (folder or load_settings().schemes_dir or DEFAULT_FOLDER) / OVERLAYS_FOLDER / name
    _check_overlay_name(name, place, library)
    rows = [(number, [str(cell) for cell in row]) for number, row in read_table(points)]
    try:
        found = read_points(scheme, rows)
    except PointsFaultsError as error:
        for fault in error.faults:
            click.echo(f"{points}{f':{fault.number}' if fault.number else ''}: {fault.message}", err=True)
        return FAULTS_STATUS
    files = {"1.yaml": _yaml(build_points_overlay(scheme, name, found))}
    files |= {f"text/{locale}.yaml": _yaml(words) for locale, words in points_overlay_texts(name).items()}
    write_new(place, files)
    click.echo(f"written: {place}")
    click.echo(f"grade under it as {composed_name(scheme.id, [name])}, with --schemes {place.parents[1]}")
    return 0


def _scheme(library: Library, name: str | None) -> Scheme:
    """Return the scheme. Raises click's error when it does not exist."""
    try:
        return library.scheme(name or library.offered_names()[0])
    except LookupError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="--over") from error


def _check_overlay_name(name: str, place: Path, library: Library) -> None:
    """Raises click's error for an id that cannot be, or that is taken."""
    if not re.fullmatch(IDENTIFIER_PATTERN, name):
        raise click.BadParameter(f"{name!r} must be {describe_allowed(Scheme, ('id',))}", param_hint="--id")
    if name in library.overlays.files:
        raise click.BadParameter(
            f"an overlay {name!r} is there already; choose another id", param_hint="--id"
        )
    if place.exists():
        message = f"{place} is there already; delete that folder first, or give another id"
        raise click.BadParameter(message, param_hint="--id")


def _yaml(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)
