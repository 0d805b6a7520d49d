"""A talk whose screen cannot be shown goes on from the menu, and says so."""

from dataclasses import replace

import pytest

from dialogs.model.conversation import Place
from tests.dialogs import prepared_talks
from tests.dialogs.player import Player
from tests.dialogs.situations import MADE


@pytest.fixture
def certified() -> Player:
    return prepared_talks.certified().players["c1"]


def put(player: Player, state: str, cursor: str = "") -> Player:
    place = Place(state, cursor)
    player.talk = replace(player.talk, state=state, cursor=cursor, main_place=place)
    return player


def test_a_screen_about_a_certificate_that_is_not_open_leads_to_the_menu(certified: Player) -> None:
    certified.talk.draft = {}
    put(certified, "certification").open()
    assert certified.state == "menu"
    assert certified.says("problem.not_open")
    assert certified.press("nav:resume").state == "scoring.question"


def test_a_press_on_a_screen_that_is_gone_changes_nothing(certified: Player) -> None:
    certified.talk.draft = {}
    put(certified, "certificate").press("surveilled")
    assert certified.state == "menu"
    assert not certified.events


def test_without_an_organisation_the_menu_leads_to_its_name(li: Player) -> None:
    put(li.agree(), "review").open()
    assert li.state == "menu"
    assert li.press("nav:resume").state == "organisation.name"


def test_before_the_agreement_there_is_no_menu(li: Player) -> None:
    assert put(li, "review").open().state == "agreement"


def test_the_profile_without_an_assessment_shows_the_organisation_alone() -> None:
    player = MADE["certificate_without_a_case"]().press("estimate", "profile")
    assert player.state == "profile"
    assert [one for one in player.buttons if one.startswith("field:")] == [
        "field:name",
        "field:credit_code",
        "field:trade",
        "field:province",
    ]


def test_a_version_of_which_nothing_is_left_is_not_gone_back_to() -> None:
    player = MADE["moved_and_archived"]()
    version = player.case.version
    assert "version:back" not in player.press("nav:menu").buttons
    assert player.press("nav:resume", "nav:undo").says("undo.version_gone")
    assert player.case.version == version
