"""The machine's guards and callbacks, by the names that the table uses. They look and set the cursor; no I/O."""

from transitions import EventData, Transition

from dialogs.flow.order import (
    ORGANISATION_FIELDS,
    blocking_conditions,
    list_fields,
    next_condition,
    next_item,
    next_question,
)
from dialogs.flow.overlay_suggestions import suggested_overlays
from dialogs.flow.scene import Scene
from dialogs.flow.table import QUESTION_STATES
from dialogs.model.conversation import Conversation, Place


def _scene(event: EventData) -> Scene:
    scene: Scene = event.kwargs["scene"]
    return scene


def _talk(event: EventData) -> Conversation:
    talk = event.model
    assert isinstance(talk, Conversation)
    return talk


def _transition(event: EventData) -> Transition:
    """The transition under way; there is one wherever a guard or callback runs."""
    assert event.transition is not None
    return event.transition


def _shared_cursor(event: EventData, *states: str) -> str:
    """The cursor, where the state being left shares its meaning with the one being entered."""
    return _talk(event).cursor if _transition(event).source in states else ""


def is_destination(event: EventData) -> bool:
    to: Place = event.kwargs["to"]
    return bool(_transition(event).dest == to.state)


def corrects_a_question(event: EventData) -> bool:
    return _talk(event).draft.get("detour") == "scoring.question"


def corrects_the_profile(event: EventData) -> bool:
    return _talk(event).draft.get("detour") == "profile"


def corrects_the_review(event: EventData) -> bool:
    return _talk(event).draft.get("detour") == "review"


def scheme_is_undecided(event: EventData) -> bool:
    """Whether there is no scheme yet, or overlays are to be proposed: once, when trade and province are known."""
    scene = _scene(event)
    if not scene.has_case:
        return True
    fresh = scene.talk.cursor == ORGANISATION_FIELDS[-1] and not scene.case.answers
    return fresh and suggested_overlays(scene) != scene.case.scheme


def has_next_field(event: EventData) -> bool:
    return next_item(list_fields(_scene(event)), _current_field(event)) is not None


def _current_field(event: EventData) -> str:
    """Of a scheme that was chosen, the field behind which it was asked for."""
    cursor = _shared_cursor(event, "organisation", "scheme")
    chose = _transition(event).source == "scheme"
    return "name" if chose and cursor not in ORGANISATION_FIELDS else cursor


def has_next_condition(event: EventData) -> bool:
    return next_condition(_scene(event), _shared_cursor(event, "eligibility", "ineligible")) is not None


def condition_blocks(event: EventData) -> bool:
    scene = _scene(event)
    return scene.talk.cursor in blocking_conditions(scene) and not scene.case.rehearsal


def has_next_question(event: EventData) -> bool:
    return next_question(_scene(event), _talk(event).cursor) is not None


def is_filling_gaps(event: EventData) -> bool:
    return "walk" in _talk(event).draft


def bonus_is_offered(event: EventData) -> bool:
    return bool(_scene(event).scheme.bonus.at_most)


def take_next_field(event: EventData) -> None:
    if not _is_opened_directly(event):
        _talk(event).cursor = next_item(list_fields(_scene(event)), _current_field(event)) or "name"


def take_next_condition(event: EventData) -> None:
    if not _is_opened_directly(event):
        reached = _shared_cursor(event, "eligibility", "ineligible")
        _talk(event).cursor = next_condition(_scene(event), reached) or ""


def take_next_question(event: EventData) -> None:
    """Behind the one that was asked; after a correction the one that the walk stands at."""
    if _is_opened_directly(event):
        return
    talk = _talk(event)
    if corrects_a_question(event):
        talk.cursor = talk.main_place.cursor
    else:
        talk.cursor = next_question(_scene(event), _shared_cursor(event, *QUESTION_STATES)) or ""


def _is_opened_directly(event: EventData) -> bool:
    """Entered by `open`, which says itself where the cursor goes."""
    return "to" in event.kwargs
