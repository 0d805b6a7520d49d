"""Guards and callbacks of the conversation's machine, by the names in the table. No I/O."""

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
    """Return the running transition; guards and callbacks run only within one."""
    assert event.transition is not None
    return event.transition


def _shared_cursor(event: EventData, *states: str) -> str:
    """Return the cursor where the state being left is one of `states`, else an empty text."""
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
    """Return whether a scheme is still to be chosen, or overlays are to be suggested for the first time."""
    scene = _scene(event)
    if not scene.has_case:
        return True
    fresh = scene.talk.cursor == ORGANISATION_FIELDS[-1] and not scene.case.answers
    return fresh and suggested_overlays(scene) != scene.case.scheme


def has_next_field(event: EventData) -> bool:
    return next_item(list_fields(_scene(event)), _current_field(event)) is not None


def _current_field(event: EventData) -> str:
    """Return the field of the organisation that was answered last."""
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
    """Set the cursor to the next question; after a correction, to the main place's question."""
    if _is_opened_directly(event):
        return
    talk = _talk(event)
    if corrects_a_question(event):
        talk.cursor = talk.main_place.cursor
    else:
        talk.cursor = next_question(_scene(event), _shared_cursor(event, *QUESTION_STATES)) or ""


def _is_opened_directly(event: EventData) -> bool:
    """Return whether the state is entered by `open`, which sets the cursor itself."""
    return "to" in event.kwargs
