"""An overlay made of the points in the reader's own copy of the standard."""

from fractions import Fraction

import pytest

from rubric.model.fractions import format_exact
from rubric.overlays.weights import PointsFaultsError, TableRow, build_points_overlay, read_points
from tests.rubric.builders import gbt


def table(**changes: str) -> list[TableRow]:
    """The scheme's own points as a table with a heading, some of them others."""
    points = {one.id: format_exact(one.points.value) for one in gbt().indicators}
    changed = points | {key.replace("_", "."): value for key, value in changes.items()}
    return [(number, row) for number, row in enumerate([("条款", "分值"), *changed.items()], 1)]


def faults(rows: list[TableRow]) -> list[tuple[int, str]]:
    with pytest.raises(PointsFaultsError) as caught:
        read_points(gbt(), rows)
    return [(fault.number, fault.message) for fault in caught.value.faults]


def test_the_points_of_groups_follow_from_those_in_them() -> None:
    found = read_points(gbt(), table(**{"5_1_1_1": "4", "5_1_3_1": "1"}))
    assert {key: int(found[key]) for key in ("5.1.1", "5.1.3", "5.1")} == {"5.1.1": 7, "5.1.3": 7, "5.1": 40}


def test_the_overlay_gives_every_indicator_and_every_inner_group_its_points() -> None:
    value = build_points_overlay(
        gbt(), "own", read_points(gbt(), table(**{"5_1_1_1": "2.5", "5_1_1_2": "3.5"}))
    )
    assert value["change"]["indicators"]["5.1.1.1"] == {"points": {"value": "2.5", "source": "standard"}}
    assert set(value["change"]["indicators"]) == set(gbt().indicator_by_id)
    assert "5.1" not in value["change"]["groups"]


@pytest.mark.parametrize("points", ["２．５", " 2.5 ", "2.50"])
def test_points_are_read_as_people_type_them(points: str) -> None:
    assert read_points(gbt(), table(**{"5_1_1_1": points, "5_1_1_2": "3.5"}))["5.1.1.1"] == Fraction(5, 2)


def test_a_table_without_a_heading_loses_no_row() -> None:
    assert read_points(gbt(), table()[1:]) == read_points(gbt(), table())


@pytest.mark.parametrize(
    ("changes", "number", "said"),
    [
        ({"5_1_1_1": "4"}, 0, "the points in 5.1 add up to 41, and must to 40"),
        ({"5_1_1_1": "three"}, 2, "the points of 5.1.1.1 must be a number from 0 to 1000; here: 'three'"),
        ({"5_1_1_1": "-1"}, 2, "must be a number"),
        ({"5_1_1_1": "1e5"}, 2, "must be a number"),
        ({"5_1_1_9": "1"}, 45, "'5.1.1.9' is unknown; allowed here: "),
        (
            {"5_1_1": "7"},
            45,
            "the points in 5.1.1 add up to 6, and must to 7: 5.1.1.1 has 3 (row 2), 5.1.1.2 has 3 (row 3)",
        ),
        ({"5_1": "39"}, 45, "5.1 is given 39, and what lies in it 40: 5.1.1.1 has 3 (row 2), "),
    ],
)
def test_a_slip_is_told_with_its_row(changes: dict[str, str], number: int, said: str) -> None:
    told = faults(table(**changes))
    assert any(found == number and said in message for found, message in told), told


def test_all_slips_are_told_at_once() -> None:
    rows = [row for row in table(**{"5_1_1_1": "x", "5_9": "1"}) if row[1][0] != "5.3.2.3"]
    told = faults([*rows, (99, ("5.1.1.2", "3"))])
    assert [number for number, _ in told] == [0, 2, 45, 99]


@pytest.mark.parametrize("slip", [("5.1.1.2", "many"), ("5.1.1.1", "2"), ("5.1.1.9", "1")])
def test_a_slip_in_one_group_hides_no_sum_of_another(slip: tuple[str, str]) -> None:
    kept = [row for row in table(**{"5_2_1_1": "4"}) if row[1][0] != "5.1.1.2"]
    summed = [message for _, message in faults([*kept, (99, slip)]) if "add up to" in message]
    assert len(summed) == 1
    assert summed[0].startswith("the points in 5.2 add up to 37, and must to 35: 5.2.1.1 has 4 (row 20), ")


def test_an_empty_table_says_what_is_missing() -> None:
    ((number, message),) = faults([])
    assert number == 0
    assert message.startswith("the points of 5.1.1.1, 5.1.1.2, ")
