"""What can be asked of a scheme."""

import pytest
from pydantic import ValidationError

from tests.rubric.builders import gbt, item, scheme_of


def test_groups_know_what_lies_in_and_below_them() -> None:
    scheme = gbt()
    assert [i.id for i in scheme.indicators_below("5.2.6")] == ["5.2.6.1", "5.2.6.2"]
    assert len(scheme.indicators_below("5.1")) == 18
    assert scheme.indicators_below("5.9") == ()


def test_the_groups_that_hold_indicators_come_in_the_files_order() -> None:
    groups = [group.id for group in gbt().leaf_groups]
    assert len(groups) == 15
    assert (groups[0], groups[-1]) == ("5.1.1", "5.3.2")
    assert [group.id for group in gbt().top_groups] == ["5.1", "5.2", "5.3"]


def test_every_indicator_has_its_id_and_its_top_group() -> None:
    scheme = gbt()
    assert len(scheme.indicators) == 43
    assert {scheme.top_group_of(i.group) for i in scheme.indicators} == {"5.1", "5.2", "5.3"}
    assert all(scheme.indicator_by_id[each.id] is each for each in scheme.indicators)


def test_only_commodity_service_may_be_deleted_and_only_one_indicator_is_computed() -> None:
    scheme = gbt()
    assert {i.id for i in scheme.indicators if i.deletable} == {i.id for i in scheme.indicators_below("5.2")}
    assert [i.id for i in scheme.indicators if i.requires] == ["5.1.2.2"]


def test_a_scheme_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        gbt().version = "2"  # type: ignore[misc]


@pytest.mark.parametrize(("type", "requires"), [("computed", None), ("sampled", {"base": "staff"})])
def test_requires_goes_with_computed_indicators_and_only_with_them(
    type: str, requires: dict[str, str] | None
) -> None:
    rest = {"percent": "10", "minimum": "1", "have": "x", "rounding_source": "body", "partial_source": "body"}
    with pytest.raises(ValidationError, match="'requires' goes with type computed"):
        scheme_of([item("a", 1, type) | ({"requires": rest | requires} if requires else {})])
