"""The talk's values as JSON and back: tagged, and strict when reading."""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from typing import Any, get_args, get_type_hints

from bot import json_text
from dialogs.model.conversation import Conversation, Place, Restore, UndoStep
from dialogs.model.values import Evidence, Nonconformity, Pin, RecordedValue, SurveillanceRecord
from rubric.certificate.documents import MaterialRecord
from rubric.model.answers import Met, NotApplicable, Sampled, SpecialDeduction, Unmet

Json = Any
_KINDS: Mapping[str, type] = {
    "met": Met,
    "unmet": Unmet,
    "sampled": Sampled,
    "na": NotApplicable,
    "deduction": SpecialDeduction,
    "evidence": Evidence,
    "surveillance": SurveillanceRecord,
    "finding": Nonconformity,
    "material": MaterialRecord,
    "pin": Pin,
}
_DAY = "date"
_NAMES = {kind: name for name, kind in _KINDS.items()}
MOST_STEPS = 32_000
_STEPS: dict[int, tuple[UndoStep, str]] = {}
_FIELDS = {name: get_type_hints(kind) for name, kind in _KINDS.items()}


class CodecError(ValueError):
    """Stored JSON that is none of the values there are."""


def encode(value: RecordedValue | None) -> Json:
    """A recorded value; texts, numbers and switches as they are, the others as {kind: fields}, days as ISO 8601."""
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    name = _NAMES.get(type(value))
    if not name or not is_dataclass(value) or isinstance(value, type):
        return value
    return {name: {field: _written(one) for field, one in asdict(value).items()}}


def decode(stored: Json) -> RecordedValue | None:
    """What `encode` made. Raises CodecError."""
    if stored is None or isinstance(stored, str | int | bool):
        return stored
    try:
        ((name, values),) = stored.items()
        if name == _DAY:
            return date.fromisoformat(values)
        if set(values) != set(_FIELDS[name]):
            raise CodecError(f"{name} with {values!r}")
        given = {field: _read(one, _FIELDS[name][field]) for field, one in values.items()}
        value: RecordedValue = _KINDS[name](**given)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise CodecError(f"no recorded value: {stored!r}") from error
    return value


def _written(value: Any) -> Json:
    return value.isoformat() if isinstance(value, date) else value


def _read(stored: Json, kind: Any) -> Any:
    """A field's value, of the type that its hint says. Raises CodecError, ValueError."""
    if date in (kinds := (kind, *get_args(kind))) and isinstance(stored, str):
        return date.fromisoformat(stored)
    if type(stored) not in kinds:
        raise CodecError(f"{stored!r} is no {kind}")
    return stored


Memory = tuple[Place, list[Place], list[UndoStep], dict[str, str]]
"""The talk's main place, path, undo steps and draft."""


def memory_of(talk: Conversation) -> Memory:
    return talk.main, talk.path, talk.undo, talk.draft


def memory(talk: Conversation) -> str:
    """What the talk keeps for itself, as JSON text: the main place, the path, the undo steps, the draft."""
    undo = ", ".join(map(_step, talk.undo))
    others = json_text.written({"main": talk.main, "path": [*map(list, talk.path)], "draft": talk.draft})
    return f'{{"undo": [{undo}], {others[1:]}'


def recalled(text: str) -> Memory:
    """What `memory` wrote. Raises CodecError."""
    try:
        stored = json_text.read(text)
        undo = [
            UndoStep(_place(step["place"]), tuple(_restored(each) for each in step["restores"]))
            for step in stored["undo"]
        ]
        draft = {_text(key): _text(value) for key, value in stored["draft"].items()}
        return _place(stored["main"]), [_place(place) for place in stored["path"]], undo, draft
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise CodecError(f"no memory of a talk: {text!r}") from error


def _step(step: UndoStep) -> str:
    """Most steps are written again with every turn, and are the very objects that were written before."""
    known = _STEPS.get(id(step))
    if known is not None and known[0] is step:
        return known[1]
    text = json_text.written({"place": step.place, "restores": [_restore(each) for each in step.restores]})
    if len(_STEPS) >= MOST_STEPS:
        _STEPS.clear()
    _STEPS[id(step)] = (step, text)
    return text


def payload(event: object) -> Json:
    """An event's fields as JSON, for the record of what happened."""
    assert is_dataclass(event)
    return {field.name: _plain(getattr(event, field.name)) for field in fields(event)}


def _restore(one: Restore) -> Json:
    return [one.case, one.field, one.key, encode(one.recorded), encode(one.previous)]


def _restored(stored: Json) -> Restore:
    *names, recorded, previous = stored
    case, field, key = (_text(name) for name in names)
    return Restore(case, field, key, decode(recorded), decode(previous))


def _place(stored: Json) -> Place:
    state, cursor = stored
    return Place(_text(state), _text(cursor))


def _text(stored: Json) -> str:
    if not isinstance(stored, str):
        raise CodecError(f"no text: {stored!r}")
    return stored


def _plain(value: Any) -> Json:
    if isinstance(value, datetime):
        return value.isoformat()
    if type(value) in _NAMES or isinstance(value, date):
        return encode(value)
    if isinstance(value, tuple | frozenset):
        return [_plain(one) for one in (sorted(value) if isinstance(value, frozenset) else value)]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
