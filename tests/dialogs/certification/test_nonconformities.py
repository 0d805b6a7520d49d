"""Nonconformities and their corrective actions, from what was found to what was seen to work."""

from datetime import date

import pytest

from dialogs.model.values import Nonconformity
from tests.dialogs import prepared_talks
from tests.dialogs.player import Player

TODAY = date(2026, 11, 23)


@pytest.fixture
def li() -> Player:
    """Somebody at the corrective actions, where a special deduction waits for one."""
    return prepared_talks.certifying().players["c1"].press("findings")


@pytest.fixture
def wang(li: Player) -> Player:
    return li.world.players["c2"].press("nav:menu", "certification")


@pytest.fixture
def found(li: Player) -> Player:
    """At a nonconformity that nothing is known of yet."""
    return li.press("finding:new").say("5.1.1.1", "没有网点清单").press("nav:back")


def finding(player: Player) -> Nonconformity:
    return list(player.certification.findings.values())[-1]


def key_of(player: Player) -> str:
    return list(player.certification.findings)[-1]


def test_a_nonconformity_is_recorded_with_all_that_is_done_about_it(li: Player) -> None:
    li.press("finding:new").say(
        "5.1.1.1", "没有网点清单", "无人负责", "指定专人，每月核对", "王芳", "12月20日", "对"
    )
    assert li.state == "finding"
    assert finding(li) == Nonconformity(
        "5.1.1.1",
        "没有网点清单",
        cause="无人负责",
        action="指定专人，每月核对",
        person="王芳",
        due=date(2026, 12, 20),
    )
    assert li.says("finding.place", state="已安排", indicator="5.1.1.1")
    assert li.at == "5.1.1.1"


def test_all_but_what_was_found_may_be_passed(li: Player) -> None:
    li.press("finding:new").say("5.1.1.1", "没有网点清单").press("nav:next", "nav:next").say("跳过").press(
        "nav:next"
    )
    assert li.state == "finding"
    assert finding(li) == Nonconformity("5.1.1.1", "没有网点清单")
    assert li.says("finding.place", state="未安排", indicator="5.1.1.1")


@pytest.mark.parametrize("typed", ["5.1.1.1", "第5.1.1.1条", "５．１．１．１", "clause 5.1.1.1", "5.1.1.1。"])
def test_a_clause_is_understood_however_it_is_written(li: Player, typed: str) -> None:
    li.press("finding:new").say(typed, "没有网点清单")
    assert finding(li).indicator == "5.1.1.1"


@pytest.mark.parametrize("typed", ["9.9.9.9", "5.1.1", "网点", "5"])
def test_a_clause_that_there_is_not_is_refused(li: Player, typed: str) -> None:
    li.press("finding:new").say(typed)
    assert li.refused("no_such_clause")
    assert li.state == "entry"
    assert not li.certification.findings


def test_a_special_deduction_becomes_a_finding_of_its_own(li: Player) -> None:
    (deduction,) = li.case.deductions
    assert li.says("findings.uncovered", number=1)
    li.press(f"deduction:{deduction}")
    assert finding(li) == Nonconformity("", "广告用语不符合广告法", deduction=deduction)
    assert li.says("entry.finding_cause", what="广告用语不符合广告法")
    li.press("nav:back", "nav:back")
    assert not li.says("findings.uncovered", number=1)
    assert not li.screen.has_button(f"deduction:{deduction}")


def test_a_finding_removed_lets_its_special_deduction_ask_again(li: Player) -> None:
    (deduction,) = li.case.deductions
    li.press(f"deduction:{deduction}", "nav:back", "remove_finding")
    assert li.state == "findings"
    assert li.certification.findings == {}
    assert li.screen.has_button(f"deduction:{deduction}")


def test_each_field_is_put_right_on_its_own(found: Player) -> None:
    found.press("field:action").say("指定专人")
    assert found.state == "finding"
    found.press("field:action").say("换一位专人").press("field:person").say("王芳")
    assert (finding(found).action, finding(found).person) == ("换一位专人", "王芳")


def test_what_is_passed_stays_as_it_was(found: Player) -> None:
    found.press("field:action").say("指定专人").press("field:action", "nav:next")
    assert found.state == "finding"
    assert finding(found).action == "指定专人"


