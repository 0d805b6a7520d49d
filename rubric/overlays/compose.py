"""A scheme with overlays laid over it: a set of them, so that the order in which they are named means nothing.

It is done on the plain values of the files, and every part of the result knows the file and line it comes from: what
is wrong with the whole is told where somebody can put it right.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from rubric.document import Document, Value, Where
from rubric.faults import Fault, FaultsFoundError

Origin: TypeAlias = tuple[Document, Where]
_LISTS = ("figures", "plausibility", "eligibility", "groups", "indicators", "grades")
_KEYS = {"grades": "grade"}
_WHOLE = ("special_deductions", "bonus")
_LEAVES = {"settings"}  # of a change: replaced entry by entry rather than as a whole


@dataclass(slots=True)
class Composed(Document):
    """The value of the whole; a fault in it is one of the file that the faulty part comes from."""

    origins: dict[Where, Origin] = field(default_factory=dict)
    base: Document = field(default_factory=lambda: Document(path=None))  # type: ignore[arg-type]

    def origin(self, where: Where) -> Origin:
        """The file that the nearest part around `where` comes from, and its place there."""
        for end in range(len(where), 0, -1):
            if where[:end] in self.origins:
                document, there = self.origins[where[:end]]
                return document, (*there, *where[end:])
        return self.base, where

    def place(self, where: Where) -> tuple[int, int]:
        document, there = self.origin(where)
        return document.place(there)

    def fault(self, where: Where, code: str, message: str) -> Fault:
        document, there = self.origin(where)
        return document.fault(there, code, message)


@dataclass(frozen=True, slots=True)
class _Change:
    """One field of the scheme that an overlay gives another value: where in the scheme, by ids."""

    target: tuple[str, ...]
    value: Value
    origin: Origin

    @property
    def place(self) -> str:
        document, where = self.origin
        line, column = document.place(where)
        return f"{document.path}:{line}:{column}"


def compose(base: Document, overlays: Sequence[Document]) -> Composed:
    """`base` with `overlays` over it, all of the right form.

    Raises FaultsFoundError where two of them give one field two values; each such fault names both places.
    """
    value: dict[str, Any] = deepcopy(_mapping(base.value))
    whole = Composed(base.path, value, base.places, base=base)
    for part in _LISTS:
        _note_places(whole, part, [(base, (part, place)) for place in range(len(value.get(part, [])))])
    for overlay in sorted(overlays, key=lambda each: str(_get(each.value, "id"))):
        _add(whole, overlay)
    for change in _agreed(change for overlay in overlays for change in _changes(overlay)):
        _apply(whole, change)
    return whole


def _agreed(changes: Iterable[_Change]) -> list[_Change]:
    """One change a field; two that say the same are one."""
    found: dict[tuple[str, ...], _Change] = {}
    faults = []
    for change in sorted(changes, key=lambda each: each.place):
        other = found.setdefault(change.target, change)
        if other.value != change.value:
            document, where = change.origin
            message = f"'{'.'.join(change.target)}' is given another value at {other.place}; the two cannot go together"
            faults.append(document.fault(where, "conflict", message))
    if faults:
        raise FaultsFoundError(faults)
    return list(found.values())


def _changes(overlay: Document) -> Iterator[_Change]:
    """Every field that the overlay gives a value, list parts by id."""
    change = _mapping(_get(overlay.value, "change"))
    for part, changed in change.items():
        if part in _WHOLE:
            yield _Change((part,), changed, (overlay, ("change", part)))
            continue
        for name, fields in _mapping(changed).items():
            yield from _fields((part, name), fields, overlay, ("change", part, name))
    for part, figures in _mapping(_get(overlay.value, "lifecycle")).items():
        yield from _fields(("lifecycle", part), figures, overlay, ("lifecycle", part))


def _fields(target: tuple[str, ...], fields: Value, overlay: Document, where: Where) -> Iterator[_Change]:
    for key, value in _mapping(fields).items():
        if key in _LEAVES:
            yield from _fields((*target, key), value, overlay, (*where, key))
        elif key != "source" or target[0] != "lifecycle":
            yield _Change((*target, key), value, (overlay, (*where, key)))


def _apply(whole: Composed, change: _Change) -> None:
    """Put the value into its place; an id that the scheme does not have was told by the overlay's own check."""
    value, where = _mapping(whole.value), ()
    here: Any = value
    steps: Where = where
    for step in change.target[:-1]:
        if isinstance(here, list):
            place = _place_of(here, str(steps[-1]), step)
            if place is None:
                return
            here, steps = here[place], (*steps, place)
        else:
            here, steps = here.setdefault(step, {}), (*steps, step)
    last = change.target[-1]
    here[last] = change.value
    whole.origins[*steps, last] = change.origin


def _place_of(items: list[Any], part: str, name: str) -> int | None:
    key = _KEYS.get(part, "id")
    return next((place for place, each in enumerate(items) if _get(each, key) == name), None)


def _add(whole: Composed, overlay: Document) -> None:
    """Put what the overlay asks as well behind what is there."""
    added = _mapping(_get(overlay.value, "add"))
    for part, items in added.items():
        for number, item in enumerate(items if isinstance(items, list) else []):
            _insert(whole, part, item, (overlay, ("add", part, number)))


def _insert(whole: Composed, part: str, item: Value, origin: Origin) -> None:
    value = _mapping(whole.value)
    items: Any = value.setdefault(part, [])
    at = _behind(part, items, item)
    places = [whole.origins[part, place] for place in range(len(items))]
    items.insert(at, deepcopy(item))
    places.insert(at, origin)
    _note_places(whole, part, places)


def _behind(part: str, items: Sequence[Value], item: Value) -> int:
    """Indicators go behind all of their group, grades behind those with a lower cut, all else behind everything."""
    if part == "indicators":
        same = [place for place, each in enumerate(items) if _get(each, "group") == _get(item, "group")]
        return same[-1] + 1 if same else len(items)
    if part == "grades":
        return sum(_cut(each) <= _cut(item) for each in items)
    return len(items)


def _cut(band: Value) -> Decimal:
    return Decimal(str(_get(band, "at_least")))


def _note_places(whole: Composed, part: str, places: Sequence[Origin]) -> None:
    whole.origins.update({(part, place): origin for place, origin in enumerate(places)})


def _mapping(value: Value | None) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def _get(value: Value | None, key: str) -> Value | None:
    return value.get(key) if isinstance(value, dict) else None
