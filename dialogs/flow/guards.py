"""The machine's guards and callbacks, by the names that the table uses. They look and set the cursor; no I/O."""

from transitions import EventData, Transition

from dialogs.flow.order import (
    ORGANISATION_FIELDS,
    after,
    blocking_conditions,
    fields_of,
    next_condition,
    next_question,
)
from dialogs.flow.overlay_suggestions import suggested_overlays
from dialogs.flow.scene import Scene
from dialogs.flow.table import QUESTIONING
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


def _cursor_in(event: EventData, *states: str) -> str:
    """The cursor, where the state being left shares its meaning with the one being entered."""
    return _talk(event).cursor if _transition(event).source in states else ""


def leads_here(event: EventData) -> bool:
    to: Place = event.kwargs["to"]
    return bool(_transition(event).dest == to.state)


def corrects_a_question(event: EventData) -> bool:
    return _talk(event).draft.get("detour") == "scoring.question"


def corrects_the_profile(event: EventData) -> bool:
    return _talk(event).draft.get("detour") == "profile"


def corrects_the_review(event: EventData) -> bool:
    return _talk(event).draft.get("detour") == "review"


def scheme_is_open(event: EventData) -> bool:
    """Whether there is no scheme yet, or overlays are to be proposed: once, when trade and province are known."""
    scene = _scene(event)
    if not scene.has_case:
        return True
    fresh = scene.talk.cursor == ORGANISATION_FIELDS[-1] and not scene.case.answers
    return fresh and suggested_overlays(scene) != scene.case.scheme


def field_is_left(event: EventData) -> bool:
    return after(fields_of(_scene(event)), _field_reached(event)) is not None


def _field_reached(event: EventData) -> str:
    """Of a scheme that was chosen, the field behind which it was asked for."""
    cursor = _cursor_in(event, "organisation", "scheme")
    chose = _transition(event).source == "scheme"
    return "name" if chose and cursor not in ORGANISATION_FIELDS else cursor


def condition_is_left(event: EventData) -> bool:
    return next_condition(_scene(event), _cursor_in(event, "eligibility", "ineligible")) is not None


def condition_blocks(event: EventData) -> bool:
    scene = _scene(event)
    return scene.talk.cursor in blocking_conditions(scene) and not scene.case.rehearsal


def question_is_left(event: EventData) -> bool:
    return next_question(_scene(event), _talk(event).cursor) is not None


def fills_gaps(event: EventData) -> bool:
    return "walk" in _talk(event).draft


def bonus_is_offered(event: EventData) -> bool:
    return bool(_scene(event).scheme.bonus.at_most)


def take_next_field(event: EventData) -> None:
    if not _opened(event):
        _talk(event).cursor = after(fields_of(_scene(event)), _field_reached(event)) or "name"


def take_next_condition(event: EventData) -> None:
    if not _opened(event):
        reached = _cursor_in(event, "eligibility", "ineligible")
        _talk(event).cursor = next_condition(_scene(event), reached) or ""


def take_next_question(event: EventData) -> None:
    """Behind the one that was asked; after a correction the one that the walk stands at."""
    if _opened(event):
        return
    talk = _talk(event)
    if corrects_a_question(event):
        talk.cursor = talk.main.cursor
    else:
        talk.cursor = next_question(_scene(event), _cursor_in(event, *QUESTIONING)) or ""


def _opened(event: EventData) -> bool:
    """Entered by `open`, which says itself where the cursor goes."""
    return "to" in event.kwargs
