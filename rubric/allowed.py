"""What a model allows at a place of a file, in plain English, read off the model itself."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from rubric.document import Where

Kind: TypeAlias = tuple[Any, Sequence[Any]]
"""A type, and the limits and descriptions that were annotated to it."""


_UNION: Any = Union


def allowed_at(model: type[BaseModel], where: Where) -> str:
    """What may stand at `where` (as pydantic names places) in a `model`: `a whole number from 1 to 3`."""
    said = [_describe(*kind) for kind in _kinds_at(model, where)]
    return " or ".join(dict.fromkeys(said)) or "left out"


def keys_at(model: type[BaseModel], where: Where) -> list[str]:
    """The keys that a mapping at `where` in a `model` may have, sorted."""
    return sorted({key for kind, _ in _kinds_at(model, where) if _is_model(kind) for key in _fields(kind)})


def models_at(model: type[BaseModel], where: Where) -> list[type[BaseModel]]:
    """The models of the mappings that may stand at `where` in a `model`; none where no mapping may."""
    return [kind for kind, _ in _kinds_at(model, where) if _is_model(kind)]


def untagged(model: type[BaseModel], where: Where) -> Where:
    """`where` without the steps that only say which member of a union pydantic chose."""
    return _walk(model, where)[1]


def _kinds_at(model: type[BaseModel], where: Where) -> list[Kind]:
    if where and where[-1] == "[key]":
        return [_plain(get_args(kind)[0], ()) for kind, _ in _kinds_at(model, where[:-2])]
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
    return _is_model(kind) and any(step in get_args(field.annotation) for field in kind.model_fields.values())


def _step(kind: Any, step: str | int) -> Iterator[Kind]:
    """The kinds that a value of type `kind` may have at `step`."""
    if _is_model(kind):
        field = _fields(kind).get(str(step))
        if field is not None:
            yield from _options(field.annotation, [*field.metadata, field])
    elif get_origin(kind) in (tuple, dict):
        yield from _options(get_args(kind)[0 if isinstance(step, int) else 1], ())


def _options(annotation: Any, notes: Sequence[Any]) -> Iterator[Kind]:
    kind, notes = _plain(annotation, notes)
    if isinstance(kind, UnionType) or get_origin(kind) is _UNION:
        for option in get_args(kind):
            if option is not NoneType:
                yield from _options(option, notes)
    else:
        yield kind, notes


def _plain(annotation: Any, notes: Sequence[Any]) -> Kind:
    """The annotation without Annotated, which pydantic leaves on types inside other types."""
    if get_origin(annotation) is not Annotated:
        return annotation, notes
    inner, *more = get_args(annotation)
    return _plain(
        inner, [*notes, *more, *(limit for note in more for limit in getattr(note, "metadata", ()))]
    )


def _describe(kind: Any, notes: Sequence[Any]) -> str:
    described = _noted(notes, "description")
    if described is not None:
        return str(described)
    if (choices := _choices(kind)) is not None:
        return listing(choices)
    if get_origin(kind) is tuple:
        return _a_list(get_args(kind)[0], notes)
    if get_origin(kind) is dict:
        return f"a mapping, each of its values {_described_options(get_args(kind)[1])}"
    if _is_model(kind):
        return _a_mapping(kind)
    return _a_scalar(kind, notes)


def _choices(kind: Any) -> list[str] | None:
    if get_origin(kind) is Literal:
        return [str(value) for value in get_args(kind)]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [str(member.value) for member in kind]
    return None


def _a_mapping(model: type[BaseModel]) -> str:
    needed = [key for key, field in _fields(model).items() if field.is_required()]
    optional = [key for key, field in _fields(model).items() if not field.is_required()]
    may_have = f" (it may have {', '.join(optional)})" if optional else ""
    return f"a mapping with the keys {', '.join(needed)}{may_have}"


def _a_list(item: Any, notes: Sequence[Any]) -> str:
    least, most = _noted(notes, "min_length"), _noted(notes, "max_length")
    number = (
        f" of exactly {least}" if least is not None and least == most else " of at least one" if least else ""
    )
    return f"a list{number} ([a, b] or one '- …' a line), each item {_described_options(item)}"


def _described_options(annotation: Any) -> str:
    return " or ".join(dict.fromkeys(_describe(*kind) for kind in _options(annotation, ())))


def _a_scalar(kind: Any, notes: Sequence[Any]) -> str:
    if kind is bool:
        return "yes or no"
    if kind in (int, Decimal):
        name = "a whole number" if kind is int else "a number"
        digits = _noted(notes, "max_digits")
        most = f" of at most {digits} digits" if digits else ""
        return f"{name} from {_noted(notes, 'ge')} to {_noted(notes, 'le')}{most}"
    return f"text of {_noted(notes, 'min_length')} to {_noted(notes, 'max_length')} characters"


def _noted(notes: Sequence[Any], name: str) -> Any:
    return next((value for note in notes if (value := getattr(note, name, None)) is not None), None)


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """By the names that a file has for them."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def listing(names: Sequence[str]) -> str:
    """`a, b or c`."""
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)
