import io
import re
from pathlib import Path
from typing import get_args

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.channels.terminal.chat import TerminalChat
from bot.conversations.local import Input
from dialogs.model.messages import Attachment, Block, BlockKind, Button, Problem, Screen
from tests.bot.channels.fake_talk import FakeTalk, screen

LABELS = ("符合", "不符合", "部分符合（抽样）", "以后再答", "评审员看什么")
NAVIGATION = {"back": "返回", "undo": "撤销", "sections": "目录", "review": "复核", "menu": "菜单"}
WALK = Screen(
    "scoring.question",
    "5.2.4.2",
    (
        Block("saved", "已保存　5.2.4.1 报修渠道：符合"),
        Block("place", "5.2.4 维修 · 27/43　▰▰▰▰▰▰▱▱▱▱"),
        Block("question", "报修之后，是否都在「承诺的时间」内派单并修好？可以抽查最近的维修单，例如抽40份。"),
        Block("hint", "可直接输入“37/40”。"),
    ),
    (
        tuple(Button(f"b{n}", label) for n, label in enumerate(LABELS[:2])),
        tuple(Button(f"c{n}", label) for n, label in enumerate(LABELS[2:])),
        tuple(Button(f"nav:{way}", label) for way, label in NAVIGATION.items()),
    ),
)


class Shown:
    """A terminal of a given width, and what was typed at it."""

    def __init__(self, *replies, typed=(), width=80, colour=False, locale="en", leave=EOFError):
        self.talk = FakeTalk([reply if isinstance(reply, tuple) else (reply,) for reply in replies])
        self.out = Console(
            file=io.StringIO(), width=width, markup=False, highlight=False, emoji=False, force_terminal=colour
        )
        self.typed = iter(typed)
        self.leave = leave
        TerminalChat(
            self.talk, self.out, self.ask, lambda: locale, lambda one: Path("/kept") / one.name
        ).run()

    def ask(self):
        for line in self.typed:
            return line
        raise self.leave

    @property
    def text(self):
        assert isinstance(self.out.file, io.StringIO)
        return self.out.file.getvalue()


def test_the_first_screen_comes_unasked():
    assert "Which?" in Shown(screen()).text


@pytest.mark.parametrize("leave", [EOFError, KeyboardInterrupt])
@pytest.mark.parametrize(("locale", "word"), [("en", "Saved."), ("zh-Hans", "已保存"), ("zh-Hant", "已儲存")])
def test_leaving_says_that_all_is_saved(leave, locale, word):
    assert word in Shown(screen(), locale=locale, leave=leave).text.splitlines()[-1]


def test_being_interrupted_in_a_turn_leaves_as_well():
    shown = Shown(screen())
    talk = FakeTalk([(screen(),), KeyboardInterrupt()])
    TerminalChat(talk, shown.out, lambda: "x", lambda: "en", lambda one: Path(one.name)).run()
    assert shown.text.rstrip().endswith("go on from here.")


def test_numbers_press_and_words_are_said():
    shown = Shown(screen("?", ["a", "b"], ["nav:back"]), typed=["2", "Ｂ", "37/40", "4", "  "])
    assert shown.talk.taken == [
        Input("open"),
        Input("press", "b"),
        Input("press", "nav:back"),
        Input("text", "37/40"),
        Input("text", "4"),
    ]


def test_where_a_number_is_an_answer_it_goes_through_as_text():
    shown = Shown(screen("How many?", ["a"], takes_number=True), typed=["1", "a"])
    assert shown.talk.after_opening == [Input("text", "1"), Input("press", "a")]
    assert "[a] A" in shown.text


def test_the_choices_are_those_of_the_last_screen():
    shown = Shown(
        screen("one", ["a"]), (Problem("not_understood", "Hm."), screen("two", ["b"])), typed=["x", "1"]
    )
    assert shown.talk.taken[-1] == Input("press", "b")
    assert "Hm." in shown.text


def test_a_path_to_a_file_is_sent_as_evidence(tmp_path):
    (tmp_path / "a b.pdf").write_text("x")
    shown = Shown(screen(), typed=[f"'{tmp_path}/a b.pdf'", f"@{tmp_path}/nothing.pdf"])
    assert shown.talk.after_opening == [Input("file", str(tmp_path / "a b.pdf"))]
    assert "There is no such file" in shown.text


