"""Overlays: what they may do to a scheme, in which order, and what they may not."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rubric.check.command import check_paths
from rubric.layout import SHIPPED_SCHEMES
from rubric.library.library import Library
from rubric.model.scheme import ComposedScheme, Scheme, restore_scheme
from rubric.overlays.rules import check_composed
from rubric.parsing.document import YamlDocument, read_document
from rubric.parsing.faults import FaultsFoundError
from tests.rubric.builders import GBT, SHIPPED_TEXT, Folder, edit, gbt, item

pytestmark = pytest.mark.slow

BASE = SHIPPED_SCHEMES / GBT / "1.yaml"
NINE_DAYS = {"suspension": {"grace_days": "9", "source": "body"}}
SIX_MONTH = {"system_running": {"settings": {"month": {"value": "6", "source": "body"}}, "source": "body"}}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder for overlays of one's own."""
    (tmp_path / "overlays").mkdir()
    return tmp_path


def write(own: Path, name: str, **parts: Any) -> YamlDocument:
    """The overlay in a file of its own."""
    folder = own / "overlays" / name
    folder.mkdir(exist_ok=True, parents=True)
    value = {"id": name, "version": "1", "over": GBT, **parts}
    (folder / "1.yaml").write_text(yaml.safe_dump(value, sort_keys=False, default_flow_style=None), "utf-8")
    return read_document(folder / "1.yaml")


def over(*overlays: YamlDocument) -> Scheme:
    return check_composed(read_document(BASE), overlays)


def faults(*overlays: YamlDocument) -> list[tuple[Path, str, str]]:
    with pytest.raises(FaultsFoundError) as caught:
        over(*overlays)
    return [(fault.path, fault.code, fault.message) for fault in caught.value.faults]


def question(id: str, points: str = "0", group: str = "5.2.4", **more: Any) -> dict[str, Any]:
    return item(id, points, group=group, **more)


def marked(value: str, source: str = "body") -> dict[str, str]:
    return {"value": value, "source": source}


class TestWhatAnOverlayMayDo:
    def test_ask_as_well_behind_the_others_of_the_group(self, own: Path) -> None:
        scheme = over(write(own, "anhui", add={"indicators": [question("anhui.1"), question("anhui.2")]}))
        assert [one.id for one in scheme.indicators_below("5.2.4")][-3:] == ["5.2.4.4", "anhui.1", "anhui.2"]
        assert (scheme.id, scheme.version) == (f"{GBT}+anhui", "1+1")

    def test_change_weights_within_the_totals(self, own: Path) -> None:
        change = {
            "groups": {"5.1.1": {"points": marked("7")}, "5.1.3": {"points": marked("7")}},
            "indicators": {"5.1.1.1": {"points": marked("4")}, "5.1.3.1": {"points": marked("1")}},
        }
        scheme = over(write(own, "body", change=change))
        assert scheme.indicator_by_id["5.1.1.1"].points.value == 4
        assert scheme.group_by_id["5.1"].points == gbt().group_by_id["5.1"].points

    def test_change_what_is_deletable_the_effort_a_condition_and_how_one_is_computed(self, own: Path) -> None:
        rule = gbt().indicator_by_id["5.1.2.2"].requires
        assert rule is not None
        change = {
            "5.3.1.2": {"deletable": "yes", "effort": "3"},
            "5.2.3.2": {"asked_if": {"indicator": "5.2.3.1", "is_not": ["na"]}},
            "5.1.2.2": {"requires": {**rule.model_dump(mode="json"), "percent": "20"}},
        }
        found = over(write(own, "body", change={"indicators": change})).indicator_by_id
        assert (found["5.3.1.2"].deletable, found["5.3.1.2"].effort) == (True, 3)
        assert found["5.2.3.2"].asked_if is not None
        assert found["5.1.2.2"].requires is not None
        assert found["5.1.2.2"].requires.percent == 20

    def test_change_conditions_of_applying_and_add_some(self, own: Path) -> None:
        change = {"system_running": {"settings": {"months": marked("6")}, "source": "body"}}
        more = {"id": "body.1", "consequence": "warns", "source": "body"}
        scheme = over(write(own, "body", change={"eligibility": change}, add={"eligibility": [more]}))
        found = {question.id: question for question in scheme.eligibility}
        assert found["system_running"].settings["months"].value == 6
        assert list(found)[-1] == "body.1"

    def test_change_cuts_and_add_a_grade_in_its_place(self, own: Path) -> None:
        higher = {"grade": "8-star", "at_least": "98", "source": "body"}
        lower = {"grade": "2-star", "at_least": "75", "source": "body"}
        cut = {"4-star": {"at_least": "92", "source": "body"}}
        scheme = over(write(own, "body", change={"grades": cut}, add={"grades": [higher, lower]}))
        cuts = {band.grade: int(band.at_least) for band in scheme.grades}
        assert list(cuts.items()) == sorted(cuts.items(), key=lambda each: each[1])
        assert cuts == {"pass": 70, "2-star": 75, "3-star": 80, "4-star": 92, "5-star": 95, "8-star": 98}

    def test_change_deductions_the_bonus_and_the_life_cycle(self, own: Path) -> None:
        document = write(
            own,
            "body",
            change={
                "bonus": {"points": "1", "at_most": "0", "source": "body"},
                "special_deductions": {"kinds": ["law"], "each": "2", "fail_at": "3", "source": "body"},
            },
            lifecycle={"suspension": {"revoked_after_months": "3", "source": "body"}},
        )
        scheme = over(document)
        assert (scheme.bonus.at_most, scheme.special_deductions.fail_at) == (0, 3)
        assert scheme.lifecycle.suspension.revoked_after_months == 3
        assert scheme.lifecycle.suspension.block_months == gbt().lifecycle.suspension.block_months


