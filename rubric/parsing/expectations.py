"""Descriptions, in English, of the values that a model allows at a place."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from rubric.parsing.document import YamlPath
from rubric.parsing.field_types import (
    choices_of,
    field_types_at,
    fields_of,
    find_constraint,
    is_model,
    union_members,
)


def describe_allowed(model: type[BaseModel], where: YamlPath) -> str:
    """Describe the values allowed at `where` in `model`, as in `a whole number from 1 to 3`."""
    said = [_describe(*kind) for kind in field_types_at(model, where)]
    return " or ".join(dict.fromkeys(said)) or "left out"


def _describe(kind: Any, notes: Sequence[Any]) -> str:
    described = find_constraint(notes, "description")
    if described is not None:
        return str(described)
    if (choices := choices_of(kind)) is not None:
        return join_alternatives(choices)
    if get_origin(kind) is tuple:
        return _describe_list(get_args(kind)[0], notes)
    if get_origin(kind) is dict:
        return f"a mapping, each of its values {_describe_options(get_args(kind)[1])}"
    if is_model(kind):
        return _describe_mapping(kind)
    return _describe_scalar(kind, notes)


def _describe_mapping(model: type[BaseModel]) -> str:
    needed = [key for key, field in fields_of(model).items() if field.is_required()]
    optional = [key for key, field in fields_of(model).items() if not field.is_required()]
    may_have = f" (it may have {', '.join(optional)})" if optional else ""
    return f"a mapping with the keys {', '.join(needed)}{may_have}"


def _describe_list(item: Any, notes: Sequence[Any]) -> str:
    least, most = find_constraint(notes, "min_length"), find_constraint(notes, "max_length")
    number = (
        f" of exactly {least}" if least is not None and least == most else " of at least one" if least else ""
    )
    return f"a list{number} ([a, b] or one '- …' a line), each item {_describe_options(item)}"


def _describe_options(annotation: Any) -> str:
    return " or ".join(dict.fromkeys(_describe(*kind) for kind in union_members(annotation, ())))


def _describe_scalar(kind: Any, notes: Sequence[Any]) -> str:
    if kind is bool:
        return "yes or no"
    if kind in (int, Decimal):
        name = "a whole number" if kind is int else "a number"
        digits = find_constraint(notes, "max_digits")
        most = f" of at most {digits} digits" if digits else ""
        return f"{name} from {find_constraint(notes, 'ge')} to {find_constraint(notes, 'le')}{most}"
    return (
        f"text of {find_constraint(notes, 'min_length')} to {find_constraint(notes, 'max_length')} characters"
    )


def join_alternatives(names: Sequence[str]) -> str:
    """Join words as in `a, b or c`."""
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)
