"""One run tells every fault: wrong values and, beside them, what is wrong whatever those values should have been."""

import re
import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric.authoring.json_schema import MODELS
from rubric.check.command import check_paths
from rubric.parsing.document import read_document
from rubric.parsing.faults import Fault
from rubric.parsing.placeholder_values import PlaceholderValues
from tests.rubric.authoring.test_json_schema import parts
from tests.rubric.body_profiles import Profile
from tests.rubric.builders import GBT, Folder, edit, gbt, line_of, words_value

pytestmark = pytest.mark.slow

EVERYTHING = Path(__file__).parents[2] / "schemes" / "everything"
EFFORT = ("effort: 1", "effort: much")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def codes(file: Path) -> list[str]:
    return sorted(fault.code for fault in check_paths([file]))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("value: 25", "value: 24", "full_mark"),
        (
            "5.1.3, type: qualitative, points: {value: 2",
            "5.1.3, type: qualitative, points: {value: 2.5",
            "sum",
        ),
        (f"id: {GBT}", "id: another", "place"),
        ("group: 5.1.5,", "group: 5.1.9,", "unknown_group"),
        ("base: service_managers", "base: managers", "unknown_figure"),
        ("id: 5.1.4.2,", "id: 5.1.4.1,", "twice"),
        ("at_least: 90", "at_least: 79", "grades_order"),
        ("due_months: 10", "due_months: 7", "months"),
        ("at_least: 95,", "at_least: 95, needs: [5.9.9.9],", "unknown_indicator"),
    ],
)
def test_a_fault_of_meaning_is_told_beside_a_wrong_value(
    folder: Folder, old: str, new: str, code: str
) -> None:
    edit(folder.version, *EFFORT)
    edit(folder.version, old, new)
    assert {"value", code} <= set(codes(folder.version))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 25", "value: many"),
        ("value: 25,", "valu: 25,"),
        ("5.1.3, type: qualitative, points: {value: 2", "5.1.3, type: qualitative, points: {value: two"),
        ("group: 5.1.5,", "group: [5.1.5],"),
        ("group: 5.1.5,", "grup: 5.1.5,"),
        ('{id: "5.1.2", parent: "5.1"', '{id: "5.1.2", parent: "5 1"'),
        ('{id: "5.1.2", parent: "5.1"', '{id: "5.1.2", parnt: "5.1"'),
        ('{id: "5.1.2", parent', '{id: "5.1 2", parent'),
        ("id: service_managers, source", "id: Service_managers, source"),
        ("type: computed", "type: qualitative"),
        ("type: sampled", "type: computed"),
        ("minimum: 1", "minimum: none"),
        ("at_least: 90", "at_least: ninety"),
        ("opens_months: 8", "opens_months: eight"),
        ("due_months: 10", "due_months: ten"),
        ("before_due_days: [30", "before_due_days: [thirty"),
        ("kinds: [law,", "kinds: [Law,"),
        ("  - {id: staff, source: standard}\n", "  - staff\n"),
        ("deletable: yes", "deletabel: yes"),
        ("plausibility:", "plausibility: []\nplausible:"),
    ],
)
def test_nothing_is_said_that_only_follows_from_a_wrong_value(folder: Folder, old: str, new: str) -> None:
    edit(folder.version, old, new)
    assert set(codes(folder.version)) <= {"value", "unknown_key", "missing"}


def test_all_faults_stand_in_the_order_of_the_file(folder: Folder) -> None:
    for old, new in (EFFORT, ("value: 25", "value: 24"), ("version: 1", "version: 2")):
        edit(folder.version, old, new)
    faults = check_paths([folder.version])
    assert [fault.code for fault in faults] == ["place", "full_mark", "sum", "value"]
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)


