"""Wrong turns: stale, forged and repeated presses, strange texts. None does harm, none is a dead end."""

import pytest

from dialogs.engine.turn import current_screen
from dialogs.model.messages import ButtonPress
from dialogs.parsing.intents import LONGEST_INPUT
from tests.dialogs.player import NAME, Player


def test_a_stale_button_never_answers_another_question(asked: Player) -> None:
    stale = asked.talk.revision
    asked.press("answer:met", revision=stale)
    asked.press("answer:unmet", revision=stale)
    assert asked.refused("stale")
    assert list(asked.case.answers) == ["5.1.1.1"]
    assert asked.at == "5.1.1.2"


def test_a_repeated_press_with_its_revision_changes_nothing(asked: Player) -> None:
    revision = asked.talk.revision
    for _ in range(3):
        asked.press("answer:met", revision=revision)
    assert list(asked.case.answers) == ["5.1.1.1"]


def test_a_revision_from_the_future_is_stale_as_well(asked: Player) -> None:
    asked.press("answer:met", revision=asked.talk.revision + 1)
    assert asked.refused("stale")


@pytest.mark.parametrize(
    "button",
    [
        "answer:na", "answer:sample", "answer:", "answer:maybe", "nav:submit", "nav:", "nav:next",
        "nav:language", "open:5.3.1.1", "open:9.9", "field:staff", "scope:group", "org:new", "org:xyz",
        "case:xyz", "case:new", "", "x" * 999, "withdraw:1", "remove:1", "remove_note", "deduction:law",
        "bonus:claim", "lang:en", "lang:xx", "section:5.1.1", "fix:team", "walk:open", "trade:auto",
        "province:11", "group:5.1", "\ud800", "答案", "invitation:new", "profile",
    ],
)  # fmt: skip
def test_a_button_that_is_not_on_the_screen_does_nothing(asked: Player, button: str) -> None:
    before = asked.dossier().cases, asked.talk
    asked.press(button)
    assert asked.refused("not_offered")
    assert (asked.dossier().cases, asked.talk) == before
    assert asked.at == "5.1.1.1"


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "\n\t", "\x00", "\u200b", "\ud800", "符\ud83d合?", "😀", "🏳️‍🌈", "مرحبا", "\u202eabc",
        "ｘｙｚ", "{0}", "{name}", "%s", "<b>x</b>", "'; drop table answers; --", "../../etc/passwd",
        "A" * LONGEST_INPUT, "符合\x00x", "०१२", "Ⅳ", "½", "①", "5.", ".5", "5..1", "5.1.1.1.1.1",
        "-5.1.1.1", "5.1.1.1\n5.1.1.2", "/nonsense", "//", "第条", "§",
    ],
)  # fmt: skip
def test_strange_text_is_answered_with_help_and_the_question_again(asked: Player, typed: str) -> None:
    asked.say(typed)
    assert asked.refused("not_understood")
    assert asked.problem is not None
    assert "5.1.1.1" in asked.problem.message
    assert asked.at == "5.1.1.1"


@pytest.mark.parametrize("length", [LONGEST_INPUT + 1, 10_000])
def test_text_that_is_too_long_is_said_to_be(asked: Player, length: int) -> None:
    asked.say("符" * length)
    assert asked.refused("too_long")


def test_strange_text_is_kept_as_it_can_be_shown(asked: Player) -> None:
    asked.press("evidence").say("说明\ud800：\x07见\u202e附件 😀\r\n第二行")
    assert asked.case.notes["5.1.1.1"] == "说明：见附件 😀\n第二行"
    asked.case.notes["5.1.1.1"].encode()


def test_braces_in_what_a_person_typed_stay_braces(li: Player) -> None:
    li.agree().introduce("{name} {0} 有限公司 %s").qualify()
    li.press("evidence").say("{total} {range}")
    assert "{total} {range}" in li.text
    li.press("nav:menu")
    assert "{name} {0} 有限公司 %s" in li.text


