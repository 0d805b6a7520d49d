"""Certification bodies that differ: their stages, their words."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from rubric.layout import SHIPPED_SCHEMES
from rubric.library.library import Library
from tests.dialogs import prepared_talks
from tests.dialogs.certification.stage_actions import TODAY, at, record, step
from tests.dialogs.player import Player
from tests.rubric.body_profiles import Profile


@pytest.fixture
def li() -> Player:
    """Somebody at the certification, with a colleague who is there as well."""
    return prepared_talks.certifying().players["c1"]


SKIPPED = ("contract", "document_review")


@pytest.fixture
def own_body(tmp_path: Path) -> Library:
    """The shipped schemes, and a body that has neither contract nor document review."""
    shipped = SHIPPED_SCHEMES / "bodies"
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
    return Library.from_folders([tmp_path])


@pytest.fixture
def choosing(li: Player, own_body: Library) -> Player:
    """Somebody who may choose a certification body, and has chosen the one of their own."""
    li.world.library = own_body
    return li.open().press("bodies", "body:own")


def test_where_there_is_one_body_none_is_asked_for(li: Player) -> None:
    assert not li.screen.has_button("bodies")


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
    choosing.world.library = Library.from_folders()
    choosing.open()
    assert choosing.problem is None
    if way != ["step:renew"]:
        choosing.press("nav:menu", "certification", "step:renew")
    choosing.press(f"day:{TODAY.isoformat()}", "step:accept", f"day:{TODAY.isoformat()}")
    assert at(choosing) == "contract"  # the default body has one


def test_a_body_calls_its_stages_and_its_refusals_by_its_own_words(li: Player, tmp_path: Path) -> None:
    Profile(tmp_path)
    li.world.library = Library.from_folders([tmp_path])
    assert li.says("certification.refused_if")
    li.press("bodies", "body:quick")
    assert "Not registered." in li.text
    step(li, "apply", "accept")
    assert "▶ Review" in li.text
    assert "The body reads." in li.text
    assert "Not registered." not in li.text