class TestWhoseWeightsTheyAre:
    def test_questions_without_points_leave_them_as_they_are(self, own: Path) -> None:
        assert over(write(own, "a", add={"indicators": [question("a.1")]})).weights == "proposed"

    def test_they_are_the_overlays_once_it_gives_every_proposed_one(self, own: Path) -> None:
        points = {
            one.id: {"points": {"value": str(one.points.value), "source": "standard"}}
            for one in gbt().indicators
        }
        assert over(write(own, "mine", change={"indicators": points})).weights == "overlay"

    def test_one_left_out_leaves_them_proposed(self, own: Path) -> None:
        points = {
            one.id: {"points": {"value": str(one.points.value), "source": "standard"}}
            for one in gbt().indicators[1:]
        }
        assert over(write(own, "mine", change={"indicators": points})).weights == "proposed"

    def test_proposed_ones_of_the_overlays_own_are_proposed(self, own: Path) -> None:
        points = {
            one.id: {"points": {"value": str(one.points.value), "source": "proposed"}}
            for one in gbt().indicators
        }
        assert over(write(own, "mine", change={"indicators": points})).weights == "proposed"


class TestSeveral:
    def test_the_order_means_nothing(self, own: Path) -> None:
        documents = [
            write(own, "c", add={"indicators": [question("c.1")]}),
            write(own, "a", add={"indicators": [question("a.1")]}, lifecycle=NINE_DAYS),
            write(own, "b", change={"indicators": {"5.1.1.1": {"effort": "3"}}}),
        ]  # fmt: skip
        found = [over(*order) for order in permutations(documents)]
        assert all(one == found[0] for one in found)
        assert (found[0].id, found[0].version) == (f"{GBT}+a+b+c", "1+1+1+1")

    def test_two_that_say_the_same_of_one_field_agree(self, own: Path) -> None:
        same = {"indicators": {"5.1.1.1": {"effort": "3"}}}
        assert (
            over(write(own, "a", change=same), write(own, "b", change=same)).indicator_by_id["5.1.1.1"].effort
            == 3
        )

    def test_two_values_for_one_field_are_refused_with_both_places(self, own: Path) -> None:
        a = write(own, "a", change={"indicators": {"5.1.1.1": {"effort": "3"}}})
        b = write(own, "b", change={"indicators": {"5.1.1.1": {"effort": "1"}}})
        for order in ((a, b), (b, a)):
            ((path, code, message),) = faults(*order)
            assert (path, code) == (b.path, "conflict")
            assert f"{a.path}:" in message
            assert "indicators.5.1.1.1.effort" in message

    def test_different_settings_of_one_question_go_together(self, own: Path) -> None:
        a = write(own, "a", lifecycle=NINE_DAYS)
        b = write(own, "b", lifecycle={"suspension": {"revoked_after_months": "3", "source": "proposed"}})
        found = over(a, b).lifecycle.suspension
        assert (found.grace_days, found.revoked_after_months) == (9, 3)


