"""A question and every way to answer it: met, samples, not applicable, computed, evidence and notes."""

import pytest

from dialogs.steps.scoring.indicator_step import MOST_FILES
from rubric.model.answers import Met, NotApplicable, Sampled, Unmet
from tests.dialogs.player import FIGURES, NAME, Player


@pytest.mark.parametrize(
    "typed", ["符合", "有", "是的", "有的", "yes", "ＹＥＳ", "做到了", "met", "符合！", " 符 合 "]
)
def test_met_is_understood_in_everyday_words(asked: Player, typed: str) -> None:
    asked.say(typed)
    assert asked.answer("5.1.1.1") == Met()
    assert asked.at == "5.1.1.2"


@pytest.mark.parametrize("typed", ["不符合", "没有", "否", "no", "not met", "没做到", "还没有", "不达标"])
def test_unmet_is_understood_in_everyday_words(asked: Player, typed: str) -> None:
    asked.say(typed)
    assert asked.answer("5.1.1.1") == Unmet()


@pytest.mark.parametrize(
    "typed",
    [
        "有，但是不全", "基本符合", "mostly", "应该有", "有没有", "没有不符合", "不，符合", "符合吧",
        "好的", "可以", "ok", "大概符合", "符合吗", "不是不符合", "pass", "50%", "0.5", "-1", "40/37",
        "37/40", "有点", "部分", "行", "符合?",
    ],
)  # fmt: skip
def test_what_is_not_said_for_certain_is_no_answer(asked: Player, typed: str) -> None:
    asked.say(typed)
    assert asked.case.answers == {}
    assert asked.problem is not None
    assert asked.at == "5.1.1.1"


def test_an_answer_is_confirmed_and_the_range_moves(asked: Player) -> None:
    asked.press("answer:met")
    kinds = [block.kind for block in asked.screen.blocks]
    assert kinds[0] == "saved"
    assert asked.says("range.open", low="6.33", high="98.33", worst="未达标", best="五星级")


def test_the_same_answer_again_changes_nothing_but_goes_on(asked: Player) -> None:
    asked.press("answer:met", "nav:back", "answer:met")
    assert asked.events == ()
    assert asked.at == "5.1.1.2"


def test_the_guide_is_shown_on_demand_and_put_away(asked: Player) -> None:
    asked.press("guide")
    details = [block for block in asked.screen.blocks if block.kind == "detail"]
    assert len(details) == 4
    asked.say("指引")
    assert not [block for block in asked.screen.blocks if block.kind == "detail"]
    asked.press("guide", "answer:met")
    assert not [block for block in asked.screen.blocks if block.kind == "detail"]


@pytest.mark.parametrize(
    "typed",
    [
        "37/40",
        "３７／４０",
        "37 of 40",
        "40个抽查37个合格",
        "四十个里三个不行",
        "抽查40个，其中37个合格",
        "37个合格，共40个",
    ],
)
def test_a_sample_is_understood_at_once(asked: Player, typed: str) -> None:
    asked.say("5.1.1.2", typed)
    assert asked.answer("5.1.1.2") == Sampled(40, 37)
    assert asked.at == "5.1.2.1"


def test_a_sample_is_asked_in_two_steps(asked: Player) -> None:
    asked.say("5.1.1.2").press("answer:sample").say("四十个")
    assert asked.says("sample.conforming", sampled="40")
    assert asked.screen.takes_number
    asked.say("37")
    assert asked.answer("5.1.1.2") == Sampled(40, 37)


def test_a_sample_can_be_given_whole_where_it_is_asked_in_steps(asked: Player) -> None:
    asked.say("5.1.1.2").press("answer:sample").say("37/40")
    assert asked.answer("5.1.1.2") == Sampled(40, 37)


def test_a_count_given_up_is_not_remembered_for_another_question(asked: Player) -> None:
    asked.say("5.1.1.2").press("answer:sample").say("40").press("nav:back", "answer:skip", "answer:sample")
    assert (asked.state, asked.at) == ("scoring.sample", "5.1.2.1")
    assert not asked.says("sample.conforming", sampled="40")
    asked.say("30")
    assert asked.case.answers == {}


@pytest.mark.parametrize("typed", ["0", "0/0", "零个"])
def test_a_sample_of_none_is_refused(asked: Player, typed: str) -> None:
    asked.say("5.1.1.2").press("answer:sample").say(typed)
    assert asked.refused("bad_sample")


@pytest.mark.parametrize("typed", ["40/37", "41 of 40", "抽查37个，40个合格"])
def test_a_sample_that_does_not_fit_is_never_turned_round(asked: Player, typed: str) -> None:
    asked.say("5.1.1.2", typed)
    assert asked.refused("bad_sample")


@pytest.mark.parametrize(
    "typed", ["抽查3个，5个不合格", "抽查40个，37个合格，2个不合格", "40个里37个合格3个合格"]
)
def test_a_sample_that_contradicts_itself_is_not_understood(asked: Player, typed: str) -> None:
    asked.say("5.1.1.2", typed)
    assert asked.refused("not_understood")


