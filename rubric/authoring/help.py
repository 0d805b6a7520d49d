"""An English explanation of each key of the files that authors write, read from `help.yaml`."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel

from rubric.parsing.document import read_document
from rubric.parsing.expectations import describe_allowed

HELP_FILE = Path(__file__).with_name("help.yaml")
_EVERY = "every"


def help_sentence(model: type[BaseModel], key: str) -> str | None:
    """Return the sentence that explains `key` of `model`; None where `help.yaml` has none."""
    said = _read_help()
    return said.get(model.__name__, {}).get(key) or said[_EVERY].get(key)


def full_help(model: type[BaseModel], key: str) -> str:
    """Return the explanation of `key` and what is allowed there."""
    sentence = help_sentence(model, key)
    allowed = f"Allowed: {describe_allowed(model, (key,))}."
    return f"{sentence} {allowed}" if sentence else allowed


@cache
def _read_help() -> dict[str, dict[str, str]]:
    value = read_document(HELP_FILE).value
    assert isinstance(value, dict)
    return {name: _sentences(keys) for name, keys in value.items()}


def _sentences(keys: object) -> dict[str, str]:
    assert isinstance(keys, dict)
    return {key: str(sentence) for key, sentence in keys.items()}
