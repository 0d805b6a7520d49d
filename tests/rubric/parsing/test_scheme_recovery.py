"""A scheme with faults of every kind, spoilt in any one place: all that does not hang on that place is told."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric.check.command import check_paths
from rubric.parsing.document import YamlPath, read_document
from rubric.parsing.faults import Fault
from tests.rubric.fault_injection import FORM, Known, places, spoilt, told_there

EVERYTHING = Path(__file__).parents[2] / "schemes" / "everything"
KNOWN = (
    Known("sum", "'a.2' has 30", ("groups", 4, "points")),
    Known("condition", "'a.1.1.2' has points", ("indicators", 3, "asked_if")),
    Known("condition", "600 is more than 'at_most'", ("indicators", 8, "asked_if", "any", 0)),
    Known("unknown_indicator", "'a.1.1.9' is unknown", ("grades", 0, "needs")),
    Known("grades_order", "more than 96", ("grades", 2, "at_least")),
    Known("months", "1 is less than opens_months", ("lifecycle", "surveillance", "due_months")),
)


def faulty() -> Any:
    value: Any = read_document(EVERYTHING / "1.yaml").value
    indicators = {one["id"]: one for one in value["indicators"]}
    indicators["a.2.1"]["points"]["value"] = "11"
    indicators["a.1.2.2"]["asked_if"] = {"indicator": "a.1.1.2", "is_not": ["unmet"]}
    indicators["b.2"]["asked_if"]["any"][0]["at_least"] = "600"
    value["grades"][0]["needs"] = ["a.1.1.9"]
    value["grades"][1]["at_least"] = "96"
    value["lifecycle"]["surveillance"]["due_months"] = "1"
    return value


WHOLE = faulty()


def told(root: Path, value: Any) -> list[Fault]:
    shutil.copytree(EVERYTHING, root / "everything")
    version = root / "everything" / "1.yaml"
    version.write_text(yaml.safe_dump(value, sort_keys=False), encoding="utf-8")
    return check_paths([version])


def unclear_groups(where: YamlPath) -> bool:
    """Which indicators and groups lie in which group, or what those in question are called and worth."""
    if where[0] == "groups":
        return len(where) < 3 or where[2] in {"id", "parent"}
    return where[0] == "indicators" and (
        len(where) < 3 or where[2] == "group" or (where[1] in {4, 5} and where[2] in {"id", "points"})
    )


def unclear_ids(where: YamlPath) -> bool:
    return where[0] == "indicators" and (len(where) < 3 or where[2] == "id")


def asked_about(where: YamlPath) -> bool:
    """The indicator whose points make that it may not be asked about."""
    return where[:2] == ("indicators", 1) and (len(where) < 3 or where[2] in {"id", "points"})


HANGS: Mapping[str, Callable[[YamlPath], bool]] = {
    "sum": unclear_groups,
    "condition": asked_about,
    "unknown_indicator": unclear_ids,
    "grades_order": lambda where: where[:2] == ("grades", 1),
    "months": lambda where: where[:3] == ("lifecycle", "surveillance", "opens_months"),
}


def test_the_scheme_has_the_faults_that_are_known(tmp_path: Path) -> None:
    found = told(tmp_path, WHOLE)
    assert len(found) == len(KNOWN)
    assert all(each.is_among(found) for each in KNOWN)


@settings(max_examples=100)
@given(where=st.sampled_from(list(places(WHOLE))), key=st.booleans())
def test_whatever_is_spoilt_all_faults_elsewhere_are_told_and_none_is_made_up(
    tmp_path_factory: pytest.TempPathFactory, where: YamlPath, key: bool
) -> None:
    key = key and isinstance(where[-1], str) and where[-2:-1] != ("settings",)
    found = told(tmp_path_factory.mktemp("it"), spoilt(WHOLE, where, key=key))
    for known in KNOWN:
        whole_list = len(where) == 1 and HANGS[known.code]((*where, 1))
        assert known.is_among(found) or known.touches(where) or HANGS[known.code](where) or whole_list, known
    for fault in found:
        assert fault.code in FORM or any(known.is_among([fault]) for known in KNOWN), fault
    assert told_there(found, where, key=key), found