def test_what_is_not_understood_is_helped_in_the_words_of_that_very_screen(asked: Player) -> None:
    asked.say("xyzzy")
    assert asked.problem is not None
    assert "不适用" not in asked.problem.message
    asked.say("5.2.6.2", "xyzzy")
    assert "不适用" in asked.problem.message
    asked.say("5.1.2.2", "xyzzy")
    assert asked.problem.message == asked.words("not_understood.question_computed", indicator="5.1.2.2")


def test_the_language_question_is_helped_in_every_language(li: Player) -> None:
    li.say("xyzzy")
    assert li.problem is not None
    assert "English" in li.problem.message


def test_not_understood_is_never_an_empty_sentence_on_any_screen(asked: Player) -> None:
    for button in ("nav:menu", "nav:help", "nav:sections", "nav:review", "nav:submit", "nav:submit"):
        asked.press(button) if asked.screen.has_button(button) else asked.press("nav:resume", button)
        asked.say("xyzzy")
        assert asked.refused("not_understood")
        assert asked.problem is not None
        assert asked.problem.message


def test_showing_the_screen_again_changes_nothing(asked: Player) -> None:
    dossier = asked.dossier()
    screen = current_screen(dossier, asked.world.library, asked.world.now)
    assert screen.state == asked.state
    assert dossier.conversation == asked.talk


def test_a_button_may_be_typed_by_its_label_or_its_beginning_word(asked: Player) -> None:
    asked.say("证据与备注")
    assert asked.state == "scoring.evidence"
    asked.press("nav:next").press("nav:review").say("确认提交", "提交")
    assert asked.state == "confirm"
    asked.say("确认提交")
    assert asked.state == "grade"


def test_a_word_for_the_screen_that_is_shown_shows_it_again(asked: Player) -> None:
    for word, state in (("复核", "review"), ("目录", "sections"), ("菜单", "menu"), ("帮助", "help")):
        asked.say(word, word)
        assert (asked.state, asked.problem) == (state, None)


@pytest.mark.parametrize(
    ("word", "state"),
    [("特别扣分", "deductions"), ("特别加分", "bonus"), ("材料清单", "materials"), ("删除我的数据", "erase")],
)
def test_the_words_of_another_screens_menu_are_understood_at_the_grade(
    asked: Player, word: str, state: str
) -> None:
    asked.answer_all().finish().say(word)
    assert (asked.state, asked.problem) == (state, None)


def test_my_data_are_handed_out_wherever_they_are_asked_for(asked: Player) -> None:
    asked.say("我的数据")
    assert asked.says("export.ready")
    assert asked.at == "5.1.1.1"


def test_the_special_deductions_are_not_jumped_to_from_a_question(asked: Player) -> None:
    asked.say("特别扣分")
    assert asked.refused("not_understood")


@pytest.mark.parametrize("word", ["no", "不", "不同意"])
def test_a_plain_no_keeps_everything(asked: Player, word: str) -> None:
    asked.press("nav:menu", "erase").say(word)
    assert (asked.state, asked.at) == ("scoring.question", "5.1.1.1")


@pytest.mark.parametrize("word", ["yes", "是", "好的", "同意"])
def test_a_plain_yes_erases_nothing(asked: Player, word: str) -> None:
    asked.press("nav:menu", "erase").say(word)
    assert asked.refused("not_understood")


def test_change_on_the_review_says_how(asked: Player) -> None:
    asked.press("nav:review").say("修改答案")
    assert asked.refused("not_understood")
    asked.press("nav:submit", "nav:submit").say("修改")
    assert asked.state == "review"


def test_a_press_with_no_revision_is_taken_where_a_channel_shows_one_screen_only(asked: Player) -> None:
    asked.take(ButtonPress("answer:met"))
    assert list(asked.case.answers) == ["5.1.1.1"]


def test_the_name_of_a_colleague_enterprise_does_not_press_a_button(asked: Player) -> None:
    assert NAME not in [button.label for row in asked.screen.buttons for button in row]
