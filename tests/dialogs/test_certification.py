"""The certification, from self-assessment to renewal: its stages, the certificate, undo, colleagues, breaks."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from dialogs.stages import WAY
from dialogs.text import LOCALES
from dialogs.values import Surveillance
from rubric.layout import SHIPPED
from rubric.library import Library
from tests.dialogs import talks
from tests.dialogs.player import NAME, Player
from tests.rubric.profiles import Profile

TODAY = date(2026, 11, 23)  # a Monday
ISSUED = date(2025, 12, 1)
STEPS = ("apply", "accept", "sign", "pass_review", "finish_audit", "grant")
IN_TYPING = {
    "zh-Hans": ("今天", "2026年11月23日", "对", "证书", "跳过"),
    "zh-Hant": ("今天", "2026年11月23日", "對", "證書", "跳過"),
    "en": ("Today", "23 November 2026", "yes", "Certificate", "Skip"),
}


@pytest.fixture
def li() -> Player:
    """Somebody at the certification, with a colleague who is there as well."""
    return talks.certifying().players["c1"]


@pytest.fixture
def wang(li: Player) -> Player:
    return li.world.players["c2"]


def step(player: Player, *triggers: str, day: date = TODAY, reason: str = "材料不全") -> Player:
    """Take the steps, all on one day."""
    for trigger in triggers:
        player.press(f"step:{trigger}")
        if player.state == "entry":
            player.say(reason)
        player.say(day.isoformat()).press("day:yes")
    return player


def record(player: Player, issued: date = ISSUED, number: str = "CTC-1") -> Player:
    """Record a certificate that there is: the day, five stars, the number, nothing else."""
    player.press("certificate:record").say(issued.isoformat()).press("day:yes", "grade:5-star")
    return player.say(number).press("nav:next", "nav:next", "certification")


def at(player: Player) -> str:
    return player.certification.at


# The way


def test_the_way_begins_after_the_grade_and_is_begun_once(li: Player) -> None:
    assert li.state == "certification"
    assert at(li) == "self_assessment"
    assert len(li.world.certifications) == 1
    assert li.certification.organisation == li.organisation.id
    li.press("nav:menu", "certification", "nav:back")
    li.press("certification").say("/certification")
    assert len(li.world.certifications) == 1


def test_whoever_begins_it_is_reminded_first(wang: Player) -> None:
    assert wang.certification.keeper == {"": "c2"}


def test_the_whole_way_by_buttons(li: Player) -> None:
    gone = [at(li)]
    for trigger in STEPS:
        li.press(f"step:{trigger}", f"day:{TODAY.isoformat()}")
        gone.append(at(li))
    assert gone == [stage for stage in WAY if stage != "corrective_actions"]
    assert li.certification.reached["audit"] == TODAY
    assert li.state == "when"
    assert li.says("when.issued")
    li.press(f"day:{TODAY.isoformat()}", "grade:4-star").say(
        "ctc-2026-001", "中认服务认证中心", "家用电器的售后服务"
    )
    assert li.state == "certificate"
    assert li.certification.certificate == {
        "grade": "4-star",
        "number": "CTC-2026-001",
        "body": "中认服务认证中心",
        "scope": "家用电器的售后服务",
    }
    li.press("certification")
    assert li.says("stage.certified")
    assert "CTC-2026-001" in li.text


@pytest.mark.parametrize("locale", LOCALES)
def test_the_whole_way_by_typing(li: Player, locale: str) -> None:
    today, typed, yes, certificate, passing = IN_TYPING[locale]
    li.press("nav:menu", "language", f"lang:{locale}", "nav:menu", "certification")
    for number, trigger in enumerate(STEPS):
        li.say(li.words(f"step.{trigger}"))
        assert li.state == "when"
        li.say(*((today,) if number % 2 else (typed, yes)))
    assert at(li) == "certified"
    li.say(today, li.words("certificate.label.grade"))
    assert li.problem is not None  # that is no grade
    li.say(li.world.library.text("gbt27922-2011", locale).grades["5-star"], "CTC-7", passing, passing)
    assert li.state == "certificate"
    assert li.certification.certificate == {"grade": "5-star", "number": "CTC-7"}
    li.say(li.words("findings.back"))
    assert li.state == "certification"
    assert li.screen.offers("calendar")
    li.say(certificate)
    assert li.state == "certificate"


def test_each_stage_shows_who_must_do_what_by_when(li: Player) -> None:
    step(li, "apply", "accept", "sign", day=date(2026, 11, 20))
    assert at(li) == "document_review"
    assert li.says("certification.since", stage="文件审查", day="2026年11月20日（星期五）")
    assert "认证机构" in li.text
    # ten working days from Friday
    assert li.says("certification.by", day="2026年12月4日", distance="还有11天")
    assert "✓ 签订合同\n▶ 文件审查\n· 现场或远程审核" in li.text


def test_a_day_that_is_typed_is_read_back_before_it_counts(li: Player) -> None:
    li.press("step:apply").say("上周五")
    assert li.says("when.read", day="2026年11月20日（星期五）")
    assert li.events == ()
    assert at(li) == "self_assessment"
    li.say("对")
    assert li.certification.reached == {"application": date(2026, 11, 20)}


@pytest.mark.parametrize("no", ["不对", "不是", "no", "不对，重填"])
def test_no_asks_for_the_day_again(li: Player, no: str) -> None:
    li.press("step:apply").say("上周五", no)
    assert li.problem is None
    assert li.says("when.stage", step="提交申请")
    assert li.screen.offers(f"day:{TODAY.isoformat()}")
    assert at(li) == "self_assessment"
    li.say("11月19日", "是的")
    assert li.certification.reached == {"application": date(2026, 11, 19)}


def test_another_day_can_be_typed_over_the_one_read_back(li: Player) -> None:
    li.press("step:apply").say("上周五", "11月18日", "对")
    assert li.certification.reached == {"application": date(2026, 11, 18)}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("明天", "date_future"),
        ("2027年1月1日", "date_future"),
        ("2月30日", "date_impossible"),
        ("不久以前", "date_not_a_date"),
        ("03/04/2026", "date_ambiguous"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_a_sentence(li: Player, typed: str, code: str) -> None:
    li.press("step:apply").say(typed)
    assert li.refused(code)
    assert li.state == "when"


def test_a_step_is_not_taken_before_the_one_that_led_to_it(li: Player) -> None:
    step(li, "apply", day=date(2026, 11, 20)).press("step:accept").say("11月19日", "对")
    assert li.says("when.before_last", day="2026年11月20日（星期五）")
    assert at(li) == "application"
    assert li.events == ()
    assert not li.screen.offers("day:yes")
    li.say("11月20日", "对")
    assert at(li) == "contract"


def test_a_reason_is_kept_and_shown(li: Player) -> None:
    step(li, "apply", "refuse", reason="营业执照已过期")
    assert at(li) == "refused"
    assert li.certification.reasons == {"refuse": "营业执照已过期"}
    assert li.says("certification.reason", reason="营业执照已过期")


@pytest.mark.parametrize("typed", ["没有", "跳过", "", "是"])
def test_a_reason_cannot_be_passed(li: Player, typed: str) -> None:
    step(li, "apply").press("step:refuse").say(typed)
    assert li.problem is not None
    assert li.state == "entry"
    assert at(li) == "application"


def test_a_reason_begun_and_left_is_not_anothers(li: Player) -> None:
    step(li, "apply").press("step:refuse").say("材料不全").press("nav:back", "step:accept")
    li.press(f"day:{TODAY.isoformat()}")
    assert at(li) == "contract"
    assert li.certification.reasons == {}


def test_refused_it_can_be_applied_for_again(li: Player) -> None:
    step(li, "apply", "refuse", "apply")
    assert at(li) == "application"
    assert not li.says("certification.reason", reason="材料不全")
    assert len(li.world.certifications) == 1


def test_given_up_a_new_one_is_begun(li: Player) -> None:
    step(li, "apply", "withdraw", reason="先不办了")
    old = li.certification.id
    assert li.buttons[0] == "begin_again"
    li.press("begin_again")
    assert at(li) == "self_assessment"
    li.press("certifications", f"certification:{old}")
    assert at(li) == "withdrawn"
    assert li.says("certification.reason", reason="先不办了")


def test_papers_that_are_still_good_go_along_to_a_new_one(li: Player) -> None:
    li.press("materials", "material:licence", "material:expires").say("2027年3月1日", "对")
    step(li.send("执照.pdf").press("nav:menu", "nav:resume"), "apply", "withdraw", reason="先不办了")
    before = li.certification
    li.press("begin_again")
    assert li.certification.id != before.id
    assert li.certification.materials["licence"] == before.materials["licence"]
    assert [one.name for one in li.certification.papers.values()] == ["执照.pdf"]
    assert li.says("certification.papers_carried", number=1)


def test_papers_that_have_run_out_stay_behind(li: Player) -> None:
    li.press("materials", "material:licence", "material:expires").say("2026年12月1日", "对")
    step(li.press("nav:menu", "nav:resume"), "apply", "withdraw", reason="先不办了")
    li.world.wait(days=30)
    li.open().press("nav:menu", "certification", "begin_again")
    assert li.certification.materials == {}


def test_nothing_expires_without_a_certificate(li: Player) -> None:
    step(li, "apply")
    assert not li.screen.offers("step:expire")


def test_findings_of_the_audit_lead_through_corrective_actions(li: Player) -> None:
    step(li, *STEPS[:4]).press("findings", "finding:new").say("5.1.1.1", "没有网点清单")
    key = next(iter(li.certification.findings))
    step(li.press("nav:back", "nav:back", "certification"), "finish_audit")
    assert at(li) == "corrective_actions"
    step(li, "correct")
    assert at(li) == "corrective_actions"
    li.press("findings", f"finding:{key}", "field:verified", f"day:{TODAY.isoformat()}")
    li.press("nav:back", "certification")
    step(li, "correct")
    assert at(li) == "decision"


# The certificate and the years with it


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


def surveil(player: Player, typed: str) -> Player:
    return player.press("certificate", "surveilled").say(typed, "对")


def test_a_surveillance_that_was_done_moves_the_next(li: Player) -> None:
    surveil(record(li), "2026年11月10日")
    assert li.certification.surveillances == {"2026-11-10": Surveillance(date(2026, 11, 10))}
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
    assert not li.screen.offers("step:suspend")
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
    if li.screen.offers("certifications"):
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
    assert li.world.certifications[first].at == "renewed"
    assert second.at == "certified"
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


# What can go otherwise: undo, colleagues, breaks, going back


def test_undo_takes_each_step_back(li: Player) -> None:
    before = [li.certification]
    for trigger in STEPS[:5]:
        step(li, trigger)
        before.append(li.certification)
    for known in reversed(before[:-1]):
        li.press("nav:undo")
        assert li.state == "certification"
        assert li.certification == known


def test_undo_takes_back_what_the_certificate_says(li: Player) -> None:
    before = li.certification
    record(li)
    surveil(li, "2026年11月10日")
    while li.screen.offers("nav:undo") and li.certification != before:
        li.press("nav:undo")
    assert li.certification == before


def test_undo_lifts_a_suspension_with_its_reason(li: Player) -> None:
    before = record(li).certification
    step(li, "suspend").press("nav:undo")
    assert li.certification == before


def test_undo_of_a_granted_renewal_leaves_no_second_certificate(li: Player) -> None:
    step(record(li), "renew", *STEPS[1:5])
    first, before = li.certification.id, li.certification
    step(li, "grant").press("nav:undo")
    assert li.state == "certification"
    assert li.certification == before
    step(li, "grant")
    assert li.certification.id != first
    assert len(li.world.certifications) == 2


def test_a_step_that_a_colleague_took_first_is_not_taken_twice(li: Player, wang: Player) -> None:
    wang.press("step:apply")
    step(li, "apply", day=date(2026, 11, 20))
    wang.press(f"day:{TODAY.isoformat()}")
    assert wang.state == "certification"
    assert wang.says("certification.moved_on")
    assert wang.says("stage.application")
    assert wang.certification.reached == {"application": date(2026, 11, 20)}


def test_a_step_is_not_taken_at_a_stage_that_it_was_not_meant_for(li: Player, wang: Player) -> None:
    """To withdraw an application is not to withdraw the certificate that came of it meanwhile."""
    wang.press("step:apply").press(f"day:{TODAY.isoformat()}", "step:withdraw")
    li.open()
    record(li)
    wang.say("先不办了")
    assert wang.says("certification.moved_on")
    assert at(wang) == "certified"
    assert "withdrawn" not in wang.certification.dates


def test_both_colleagues_see_the_same_certification(li: Player, wang: Player) -> None:
    step(li, "apply")
    wang.press("nav:menu", "certification")
    assert wang.certification is li.certification
    assert wang.says("certification.since", stage="申请", day="2026年11月23日（星期一）")


def test_undo_leaves_alone_what_a_colleague_changed_since(li: Player, wang: Player) -> None:
    step(li, "apply")
    step(wang.press("nav:menu", "certification"), "accept")
    li.press("nav:undo")
    assert li.says("undo.changed_since")
    assert at(li) == "contract"


@pytest.mark.parametrize("left_at", ["certification", "when", "entry", "materials", "reminders"])
def test_weeks_later_the_talk_goes_on_at_the_certification(li: Player, left_at: str) -> None:
    step(li, "apply")
    way = {"when": "step:accept", "entry": "step:refuse"}
    if left_at != "certification":
        li.press(way.get(left_at, left_at))
    li.world.wait(days=40)
    li.open()
    assert li.state == "paused"
    li.press("nav:resume")
    assert li.state == "certification"
    assert li.says("certification.since", stage="申请", day="2026年11月23日（星期一）")


def test_a_short_break_loses_nothing(li: Player) -> None:
    step(li, "apply").press("step:refuse").say("材料不全")
    li.world.wait(hours=1)
    li.open()
    li.press(f"day:{TODAY.isoformat()}")
    assert li.certification.reasons == {"refuse": "材料不全"}


@pytest.mark.parametrize(
    ("way", "back_to"),
    [
        (["materials"], "certification"),
        (["materials", "material:service_managers"], "materials"),
        (["materials", "material:service_managers", "material:expires"], "material"),
        (["materials", "material:service_managers", "material:person"], "material"),
        (["findings"], "certification"),
        (["findings", "finding:new"], "findings"),
        (["estimate"], "certification"),
        (["certificate"], "certification"),
        (["certificate", "field:issued"], "certificate"),
        (["certificate", "field:number"], "certificate"),
        (["certificate", "field:grade"], "certificate"),
        (["certificate", "surveilled"], "certificate"),
        (["calendar"], "certification"),
        (["refresh"], "certification"),
        (["step:renew"], "certification"),
        (["step:suspend"], "certification"),
        (["nav:menu"], "certification"),
        (["nav:help"], "certification"),
        ([], "grade"),
    ],
    ids=lambda way: "-".join(way) if isinstance(way, list) else way,
)
def test_back_leads_to_where_it_was_looked_at_from(way: list[str], back_to: str) -> None:
    li = talks.certified().players["c1"].press(*way, "nav:back")
    assert li.problem is None
    assert li.state == back_to


def test_back_from_the_day_of_a_reason_leads_to_the_certification(li: Player) -> None:
    step(li, "apply").press("step:refuse").say("材料不全").press("nav:back")
    assert li.state == "certification"
    assert li.talk.draft.keys() & {"about", "detail", "reason", "return"} == set()


# Certification bodies

SKIPPED = ("contract", "document_review")


@pytest.fixture
def own_body(tmp_path: Path) -> Library:
    """The shipped schemes, and a body that has neither contract nor document review."""
    shipped = SHIPPED / "bodies"
    copied = tmp_path / "bodies" / "own" / "text"
    shutil.copytree(shipped / "default" / "text", copied)
    profile = (shipped / "default.yaml").read_text("utf-8").replace("id: default", "id: own")
    kept = [
        line
        for line in profile.splitlines()
        if not re.search(r"- \{id: (contract|document_review), who", line)
    ]
    (tmp_path / "bodies" / "own.yaml").write_text("\n".join(kept) + "\n", "utf-8")
    for file in copied.glob("*.yaml"):
        words = yaml.safe_load(file.read_text("utf-8"))
        words["body"], words["title"] = "own", "自有机构"
        words["stages"] = {key: value for key, value in words["stages"].items() if key not in SKIPPED}
        file.write_text(yaml.safe_dump(words, allow_unicode=True), "utf-8")
    return Library.of([tmp_path])


@pytest.fixture
def choosing(li: Player, own_body: Library) -> Player:
    """Somebody who may choose a certification body, and has chosen the one of their own."""
    li.world.library = own_body
    return li.open().press("bodies", "body:own")


def test_where_there_is_one_body_none_is_asked_for(li: Player) -> None:
    assert not li.screen.offers("bodies")


def test_a_body_is_chosen_and_its_stages_are_the_way(choosing: Player) -> None:
    assert choosing.certification.body == {"": "own"}
    assert choosing.says("bodies.chosen", title="自有机构")
    assert "签订合同" not in choosing.text
    step(choosing, "apply", "accept")
    assert at(choosing) == "audit"


def test_a_second_certificate_keeps_the_body(choosing: Player) -> None:
    step(record(choosing), "renew", "accept", "finish_audit", "grant")
    assert choosing.certification.body == {"": "own"}


@pytest.mark.parametrize(
    "way",
    [
        [],
        ["materials"],
        ["materials", "material:licence"],
        ["findings"],
        ["estimate"],
        ["calendar"],
        ["certificate"],
        ["refresh"],
        ["bodies"],
        ["step:renew"],
    ],
    ids="-".join,
)
def test_a_body_that_is_not_there_any_more_stops_nothing(choosing: Player, way: list[str]) -> None:
    record(choosing).press(*way)
    choosing.world.library = Library.of()
    choosing.open()
    assert choosing.problem is None
    if way != ["step:renew"]:
        choosing.press("nav:menu", "certification", "step:renew")
    choosing.press(f"day:{TODAY.isoformat()}", "step:accept", f"day:{TODAY.isoformat()}")
    assert at(choosing) == "contract"  # the default body has one


def test_a_body_calls_its_stages_and_its_refusals_by_its_own_words(li: Player, tmp_path: Path) -> None:
    Profile(tmp_path)
    li.world.library = Library.of([tmp_path])
    assert li.says("certification.refused_if")
    li.press("bodies", "body:quick")
    assert "Not registered." in li.text
    step(li, "apply", "accept")
    assert "▶ Review" in li.text
    assert "The body reads." in li.text
    assert "Not registered." not in li.text
