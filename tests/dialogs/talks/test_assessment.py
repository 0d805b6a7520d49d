"""The whole walk, from the language to the grade."""

from fractions import Fraction

import pytest

from dialogs.language.catalogue import LOCALES
from dialogs.model.events import AgreementGiven, EligibilityFailed, GradeComputed
from dialogs.model.records import CaseSubmitted
from rubric.model.answers import Met, NotApplicable, Sampled, Unmet
from rubric.scoring.score import score
from tests.dialogs.player import CREDIT_CODE, FIGURES, NAME, Player


def test_the_walk_leads_from_the_language_to_the_grade(li: Player) -> None:
    seen = [li.state]
    li.agree().introduce().qualify()
    assert li.at == "5.1.1.1"
    li.answer_all()
    for button in ("nav:next", "nav:next", "nav:submit", "nav:submit"):
        seen.append(li.state)
        li.press(button)
    seen.append(li.state)
    assert seen == ["language", "deductions", "bonus", "review", "confirm", "grade"]
    assert li.screen.scorecard is not None
    # 2 of 3 certificates that are required: 5 × 2/3 of the 5 points of 5.1.2.2
    assert li.screen.scorecard.exact == 95 + Fraction(10, 3)
    assert li.screen.scorecard.grade == "5-star"


@pytest.mark.parametrize("locale", LOCALES)
def test_the_walk_can_be_walked_in_every_language(li: Player, locale: str) -> None:
    li.agree(locale).introduce().qualify().answer_all().finish()
    assert li.state == "grade"
    assert li.says("grade.provisional")
    assert li.talk.locale == locale


def test_every_field_is_asked_in_order_and_only_the_name_is_required(li: Player) -> None:
    li.agree()
    fields = []
    while li.state.startswith("organisation."):
        fields.append(li.state.removeprefix("organisation."))
        assert li.screen.has_button("nav:next") == (fields[-1] != "name")
        li.say(NAME) if fields[-1] == "name" else li.press("nav:next")
    assert fields == ["name", "credit_code", "trade", "province", *FIGURES]
    assert li.state == "eligibility.legal_status"


@pytest.mark.parametrize("word", ["跳过", "没有", "不知道", "skip", "略", "暂无"])
def test_a_field_is_passed_in_words(li: Player, word: str) -> None:
    li.agree().say(NAME, word)
    assert li.state == "organisation.trade"
    assert li.organisation.credit_code is None


def test_a_figure_that_is_none_is_asked_for_as_a_number(li: Player) -> None:
    li.agree().say(NAME).press("nav:next", "nav:next", "nav:next").say("没有")
    assert li.refused("not_a_number")
    li.say("跳过")
    assert li.state == "organisation.outlets"
    assert li.case.figures == {}


def test_the_first_screen_asks_for_the_language_alone(li: Player) -> None:
    assert li.buttons == [*(f"lang:{locale}" for locale in LOCALES), "nav:next"]


def test_an_organisation_is_kept_as_it_was_told(li: Player) -> None:
    li.agree().say(f"　{NAME}　\n", CREDIT_CODE.lower(), "家用电器", "福建省")
    assert li.organisation.name == NAME
    assert li.organisation.credit_code == CREDIT_CODE
    assert li.organisation.trade == "home_appliances"
    assert li.organisation.province == "35"


def test_a_trade_that_is_not_listed_is_kept_in_its_own_words(li: Player) -> None:
    li.agree().say(NAME).press("nav:next").say("乐器")
    assert li.organisation.trade == "乐器"
    assert "乐器" in li.text


def test_the_province_of_the_credit_code_is_offered_first(li: Player) -> None:
    li.agree().say(NAME, CREDIT_CODE).press("nav:next")
    assert li.state == "organisation.province"
    assert li.buttons[0] == "province:35"
    assert sorted(li.buttons.count(one) for one in set(li.buttons))[-1] == 1


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("91350100M000100Y4", "length"),
        ("91350100M000100Y4３３", "length"),
        ("91350100M000100Y44", "checksum"),
        ("91350100M0001O0Y43", "format"),
        ("9135010XM000100Y43", "format"),
        ("٩١٣٥٠١٠٠M٠٠٠١٠٠Y٤٣", "format"),
        ("一二三四五六七八九十一二三四五六七八", "format"),
    ],
)
def test_a_wrong_credit_code_is_told_what_is_wrong_with_it(li: Player, typed: str, key: str) -> None:
    li.agree().say(NAME, typed)
    assert li.refused("bad_credit_code")
    expected = li.words(f"organisation.credit_code.{key}", number=17, code="")
    assert li.problem is not None
    assert li.problem.message[-12:] == expected[-12:]
    assert li.state == "organisation.credit_code"


@pytest.mark.parametrize(
    "typed", ["91350100m000100y43", "９１３５０１００Ｍ０００１００Ｙ４３", "9135 0100 M000 100Y 43"]
)
def test_a_credit_code_is_understood_however_it_is_spaced_and_cased(li: Player, typed: str) -> None:
    li.agree().say(NAME, typed)
    assert li.organisation.credit_code == CREDIT_CODE


