"""One run tells every fault of an overlay and of its words: nothing hides what does not hang on it."""

from collections.abc import Mapping
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
from tests.rubric.overlays.test_compose import marked, question, write
from tests.rubric.overlays.test_texts import QUESTION, words
from tests.rubric.parsing.test_recovery import spoilt as anyhow_spoilt

pytestmark = pytest.mark.slow

Value = Any


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path


def told(own: Path, **parts: Any) -> list[Fault]:
    return check_paths([write(own, "body", **parts).path])


def codes(faults: list[Fault]) -> list[str]:
    return sorted(fault.code for fault in faults)


def points(changes: Mapping[str, str]) -> dict[str, Any]:
    return {key: {"points": marked(value)} for key, value in changes.items()}


class TestAnOverlay:
    def test_a_wrong_weight_in_one_group_hides_no_sum_of_another(self, own: Path) -> None:
        weights = points({"5.1.1.1": "many", "5.2.1.1": "3", "5.3.2.1": "5"})
        found = told(own, change={"indicators": weights})
        assert codes(found) == ["sum", "sum", "value"]
        assert {fault.message.split(" has ")[0] for fault in found if fault.code == "sum"} == {
            "over gbt27922-2011: '5.2.1'",
            "over gbt27922-2011: '5.3.2'",
        }

    @pytest.mark.parametrize(
        "wrong", ["3", {"pionts": marked("4")}, {"points": "4"}, {"points": {"value": "4"}}]
    )
    def test_a_change_that_says_it_wrongly_brings_no_sum_of_its_group(self, own: Path, wrong: Value) -> None:
        groups = points({"5.1.1": "7", "5.1.3": "7"})
        rest = points({"5.1.3.1": "1", "5.2.1.1": "3"})
        found = told(own, change={"groups": groups, "indicators": {"5.1.1.1": wrong, **rest}})
        (summed,) = (fault for fault in found if fault.code not in FORM)
        assert "'5.2.1' has 6" in summed.message
        assert len(found) == 2

    def test_points_at_the_top_hide_no_sum_below(self, own: Path) -> None:
        change = {"groups": points({"5.1": "39"}), "indicators": points({"5.2.1.1": "3"})}
        assert codes(told(own, change=change)) == ["sum", "total"]

    def test_several_wrong_values_of_the_whole_are_told_beside_its_sums(self, own: Path) -> None:
        rule = {"base": "staff", "percent": "10", "minimum": "1", "have": "outlets"}
        sources = {"rounding_source": "body", "partial_source": "body"}
        change = {"indicators": {"5.1.1.1": {"requires": rule | sources}, "5.2.1.1": {"points": marked("3")}}}
        found = told(own, change=change, lifecycle={"suspension": {"grace_days": "many", "source": "body"}})
        assert codes(found) == ["sum", "value", "value"]
        assert {fault.where[:3] for fault in found if fault.code == "value"} == {
            ("change", "indicators", "5.1.1.1"),
            ("lifecycle", "suspension", "grace_days"),
        }


NEVER = {"indicator": "5.1.4.1", "is": ["na"]}
PARTS: Mapping[str, Any] = {
    "provinces": ["34"],
    "add": {"indicators": [question("body.1"), question("body.2", group="5.9")]},
    "change": {
        "groups": {"5.1.1": {"points": marked("7")}, "5.1.3": {"points": marked("7")}},
        "indicators": {
            "5.1.1.1": {"points": marked("4")},
            "5.1.3.1": {"points": marked("1"), "effort": "3"},
            "5.1.4.2": {"asked_if": NEVER},
            "5.2.1.1": {"points": marked("3")},
            "5.3.2.1": {"points": marked("5")},
        },
        "grades": {"4-star": {"at_least": "96", "source": "body"}},
    },
    "lifecycle": {
        "surveillance": {"due_months": "20", "source": "body"},
        "suspension": {"grace_days": "9", "source": "body"},
    },
}
KNOWN = (
    Known("sum", "'5.2.1' has 6", ("change", "indicators", "5.2.1.1")),
    Known("sum", "'5.3.2' has 12", ("change", "indicators", "5.3.2.1")),
    Known("unknown_group", "'5.9' is unknown", ("add", "indicators", 1)),
    Known("condition", "never so: '5.1.4.1'", ("change", "indicators", "5.1.4.2")),
    Known("grades_order", "more than 96", ("change", "grades", "4-star")),
    Known("months", "12 is less than", ("lifecycle", "surveillance")),
)


def hangs(known: Known, where: YamlPath, *, key: bool) -> bool:
    """Whether it cannot be sure while this place is spoilt."""
    if known.touches(where) or where in LISTS[known.code]:
        return True
    section, *rest = where
    if section == "add" and known.code == "sum":
        return len(rest) == 2 or rest[2:] == ["group"]
    return section == "change" and key and len(rest) == 2 and rest[0] in IDS[known.code]


