"""The ids and properties of a scheme that its texts depend on, read from the plain value of a version file.

Read from a version file's plain value rather than from its model, so that one wrong number in the structure
does not hide what is wrong with the words. What cannot be made out is None, and is not compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rubric.model.indicators import IndicatorType
from rubric.parsing.document import YamlValue
from rubric.scoring.scorecard import FAIL

_LISTS = {
    "groups": ("groups", "id"),
    "grades": ("grades", "grade"),
    "eligibility": ("eligibility", "id"),
    "figures": ("figures", "id"),
    "indicators": ("indicators", "id"),
}
ID_SECTIONS = (*_LISTS, "deductions")


@dataclass(frozen=True, slots=True)
class SchemeOutline:
    """The ids by section of the text file; `sampled` and `settings` as far as they could be read."""

    ids: Mapping[str, Sequence[str] | None]
    sampled: Mapping[str, bool]
    settings: Mapping[str, frozenset[str]]


def build_outline(value: YamlValue) -> SchemeOutline:
    """Return the outline of a version file, which need not be valid."""
    ids = {section: list_ids(value, *place) for section, place in _LISTS.items()}
    grades = ids["grades"]
    return SchemeOutline(
        ids={
            **ids,
            "grades": None if grades is None else [*grades, FAIL],
            "deductions": _all_strings(_items(_get(value, "special_deductions"), "kinds")),
        },
        sampled={
            key: kind == IndicatorType.SAMPLED
            for each in _items(value, "indicators") or []
            if isinstance(key := _get(each, "id"), str)
            and (kind := _get(each, "type")) in list(IndicatorType)
        },
        settings={
            key: frozenset(settings)
            for each in _items(value, "eligibility") or []
            if isinstance(key := _get(each, "id"), str)
            and isinstance(settings := _get(each, "settings", {}), dict)
        },
    )


def list_ids(value: YamlValue | None, part: str, key: str) -> list[str] | None:
    """Return the values of `key` in the items of a list; None where they cannot be read."""
    items = _items(value, part)
    return None if items is None else _all_strings([_get(item, key) for item in items])


def _all_strings(values: Sequence[YamlValue | None] | None) -> list[str] | None:
    if values is None:
        return None
    texts = [item for item in values if isinstance(item, str)]
    return texts if len(texts) == len(values) else None


def _items(value: YamlValue | None, part: str) -> list[YamlValue] | None:
    found = _get(value, part)
    return found if isinstance(found, list) else None


def _get(value: YamlValue | None, key: str, default: YamlValue | None = None) -> YamlValue | None:
    return value.get(key, default) if isinstance(value, dict) else default
