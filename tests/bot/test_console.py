import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from bot.console import CLOSING_PUNCTUATION, WrappedText, wrap_text

CHINESE = (
    "售后服务管理师应占服务管理人员的10%，并且他们「负责」管理和指导售后服务工作。这样 ok，没问题！（是的）"
)


@pytest.mark.parametrize("width", range(8, 60))
def test_no_line_begins_with_what_closes_or_is_wider_than_the_terminal(width):
    for line in wrap_text(CHINESE, width):
        assert cell_len(line) <= width
        assert line[0] not in CLOSING_PUNCTUATION


@pytest.mark.parametrize("width", range(8, 60))
def test_no_line_ends_with_what_opens(width):
    assert not [line for line in wrap_text(CHINESE, width) if line[-1] in "「（"]


def test_latin_words_and_clause_numbers_stay_whole():
    assert wrap_text("见 5.1.3.2 internal support", 12) == ["见 5.1.3.2", "internal", "support"]


def test_a_word_wider_than_the_line_is_cut():
    assert wrap_text("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_line_breaks_of_the_text_and_leading_spaces_stay():
    assert wrap_text("一\n\n　二", 20) == ["一", "", "　二"]


def test_an_emoji_put_together_of_several_is_not_cut():
    family = "👨‍👩‍👧"
    assert family in "".join(wrap_text(f"一二三四五{family}六七八九十", 12))
    assert any(family in line for line in wrap_text(f"一二三四五{family}六七八九十", 12))


@given(st.text(max_size=300), st.integers(2, 40))
def test_nothing_but_spaces_is_lost_in_wrapping(text, width):
    assert "".join("".join(wrap_text(text, width)).split()) == "".join(text.split())


def test_prose_wraps_inside_a_table_cell():
    out = Console(file=io.StringIO(), width=30)
    table = Table("a", "b")
    table.add_row("1", WrappedText(CHINESE))
    out.print(table)
    assert isinstance(out.file, io.StringIO)
    lines = out.file.getvalue().splitlines()
    assert {cell_len(line) for line in lines} == {30}
    assert not [line for line in lines if "│ ，" in line]
