"""Going about in the talk: back and forward, undo, jumps, the review, passing screens, breaks, languages."""

from datetime import timedelta
from functools import cache

import pytest

from dialogs.engine.commands import COMMANDS
from dialogs.flow.states import states_of
from dialogs.language.catalogue import LOCALES, find_catalogue
from dialogs.model.conversation import MOST_PATH, MOST_UNDO
from rubric.model.answers import Met, NotApplicable, Sampled, Unmet
from tests.dialogs import prepared_talks
from tests.dialogs.player import FIGURES, NAME, Player, World

PASSING = ("nav:help", "nav:menu", "nav:pause")


def ways_to_every_screen() -> dict[str, list[str]]:
    """Inputs from the first question to each screen; `!x` presses x."""
    return {
        "organisation.name": ["企业信息", "!field:name"],
        "organisation.staff": ["企业信息", "!field:staff"],
        "eligibility.team": ["!nav:review", "!fix:team"],
        "scoring.question": [],
        "scoring.sample": ["5.1.1.2", "!answer:sample"],
        "scoring.reason": ["5.2.1.1", "!answer:na"],
        "scoring.evidence": ["!evidence"],
        "deductions": ["!nav:review", "!to:deductions"],
        "deductions.note": ["!nav:review", "!to:deductions", "!deduction:law"],
        "bonus": ["!nav:review", "!to:bonus"],
        "review": ["!nav:review"],
        "confirm": ["!nav:review", "!nav:submit"],
        "grade": ["!nav:review", "!nav:submit", "!nav:submit"],
        "breakdown": ["!nav:review", "!nav:submit", "!nav:submit", "!breakdown"],
        "menu": ["!nav:menu"],
        "help": ["!nav:help"],
        "sections": ["!nav:sections"],
        "paused": ["!nav:pause"],
        "profile": ["企业信息"],
        "organisations": ["!nav:menu", "!organisations"],
        "invitation": ["!nav:menu", "!invitation"],
        "invitation.join": ["!nav:menu", "!join"],
        "compare": ["比较"],
        "language": ["!nav:menu", "!language"],
        "erase": ["!nav:menu", "!erase"],
    }


def follow(player: Player, inputs: list[str]) -> Player:
    for one in inputs:
        player.press(one[1:]) if one.startswith("!") else player.say(one)
    return player


@cache
def _at(screen: str) -> World:
    """Somebody with one answer, on that screen."""
    world = prepared_talks.opened()
    li = world.players["c1"].agree().introduce()
    li.press(*["answer:met"] * 7, "answer:unmet", "answer:met", "answer:met").press("nav:back")
    follow(li, ways_to_every_screen()[screen])
    assert li.state == screen
    return world


@pytest.fixture(params=ways_to_every_screen())
def anywhere(request: pytest.FixtureRequest) -> Player:
    """Somebody with one answer, on each of the screens in turn."""
    return _at(request.param).saved().players["c1"]


@pytest.mark.parametrize(
    "button", ["nav:back", "nav:menu", "nav:sections", "nav:review", "nav:help", "nav:pause"]
)
def test_every_way_is_there_from_every_screen(anywhere: Player, button: str) -> None:
    here, target = anywhere.state, button.removeprefix("nav:").replace("pause", "paused")
    if here == target:
        assert not anywhere.screen.has_button(button)
        return
    anywhere.press(button)
    assert anywhere.problem is None
    assert (anywhere.state == target) or button == "nav:back"


@pytest.mark.parametrize(
    "word", ["返回", "菜单", "目录", "复核", "帮助", "暂停", "back", "menu", "map", "review", "help", "pause"]
)
def test_every_way_can_be_typed_from_every_screen(anywhere: Player, word: str) -> None:
    anywhere.say(word)
    assert anywhere.problem is None or (anywhere.state, word) in {
        ("menu", "菜单"), ("menu", "menu"), ("sections", "目录"), ("sections", "map"), ("review", "复核"),
        ("review", "review"), ("help", "帮助"), ("help", "help"), ("paused", "暂停"), ("paused", "pause"),
    }  # fmt: skip


@pytest.mark.parametrize("passing", PASSING)
def test_looking_at_something_in_passing_leads_back_to_where_one_was(anywhere: Player, passing: str) -> None:
    here = anywhere.talk.main_place
    for button in (passing, "nav:back") if anywhere.screen.has_button(passing) else ():
        anywhere.press(button)
    assert anywhere.talk.main_place == here
    assert anywhere.talk.place == here or not anywhere.screen.has_button(passing)


