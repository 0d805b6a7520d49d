"""One enterprise under several schemes: what carries over, what is asked, and what by hand is never overwritten."""

from datetime import date

import pytest

from dialogs.certification.nonconformities import latest_case
from dialogs.flow.scene import Scene
from dialogs.language.catalogue import LOCALES
from dialogs.model.dossier import Case
from dialogs.model.reminder_log import ReminderKey
from dialogs.parsing.dates.parser import format_short_date
from dialogs.reminders.text import reminder_text
from rubric.model.answers import Met, Sampled, Unmet
from rubric.scoring.crosswalk import carry_answers
from tests.dialogs import prepared_talks
from tests.dialogs.player import Player

CTEAS = "cteas-2017"
SHORT = "CTEAS 1001-2017"


@pytest.fixture
def graded(asked: Player) -> Player:
    """Somebody at a grade with all met but one."""
    asked.press("answer:unmet").answer_all().finish()
    assert asked.state == "grade"
    return asked


def begin_other(li: Player) -> Player:
    """The companion begun, to its first question."""
    li.press("nav:menu", "companions", f"also:{CTEAS}")
    while li.state.startswith("eligibility"):
        li.press("answer:met")
    return li


def enter(li: Player, case: Case) -> Player:
    return li.press("nav:menu", "companions", f"case:{case.id}")


def test_a_beginner_is_not_asked_which_scheme(li: Player) -> None:
    li.agree().say("星河电器有限公司")
    assert li.state == "organisation.credit_code"
    assert li.case.scheme != CTEAS


def test_the_menu_and_the_grade_offer_to_grade_under_another_scheme_too(graded: Player) -> None:
    assert "companions" in graded.buttons
    graded.press("nav:menu")
    assert "companions" in graded.buttons
    graded.press("companions")
    assert graded.state == "companions"
    assert SHORT in graded.text
    assert f"also:{CTEAS}" in graded.buttons


@pytest.mark.parametrize("said", ["同时评分", "其他方案", "同時評分", "other schemes"])
def test_it_is_found_by_what_people_call_it(asked: Player, said: str) -> None:
    asked.say(said)
    assert asked.state == "companions"
    asked.say("继续")
    assert asked.at == "5.1.1.1"


def test_only_the_conditions_that_are_not_the_same_are_asked(graded: Player) -> None:
    graded.press("companions", f"also:{CTEAS}")
    asked = []
    while graded.state.startswith("eligibility."):
        asked.append(graded.state.removeprefix("eligibility."))
        graded.press("answer:met")
    assert asked == ["system_running", "base_assessment", "means"]
    assert graded.case.eligibility["legal_status"] == "met"
    assert graded.state == "scoring.question"


def test_only_what_is_not_known_is_asked_and_then_it_goes_on_as_ever(graded: Player) -> None:
    before = graded.case
    begin_other(graded)
    known = set(graded.case.carried)
    library = graded.world.library
    (walk,) = library.crosswalks
    here, there = library.scheme(before.scheme), library.scheme(CTEAS)
    assert known == set(carry_answers(walk, here, there, before.answer_sheet()))
    assert graded.case.figures == before.figures
    questions = []
    while graded.state == "scoring.question":
        questions.append(graded.at)
        graded.press("answer:met" if "answer:met" in graded.buttons else "nav:next")
    assert questions == [one.id for one in there.indicators if one.id not in known and one.requires is None]
    assert graded.state == "deductions"
    graded.press("nav:next")
    assert graded.state == "review"  # the scheme has no bonus
    assert graded.words("review.carried", number=len(known), items="1.1 ") in graded.text
    graded.press("nav:submit", "nav:submit")
    assert graded.state == "grade"


