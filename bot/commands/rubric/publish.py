"""`xingping rubric publish`: a version that is finished, and from then on the same for good."""

from collections.abc import Iterable
from pathlib import Path

import click

from bot.commands import arguments, options
from rubric import (
    OVERLAYS_FOLDER,
    TEXT_FOLDER,
    FaultsFoundError,
    Library,
    check_paths,
    lock_path,
    placeholder_text,
    publish,
    version_file,
)


@click.command("publish")
@click.argument("names", nargs=-1, required=True, metavar="ID[@VERSION]...")
@options.schemes
def publish_versions(names: tuple[str, ...], schemes: Path | None) -> None:
    """Publish versions of schemes and overlays: the newest, or the one named.

    They are checked first. What is published is written into the folder's published.lock; `rubric check` tells when
    it has changed since. To change anything, copy the file to the next number.

    \b
    Examples:
      xingping rubric publish our-rules --schemes my-schemes/
      xingping rubric publish our-rules@2 our-region --schemes my-schemes/
    """
    library = arguments.load_library(schemes, drafts=True)
    found = [_find_version(library, name) for name in dict.fromkeys(names)]
    for root, name in found:
        if faults := check_paths([version_file(root, name).parent]):
            raise FaultsFoundError.of_files(faults)
    _check_no_placeholders(library, [name for _, name in found])
    for root in dict.fromkeys(root for root, _ in found):
        wanted = [name for folder, name in found if folder == root]
        new = publish(root, wanted)
        for name in wanted:
            click.echo(f"{name}: {'published' if name in new else 'was published already'}")
        click.echo(f"in {lock_path(root)}", err=True)


def _check_no_placeholders(library: Library, names: Iterable[str]) -> None:
    """Raises click's error where a scheme still asks what `rubric new` put there to be replaced."""
    for name in names:
        key, _, version = name.partition("@")
        if key not in library.files:
            continue
        scheme = library.version(key, version)
        for locale in library.locales(key):
            text, placed = library.text(key, locale, version), placeholder_text(scheme, locale)
            left = [
                each
                for each, words in placed.indicators.items()
                if text.indicators[each].question == words.question
            ]
            if left:
                where = f"{TEXT_FOLDER}/{locale}.yaml"
                message = (
                    f"{name} has placeholders in {where} still, first at {left[0]}; put your words there"
                )
                raise click.UsageError(message)


def _find_version(library: Library, name: str) -> tuple[Path, str]:
    """Return the folder of schemes and the name in its lock. Raises click's error when it does not exist."""
    key, _, version = name.partition("@")
    try:
        if key in library.overlays.files:
            file = library.overlays.file(key, version or library.overlays.newest(key))
            return file.parents[2], f"{OVERLAYS_FOLDER}/{key}@{file.stem}"
        scheme = library.version(key, version) if version else library.scheme(key)
        return library.folder(key).parent, f"{scheme.id}@{scheme.version}"
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from error