@pytest.mark.parametrize(
    ("parts", "code", "said"),
    [
        ({"over": GBT, "color": "red"}, "unknown_key", "'color' is unknown"),
        ({"change": {"groups": {"5.1": {"points": marked("39")}}}}, "total", "'5.1' is at the top"),
        ({"change": {"indicators": {"5.1.1.9": {"effort": "1"}}}}, "unknown_key", "'5.1.1.9' is unknown"),
        ({"change": {"grades": {"6-star": {"at_least": "99", "source": "body"}}}}, "unknown_key", "'6-star'"),
        ({"change": {"eligibility": SIX_MONTH}}, "unknown_key", "did you mean 'months'"),
        ({"add": {"indicators": [question("5.2.4.5")]}}, "added_id", "its id must be body.1, body.2"),
        ({"add": {"indicators": [question("body.1"), question("body.1")]}}, "twice", "stands twice"),
        ({"add": {"indicators": [question("body.1", group="5.9")]}}, "unknown_group", "'5.9' is unknown"),
        ({"add": {"indicators": [question("body.1", "2")]}}, "sum", "'5.2.4' has 8, but"),
        ({"change": {"indicators": {"5.1.1.1": {"points": marked("4")}}}}, "sum", "'5.1.1' has 6, but"),
        ({"change": {"grades": {"4-star": {"at_least": "96", "source": "body"}}}}, "grades_order", "more than 96"),
        ({"lifecycle": {"suspension": {"grace_days": "9"}}}, "missing", "'source' is missing"),
        ({"lifecycle": {"suspension": {"grace_days": "many", "source": "body"}}}, "value", "'grace_days' must be"),
        ({"lifecycle": {"surveillance": {"due_months": "20", "source": "body"}}}, "months", "12 is less than"),
        ({"version": "2"}, "place", "lies in 1.yaml"),
        ({"id": "other"}, "place", "lies in the folder 'body'"),
        ({"provinces": ["Anhui"]}, "value", "GB/T 2260"),
    ],
)  # fmt: skip
def test_what_an_overlay_may_not_do_is_told_in_its_own_file(
    own: Path, parts: Mapping[str, Any], code: str, said: str
) -> None:
    document = write(own, "body", **parts)
    told = faults(document)
    assert {path for path, _, _ in told} == {document.path}
    assert any(found == code and said in message for _, found, message in told), told


LIGHTER = {"indicators": {"5.1.1.1": {"points": marked("4")}}}


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        ({"provinces": ["Anhui"], "change": LIGHTER}, ["sum", "value"]),
        (
            {"provinces": ["Anhui"], "change": {"grades": {"4-star": {"at_least": "96", "source": "body"}}}},
            ["grades_order", "value"],
        ),
        (
            {"version": "2", "add": {"indicators": [question("body.1", group="5.9")]}},
            ["place", "unknown_group"],
        ),
        (
            {"lifecycle": {"surveillance": {"due_months": "20", "source": "body"}}, "provinces": ["Anhui"]},
            ["months", "value"],
        ),
        # Beside a wrong value that it may hang on, what would be wrong with the whole is not told.
        ({"change": {"indicators": {"5.1.1.1": {"points": marked("many")}}}}, ["value"]),
        ({"change": {"indicators": {"5.1.1.1": {"points": marked("4")}, "5.1.1.2": "3"}}}, ["value"]),
        ({"add": {"indicators": [question("body.1", "2") | {"group": ["5.2.4"]}]}}, ["value"]),
        (
            {"change": {"indicators": {"5.1.1.9": {"points": marked("4")}, **LIGHTER["indicators"]}}},
            ["unknown_key"],
        ),
        ({"change": {"grades": {"4-star": {"at_least": "high", "source": "body"}}}}, ["value"]),
    ],
)  # fmt: skip
def test_faults_of_the_whole_are_told_beside_wrong_values_where_they_are_sure(
    own: Path, parts: Mapping[str, Any], codes: list[str]
) -> None:
    told = faults(write(own, "body", **parts))
    assert sorted({code for _, code, _ in told}) == codes, told