def test_more_conforming_than_looked_at_is_refused_in_two_steps_as_well(asked: Player) -> None:
    asked.say("5.1.1.2").press("answer:sample").say("40", "41")
    assert asked.refused("bad_sample")
    assert asked.says("sample.conforming", sampled="40")


@pytest.mark.parametrize("typed", ["-3", "3.5", "90%", "很多", "两三个", "大约", "？？"])
def test_what_is_no_count_is_answered_with_help_for_counts(asked: Player, typed: str) -> None:
    asked.say("5.1.1.2").press("answer:sample").say(typed)
    assert asked.problem is not None
    assert asked.problem.message == asked.words("not_understood.scoring_sample")


def test_a_sample_does_not_answer_what_takes_none(asked: Player) -> None:
    asked.say("37/40")
    assert asked.refused("no_sample_here")
    asked.say("5.1.2.2", "37/40")
    assert asked.refused("no_sample_here")


def test_not_applicable_is_offered_only_where_the_scheme_allows_it(asked: Player) -> None:
    assert not asked.screen.has_button("answer:na")
    asked.say("不适用")
    assert asked.refused("not_understood")
    asked.say("5.2.6.2", "不适用")
    assert asked.state == "scoring.reason"


@pytest.mark.parametrize("reason", ["我们不销售须回收的商品", "没有这项业务", "we sell no such goods"])
def test_not_applicable_takes_a_reason(asked: Player, reason: str) -> None:
    asked.say("5.2.6.2").press("answer:na").say(reason)
    assert asked.answer("5.2.6.2") == NotApplicable(reason)


@pytest.mark.parametrize("typed", ["", "无", "是", "。。", "123", "不适用", "好的", "a", "\u200b\u200b"])
def test_what_is_no_reason_is_asked_again(asked: Player, typed: str) -> None:
    asked.say("5.2.6.2").press("answer:na").say(typed)
    assert asked.problem is not None
    assert asked.state == "scoring.reason"
    assert asked.case.answers == {}


def test_a_reason_may_be_so_long_and_no_longer(asked: Player) -> None:
    asked.say("5.2.6.2").press("answer:na").say("无" * 501)
    assert asked.refused("too_long")


def test_a_whole_group_goes_with_one_reason(asked: Player) -> None:
    asked.say("5.2.6.1").press("answer:na", "scope:group", "scope:one", "scope:group").say("不销售商品")
    assert asked.case.answers == {one: NotApplicable("不销售商品") for one in ("5.2.6.1", "5.2.6.2")}
    assert asked.at == "5.3.1.1"


def test_a_group_chosen_and_left_is_not_chosen_for_the_next(asked: Player) -> None:
    asked.say("5.2.6.1").press("answer:na", "scope:group", "nav:back").say("5.2.5.1").press("answer:na")
    asked.say("不销售商品")
    assert list(asked.case.answers) == ["5.2.5.1"]


def test_the_computed_question_shows_its_sum_and_is_accepted(asked: Player) -> None:
    asked.say("5.1.2.2")
    assert "26" in asked.text
    assert "3.33" in asked.text
    assert not asked.screen.has_button("answer:met")
    for word in ("没错", "确认", "继续"):
        asked.say("5.1.2.2", word)
        assert asked.at == "5.1.3.1"
    assert asked.case.answers == {}


def test_the_computed_question_is_not_answered_by_words(asked: Player) -> None:
    asked.say("5.1.2.2")
    for word in ("符合", "不符合", "没有", "不适用", "抽样"):
        asked.say(word)
        assert asked.refused("not_understood"), word


def test_a_figure_is_corrected_in_place_and_what_depends_on_it_is_told(asked: Player) -> None:
    asked.press("answer:met").say("5.1.2.2").press("field:certified_managers")
    assert asked.state == "organisation.certified_managers"
    asked.say("3")
    assert (asked.state, asked.at) == ("scoring.question", "5.1.2.2")
    assert asked.case.figures["certified_managers"] == 3
    assert "3.33" in asked.text
    asked.press("nav:next")
    assert asked.at == "5.1.3.1"


def test_a_figure_left_as_it_is_leads_back_to_its_question(asked: Player) -> None:
    asked.say("5.1.2.2").press("field:service_managers", "nav:next")
    assert asked.at == "5.1.2.2"
    assert asked.case.figures == FIGURES


def test_a_missing_figure_leaves_the_computed_question_open(li: Player) -> None:
    li.agree().say(NAME).press(*["nav:next"] * 7).qualify().say("5.1.2.2")
    assert li.screen.has_button("answer:skip")
    li.press("field:service_managers").say("26")
    assert li.at == "5.1.2.2"
    li.press("field:certified_managers").say("3")
    assert not li.screen.has_button("answer:skip")
    li.press("nav:next")
    assert "5.1.2.2" not in li.case.answers