def test_the_question_says_from_where_its_answer_came_and_takes_another(graded: Player) -> None:
    begin_other(graded).say("1.1")
    answer = graded.words("answer.met")
    assert graded.says("question.carried", scheme="GB/T 27922-2011", indicators="5.1.7.1", answer=answer)
    graded.press("answer:unmet")
    assert graded.answer("1.1") == Unmet()
    assert "1.1" not in graded.case.carried
    graded.press("nav:undo")
    assert graded.answer("1.1") == Met()
    assert graded.case.carried["1.1"].split()[1:] == ["5.1.7.1"]


def test_what_was_answered_there_meanwhile_is_carried_when_it_is_entered_again(graded: Player) -> None:
    first = graded.case
    begin_other(graded)
    second = graded.case
    assert graded.answer("3.1") == Unmet()  # 5.1.1.1 is unmet
    enter(graded, first).say("5.1.1.1").press("answer:met")
    enter(graded, second)
    assert graded.answer("3.1") == Met()
    assert graded.says("companions.brought", number=1)
    assert not graded.screen.has_button("nav:undo")
    enter(graded, first)
    enter(graded, second)
    assert not graded.says("companions.brought", number=1)


def test_nothing_given_by_hand_is_overwritten(graded: Player) -> None:
    first = graded.case
    begin_other(graded).say("3.1").press("answer:met")
    second = graded.case
    enter(graded, first)
    assert graded.answer("5.1.1.1") == Unmet()
    graded.say("5.1.1.1").press("answer:unmet")
    enter(graded, second)
    assert graded.answer("3.1") == Met()


def test_a_carried_answer_that_is_confirmed_by_hand_stays(graded: Player) -> None:
    first = graded.case
    begin_other(graded).say("1.1").press("answer:met")
    second = graded.case
    enter(graded, first).say("5.1.7.1").press("answer:unmet")
    enter(graded, second)
    assert graded.answer("1.1") == Met()


def test_a_carried_answer_goes_when_nothing_can_be_told_any_more(graded: Player) -> None:
    first = graded.case
    begin_other(graded)
    second = graded.case
    assert graded.answer("4.4") == Met()
    enter(graded, first).say("5.1.3.2", "37/40")
    enter(graded, second)
    assert graded.answer("4.3") is None
    assert graded.answer("4.4") is None


def test_what_is_answered_in_the_companion_fills_gaps_of_the_first_and_nothing_else(asked: Player) -> None:
    asked.press("answer:met")
    first = asked.case
    begin_other(asked).say("8.4").press("answer:unmet")
    second = asked.case
    enter(asked, first)
    assert asked.answer("5.3.1.5") == Unmet()
    assert asked.answer("5.1.1.1") == Met()
    assert set(asked.case.carried) == {"5.3.1.5"}
    enter(asked, second)
    assert asked.answer("8.4") == Unmet()
    assert "8.4" not in asked.case.carried


def test_an_answer_taken_back_does_not_come_back_from_where_it_was_carried_to(asked: Player) -> None:
    asked.press("answer:met").say("5.1.7.3").press("answer:met")
    first = asked.case
    asked.press("nav:menu", "companions", f"also:{CTEAS}")
    second = asked.case
    assert asked.answer("1.3") == Met()
    enter(asked, first)
    asked.world.cases[first.id].answers.pop("5.1.7.3")  # as if a colleague had undone it
    enter(asked, second)
    assert asked.answer("1.3") is None
    enter(asked, first)
    assert asked.answer("5.1.7.3") is None


def test_counts_of_samples_go_over_one_to_one(asked: Player) -> None:
    asked.say("5.1.7.1", "18/20")
    begin_other(asked)
    assert asked.answer("1.1") == Sampled(20, 18)


def test_evidence_bears_out_both_and_what_was_removed_by_hand_stays_away(asked: Player) -> None:
    asked.say("5.1.7.1").send("理念.pdf").press("answer:met")
    first = asked.case
    begin_other(asked)
    second = asked.case
    (file,) = asked.case.evidence_for("1.1").values()
    (there,) = first.evidence_for("5.1.7.1").values()
    assert (file.sha256, file.name) == (there.sha256, "理念.pdf")
    enter(asked, first)
    enter(asked, second)
    assert len(asked.case.evidence) == 1
    (key,) = asked.case.evidence
    asked.say("1.1").press("evidence", f"remove:{key}")
    enter(asked, first)
    enter(asked, second)
    assert asked.case.evidence == {}


