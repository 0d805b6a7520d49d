"""Undo: restore the values before the last input, except those that somebody changed since."""

from typing import Any

from dialogs.assessment import organisation_fields
from dialogs.flow.navigator import open_place
from dialogs.flow.recorder import apply_event
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.conversation import UndoEntry, UndoStep
from dialogs.model.events import Event, OrganisationChanged
from dialogs.model.records import RECORD_TYPE_BY_FIELD
from dialogs.model.values import Pin
from rubric import Met, NotApplicable, Sampled, Unmet


def undo_last_step(scene: Scene) -> None:
    """Undo the last step, and return to the place where it was entered."""
    *earlier, step = scene.talk.undo_steps
    scene.talk.undo_steps = earlier
    if any(_is_lost(scene, restore) for restore in step.entries):
        scene.add_message("undo.version_gone")
        return
    changed_since = False
    for restore in reversed(step.entries):
        if _current_value(scene, restore) == restore.recorded:
            apply_event(scene, _make_reverse_event(restore))
        else:
            changed_since = True
    _return_to(scene, step)
    what = _describe(scene, step.entries[0])
    if changed_since:
        scene.add_message("undo.changed_since")
    elif what:
        scene.add_message("undo.done_of", what=what)
    else:
        scene.add_message("undo.done")


def _is_lost(scene: Scene, restore: UndoEntry) -> bool:
    """Whether it would put back a version of a scheme whose files are gone."""
    return isinstance(restore.previous, Pin) and not scene.library.can_load_pinned(restore.previous)


def _describe(scene: Scene, restore: UndoEntry) -> str:
    """Describe the step; empty where its screen already says it."""
    words, key = scene.words, restore.key
    if restore.field == "organisation":
        return organisation_fields.field_label(scene, key)
    if not scene.has_case or restore.case != scene.case.id:
        return ""
    text = scene.text
    if restore.field == "answers" and key in text.indicators:
        given = restore.recorded
        said = (
            formatting.format_answer(words, given)
            if isinstance(given, Met | Unmet | Sampled | NotApplicable)
            else ""
        )
        return words("undo.answer", where=formatting.format_indicator(text, key), answer=said)
    if restore.field == "notes" and key in text.indicators:
        return words("undo.note", where=formatting.format_indicator(text, key))
    if restore.field == "eligibility" and key in text.eligibility:
        return text.eligibility[key].title
    return text.figures[key].label if restore.field == "figures" and key in text.figures else ""


def _current_value(scene: Scene, restore: UndoEntry) -> Any:
    """Return the present value; None where the case or organisation is not in the dossier."""
    if restore.field == "organisation":
        return getattr(scene.dossier.organisations.get(restore.case), restore.key, None)
    try:
        records: dict[str, Any] = getattr(scene.dossier.find_record(restore.case), restore.field)
    except KeyError:
        return None
    return records.get(restore.key)


def _make_reverse_event(restore: UndoEntry) -> Event:
    if restore.field == "organisation":
        return OrganisationChanged(restore.case, restore.key, restore.previous)  # type: ignore[arg-type]
    return RECORD_TYPE_BY_FIELD[restore.field](restore.case, restore.key, restore.previous, restore.recorded)


def _return_to(scene: Scene, step: UndoStep) -> None:
    """Return to the place of the step, and to the certification that it belongs to."""
    if scene.talk.path[-1:] == [step.place]:
        scene.talk.path = scene.talk.path[:-1]
    about = step.entries[0].case
    if about in scene.dossier.certifications:
        scene.talk.draft["certification"] = about
    open_place(scene, step.place, back=True)
