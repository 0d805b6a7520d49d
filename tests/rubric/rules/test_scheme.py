"""One wrong scheme for every fault of structure."""

from pathlib import Path

import pytest

from rubric.check.command import check_paths
from tests.rubric.builders import GBT, Folder, edit, line_of


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


STRUCTURE = {
    "a condition on an indicator that is not there": (
        "points: {value: 2, source: proposed}, effort: 1, source: standard}",
        "points: {value: 2, source: proposed}, effort: 1, asked_if: {indicator: 5.1.9, is: [na]}, source: standard}",
        "5.1.9",
        "unknown_indicator",
    ),
    "a condition on a figure that is not there": (
        "points: {value: 2, source: proposed}, effort: 1, source: standard}",
        "points: {value: 2, source: proposed}, effort: 1, asked_if: {figure: outlet, at_least: 1}, source: standard}",
        "figure: outlet,",
        "unknown_figure",
    ),
    "a condition on a question that is asked later": (
        "points: {value: 2, source: proposed}, effort: 1, source: standard}",
        "points: {value: 2, source: proposed}, effort: 1, asked_if: {indicator: 5.2.6.1, is: [na]}, source: standard}",
        "{indicator: 5.2.6.1",
        "asked_later",
    ),
    "a condition on an answer that counts": (
        "id: 5.2.6.2, group",
        "id: 5.2.6.2, asked_if: {indicator: 5.2.6.1, is: [met]}, group",
        "{indicator: 5.2.6.1",
        "condition",
    ),
    "a condition on what is computed": (
        "id: 5.2.6.2, group",
        "id: 5.2.6.2, asked_if: {indicator: 5.1.2.2, is_not: [na]}, group",
        "{indicator: 5.1.2.2",
        "condition",
    ),
    "a condition on a figure that an indicator is computed from": (
        "id: 5.2.6.2, group",
        "id: 5.2.6.2, asked_if: {any: [{figure: service_managers, at_least: 9}]}, group",
        "{figure: service_managers, at_least",
        "condition",
    ),
    "a condition that never holds": (
        "id: 5.2.6.2, group",
        "id: 5.2.6.2, asked_if: {figure: outlets, at_least: 9, at_most: 8}, group",
        "at_least: 9",
        "condition",
    ),
    "a grade that needs what is not there": (
        "grade: 4-star,",
        "grade: 4-star, needs: [5.1.9],",
        "5.1.9",
        "unknown_indicator",
    ),
    "a grade that needs what a lower one needs": (
        "grade: 4-star, at_least: 90, source: standard}\n  - {grade: 5-star,",
        "grade: 4-star, needs: [5.1.1.1], at_least: 90, source: standard}\n  - {grade: 5-star, needs: [5.1.1.1],",
        "grade: 5-star",
        "twice",
    ),
    "a figure twice": (
        "id: staff, source: standard}",
        "id: staff, source: standard}\n  - {id: staff, source: memory}",
        "source: memory",
        "twice",
    ),
    "two figures that count the staff": (
        "id: staff, source: standard}",
        "id: staff, counts: staff, source: standard}\n  - {id: crew, counts: staff, source: memory}",
        "id: crew",
        "twice",
    ),
    "a rule twice": (
        "id: managers_within_staff",
        "id: staff_per_outlet",
        "figure: service_managers, limit",
        "twice",
    ),
    "an eligibility question twice": (
        "id: territory, consequence: blocks",
        "id: legal_status, consequence: warns",
        "id: legal_status, consequence: warns",
        "twice",
    ),
    "a group twice": (
        '{id: "5.1.2", parent',
        '{id: "5.1.1", parent',
        "value: 8, source: proposed}, source",
        "twice",
    ),
    "an indicator twice": ("id: 5.1.4.2,", "id: 5.1.4.1,", "value: 2, source: proposed}, effort: 1", "twice"),
    "an indicator named like a group": ("id: 5.1.4.2,", "id: 5.1.4,", "id: 5.1.4,", "twice"),
    "a grade twice": ("grade: 4-star", "grade: 3-star", "at_least: 90", "twice"),
    "a kind of deduction twice": ("trade, system]", "trade, law]", "trade, law]", "twice"),
    "a day of reminding twice": ("[30, 14, 7, 1]", "[30, 14, 7, 14]", "[30, 14", "twice"),
    "a reminder on the due day": ("[30, 14, 7, 1]", "[30, 14, 7, 0]", "[30, 14", "days"),
    "a parent that is not there": (
        '"5.1.2", parent: "5.1"',
        '"5.1.2", parent: "5.9"',
        '"5.9"',
        "unknown_group",
    ),
    "a parent that comes later": (
        '"5.1.2", parent: "5.1"',
        '"5.1.2", parent: "5.3"',
        '"5.1.2", parent',
        "parent_later",
    ),
    "a group that is its own parent": (
        '"5.1.2", parent: "5.1"',
        '"5.1.2", parent: "5.1.2"',
        '"5.1.2", parent',
        "parent_later",
    ),
    "an indicator in no group that is there": ("group: 5.1.5,", "group: 5.1.9,", "5.1.9", "unknown_group"),
    "an indicator in a group of groups": ("group: 5.1.5,", 'group: "5.1",', 'group: "5.1",', "not_a_leaf"),
    "points that do not add up to their group's": (
        "5.1.3, type: qualitative, points: {value: 2",
        "5.1.3, type: qualitative, points: {value: 2.5",
        'id: "5.1.3"',
        "sum",
    ),
    "groups that do not add up to their parent's": (
        '"5.1", points: {value: 5',
        '"5.1", points: {value: 6',
        'id: "5.1",',
        "sum",
    ),
    "less than a hundred points": ("value: 25", "value: 24", "groups:", "full_mark"),
    "more than a hundred points": ("value: 25", "value: 25.001", "groups:", "full_mark"),
    "a base that is no figure": (
        "base: service_managers",
        "base: managers",
        "base: managers",
        "unknown_figure",
    ),
    "a number that is no figure": (
        "have: certified_managers",
        "have: certified",
        "have: certified",
        "unknown_figure",
    ),
    "a rule about no figure": ("figure: staff, per", "figure: staf, per", "figure: staf,", "unknown_figure"),
    "a ratio to no figure": ("per: outlets", "per: shops", "per: shops", "unknown_figure"),
    "a limit that is no figure": ("limit: staff", "limit: people", "limit: people", "unknown_figure"),
    "a computed indicator that may be deleted": (
        "type: computed",
        "type: computed\n    deletable: yes",
        "deletable: yes",
        "deletable",
    ),
    "grades out of order": ("at_least: 90", "at_least: 79", "at_least: 79", "grades_order"),
    "two grades with one cut": ("at_least: 90", "at_least: 80", "4-star", "grades_order"),
    "a grade named fail": ("grade: pass", "grade: fail", "grade: fail", "grade"),
    "a first grade from 0": ("at_least: 70", "at_least: 0", "at_least: 0", "grades_order"),
    "surveillance due before it opens": ("due_months: 10", "due_months: 7", "due_months: 7", "months"),
    "surveillance closed before it is due": (
        "closes_months: 12",
        "closes_months: 9",
        "closes_months: 9",
        "months",
    ),
    "recertification due before it opens": (
        "opens_months: 6, due_months: 3",
        "opens_months: 6, due_months: 7",
        "due_months: 7",
        "months",
    ),
    "an id that is not its folder's": (f"id: {GBT}", "id: gbt27922-2012", "gbt27922-2012", "place"),
    "a version that is not its file's": ("version: 1", "version: 2", "version: 2", "place"),
}


