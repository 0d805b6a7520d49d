"""A newer version of the scheme of a running case: foretold, decided by the contact, and no answer lost."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogs.assessment.scheme_migration import (
    change_version,
    decline_version,
    find_offered_version,
    newer_version,
    preview_migration,
)
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.dossier import Case
from dialogs.model.records import AnswerRecorded
from rubric.model.answers import Answer, Met, NotApplicable, Sampled, Unmet
from rubric.model.fractions import format_exact
from tests.dialogs.player import FIGURES, NAME, Player, World
from tests.rubric.builders import answers_to
from tests.rubric.scheme_versions import old_and_new

ASKED = ("5.1.1.2", "5.1.4.3", "5.2.6.3", "5.2.6.4", "5.3.1.5")


@pytest.fixture
def li() -> Player:
    """In the middle of a case that began under version 1; version 2 is there since."""
    before, after = old_and_new()
    li = (
        World(before)
        .player("c1", "李明")
        .agree()
        .say(NAME)
        .press("scheme:own", "nav:next", "nav:next", "nav:next")
    )
    li.say(*(str(figure) for figure in FIGURES.values())).qualify()
    li.press("answer:met").say("37/40").answer_all()
    li.world.library = after
    return li


def titled(li: Player, indicator: str) -> str:
    return f"{indicator} {li.world.library.text('own', li.talk.locale, '1').indicators[indicator].title}"


def back_later(li: Player) -> Player:
    li.world.wait(days=7)
    return li.open()


def scene_of(li: Player) -> Scene:
    return Scene(li.dossier(), li.world.library, li.world.now)


class TestWhatIsTold:
    def test_it_is_told_at_the_next_visit_with_figures(self, li: Player) -> None:
        assert back_later(li).state == "version"
        told = preview_migration(li.world.library, li.case, "2")
        assert told.to_answer == ("5.1.1.2", "5.2.6.3", "5.2.6.4", "5.3.1.5")
        assert f"{len(told.to_answer)}题要重新回答，{told.kept_count}个回答保留" in li.text

    def test_it_is_told_with_the_first_press_after_a_break(self, li: Player) -> None:
        li.world.now += timedelta(days=7)
        assert li.press("nav:next").state == "version"

    def test_nobody_is_told_in_the_middle_of_a_visit(self, li: Player) -> None:
        assert li.press("nav:next").state != "version"

    def test_what_changes_is_listed_with_the_old_answers(self, li: Player) -> None:
        back_later(li).press("version:changes")
        assert "37/40" in li.text
        assert li.state == "version"

    def test_what_is_gone_and_what_is_worded_anew_is_listed_too(self, li: Player) -> None:
        back_later(li).press("version:changes")
        old = li.world.library.version("own", "1").indicator_by_id["5.1.6.4"]
        assert li.says("version.gone", where=titled(li, "5.1.6.4"), points=format_exact(old.exact_points))
        assert li.says("version.reworded", where="5.1.7.3 Reworded")
        assert li.says("version.open")

    def test_of_a_submitted_case_nothing_is_told(self, li: Player) -> None:
        li.finish()
        assert newer_version(li.world.library, li.case) is None
        assert back_later(li).state != "version"


class TestTheDecision:
    def test_moving_now_asks_what_changed_and_nothing_else(self, li: Player) -> None:
        back_later(li).press("version:now")
        assert li.screen.indicator == "5.1.1.2"
        asked = [li.press("answer:met").screen.indicator for _ in range(3)]
        assert asked == ["5.2.6.3", "5.2.6.4", "5.3.1.5"]
        assert li.press("answer:met").state == "review"
        assert li.case.version == "2"

    def test_moving_for_later_goes_on_where_the_talk_stood(self, li: Player) -> None:
        at = li.talk.main_place
        back_later(li).press("version:later")
        assert (li.case.version, li.talk.main_place) == ("2", at)

    def test_staying_is_not_asked_about_again_and_the_menu_still_offers_it(self, li: Player) -> None:
        back_later(li).press("version:stay")
        assert li.case.version == "1"
        assert back_later(li).state != "version"
        assert li.press("nav:resume", "nav:menu", "version").state == "version"

    def test_the_way_back_brings_every_old_answer(self, li: Player) -> None:
        before = dict(li.case.answers)
        back_later(li).press("version:now", "answer:unmet", "nav:menu", "version", "version:back")
        assert li.case.version == "1"
        assert {key: li.case.answers[key] for key in before} == before

    def test_back_on_the_old_version_nothing_more_is_offered_to_go_back_to(self, li: Player) -> None:
        back_later(li).press("version:later", "nav:menu", "version", "version:back", "nav:menu", "version")
        assert not li.screen.has_button("version:back")
        assert li.screen.has_button("version:now")

    def test_what_was_answered_under_the_new_version_stands_again_after_going_there_again(
        self, li: Player
    ) -> None:
        back_later(li).press("version:now").say("5.3.1.5").press("answer:unmet")
        li.press("nav:menu", "version", "version:back")
        assert dict(li.case.answers)["5.3.1.5"] == Met()
        li.press("nav:menu", "version", "version:later")
        assert li.case.answers["5.3.1.5"] == Unmet()

    def test_what_was_answered_there_as_before_is_not_asked_once_more(self, li: Player) -> None:
        back_later(li).press("version:now").say("5.3.1.5").press("answer:met")
        li.press("nav:menu", "version", "version:back", "nav:menu", "version", "version:later")
        assert li.case.answers["5.3.1.5"] == Met()

    def test_an_answer_given_under_the_new_number_goes_back_with_it(self, li: Player) -> None:
        back_later(li).press("version:later").say("5.1.6.5").press("answer:unmet")
        li.press("nav:menu", "version", "version:back")
        assert li.case.answers["5.1.6.3"] == Unmet()

    def test_undo_takes_a_move_back_whole(self, li: Player) -> None:
        before, version = dict(li.case.answers), li.case.version
        back_later(li).press("version:later", "nav:undo")
        assert (li.case.version, li.case.answers) == (version, before)

    def test_notes_and_files_go_along_and_stay(self, li: Player) -> None:
        li.say("5.1.6.3").press("evidence").send("证书.pdf").say("今年换证")
        back_later(li).press("version:later")
        assert {file.indicator for file in li.case.evidence.values()} == {"5.1.6.3", "5.1.6.5"}
        assert li.case.notes["5.1.6.5"] == li.case.notes["5.1.6.3"]

    def test_words_of_a_version_hold_from_that_version_on(self, li: Player) -> None:
        assert "Reworded" not in li.say("5.1.7.3").text
        back_later(li).press("version:later")
        assert "Reworded" in li.say("5.1.7.3").text


def answered() -> st.SearchStrategy[Mapping[str, Answer]]:
    names = [
        "5.1.1.2",
        "5.1.4.1",
        "5.1.4.2",
        "5.1.6.3",
        "5.1.6.4",
        "5.1.7.3",
        "5.2.6.2",
        "5.3.1.5",
        "5.3.2.2",
    ]
    return st.dictionaries(st.sampled_from(names), answers_to("sampled").filter(bool))  # type: ignore[arg-type]


BETWEEN = st.dictionaries(
    st.sampled_from([*ASKED, "5.1.6.5", "5.3.2.2"]),
    st.sampled_from([Met(), Unmet(), NotApplicable("not sold")]),
)


@settings(max_examples=60, deadline=None)
@given(before=answered(), after=BETWEEN)
@example(before={"5.1.6.3": Sampled(1, 1)}, after={"5.1.6.5": Met()})
def test_what_is_foretold_happens_and_the_way_back_restores(
    before: Mapping[str, Answer], after: Mapping[str, Answer]
) -> None:
    """Whatever was answered before and between, nothing is lost."""
    li = World(old_and_new()[1]).player("c1", "李明").agree().say(NAME).press("scheme:own")
    case = Case("case", li.case.organisation, "own", "1", li.world.library.checksum("own", "1"), li.world.now)
    scene = scene_of(li)
    scene.dossier.cases["case"] = case
    scene.talk.case = "case"
    for key, answer in before.items():
        record_value(scene, AnswerRecorded, key, answer)
    told = preview_migration(scene.library, scene.case, "2")
    change_version(scene, "2")
    standing = {
        key: answer for key, answer in scene.case.answers.items() if key in scene.scheme.indicator_by_id
    }
    assert standing == dict(told.answers)
    assert scene.scorecard.exact == told.new_scorecard.exact
    for key, answer in after.items():
        record_value(scene, AnswerRecorded, key, answer)
    change_version(scene, "1")
    now = {key: answer for key, answer in scene.case.answers.items() if key in scene.scheme.indicator_by_id}
    for key, answer in before.items():
        stood = told.answers.get(key) == answer
        if key == "5.1.6.3":  # 5.1.6.5 by now; an answer that says no other there leaves the exact one here
            changed = after.get("5.1.6.5") not in {None, told.answers.get("5.1.6.5")}
            assert now[key] == (after["5.1.6.5"] if changed else answer)
        else:
            assert now[key] == (after.get(key, answer) if stood else answer), key


def test_declining_is_a_record_like_any_other(li: Player) -> None:
    scene = scene_of(li)
    assert find_offered_version(scene) == "2"
    decline_version(scene, "2")
    assert find_offered_version(scene) is None


def test_samples_of_what_is_all_or_nothing_now_are_asked_for_again(li: Player) -> None:
    assert li.case.answers["5.1.1.2"] == Sampled(40, 37)
    assert "5.1.1.2" in preview_migration(li.world.library, li.case, "2").to_answer