def test_evidence_that_is_removed_there_is_gone_here(asked: Player) -> None:
    asked.say("5.1.7.1").send("理念.pdf").press("answer:met")
    first = asked.case
    begin_other(asked)
    second = asked.case
    enter(asked, first).say("5.1.7.1")
    (key,) = first.evidence
    asked.press("evidence", f"remove:{key}")
    enter(asked, second)
    assert asked.case.evidence == {}


def test_a_note_is_shown_where_it_bears_on_and_not_copied(asked: Player) -> None:
    asked.say("5.1.7.1").press("evidence").say("口号在手册第三页").press("nav:next", "answer:met")
    begin_other(asked).say("1.1")
    assert asked.says(
        "question.note_there", scheme="GB/T 27922-2011", indicator="5.1.7.1", note="口号在手册第三页"
    )
    assert asked.case.notes == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_one_page_compares_what_separates_the_schemes(graded: Player, locale: str) -> None:
    first = graded.case
    begin_other(graded)
    while graded.state == "scoring.question":
        graded.press("answer:met" if "answer:met" in graded.buttons else "nav:next")
    graded.press("nav:next", "nav:submit", "nav:submit", "nav:menu", "language")
    graded.press(f"lang:{locale}", "nav:menu", "companions")
    words = graded.words
    ours = graded.world.library.text(first.scheme, locale)
    theirs = graded.world.library.text(CTEAS, locale)
    assert graded.says(
        "companions.compared",
        standings=words.join_items(
            words("companions.standing", scheme=text.short, grade=text.grades[grade], score=shown)
            for text, grade, shown in ((theirs, "fail", "95.66"), (ours, "5-star", "95.33"))
        ),
    )
    lost = words("companions.lost_item", where=f"3.1 {theirs.indicators['3.1'].title}", points="3")
    assert lost in graded.text
    assert theirs.grades["7-star"] in graded.text
    assert f"case:{first.id}" in graded.buttons
    assert f"also:{CTEAS}" not in graded.buttons


def test_the_comparison_of_assessments_does_not_count_clauses_of_another_scheme(graded: Player) -> None:
    begin_other(graded).say("比较")
    assert graded.state == "compare"
    changed = graded.words(
        "compare.case", date="", scheme="", score="", grade="", groups="", changed=0, open=0
    )
    assert graded.text.count(changed.splitlines()[-1][:6]) == 1
    assert SHORT in graded.text


def test_where_one_left_the_companion_one_goes_on_with_the_rest_alone(graded: Player) -> None:
    first = graded.case
    graded.press("companions", f"also:{CTEAS}", "answer:met")
    second = graded.case
    enter(graded, first)
    enter(graded, second)
    assert graded.state == "eligibility.base_assessment"
    graded.press("answer:met", "answer:met")
    assert graded.at == "1.4"
    graded.press("answer:met")
    assert graded.at == "2.3"
    enter(graded, first)
    enter(graded, second)
    assert graded.at == "2.3"


def test_a_condition_that_is_not_met_bars_the_companion_alone(graded: Player) -> None:
    first = graded.case
    graded.press("companions", f"also:{CTEAS}", "answer:unmet")
    assert graded.state == "eligibility.system_running"
    assert graded.says("ineligible.blocked")
    graded.press("case:rehearse")
    assert graded.state == "eligibility.base_assessment"
    enter(graded, first)
    assert graded.state == "grade"


def test_a_colleague_sees_the_same_companion() -> None:
    world = prepared_talks.graded()
    li, wang = world.players["c1"], world.players["c2"]
    begin_other(li)
    second = li.case
    wang.press("nav:menu", "companions")
    assert f"case:{second.id}" in wang.buttons
    wang.press(f"case:{second.id}").say("1.1").press("answer:unmet")
    li.say("1.1")
    assert li.says("question.by", name="王芳")


