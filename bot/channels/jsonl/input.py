"""The strict parser of JSON lines input."""

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from bot.conversations.local import Input, InputKind

MOST_BYTES = 1024 * 1024
LONGEST_ID = 200
INPUT_KINDS: tuple[InputKind, ...] = ("press", "text", "file")
_ALLOWED_FORMS = (
    '{"press": ID}, {"text": "…"}, {"file": PATH}, each with an optional "id", or a bare line of text'
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class BadInputError(ValueError):
    """A line that cannot be used; the message is one sentence."""


def read_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of the stream; a line that is too long is cut to MOST_BYTES + 1."""
    while line := stream.readline(MOST_BYTES + 1):
        yield line
        while len(line) > MOST_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MOST_BYTES + 1)


def parse_input(line: bytes) -> Input | None:
    """Parse a line; None for an empty one. Raises BadInputError."""
    if len(line) > MOST_BYTES:
        raise BadInputError("the line is longer than 1 MiB")
    try:
        text = line.decode("utf-8").removeprefix("\ufeff").strip("\r\n")
    except UnicodeDecodeError as error:
        raise BadInputError("the line is not UTF-8") from error
    if not text.strip():
        return None
    if text.lstrip()[0] == "{":
        return _from_object(_parse_object(text))
    if text.lstrip()[0] == "[" and _is_json(text):
        raise BadInputError(f"a JSON list means nothing here; allowed: {_ALLOWED_FORMS}")
    return Input("text", _check_storable(text))


def _parse_object(text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(text, object_pairs_hook=_reject_duplicate_keys)
    except BadInputError:
        raise
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"the line begins like JSON and is none; allowed: {_ALLOWED_FORMS}") from error
    return found


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _reject_duplicate_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadInputError("a key stands twice; each may stand once")
    return found


def _from_object(value: dict[str, Any]) -> Input:
    unknown = [key for key in value if key not in (*INPUT_KINDS, "id")]
    if unknown:
        raise BadInputError(f"{unknown[0][:40]!a} is unknown; allowed: {_ALLOWED_FORMS}")
    kinds = [kind for kind in INPUT_KINDS if kind in value]
    if len(kinds) != 1:
        raise BadInputError(f"exactly one of press, text and file is wanted; allowed: {_ALLOWED_FORMS}")
    kind = kinds[0]
    if not isinstance(value[kind], str):
        raise BadInputError(f'"{kind}" must be text')
    return Input(kind, _check_storable(value[kind]), _parse_id(value.get("id")))


def _parse_id(given: object) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str | int) or isinstance(given, bool):
        raise BadInputError('"id" must be text or a whole number')
    text = _check_storable(str(given))
    if not 0 < len(text) <= LONGEST_ID:
        raise BadInputError(f'"id" must have 1 to {LONGEST_ID} characters')
    return text


def _check_storable(text: str) -> str:
    """Refuse text that some database cannot store."""
    if _UNSTORABLE.search(text):
        raise BadInputError("NUL and lone surrogates are not allowed in text")
    return text
