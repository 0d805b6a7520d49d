"""`xingping chat --jsonl` as scripts use it: a child process and pipes."""

import json
import signal
import subprocess
from contextlib import suppress

import pytest

from tests.bot.commands.child_process import PROGRAM, environment, json_chat, run

pytestmark = pytest.mark.slow

SHEET = """
scheme: gbt27922-2011
profile: {staff: 2800, outlets: 300, service_managers: 26, certified_managers: 3}
"""


def at_question(screen):
    return screen["state"] == "scoring.question"


def at_grade(screen):
    return screen["state"] == "grade"


def test_all_met_is_five_stars_and_the_very_scorecard_of_grade(tmp_path):
    with json_chat(tmp_path) as talk:
        card = talk.walk(at_grade)["scorecard"]
    assert (card["score"], card["grade"], card["grade_label"]) == ("100.00", "5-star", "五星级")
    (tmp_path / "sheet.yaml").write_text(SHEET, encoding="utf-8")
    graded = run(tmp_path, "grade", "sheet.yaml", "--all", "met", "--json")
    assert json.loads(graded.stdout) == card


def test_the_answer_sheet_handed_out_grades_to_the_scorecard_of_the_talk(tmp_path):
    with json_chat(tmp_path) as talk:
        talk.walk(lambda screen: screen["indicator"] == "5.1.1.2")
        talk.give(text="37/40")
        talk.walk(lambda screen: screen["indicator"] == "5.2.6.2")
        talk.press("answer:na")
        talk.give(text="不销售“须回收”的商品：no\n1.10 😀")
        card = talk.walk(at_grade)["scorecard"]
        files = {one["name"]: one["path"] for one in talk.press("report")["attachments"]}
    assert card["score"] == "99.77"
    graded = run(tmp_path, "grade", files["answers.yaml"], "--json")
    assert json.loads(graded.stdout) == card


def test_the_label_follows_the_language_of_the_talk(tmp_path):
    with json_chat(tmp_path, "--lang", "en") as talk:
        talk.press("lang:en")
        card = talk.walk(at_grade)["scorecard"]
    assert card["grade_label"] == "Five-star"
    assert card["lines"][0]["why"] == "conforms"


def test_killed_in_mid_talk_it_goes_on_where_the_last_confirmed_answer_left_it(tmp_path):
    with json_chat(tmp_path) as talk:
        talk.walk(at_question)
        before = talk.press("answer:met")
        talk.process.send_signal(signal.SIGKILL)
    with json_chat(tmp_path) as talk:
        assert talk.screen["state"] == before["state"]
        assert talk.screen["indicator"] == before["indicator"] == "5.1.1.2"
        assert "5.1.1.1" in talk.press("nav:back")["text"]
        assert "nav:next" in talk.buttons


def test_the_same_id_again_changes_nothing(tmp_path):
    with json_chat(tmp_path) as talk:
        talk.walk(at_question)
        first = talk.give(press="answer:met", id="one")
        again = talk.give(press="answer:met", id="one")
        assert first["indicator"] == again["indicator"] == "5.1.1.2"
        assert talk.give(press="answer:met", id="two")["indicator"] == "5.1.2.1"


def test_an_id_is_remembered_by_the_next_program_too(tmp_path):
    with json_chat(tmp_path) as talk:
        talk.walk(at_question)
        talk.give(press="answer:met", id=7)
    with json_chat(tmp_path) as talk:
        assert talk.give(press="answer:met", id="7")["indicator"] == "5.1.1.2"


def test_names_keep_their_conversations_apart(tmp_path):
    with json_chat(tmp_path, "--as", "李明") as talk:
        talk.walk(at_question)
    with json_chat(tmp_path, "--as", "王芳") as talk:
        assert talk.screen["state"] == "language"
    with json_chat(tmp_path, "--as", "李明") as talk:
        assert talk.screen["state"] == "scoring.question"


def test_bad_lines_are_errors_and_the_talk_goes_on(tmp_path):
    bad = [
        b"\xff\xfe",
        b"{",
        b"[1]",
        b'{"press": 1}',
        b'{"text": "a", "press": "b"}',
        rb'{"text": "\ud800"}',
        b"a\0b",
    ]
    with json_chat(tmp_path) as talk:
        for line in [*bad, b"x" * (1024 * 1024 + 5)]:
            screen = talk.line(line)
            assert [one["code"] for one in talk.errors] == ["bad_input"]
            assert screen["state"] == "language"
        assert talk.press("lang:en")["state"] == "agreement"
        assert talk.errors == []


def test_a_button_that_is_not_there_is_not_offered(tmp_path):
    with json_chat(tmp_path) as talk:
        assert talk.press("answer:met")["state"] == "language"
        assert [one["code"] for one in talk.errors] == ["not_offered"]


def test_files_are_kept_or_refused_with_a_reason(tmp_path):
    (tmp_path / "rules.txt").write_text("服务制度", encoding="utf-8")
    (tmp_path / "tool.exe").write_bytes(b"MZ\0\0")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "big.txt").write_text("x" * 1_000_001)
    with json_chat(tmp_path, XINGPING_MAX_FILE_MB="1") as talk:
        talk.walk(at_question)
        assert "rules.txt" in talk.give(file="rules.txt")["text"]
        assert talk.errors == []
        codes = []
        for name in ("tool.exe", "empty.txt", "nothing.pdf", ".", "big" * 200):
            talk.give(file=name)
            codes += [one["code"] for one in talk.errors]
        assert codes == ["file_type", "file_empty", "file_unreadable", "file_unreadable", "file_unreadable"]
    kept = [path for path in (tmp_path / "data" / "evidence").rglob("*") if path.is_file()]
    assert [path.read_text(encoding="utf-8") for path in kept] == ["服务制度"]


def test_what_is_written_is_for_its_owner_alone(tmp_path):
    with json_chat(tmp_path) as talk:
        talk.walk(at_question)
        talk.press("nav:menu")
        talk.press("report")
    written = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert len(written) > 1
    assert {path.stat().st_mode & 0o077 for path in written} == {0}


def test_end_of_input_is_no_failure(tmp_path):
    ended = run(tmp_path, "chat", "--jsonl")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert json.loads(ended.stdout)["state"] == "language"


def test_output_is_utf8_whatever_the_locale(tmp_path):
    ended = run(tmp_path, "chat", "--jsonl", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "请选择语言" in ended.stdout.decode("utf-8")


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path):
    with subprocess.Popen(
        [*PROGRAM, "chat", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(tmp_path),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        with suppress(BrokenPipeError):
            process.stdin.write(b"hello\n" * 50)
            process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_a_clock_that_stands_still_is_the_same_in_every_run(tmp_path):
    def said():
        return run(
            tmp_path, "chat", "--jsonl", "--now", "2026-03-02T20:00", given=b'{"press":"lang:en"}'
        ).stdout

    said()
    assert said() == said()
