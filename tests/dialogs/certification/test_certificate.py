"""The certificate as it is recorded, and the years with it."""

from datetime import date

import pytest

from dialogs.model.values import SurveillanceRecord
from tests.dialogs import prepared_talks
from tests.dialogs.certification.stage_actions import ISSUED, STEPS, TODAY, at, record, step, surveil
from tests.dialogs.player import NAME, Player


@pytest.fixture
def li() -> Player:
    """Somebody at the certification, with a colleague who is there as well."""
    return prepared_talks.certifying().players["c1"]


def test_a_certificate_that_there_is_can_be_recorded_without_any_steps(li: Player) -> None:
    record(li)
    assert at(li) == "certified"
    assert li.certification.dates == {"issued": ISSUED}
    assert li.certification.reached == {"certified": ISSUED}
    assert li.certification.certificate == {"grade": "5-star", "number": "CTC-1"}
    assert li.says(
        "certification.certificate", number="CTC-1", status="有效，有事到期", valid_until="2028年11月30日"
    )
    assert "第1次监督审核" in li.text


def test_each_field_of_the_certificate_can_be_put_right(li: Player) -> None:
    record(li).press("certificate", "field:number").say("CTC-2")
    li.press("field:scope").say("家具的售后服务").press("field:grade", "grade:3-star")
    li.press("field:valid_until").say("2028年12月1日", "对")
    assert li.state == "certificate"
    assert li.certification.certificate == {"grade": "3-star", "number": "CTC-2", "scope": "家具的售后服务"}
    assert "2028年12月1日" in li.text
    li.press("field:valid_until", "nav:next")
    assert "2028年11月30日" in li.text


@pytest.mark.parametrize(("field", "passing"), [("number", "nav:next"), ("grade", "grade:")])
def test_what_is_passed_stays_as_it_was(li: Player, field: str, passing: str) -> None:
    before = record(li).certification.certificate
    li.press("certificate", f"field:{field}", passing)
    assert li.state == "certificate"
    assert li.certification.certificate == before


def test_an_issue_date_put_right_moves_no_stage_that_came_after_it(li: Player) -> None:
    step(record(li), "renew", "accept")
    li.press("certificate", "field:issued").say("2025年12月2日", "对").press("certification")
    assert at(li) == "contract"
    assert li.certification.dates["issued"] == date(2025, 12, 2)
    assert li.certification.reached["certified"] == date(2025, 12, 2)


def test_a_certificate_issued_in_the_future_is_refused(li: Player) -> None:
    li.press("certificate:record").say("2026年12月1日")
    assert li.refused("date_future")
    assert at(li) == "self_assessment"


def test_a_certificate_does_not_end_before_it_was_issued(li: Player) -> None:
    record(li).press("certificate", "field:valid_until").say("2025年11月30日", "对")
    assert li.says(
        "certificate.not_after_issue", fact="有效期截止日", day="2025年11月30日", limit="2025年12月1日"
    )
    assert "valid_until" not in li.certification.dates


def test_a_number_is_recorded_for_one_certificate_only(li: Player) -> None:
    record(li)
    step(li, "withdraw").press("begin_again")
    li.press("certificate:record").say("2026年11月20日", "对").press("grade:5-star").say("ctc-1")
    assert li.refused("number_taken")
    assert li.problem is not None
    assert NAME in li.problem.message
    li.say("CTC-2")
    assert li.certification.certificate["number"] == "CTC-2"


def test_a_photo_of_the_certificate_is_kept(li: Player) -> None:
    record(li).press("certificate").send("证书.jpg").send("证书.jpg")
    assert [one.name for one in li.certification.papers.values()] == ["证书.jpg"]
    assert li.says("material.files", names="证书.jpg")


def test_a_surveillance_that_was_done_moves_the_next(li: Player) -> None:
    surveil(record(li), "2026年11月10日")
    assert li.certification.surveillances == {"2026-11-10": SurveillanceRecord(date(2026, 11, 10))}
    assert li.state == "certificate"
    li.press("certification")
    assert "第2次监督审核" in li.text
    assert "2027年11月10日" in li.text


def test_a_surveillance_is_not_done_before_the_issue(li: Player) -> None:
    surveil(record(li), "2025年11月10日")
    assert li.says("certificate.before_issue", fact="监督审核日", day="2025年11月10日", limit="2025年12月1日")
    assert li.certification.surveillances == {}


def test_a_surveillance_is_recorded_once(li: Player) -> None:
    surveil(record(li), "2026年11月10日")
    surveil(li, "2026年11月10日")
    assert li.says("certificate.surveillance_known", day="2026年11月10日（星期二）")
    assert len(li.certification.surveillances) == 1


def test_a_surveillance_is_not_done_in_the_future(li: Player) -> None:
    record(li).press("certificate", "surveilled").say("明天")
    assert li.refused("date_future")


def test_a_surveillance_can_be_removed_again(li: Player) -> None:
    surveil(record(li), "2026年11月10日").press("unsurveilled:2026-11-10")
    assert li.certification.surveillances == {}


