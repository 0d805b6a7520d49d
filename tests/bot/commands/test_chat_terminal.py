"""`xingping chat` at a real (pseudo) terminal."""

import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest
from rich.cells import cell_len

from tests.bot.commands.child_process import PROGRAM, environment

pytestmark = pytest.mark.slow

WIDTHS = [40, 80, 200]
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()=>][B0]?|\x1b\][^\x07]*\x07")


class Terminal:
    """The program at a terminal of a given size."""

    def __init__(self, home: Path, *arguments: str, columns: int = 80, **changes: str) -> None:
        variables = environment(home, **{"TERM": "xterm-256color", **changes})
        del variables["COLUMNS"]
        command, *fixed = PROGRAM
        self.child = pexpect.spawn(
            command,
            [*fixed, "chat", *arguments],
            cwd=str(home),
            env=variables,
            dimensions=(50, columns),
            encoding="utf-8",
            timeout=20,
        )
        self.child.ptyproc.delayafterterminate = 1.0  # type: ignore[attr-defined]  # busy machines take their time

    def see(self, text: str) -> str:
        """Wait until the text is shown; what was shown before it and with it."""
        self.child.expect_exact(text)
        return f"{self.child.before}{self.child.after}"

    def type(self, line: str) -> None:
        self.see("›")
        self.child.send(line + "\r")

    def rest(self) -> str:
        self.child.expect(pexpect.EOF)
        return str(self.child.before)

    def status(self) -> int:
        self.child.close()
        assert self.child.exitstatus is not None
        return int(self.child.exitstatus)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    started: list[Terminal] = []

    def start(*arguments: str, **options: Any) -> Terminal:
        started.append(Terminal(tmp_path, *arguments, **options))
        return started[-1]

    yield start
    for one in started:
        one.child.close(force=True)


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_leaving_says_saved_in_the_language_of_the_talk_and_is_no_failure(terminal, key):
    here = terminal("--as", "li")
    here.type("3")
    here.see("[1]")
    here.see("›")
    here.child.send(key)
    assert "Saved. Run xingping chat" in here.rest()
    assert here.status() == 0
    again = terminal("--as", "li")
    again.see("[1]")
    again.see("›")
    again.child.send(key)
    assert "Saved. Run xingping chat" in again.rest()


def test_numbers_full_width_numbers_and_words_press_buttons(terminal):
    here = terminal()
    here.type("１")
    here.see("同意，开始")
    here.type("同意")
    here.see("企业的全称")
    here.type("星河电器有限公司")
    here.see("星河电器有限公司")
    here.see("[a]")
    here.type("a")
    here.see("行业")


def test_a_screen_is_coloured_and_without_colour_says_the_same(terminal):
    coloured, plain = terminal("--as", "a"), terminal("--as", "b", NO_COLOR="1")
    assert re.search(r"\x1b\[[0-9;]*3[0-9]", coloured.see("[4]"))
    assert not re.search(r"\x1b\[(?:[0-9;]*;)?(?:3|9)[0-7]", plain.see("[4]"))


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_line_is_wider_than_the_terminal(terminal, columns):
    here = terminal(columns=columns)
    shown = here.see("›")
    here.child.send("1\r")
    shown += here.see("›")
    for line in ESCAPE.sub("", shown).replace("\r", "\n").split("\n"):
        assert cell_len(line) <= columns


def test_a_resized_terminal_gets_lines_of_its_new_width(terminal):
    here = terminal(columns=120)
    here.see("›")
    here.child.setwinsize(50, 40)
    here.child.send("1\r")
    shown = here.see("›")
    lines = ESCAPE.sub("", shown).replace("\r", "\n").split("\n")
    assert max(cell_len(line) for line in lines) <= 40


def test_what_was_typed_is_remembered_for_its_owner_alone(terminal, tmp_path):
    here = terminal()
    here.type("1")
    here.see("同意")
    here.type("hello there")
    here.see("同意")  # the prompt alone may be the old one drawn anew, and a Ctrl-D given to that is lost
    here.see("›")
    here.child.sendcontrol("d")
    here.rest()
    history = tmp_path / "data" / "history"
    assert "+hello there" in history.read_text(encoding="utf-8")
    assert "+1\n" not in history.read_text(encoding="utf-8")
    assert history.stat().st_mode & 0o077 == 0
    again = terminal()
    again.see("›")
    for _ in range(20):  # the history is read while the prompt is already there
        again.child.send("\x1b[A")
        if again.child.expect_exact(["hello there", pexpect.TIMEOUT], timeout=1) == 0:
            break
    assert again.child.after == "hello there"


def test_a_dumb_terminal_is_enough(terminal):
    here = terminal(TERM="dumb")
    shown = here.see("›")
    assert "\x1b" not in shown
    here.child.send("1\r")
    here.see("同意")
    here.child.sendcontrol("d")
    assert "已保存" in here.rest()
    assert here.status() == 0


def test_pausing_ends_the_program_and_it_begins_there_again(terminal):
    here = terminal()
    for line in ("1", "1", "暂停"):
        here.type(line)
    assert "已保存" in here.rest()
    assert here.status() == 0
    again = terminal()
    again.see("已暂停")
    again.type("继续")
    again.see("企业的全称")


def test_a_file_dropped_on_the_terminal_is_kept_as_evidence(terminal, tmp_path):
    (tmp_path / "service rules.txt").write_text("服务制度", encoding="utf-8")
    here = terminal()
    for line in ("1", "1", "星河", "a", "跳过", "跳过", "2800", "300", "26", "3"):
        here.type(line)
    for _ in range(9):
        here.see("申请条件")
        here.type("1")
    here.see("5.1.1.1")
    here.type(rf"{tmp_path}/service\ rules.txt ")
    here.see("service rules.txt")
    here.see("证据")


def test_killed_in_mid_talk_it_goes_on_where_it_was(terminal):
    here = terminal()
    here.type("3")
    here.see("Agree")
    here.type("1")
    here.see("full name")
    here.child.kill(signal.SIGKILL)
    terminal().see("full name")


def test_lines_from_a_pipe_work_without_a_terminal(tmp_path):
    ended = subprocess.run(
        [*PROGRAM, "chat"],
        input="1\n同意\n星河电器\n".encode(),
        capture_output=True,
        cwd=tmp_path,
        env=environment(tmp_path),
        check=False,
        timeout=60,
    )
    text = ended.stdout.decode()
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert "星河电器" in text
    assert text.rstrip().splitlines()[-1].startswith("已保存")
    assert "\x1b" not in text
