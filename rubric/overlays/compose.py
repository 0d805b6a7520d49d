"""A scheme with overlays applied; the order of the overlays does not matter.

It works on the plain values of the files and keeps the file and line of every part, so that a fault is reported where
the author can fix it.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from rubric.overlays.changes import UNKNOWN_VALUE, FieldChange, Origin, as_mapping, field_changes, get_value
from rubric.overlays.model import Additions
from rubric.parsing.document import YamlDocument, YamlPath, YamlValue
from rubric.parsing.faults import Fault, FaultsFoundError

_LISTS = ("figures", "plausibility", "eligibility", "groups", "indicators", "grades")
_KEYS = {"grades": "grade"}


@dataclass(slots=True)
class ComposedDocument(YamlDocument):
    """The composed value; a fault is reported in the file that the part comes from."""

    origins: dict[YamlPath, Origin] = field(default_factory=dict)
    base: YamlDocument = field(default_factory=lambda: YamlDocument(path=None))  # type: ignore[arg-type]

    def find_origin(self, where: YamlPath) -> Origin:
        """Return the file and place of the part at `where`; a changed part of the scheme comes from the overlay.

        A part of the scheme's own in which something was changed comes from where that was done.
        """
        for end in range(len(where), 0, -1):
            if where[:end] in self.origins:
                document, there = self.origins[where[:end]]
                return self._changed_in(where) or (document, (*there, *where[end:]))
        return self._changed_in(where) or (self.base, where)

    def _changed_in(self, where: YamlPath) -> Origin | None:
        inside = (
            (document, there[: len(where) - len(each)])
            for each, (document, there) in self.origins.items()
            if len(each) > len(where) > 1 and each[: len(where)] == where and document is not self.base
        )
        return next(inside, None)

    def position_of(self, where: YamlPath) -> tuple[int, int]:
        document, there = self.find_origin(where)
        return document.position_of(there)

    def fault_at(self, where: YamlPath, code: str, message: str) -> Fault:
        document, there = self.find_origin(where)
        return document.fault_at(there, code, message)


def compose(base: YamlDocument, overlays: Sequence[YamlDocument]) -> ComposedDocument:
    """Apply `overlays` to the valid document `base`.

    A faulty change is not guessed at: everything it may be about becomes a value that no scheme can have.
    Raises FaultsFoundError where two overlays give one field different values; the fault names both places.
    """
    value: dict[str, Any] = deepcopy(as_mapping(base.value))
    whole = ComposedDocument(base.path, value, base.positions, base=base)
    for part in _LISTS:
        _record_origins(whole, part, [(base, (part, place)) for place in range(len(value.get(part, [])))])
    for overlay in sorted(overlays, key=lambda each: str(get_value(each.value, "id"))):
        _add_parts(whole, overlay)
    for change in _unique_changes(change for overlay in overlays for change in field_changes(overlay)):
        _apply(whole, change)
    return whole


def _unique_changes(changes: Iterable[FieldChange]) -> list[FieldChange]:
    """Return one change per field; equal changes count once."""
    found: dict[tuple[str, ...], FieldChange] = {}
    faults = []
    for change in sorted(changes, key=lambda each: each.place):
        other = found.setdefault(change.target, change)
        if other.value != change.value:
            document, where = change.origin
            message = f"'{'.'.join(change.target)}' is given another value at {other.place}; the two cannot go together"
            faults.append(document.fault_at(where, "conflict", message))
    if faults:
        raise FaultsFoundError(faults)
    return list(found.values())


def _apply(whole: ComposedDocument, change: FieldChange) -> None:
    """Set the value of one field; an unknown id is skipped, since the overlay's check reports it."""
    here: Any = whole.value
    steps: YamlPath = ()
    for step in change.target[:-1]:
        if isinstance(here, list):
            place = _index_of(here, str(steps[-1]), step)
            if place is None:
                return
            here, steps = here[place], (*steps, place)
        elif isinstance(here, dict):
            here, steps = here.setdefault(step, {}), (*steps, step)
    last = change.target[-1]
    if isinstance(here, dict):
        here[last] = UNKNOWN_VALUE if _must_stay(change.target, here) else change.value
        whole.origins[*steps, last] = change.origin


def _must_stay(target: tuple[str, ...], part: Mapping[str, YamlValue]) -> bool:
    """Return whether this is the points of a top-level group; the overlay's check reports such a change."""
    return target[0] == "groups" and target[-1] == "points" and "parent" not in part


def _index_of(items: list[Any], part: str, name: str) -> int | None:
    key = _KEYS.get(part, "id")
    return next((place for place, each in enumerate(items) if get_value(each, key) == name), None)


def _add_parts(whole: ComposedDocument, overlay: YamlDocument) -> None:
    """Append the overlay's additions to the scheme's parts."""
    added = as_mapping(get_value(overlay.value, "add"))
    for part in Additions.model_fields:
        items = added.get(part)
        for number, item in enumerate(items if isinstance(items, list) else []):
            _insert(whole, part, item, (overlay, ("add", part, number)))


def _insert(whole: ComposedDocument, part: str, item: YamlValue, origin: Origin) -> None:
    value = as_mapping(whole.value)
    items: Any = value.setdefault(part, [])
    at = _insert_index(part, items, item)
    places = [whole.origins[part, place] for place in range(len(items))]
    items.insert(at, deepcopy(item))
    places.insert(at, origin)
    _record_origins(whole, part, places)


def _insert_index(part: str, items: Sequence[YamlValue], item: YamlValue) -> int:
    """Indicators go behind all of their group, grades behind those with a lower cut, all else behind everything."""
    if part == "indicators":
        same = [
            place for place, each in enumerate(items) if get_value(each, "group") == get_value(item, "group")
        ]
        return same[-1] + 1 if same else len(items)
    if part == "grades":
        return sum(_threshold_of(each) <= _threshold_of(item) for each in items)
    return len(items)


def _threshold_of(band: YamlValue) -> Decimal:
    """Return the threshold of a grade, 0 where it is not a number."""
    try:
        cut = Decimal(str(get_value(band, "at_least")))
    except InvalidOperation:
        return Decimal(0)
    return cut if cut.is_finite() else Decimal(0)


def _record_origins(whole: ComposedDocument, part: str, places: Sequence[Origin]) -> None:
    whole.origins.update({(part, place): origin for place, origin in enumerate(places)})
