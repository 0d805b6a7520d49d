"""A running case under another scheme: another version, or other overlays."""

from dialogs.events import SchemeChanged
from dialogs.scene import Scene
from dialogs.values import Pin


def move(scene: Scene, scheme: str, version: str | None = None) -> None:
    """Assess the case being worked on under `scheme` from now on, its newest version where none is named.

    What it was assessed under before is recorded as well, so that undo finds it.
    """
    library, case = scene.library, scene.case
    found = library.scheme(scheme) if version is None else library.version(scheme, version)
    if not case.pins:
        scene.record(SchemeChanged, "", case.pin)
    scene.record(SchemeChanged, "", Pin(found.id, found.version, library.checksum(found.id, found.version)))
