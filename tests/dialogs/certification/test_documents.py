"""The papers that the certification asks for: which there are, which are missing, who brings them."""

from datetime import date

import pytest

from rubric.certificate.documents import DocumentRecord
from tests.dialogs import prepared_talks
from tests.dialogs.player import Player


@pytest.fixture
def li() -> Player:
    """Somebody at the list of papers."""
    return prepared_talks.certifying().players["c1"].press("materials")


def record(player: Player, item: str = "licence") -> DocumentRecord | None:
    return player.certification.materials.get(item)


def listed(player: Player) -> set[str]:
    return {one.removeprefix("material:") for one in player.buttons if one.startswith("material:")}


def test_at_first_all_papers_are_missing(li: Player) -> None:
    assert li.says("materials.question.application")
    assert "□ 缺　营业执照" in li.text
    assert li.says("materials.progress", have=0, total=len(listed(li)))


def test_a_paper_is_there_or_missing(li: Player) -> None:
    li.press("material:licence", "material:have")
    assert record(li) == DocumentRecord(have=True)
    assert li.says("material.have")
    assert not li.screen.has_button("material:have")
    li.press("nav:back")
    assert "☑ 有　营业执照" in li.text
    assert li.says("materials.progress", have=1, total=len(listed(li)))
    li.press("material:licence", "material:missing", "nav:back")
    assert "□ 缺　营业执照" in li.text


def test_a_paper_says_what_it_must_show(li: Player) -> None:
    li.press("material:licence")
    assert "在有效期内，经营范围包含申请的商品或服务" in li.text


def test_a_paper_is_good_until_its_last_day(li: Player) -> None:
    li.press("material:licence", "material:expires").say("2027年3月1日", "对")
    assert record(li) == DocumentRecord(have=True, expires=date(2027, 3, 1))
    assert li.says("material.expires_saved", day="2027年3月1日（星期一）")
    assert li.state == "material"
    li.world.wait(days=98)
    li.open().press("nav:resume", "materials")
    assert "☑ 将到期　营业执照" in li.text  # its last day
    li.world.wait(days=1)
    li.open().press("nav:resume", "materials")
    assert "☒ 已过期　营业执照" in li.text
    assert li.says("materials.and_expired", number=1)
    assert li.says("materials.progress", have=0, total=len(listed(li)))


def test_a_paper_that_has_expired_already_may_be_recorded_so(li: Player) -> None:
    li.press("material:licence", "material:expires").say("2026年10月31日", "对")
    assert li.says("material.expired")


def test_a_paper_without_an_end_is_not_there_for_that(li: Player) -> None:
    li.press("material:licence", "material:expires", "nav:next")
    assert not record(li)
    assert li.state == "material"
    li.press("material:have", "material:expires").say("2027年3月1日", "对").press(
        "material:expires", "nav:next"
    )
    assert record(li) == DocumentRecord(have=True)


def test_somebody_brings_a_paper(li: Player) -> None:
    li.press("material:licence", "material:person").say("王芳")
    assert record(li) == DocumentRecord(have=False, person="王芳")
    assert li.says("material.person", person="王芳")
    li.press("material:person", "nav:next", "nav:back")
    assert li.says("materials.brings", person="王芳")


def test_with_its_file_a_paper_is_there(li: Player) -> None:
    li.press("material:licence").send("营业执照.pdf").send("营业执照.pdf")
    assert record(li) == DocumentRecord(have=True)
    assert [(one.indicator, one.name) for one in li.certification.papers.values()] == [
        ("licence", "营业执照.pdf")
    ]
    assert li.says("material.files", names="营业执照.pdf")


def test_a_file_is_removed_again(li: Player) -> None:
    li.press("material:licence").send("营业执照.pdf")
    (key,) = li.certification.papers
    li.press(f"remove:{key}")
    assert li.certification.papers == {}
    assert li.state == "material"
    li.press("nav:undo")
    assert list(li.certification.papers) == [key]


def test_undo_takes_a_file_and_that_the_paper_is_there_back_together(li: Player) -> None:
    li.press("material:licence").send("营业执照.pdf").press("nav:undo")
    assert li.certification.papers == {}
    assert record(li) is None


def test_a_file_sent_to_the_list_is_not_guessed_to_be_a_paper(li: Player) -> None:
    li.send("营业执照.pdf")
    assert li.refused("file_not_here")


@pytest.mark.parametrize(("trade", "asks"), [("家用电器", True), ("零售与商超", False)])
def test_a_trade_has_papers_of_its_own(li: Player, trade: str, asks: bool) -> None:
    """Who makes goods brings the manual of how their quality is kept."""
    li.press("nav:menu", "profile", "field:trade").say(trade).press("nav:menu", "certification", "materials")
    assert ("quality_manual" in listed(li)) == asks


def test_with_the_certificate_the_yearly_papers_are_asked_for(li: Player) -> None:
    li.press("certification", "certificate:record").say("2025年12月1日", "对").press("nav:back", "nav:back")
    li.press("materials")
    assert li.says("materials.question.surveillance")
    assert {"review_application", "basic_information", "service_managers"} <= listed(li)
    assert "licence" not in listed(li)


def test_a_renewal_asks_for_the_papers_of_an_application(li: Player) -> None:
    li.press("certification", "certificate:record").say("2025年12月1日", "对").press("nav:back", "nav:back")
    li.press("step:renew", "day:2026-11-23", "materials")
    assert li.says("materials.question.application")


def test_the_corrective_actions_of_a_surveillance_keep_its_papers(li: Player) -> None:
    li.press("certification", "certificate:record").say("2025年12月1日", "对").press("nav:back", "nav:back")
    li.press("findings", "finding:new").say("5.1.1.1", "没有网点清单").press(
        "nav:back", "nav:back", "certification"
    )
    li.press(
        "step:begin_surveillance", "day:2026-11-23", "step:finish_surveillance", "day:2026-11-23", "materials"
    )
    assert li.certification.current_stage == "corrective_actions"
    assert li.says("materials.question.surveillance")


def test_the_certification_says_how_many_papers_there_are(li: Player) -> None:
    total = len(listed(li))
    li.press("material:licence", "material:have", "nav:back", "certification")
    assert li.says("materials.progress", have=1, total=total)
