"""Loading of all schemes that a user adds, at the start, so that their faults are reported then."""

from collections.abc import Iterator

from rubric.layout import SHIPPED_SCHEMES
from rubric.library.library import Library
from rubric.library.lock import verify_lock
from rubric.overlays.library import composed_name


def preload_added(library: Library) -> None:
    """Load everything that is not shipped, with all texts. Raises LookupError, FaultsFoundError.

    Raises LookupError, FaultsFoundError: what is published and has changed since is a fault as well.
    """
    for folder in library.folders:
        verify_lock(folder)
    for name in (*library.added_names(), *_composed_names(library)):
        for locale in library.locales(name) or [""]:
            for version in library.files.get(name, [""]):
                library.text(name, locale, version)
    for name in library.bodies.added_names():
        for locale in library.bodies.locales(name) or [""]:
            library.bodies.text(name, locale)
    for name, path in library.crosswalk_files.items():
        if path.parent.parent != SHIPPED_SCHEMES:
            _ = library.crosswalks[name]


def _composed_names(library: Library) -> Iterator[str]:
    """Yield the name of each added overlay with its base scheme."""
    for name in library.overlays.added_names():
        overlay = library.overlays.overlay(name, library.overlays.newest(name))
        yield composed_name(overlay.over, [name])
