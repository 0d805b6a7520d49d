"""The certification, from self-assessment to renewal: stage by stage."""

from datetime import date

import pytest

from dialogs.flow.stage_table import MAIN_STAGES
from dialogs.language.catalogue import LOCALES
from tests.dialogs import prepared_talks
from tests.dialogs.certification.stage_actions import IN_TYPING, STEPS, TODAY, at, step
from tests.dialogs.player import Player


@pytest.fixture
def li() -> Player:
    """Somebody at the certification, with a colleague who is there as well."""
    return prepared_talks.certifying().players["c1"]


@pytest.fixture
def wang(li: Player) -> Player:
    return li.world.players["c2"]


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
    assert gone == [stage for stage in MAIN_STAGES if stage != "corrective_actions"]
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
    assert li.screen.has_button("calendar")
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
    assert li.screen.has_button(f"day:{TODAY.isoformat()}")
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
    assert not li.screen.has_button("day:yes")
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
    assert not li.screen.has_button("step:expire")


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
