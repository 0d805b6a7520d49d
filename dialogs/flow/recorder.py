"""Recording in a turn: events, the values of a case, and what undo takes back."""

from typing import Any

from dialogs.flow.scene import Scene
from dialogs.model.apply import apply
from dialogs.model.certification import CERTIFICATION_FIELDS
from dialogs.model.conversation import MOST_UNDO, Place, UndoEntry, UndoStep
from dialogs.model.events import Event, OrganisationChanged
from dialogs.model.records import ValueRecorded


def apply_event(scene: Scene, event: Event) -> None:
    """Apply an event to the dossier, and keep it for the caller to store."""
    apply(scene.dossier, event)
    scene.events.append(event)


def record_value(scene: Scene, kind: type[ValueRecorded], key: str, value: Any) -> bool:
    """Record a value in the open case or certification; None removes it. Return whether that changed anything."""
    file = scene.certification if kind.field in CERTIFICATION_FIELDS else scene.case
    previous = getattr(file, kind.field).get(key)
    if previous == value and type(previous) is type(value):
        return False
    apply_event(scene, kind(file.id, key, value, previous))
    scene.undo_entries.append(UndoEntry(file.id, kind.field, key, value, previous))
    return True


def change_field(scene: Scene, field: str, value: str) -> None:
    """Change a field of the open organisation."""
    organisation = scene.organisation
    previous = getattr(organisation, field)
    if previous != value:
        apply_event(scene, OrganisationChanged(organisation.id, field, value))
        scene.undo_entries.append(UndoEntry(organisation.id, "organisation", field, value, previous))


def add_undo_step(scene: Scene, place: Place) -> None:
    """Make what this turn recorded one step that undo takes back."""
    if scene.undo_entries:
        scene.talk.undo_steps = [
            *scene.talk.undo_steps[1 - MOST_UNDO :],
            UndoStep(place, tuple(scene.undo_entries)),
        ]
