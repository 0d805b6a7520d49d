"""What a reader adds to the schemes that are shipped, read at once, so that its faults are told at the start."""

from collections.abc import Iterator

from rubric.layout import SHIPPED
from rubric.library.library import Library
from rubric.library.lock import hold_to_lock
from rubric.overlays.library import composed_name


def load_own(library: Library) -> None:
    """Read all that is not shipped, with all words.

    Raises LookupError, FaultsFoundError: what is published and has changed since is a fault as well.
    """
    for folder in library.folders:
        hold_to_lock(folder)
    for name in (*library.own(), *_composed(library)):
        for locale in library.locales(name) or [""]:
            for version in library.files.get(name, [""]):
                library.text(name, locale, version)
    for name in library.bodies.own():
        for locale in library.bodies.locales(name) or [""]:
            library.bodies.text(name, locale)
    for name, path in library.walks.items():
        if path.parent.parent != SHIPPED:
            _ = library.crosswalks[name]


def _composed(library: Library) -> Iterator[str]:
    """Each overlay of the reader's own over its scheme."""
    for name in library.overlays.own():
        overlay = library.overlays.overlay(name, library.overlays.newest(name))
        yield composed_name(overlay.over, [name])