def test_words_that_are_missing_are_told_beside_words_that_are_too_long(folder: Folder) -> None:
    words = words_value(gbt())
    words["indicators"]["5.1.1.1"]["question"] = "x" * 401
    words["indicators"]["5.1.1.2"]["title"] = "T" * 41
    del words["indicators"]["5.2.3.1"], words["grades"]["pass"], words["figures"]["staff"]["hint"]
    words["eligibility"]["record"]["remedy"] = "In {year}"
    folder.write_words(words)
    expected = ["missing", "missing_words", "missing_words", "placeholder", "too_long", "value"]
    assert codes(folder.words()) == expected


def test_a_setting_is_not_called_unshown_where_the_words_that_show_it_are_wrong(folder: Folder) -> None:
    words = words_value(gbt())
    words["eligibility"]["record"]["question"] = "{years}" + "x" * 400
    folder.write_words(words)
    assert codes(folder.words()) == ["value"]


def test_a_slip_of_form_hides_nothing_but_what_follows_from_it(folder: Folder) -> None:
    edit(folder.version, "effort: 1", "effort: &one 1")
    edit(folder.version, "effort: 2", "effort: *one")
    edit(folder.version, "effort: 3", "effort: 4")
    edit(folder.version, "value: 25", "value: 24")
    assert codes(folder.version) == ["alias", "anchor", "full_mark", "sum", "value"]


def test_what_cannot_be_read_to_its_end_says_only_that(folder: Folder) -> None:
    edit(folder.version, "value: 25", "value: [25")
    assert codes(folder.version) == ["yaml"]


