"""Which scheme a case is assessed under: proposed, chosen, changed, and nothing lost by it."""

import pytest

from dialogs.flow.overlay_suggestions import add_fitting_overlays
from dialogs.model.dossier import Organisation
from rubric.library.library import Library
from rubric.overlays.library import composed_name
from tests.dialogs.player import NAME, Player, World
from tests.dialogs.prepared_talks import code_in

LIBRARY = Library.from_folders()
BASE = LIBRARY.offered_names()[0]
ANHUI = "34"


@pytest.fixture
def li() -> Player:
    return World(LIBRARY).player("c1", "李明").agree().say(NAME).press("nav:next")


def maker_of_appliances(li: Player, province: str = ANHUI) -> Player:
    return li.press("trade:home_appliances", f"province:{province}")


class TestWhatIsProposed:
    @pytest.mark.parametrize(
        ("trade", "province", "overlays"),
        [
            ("home_appliances", "34", ["anhui-home-appliances"]),
            ("auto_parts", "34", ["anhui-auto-parts"]),
            ("home_appliances", "37", []),
            ("home_appliances", None, []),
            ("finance", None, ["finance"]),
            ("retail", "34", ["retail"]),
            (None, "34", []),
            ("something else", "34", []),
        ],
    )
    def test_it_is_what_fits_the_trade_and_the_province(
        self, trade: str | None, province: str | None, overlays: list[str]
    ) -> None:
        found = add_fitting_overlays(LIBRARY, Organisation("o", NAME, None, trade, province), BASE)
        assert found == composed_name(BASE, overlays)

    def test_a_beginner_whom_nothing_special_fits_is_asked_nothing(self, li: Player) -> None:
        assert maker_of_appliances(li, "37").state == "organisation.staff"

    def test_one_press_takes_it(self, li: Player) -> None:
        assert maker_of_appliances(li).state == "scheme"
        assert "安徽家电" in li.text
        li.press("nav:next")
        assert (li.case.scheme, li.state) == (f"{BASE}+anhui-home-appliances", "organisation.staff")

    def test_one_press_leaves_it(self, li: Player) -> None:
        maker_of_appliances(li).press("scheme:plain")
        assert (li.case.scheme, li.state) == (BASE, "organisation.staff")

    def test_back_and_forth_asks_again_and_undo_takes_it_off(self, li: Player) -> None:
        maker_of_appliances(li).press("nav:next", "nav:undo")
        assert (li.case.scheme, li.state) == (BASE, "scheme")


class TestFromTheMenu:
    def test_an_overlay_is_put_on_and_taken_off_and_every_answer_stays(self, li: Player) -> None:
        maker_of_appliances(li, "37").say("9", "3", "2", "1").qualify().press("answer:met", "answer:met")
        answers = dict(li.case.answers)
        li.press("nav:menu", "schemes", "overlay:retail")
        assert li.case.scheme == f"{BASE}+retail"
        li.press("overlay:finance")
        assert li.refused("not_together")
        li.press("overlay:retail", "overlay:finance", "nav:next")
        assert li.case.scheme == f"{BASE}+finance"
        assert li.case.answers == answers
        assert li.state == "scoring.question"

    def test_what_an_overlay_adds_is_asked_and_its_answer_returns_with_it(self, li: Player) -> None:
        maker_of_appliances(li).press("nav:next").say("9", "3", "2", "1").qualify()
        li.say("5.2.6.2").press("answer:met")
        assert li.screen.indicator == "anhui-home-appliances.2"
        assert "安徽家电-2" in li.text
        li.press("answer:met", "nav:menu", "schemes", "overlay:anhui-home-appliances")
        assert "anhui-home-appliances.2" not in li.screen.text
        li.press("overlay:anhui-home-appliances", "nav:next", "nav:review")
        assert "安徽家电-2" not in li.text, "it is answered"

    def test_another_scheme_begins_another_assessment(self, li: Player) -> None:
        maker_of_appliances(li, "37").say("9", "3", "2", "1").qualify().press("answer:met")
        other = next(name for name in LIBRARY.names() if name != BASE)
        first = li.case.id
        li.press("nav:menu", "schemes", f"scheme:{other}")
        assert li.case.scheme == other
        assert li.world.cases[first].answers

    def test_a_question_that_went_with_its_overlay_is_left(self, li: Player) -> None:
        maker_of_appliances(li).press("nav:next").say("9", "3", "2", "1").qualify()
        li.say("5.2.6.2").press("answer:met")
        li.press("nav:menu", "schemes", "overlay:anhui-home-appliances", "nav:next")
        assert li.screen.indicator in LIBRARY.scheme(BASE).indicator_by_id


def test_a_colleague_who_stands_at_it_is_led_on(li: Player) -> None:
    maker_of_appliances(li).press("nav:next").say("9", "3", "2", "1").qualify()
    li.press("nav:menu", "invitation", "invitation:new")
    wang = li.world.player("c2", "王芳").agree().press("join").say(code_in(li.text))
    wang.say("5.2.6.2").press("answer:met")
    assert wang.screen.indicator == "anhui-home-appliances.2"
    li.press("nav:menu", "schemes", "overlay:anhui-home-appliances")
    assert wang.press("answer:met").state == "scoring.question"
    assert wang.screen.indicator in LIBRARY.scheme(BASE).indicator_by_id
    wang.press("nav:back", "nav:undo", "nav:undo", "nav:undo")


def test_a_new_assessment_keeps_the_overlays(li: Player) -> None:
    maker_of_appliances(li).press("nav:next").say("9", "3", "2", "1").qualify().press("answer:met")
    li.press("nav:menu", "case:new")
    assert li.case.scheme == f"{BASE}+anhui-home-appliances"
    assert not li.case.answers
