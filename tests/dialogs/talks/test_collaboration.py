"""Several people and several enterprises: invitations, notices, switching, earlier assessments."""

from typing import Any

import pytest

from dialogs.model.events import InvitationIssued
from dialogs.model.invitation_codes import CODE_LIFETIME, hash_code
from dialogs.model.messages import Notice
from rubric.model.answers import Met, NotApplicable, Sampled, Unmet
from tests.dialogs import prepared_talks
from tests.dialogs.player import FIGURES, NAME, Player


def code_of(player: Player) -> str:
    """The invitation code that the player is shown after asking for one."""
    player.press("nav:menu", "invitation", "invitation:new")
    return prepared_talks.code_in(player.text)


@pytest.fixture
def wang(asked: Player) -> Player:
    """A colleague who has joined, at the first question."""
    code = code_of(asked)
    asked.press("nav:resume")
    return asked.world.player("c2", "王芳").agree().press("join").say(code)


def test_a_colleague_joins_with_the_code_and_sees_the_same_case(asked: Player, wang: Player) -> None:
    assert wang.says("join.joined", name=NAME)
    assert (wang.state, wang.at) == ("scoring.question", "5.1.1.1")
    assert wang.case is asked.case


@pytest.mark.parametrize("as_typed", [str.lower, str.swapcase, lambda code: code.replace("-", "")])
def test_a_code_is_understood_however_it_is_typed(asked: Player, as_typed: Any) -> None:
    code = code_of(asked)
    wang = asked.world.player("c2", "王芳").agree().say("我有邀请码", as_typed(code))
    assert wang.talk.organisation == asked.talk.organisation


def test_only_the_hash_of_a_code_is_kept(asked: Player) -> None:
    code = code_of(asked)
    (issued,) = asked.events
    assert isinstance(issued, InvitationIssued)
    assert code not in repr(issued)
    assert issued.code_hash == hash_code(code)
    assert issued.expires_at == asked.world.now + CODE_LIFETIME


def test_a_code_opens_once(asked: Player, wang: Player) -> None:
    code = code_of(asked)
    zhao = asked.world.player("c3", "赵刚").agree().press("join").say(code)
    assert zhao.talk.organisation == asked.talk.organisation
    late = asked.world.player("c4", "孙丽").agree().press("join").say(code)
    assert late.refused("code_gone")
    assert not late.dossier().organisations


def test_a_code_expires(asked: Player) -> None:
    code = code_of(asked)
    wang = asked.world.player("c2", "王芳").agree().press("join")
    asked.world.wait(days=7)
    wang.say(code)
    assert wang.refused("code_gone")


def test_an_unknown_code_opens_nothing(asked: Player) -> None:
    wang = asked.world.player("c2", "王芳").agree().press("join").say("AAAAA-22222")
    assert wang.refused("unknown_code")
    wang.say("91350100M000100Y43")
    assert wang.refused("not_understood")
    wang.say(NAME)
    assert wang.refused("not_understood")
    wang.press("nav:back")
    assert wang.state == "organisation.name"


def test_ones_own_code_opens_nothing_new(asked: Player) -> None:
    code = code_of(asked)
    asked.press("nav:menu", "join").say(code)
    assert asked.refused("already_in")


def test_a_colleague_who_has_a_case_keeps_it_when_joining(asked: Player) -> None:
    code = code_of(asked)
    wang = asked.world.player("c2", "王芳").begin("北辰电器有限公司").press("answer:met")
    wang.press("nav:menu", "join").say(code)
    assert wang.organisation.name == NAME
    wang.press("nav:menu", "organisations")
    assert len([one for one in wang.buttons if one.startswith("org:")]) == 3
    own = next(key for key, one in wang.world.organisations.items() if one.name == "北辰电器有限公司")
    wang.press(f"org:{own}")
    assert wang.case.answers == {"5.1.1.1": Met()}
    assert wang.at == "5.1.1.2"


def test_of_two_answers_the_later_stands_and_whoever_gave_the_earlier_is_told(
    asked: Player, wang: Player
) -> None:
    asked.press("answer:met")
    wang.press("answer:unmet")
    assert asked.case.answers == {"5.1.1.1": Unmet()}
    (notice,) = wang.turn.notices if wang.turn else ()
    assert notice.contact == asked.contact.id
    asked.say("随便")
    values = {
        "by": "王芳",
        "organisation": NAME,
        "indicator": "5.1.1.1",
        "answer": asked.words("answer.unmet"),
    }
    assert asked.says("notice.overruled", **values)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("符合", Met()), ("37/40", Sampled(40, 37)), ("不适用", NotApplicable("不销售商品"))],
)
def test_a_notice_names_the_answer_that_stands(
    asked: Player, wang: Player, typed: str, answer: object
) -> None:
    asked.say("5.2.1.1").press("answer:unmet")
    wang.say("5.2.1.1", typed)
    if isinstance(answer, NotApplicable):
        wang.say("不销售商品")
    assert wang.answer("5.2.1.1") == answer
    asked.press("nav:menu")
    assert asked.screen.blocks[0].kind == "notice"
    assert "5.2.1.1" in asked.screen.blocks[0].text


