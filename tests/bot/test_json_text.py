"""JSON as every turn reads and writes it: the standard library's, and quicker."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import json_text
from dialogs.model.conversation import Place

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_what_is_written_is_read_back_here_and_by_the_standard_library(value: object) -> None:
    assert json_text.loads(json_text.dumps(value)) == value == json.loads(json_text.dumps(value))


@given(VALUES)
def test_what_the_standard_library_wrote_is_read(value: object) -> None:
    assert json_text.loads(json.dumps(value)) == value


def test_a_named_tuple_is_a_list() -> None:
    assert json_text.loads(json_text.dumps({"main": Place("review", "5.1")})) == {"main": ["review", "5.1"]}


def test_half_a_surrogate_pair_and_a_number_of_any_size_go_through() -> None:
    assert json_text.loads(json_text.dumps(["\ud83d"])) == ["\ud83d"]
    assert json_text.loads(json_text.dumps([2**80])) == [float(2**80)]


@pytest.mark.parametrize("text", ["", "{", "nonsense", b"\xff"])
def test_what_is_no_json_is_a_value_error(text: str | bytes) -> None:
    with pytest.raises((json.JSONDecodeError, UnicodeDecodeError)):
        json_text.loads(text)
