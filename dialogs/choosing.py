"""Which scheme suits whom: the one that is proposed, with the overlays for the enterprise's trade and province."""

from collections.abc import Iterable

from dialogs.dossier import Organisation
from rubric.faults import FaultsFoundError
from rubric.library import Library
from rubric.overlays.model import Overlay
from rubric.overlays.shelf import composed_name


def proposals(library: Library, organisation: Organisation) -> list[str]:
    """The schemes offered first, each with the overlays that fit, the best first; then each as it is, without any."""
    fitting = {name: with_overlays(library, organisation, name) for name in library.offered()}
    return list(dict.fromkeys([*fitting.values(), *fitting]))


def with_overlays(library: Library, organisation: Organisation, scheme: str) -> str:
    """The scheme with all overlays that fit; of those that cannot go together the first by id."""
    chosen: list[str] = []
    for overlay in library.overlays.over(scheme):
        if fits(overlay, organisation) and _go_together(
            library, composed_name(scheme, [*chosen, overlay.id])
        ):
            chosen.append(overlay.id)
    return composed_name(scheme, chosen) if chosen else scheme


def fits(overlay: Overlay, organisation: Organisation) -> bool:
    """Whether it is for this trade and this province; what is not known fits none that names any."""
    return (not overlay.trades or organisation.trade in overlay.trades) and (
        not overlay.provinces or organisation.province in overlay.provinces
    )


def everything(library: Library) -> list[str]:
    """Every scheme there is, those offered first before the others, each followed by itself with one overlay."""
    first = library.offered()
    schemes = [*first, *(name for name in library.names() if name not in first)]
    return [one for scheme in schemes for one in (scheme, *_each_overlay(library, scheme))]


def _each_overlay(library: Library, scheme: str) -> Iterable[str]:
    return (composed_name(scheme, [overlay.id]) for overlay in library.overlays.over(scheme))


def _go_together(library: Library, name: str) -> bool:
    """Whether these overlays make one scheme, in its structure and in every language."""
    try:
        library.scheme(name)
        for locale in library.locales(name):
            library.text(name, locale)
    except (FaultsFoundError, LookupError):
        return False
    return True
