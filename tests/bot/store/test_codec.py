"""Everything that a case records and a talk remembers comes back from JSON as it was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.codec import CodecError, decode, encode, memory, recall
from dialogs.conversation import Conversation, Place, Restore, UndoStep
from dialogs.values import Evidence
from rubric.sheet import Met, NotApplicable, Sampled, SpecialDeduction, Unmet

TEXT = st.text(max_size=30)
COUNT = st.integers(0, 10**9)
SAMPLES = st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)).map(lambda two: Sampled(two[0], min(two)))
VALUES = st.one_of(
    TEXT,
    COUNT,
    st.booleans(),
    st.just(Met()),
    st.just(Unmet()),
    SAMPLES,
    TEXT.filter(str.strip).map(NotApplicable),
    st.builds(SpecialDeduction, TEXT, TEXT),
    st.builds(Evidence, TEXT, TEXT, TEXT, COUNT, TEXT),
    st.none(),
)
PLACES = st.builds(Place, TEXT, TEXT)
STEPS = st.builds(
    UndoStep, PLACES, st.lists(st.builds(Restore, TEXT, TEXT, TEXT, VALUES, VALUES), max_size=3).map(tuple)
)


@given(VALUES)
def test_a_recorded_value_comes_back(value: object) -> None:
    found = decode(json.loads(json.dumps(encode(value))))  # type: ignore[arg-type]
    assert found == value
    assert type(found) is type(value)


@given(
    PLACES, st.lists(PLACES, max_size=5), st.lists(STEPS, max_size=3), st.dictionaries(TEXT, TEXT, max_size=3)
)
def test_what_the_talk_remembers_comes_back(
    main: Place, path: list[Place], undo: list[UndoStep], draft: dict[str, str]
) -> None:
    talk = Conversation("c", main=main, path=path, undo=undo, draft=draft)
    again = Conversation("c")
    recall(again, json.loads(json.dumps(memory(talk))))
    assert again == talk


@pytest.mark.parametrize(
    "stored",
    [
        [],
        {},
        {"met": {}, "unmet": {}},
        {"meat": {}},
        {"sampled": {"sampled": 1}},
        {"met": {"x": 1}},
        1.5,
        {"sampled": {"sampled": 3, "conforming": 5}},
        {"na": {"reason": " "}},
        {"met": None},
    ],
)
def test_json_that_is_none_of_the_values_is_refused(stored: object) -> None:
    with pytest.raises(CodecError):
        decode(stored)
