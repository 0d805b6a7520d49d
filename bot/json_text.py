"""Fast JSON encoding and decoding."""

import json
from typing import Any

import orjson


def dumps(value: Any) -> str:
    """Encode the value as JSON text; lone surrogates are escaped."""
    try:
        return orjson.dumps(value, default=_encode_tuple).decode()
    except TypeError:
        return json.dumps(value)


def loads(text: str | bytes) -> Any:
    """Decode JSON; whole numbers beyond 64 bits become floats. Raises ValueError."""
    try:
        return orjson.loads(text)
    except ValueError:
        return json.loads(text)


def _encode_tuple(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    raise TypeError