def test_a_file_backs_the_answer_of_the_question_on_the_screen(asked: Player) -> None:
    asked.send("任命书.pdf")
    assert (asked.state, asked.at) == ("scoring.question", "5.1.1.1")
    (file,) = asked.case.evidence.values()
    assert (file.indicator, file.name) == ("5.1.1.1", "任命书.pdf")
    assert asked.says("question.files", number=1, names="任命书.pdf")


@pytest.mark.parametrize(
    "way", [["5.2.1.1"], ["5.2.1.1", "!evidence"], ["5.2.1.1", "!answer:sample"], ["5.2.1.1", "!answer:na"]]
)
def test_a_file_is_taken_wherever_an_indicator_is_asked(asked: Player, way: list[str]) -> None:
    for one in way:
        asked.press(one[1:]) if one.startswith("!") else asked.say(one)
    state = asked.state
    asked.send()
    assert asked.state == state
    assert [file.indicator for file in asked.case.evidence.values()] == ["5.2.1.1"]


def test_the_same_file_is_kept_once(asked: Player) -> None:
    asked.send().send()
    assert asked.events == ()
    assert asked.says("file.already", name="制度.pdf")
    asked.say("5.1.1.2").send()
    assert len(asked.case.evidence) == 2


def test_a_question_holds_so_many_files_and_no_more(asked: Player) -> None:
    for number in range(MOST_FILES):
        asked.send(f"{number}.pdf")
    asked.send("one more.pdf")
    assert asked.refused("file_too_many")
    assert len(asked.case.evidence) == MOST_FILES


@pytest.mark.parametrize("why", ["too_large", "type", "empty", "unreadable"])
def test_a_file_that_was_refused_is_said_to_be_refused(asked: Player, why: str) -> None:
    asked.send("大.exe", refusal=why, limit="20 MB", sha256="")
    assert asked.refused(f"file_{why}")
    assert not asked.case.evidence


def test_a_file_elsewhere_says_where_files_go(asked: Player) -> None:
    for button in ("nav:menu", "nav:review", "nav:submit"):
        asked.press(button).send()
        assert asked.refused("file_not_here")


def test_a_file_before_everything_is_refused(li: Player) -> None:
    li.send()
    assert li.refused("file_not_here")


def test_the_words_with_a_file_may_answer_the_question(asked: Player) -> None:
    asked.send("任命书.pdf", caption="符合")
    assert asked.answer("5.1.1.1") == Met()
    assert [file.indicator for file in asked.case.evidence.values()] == ["5.1.1.1"]
    assert asked.at == "5.1.1.2"
    asked.send("名单.pdf", caption="37/40")
    assert asked.answer("5.1.1.2") == Sampled(40, 37)


def test_words_with_a_file_that_are_no_answer_do_not_lose_the_file(asked: Player) -> None:
    asked.send("任命书.pdf", caption="这是任命书")
    assert len(asked.case.evidence) == 1
    assert asked.case.answers == {}
    assert "没听懂" in asked.text


def test_a_file_can_be_removed_and_undo_brings_it_back(asked: Player) -> None:
    asked.press("evidence").send("任命书.pdf")
    (key,) = asked.case.evidence
    asked.press(f"remove:{key}")
    assert not asked.case.evidence
    asked.press("nav:undo")
    assert list(asked.case.evidence) == [key]


def test_a_note_is_kept_added_to_and_removed(asked: Player) -> None:
    asked.press("evidence").say("见共享盘\n售后手册第3章")
    assert asked.case.notes == {"5.1.1.1": "见共享盘\n售后手册第3章"}
    asked.say("还缺第4章")
    both = "见共享盘\n售后手册第3章\n还缺第4章"
    assert asked.says("question.note", note=both)
    asked.press("nav:next")
    assert asked.says("question.note", note=both)
    asked.press("evidence", "remove_note")
    assert asked.case.notes == {}
    assert not asked.screen.has_button("remove_note")


def test_a_note_that_is_full_takes_no_more_and_loses_nothing(asked: Player) -> None:
    asked.press("evidence").say("见" * 600).say("共" * 600)
    assert asked.refused("note_full")
    assert asked.case.notes == {"5.1.1.1": "见" * 600}


def test_the_words_beside_a_file_are_added_to_the_note(asked: Player) -> None:
    asked.press("evidence").say("第一条").send("招牌.jpg", caption="这是门店的招牌")
    assert asked.case.notes == {"5.1.1.1": "第一条\n这是门店的招牌"}


def test_a_bare_command_is_no_note(asked: Player) -> None:
    asked.press("evidence").say("下一题")
    assert (asked.state, asked.at) == ("scoring.question", "5.1.1.1")
    asked.press("evidence").say("符合")
    assert asked.refused("not_understood")


def test_a_note_of_nothing_visible_is_no_note(asked: Player) -> None:
    asked.press("evidence").say("\u200b\u202e\x07")
    assert asked.problem is not None
    assert not asked.case.notes
