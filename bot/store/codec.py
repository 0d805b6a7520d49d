"""The JSON encoding of the dialogue's values: tagged, and strict when reading."""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from typing import Any, get_args, get_type_hints

from bot import json_text
from dialogs import (
    Conversation,
    Evidence,
    Nonconformity,
    Pin,
    Place,
    RecordedValue,
    SurveillanceRecord,
    UndoEntry,
    UndoStep,
)
from rubric import DocumentRecord, Met, NotApplicable, Sampled, SpecialDeduction, Unmet

Json = Any
_TYPE_BY_NAME: Mapping[str, type] = {
    "met": Met,
    "unmet": Unmet,
    "sampled": Sampled,
    "na": NotApplicable,
    "deduction": SpecialDeduction,
    "evidence": Evidence,
    "surveillance": SurveillanceRecord,
    "finding": Nonconformity,
    "material": DocumentRecord,
    "pin": Pin,
}
_DAY = "date"
_NAME_BY_TYPE = {kind: name for name, kind in _TYPE_BY_NAME.items()}
_FIELD_TYPES = {name: get_type_hints(kind) for name, kind in _TYPE_BY_NAME.items()}


class CodecError(ValueError):
    """Stored JSON that is none of the values there are."""


def encode(value: RecordedValue | None) -> Json:
    """Encode a recorded value: text, number and bool as they are, others as {kind: fields}, days as ISO 8601."""
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    name = _NAME_BY_TYPE.get(type(value))
    if not name or not is_dataclass(value) or isinstance(value, type):
        return value
    return {name: {field: _encode_date(one) for field, one in asdict(value).items()}}


def decode(stored: Json) -> RecordedValue | None:
    """Decode what `encode` returned. Raises CodecError."""
    if stored is None or isinstance(stored, str | int | bool):
        return stored
    try:
        ((name, values),) = stored.items()
        if name == _DAY:
            return date.fromisoformat(values)
        if set(values) != set(_FIELD_TYPES[name]):
            raise CodecError(f"{name} with {values!r}")
        given = {field: _decode_field(one, _FIELD_TYPES[name][field]) for field, one in values.items()}
        value: RecordedValue = _TYPE_BY_NAME[name](**given)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise CodecError(f"no recorded value: {stored!r}") from error
    return value


def _encode_date(value: Any) -> Json:
    return value.isoformat() if isinstance(value, date) else value


def _decode_field(stored: Json, kind: Any) -> Any:
    """Decode a field by its type hint. Raises CodecError, ValueError."""
    if date in (kinds := (kind, *get_args(kind))) and isinstance(stored, str):
        return date.fromisoformat(stored)
    if type(stored) not in kinds:
        raise CodecError(f"{stored!r} is no {kind}")
    return stored


TalkMemory = tuple[Place, list[Place], list[UndoStep], dict[str, str]]
"""The conversation's main place, path, undo steps and draft."""


def memory_of(talk: Conversation) -> TalkMemory:
    return talk.main_place, talk.path, talk.undo_steps, talk.draft


def encode_memory(talk: Conversation) -> str:
    """Encode the conversation's main place, path, undo steps and draft."""
    undo = [_encode_step(step) for step in talk.undo_steps]
    memory = {"undo": undo, "main": talk.main_place, "path": [*map(list, talk.path)], "draft": talk.draft}
    return json_text.dumps(memory)


def decode_memory(text: str) -> TalkMemory:
    """Decode what `encode_memory` returned. Raises CodecError."""
    try:
        stored = json_text.loads(text)
        undo = [
            UndoStep(_decode_place(step["place"]), tuple(_decode_restore(each) for each in step["restores"]))
            for step in stored["undo"]
        ]
        draft = {_require_text(key): _require_text(value) for key, value in stored["draft"].items()}
        return _decode_place(stored["main"]), [_decode_place(place) for place in stored["path"]], undo, draft
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise CodecError(f"no memory of a talk: {text!r}") from error


def _encode_step(step: UndoStep) -> Json:
    return {"place": step.place, "restores": [_encode_restore(each) for each in step.entries]}


def encode_event(event: object) -> Json:
    """Encode an event's fields for the event log."""
    assert is_dataclass(event)
    return {field.name: _encode_field(getattr(event, field.name)) for field in fields(event)}


def _encode_restore(restore: UndoEntry) -> Json:
    return [restore.case, restore.field, restore.key, encode(restore.recorded), encode(restore.previous)]


def _decode_restore(stored: Json) -> UndoEntry:
    *names, recorded, previous = stored
    case, field, key = (_require_text(name) for name in names)
    return UndoEntry(case, field, key, decode(recorded), decode(previous))


def _decode_place(stored: Json) -> Place:
    state, cursor = stored
    return Place(_require_text(state), _require_text(cursor))


def _require_text(stored: Json) -> str:
    if not isinstance(stored, str):
        raise CodecError(f"no text: {stored!r}")
    return stored


def _encode_field(value: Any) -> Json:
    if isinstance(value, datetime):
        return value.isoformat()
    if type(value) in _NAME_BY_TYPE or isinstance(value, date):
        return encode(value)
    if isinstance(value, tuple | frozenset):
        return [_encode_field(one) for one in (sorted(value) if isinstance(value, frozenset) else value)]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _encode_field(getattr(value, field.name)) for field in fields(value)}
    return value