@pytest.mark.parametrize("typed", ["", " ", "星", "。。。", "123", "x" * 101, "\u202e\u200b", "跳过"])
def test_what_is_no_name_is_not_taken_for_one(li: Player, typed: str) -> None:
    li.agree().say(typed)
    assert li.problem is not None
    assert li.state == "organisation.name"
    assert not li.world.organisations


def test_figures_are_understood_in_every_writing(li: Player) -> None:
    li.agree().say(NAME).press("nav:next", "nav:next", "nav:next").say("２８００人", "三百", "廿六", "两名")
    assert li.case.figures == FIGURES


@pytest.mark.parametrize("typed", ["-3", "2.5", "很多", "两三百", "10%", "1/2", "几十", "1e3"])
def test_what_is_no_whole_number_is_no_figure(li: Player, typed: str) -> None:
    li.agree().say(NAME).press("nav:next", "nav:next", "nav:next").say(typed)
    assert li.refused("not_a_number")
    assert li.state == "organisation.staff"


def test_a_figure_beyond_all_measure_is_refused(li: Player) -> None:
    li.agree().say(NAME).press("nav:next", "nav:next", "nav:next").say("999999999999")
    assert li.refused("too_large")


def test_headcount_that_does_not_fit_is_asked_again_once_and_then_kept_with_a_warning(li: Player) -> None:
    li.agree().say(NAME).press("nav:next", "nav:next", "nav:next").say("300", "300")
    assert li.state == "organisation.outlets"
    assert li.case.figures["outlets"] == 300
    assert not li.says("organisation.kept_with_warning")
    li.say("299")
    assert li.state == "organisation.service_managers"
    assert li.says("organisation.kept_with_warning")
    li.press("nav:next", "nav:next").qualify().answer_all().press("nav:next", "nav:next")
    assert li.state == "review"
    assert "299" in li.text
    li.press("nav:submit", "nav:submit")
    assert "299" in li.text


@pytest.mark.parametrize("how", ["nav:next", "确认", "没错", "保持不变"])
def test_headcount_asked_again_can_be_left_as_it_is(li: Player, how: str) -> None:
    li.agree().say(NAME).press("nav:next", "nav:next", "nav:next").say("300", "300")
    li.press(how) if how.startswith("nav") else li.say(how)
    assert li.state == "organisation.service_managers"
    assert li.case.figures["outlets"] == 300


def test_headcount_asked_again_and_put_right_leaves_no_warning(li: Player) -> None:
    li.agree().say(NAME).press("nav:next", "nav:next", "nav:next").say("300", "300", "30")
    assert li.state == "organisation.service_managers"
    assert not li.says("organisation.kept_with_warning")


def test_without_an_agreement_nothing_of_the_enterprise_is_kept(li: Player) -> None:
    li.press("lang:zh-Hans", "decline")
    assert li.state == "agreement"
    assert li.says("agreement.declined")
    li.say(NAME, "跳过", "以后再说", "不知道", "5.1.1.1", "组织", "企业信息", "我有邀请码")
    assert li.talk.agreed_at is None
    assert not li.world.organisations


@pytest.mark.parametrize("words", ["同意", "好的", "可以", "是", "yes", "I agree", "OK", "开始", "继续"])
def test_agreeing_takes_words_that_agree(li: Player, words: str) -> None:
    li.press("lang:zh-Hans").say(words)
    assert li.events == (AgreementGiven(li.world.now),)
    assert li.state == "organisation.name"


def test_a_blocking_condition_can_be_put_right(li: Player) -> None:
    li.agree().introduce().press("answer:unmet")
    assert EligibilityFailed(li.case.id, "legal_status") in li.events
    assert li.says("ineligible.blocked")
    li.press("answer:met")
    assert li.state == "eligibility.territory"
    assert li.case.eligibility == {"legal_status": "met"}


def test_a_blocking_condition_can_stop_the_talk_with_everything_kept(li: Player) -> None:
    li.agree().introduce().press("answer:unmet", "nav:pause")
    assert li.state == "paused"
    li.world.wait(days=40)
    li.open().press("nav:resume")
    assert li.says("ineligible.blocked")
    assert li.case.figures == FIGURES


def test_a_blocking_condition_can_be_rehearsed_and_the_grade_says_so(li: Player) -> None:
    li.agree().introduce().press("answer:unmet", "case:rehearse")
    assert li.state == "eligibility.territory"
    li.qualify().answer_all().finish()
    assert li.says("grade.rehearsal")
    assert li.case.eligibility["legal_status"] == "unmet"


def test_a_rehearsal_is_chosen_once_and_later_conditions_only_give_advice(li: Player) -> None:
    li.agree().introduce().press("answer:unmet", "case:rehearse", "answer:unmet")
    assert li.state == "eligibility.system_running"
    assert not li.says("ineligible.blocked")
    assert EligibilityFailed(li.case.id, "territory") in li.events
    assert [block.kind for block in li.screen.blocks][:2] == ["saved", "notice"]


