"""Looking again before an audit: what is asked anew and why, what is carried over, and a star at risk."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dialogs.model.reminder_log import ReminderLog
from rubric.layout import SHIPPED_SCHEMES
from rubric.library.library import Library
from rubric.model.answers import Met, Sampled
from tests.dialogs import prepared_talks
from tests.dialogs.player import Player
from tests.rubric.builders import GBT, SHIPPED_TEXT


@pytest.fixture
def li() -> Player:
    """Somebody with a certificate of five stars, every answer met but one, which is open."""
    player = (
        prepared_talks.begun()
        .players["c1"]
        .press("answer:met")
        .send("网点.pdf")
        .say("40/40")
        .press("answer:skip")
    )
    player.answer_all().finish().press("certification", "certificate:record").say("2025年12月1日", "对")
    return player.press("grade:5-star", "nav:next", "nav:next", "nav:next", "certification")


@pytest.fixture
def old(li: Player) -> str:
    return li.talk.case or ""


def again(player: Player) -> dict[str, str]:
    """What the screen says is asked again."""
    player.press("refresh")
    return {line.split()[0]: line.rsplit("（")[-1].rstrip("）") for line in _listed(player)}


def _listed(player: Player) -> list[str]:
    found = [block.text for block in player.screen.blocks if block.kind == "detail"]
    return found[0].splitlines() if found else []


def came(player: Player, at: datetime) -> None:
    """Every file of the assessments came then."""
    evidence = {case.id: dict.fromkeys(case.evidence, at) for case in player.world.cases.values()}
    player.world.ledger = ReminderLog(evidence_times=evidence)


def test_only_what_is_not_fully_met_is_asked_again(li: Player) -> None:
    assert again(li) == {"5.1.2.1": "未答"}


def test_what_was_not_met_is_asked_again(li: Player) -> None:
    li.press("nav:back").say("5.2.1.1").press("answer:unmet")
    li.say("5.1.1.2").say("37/40").press("nav:menu", "certification")
    assert again(li) == {"5.1.1.2": "上次未达标", "5.1.2.1": "未答", "5.2.1.1": "上次未达标"}


@pytest.mark.parametrize(
    ("at", "is_old"),
    [(datetime(2025, 11, 24, tzinfo=UTC), False), (datetime(2025, 11, 23, tzinfo=UTC), True)],
)
def test_what_only_old_files_bear_out_is_asked_again(li: Player, at: datetime, is_old: bool) -> None:
    """After 12 months, as the scheme says."""
    came(li, at)
    assert ("5.1.1.2" in again(li)) == is_old
    assert ("证据过期" in li.text) == is_old


def test_a_newer_file_keeps_what_an_old_one_bore_out(li: Player) -> None:
    came(li, datetime(2025, 1, 1, tzinfo=UTC))
    li.press("nav:back").say("5.1.1.2").send("网点2026.pdf").press("nav:menu", "certification")
    (key,) = [key for key, file in li.case.evidence.items() if file.name == "网点2026.pdf"]
    assert li.world.ledger is not None
    dated = {**li.world.ledger.evidence_times[li.case.id], key: li.world.now}
    li.world.ledger = ReminderLog(evidence_times={li.case.id: dated})
    assert "5.1.1.2" not in again(li)


def newer(tmp_path: Path, old: str, new: str) -> Library:
    """The shipped scheme with a version 2 of it, in which one indicator is not the same."""
    assert SHIPPED_TEXT.count(old) == 1
    folder = tmp_path / GBT
    folder.mkdir()
    text = SHIPPED_TEXT.replace("\nversion: 1\n", "\nversion: 2\n").replace(old, new)
    (folder / "2.yaml").write_text(text, "utf-8")
    library = Library.from_folders()
    library.files[GBT] = {"1": SHIPPED_SCHEMES / GBT / "1.yaml", "2": folder / "2.yaml"}
    return library


def test_what_is_not_the_same_in_the_newest_version_is_asked_again(li: Player, tmp_path: Path) -> None:
    line = "id: 5.1.1.1, group: 5.1.1, type: qualitative, points: {value: 3, source: proposed}, effort: "
    li.world.library = newer(tmp_path, f"{line}2", f"{line}3")
    assert again(li) == {"5.1.1.1": "方案有变化", "5.1.2.1": "未答"}
    li.press("refresh:begin")
    assert li.case.version == "2"
    assert li.at == "5.1.1.1"
    assert li.answer("5.1.1.1") is None
    assert li.answer("5.1.1.2") == Sampled(40, 40)


def test_what_is_full_is_carried_over_with_its_files(li: Player, old: str) -> None:
    before = li.world.cases[old]
    li.press("refresh", "refresh:begin")
    assert li.case.id != old
    assert li.case.answers == before.answers
    assert li.case.figures == before.figures
    assert li.case.eligibility == before.eligibility
    assert li.case.evidence == before.evidence
    assert li.says("refresh.begun", number=1, carried=len(before.answers))


def test_nobody_loses_an_answer(li: Player, old: str) -> None:
    """The assessment before stays as it was."""
    before = li.world.cases[old]
    li.press("refresh", "refresh:begin", "answer:met")
    assert li.world.cases[old] == before
    li.press("nav:undo")
    assert li.world.cases[old] == before


def test_only_what_is_open_is_asked_and_then_the_review_comes(li: Player) -> None:
    li.press("refresh", "refresh:begin")
    assert (li.state, li.at) == ("scoring.question", "5.1.2.1")
    li.press("answer:met")
    assert not li.state.startswith("scoring")
    while li.state in {"deductions", "bonus"}:
        li.press("nav:next")
    assert li.state == "review"
    assert li.answer("5.1.2.1") == Met()


def test_undo_takes_back_only_what_was_said_again(li: Player) -> None:
    li.press("refresh", "refresh:begin")
    carried = li.case.answers
    assert not li.screen.has_button("nav:undo")
    li.press("answer:met", "nav:undo")
    assert li.case.answers == carried


def test_where_nothing_is_asked_again_the_review_comes_at_once(li: Player) -> None:
    li.press("nav:back").say("5.1.2.1").press("answer:met", "nav:menu", "certification")
    assert again(li) == {}
    li.press("refresh:begin")
    assert li.state == "review"
    assert len(li.world.cases) == 2


def test_a_file_that_was_carried_over_is_as_old_as_it_was(li: Player, old: str) -> None:
    came(li, datetime(2025, 12, 1, tzinfo=UTC))
    assert "5.1.1.2" not in again(li)
    li.press("refresh:begin")
    assert li.world.ledger is not None
    carried = {li.case.id: dict.fromkeys(li.case.evidence, li.world.now)}
    li.world.ledger = ReminderLog(evidence_times={**li.world.ledger.evidence_times, **carried})
    li.world.wait(days=30)
    li.open().press("nav:menu", "certification")
    assert again(li)["5.1.1.2"] == "证据过期"


def test_the_certification_stays_the_one_that_was_looked_at(li: Player) -> None:
    before = li.certification.id
    li.press("refresh", "refresh:begin", "nav:menu", "certification")
    assert li.certification.id == before
    assert len(li.world.certifications) == 1


def test_a_star_at_risk_is_said_with_the_grade(li: Player) -> None:
    li.press("refresh", "refresh:begin")
    for clause in ("5.1.3.1", "5.2.1.1", "5.3.1.1"):
        li.say(clause).press("answer:unmet")
    li.press("nav:review", "nav:submit", "nav:submit")
    assert li.state == "grade"
    assert li.screen.scorecard is not None
    assert li.screen.scorecard.grade != "5-star"
    assert li.says("grade.at_risk", grade="五星级")


def test_a_star_that_is_kept_is_not_at_risk(li: Player) -> None:
    li.press("refresh", "refresh:begin", "answer:met", "nav:review", "nav:submit", "nav:submit")
    assert li.state == "grade"
    assert not li.says("grade.at_risk", grade="五星级")


def test_a_star_of_a_certificate_that_is_over_is_not_at_risk(li: Player) -> None:
    li.press("step:withdraw").say("停业").press("day:2026-11-23")
    li.press("nav:back")
    for clause in ("5.1.3.1", "5.2.1.1", "5.3.1.1"):
        li.say(clause).press("answer:unmet")
    li.press("nav:review", "nav:submit", "nav:submit")
    assert li.state == "grade"
    assert not li.says("grade.at_risk", grade="五星级")


def test_without_an_assessment_there_is_nothing_to_look_at_again(li: Player) -> None:
    li.world.cases.clear()
    li.press("refresh")
    assert li.says("refresh.nothing")
    assert not li.screen.has_button("refresh:begin")


def test_the_result_is_compared_with_last_time_line_by_line(li: Player) -> None:
    li.press("refresh", "refresh:begin").press("answer:met")
    assert li.state in {"review", "grade"}
    li.say("5.1.3.1").press("answer:unmet")
    while li.state != "grade":
        li.press("nav:submit" if li.screen.has_button("nav:submit") else "nav:next")
    li.press("compare")
    assert "5.1.2.1 服务人员资质：未答 → 符合" in li.text
    assert "5.1.3.1 售后经费：符合 → 不符合（−2分）" in li.text
    assert "有2项不同" in li.text