def test_a_scheme_that_is_not_there_is_told_beside_all_else(own: Path) -> None:
    document = write(own, "body", over="gone", provinces=["Anhui"])
    assert sorted(fault.code for fault in check_paths([document.path])) == ["unknown_scheme", "value"]


def test_a_scheme_that_has_faults_itself_is_not_said_to_be_missing(own: Path) -> None:
    folder = Folder(own, SHIPPED_TEXT.replace(f"id: {GBT}", "id: mine"), "mine")
    edit(folder.version, "effort: 2", "effort: 9")
    document = write(own, "body", over="mine")
    (fault,) = check_paths([document.path])
    assert fault.message == "the scheme 'mine' has faults itself; put those right first"


def test_it_is_found_by_a_library_under_one_name(own: Path) -> None:
    write(own, "b", add={"indicators": [question("b.1")]})
    write(own, "a", add={"indicators": [question("a.1")]})
    library = Library.from_folders([own])
    scheme = library.scheme(f"{GBT}+b+a+b")
    assert (scheme.id, scheme.version) == (f"{GBT}+a+b", "1+1+1")
    assert library.version(scheme.id, scheme.version) == scheme
    assert library.checksum(scheme.id, scheme.version) != library.checksum(GBT, "1")


@pytest.mark.parametrize("name", [f"{GBT}+nothing", f"{GBT}+", "nothing+a", f"a+{GBT}"])
def test_a_name_that_is_none_is_told(own: Path, name: str) -> None:
    write(own, "a")
    with pytest.raises(LookupError, match="unknown"):
        Library.from_folders([own]).scheme(name)


def test_an_overlay_over_another_scheme_is_told(own: Path) -> None:
    write(own, "a", over="other")
    with pytest.raises(LookupError, match=f"'a' lies over other, not over {GBT}"):
        Library.from_folders([own]).scheme(f"{GBT}+a")


def test_what_was_composed_is_read_again_from_its_dump(own: Path) -> None:
    scheme = over(
        write(
            own,
            "a",
            add={"indicators": [question("a.1", asked_if={"indicator": "5.2.4.1", "is_not": ["na"]})]},
        )
    )
    read = restore_scheme(scheme.model_dump(mode="json"))
    assert isinstance(read, ComposedScheme)
    assert read == scheme


_EFFORTS = st.dictionaries(
    st.sampled_from([one.id for one in gbt().indicators]), st.sampled_from("123"), max_size=5
)


@given(st.lists(_EFFORTS, min_size=2, max_size=3))
def test_overlays_give_one_scheme_in_any_order_or_are_refused_in_any(
    tmp_path_factory: pytest.TempPathFactory, changes: Sequence[Mapping[str, str]]
) -> None:
    own = tmp_path_factory.mktemp("own")
    documents = [
        write(own, name, change={"indicators": {key: {"effort": value} for key, value in change.items()}})
        for name, change in zip("abc", changes, strict=False)
    ]
    given = [(key, value) for change in changes for key, value in change.items()]
    agree = len({key for key, _ in given}) == len(set(given))
    outcomes = []
    for order in permutations(documents):
        try:
            outcomes.append(over(*order).model_dump_json())
        except FaultsFoundError as error:
            outcomes.append(str(error))
    assert len(set(outcomes)) == 1
    assert outcomes[0].startswith("{") == agree


def test_the_points_are_exact(own: Path) -> None:
    change = {
        "indicators": {"5.1.1.1": {"points": marked("2.999999")}, "5.1.1.2": {"points": marked("3.000001")}}
    }
    assert over(write(own, "a", change=change)).indicator_by_id["5.1.1.2"].points.value == Decimal("3.000001")
