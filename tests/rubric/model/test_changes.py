"""What becomes of answers when a scheme changes: a rule for every way of changing, and nothing dropped."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from rubric.model.answers import Answer, Met, NotApplicable, Sampled, Unmet
from rubric.model.changes import VersionChange, migrate_answers
from tests.rubric.builders import answers_to

CHANGES: TypeAdapter[tuple[VersionChange, ...]] = TypeAdapter(tuple[VersionChange, ...])
NOT_SOLD = NotApplicable("not sold")


def step(*changes: Mapping[str, Any]) -> tuple[VersionChange, ...]:
    return CHANGES.validate_python([{"source": "body", **change} for change in changes])


RENUMBERED = {"kind": "renumbered", "from": "a", "to": "b"}
SPLIT = {"kind": "split", "from": "a", "to": ["b", "c"]}
MERGED = {"kind": "merged", "from": ["a", "b"], "to": "c"}


@pytest.mark.parametrize(
    ("change", "types", "before", "after", "again"),
    [
        (RENUMBERED, "b", {"a": Met()}, {"b": Met()}, set()),
        (RENUMBERED, "b", {"a": Sampled(4, 3)}, {}, {"b"}),
        (SPLIT, "bc", {"a": Met()}, {}, {"b", "c"}),
        (SPLIT | {"answers": "kept"}, "bc", {"a": Unmet()}, {"b": Unmet(), "c": Unmet()}, set()),
        (SPLIT, "bc", {}, {}, set()),
        (MERGED, "c", {"a": Met(), "b": Met()}, {"c": Met()}, set()),
        (MERGED, "c", {"a": Met(), "b": Unmet()}, {"c": Unmet()}, set()),
        (MERGED, "c", {"a": NOT_SOLD, "b": NOT_SOLD}, {"c": NOT_SOLD}, set()),
        (MERGED, "c", {"a": Met(), "b": NOT_SOLD}, {}, {"c"}),
        (MERGED, "c", {"a": Met()}, {}, {"c"}),
        ({"kind": "reworded", "id": "a", "answers": "kept"}, "a", {"a": Met()}, {"a": Met()}, set()),
        ({"kind": "reworded", "id": "a", "answers": "asked_again"}, "a", {"a": Met()}, {}, {"a"}),
        ({"kind": "retyped", "id": "a"}, "a", {"a": Sampled(4, 4)}, {"a": Met()}, set()),
        ({"kind": "retyped", "id": "a"}, "a", {"a": Sampled(4, 0)}, {"a": Unmet()}, set()),
        ({"kind": "retyped", "id": "a"}, "a", {"a": Sampled(4, 1)}, {}, {"a"}),
        ({"kind": "retired", "id": "a"}, "b", {"a": Met(), "b": Unmet()}, {"b": Unmet()}, set()),
    ],
)
def test_each_way_of_changing_has_its_rule(
    change: Mapping[str, Any],
    types: str,
    before: Mapping[str, Answer],
    after: Mapping[str, Answer],
    again: set[str],
) -> None:
    found = migrate_answers([step(change)], dict.fromkeys(types, "qualitative"), before)
    assert (dict(found.answers), set(found.asked_again)) == (dict(after), again)


def test_a_sample_stays_one_where_samples_count() -> None:
    found = migrate_answers([step(RENUMBERED)], {"b": "sampled"}, {"a": Sampled(4, 3)})
    assert found.answers == {"b": Sampled(4, 3)}


def test_what_becomes_computed_takes_no_answer() -> None:
    found = migrate_answers([step({"kind": "retyped", "id": "a"})], {"a": "computed"}, {"a": Met()})
    assert not found.answers


def test_several_versions_are_gone_through_one_after_the_other() -> None:
    steps = [
        step(RENUMBERED),
        step({"kind": "split", "from": "b", "to": ["c", "d"], "answers": "kept"}),
        step({"kind": "merged", "from": ["c", "x"], "to": "e"}),
    ]
    types = dict.fromkeys("de", "qualitative")
    found = migrate_answers(steps, types, {"a": Met(), "x": Met()})
    assert found.answers == {"d": Met(), "e": Met()}
    assert found.origins["d"] == ("a",)
    assert set(found.origins["e"]) == {"a", "x"}


def test_what_is_asked_again_stays_so_through_later_versions() -> None:
    steps = [step({"kind": "reworded", "id": "a", "answers": "asked_again"}), step(RENUMBERED)]
    found = migrate_answers(steps, {"b": "qualitative"}, {"a": Met()})
    assert (dict(found.answers), set(found.asked_again)) == ({}, {"b"})


def test_two_that_change_places_each_take_their_answer_along() -> None:
    swap = step(
        {"kind": "renumbered", "from": "a", "to": "b"}, {"kind": "renumbered", "from": "b", "to": "a"}
    )
    found = migrate_answers([swap], dict.fromkeys("ab", "qualitative"), {"a": Met(), "b": Unmet()})
    assert found.answers == {"a": Unmet(), "b": Met()}


@given(st.dictionaries(st.sampled_from("abcdef"), answers_to("sampled").filter(bool)), st.data())
def test_every_answer_stands_or_is_asked_for_again_or_its_question_is_gone(
    before: Mapping[str, Answer], data: st.DataObject
) -> None:
    kinds: list[dict[str, Any]] = [
        RENUMBERED | {"from": "a", "to": "z"},
        SPLIT | {"from": "b", "to": ["y", "x"]},
    ]
    kinds += [MERGED | {"from": ["c", "d"], "to": "w"}, {"kind": "retired", "id": "e"}]
    chosen = data.draw(st.lists(st.sampled_from(kinds), unique_by=str))
    types = dict.fromkeys("abcdefxyzw", "sampled")
    found = migrate_answers([step(*chosen)], types, before)
    came = {source for sources in found.origins.values() for source in sources}
    for key, answer in before.items():
        retired = key == "e" and {"kind": "retired", "id": "e"} in chosen
        if key not in came and not retired:
            assert found.answers[key] == answer
    for target, sources in found.origins.items():
        answered = [source for source in sources if source in before]
        assert bool(answered) == (target in found.answers or target in found.asked_again)