def test_notices_are_told_in_the_order_they_came_and_each_once(asked: Player, wang: Player) -> None:
    asked.press("answer:met", "answer:met", "answer:met")
    wang.press("answer:unmet", "answer:unmet", "answer:unmet")
    asked.press("nav:menu")
    told = [block.text for block in asked.screen.blocks if block.kind == "notice"]
    assert [next(c for c in ("5.1.1.1", "5.1.1.2", "5.1.2.1") if c in one) for one in told] == [
        "5.1.1.1",
        "5.1.1.2",
        "5.1.2.1",
    ]
    asked.press("nav:help")
    assert not [block for block in asked.screen.blocks if block.kind == "notice"]


def test_the_same_answer_of_a_colleague_tells_nobody(asked: Player, wang: Player) -> None:
    asked.press("answer:met")
    wang.press("answer:met")
    assert wang.turn is not None
    assert wang.turn.notices == ()


def test_a_colleagues_answer_is_shown_with_the_name(asked: Player, wang: Player) -> None:
    asked.press("answer:met")
    wang.say("5.1.1.1")
    assert "李明" in wang.text
    asked.say("5.1.1.1")
    assert "李明" not in asked.text


def test_undo_leaves_what_a_colleague_changed_since(asked: Player, wang: Player) -> None:
    asked.press("answer:met")
    wang.press("answer:unmet")
    asked.press("nav:undo")
    assert asked.says("undo.changed_since")
    assert asked.at == "5.1.1.1"
    assert asked.answer("5.1.1.1") == Unmet()


def test_undo_of_a_group_takes_back_only_what_nobody_changed_since(asked: Player, wang: Player) -> None:
    asked.say("5.2.6.1").press("answer:na", "scope:group").say("不销售商品")
    wang.say("5.2.6.2").press("answer:met")
    asked.press("nav:undo")
    assert asked.case.answers == {"5.2.6.2": Met()}


def test_undo_leaves_a_name_that_a_colleague_changed_since(asked: Player, wang: Player) -> None:
    asked.say("企业信息").press("field:name").say("北辰电器有限公司")
    wang.say("企业信息").press("field:name").say("南斗电器有限公司")
    asked.press("nav:undo")
    assert asked.says("undo.changed_since")
    assert asked.organisation.name == "南斗电器有限公司"


def test_a_colleague_may_answer_what_was_open_when_the_review_was_shown(asked: Player, wang: Player) -> None:
    asked.press("nav:review")
    wang.press("answer:met")
    asked.press("open:5.1.1.1")
    assert asked.problem is None or asked.problem.code == "not_offered"
    assert asked.state in {"review", "scoring.question"}


def test_a_colleague_may_remove_a_file_while_its_screen_is_shown(asked: Player, wang: Player) -> None:
    asked.press("evidence").send()
    (key,) = asked.case.evidence
    wang.press("evidence", f"remove:{key}")
    asked.press(f"remove:{key}")
    assert asked.refused("not_offered")


def test_a_contact_may_work_for_several_enterprises(asked: Player) -> None:
    asked.press("answer:met", "nav:menu", "organisations", "org:new")
    assert asked.state == "organisation.name"
    asked.introduce("北辰电器有限公司", FIGURES).qualify().press("answer:unmet")
    assert asked.case.answers == {"5.1.1.1": Unmet()}
    first = next(key for key, one in asked.world.organisations.items() if one.name == NAME)
    asked.press("nav:menu", "organisations", f"org:{first}")
    assert asked.says("organisations.entered", name=NAME)
    assert asked.case.answers == {"5.1.1.1": Met()}


def test_undo_and_back_stay_with_the_enterprise_being_worked_on(asked: Player) -> None:
    asked.press("answer:met", "nav:menu", "organisations", "org:new")
    assert not {"nav:undo", "nav:back"} & set(asked.buttons)
    asked.say("北辰电器有限公司")
    assert not asked.screen.has_button("nav:undo")
    assert [case.answers for case in asked.world.cases.values()] == [{"5.1.1.1": Met()}, {}]


def test_a_correction_is_forgotten_when_the_enterprise_is_switched(asked: Player) -> None:
    asked.say("5.1.2.2").press(
        "field:staff" if asked.screen.has_button("field:staff") else "field:service_managers"
    )
    asked.press("nav:menu", "organisations", "org:new").say("北辰电器有限公司")
    assert asked.state == "organisation.credit_code"


def test_a_new_enterprise_can_be_left_for_the_old_one(asked: Player) -> None:
    asked.press("nav:menu", "organisations", "org:new", "nav:help", "nav:resume", "nav:menu")
    assert not {"nav:review", "nav:sections", "report", "profile"} & set(asked.buttons)
    first = next(iter(asked.world.organisations))
    asked.press("organisations", f"org:{first}")
    assert asked.at == "5.1.1.1"


@pytest.mark.parametrize(
    "word", ["企业信息", "报告", "比较", "邀请同事", "目录", "复核", "5.1.1.1", "撤销", "新评估"]
)
def test_without_a_case_nothing_that_needs_one_is_done(asked: Player, word: str) -> None:
    asked.press("nav:menu", "organisations", "org:new").say(word)
    assert asked.problem is not None
    assert asked.state == "organisation.name"