def test_a_deadline_lies_ahead(found: Player) -> None:
    found.press("field:due").say("2026年11月20日")
    assert found.refused("date_past")
    found.say("2026年11月30日", "对")
    assert finding(found).due == date(2026, 11, 30)
    found.press("field:due", "nav:next")
    assert finding(found).due is None


def test_what_is_not_done_in_time_is_overdue(found: Player) -> None:
    found.press("field:due", "day:2026-11-30")
    found.world.wait(days=7)
    found.open().press("nav:resume", "findings")
    assert "逾期" not in found.text  # due on this very day
    found.world.wait(days=1)
    found.open().press("nav:resume", "findings")
    assert found.says("findings.overdue", number=1)
    assert found.label(f"finding:{key_of(found)}").startswith("逾期")
    found.press(f"finding:{key_of(found)}", "field:done", "day:2026-12-01", "findings")
    assert not found.says("findings.overdue", number=1)
    assert found.label(f"finding:{key_of(found)}").startswith("待验证")


def test_what_was_seen_to_work_is_closed(found: Player) -> None:
    found.press("field:done").say("11月20日", "对").press("field:verified", f"day:{TODAY.isoformat()}")
    assert (finding(found).done, finding(found).verified) == (date(2026, 11, 20), TODAY)
    assert found.says("finding.place", state="已关闭", indicator="5.1.1.1")
    assert found.press("findings").says("findings.progress", closed=1, total=1)


def test_nothing_is_verified_before_it_was_done(found: Player) -> None:
    found.press("field:done").say("11月20日", "对").press("field:verified").say("11月19日", "对")
    assert found.says("finding.too_early", day="2026年11月20日")
    assert finding(found).verified is None


def test_nothing_is_done_after_it_was_verified(found: Player) -> None:
    found.press("field:verified").say("11月19日", "对").press("field:done").say("11月20日", "对")
    assert found.says("finding.too_late", day="2026年11月19日")
    assert finding(found).done is None


@pytest.mark.parametrize("field", ["done", "verified"])
def test_what_has_happened_has_not_happened_tomorrow(found: Player, field: str) -> None:
    found.press(f"field:{field}").say("明天")
    assert found.refused("date_future")


def test_a_file_that_is_sent_is_proof(found: Player) -> None:
    found.send("整改照片.pdf").send("清单.pdf")
    assert finding(found).proof == "整改照片.pdf、清单.pdf"
    assert [one.name for one in found.certification.papers.values()] == ["整改照片.pdf", "清单.pdf"]
    assert found.says("finding.proof_saved", name="清单.pdf")
    assert found.state == "finding"


def test_the_same_file_sent_twice_is_one_proof(found: Player) -> None:
    found.send("整改照片.pdf").send("整改照片.pdf")
    assert finding(found).proof == "整改照片.pdf"
    assert len(found.certification.papers) == 1


def test_the_same_finding_twice_is_two_findings(found: Player) -> None:
    found.press("nav:back", "finding:new").say("5.1.1.1", "没有网点清单")
    assert len(found.certification.findings) == 2


def test_open_findings_come_first(found: Player) -> None:
    first = key_of(found)
    found.press("field:verified", f"day:{TODAY.isoformat()}", "nav:back")
    found.press("finding:new").say("5.1.1.2", "没有公示电话").press("nav:back", "nav:back")
    assert [one for one in found.buttons if one.startswith("finding:")] == [
        f"finding:{key_of(found)}",
        f"finding:{first}",
        "finding:new",
    ]


def test_undo_takes_a_finding_back(found: Player) -> None:
    found.press("field:cause").say("无人负责").press("nav:undo")
    assert finding(found).cause == ""
    found.press("nav:undo")
    assert found.certification.findings == {}
    assert found.state == "certification"


def test_a_finding_that_a_colleague_removed_is_said_to_be_gone(found: Player, wang: Player) -> None:
    key = key_of(found)
    found.press("field:cause")
    wang.press("findings", f"finding:{key}", "remove_finding")
    found.say("无人负责")
    assert found.says("finding.gone")
    assert found.state == "findings"
    assert found.certification.findings == {}


def test_on_a_finding_that_a_colleague_removed_the_way_back_is_left(found: Player, wang: Player) -> None:
    key = key_of(found)
    wang.press("findings", f"finding:{key}", "remove_finding")
    found.open()
    assert found.says("finding.gone")
    assert found.press("findings").state == "findings"
    found.send("照片.pdf")
    assert found.refused("file_not_here")
