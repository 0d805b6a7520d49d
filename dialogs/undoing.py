"""Undo: what the last input recorded is put back, unless somebody changed it since."""

from typing import Any

from dialogs.conversation import Restore, UndoStep
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
    _go_there(scene, step)
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


def _go_there(scene: Scene, step: UndoStep) -> None:
    """To the place where it was given, and of several certifications to the one that it was about."""
    if scene.talk.path[-1:] == [step.place]:
        scene.talk.path = scene.talk.path[:-1]
    about = step.restores[0].case
    if about in scene.dossier.certifications:
        scene.talk.draft["certification"] = about
    scene.open(step.place, back=True)
