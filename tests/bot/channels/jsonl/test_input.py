import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.jsonl.input import MOST_BYTES, BadInputError, parse_input, read_lines
from bot.conversations.local import Input


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (b'{"press":"answer:met"}\n', Input("press", "answer:met")),
        (b'{"text":"37/40","id":"a"}', Input("text", "37/40", "a")),
        (b'{"file":"a.pdf","id":7}', Input("file", "a.pdf", "7")),
        (b'{"press":"nav:back","id":null}', Input("press", "nav:back")),
        (b'  {"text": "x"}  \r\n', Input("text", "x")),
        ("符合\r\n".encode(), Input("text", "符合")),
        (b"2800\n", Input("text", "2800")),
        (b"null", Input("text", "null")),
        (b'"yes"', Input("text", '"yes"')),
        ("[草稿] 好".encode(), Input("text", "[草稿] 好")),
        (b"37/40", Input("text", "37/40")),
        ("\ufeff好\n".encode(), Input("text", "好")),
        (b'{"text":""}', Input("text", "")),
    ],
)
def test_a_line_says_what_it_says(line, wanted):
    assert parse_input(line) == wanted


@pytest.mark.parametrize("line", [b"", b"\n", b"\r\n", b"  \t \n"])
def test_an_empty_line_says_nothing(line):
    assert parse_input(line) is None


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"{}",
        b"[1, 2]",
        b'{"press":1}',
        b'{"text":["x"]}',
        b'{"text":null}',
        b'{"press":"a","text":"b"}',
        b'{"press":"a","press":"b"}',
        b'{"say":"a"}',
        b'{"text":"a","colour":"red"}',
        b'{"id":"a"}',
        b'{"text":"a","id":true}',
        b'{"text":"a","id":1.5}',
        b'{"text":"a","id":""}',
        b'{"text":"a","id":"' + b"x" * 201 + b'"}',
        b'{"text":"a","id":1' + b"0" * 5000 + b"}",
        rb'{"text":"a\ud800b"}',
        rb'{"text":"a\u0000b"}',
        b"a\0b",
        b"\xff\xfe",
        b'{"text":' + b"[" * 100_000,
        b"x" * (MOST_BYTES + 1),
    ],
)
def test_what_a_script_got_wrong_is_said_in_one_line(line):
    with pytest.raises(BadInputError) as error:
        parse_input(line)
    assert "\n" not in str(error.value)
    str(error.value).encode()


@given(st.binary(max_size=200))
def test_any_line_is_an_input_nothing_or_bad(line):
    try:
        found = parse_input(line)
    except BadInputError:
        return
    assert found is None or found.value.encode() is not None


def test_the_line_behind_one_that_is_too_long_is_read():
    stream = io.BytesIO(b"x" * (3 * MOST_BYTES) + b"\nnext\nlast")
    first, *rest = read_lines(stream)
    assert len(first) == MOST_BYTES + 1
    assert rest == [b"next\n", b"last"]


def test_a_line_of_exactly_the_most_is_read_whole():
    line = b"x" * (MOST_BYTES - 1) + b"\n"
    assert list(read_lines(io.BytesIO(line + b"next"))) == [line, b"next"]