def test_without_a_crosswalk_and_nothing_on_request_nothing_is_offered(choosing: Player) -> None:
    li = choosing.agree().say("星河电器有限公司").press("scheme:own")
    library = li.world.library
    assert library.crosswalks.schemes_tied_to("own") == []
    while li.state.startswith("organisation."):
        li.press("nav:next")
    li.qualify().press("nav:menu", "companions")
    assert f"also:{CTEAS}" in li.buttons  # on request: with nothing carried, but reachable
    assert all(button != "also:own" for button in li.buttons)


def test_the_certification_of_a_companion_is_its_own_and_goes_its_own_way(graded: Player) -> None:
    graded.press("certification")
    first = graded.certification
    assert first.scheme != CTEAS
    assert first.body == {}
    begin_other(graded).press("nav:menu", "certification")
    assert graded.certification.scheme == CTEAS
    library = graded.world.library
    (body,) = graded.certification.body.values()
    assert CTEAS in library.bodies.body(body).schemes
    steps = library.bodies.text(body, "zh-Hans").stages
    assert "contract" not in steps
    graded.press("certifications", f"certification:{first.id}", "materials", "certification")
    assert graded.certification.id == first.id


@pytest.mark.parametrize(
    ("locale", "said"), [("zh-Hans", "不提前通知"), ("zh-Hant", "不事先通知"), ("en", "unannounced")]
)
def test_a_surveillance_that_nobody_announces_is_said_so_wherever_it_stands(
    graded: Player, locale: str, said: str
) -> None:
    begin_other(graded).press("nav:menu", "certification", "certificate:record")
    graded.say("2026年3月1日", "对", "八星级", "CTEAS-1").press(
        "nav:next", "nav:next", "nav:menu", "language", f"lang:{locale}"
    )
    certification = graded.certification
    (body,) = certification.body.values()
    assert graded.world.library.bodies.body(body).schemes == (CTEAS,)
    graded.press("nav:menu", "certification")
    words = graded.words
    opens, closes = format_short_date(date(2026, 6, 1), words), format_short_date(date(2027, 3, 1), words)
    name = words("milestone.surveillance", number=1)
    assert graded.says("certification.milestone_irregular", title=name, opens=opens, closes=closes)
    graded.press("calendar")
    assert graded.says("calendar.surveillance_irregular", title=name, opens=opens, closes=closes, state="")
    scene = Scene(graded.dossier(), graded.world.library, graded.world.now)
    letter = reminder_text(
        scene, ReminderKey(certification.id, "surveillance-1", "due-30", date(2026, 12, 2))
    )
    assert said in letter
    assert opens in letter
    assert closes in letter


def test_another_scheme_chosen_among_all_is_a_companion_too(graded: Player) -> None:
    first = graded.case
    graded.press("nav:menu", "schemes", f"scheme:{CTEAS}")
    assert graded.case.companion == {"": first.id}
    assert graded.case.carried
    second = graded.case
    enter(graded, first).press("nav:menu", "schemes", f"scheme:{CTEAS}")
    assert graded.case.id == second.id


def test_a_case_with_overlays_has_companions_and_its_certification_like_any_other(graded: Player) -> None:
    graded.press("nav:menu", "certification")
    certification = graded.certification
    graded.press("nav:menu", "schemes")
    overlay = next(one for one in graded.buttons if one.startswith("overlay:"))
    graded.press(overlay, "nav:next", "nav:menu", "certification")
    assert "+" in graded.case.scheme
    assert graded.certification.id == certification.id
    scene = Scene(graded.dossier(), graded.world.library, graded.world.now)
    assert latest_case(scene) == graded.case
    first = graded.case
    begin_other(graded)
    assert graded.case.companion == {"": first.id}
    assert "1.1" in graded.case.carried
    enter(graded, first)
    assert graded.case.id == first.id