ADDED, CHANGED = {("add",), ("add", "indicators")}, {("change",), ("change", "groups")}
LISTS: Mapping[str, set[YamlPath]] = {
    "sum": ADDED | CHANGED | {("change", "indicators")},
    "condition": ADDED | {("change",), ("change", "indicators")},
    "unknown_group": CHANGED | {("change", "indicators")},
    "grades_order": ADDED | {("change",)},
    "months": set(),
}
"""Where a list of the scheme becomes unclear as a whole."""
IDS: Mapping[str, set[str]] = {
    "sum": {"groups", "indicators"},
    "condition": {"indicators"},
    "grades_order": {"grades"},
    "unknown_group": set(),
    "months": set(),
}
"""Where an unknown id may have been meant for what the fault is about."""


def test_the_overlay_has_the_faults_that_are_known(own: Path) -> None:
    found = told(own, **PARTS)
    assert len(found) == len(KNOWN)
    assert all(each.is_among(found) for each in KNOWN)


@settings(max_examples=100)
@given(where=st.sampled_from(list(places(PARTS))), key=st.booleans())
def test_whatever_is_spoilt_all_faults_elsewhere_are_told_and_none_is_made_up(
    tmp_path_factory: pytest.TempPathFactory, where: YamlPath, key: bool
) -> None:
    key = key and isinstance(where[-1], str)
    found = told(tmp_path_factory.mktemp("own"), **spoilt(PARTS, where, key=key))
    for known in KNOWN:
        assert known.is_among(found) or hangs(known, where, key=key), known
    for fault in found:
        assert fault.code in FORM or any(known.is_among([fault]) for known in KNOWN), fault
    assert told_there(found, where, key=key), found


WORDED: Mapping[str, Any] = {
    "indicators": {"body.1": QUESTION, "body.2": {**QUESTION, "evidence": ["A", "B", "C"]}}
}


@settings(max_examples=60)
@given(data=st.data(), of_words=st.booleans())
def test_nothing_that_an_overlay_says_is_more_than_a_fault(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, of_words: bool
) -> None:
    own = tmp_path_factory.mktemp("own")
    files = {False: write(own, "body", **PARTS).path, True: words(own, "body", **WORDED)}
    value = anyhow_spoilt(data, read_document(files[of_words]).value)
    files[of_words].write_text(yaml.safe_dump(value), encoding="utf-8")
    for fault in check_paths(list(files.values())):
        assert fault.path in files.values()
        assert len(str(fault)) < 2_000


class TestItsWords:
    def test_a_wrong_value_of_the_overlay_hides_nothing_of_its_words(self, own: Path) -> None:
        added = [question("a.1"), question("a.2") | {"effort": "much"}]
        write(own, "a", add={"indicators": added}, provinces=["Anhui"])
        file = words(own, "a", indicators={"a.1": QUESTION, "5.1.1.9": {"title": "x"}})
        found = check_paths([file])
        assert codes(found) == ["missing_words", "unknown_key"]
        assert "'a.2'" in found[0].message

    def test_ids_that_cannot_be_made_out_are_not_compared(self, own: Path) -> None:
        write(own, "a", add={"indicators": [question("a.1"), {"idd": "a.2"}]})
        assert check_paths([words(own, "a", indicators={"a.2": QUESTION})]) == []

    def test_an_unknown_id_is_not_said_to_be_new(self, own: Path) -> None:
        write(own, "a")
        (fault,) = check_paths([words(own, "a", indicators={"5.1.1.9": {"title": "x"}})])
        assert fault.code == "unknown_key"

    def test_neither_unknown_ids_nor_missing_words_hide_what_else_is_wrong(self, own: Path) -> None:
        write(own, "a", add={"indicators": [question("a.1"), question("a.2")]})
        said = {
            "a.1": {key: each for key, each in QUESTION.items() if key != "pitfall"} | {"title": "x" * 41},
            "5.1.1.1": {"title": "{x}"},
            "5.1.1.9": {"title": "x"},
        }
        found = check_paths([words(own, "a", indicators=said)])
        assert codes(found) == ["missing", "missing_words", "placeholder", "too_long", "unknown_key"]

    def test_words_that_are_wrong_are_not_said_to_be_missing(self, own: Path) -> None:
        write(own, "a", add={"indicators": [question("a.1")]})
        file = words(own, "a", indicators={"a.1": QUESTION | {"title": ["x"], "evidence": ["one"]}})
        assert codes(check_paths([file])) == ["value", "value"]
