"""Second versions of schemes, as an author might make them: any changes of any indicators, and points that add up."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from rubric.authoring.placeholders import placeholder_text
from rubric.authoring.skeleton import skeleton_files
from rubric.model.fractions import format_exact
from rubric.model.scheme import Scheme
from tests.properties.generated_schemes import LOCALES

Value = dict[str, Any]
KINDS = ("renumbered", "split", "merged", "reworded", "retyped", "retired")


@st.composite
def second_versions(draw: st.DrawFn, first: Scheme) -> Scheme:
    """Version 2 of a scheme; indicators that conditions, grades or figures speak of stay as they are."""
    value = first.model_dump(mode="json", exclude_none=True, by_alias=True)
    free = [item["id"] for item in value["indicators"] if _is_free(item, value)]
    changes: list[Value] = []
    for name in draw(st.lists(st.sampled_from(free), min_size=1, unique=True)) if free else []:
        items = {item["id"]: item for item in value["indicators"]}
        if name in items:  # else it was merged into another one just now
            neighbours = [each for each in free if each in items and _beside(items[name], items[each])]
            change = draw(_changes(items[name], neighbours))
            value["indicators"] = list(_changed(value["indicators"], change))
            changes.append(change)
            free = [each for each in free if each not in _named(change)]
    return Scheme.model_validate(value | {"version": "2", "changes": changes})


def _is_free(item: Value, value: Value) -> bool:
    spoken_of = str([each.get("asked_if") for each in value["indicators"]]) + str(
        [band.get("needs") for band in value["grades"]]
    )
    return "requires" not in item and f"'{item['id']}'" not in spoken_of


def _beside(one: Value, other: Value) -> bool:
    return bool(one["id"] != other["id"] and one["group"] == other["group"])


def _named(change: Value) -> set[str]:
    """The ids of the version before that have their change by now."""
    named = change.get("from", change.get("id"))
    return {*named} if isinstance(named, list) else {str(named)}


@st.composite
def _changes(draw: st.DrawFn, item: Value, neighbours: Sequence[str]) -> Value:
    """One change of this indicator that its neighbours allow."""
    name = item["id"]
    kind = draw(st.sampled_from([one for one in KINDS if neighbours or one not in {"merged", "retired"}]))
    change: Value = {"kind": kind, "source": "body"}
    match kind:
        case "renumbered":
            change |= {"from": name, "to": f"{name}n"}
        case "split":
            answers = draw(st.sampled_from(["kept", "asked_again"]))
            change |= {"from": name, "to": [f"{name}a", f"{name}b"], "answers": answers}
        case "merged":
            change |= {"from": [name, draw(st.sampled_from(neighbours))], "to": f"{name}m"}
        case "reworded":
            change |= {"id": name, "answers": draw(st.sampled_from(["kept", "asked_again"]))}
        case _:
            change |= {"id": name}
    return change


def _changed(items: Sequence[Value], change: Value) -> Iterator[Value]:
    """The indicators after the change; the points of one that is gone go to the next in its group."""
    gone = _named(change)
    points = sum((Fraction(item["points"]["value"]) for item in items if item["id"] in gone), Fraction(0))
    first = next(item for item in items if item["id"] in gone)
    heir = next((item["id"] for item in items if _beside(first, item)), "")
    for item in items:
        match change["kind"]:
            case "renumbered" if item["id"] in gone:
                yield item | {"id": change["to"]}
            case "split" if item["id"] in gone:
                yield from (_worth(item | {"id": name}, points / 2) for name in change["to"])
            case "merged" if item["id"] in gone:
                if item is first:
                    yield _worth(item | {"id": change["to"]}, points)
            case "retyped" if item["id"] in gone:
                other = "sampled" if item["type"] == "qualitative" else "qualitative"
                yield item | {"type": other}
            case "retired" if item["id"] in gone:
                continue
            case "retired" if item["id"] == heir:
                yield _worth(item, Fraction(item["points"]["value"]) + points)
            case _:
                yield item


def _worth(item: Value, points: Fraction) -> Value:
    return item | {"points": item["points"] | {"value": format_exact(points)}}


def published(second: Scheme, root: Path) -> None:
    """Put version 2 beside version 1, which stands in the folder already, its new words behind those there."""
    folder = root / second.id
    texts = [placeholder_text(second, locale) for locale in LOCALES]
    for name, text in skeleton_files(second, texts).items():
        path = folder / name
        if path.parent == folder:
            path.write_text(text, encoding="utf-8")
            continue
        words, new = (yaml.safe_load(one) for one in (path.read_text(encoding="utf-8"), text))
        for key, said in new["indicators"].items():
            words["indicators"][key] = words["indicators"].get(key, {}) | said
        path.write_text(yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")
