import io
import json
from fractions import Fraction
from pathlib import Path

import pytest

from bot.channels.jsonl.chat import JsonLinesChat
from bot.conversations.local import Input
from dialogs.model.messages import Attachment, Problem
from rubric.library.library import Library
from rubric.model.answers import AnswerSheet
from rubric.scoring.score import score
from tests.bot.channels.fake_talk import FakeTalk, screen


def talked(given, *replies):
    """The objects that come out, and what the talk was given."""
    talk = FakeTalk([reply if isinstance(reply, tuple) else (reply,) for reply in replies])
    out = io.StringIO()
    JsonLinesChat(talk, out, lambda card: {"grade": card.grade}, lambda one: Path("/kept") / one.name).run(
        io.BytesIO(given)
    )
    return [json.loads(line) for line in out.getvalue().splitlines()], talk.taken


def test_the_first_screen_comes_unprompted_and_the_end_of_input_ends_it():
    objects, taken = talked(b"", screen("Which?", ["answer:met", "answer:unmet"], ["nav:back"]))
    assert taken == [Input("open")]
    assert objects == [
        {
            "type": "screen",
            "state": "scoring.question",
            "indicator": None,
            "text": "Which?",
            "buttons": [
                [
                    {"id": "answer:met", "label": "ANSWER:MET"},
                    {"id": "answer:unmet", "label": "ANSWER:UNMET"},
                ],
                [{"id": "nav:back", "label": "NAV:BACK"}],
            ],
            "attachments": [],
            "scorecard": None,
        }
    ]


def test_edit_is_there_only_where_the_screen_replaces_the_last():
    objects, _ = talked(b"x\n", screen(), screen(replaces_previous=True))
    assert "edit" not in objects[0]
    assert objects[1]["edit"] is True


def test_a_problem_is_an_error_and_the_screen_follows():
    objects, _ = talked(b"x\n", screen(), (Problem("not_understood", "Hm."), screen("again")))
    assert objects[1] == {"type": "error", "code": "not_understood", "message": "Hm."}
    assert objects[2]["text"] == "again"


@pytest.mark.parametrize("bad", [b"{", b"[1]", b"\xff", b'{"press":1}', b"x" * (1024 * 1024 + 1)])
def test_bad_input_is_said_the_screen_shown_again_and_the_talk_goes_on(bad):
    objects, taken = talked(bad + b"\nyes\n", screen("one"), screen("two"))
    assert [one["type"] for one in objects] == ["screen", "error", "screen", "screen"]
    assert objects[1]["code"] == "bad_input"
    assert [one["text"] for one in objects if "text" in one] == ["one", "one", "two"]
    assert taken == [Input("open"), Input("text", "yes")]


def test_characters_are_written_as_they_are():
    talk, out = FakeTalk([(screen("符合 😀"),)]), io.StringIO()
    JsonLinesChat(talk, out, lambda card: {}, lambda one: Path(one.name)).run(io.BytesIO())
    assert "符合 😀" in out.getvalue()


def test_an_attachment_is_given_with_its_path():
    objects, _ = talked(b"", screen(attachments=(Attachment("a.yaml", "application/yaml", b"x"),)))
    assert objects[0]["attachments"] == [
        {"name": "a.yaml", "media_type": "application/yaml", "path": "/kept/a.yaml"}
    ]


def test_a_grade_screen_carries_its_scorecard():
    card = score(Library.from_folders().scheme("gbt27922-2011"), AnswerSheet())
    assert card.exact == Fraction(0)
    objects, _ = talked(b"", screen(state="grade", scorecard=card))
    assert objects[0]["scorecard"] == {"grade": "fail"}


def test_each_object_is_out_before_the_next_input_is_read():
    class Given(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            seen.append(len(out.getvalue().splitlines()))
            return super().readline(size or -1)

    seen: list[int] = []
    out = io.StringIO()
    JsonLinesChat(FakeTalk([(screen(),)]), out, lambda card: {}, lambda one: Path(one.name)).run(
        Given(b"a\nb\n")
    )
    assert seen == [1, 2, 3]
