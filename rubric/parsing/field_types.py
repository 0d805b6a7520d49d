"""The types that a model has at the places of a file, read off the model itself."""

from collections.abc import Iterator, Sequence
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from rubric.parsing.document import Where

Kind: TypeAlias = tuple[Any, Sequence[Any]]
"""A type, and the limits and descriptions that were annotated to it."""

_UNION: Any = Union


def keys_at(model: type[BaseModel], where: Where) -> list[str]:
    """The keys that a mapping at `where` in a `model` may have, sorted."""
    return sorted({key for kind, _ in kinds_at(model, where) if is_model(kind) for key in fields_of(kind)})


def optional_keys_at(model: type[BaseModel], where: Where) -> list[str]:
    """Those of them that may be left out."""
    return [
        key
        for kind in models_at(model, where)
        for key, field in fields_of(kind).items()
        if not field.is_required()
    ]


def models_at(model: type[BaseModel], where: Where) -> list[type[BaseModel]]:
    """The models of the mappings that may stand at `where` in a `model`; none where no mapping may."""
    return [kind for kind, _ in kinds_at(model, where) if is_model(kind)]


def untagged(model: type[BaseModel], where: Where) -> Where:
    """`where` without the steps that only say which member of a union pydantic chose."""
    return _walk(model, where)[1]


def kinds_at(model: type[BaseModel], where: Where) -> list[Kind]:
    if where and where[-1] == "[key]":
        return [plain_kind(get_args(kind)[0], ()) for kind, _ in kinds_at(model, where[:-2])]
    return _walk(model, where)[0]


def _walk(model: type[BaseModel], where: Where) -> tuple[list[Kind], Where]:
    kinds: list[Kind] = [(model, ())]
    steps: list[str | int] = []
    for step in where:
        chosen = [kind for kind in kinds if len(kinds) > 1 and _has_tag(kind[0], step)]
        if not chosen:
            steps.append(step)
        kinds = chosen or [inner for kind, _ in kinds for inner in _step(kind, step)]
    return kinds, tuple(steps)


def _has_tag(kind: Any, step: str | int) -> bool:
    return is_model(kind) and any(step in get_args(field.annotation) for field in kind.model_fields.values())


def _step(kind: Any, step: str | int) -> Iterator[Kind]:
    """The kinds that a value of type `kind` may have at `step`."""
    if is_model(kind):
        field = fields_of(kind).get(str(step))
        if field is not None:
            yield from options_of(field.annotation, [*field.metadata, field])
    elif get_origin(kind) in (tuple, dict):
        yield from options_of(get_args(kind)[0 if isinstance(step, int) else 1], ())


def options_of(annotation: Any, notes: Sequence[Any]) -> Iterator[Kind]:
    kind, notes = plain_kind(annotation, notes)
    if isinstance(kind, UnionType) or get_origin(kind) is _UNION:
        for option in get_args(kind):
            if option is not NoneType:
                yield from options_of(option, notes)
    else:
        yield kind, notes


def plain_kind(annotation: Any, notes: Sequence[Any]) -> Kind:
    """The annotation without Annotated, which pydantic leaves on types inside other types."""
    if get_origin(annotation) is not Annotated:
        return annotation, notes
    inner, *more = get_args(annotation)
    return plain_kind(
        inner, [*notes, *more, *(limit for note in more for limit in getattr(note, "metadata", ()))]
    )


def choices_of(kind: Any) -> list[str] | None:
    if get_origin(kind) is Literal:
        return [str(value) for value in get_args(kind)]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [str(member.value) for member in kind]
    return None


def noted(notes: Sequence[Any], name: str) -> Any:
    return next((value for note in notes if (value := getattr(note, name, None)) is not None), None)


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """By the names that a file has for them."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
