"""From a document to a checked model, with every fault placed in the file."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rubric.document import Document
from rubric.faults import Fault, FaultsFoundError

Model = TypeVar("Model", bound=BaseModel)


def build(model: type[Model], document: Document) -> Model:
    """The model that `document` holds. Raises FaultsFoundError with every fault of structure."""
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        raise FaultsFoundError(_fault(model, document, detail) for detail in error.errors()) from error


def _fault(model: type[BaseModel], document: Document, detail: ErrorDetails) -> Fault:
    where = detail["loc"]
    kind = detail["type"]
    if kind == "extra_forbidden":
        return document.fault(where, "unknown_key", unknown(str(where[-1]), allowed_keys(model, where[:-1])))
    if kind == "missing":
        return document.fault(where, "missing", f"'{where[-1]}' is missing")
    if kind == "union_tag_not_found":
        return document.fault(where, "missing", f"{detail['msg']}")
    got = detail["input"]
    shown = f" (here: {_brief(got)})" if isinstance(got, str) else ""
    name = f"'{where[-1]}': " if where else ""
    return document.fault(where, kind, f"{name}{_sentence(detail)}{shown}")


def _sentence(detail: ErrorDetails) -> str:
    text = detail["msg"].removeprefix("Value error, ").removeprefix("Input ").removeprefix("String ")
    return text.replace("valid dictionary or instance of", "mapping of").replace("valid dictionary", "mapping")


def _brief(text: str, most: int = 40) -> str:
    return repr(text if len(text) <= most else text[: most - 1] + "…")


def unknown(name: str, allowed: list[str]) -> str:
    """The sentence for a name that is not allowed here: the nearest one, and all that are."""
    near = get_close_matches(name, allowed, n=1)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    listed = ", ".join(allowed[:60]) or "nothing"
    return f"{_brief(name)} is unknown{hint} Allowed here: {listed}" if hint else (
        f"{_brief(name)} is unknown; allowed here: {listed}"
    )


def allowed_keys(model: type[BaseModel], where: tuple[str | int, ...]) -> list[str]:
    """The keys that a mapping at `where` of such a model may have, sorted."""
    candidates = [model]
    for step in where:
        fields = [c.model_fields[step] for c in candidates if isinstance(step, str) and step in c.model_fields]
        if fields:
            candidates = [part for info in fields for part in _models_in(info.annotation)]
    return sorted({name for candidate in candidates for name in candidate.model_fields})


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)
