"""Undo: what the last input recorded is put back, unless somebody changed it since."""

from typing import Any

from dialogs.conversation import Place, Restore
from dialogs.events import RECORDS, Event, OrganisationChanged
from dialogs.scene import Scene


def undo(scene: Scene) -> None:
    """Take back the last undo step, and go to where it was given."""
    *earlier, step = scene.talk.undo
    scene.talk.undo = earlier
    changed_since = False
    for restore in reversed(step.restores):
        if _standing(scene, restore) == restore.recorded:
            scene.happen(_put_back(restore))
        else:
            changed_since = True
    _go_there(scene, step.place)
    scene.tell("undo.changed_since" if changed_since else "undo.done")


def _standing(scene: Scene, restore: Restore) -> Any:
    """What stands there now; of a case or an organisation that is out of sight, nothing."""
    if restore.field == "organisation":
        return getattr(scene.dossier.organisations.get(restore.case), restore.key, None)
    try:
        records: dict[str, Any] = getattr(scene.dossier.file(restore.case), restore.field)
    except KeyError:
        return None
    return records.get(restore.key)


def _put_back(restore: Restore) -> Event:
    if restore.field == "organisation":
        return OrganisationChanged(restore.case, restore.key, restore.previous)  # type: ignore[arg-type]
    return RECORDS[restore.field](restore.case, restore.key, restore.previous, restore.recorded)


def _go_there(scene: Scene, place: Place) -> None:
    if scene.talk.path[-1:] == [place]:
        scene.talk.path = scene.talk.path[:-1]
    scene.open(place, back=True)