def test_undo_from_every_screen_takes_back_the_last_answer_and_shows_where_it_was(anywhere: Player) -> None:
    here = anywhere.state
    anywhere.press("nav:undo")
    assert "已撤销" in anywhere.text
    if here in {"grade", "breakdown"}:  # submitting is what was done last
        assert not anywhere.case.submitted
        anywhere.press("nav:undo")
    assert (anywhere.state, anywhere.at) == ("scoring.question", "5.1.1.1")
    assert anywhere.case.answers == {}


def test_the_language_is_changed_by_its_name_on_every_screen_which_is_shown_again(anywhere: Player) -> None:
    shown = anywhere.state if anywhere.state != "language" else "scoring.question"
    anywhere.say("english")
    assert (anywhere.state, anywhere.talk.locale) == (shown, "en")
    anywhere.say("繁體中文")
    assert (anywhere.state, anywhere.talk.locale) == (shown, "zh-Hant")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_language_is_changed_from_the_menu_and_leads_back(asked: Player, locale: str) -> None:
    asked.press("nav:menu", "language", f"lang:{locale}")
    assert (asked.state, asked.at) == ("scoring.question", "5.1.1.1")
    assert find_catalogue(locale)("button.answer_met") == asked.label("answer:met")


def test_the_language_screen_can_be_left_as_it_is(asked: Player) -> None:
    asked.press("nav:menu", "language", "nav:next")
    assert asked.at == "5.1.1.1"


def test_the_language_can_be_changed_before_anything_is_agreed(li: Player) -> None:
    li.press("lang:zh-Hans", "language", "lang:en")
    assert (li.state, li.talk.locale) == ("agreement", "en")


def test_back_follows_the_path_walked_and_forward_shows_the_answers_again(li: Player) -> None:
    li.begin().press("answer:met", "answer:unmet").say("37/40")
    li.say("5.3.1.1").press("answer:met")
    answers = dict(li.case.answers)
    path = ["5.3.1.1", "5.1.2.2", "5.1.2.1", "5.1.1.2", "5.1.1.1"]
    walked = []
    for _ in path:
        li.press("nav:back")
        walked.append(li.at)
    assert walked == path
    assert li.says("question.present", answer=li.words("answer.met"))
    li.press("nav:next")
    assert li.says("question.present", answer=li.words("answer.unmet"))
    li.press("nav:next")
    assert li.says("question.present", answer=li.words("answer.sampled", sampled=40, conforming=37))
    assert li.case.answers == answers


def test_back_leads_to_the_very_first_field(li: Player) -> None:
    li.begin().press("answer:met")
    states = []
    while li.screen.has_button("nav:back"):
        li.press("nav:back")
        states.append(li.state)
    assert states[0] == "scoring.question"
    assert states[-1] == "organisation.name"
    assert len(states) == len(set(states)) == 1 + 9 + 8
    assert li.text.count(NAME) == 1
    li.press(*["nav:next"] * 8)
    assert li.state == "eligibility.legal_status"
    assert li.case.figures == FIGURES


def test_back_from_a_question_within_a_question_stays_with_the_question(asked: Player) -> None:
    asked.press("answer:met", "answer:sample").say("40").press("nav:back")
    assert (asked.state, asked.at) == ("scoring.question", "5.1.1.2")
    asked.press("evidence", "nav:back")
    assert (asked.state, asked.at) == ("scoring.question", "5.1.1.2")
    asked.press("nav:back")
    assert asked.at == "5.1.1.1"


def test_the_path_is_not_kept_for_ever(asked: Player) -> None:
    for _ in range(MOST_PATH):
        asked.say("5.1.1.1", "5.1.1.2")
    assert len(asked.talk.path) == MOST_PATH


def test_undo_takes_back_one_answer_at_a_time(asked: Player) -> None:
    asked.press("answer:met").say("37/40", "38/40")
    asked.press("nav:undo")
    assert asked.at == "5.1.2.1"
    assert asked.case.answers == {"5.1.1.1": Met(), "5.1.1.2": Sampled(40, 37)}
    asked.press("nav:undo", "nav:undo")
    assert (asked.at, asked.case.answers, asked.talk.undo_steps[-1].place.state) == (
        "5.1.1.1",
        {},
        "eligibility",
    )


def test_undo_restores_the_answer_that_stood_before(asked: Player) -> None:
    asked.press("answer:met", "nav:back", "answer:unmet", "nav:undo")
    assert asked.answer("5.1.1.1") == Met()
    assert asked.at == "5.1.1.1"


