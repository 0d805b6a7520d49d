"""What can go otherwise with a certification: undo, colleagues, breaks, going back."""

from datetime import date

import pytest

from tests.dialogs import prepared_talks
from tests.dialogs.certification.stage_actions import STEPS, TODAY, at, record, step, surveil
from tests.dialogs.player import Player


@pytest.fixture
def li() -> Player:
    """Somebody at the certification, with a colleague who is there as well."""
    return prepared_talks.certifying().players["c1"]


@pytest.fixture
def wang(li: Player) -> Player:
    return li.world.players["c2"]


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
    while li.screen.has_button("nav:undo") and li.certification != before:
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
    li = prepared_talks.certified().players["c1"].press(*way, "nav:back")
    assert li.problem is None
    assert li.state == back_to


def test_back_from_the_day_of_a_reason_leads_to_the_certification(li: Player) -> None:
    step(li, "apply").press("step:refuse").say("材料不全").press("nav:back")
    assert li.state == "certification"
    assert li.talk.draft.keys() & {"about", "detail", "reason", "return"} == set()