def test_a_profile_is_checked_beside_its_wrong_values(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    edit(profile.path, "limit_days: 15", "limit_days: soon")
    edit(profile.path, "id: room", "id: licence")
    edit(profile.path, "up_to: 100", "up_to: 5")
    found = codes(profile.path)  # with its words, which say nothing of a second licence
    assert found == ["bands", "twice", "unknown_key", "value"]
    edit(profile.words(), "title: Licence", f"title: {'L' * 61}")
    edit(profile.words(), "  chart:", "  chat:")
    assert codes(profile.words()) == ["missing_words", "unknown_key", "unknown_key", "value"]


@settings(max_examples=60)
@given(data=st.data())
def test_with_any_line_spoilt_a_fault_of_meaning_elsewhere_is_told_or_hangs_on_it(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Never a crash, and never a fault of meaning that the file without the spoilt value would not have."""
    folder = Folder(tmp_path_factory.mktemp("it"))
    lines = folder.version.read_text(encoding="utf-8").splitlines()
    written = [line.split("#")[0] for line in lines]
    number = data.draw(st.sampled_from([number for number, line in enumerate(written) if ": " in line]))
    place = data.draw(st.sampled_from([found.start() for found in re.finditer(": ", written[number])]))
    lines[number] = f"{lines[number][: place + 2]}?!{lines[number][place + 2 :]}"
    folder.version.write_text("\n".join(lines), encoding="utf-8")
    faults = check_paths([folder.version])
    assert faults
    assert {fault.code for fault in faults} <= {"value", "missing", "unknown_key", "yaml", "place"}


def test_a_faulty_file_has_its_faults_at_their_lines(folder: Folder) -> None:
    edit(folder.version, *EFFORT)
    edit(folder.version, "group: 5.1.5,", "group: 5.1.9,")
    (unknown,) = (fault for fault in check_paths([folder.version]) if fault.code == "unknown_group")
    assert isinstance(unknown, Fault)
    assert unknown.line == line_of(folder.version, "5.1.9")
    assert read_document(folder.version).position_of(unknown.where) == (unknown.line, unknown.column)


@settings(max_examples=40)
@given(data=st.data())
def test_a_value_without_its_source_is_told(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = Folder(tmp_path_factory.mktemp("it"))
    text = folder.version.read_text(encoding="utf-8")
    marks = [
        found for found in re.finditer(r"(, |\n +)source: \w+", text) if not _is_remark(text, found.start())
    ]
    found = data.draw(st.sampled_from(marks))
    folder.version.write_text(text[: found.start()] + text[found.end() :], encoding="utf-8")
    (fault,) = check_paths([folder.version])
    assert fault.message == "'source' is missing; it must be standard, memory, proposed or body"


def _is_remark(text: str, place: int) -> bool:
    return "#" in text[text.rfind("\n", 0, place) : place]


@pytest.mark.parametrize("variant", [1, 2])
@pytest.mark.parametrize("name", MODELS)
def test_there_is_a_sample_of_whatever_a_model_takes(name: str, variant: int) -> None:
    MODELS[name].model_validate(PlaceholderValues(variant).one(MODELS[name], ()))
    for part, key in parts(MODELS[name]):
        assert PlaceholderValues(variant).one(part, (key,)) != ""


OVERLAY = """\
id: region
version: 1
over: gbt27922-2011
provinces: [34, "nowhere"]
add:
  indicators:
    - {id: wrong.1, group: 5.2.4, type: qualitative, points: {value: 0, source: body}, effort: 1, source: body}
"""


def test_an_overlay_and_a_crosswalk_are_checked_beside_their_wrong_values(tmp_path: Path) -> None:
    version = tmp_path / "overlays" / "region" / "1.yaml"
    version.parent.mkdir(parents=True)
    version.write_text(OVERLAY, encoding="utf-8")
    assert {"added_id", "value"} <= {fault.code for fault in check_paths([version])}
    walk = tmp_path / "crosswalks" / "one.yaml"
    walk.parent.mkdir()
    walk.write_text("id: two\nversion: one\nfrom: gbt27922-2011\nto: nobody\nties: []\n", encoding="utf-8")
    assert {"place", "value"} <= {fault.code for fault in check_paths([walk])}


ODD = ["x", "", "-1", "1e999", [], ["x"], {}, {"x": "y"}, {"value": "x"}]


def spoilt(data: st.DataObject, value: Any) -> Any:
    """The value with something else, something less or something more in one or two places."""
    for _ in range(data.draw(st.integers(1, 2))):
        holder, key = value, None
        while isinstance(holder, dict | list) and holder:
            key = data.draw(st.sampled_from(list(holder) if isinstance(holder, dict) else range(len(holder))))
            inner = holder[key]
            if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
                break
            holder = inner
        what = deepcopy(data.draw(st.sampled_from([*ODD, "less", "more"])))
        if what == "less" and isinstance(holder, dict):
            del holder[key]
        elif what == "more" and isinstance(holder, dict):
            holder["zz"] = "x"
        elif key is not None:
            holder[key] = what
    return value


@settings(max_examples=120)
@given(data=st.data(), name=st.sampled_from(["version", "words", "profile"]))
def test_whatever_is_spoilt_is_told_and_nothing_else_is_made_up(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, name: str
) -> None:
    """Never a crash; and the faults of meaning are those that remain once the values are right, or hang on nothing."""
    root = tmp_path_factory.mktemp("it")
    folder, profile = Folder(root), Profile(root)
    file = {"version": folder.version, "words": folder.words(), "profile": profile.path}[name]
    value = spoilt(data, read_document(file).value)
    file.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for fault in check_paths([root]):
        assert fault.line > 0 or fault.code in {"more", "no_words"}
        assert len(str(fault)) < 2_000


SLIPS = (
    ("is_not: [na]", "is_not: [no]"),
    ("partial: none", "partial: some"),
    ("at_least: 50}", "at_lest: 50}"),
    ("at_least: 10, at_most: 500", "at_least: 600, at_most: 500"),
    ("indicator: b.0, is: [met, part]", "indicator: b.3, is: [met]"),
    ("{indicator: b.0, is_not: [unmet]}", "{}"),
    ("needs: [a.1.1.1]", "needs: [a.1.1.9]"),
    ("needs: [a.2.1]", "needs: a.2.1"),
)


def test_slips_in_conditions_and_gates_are_all_told_in_one_run_each_in_its_place(tmp_path: Path) -> None:
    shutil.copytree(EVERYTHING, tmp_path / "everything")
    version = tmp_path / "everything" / "1.yaml"
    for old, new in SLIPS:
        edit(version, old, new)
    found = [(fault.line, fault.code) for fault in check_paths([version])]
    codes = (
        "value",
        "value",
        "unknown_key",
        "condition",
        "asked_later",
        "value",
        "unknown_indicator",
        "value",
    )
    assert found == [(line_of(version, new), code) for (_, new), code in zip(SLIPS, codes, strict=True)]


COUNTING = ("indicator: a.1.2.1, is_not: [na]", "indicator: a.1.1.2, is_not: [unmet]")  # that one has points
LIMITS = ("at_least: 10, at_most: 500", "at_least: 600, at_most: 500")


@pytest.fixture
def everything(tmp_path: Path) -> Path:
    """A version with two faults in conditions, one about an indicator and one about a figure."""
    shutil.copytree(EVERYTHING, tmp_path / "everything")
    version = tmp_path / "everything" / "1.yaml"
    for old, new in (COUNTING, LIMITS):
        edit(version, old, new)
    return version


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a.1.1, type: qualitative", "a.1.1, type: quality"),
        ("points: {value: 7.5", "points: {value: many"),
        ("deletable: yes", "deletable: maybe"),
        ("percent: 12.5", "percent: few"),
        ("type: computed", "type: sampled"),
        ("needs: [a.2.1]", "needs: a.2.1"),
    ],
)
def test_a_wrong_indicator_hides_no_fault_of_conditions_about_others(
    everything: Path, old: str, new: str
) -> None:
    edit(everything, old, new)
    assert codes(everything) == ["condition", "condition", "value"]


def test_a_condition_on_what_may_be_without_points_is_not_told_before_they_are_right(
    everything: Path,
) -> None:
    edit(everything, "sampled, points: {value: 12.5", "sampled, points: {value: many")
    assert codes(everything) == ["condition", "value"]


def second_version(folder: Folder, changes: str) -> Path:
    """Version 2 without 5.3.2.3, the points of which 5.3.2.1 has, and with these changes."""
    version = folder.path / "2.yaml"
    kept = [line for line in folder.version.read_text("utf-8").splitlines() if "id: 5.3.2.3," not in line]
    version.write_text("\n".join([*kept, "changes:", changes, ""]), encoding="utf-8")
    edit(version, "version: 1", "version: 2")
    edit(
        version, "5.3.2, type: qualitative, points: {value: 4", "5.3.2, type: qualitative, points: {value: 7"
    )
    return version


def test_a_wrong_value_hides_nothing_of_what_became_of_indicators(folder: Folder) -> None:
    unknown = "  - {kind: renumbered, from: 5.9.9, to: 5.3.2.2, source: body}"
    version = second_version(folder, unknown)
    assert codes(version) == ["changes", "gone", "unknown_indicator"]
    edit(version, *EFFORT)
    assert codes(version) == ["changes", "gone", "unknown_indicator", "value"]
    edit(version, "value: 25", "value: 24")
    assert codes(version) == ["changes", "full_mark", "gone", "sum", "unknown_indicator", "value"]


@pytest.mark.parametrize(
    "change",
    [
        "{kind: retired, id: 5 3 2 3, source: body}",
        "{kind: retired, idd: 5.3.2.3, source: body}",
        "{kind: lost, id: 5.3.2.3, source: body}",
        "{kind: merged, from: [5.3.2.1, 5 3], to: 5.3.2.1, source: body}",
        "5.3.2.3",
    ],
)
def test_a_change_that_says_it_wrongly_loses_no_indicator(folder: Folder, change: str) -> None:
    version = second_version(folder, f"  - {change}")
    assert set(codes(version)) <= {"value", "unknown_key", "missing"}
