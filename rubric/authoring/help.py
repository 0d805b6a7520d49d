"""What each key of an author's file is for, in English: `help.yaml` beside this file."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel

from rubric.parsing.document import read_document
from rubric.parsing.expectations import allowed_at

HELP = Path(__file__).with_name("help.yaml")
_EVERY = "every"


def explained(model: type[BaseModel], key: str) -> str | None:
    """The sentence on `key` of a `model`, as files name it; None where nobody wrote one."""
    said = _help()
    return said.get(model.__name__, {}).get(key) or said[_EVERY].get(key)


def explained_in_full(model: type[BaseModel], key: str) -> str:
    """The same and what is allowed there."""
    sentence = explained(model, key)
    allowed = f"Allowed: {allowed_at(model, (key,))}."
    return f"{sentence} {allowed}" if sentence else allowed


@cache
def _help() -> dict[str, dict[str, str]]:
    value = read_document(HELP).value
    assert isinstance(value, dict)
    return {name: _sentences(keys) for name, keys in value.items()}


def _sentences(keys: object) -> dict[str, str]:
    assert isinstance(keys, dict)
    return {key: str(sentence) for key, sentence in keys.items()}