def test_a_surveillance_walked_through_is_recorded_with_the_certificate(li: Player) -> None:
    step(record(li), "begin_surveillance", "finish_surveillance")
    assert at(li) == "certified"
    assert list(li.certification.surveillances) == [TODAY.isoformat()]


def test_a_surveillance_recorded_beforehand_does_not_bar_its_stage(li: Player) -> None:
    step(
        surveil(record(li), "2026年11月23日").press("certification"),
        "begin_surveillance",
        "finish_surveillance",
    )
    assert at(li) == "certified"
    assert len(li.certification.surveillances) == 1


def test_corrective_actions_of_a_surveillance_lead_back_to_the_certificate(li: Player) -> None:
    step(record(li), "begin_surveillance").press("findings", "finding:new").say("5.1.1.1", "没有网点清单")
    li.press("nav:back", "nav:back", "certification")
    step(li, "finish_surveillance")
    assert at(li) == "corrective_actions"
    key = next(iter(li.certification.findings))
    li.press("findings", f"finding:{key}", "field:verified", f"day:{TODAY.isoformat()}")
    li.press("nav:back", "certification")
    step(li, "correct")
    assert at(li) == "certified"


def test_a_suspended_certificate_is_restored(li: Player) -> None:
    step(record(li), "suspend", reason="逾期未做监督审核")
    assert at(li) == "suspended"
    assert li.certification.dates["suspended"] == TODAY
    assert li.says("certification.reason", reason="逾期未做监督审核")
    assert li.says("certificate.status.suspended")
    step(li, "restore")
    assert at(li) == "certified"
    assert "suspended" not in li.certification.dates
    assert not li.says("certification.reason", reason="逾期未做监督审核")


def test_a_suspension_during_a_renewal_leaves_the_renewal_under_way(li: Player) -> None:
    step(record(li), "renew", "accept")
    stage, reached = at(li), dict(li.certification.reached)
    step(li, "suspend", reason="逾期未做监督审核")
    assert (at(li), li.certification.reached) == (stage, reached)
    assert li.certification.dates["suspended"] == TODAY
    assert li.says("certification.reason", reason="逾期未做监督审核")
    assert li.says("certificate.status.suspended")
    assert not li.screen.has_button("step:suspend")
    step(li, "restore")
    assert at(li) == stage
    assert "suspended" not in li.certification.dates


def test_a_renewal_begun_while_suspended_and_given_up_leaves_it_suspended(li: Player) -> None:
    step(record(li), "suspend", reason="逾期未做监督审核")
    step(li, "renew")
    assert at(li) == "recertification"
    step(li, "withdraw", reason="改由另一家办理")
    assert at(li) == "suspended"
    assert li.certification.dates["suspended"] == TODAY


def test_a_revoked_certificate_is_over(li: Player) -> None:
    step(record(li), "revoke", reason="弄虚作假")
    assert li.certification.dates["revoked"] == TODAY
    assert li.buttons[0] == "begin_again"
    assert not any(one.startswith("step:") for one in li.buttons)


def test_a_renewal_that_was_undone_leaves_nothing_in_the_list(li: Player) -> None:
    renew(record(li))
    assert len(li.world.certifications) == 2
    li.press("nav:undo", "nav:menu", "certification")
    if li.screen.has_button("certifications"):
        li.press("certifications")
    assert len([one for one in li.buttons if one.startswith("certification:")]) <= 1


def renew(player: Player) -> Player:
    """From a certificate in force to the day of the new one."""
    return step(player, "renew", *STEPS[1:])


def test_recertification_gives_a_second_certification_and_the_first_is_renewed(li: Player) -> None:
    record(li).press("certificate", "field:body").say("中认服务认证中心").press("field:scope").say(
        "家电售后服务"
    )
    first = li.certification.id
    renew(li.press("certification")).press(f"day:{TODAY.isoformat()}")
    second = li.certification
    assert second.id != first
    assert li.world.certifications[first].current_stage == "renewed"
    assert second.current_stage == "certified"
    assert second.dates == {"issued": TODAY}
    assert second.certificate == {"body": "中认服务认证中心", "scope": "家电售后服务"}
    assert second.keeper == li.world.certifications[first].keeper
    li.press("grade:5-star").say("CTC-2")
    assert li.state == "certificate"  # body and scope stand already
    assert li.certification.certificate["body"] == "中认服务认证中心"
    li.press("certification", "certifications", f"certification:{first}")
    assert li.says("stage.renewed")
    assert not any(one.startswith("step:") for one in li.buttons)


def test_a_renewal_given_up_leaves_the_certificate_valid(li: Player) -> None:
    step(record(li), "renew", "accept", "withdraw", reason="改期")
    assert at(li) == "certified"
    assert "withdrawn" not in li.certification.dates


def test_a_certificate_withdrawn_is_dated(li: Player) -> None:
    step(record(li), "withdraw", reason="停业")
    assert li.certification.dates["withdrawn"] == TODAY
    assert at(li) == "withdrawn"
