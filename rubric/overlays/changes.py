"""What an overlay changes, field by field; of what it says wrongly, all that may have been meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import BaseModel

from rubric.overlays.model import (
    Additions,
    BandChange,
    Changes,
    EligibilityChange,
    GroupChange,
    IndicatorChange,
    Overlay,
)
from rubric.parsing.document import Document, Value, Where
from rubric.parsing.validation import maybe_meant

Origin: TypeAlias = tuple[Document, Where]
"""A file and a place in it."""
_CHANGED: dict[str, type[BaseModel]] = {
    "groups": GroupChange,
    "indicators": IndicatorChange,
    "eligibility": EligibilityChange,
    "grades": BandChange,
}
_LEAVES = {"settings"}  # of a change: replaced entry by entry rather than as a whole
ANYTHING = "?"
"""Stands where it is not known what an overlay means; no part of a scheme takes it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of the scheme that an overlay gives another value: where in the scheme, by ids."""

    target: tuple[str, ...]
    value: Value
    origin: Origin

    @property
    def place(self) -> str:
        document, where = self.origin
        line, column = document.place(where)
        return f"{document.path}:{line}:{column}"


def changes_of(overlay: Document) -> Iterator[Change]:
    """Every field that the overlay gives a value, list parts by id."""
    unclear = _unclear(overlay.value, Overlay)
    added, change = (
        ANYTHING if section in unclear else get(overlay.value, section) for section in ("add", "change")
    )
    yield from _unclear_parts(added, overlay)
    for part in _unclear(change, Changes):
        yield Change((part,), ANYTHING, (overlay, ("change",)))
    for part, changed in mapping(change).items():
        if part in Changes.model_fields:
            yield from _of_part(part, changed, overlay)
    for part, figures in mapping(get(overlay.value, "lifecycle")).items():
        yield from _fields(("lifecycle", part), figures, overlay, ("lifecycle", part))


def _of_part(part: str, changed: Value, overlay: Document) -> Iterator[Change]:
    model, where = _CHANGED.get(part), ("change", part)
    if model is None:
        yield Change((part,), changed, (overlay, where))
    elif not isinstance(changed, dict):
        yield Change((part,), ANYTHING, (overlay, where))
    else:
        for name, fields in changed.items():
            known = {key: value for key, value in mapping(fields).items() if key in model.model_fields}
            yield from _fields((part, name), known, overlay, (*where, name))
            for key in _unclear(fields, model):
                yield Change((part, name, key), ANYTHING, (overlay, (*where, name)))


def _unclear_parts(added: Value | None, overlay: Document) -> Iterator[Change]:
    """Lists of which it is not known what is added to them."""
    for part in _unclear(added, Additions):
        yield Change((part,), ANYTHING, (overlay, ("add",)))
    for part, items in mapping(added).items():
        if part in Additions.model_fields and not isinstance(items, list):
            yield Change((part,), ANYTHING, (overlay, ("add", part)))


def _unclear(value: Value | None, model: type[BaseModel]) -> list[str]:
    """The keys that something else may have been meant for: a key that is none, or what is no mapping at all."""
    known = model.model_fields
    if value is None:
        return []
    if not isinstance(value, dict):
        return list(known)
    absent = [key for key in known if key not in value]
    return [key for name in value.keys() - known.keys() for key in maybe_meant(name, absent)]


def _fields(target: tuple[str, ...], fields: Value, overlay: Document, where: Where) -> Iterator[Change]:
    for key, value in mapping(fields).items():
        if key in _LEAVES:
            yield from _fields((*target, key), value, overlay, (*where, key))
        elif key != "source" or target[0] != "lifecycle":
            yield Change((*target, key), value, (overlay, (*where, key)))


def mapping(value: Value | None) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def get(value: Value | None, key: str) -> Value | None:
    return value.get(key) if isinstance(value, dict) else None
