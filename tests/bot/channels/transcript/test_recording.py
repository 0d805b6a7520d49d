import io
from dataclasses import replace

import pytest

from bot.channels.transcript.recording import (
    TranscriptError,
    TranscriptRecorder,
    first_difference,
    read_transcript,
)
from bot.conversations.local import Input
from dialogs.model.messages import Attachment, Button, Problem
from rubric.library.library import Library
from rubric.model.answers import AnswerSheet
from rubric.scoring.score import score
from tests.bot.channels.fake_talk import FakeTalk, screen

CARD = score(Library.from_folders().scheme("gbt27922-2011"), AnswerSheet())
REPLIES = [
    (screen("one\n\n　two: “x”", ["answer:met", "answer:unmet"], ["nav:back"]),),
    (Problem("not_understood", "Hm: no."), screen("1.10", replaces_previous=True)),
    (screen("end", state="grade", scorecard=CARD, attachments=(Attachment("a.yaml", "t", b""),)),),
]
INPUTS = [Input("open"), Input("text", "no"), Input("press", "answer:met", "7")]


@pytest.fixture
def recorded(tmp_path):
    out = io.StringIO()
    recording = TranscriptRecorder(
        FakeTalk(list(REPLIES)), out, {"lang": "en", "now": "2026-03-01T09:00:00+08:00"}
    )
    for given in INPUTS:
        recording.take(given)
    path = tmp_path / "talk.yaml"
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def test_a_recorded_talk_reads_back(recorded):
    transcript = read_transcript(recorded)
    assert transcript.circumstances == {"lang": "en", "now": "2026-03-01T09:00:00+08:00"}
    assert [step.given for step in transcript.steps] == INPUTS
    assert transcript.steps[0].shown == [
        {
            "state": "scoring.question",
            "text": "one\n\n　two: “x”",
            "buttons": ["answer:met  ANSWER:MET | answer:unmet  ANSWER:UNMET", "nav:back  NAV:BACK"],
        }
    ]
    assert transcript.steps[2].shown[0]["scorecard"] == {"grade": "fail", "score": "0.00", "exact": "0"}


def test_text_is_written_as_a_block_that_reads_as_it_was_shown(recorded):
    assert "  text: |-\n    one\n\n    　two: “x”\n" in recorded.read_text(encoding="utf-8")


def test_the_same_talk_has_no_difference(recorded):
    assert first_difference(read_transcript(recorded), FakeTalk(list(REPLIES))) is None


def test_the_first_difference_is_shown_as_a_small_diff(recorded):
    changed = [
        REPLIES[0],
        (Problem("not_understood", "What?"), screen("1.10", replaces_previous=True)),
        (screen("also"),),
    ]
    difference = first_difference(read_transcript(recorded), FakeTalk(list(changed)))
    assert difference is not None
    assert "step 2" in difference
    assert "-  message: 'Hm: no.'" in difference
    assert "+  message: What?" in difference
    assert "also" not in difference


def test_playing_does_what_was_done_and_finds_files_beside_the_transcript(tmp_path):
    path = tmp_path / "talk.yaml"
    path.write_text("---\nlang: en\n---\nfile: evidence/a.pdf\nshown: []\n", encoding="utf-8")
    talk = FakeTalk([()])
    assert first_difference(read_transcript(path), talk) is None
    assert talk.taken == [Input("file", str(tmp_path / "evidence" / "a.pdf"))]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"- a",
        b"\xff",
        b"---\na: b\n---\nshown: []\n",
        b"{",
        b"[[" * 9999,
    ],
)
def test_a_file_that_is_no_transcript_is_said_in_one_line(tmp_path, content):
    path = tmp_path / "talk.yaml"
    path.write_bytes(content)
    with pytest.raises(TranscriptError) as error:
        read_transcript(path)
    assert str(error.value).startswith(f"{path}: ")
    assert "\n" not in str(error.value)


def test_random_ids_and_codes_have_names_that_play_again(tmp_path):
    first, second = ("a" * 31 + digit for digit in "12")

    def talk(one, other, code):
        row = (Button(f"org:{one}", "One"), Button(f"org:{other}", "Other"))
        return FakeTalk([(replace(screen(f"Code: {code}"), buttons=(row,)),), (screen("end"),)])

    out = io.StringIO()
    recording = TranscriptRecorder(talk(first, second, "ABCDE-23456"), out)
    recording.take(Input("open"))
    recording.take(Input("press", f"org:{second}"))
    path = tmp_path / "talk.yaml"
    path.write_text(out.getvalue(), encoding="utf-8")
    assert "aaa" not in out.getvalue()
    assert "Code: code-1" in out.getvalue()
    again = talk("b" * 32, "c" * 32, "ZZZZZ-99999")
    assert first_difference(read_transcript(path), again) is None
    assert again.taken[-1] == Input("press", f"org:{'c' * 32}")


def test_a_step_without_what_was_shown_can_be_played(tmp_path):
    path = tmp_path / "talk.yaml"
    path.write_text("---\n{}\n---\npress: a\n", encoding="utf-8")
    assert read_transcript(path).steps[0].shown == []


def test_a_file_that_is_not_there_is_said_in_one_line(tmp_path):
    with pytest.raises(TranscriptError, match="No such file"):
        read_transcript(tmp_path / "nothing.yaml")
