"""Validation of a document against a model, with every fault at its place in the file."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rubric.parsing.document import YamlDocument, YamlPath, YamlValue
from rubric.parsing.expectations import describe_allowed
from rubric.parsing.faults import MAX_FAULTS, Fault, FaultsFoundError, quote_short
from rubric.parsing.field_types import keys_at, strip_union_tags

Model = TypeVar("Model", bound=BaseModel)

MAX_NAMES = 60
_MIN_SIMILARITY = 0.65
_SHORTEST_PART = 3


def build_model(model: type[Model], document: YamlDocument) -> Model:
    """Build the model in `document`. Raises FaultsFoundError with every fault of its values."""
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        real = [detail for detail in error.errors(include_url=False) if not _is_consequence(detail)]
        details = sorted(
            real, key=lambda detail: document.position_of(_path_in_file(model, document, detail))
        )
        worded = [_fault(model, document, detail) for detail in details[:MAX_FAULTS]]
        raise FaultsFoundError(worded, left_out=len(details) - len(worded)) from error


def _is_consequence(detail: ErrorDetails) -> bool:
    """Return whether a list is "too short" only because some of its items were refused."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _path_in_file(model: type[BaseModel], document: YamlDocument, detail: ErrorDetails) -> YamlPath:
    """Return the path of the fault, as far as it exists in the file."""
    value: YamlValue = document.value
    steps: list[str | int] = []
    for step in strip_union_tags(model, detail["loc"]):
        inner = _inner(value, step)
        if inner is not None:
            value = inner
            steps.append(step)
    if detail["type"] == "union_tag_invalid":
        steps.append(_discriminator(detail))
    return tuple(steps)


def _inner(value: YamlValue, step: str | int) -> YamlValue | None:
    if isinstance(value, list):
        return value[step] if isinstance(step, int) else None
    return value.get(step) if isinstance(value, dict) and isinstance(step, str) else None


def _fault(model: type[BaseModel], document: YamlDocument, detail: ErrorDetails) -> Fault:
    where = _path_in_file(model, document, detail)
    kind = detail["type"]
    if kind == "extra_forbidden":
        message = unknown_name_message(str(where[-1]), keys_at(model, detail["loc"][:-1]))
        return document.fault_at(where, "unknown_key", message)
    if kind in ("missing", "union_tag_not_found"):
        loc = detail["loc"] if kind == "missing" else (*detail["loc"], _discriminator(detail))
        return document.fault_at(
            where, "missing", f"'{loc[-1]}' is missing; it must be {describe_allowed(model, loc)}"
        )
    if kind == "value_error":
        return document.fault_at(where, "value", detail["msg"].removeprefix("Value error, "))
    loc = (*detail["loc"], _discriminator(detail)) if kind == "union_tag_invalid" else detail["loc"]
    message = (
        f"{_describe_path(where)} must be {describe_allowed(model, loc)}; here: {_describe_input(detail)}"
    )
    return document.fault_at(where, "value", message)


def _discriminator(detail: ErrorDetails) -> str:
    """Return the key that distinguishes the members of a union."""
    return str(detail["ctx"]["discriminator"]).strip("'")


def _describe_path(where: YamlPath) -> str:
    if not where:
        return "the file"
    last = where[-1]
    return f"item {last + 1} of '{where[-2]}'" if isinstance(last, int) else quote_short(last)


def _describe_input(detail: ErrorDetails) -> str:
    got = detail["input"]
    if detail["type"] == "union_tag_invalid":
        got = detail["ctx"]["tag"]
    if isinstance(got, str):
        return quote_short(got) if got else "nothing"
    return "a mapping" if isinstance(got, dict) else f"a list of {len(got)}"


def possible_names(name: str, absent: list[str]) -> list[str]:
    """Return the missing key that is nearest to an unknown one, else all missing keys."""
    near = closest_name(name[:100], absent)
    return absent if near is None else [near]


def unknown_name_message(name: str, allowed: list[str]) -> str:
    """Return the message for an unknown name, with the nearest allowed name and the list of all."""
    near = closest_name(name[:100], allowed)
    listed = ", ".join(allowed[:MAX_NAMES]) or "nothing"
    if len(allowed) > MAX_NAMES:
        listed += f" and {len(allowed) - MAX_NAMES} more"
    hint = f"; did you mean '{near}'? Allowed here: " if near else "; allowed here: "
    return f"{quote_short(name)} is unknown{hint}{listed}"


def closest_name(name: str, allowed: Iterable[str]) -> str | None:
    """Return the nearest allowed name; None where none is near or several are equally near."""
    ranked = sorted(((_similarity(name, each), each) for each in allowed), reverse=True)[:2]
    if not ranked or ranked[0][0] < _MIN_SIMILARITY or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _similarity(name: str, other: str) -> float:
    """Return the similarity from 0 to 1; a name that is the start or end of the other is similar."""
    shorter, longer = sorted((name, other), key=len)
    is_part = len(shorter) >= _SHORTEST_PART and (longer.startswith(shorter) or longer.endswith(shorter))
    ratio = SequenceMatcher(None, name, other).ratio()
    return max(ratio, _MIN_SIMILARITY) if is_part else ratio
