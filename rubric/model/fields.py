"""What every part of a scheme file is made of: ids, numbers, and the mark that says how sure a value is."""

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
    """How sure a value is: published text, recalled, ours, or a certification body's own rule."""

    STANDARD = "standard"
    MEMORY = "memory"
    PROPOSED = "proposed"
    BODY = "body"


def _parse_switch(value: object) -> object:
    """What is written as text is yes or no and nothing else: `on`, `y` and `1` are slips as likely as not."""
    if not isinstance(value, str):
        return value
    if value not in SWITCH_WORDS:
        raise PydanticCustomError("switch", "yes or no")
    return SWITCH_WORDS[value]


SWITCH_WORDS = {"yes": True, "no": False, "true": True, "false": False}
Switch = Annotated[bool, BeforeValidator(_parse_switch)]


class SchemePart(BaseModel):
    """A part of a scheme: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", ignored_types=(cached_property,), serialize_by_alias=True
    )


class MarkedNumber(SchemePart):
    value: Number
    source: Source


class MarkedSwitch(SchemePart):
    value: Switch
    source: Source
