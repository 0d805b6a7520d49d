"""Questions that are asked only where an earlier answer makes them sensible."""

from pathlib import Path

import pytest

from dialogs.language.catalogue import LOCALES
from rubric.library.library import Library
from tests.dialogs.player import FIGURES, NAME, Player, World
from tests.dialogs.prepared_talks import code_in
from tests.rubric.builders import GBT, SHIPPED_TEXT, Folder

ASKED = "5.2.3.2, group: 5.2.3,"


@pytest.fixture
def li(tmp_path: Path) -> Player:
    """In a scheme that asks for the delivery promise only of those who pack goods."""
    condition = f"{ASKED} asked_if: {{indicator: 5.2.3.1, is_not: [na]}},"
    structure = SHIPPED_TEXT.replace(ASKED, condition).replace(f"id: {GBT}", "id: own")
    Folder(tmp_path, structure, "own", locales=LOCALES)
    player = World(Library.from_folders([tmp_path])).player("c1", "李明").agree()
    player.say(NAME).press("scheme:own", "nav:next", "nav:next", "nav:next")
    player.say(*(str(figure) for figure in FIGURES.values()))
    return player.qualify().say("5.2.3.1")


def without_packing(li: Player) -> Player:
    return li.press("answer:na").say("只提供服务，不包装商品")


def test_a_question_that_is_not_asked_is_passed_by(li: Player) -> None:
    assert without_packing(li).screen.indicator == "5.2.4.1"
    assert "/42" in li.text


def test_it_comes_back_where_its_ground_is_taken_back(li: Player) -> None:
    without_packing(li).press("nav:undo")
    assert li.press("answer:met").screen.indicator == "5.2.3.2"
    assert "/43" in li.text


def test_asking_for_it_says_why_there_is_nothing_to_answer(li: Player) -> None:
    assert without_packing(li).say("5.2.3.2").refused("not_asked")
    assert li.screen.indicator == "5.2.4.1"


def test_its_answer_is_kept_and_counts_again(li: Player) -> None:
    li.press("answer:met").press("answer:met").say("5.2.3.1")
    assert without_packing(li).screen.indicator == "5.2.4.1"
    li.say("5.2.3.1").press("answer:met")
    assert li.screen.indicator == "5.2.3.2"
    assert "符合" in li.text


def test_who_stands_at_it_is_led_on_when_a_colleague_takes_its_ground_away(li: Player) -> None:
    li.press("nav:menu", "invitation", "invitation:new")
    wang = li.world.player("c2", "王芳").agree().press("join").say(code_in(li.text))
    li.press("nav:resume").say("5.2.3.2")
    without_packing(wang.say("5.2.3.1"))
    assert li.press("guide").screen.indicator == "5.2.4.1"
    assert "现在不需要回答" in li.text