def test_pausing_ends_the_program_but_a_paused_talk_can_be_taken_up():
    paused = screen("Paused.", ["nav:resume"], state="paused")
    shown = Shown(paused, paused, screen(), paused, screen(), typed=["what?", "1", "pause", "never read"])
    assert [given.value for given in shown.talk.after_opening] == ["what?", "nav:resume", "pause"]


def test_an_attachment_is_named_with_its_place_in_one_line():
    attachment = Attachment("answers.yaml", "application/yaml", b"x")
    shown = Shown(screen(attachments=(attachment,)), width=20)
    assert "/kept/answers.yaml" in shown.text.splitlines()


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal_and_none_begins_with_a_comma(width):
    for line in Shown(WALK, width=width, locale="zh-Hans").text.splitlines():
        assert cell_len(line) <= width
        assert not line.startswith(tuple("，。、：；？！」）"))


@pytest.mark.parametrize("kind", get_args(BlockKind))
@pytest.mark.parametrize("width", [20, 80])
def test_every_kind_of_block_is_shown(kind, width):
    assert "Here it is." in Shown(Screen("menu", None, (Block(kind, "Here it is."),), ()), width=width).text


def test_a_picture_is_shown_as_it_is_or_where_it_does_not_fit_not_at_all():
    picture = "2025-12      2028-11\n+------+-----+------+\n    v                Today"
    calendar = Screen("calendar", None, (Block("picture", picture), Block("body", "Surveillance: due.")), ())
    assert picture in Shown(calendar, width=40).text
    narrow = Shown(calendar, width=20).text
    assert "Surveillance: due." in narrow
    assert "+--" not in narrow


def test_lines_stay_readable_on_a_very_wide_terminal():
    assert max(cell_len(line) for line in Shown(WALK, width=300).text.splitlines()) <= 100


def test_all_choices_are_there_at_any_width():
    for width in (20, 40, 200):
        text = Shown(WALK, width=width).text.replace("\n      ", "")
        assert all(f"[{n}] {label}" in text for n, label in enumerate(LABELS, start=1))


def test_choices_of_one_row_stand_in_columns_where_they_fit():
    lines = Shown(WALK, width=80).text.splitlines()
    first, second = (next(line for line in lines if mark in line) for mark in ("[1]", "[3]"))
    assert cell_len(first.split("[2]")[0]) == cell_len(second.split("[4]")[0])


def test_navigation_is_one_line_below_the_answers():
    lines = Shown(WALK, width=80).text.splitlines()
    assert "  [b] 返回  [u] 撤销  [s] 目录  [r] 复核  [m] 菜单" in lines


def test_navigation_that_is_too_long_for_a_line_takes_several():
    pressed = Screen(
        "language", None, (Block("question", "?"),), ((Button("nav:next", "Continue in English"),),) * 2
    )
    lines = Shown(pressed, width=20).text.splitlines()
    assert all(cell_len(line) <= 20 for line in lines)
    assert "      English" in lines


def test_a_break_leaves_no_choices_above_the_shell():
    shown = Shown(screen(), screen("Paused.", ["nav:resume"], state="paused"), typed=["pause"])
    assert "Paused." in shown.text
    assert "]" not in shown.text.partition("Paused.")[2]


def test_a_talk_that_is_taken_up_after_a_break_shows_its_choices():
    assert "[1]" in Shown(screen("Paused.", ["nav:resume"], state="paused")).text


def test_many_like_things_are_set_in_columns_however_narrow_the_terminal():
    clauses = [f"open:5.1.{group}.{number}" for group in (1, 2) for number in range(1, 7)]
    long = screen("?", ["nav:submit"], clauses[:6], clauses[6:])
    for width, lines in ((80, 3), (40, 6), (20, 12)):
        text = Shown(long, width=width).text
        assert sum("5.1." in line for line in text.splitlines()) == lines
        assert all(cell_len(line) <= width for line in text.splitlines())


def test_screens_are_set_apart_by_a_line():
    shown = Shown(screen("one"), screen("two"), typed=["x"])
    assert len([line for line in shown.text.splitlines() if line.startswith("──")]) == 2


def test_nothing_is_said_by_colour_alone():
    plain, coloured = Shown(WALK), Shown(WALK, colour=True)
    assert "\x1b[" not in plain.text
    assert "\x1b[" in coloured.text
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured.text) == plain.text


def test_what_looks_like_markup_is_shown_as_typed():
    assert "[bold]x[/] :smile: [1]" in Shown(screen("[bold]x[/] :smile: [1]")).text
