"""Files with faults that are known, spoilt in any one place: what is told then of the others."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from rubric.parsing.document import YamlPath
from rubric.parsing.faults import Fault

FORM = {"value", "missing", "unknown_key"}


@dataclass(frozen=True)
class Known:
    """A fault of meaning that a file has, and the place that it hangs on."""

    code: str
    says: str
    on: YamlPath

    def is_among(self, faults: list[Fault]) -> bool:
        return any(fault.code == self.code and self.says in fault.message for fault in faults)

    def touches(self, where: YamlPath) -> bool:
        """Whether one of the two places lies in the other."""
        shared = min(len(where), len(self.on))
        return where[:shared] == self.on[:shared]


def places(value: Any, where: YamlPath = ()) -> Iterator[YamlPath]:
    """Every place in a file's value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*where, key)
        yield from places(each, (*where, key))


def spoilt(whole: Any, where: YamlPath, *, key: bool) -> Any:
    """A copy with a value there that nothing takes, or with a key there that nobody knows."""
    value = deepcopy(whole)
    holder = value
    for step in where[:-1]:
        holder = holder[step]
    if key:
        holder[f"zz{where[-1]}"] = holder.pop(where[-1])
    else:
        holder[where[-1]] = "?!"
    return value


def told_there(faults: list[Fault], where: YamlPath, *, key: bool) -> bool:
    """Whether a fault of form lies at the spoilt place or around it."""
    here = (*where[:-1], f"zz{where[-1]}") if key else where
    return any(fault.code in FORM and here[: len(fault.where)] == fault.where for fault in faults)