def test_undo_of_a_whole_group_takes_back_all_of_it(asked: Player) -> None:
    asked.say("5.2.1.2").press("answer:met").say("5.2.1.1")
    asked.press("answer:na", "scope:group").say("我们不销售商品")
    assert [asked.answer(f"5.2.1.{n}") for n in (1, 2, 3)] == [NotApplicable("我们不销售商品")] * 3
    asked.press("nav:undo")
    assert asked.case.answers == {"5.2.1.2": Met()}
    assert asked.at == "5.2.1.1"


def test_undo_of_a_reason_leads_to_its_question_and_back_from_there_along_the_path(asked: Player) -> None:
    asked.say("5.2.1.1").press("answer:na").say("我们不销售商品").press("nav:undo")
    assert (asked.state, asked.at) == ("scoring.question", "5.2.1.1")
    asked.press("answer:na", "nav:back")
    assert (asked.state, asked.at) == ("scoring.question", "5.2.1.1")
    asked.press("nav:back")
    assert asked.at == "5.1.1.1"


def test_undo_of_a_figure_brings_back_what_depends_on_it(asked: Player) -> None:
    asked.say("5.1.2.2").press("field:certified_managers").say("3")
    assert asked.case.figures["certified_managers"] == 3
    asked.press("nav:undo")
    assert asked.case.figures == FIGURES


def test_undo_of_an_implausible_figure_lets_it_be_asked_again(li: Player) -> None:
    li.agree().say(NAME).press("nav:next", "nav:next", "nav:next").say("300", "300")
    before = li.case
    assert before.asked_again
    li.press("nav:undo")
    assert not li.case.asked_again
    assert li.state == "organisation.outlets"
    li.say("300")
    assert li.state == "organisation.outlets"


def test_undo_of_a_name_restores_the_name_and_no_answer(asked: Player) -> None:
    asked.press("answer:met").say("企业信息").press("field:name").say("北辰电器有限公司").press("nav:undo")
    assert asked.organisation.name == NAME
    assert asked.answer("5.1.1.1") == Met()


def test_undo_of_a_first_trade_leaves_none(li: Player) -> None:
    li.agree().say(NAME).press("nav:next", "trade:auto", "nav:undo")
    assert li.organisation.trade is None
    assert li.state == "organisation.trade"


def test_undo_of_findings_and_the_bonus(asked: Player) -> None:
    asked.press("nav:review", "to:deductions", "deduction:law").say("广告用语不符合广告法")
    asked.press("nav:next", "bonus:claim").say("行业首创的夜间上门服务")
    asked.press("nav:undo")
    assert (asked.state, asked.case.bonus) == ("bonus", {})
    asked.press("nav:undo")
    assert (asked.state, asked.case.deductions) == ("deductions", {})


def test_undo_of_a_withdrawn_finding_brings_it_back(asked: Player) -> None:
    asked.press("nav:review", "to:deductions", "deduction:law").say("广告用语不符合广告法")
    key, finding = next(iter(asked.case.deductions.items()))
    asked.press(f"withdraw:{key}", "nav:undo")
    assert asked.case.deductions == {key: finding}


def test_undo_remembers_only_so_much(asked: Player) -> None:
    for _ in range(MOST_UNDO):
        asked.say("5.1.1.1").press("answer:met").say("5.1.1.1").press("answer:unmet")
    assert len(asked.talk.undo_steps) == MOST_UNDO


def test_undo_is_offered_only_where_there_is_something_to_take_back(li: Player) -> None:
    li.agree()
    assert not li.screen.has_button("nav:undo")
    li.say("撤销")
    assert li.problem is not None


def test_a_clause_leads_to_its_question(asked: Player) -> None:
    for typed in ("5.2.4.2", "５．２．４．２", "第5.2.4.2条", "§5.2.4.2", "clause 5.2.4.2", " 5.2.4.2 。"):
        asked.say("5.1.1.1", typed)
        assert asked.at == "5.2.4.2", typed


def test_a_group_leads_to_its_first_open_question_else_to_its_first(asked: Player) -> None:
    asked.say("5.1.1.1").press("answer:met").say("5.2.3")
    assert asked.at == "5.2.3.1"
    asked.say("5.1.1")
    assert asked.at == "5.1.1.2"
    asked.say("37/40", "5.1.1")
    assert asked.at == "5.1.1.1"
    asked.say("5.3")
    assert asked.at == "5.3.1.1"


@pytest.mark.parametrize("typed", ["5.9.9.9", "5.2.3.9", "9.9.9", "5.2.7"])
def test_an_unknown_clause_is_said_to_be_unknown(asked: Player, typed: str) -> None:
    asked.say(typed)
    assert asked.refused("no_such_clause")
    assert asked.at == "5.1.1.1"