def test_entering_an_enterprise_leads_to_what_is_still_to_be_said(li: Player) -> None:
    li.agree().say(NAME).press("nav:menu", "organisations", f"org:{next(iter(li.world.organisations))}")
    assert li.state == "organisation.staff"
    li.say("2800", "300", "26", "2").press("answer:met")
    li.press("nav:menu", "organisations", f"org:{li.talk.organisation}")
    assert li.state == "eligibility.territory"
    li.qualify().answer_all()
    li.press("nav:menu", "organisations", f"org:{li.talk.organisation}")
    assert li.state == "review"
    li.press("nav:submit", "nav:submit", "nav:menu", "organisations", f"org:{li.talk.organisation}")
    assert li.state == "grade"


def test_entering_an_enterprise_that_may_not_apply_explains_why_before_anything_else(li: Player) -> None:
    li.agree().introduce().press("answer:met", "answer:unmet")
    li.press("nav:menu", "organisations", f"org:{li.talk.organisation}")
    assert li.state == "eligibility.territory"
    assert li.says("ineligible.blocked")
    li.press("case:rehearse", "nav:menu", "organisations", f"org:{li.talk.organisation}")
    assert li.state == "eligibility.system_running"


def test_a_new_assessment_keeps_the_old_one_and_its_headcount(asked: Player) -> None:
    asked.answer_all().finish()
    old = asked.case
    asked.world.wait(days=300)
    asked.press("case:new")
    assert asked.case.id != old.id
    assert asked.case.figures == old.figures
    assert asked.case.answers == {}
    assert asked.world.cases[old.id].answers == old.answers
    assert asked.state == "organisation.staff"
    assert not {"nav:undo", "nav:back"} & set(asked.buttons)
    asked.press(*["nav:next"] * 4).qualify().press("answer:unmet").say("比较")
    assert asked.state == "compare"
    assert f"case:{old.id}" in asked.buttons
    asked.press(f"case:{old.id}")
    assert asked.case.id == old.id
    assert asked.state == "grade"


def test_the_comparison_counts_what_differs(asked: Player) -> None:
    asked.answer_all().finish().press("case:new", *["nav:next"] * 4).qualify()
    asked.press("answer:unmet").answer_all().finish().press("compare")
    assert "98.33" in asked.text
    assert "95.33" in asked.text


def test_a_report_can_be_asked_for_wherever_there_is_a_case(asked: Player) -> None:
    asked.say("报告")
    assert asked.says("report.ready")
    assert [type(event).__name__ for event in asked.events] == ["ReportRequested"]
    assert asked.at == "5.1.1.1"


def test_with_several_schemes_the_new_assessment_may_be_under_another_one(choosing: Player) -> None:
    li = choosing.agree().say(NAME).press("scheme:gbt27922-2011")
    li.press(*["nav:next"] * 3).say("2800", "300", "26", "2").qualify().press("answer:met")
    old = li.case
    li.press("nav:menu", "case:new")
    assert li.state == "scheme"
    li.press("nav:back")
    assert (li.at, li.case.id) == ("5.1.1.2", old.id)
    li.press("nav:menu", "case:new", "scheme:own")
    assert li.case.scheme == "own"
    assert li.case.figures == {key: number for key, number in FIGURES.items() if key != "outlets"}
    while li.state.startswith("organisation."):
        li.press("nav:next")
    li.qualify().press("answer:unmet").say("比较").press(f"case:{old.id}")
    assert li.at == "5.1.1.2"
    assert not li.screen.has_button("nav:undo")


def test_with_several_schemes_back_after_the_choice_leads_through_the_fields(choosing: Player) -> None:
    li = choosing.agree().say(NAME).press("nav:back")
    assert li.state == "organisation.name"
    li.press("nav:next", "scheme:own", "nav:next", "nav:back", "nav:back")
    assert li.state in {"scheme", "organisation.name"}
    assert li.problem is None


def test_joining_an_enterprise_without_a_case_leads_to_the_choice_of_a_scheme(choosing: Player) -> None:
    world = choosing.world
    li = choosing.agree().say(NAME).press("scheme:own")
    code = code_of(li)
    world.cases.clear()
    wang = world.player("c2", "王芳").agree().press("join").say(code)
    assert wang.state == "scheme"
    wang.press("scheme:own")
    assert wang.case.scheme == "own"
    assert wang.state == "organisation.credit_code"


def test_a_notice_is_a_value_that_is_worded_where_it_is_shown(asked: Player, wang: Player) -> None:
    asked.say("5.1.1.2", "37/40")
    wang.say("5.1.1.2", "30/40")
    assert wang.turn is not None
    values = {
        "by": "王芳",
        "organisation": NAME,
        "indicator": "5.1.1.2",
        "answer": "sampled",
        "sampled": "40",
    }
    assert wang.turn.notices == (Notice("c1", "overruled", values | {"conforming": "30"}),)
    asked.say("english")
    assert asked.words("answer.sampled", sampled=40, conforming=30) in asked.text