def test_a_blocking_condition_is_no_reason_to_look_around_it(li: Player) -> None:
    li.agree().introduce().press("answer:unmet")
    li.say("5.1.1.1", "复核", "目录", "好的", "是的", "继续").press("nav:menu")
    assert not {"nav:review", "nav:sections"} & set(li.buttons)
    li.press("nav:resume")
    assert li.says("ineligible.blocked")


def test_a_condition_that_only_warns_gives_advice_and_goes_on(li: Player) -> None:
    li.agree().introduce().press(*["answer:met"] * 6, "answer:unmet")
    assert li.state == "eligibility.team"
    assert li.case.eligibility["trained_managers"] == "unmet"
    assert EligibilityFailed not in map(type, li.events)


def test_a_condition_failed_can_be_fixed_from_the_review(li: Player) -> None:
    li.agree().introduce().press("answer:unmet", "case:rehearse").qualify().answer_all()
    li.press("nav:next", "nav:next", "fix:legal_status", "answer:met")
    assert li.state == "review"
    assert li.case.eligibility["legal_status"] == "met"
    assert not any(button.startswith("fix:") for button in li.buttons)


def test_a_condition_fixed_wrongly_from_the_review_is_explained_and_leads_back_to_it(li: Player) -> None:
    li.agree().introduce().press("nav:review", "fix:legal_status", "answer:unmet")
    assert li.says("ineligible.blocked")
    li.press("nav:help", "nav:resume", "case:rehearse")
    assert li.state == "review"


def test_a_grade_without_its_conditions_says_so(li: Player) -> None:
    li.begin().press("nav:review").press("nav:submit", "nav:submit")
    assert not li.says("grade.barred")
    li.press("nav:back", "nav:back")
    again = li.world.player("c2", "王芳").agree().introduce("另一家公司")
    again.press("answer:unmet", "nav:back", "nav:review", "nav:submit", "nav:submit")
    assert again.says("grade.barred")


def test_conditions_that_contain_a_negation_take_no_bare_have_or_have_not(li: Player) -> None:
    """To "was there no accident?" both 有 and 没有 can mean either."""
    li.agree().introduce().press("answer:met", "answer:met", "answer:met", "answer:met")
    assert li.state == "eligibility.record"
    for word in ("有", "没有", "无", "none"):
        li.say(word)
        assert li.refused("not_understood")
    li.say("是")
    assert li.case.eligibility["record"] == "met"


def test_submitting_is_asked_once_and_can_be_left(li: Player) -> None:
    li.begin().press("nav:review", "nav:submit")
    assert li.state == "confirm"
    assert li.says("confirm.open", number=42)
    li.press("nav:back")
    assert li.state == "review"
    assert not li.case.submitted


def test_a_submission_is_recorded_with_its_grade(li: Player) -> None:
    li.begin().answer_all().finish()
    submitted, computed = li.events
    assert isinstance(submitted, CaseSubmitted)
    assert submitted.value == li.world.now.isoformat()
    assert computed == GradeComputed(li.case.id, "5-star", "98.33", "295/3")


def test_the_scorecard_of_the_grade_is_what_scoring_makes_of_the_same_sheet(asked: Player) -> None:
    asked.press("answer:met").say("37/40", "四十个里三个不行").press("nav:next", "answer:unmet")
    asked.say("5.2.6.2", "不适用", "我们不销售须回收的商品", "5.3.1.1").press("answer:met")
    asked.press("nav:review", "to:deductions", "deduction:law").say("广告用语不符合广告法").press("nav:next")
    asked.press("bonus:claim").say("行业首创的夜间上门服务").press("nav:submit", "nav:submit")
    assert asked.case.answers == {
        "5.1.1.1": Met(),
        "5.1.1.2": Sampled(40, 37),
        "5.1.2.1": Sampled(40, 37),
        "5.1.3.1": Unmet(),
        "5.2.6.2": NotApplicable("我们不销售须回收的商品"),
        "5.3.1.1": Met(),
    }
    scheme = asked.world.library.scheme("gbt27922-2011")
    assert asked.screen.scorecard == score(scheme, asked.case.answer_sheet())
    assert asked.screen.scorecard.deductions == 1
    assert asked.screen.scorecard.bonus == 1


def test_the_grade_tells_apart_what_evidence_bears_out(asked: Player) -> None:
    asked.send().answer_all().finish()
    assert asked.says("grade.supported", claimed="98.33", supported="3.00", grade="未达标")


def test_the_breakdown_shows_every_line_of_a_group(asked: Player) -> None:
    asked.answer_all().finish().press("breakdown")
    scheme = asked.world.library.scheme("gbt27922-2011")
    for group, following in (("5.1", "group:5.2"), ("5.2", "group:5.3"), ("5.3", "nav:resume")):
        assert all(indicator.id in asked.text for indicator in scheme.indicators_below(group))
        asked.press(following)
    assert asked.state == "grade"


def test_where_there_are_several_schemes_one_is_chosen(choosing: Player) -> None:
    li = choosing.agree().say(NAME)
    assert li.state == "scheme"
    li.say("随便").press("scheme:own")
    assert li.case.scheme == "own"
    li.press("nav:next", "nav:next", "nav:next").say("2800", "26", "2").qualify()
    assert li.at == "6.1.1.1"
