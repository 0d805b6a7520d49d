"""Slips that people make, and what they are told."""

import pytest

from dialogs.model.conversation import Conversation
from dialogs.model.dossier import Contact
from dialogs.model.messages import ChatStart
from tests.dialogs.player import NAME, Player, World
from tests.dialogs.prepared_talks import code_in, one_scheme


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
    li.take(ChatStart("zh-Hans", code))
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


def unopened() -> Player:
    """Somebody who writes before the talk was ever opened, as in a messenger."""
    world = World(one_scheme())
    world.players["c1"] = Player(world, Contact("c1", "李明"), Conversation("c1"))
    return world.players["c1"]


@pytest.mark.parametrize("typed", ["你好", "hello", "?!", "长" * 3000])
def test_first_words_are_answered_with_the_first_screen_alone(typed: str) -> None:
    li = unopened().say(typed)
    assert (li.state, li.problem) == ("language", None)
    li.say("你好")
    assert li.refused("not_understood")


def test_first_words_may_choose_the_language() -> None:
    assert unopened().say("English").talk.locale == "en"


def test_back_puts_the_guide_away_before_it_leaves_the_question(asked: Player) -> None:
    asked.press("answer:met", "guide", "nav:back")
    assert asked.at == "5.1.1.2"
    assert not [block for block in asked.screen.blocks if block.kind == "detail"]
    assert asked.say("指引", "帮助", "返回").at == "5.1.1.2"
    assert asked.press("nav:back", "nav:back").at == "5.1.1.1"


def test_each_file_says_how_many_there_are_now(asked: Player) -> None:
    asked.send("1.pdf").send("2.pdf", caption="符合")
    assert asked.says("file.saved", where="5.1.1.1 专职售后部门", name="2.pdf", number=2)
    assert asked.at == "5.1.1.2"


@pytest.mark.parametrize("typed", ["以后再答", "跳过", "later", "稍後再答"])
def test_a_condition_can_be_left_open_and_is_named_before_submitting(li: Player, typed: str) -> None:
    li.agree().introduce().say(typed)
    first, *_ = li.world.library.scheme("gbt27922-2011").eligibility
    title = li.world.library.text("gbt27922-2011", "zh-Hans").eligibility[first.id].title
    assert li.says("eligibility.later", title=title)
    assert li.state.startswith("eligibility.")
    assert li.state != f"eligibility.{first.id}"
    li.qualify().answer_all().press("nav:next", "nav:next")
    assert first.id not in li.case.eligibility
    for button in ("nav:submit", "nav:submit"):
        assert li.says("review.unasked", items=title)
        li.press(button)
    assert (li.state, li.says("review.unasked", items=title)) == ("grade", True)


def test_a_condition_left_open_is_answered_from_the_review(li: Player) -> None:
    li.agree().introduce().press("answer:skip")
    first = li.world.library.scheme("gbt27922-2011").eligibility[0].id
    li.qualify().press("nav:review", f"fix:{first}", "answer:met")
    assert (li.state, li.case.eligibility[first]) == ("review", "met")


def test_what_is_not_understood_at_a_condition_names_every_answer_that_it_takes(li: Player) -> None:
    li.agree().introduce()
    for condition in li.world.library.scheme("gbt27922-2011").eligibility:
        li.say("基本上吧")
        assert li.problem is not None
        offered = [one for one in li.buttons if one.startswith("answer:")]
        assert [one for one in offered if li.label(one) not in li.problem.message] == []
        assert ("answer:na" in offered) is condition.not_needed
        li.press("answer:met")


def test_the_bar_beside_a_question_shows_what_is_answered_as_on_the_review(asked: Player) -> None:
    asked.say("5.3.2.3")
    assert "43/43　已答1 ▱▱▱▱▱▱▱▱▱▱" in asked.text
    asked.say("5.1.1.1").answer_all("answer:met").press("nav:back")
    assert "已答43 ▰▰▰▰▰▰▰▰▰▰" in asked.text


def test_a_latin_name_stands_apart_from_chinese_words(asked: Player) -> None:
    asked.press("answer:met", "nav:menu", "invitation", "invitation:new")
    code = code_in(asked.text)
    asked.world.player("c2", "Li Ming").agree().press("join").say(code, "5.1.1.1 不符合")
    asked.press("nav:resume")
    assert "同事改了 5.1.1.1，现在是：不符合（Li Ming，" in asked.text