def test_a_number_is_no_clause_where_a_number_is_asked(asked: Player) -> None:
    asked.say("5.1.1.2").press("answer:sample").say("5.1")
    assert asked.refused("not_understood")
    asked.say("5.1.2.1")
    assert asked.at == "5.1.2.1"


def test_a_jump_goes_on_from_where_it_led(asked: Player) -> None:
    asked.say("5.2.4.2").press("answer:met")
    assert asked.at == "5.2.4.3"


def test_a_jump_from_the_review_returns_to_it(asked: Player) -> None:
    asked.press("nav:review").say("5.2.4.2").press("answer:met")
    assert asked.state == "review"
    asked.say("5.2.4.3").press("answer:skip")
    assert asked.state == "review"
    asked.press("open:5.1.1.1", "answer:met")
    assert asked.state == "review"


def test_a_jump_from_the_review_returns_to_it_from_within_the_question_too(asked: Player) -> None:
    asked.press("nav:review").say("5.2.4.2").press("nav:help", "nav:resume", "guide", "answer:sample")
    asked.say("40", "37")
    assert asked.state == "review"


def test_a_jump_from_the_grade_returns_to_the_review(asked: Player) -> None:
    asked.press("nav:review", "nav:submit", "nav:submit").say("5.2.4.2").press("answer:met")
    assert asked.state == "review"


def test_what_was_skipped_is_gone_through_from_the_review(asked: Player) -> None:
    asked.press("answer:skip").answer_all()
    asked.press("nav:back").say("5.2.1.1").press("nav:undo")
    assert asked.at == "5.3.2.3"
    asked.press("nav:review", "walk:open")
    assert asked.at == "5.1.1.1"
    asked.press("answer:met")
    assert asked.at == "5.3.2.3"
    asked.press("answer:skip")
    assert asked.state == "review"
    asked.press("walk:open", "answer:met")
    assert asked.state == "review"
    assert asked.says("review.nothing_open")


def test_going_through_what_is_open_does_not_turn_back_to_what_was_skipped_again(asked: Player) -> None:
    asked.press("answer:skip", "answer:met", "answer:skip").answer_all().press("nav:next", "nav:next")
    asked.press("walk:open", "answer:skip")
    assert asked.at == "5.1.2.1"
    asked.press("answer:met")
    assert asked.state == "review"


def test_going_through_what_is_open_outlasts_a_break(asked: Player) -> None:
    asked.press("answer:skip", "answer:met", "answer:met", "nav:next", "answer:skip").answer_all()
    asked.press("nav:next", "nav:next", "walk:open", "nav:pause")
    asked.world.wait(days=1)
    asked.open().press("nav:resume", "answer:met")
    assert asked.at == "5.1.3.1"
    asked.press("answer:met")
    assert asked.state == "review"


def test_the_review_lists_what_is_open_deleted_and_bare(asked: Player) -> None:
    asked.send().press("answer:met", "answer:met").say("5.2.6.2").press("answer:na").say("不销售须回收的商品")
    asked.press("nav:review")
    assert "不销售须回收的商品" in asked.text
    bare = asked.words("review.bare", number=2, items="").rstrip()
    assert bare in asked.text


def test_sections_show_what_is_open_and_lead_there(asked: Player) -> None:
    asked.press("answer:met", "nav:sections")
    assert asked.says("sections.open", title="5.1.1 组织架构", number=1) is False
    assert asked.label("section:5.1.1") == asked.words("sections.open", title="5.1.1 组织架构", number=1)
    asked.press("section:5.1.1")
    assert asked.at == "5.1.1.2"


def test_help_speaks_of_the_screen_it_was_asked_on(asked: Player) -> None:
    asked.press("nav:help")
    assert asked.says("help.scoring_question")
    asked.press("nav:resume", "nav:review", "nav:help")
    assert asked.says("help.review")


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (["nav:sections"], "sections"),
        (["nav:review", "nav:sections"], "sections"),
        (["nav:menu"], "menu"),
        (["evidence"], "scoring_evidence"),
        (["nav:menu", "certification", "materials"], "materials"),
    ],
)
def test_help_speaks_of_a_screen_beside_the_walk_as_well(asked: Player, way: list[str], said: str) -> None:
    asked.press(*way).say("/help")
    assert asked.says(f"help.{said}")
    asked.say("/help")
    assert asked.says(f"help.{said}")


def test_help_beside_the_walk_falls_back_on_the_walk(asked: Player) -> None:
    asked.press("nav:menu", "profile", "nav:help")
    assert asked.says("help.scoring_question")


