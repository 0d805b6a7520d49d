"""The fields that an overlay changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import BaseModel

from rubric.overlays.model import (
    Additions,
    Changes,
    EligibilityChange,
    GradeBandChange,
    GroupChange,
    IndicatorChange,
    Overlay,
)
from rubric.parsing.document import YamlDocument, YamlPath, YamlValue
from rubric.parsing.validation import possible_names

Origin: TypeAlias = tuple[YamlDocument, YamlPath]
"""A file and a place in it."""
_CHANGED: dict[str, type[BaseModel]] = {
    "groups": GroupChange,
    "indicators": IndicatorChange,
    "eligibility": EligibilityChange,
    "grades": GradeBandChange,
}
_LEAVES = {"settings"}  # of a change: replaced entry by entry rather than as a whole
UNKNOWN_VALUE = "?"
"""(constant doc) The value of a field whose change is unclear; no part of a scheme accepts it."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of the scheme that an overlay gives another value: where in the scheme, by ids."""

    target: tuple[str, ...]
    value: YamlValue
    origin: Origin

    @property
    def place(self) -> str:
        document, where = self.origin
        line, column = document.position_of(where)
        return f"{document.path}:{line}:{column}"


def field_changes(overlay: YamlDocument) -> Iterator[FieldChange]:
    """Every field that the overlay gives a value, list parts by id."""
    unclear = _unclear_keys(overlay.value, Overlay)
    added, change = (
        UNKNOWN_VALUE if section in unclear else get_value(overlay.value, section)
        for section in ("add", "change")
    )
    yield from _unclear_parts(added, overlay)
    for part in _unclear_keys(change, Changes):
        yield FieldChange((part,), UNKNOWN_VALUE, (overlay, ("change",)))
    for part, changed in as_mapping(change).items():
        if part in Changes.model_fields:
            yield from _part_changes(part, changed, overlay)
    for part, figures in as_mapping(get_value(overlay.value, "lifecycle")).items():
        yield from _changes_in(("lifecycle", part), figures, overlay, ("lifecycle", part))


def _part_changes(part: str, changed: YamlValue, overlay: YamlDocument) -> Iterator[FieldChange]:
    model, where = _CHANGED.get(part), ("change", part)
    if model is None:
        yield FieldChange((part,), changed, (overlay, where))
    elif not isinstance(changed, dict):
        yield FieldChange((part,), UNKNOWN_VALUE, (overlay, where))
    else:
        for name, fields in changed.items():
            known = {key: value for key, value in as_mapping(fields).items() if key in model.model_fields}
            yield from _changes_in((part, name), known, overlay, (*where, name))
            for key in _unclear_keys(fields, model):
                yield FieldChange((part, name, key), UNKNOWN_VALUE, (overlay, (*where, name)))


def _unclear_parts(added: YamlValue | None, overlay: YamlDocument) -> Iterator[FieldChange]:
    """Lists of which it is not known what is added to them."""
    for part in _unclear_keys(added, Additions):
        yield FieldChange((part,), UNKNOWN_VALUE, (overlay, ("add",)))
    for part, items in as_mapping(added).items():
        if part in Additions.model_fields and not isinstance(items, list):
            yield FieldChange((part,), UNKNOWN_VALUE, (overlay, ("add", part)))


def _unclear_keys(value: YamlValue | None, model: type[BaseModel]) -> list[str]:
    """Return the keys that an unknown key may have been meant for; all where the value is no mapping."""
    known = model.model_fields
    if value is None:
        return []
    if not isinstance(value, dict):
        return list(known)
    absent = [key for key in known if key not in value]
    return [key for name in value.keys() - known.keys() for key in possible_names(name, absent)]


def _changes_in(
    target: tuple[str, ...], fields: YamlValue, overlay: YamlDocument, where: YamlPath
) -> Iterator[FieldChange]:
    for key, value in as_mapping(fields).items():
        if key in _LEAVES:
            yield from _changes_in((*target, key), value, overlay, (*where, key))
        elif key != "source" or target[0] != "lifecycle":
            yield FieldChange((*target, key), value, (overlay, (*where, key)))


def as_mapping(value: YamlValue | None) -> dict[str, YamlValue]:
    return value if isinstance(value, dict) else {}


def get_value(value: YamlValue | None, key: str) -> YamlValue | None:
    return value.get(key) if isinstance(value, dict) else None
