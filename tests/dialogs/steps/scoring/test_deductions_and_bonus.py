"""Special deductions (R4, R8) and the bonus (R5)."""

import pytest

from rubric.model.answers import SpecialDeduction
from tests.dialogs.player import Player


@pytest.fixture
def finding(asked: Player) -> Player:
    """Somebody with every answer met, asked for special deductions."""
    return asked.answer_all()


def test_a_finding_is_kept_with_its_kind_and_takes_points(finding: Player) -> None:
    finding.press("deduction:law").say("广告用语不符合广告法")
    assert list(finding.case.deductions.values()) == [SpecialDeduction("law", "广告用语不符合广告法")]
    assert finding.state == "deductions"
    assert finding.says("range.settled", score="97.33", grade="五星级")


def test_four_findings_cost_points_and_the_fifth_the_grade(finding: Player) -> None:
    for number in range(4):
        finding.press("deduction:trade").say(f"第{number}处违反行业规定")
    assert finding.says("range.settled", score="94.33", grade="四星级")
    finding.press("deduction:system").say("服务体系没有运行")
    assert finding.says("deductions.veto", number=5)
    finding.press("nav:next", "nav:next", "nav:submit", "nav:submit")
    assert finding.screen.scorecard is not None
    assert finding.screen.scorecard.veto
    assert finding.screen.scorecard.grade == "fail"
    assert finding.says("grade.veto", number=5)


def test_a_finding_can_be_withdrawn(finding: Player) -> None:
    finding.press("deduction:law").say("广告用语不符合广告法").press("deduction:law").say("第二处")
    first, second = finding.case.deductions
    finding.press(f"withdraw:{first}")
    assert list(finding.case.deductions) == [second]


def test_the_same_finding_twice_is_two_findings(finding: Player) -> None:
    finding.press("deduction:law").say("广告违法").press("deduction:law").say("广告违法")
    assert len(finding.case.deductions) == 2


@pytest.mark.parametrize("typed", ["没有", "无", "继续", "none", "下一步", "no"])
def test_no_finding_goes_on(finding: Player, typed: str) -> None:
    finding.say(typed)
    assert finding.state == "bonus"
    assert not finding.case.deductions


@pytest.mark.parametrize("typed", ["有", "是的", "好的", "随便说说", "5"])
def test_a_finding_without_a_kind_is_not_guessed(finding: Player, typed: str) -> None:
    finding.say(typed)
    assert finding.refused("not_understood")


@pytest.mark.parametrize("typed", ["", "没有", "是", "好的", "跳过", "。。", "1", "123", "不知道"])
def test_what_describes_nothing_is_no_finding(finding: Player, typed: str) -> None:
    finding.press("deduction:law").say(typed)
    assert finding.problem is not None
    assert not finding.case.deductions
    finding.press("nav:back")
    assert finding.state == "deductions"


def test_a_finding_is_described_in_so_many_words_and_no_more(finding: Player) -> None:
    finding.press("deduction:law").say("违" * 501)
    assert finding.refused("too_long")


def test_a_bonus_is_claimed_described_and_withdrawn(finding: Player) -> None:
    finding.press("nav:next", "bonus:claim").say("行业首创的夜间上门服务")
    assert finding.case.bonus == {"": "行业首创的夜间上门服务"}
    assert finding.state == "review"
    finding.press("to:bonus")
    assert finding.says("bonus.claimed", note="行业首创的夜间上门服务")
    finding.press("bonus:claim").say("别的")
    assert finding.case.bonus == {"": "别的"}
    finding.press("to:bonus", "bonus:none")
    assert finding.case.bonus == {}
    assert finding.state == "review"


def test_a_bonus_that_stands_is_kept_by_going_on(finding: Player) -> None:
    finding.press("nav:next", "bonus:claim").say("夜间上门服务").press("to:bonus", "nav:next")
    assert finding.case.bonus == {"": "夜间上门服务"}


@pytest.mark.parametrize(("typed", "claims"), [("有", True), ("是的", True), ("没有", False), ("无", False)])
def test_a_bonus_is_claimed_or_passed_in_words(finding: Player, typed: str, claims: bool) -> None:
    finding.press("nav:next").say(typed)
    assert (finding.state == "bonus") == claims
    assert not finding.case.bonus
    assert finding.problem is None


@pytest.mark.parametrize("typed", ["好的", "抽样", "可以", "夜间上门服务"])
def test_a_bonus_is_not_guessed(finding: Player, typed: str) -> None:
    finding.press("nav:next").say(typed)
    assert finding.refused("not_understood")


@pytest.mark.parametrize("typed", ["有", "好的", "符合", "。。", "1"])
def test_what_describes_nothing_is_no_bonus(finding: Player, typed: str) -> None:
    finding.press("nav:next", "bonus:claim").say(typed)
    assert not finding.case.bonus
    assert finding.state == "bonus"


def test_a_claim_begun_and_left_claims_nothing(finding: Player) -> None:
    finding.press("nav:next", "bonus:claim", "nav:help", "nav:resume").say("夜间上门服务")
    assert finding.case.bonus == {"": "夜间上门服务"}
    finding.press("to:bonus", "bonus:claim", "nav:next", "to:bonus").say("别的")
    assert finding.case.bonus == {"": "夜间上门服务"}
