"""The program as people start it, with a mistake in it: it never ends by it, and every contact can go on."""

import json
import re
from pathlib import Path

import pytest

from tests.bot.commands.child_process import json_chat, run
from tests.bot.commands.test_chat_terminal import Terminal
from tests.bot.injected_mistakes import Mistakes

pytestmark = pytest.mark.slow


@pytest.fixture
def mistakes(tmp_path: Path) -> Mistakes:
    """Somebody who answered one indicator, and a program that makes mistakes when it is asked to."""
    with json_chat(tmp_path, "--as", "li") as talk:
        talk.walk(lambda screen: screen["indicator"] == "5.1.1.2")
    return Mistakes(tmp_path / "mistakes")


def log_of(home: Path) -> str:
    return (home / "data" / "errors.log").read_text(encoding="utf-8")


def test_json_lines_go_on_after_a_step_that_raises(tmp_path: Path, mistakes: Mistakes) -> None:
    mistakes.make("answering")
    with json_chat(tmp_path, "--as", "li", PYTHONPATH=mistakes.path) as talk:
        assert talk.press("answer:met")["state"] == "menu"
        (error,) = talk.errors
        (number,) = re.findall(r"\d{8}", error["message"])
        mistakes.mend()
        assert talk.press("nav:resume")["indicator"] == "5.1.1.2"
        assert talk.press("answer:met")["indicator"] == "5.1.2.1"
    assert error["code"] == "internal"
    assert f"failure {number}" in log_of(tmp_path)
    assert "KeyError: 'picture'" in log_of(tmp_path)
    assert (tmp_path / "data" / "errors.log").stat().st_mode & 0o077 == 0


def test_a_start_at_a_screen_and_a_menu_that_raise_ends_well_and_so_does_the_next(
    tmp_path: Path, mistakes: Mistakes
) -> None:
    mistakes.make("question", "menu")
    for _ in range(2):
        ended = run(tmp_path, "chat", "--jsonl", "--as", "li", PYTHONPATH=mistakes.path)
        assert (ended.returncode, ended.stderr) == (0, b"")
        error, screen = map(json.loads, ended.stdout.splitlines())
        assert error["code"] == "internal"
        assert (screen["state"], screen["buttons"]) == ("menu", [])
    with json_chat(tmp_path, "--as", "li") as talk:
        assert talk.screen["state"] == "menu"
        assert talk.press("nav:resume")["indicator"] == "5.1.1.2"


def test_the_doctor_names_the_failures_by_the_numbers_that_contacts_have(
    tmp_path: Path, mistakes: Mistakes
) -> None:
    assert b"ok      failures: none" in run(tmp_path, "doctor").stdout
    mistakes.make("question")
    ended = run(tmp_path, "chat", "--jsonl", "--as", "li", PYTHONPATH=mistakes.path)
    (number,) = re.findall(r"\d{8}", json.loads(ended.stdout.splitlines()[0])["message"])
    (line,) = [
        one
        for one in run(tmp_path, "doctor").stdout.decode().splitlines()
        if one.startswith("ok      failures")
    ]
    assert f"number {number} at scoring.question 5.1.1.2: KeyError('picture')" in line


def test_a_pipe_gets_the_sentence_and_the_menu(tmp_path: Path, mistakes: Mistakes) -> None:
    mistakes.make("answering")
    ended = run(tmp_path, "chat", "--as", "li", given="符合\n".encode(), PYTHONPATH=mistakes.path)
    text = ended.stdout.decode()
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert re.search(r"编号 \d{8}", text)
    assert "继续" in text.partition("编号")[2]


def test_at_a_terminal_a_screen_that_cannot_be_shown_ends_nothing(tmp_path: Path, mistakes: Mistakes) -> None:
    mistakes.make("terminal")
    here = Terminal(tmp_path, "--as", "li", PYTHONPATH=mistakes.path)
    try:
        seen = here.see("编号") + here.see("继续")
        assert "Traceback" not in seen
        mistakes.mend()
        here.type("继续")
        here.see("5.1.1.2")
        here.see("›")
        here.child.send("\x04")
        here.rest()
        assert here.status() == 0
    finally:
        here.child.close(force=True)
    with json_chat(tmp_path, "--as", "li") as talk:
        assert talk.screen["indicator"] == "5.1.1.2"