@pytest.mark.parametrize("locale", LOCALES)
def test_help_tells_every_command_and_how_to_attach_a_file(asked: Player, locale: str) -> None:
    asked.press("nav:menu", "language", f"lang:{locale}", "nav:help")
    assert [name for name in COMMANDS if name != "help" and f"/{name}" not in asked.text] == []
    assert asked.says("help.files")


def test_every_main_state_has_its_help_and_its_name() -> None:
    for locale in LOCALES:
        for state in states_of("walk"):
            assert find_catalogue(locale)(f"help.{state.replace('.', '_')}")
            assert state == "scoring.question" or find_catalogue(locale)(f"state.{state}")


def test_after_weeks_one_press_goes_on(asked: Player) -> None:
    asked.press("answer:met").say("5.2.4.2")
    asked.world.wait(days=40)
    asked.open()
    assert asked.state == "paused"
    assert asked.at == "5.2.4.2"
    values = {"low": "6.33", "high": "98.33", "worst": "未达标", "best": "五星级"}
    assert asked.says("range.open", **values)
    asked.press("nav:resume")
    assert (asked.state, asked.at) == ("scoring.question", "5.2.4.2")


@pytest.mark.parametrize("word", ["继续", "继续答题", "好的", "开始", "continue", "/start", "接着来"])
def test_after_a_break_words_go_on_as_well(asked: Player, word: str) -> None:
    asked.press("nav:pause").say(word)
    assert (asked.state, asked.at) == ("scoring.question", "5.1.1.1")


def test_a_short_break_goes_on_where_it_was_and_greets(asked: Player) -> None:
    revision = asked.talk.revision
    asked.world.now += timedelta(hours=1)
    asked.open()
    assert (asked.state, asked.at) == ("scoring.question", "5.1.1.1")
    assert asked.says("welcome.back", name=NAME, done=1, total=43)
    assert asked.talk.revision == revision


def test_coming_back_in_another_language_speaks_it(asked: Player) -> None:
    asked.open("en")
    assert asked.talk.locale == "en"
    asked.open("xx")
    assert asked.talk.locale == "en"


def test_a_break_before_anything_is_agreed_changes_nothing(li: Player) -> None:
    li.press("lang:zh-Hans")
    li.world.wait(days=40)
    li.open()
    assert li.state == "agreement"


def test_a_break_within_a_break_is_one_break(asked: Player) -> None:
    asked.press("nav:pause")
    asked.world.wait(days=40)
    asked.open()
    assert asked.state == "paused"
    asked.press("nav:resume")
    assert asked.at == "5.1.1.1"


def test_correcting_the_profile_leads_back_to_it_and_then_to_where_one_was(asked: Player) -> None:
    asked.say("5.2.4.2").press("nav:menu", "profile", "field:staff").say("3000")
    assert asked.state == "profile"
    assert asked.case.figures["staff"] == 3000
    asked.press("field:trade").press("trade:auto")
    assert asked.state == "profile"
    asked.press("nav:resume")
    assert asked.at == "5.2.4.2"


def test_correcting_the_profile_twice_still_leads_back(asked: Player) -> None:
    asked.press("nav:menu", "profile", "field:staff", "nav:menu", "profile", "field:outlets").say("200")
    asked.press("nav:resume")
    assert asked.at == "5.1.1.1"


def test_a_correction_that_is_left_is_forgotten_and_no_place_to_come_back_to(asked: Player) -> None:
    asked.press("nav:menu", "profile", "field:staff").say("5.2.4.2").press("nav:back")
    assert (asked.state, asked.at) == ("scoring.question", "5.1.1.1")
    asked.press("nav:menu", "profile", "field:staff", "nav:help", "nav:back")
    assert (asked.state, asked.at) == ("scoring.question", "5.1.1.1")
    assert [place.state for place in asked.talk.path].count("organisation") == 8


def test_a_press_within_a_group_replaces_the_screen_and_nothing_else_does(asked: Player) -> None:
    edits = [
        asked.press(button).screen.replaces_previous
        for button in ("guide", "answer:met", "answer:met", "nav:help")
    ]
    assert edits == [True, True, False, False]
    assert not asked.press("nav:back").say("指引").screen.replaces_previous


def test_a_changed_answer_is_a_new_screen_with_what_stands(asked: Player) -> None:
    asked.press("answer:met", "nav:back")
    assert asked.says("question.present", answer=asked.words("answer.met"))
    asked.press("answer:unmet")
    assert asked.answer("5.1.1.1") == Unmet()
