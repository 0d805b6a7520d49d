"""Moving the conversation: along the table, to a place, back along the path walked, to another case."""

from dialogs.flow import machine
from dialogs.flow.scene import Scene
from dialogs.flow.states import STATES
from dialogs.flow.table import DRAFT_SCOPES
from dialogs.model.conversation import MOST_PATH, Place


def fire(scene: Scene, trigger: str) -> None:
    """Fire the trigger, and add the place before it to the path."""
    left = _left_place(scene)
    machine.fire_trigger(scene.talk, trigger, scene=scene)
    _extend_path(scene, left)


def open_place(scene: Scene, place: Place, *, back: bool = False) -> None:
    """Move to `place` directly; `back` where the path already led through it."""
    left = _left_place(scene)
    machine.fire_trigger(scene.talk, "open", scene=scene, to=place)
    scene.talk.cursor = place.cursor
    _extend_path(scene, None if back else left)


def switch_case(scene: Scene, organisation: str | None, case: str | None) -> None:
    """Turn to another case, or to none yet: path, undo and draft of the one before mean nothing there."""
    talk = scene.talk
    talk.organisation, talk.case = organisation, case
    talk.path, talk.undo_steps, talk.draft = [], [], {}
    scene.undo_entries = []


def go_back(scene: Scene) -> None:
    """Return to the place before, along the path walked; stay at its beginning."""
    if scene.is_outside_walk:
        open_place(scene, place_above(scene), back=True)
        return
    while scene.talk.path:
        place = scene.talk.path.pop()
        if can_return_to(scene, place):
            open_place(scene, place, back=True)
            return


def place_above(scene: Scene) -> Place:
    """Return the place from which the screen outside the walk was opened."""
    state, _, cursor = scene.talk.draft.get("return", "").partition(" ")
    if scene.talk.state in {"when", "entry"} and state:
        return Place(state, cursor)
    if scene.talk.place == Place("certificate", "grade"):
        return Place("certificate")
    parent = STATES[scene.talk.state].parent
    return Place(parent) if parent else scene.talk.main_place


def can_return_to(scene: Scene, place: Place) -> bool:
    """Return whether back may stop at `place`: not the current one, and one whose answer can be changed."""
    if place == scene.talk.place or place.state in {"agreement", "scheme"}:
        return False
    if scene.has_case and scene.is_not_asked(place):
        return False
    return scene.has_case or place.state == "organisation"


def _left_place(scene: Scene) -> Place | None:
    """The place by which the path grows when it is left; None for one outside the walk."""
    return None if scene.is_outside_walk else scene.talk.place


def _extend_path(scene: Scene, left_place: Place | None) -> None:
    _drop_outdated(scene)
    path = scene.talk.path
    if left_place is not None and path[-1:] != [left_place]:
        scene.talk.path = [*path[1 - MOST_PATH :], left_place]


def _drop_outdated(scene: Scene) -> None:
    """Drop the cursor and the drafts that had a meaning only in the state that was left."""
    talk, state = scene.talk, STATES[scene.talk.state]
    if not state.has_cursor:
        talk.cursor = ""
    if not state.is_detour:
        talk.draft.pop("detour", None)
    if "detour" in talk.draft:
        return
    for key, scope in DRAFT_SCOPES.items():
        if not talk.state.startswith(scope.prefixes) and not (scope.aside and state.role == "aside"):
            talk.draft.pop(key, None)
    if not scene.is_outside_walk:
        talk.main_place = talk.place
