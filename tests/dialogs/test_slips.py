"""Slips that people make, and what they are told."""

import pytest

from tests.dialogs.player import NAME, Player, World
from tests.dialogs.talks import code_in, one_scheme


@pytest.fixture
def li() -> Player:
    return World(one_scheme()).player("c1", "李明")


def invitation(li: Player) -> str:
    li.begin().press("nav:menu", "invitation", "invitation:new")
    return code_in(li.text)


def test_an_invitation_code_is_no_name_of_an_enterprise(li: Player) -> None:
    code = invitation(li)
    wang = li.world.player("c2", "王芳").agree().say(code)
    assert wang.refused("invitation_code")
    assert wang.press("join").say(code).says("join.joined", name=NAME)


@pytest.mark.parametrize("typed", ["臺灣", "臺灣省", "台湾", "台灣"])
def test_both_ways_of_writing_taiwan_are_understood(li: Player, typed: str) -> None:
    li.agree("zh-Hant").say(NAME).press("nav:next", "nav:next").say(typed)
    assert li.organisation.province == "71"


def test_undo_says_what_it_took_back(li: Player) -> None:
    li.begin().press("answer:met", "nav:undo")
    assert "已撤销：5.1.1.1 " in li.text
    assert "（符合）" in li.text


def test_conditions_that_nobody_answered_are_named_to_the_end(li: Player) -> None:
    li.begin().press("answer:met", "nav:back", "nav:back", "nav:undo", "nav:undo")
    assert "means" not in li.case.eligibility
    li.say("5.3.2.3").press("answer:met", "nav:next", "nav:next", "nav:submit")
    assert "申请条件还没有回答" in li.text
    assert "申请条件还没有回答" in li.press("nav:submit").text


@pytest.mark.parametrize("code", ["ABCDE-FFFFF"])
def test_a_code_that_opens_nothing_is_told_at_once(li: Player, code: str) -> None:
    from dialogs.messages import Opened

    li.take(Opened("zh-Hans", code))
    assert li.refused("unknown_code")


@pytest.mark.parametrize("typed", ["符合", "不适用", "37/40", "抽查40个，37个合格"])
def test_an_answer_is_never_kept_as_a_note(asked: Player, typed: str) -> None:
    asked.press("evidence").say(typed)
    assert asked.refused("not_understood")
    assert typed in (asked.problem.message if asked.problem else "")
    assert asked.case.notes == {}
    assert asked.case.answers == {}


def test_a_note_may_speak_of_numbers_and_answers(asked: Player) -> None:
    asked.press("evidence").say("2025年抽查40个网点，37个合格，报告在附件里")
    assert list(asked.case.notes) == ["5.1.1.1"]