@pytest.mark.parametrize(("old", "new", "marker", "code"), STRUCTURE.values(), ids=STRUCTURE)
def test_a_wrong_structure_is_told_at_its_line(
    folder: Folder, old: str, new: str, marker: str, code: str
) -> None:
    edit(folder.version, old, new)
    told = [(fault.line, fault.code) for fault in check_paths([folder.version])]
    assert (line_of(folder.version, marker), code) in told


def test_a_grade_that_needs_what_can_never_be_is_told_at_its_line(folder: Folder) -> None:
    edit(folder.version, "percent: 10\n", "percent: 101\n")
    edit(folder.version, "grade: 5-star,", "grade: 5-star, needs: [5.1.2.2],")
    (fault,) = check_paths([folder.version])
    assert (fault.line, fault.code) == (line_of(folder.version, "5-star"), "gate")


def test_a_group_without_indicators_is_told_at_its_line(folder: Folder) -> None:
    empty = '  - {id: "5.4", points: {value: 0, source: body}, source: body}'
    edit(folder.version, "\nindicators:", f"{empty}\n\nindicators:")
    (fault,) = check_paths([folder.version])
    assert (fault.line, fault.code) == (line_of(folder.version, '"5.4"'), "empty_group")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "group: 5.1.5,",
            "group: 5.1.55,",
            "'5.1.55' is unknown; did you mean '5.1.5'? Allowed here: 5.1.1, ",
        ),
        (
            "group: 5.1.5,",
            'group: "5.1",',
            "'5.1' holds groups; an indicator goes into one of 5.1.1, 5.1.2, ",
        ),
        (
            "value: 25",
            "value: 24",
            "5.1 (40), 5.2 (35), 5.3 (24) add up to 99; the groups without a parent must add up to 100",
        ),
        ("value: 25", "value: 24", "'5.3' has 24, but 5.3.1 (13), 5.3.2 (12) add up to 25"),
        ("at_least: 90", "at_least: 80", "grades stand in ascending order; it must be more than 80"),
        (
            "at_least: 70",
            "at_least: 0",
            "the first grade begins at 0, so nothing fails; it must be more than 0",
        ),
        ("due_months: 10", "due_months: 7", "7 is less than opens_months (8), which it must not be"),
        ("version: 1", "version: 2", "'2' lies in 1.yaml; the two must be the same"),
        (
            "per: outlets",
            "per: outlet",
            "'outlet' is unknown; did you mean 'outlets'? Allowed here: staff, outlets, ",
        ),
    ],
)
def test_a_fault_of_structure_says_what_is_allowed(folder: Folder, old: str, new: str, said: str) -> None:
    edit(folder.version, old, new)
    assert any(fault.message.startswith(said) for fault in check_paths([folder.version]))


def test_months_may_be_equal(folder: Folder) -> None:
    edit(folder.version, "due_months: 10", "due_months: 12")
    edit(folder.version, "opens_months: 8", "opens_months: 12")
    edit(folder.version, "opens_months: 6, due_months: 3", "opens_months: 3, due_months: 3")
    assert check_paths([folder.path]) == []


def test_one_wrong_number_is_one_fault(folder: Folder) -> None:
    edit(
        folder.version,
        "5.3.2.2, group: 5.3.2, type: sampled, points: {value: 5",
        "5.3.2.2, group: 5.3.2, type: sampled, points: {value: 4",
    )
    (fault,) = check_paths([folder.path])
    assert fault.message == "'5.3.2' has 12, but 5.3.2.1 (4), 5.3.2.2 (4), 5.3.2.3 (3) add up to 11"


def test_a_cycle_of_groups_is_told_and_nothing_runs_for_ever(folder: Folder) -> None:
    edit(folder.version, '{id: "5.1", points', '{id: "5.1", parent: "5.1.1", points')
    edit(folder.version, '"5.1.1", parent: "5.1"', '"5.1.1", parent: "5.1.1"')
    assert {"parent_later", "full_mark"} <= {fault.code for fault in check_paths([folder.path])}
