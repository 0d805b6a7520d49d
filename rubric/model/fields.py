"""The field types of scheme files: ids, numbers, switches, and the source of a value."""

from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

IDENTIFIER_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,63}$"
Identifier = Annotated[
    str,
    Field(
        pattern=IDENTIFIER_PATTERN,
        description="an id of a-z, 0-9, '.', '_' and '-' (at most 64, a letter or digit first)",
    ),
]
Number = Annotated[Decimal, Field(ge=0, le=1000, max_digits=12, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=10_000)]


class Source(StrEnum):
    """Where a value comes from: the standard, memory of it, our proposal, or a certification body."""

    STANDARD = "standard"
    MEMORY = "memory"
    PROPOSED = "proposed"
    BODY = "body"


def _parse_switch(value: object) -> object:
    """Accept yes, no, true and false only; `on`, `y` and `1` are probably mistakes."""
    if not isinstance(value, str):
        return value
    if value not in SWITCH_WORDS:
        raise PydanticCustomError("switch", "yes or no")
    return SWITCH_WORDS[value]


SWITCH_WORDS = {"yes": True, "no": False, "true": True, "false": False}
Switch = Annotated[bool, BeforeValidator(_parse_switch)]


class SchemePart(BaseModel):
    """The base of every model of a file: frozen, and without unknown keys."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", ignored_types=(cached_property,), serialize_by_alias=True
    )


class MarkedNumber(SchemePart):
    value: Number
    source: Source


class MarkedSwitch(SchemePart):
    value: Switch
    source: Source
