"""Suggesting overlays for an organisation's trade and province."""

from dialogs.flow.scene import Scene
from dialogs.model.dossier import Organisation
from rubric import FaultsFoundError, Library, Overlay, composed_name, split_scheme_name


def suggested_overlays(scene: Scene) -> str:
    """Return the case's scheme with its overlays and all that fit the organisation."""
    base, present = split_scheme_name(scene.case.scheme)
    return add_fitting_overlays(scene.library, scene.organisation, base, present)


def add_fitting_overlays(
    library: Library, organisation: Organisation, scheme: str, present_overlays: list[str] | None = None
) -> str:
    """Return the scheme with the given overlays and all that fit; of conflicting ones, the first by id."""
    chosen = list(present_overlays or [])
    for overlay in library.overlays.overlays_for(scheme):
        if fits_organisation(overlay, organisation) and can_be_combined(
            library, composed_name(scheme, [*chosen, overlay.id])
        ):
            chosen.append(overlay.id)
    return composed_name(scheme, chosen)


def fits_organisation(overlay: Overlay, organisation: Organisation) -> bool:
    """Return whether the overlay is for this trade and province; an unknown value fits no overlay that names any."""
    return (not overlay.trades or organisation.trade in overlay.trades) and (
        not overlay.provinces or organisation.province in overlay.provinces
    )


def can_be_combined(library: Library, name: str) -> bool:
    """Return whether the overlays make a valid scheme, in structure and in every language."""
    try:
        library.scheme(name)
        for locale in library.locales(name):
            library.text(name, locale)
    except (FaultsFoundError, LookupError):
        return False
    return True
