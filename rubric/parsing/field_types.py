"""The types and limits of a model's fields, read from its annotations."""

from collections.abc import Iterator, Sequence
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from rubric.parsing.document import YamlPath

FieldType: TypeAlias = tuple[Any, Sequence[Any]]
"""A type with the limits and descriptions annotated to it."""

_UNION: Any = Union


def keys_at(model: type[BaseModel], where: YamlPath) -> list[str]:
    """Return the keys that a mapping at `where` in `model` may have, sorted."""
    return sorted(
        {key for kind, _ in field_types_at(model, where) if is_model(kind) for key in fields_of(kind)}
    )


def optional_keys_at(model: type[BaseModel], where: YamlPath) -> list[str]:
    """Return the keys at `where` that may be left out."""
    return [
        key
        for kind in models_at(model, where)
        for key, field in fields_of(kind).items()
        if not field.is_required()
    ]


def models_at(model: type[BaseModel], where: YamlPath) -> list[type[BaseModel]]:
    """Return the models of the mappings allowed at `where` in `model`."""
    return [kind for kind, _ in field_types_at(model, where) if is_model(kind)]


def strip_union_tags(model: type[BaseModel], where: YamlPath) -> YamlPath:
    """Remove the steps of a path that name a member of a union."""
    return _resolve_path(model, where)[1]


def field_types_at(model: type[BaseModel], where: YamlPath) -> list[FieldType]:
    if where and where[-1] == "[key]":
        return [unwrap_annotated(get_args(kind)[0], ()) for kind, _ in field_types_at(model, where[:-2])]
    return _resolve_path(model, where)[0]


def _resolve_path(model: type[BaseModel], where: YamlPath) -> tuple[list[FieldType], YamlPath]:
    kinds: list[FieldType] = [(model, ())]
    steps: list[str | int] = []
    for step in where:
        chosen = [kind for kind in kinds if len(kinds) > 1 and _has_tag(kind[0], step)]
        if not chosen:
            steps.append(step)
        kinds = chosen or [inner for kind, _ in kinds for inner in _types_at_step(kind, step)]
    return kinds, tuple(steps)


def _has_tag(kind: Any, step: str | int) -> bool:
    return is_model(kind) and any(step in get_args(field.annotation) for field in kind.model_fields.values())


def _types_at_step(kind: Any, step: str | int) -> Iterator[FieldType]:
    """Yield the types that a value of type `kind` may have at `step`."""
    if is_model(kind):
        field = fields_of(kind).get(str(step))
        if field is not None:
            yield from union_members(field.annotation, [*field.metadata, field])
    elif get_origin(kind) in (tuple, dict):
        yield from union_members(get_args(kind)[0 if isinstance(step, int) else 1], ())


def union_members(annotation: Any, notes: Sequence[Any]) -> Iterator[FieldType]:
    kind, notes = unwrap_annotated(annotation, notes)
    if isinstance(kind, UnionType) or get_origin(kind) is _UNION:
        for option in get_args(kind):
            if option is not NoneType:
                yield from union_members(option, notes)
    else:
        yield kind, notes


def unwrap_annotated(annotation: Any, notes: Sequence[Any]) -> FieldType:
    """Remove Annotated, which pydantic keeps on inner types, and collect its limits."""
    if get_origin(annotation) is not Annotated:
        return annotation, notes
    inner, *more = get_args(annotation)
    return unwrap_annotated(
        inner, [*notes, *more, *(limit for note in more for limit in getattr(note, "metadata", ()))]
    )


def choices_of(kind: Any) -> list[str] | None:
    if get_origin(kind) is Literal:
        return [str(value) for value in get_args(kind)]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [str(member.value) for member in kind]
    return None


def find_constraint(notes: Sequence[Any], name: str) -> Any:
    return next((value for note in notes if (value := getattr(note, name, None)) is not None), None)


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields by their names in files."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
