"""From a document to a checked model, with every fault placed in the file."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rubric.parsing.document import Document, Value, Where
from rubric.parsing.expectations import allowed_at
from rubric.parsing.faults import MOST_FAULTS, Fault, FaultsFoundError, brief
from rubric.parsing.field_types import keys_at, untagged

Model = TypeVar("Model", bound=BaseModel)

MOST_NAMES = 60
_NEAR = 0.65
_SHORTEST_PART = 3


def build(model: type[Model], document: Document) -> Model:
    """The model that `document` holds. Raises FaultsFoundError with every fault of structure."""
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        real = [detail for detail in error.errors(include_url=False) if not _follows(detail)]
        details = sorted(real, key=lambda detail: document.place(_real(model, document, detail)))
        worded = [_fault(model, document, detail) for detail in details[:MOST_FAULTS]]
        raise FaultsFoundError(worded, left_out=len(details) - len(worded)) from error


def _follows(detail: ErrorDetails) -> bool:
    """A list is called too short as well when some of its items were refused: that says nothing new."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _real(model: type[BaseModel], document: Document, detail: ErrorDetails) -> Where:
    """Where the fault lies in the file, as far as the file has it."""
    value: Value = document.value
    steps: list[str | int] = []
    for step in untagged(model, detail["loc"]):
        inner = _inner(value, step)
        if inner is not None:
            value = inner
            steps.append(step)
    if detail["type"] == "union_tag_invalid":
        steps.append(_tag(detail))
    return tuple(steps)


def _inner(value: Value, step: str | int) -> Value | None:
    if isinstance(value, list):
        return value[step] if isinstance(step, int) else None
    return value.get(step) if isinstance(value, dict) and isinstance(step, str) else None


def _fault(model: type[BaseModel], document: Document, detail: ErrorDetails) -> Fault:
    where = _real(model, document, detail)
    kind = detail["type"]
    if kind == "extra_forbidden":
        message = unknown(str(where[-1]), keys_at(model, detail["loc"][:-1]))
        return document.fault(where, "unknown_key", message)
    if kind in ("missing", "union_tag_not_found"):
        loc = detail["loc"] if kind == "missing" else (*detail["loc"], _tag(detail))
        return document.fault(
            where, "missing", f"'{loc[-1]}' is missing; it must be {allowed_at(model, loc)}"
        )
    if kind == "value_error":
        return document.fault(where, "value", detail["msg"].removeprefix("Value error, "))
    loc = (*detail["loc"], _tag(detail)) if kind == "union_tag_invalid" else detail["loc"]
    message = f"{_name(where)} must be {allowed_at(model, loc)}; here: {_shown(detail)}"
    return document.fault(where, "value", message)


def _tag(detail: ErrorDetails) -> str:
    """The key that tells the members of a union apart."""
    return str(detail["ctx"]["discriminator"]).strip("'")


def _name(where: Where) -> str:
    if not where:
        return "the file"
    last = where[-1]
    return f"item {last + 1} of '{where[-2]}'" if isinstance(last, int) else brief(last)


def _shown(detail: ErrorDetails) -> str:
    got = detail["input"]
    if detail["type"] == "union_tag_invalid":
        got = detail["ctx"]["tag"]
    if isinstance(got, str):
        return brief(got) if got else "nothing"
    return "a mapping" if isinstance(got, dict) else f"a list of {len(got)}"


def maybe_meant(name: str, absent: list[str]) -> list[str]:
    """Which of the keys that are not there an unknown one may stand for: the nearest one, else any."""
    near = meant(name[:100], absent)
    return absent if near is None else [near]


def unknown(name: str, allowed: list[str]) -> str:
    """The sentence for a name that is not allowed here: the nearest one, and those that are."""
    near = meant(name[:100], allowed)
    listed = ", ".join(allowed[:MOST_NAMES]) or "nothing"
    if len(allowed) > MOST_NAMES:
        listed += f" and {len(allowed) - MOST_NAMES} more"
    hint = f"; did you mean '{near}'? Allowed here: " if near else "; allowed here: "
    return f"{brief(name)} is unknown{hint}{listed}"


def meant(name: str, allowed: Iterable[str]) -> str | None:
    """The one that was surely meant; None where nothing is near, or several things are equally near."""
    ranked = sorted(((_nearness(name, each), each) for each in allowed), reverse=True)[:2]
    if not ranked or ranked[0][0] < _NEAR or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _nearness(name: str, other: str) -> float:
    """From 0 to 1; a name with something too much or too little at an end is near."""
    shorter, longer = sorted((name, other), key=len)
    is_part = len(shorter) >= _SHORTEST_PART and (longer.startswith(shorter) or longer.endswith(shorter))
    ratio = SequenceMatcher(None, name, other).ratio()
    return max(ratio, _NEAR) if is_part else ratio
