"""JSON in and out, where every turn needs it."""

import json
from typing import Any

import orjson


def dumps(value: Any) -> str:
    """The value as JSON text. Half a surrogate pair, which no UTF-8 can hold, is escaped."""
    try:
        return orjson.dumps(value, default=_encode_tuple).decode()
    except TypeError:
        return json.dumps(value)


def loads(text: str | bytes) -> Any:
    """What the text holds; a whole number beyond 64 bits as a float. Raises ValueError where it is no JSON."""
    try:
        return orjson.loads(text)
    except ValueError:
        return json.loads(text)


def _encode_tuple(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    raise TypeError
