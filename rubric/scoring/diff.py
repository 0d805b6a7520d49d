"""The differences between two schemes or versions, and what happens to answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rubric.model.changes import VersionChange
from rubric.model.scheme import Scheme
from rubric.model.text_patches import PATCH_SECTIONS
from rubric.model.texts import SchemeText

DifferenceKind = Literal["added", "gone", "changed", "words"]
_LISTS = {"eligibility": "id", "figures": "id", "plausibility": "id", "groups": "id", "grades": "grade"}
_WHOLE = ("special_deductions", "bonus", "rules", "lifecycle")


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference; `what` is a path such as `indicators.5.1.1.1.points.value`."""

    kind: DifferenceKind
    what: str
    before: Any = None
    after: Any = None


def differences(old: Scheme, new: Scheme) -> list[Difference]:
    """Return the differences in structure, indicators first, in the order of the newer scheme."""
    parts = {"indicators": "id", **_LISTS}
    found = [each for part, key in parts.items() for each in _item_differences(part, key, old, new)]
    one, other = old.model_dump(mode="json"), new.model_dump(mode="json")
    return [*found, *(each for part in _WHOLE for each in _value_differences(part, one[part], other[part]))]


def text_differences(old: SchemeText, new: SchemeText) -> list[Difference]:
    """Return the different texts in one locale, for the parts that both schemes have."""
    return [
        Difference("words", f"{new.locale}.{each.what}", each.before, each.after)
        for section in ("title", "short", "about", *PATCH_SECTIONS)
        for each in _value_differences(
            section, _plain_value(getattr(old, section)), _plain_value(getattr(new, section))
        )
        if each.kind == "changed"
    ]


def describe_answer_changes(old: Scheme, new: Scheme, changes: Iterable[VersionChange]) -> dict[str, str]:
    """Return what happens to the answer of each indicator of `old`: kept, asked_again, merged, split, gone."""
    told = {key: "kept" if key in new.indicator_by_id else "gone" for key in old.indicator_by_id}
    for change in changes:
        value: dict[str, Any] = change.model_dump(mode="json")
        sources = value.get("from") or value["id"]
        for source in [sources] if isinstance(sources, str) else sources:
            told[source] = _describe_change(value)
    return {key: word for key, word in told.items() if key in old.indicator_by_id}


def _describe_change(change: Mapping[str, Any]) -> str:
    target = change.get("to")
    to = f" to {target if isinstance(target, str) else ', '.join(target)}" if target else ""
    answers = f", {change['answers']}" if "answers" in change else ""
    return f"{change['kind']}{to}{answers}"


def _item_differences(part: str, key: str, old: Scheme, new: Scheme) -> Iterator[Difference]:
    one = {getattr(each, key): each.model_dump(mode="json") for each in getattr(old, part)}
    other = {getattr(each, key): each.model_dump(mode="json") for each in getattr(new, part)}
    for name, value in other.items():
        if name not in one:
            yield Difference("added", f"{part}.{name}", after=value)
        else:
            yield from _value_differences(f"{part}.{name}", one[name], value)
    for name, value in one.items():
        if name not in other:
            yield Difference("gone", f"{part}.{name}", before=value)


def _value_differences(what: str, old: Any, new: Any) -> Iterator[Difference]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**old, **new}:
            if key not in old:
                yield Difference("added", f"{what}.{key}", after=new[key])
            elif key not in new:
                yield Difference("gone", f"{what}.{key}", before=old[key])
            else:
                yield from _value_differences(f"{what}.{key}", old[key], new[key])
    elif old != new:
        yield Difference("changed", what, old, new)


def _plain_value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain_value(inner) for key, inner in value.items()}
    return value.model_dump() if hasattr(value, "model_dump") else value
