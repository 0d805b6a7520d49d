"""`xingping rubric schema`: what an author's editor needs, written into a folder of schemes."""

from pathlib import Path

import click

from bot.commands import options
from rubric.authoring.schema import schema_files
from rubric.files import SCHEMA_FOLDER


@click.command()
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
