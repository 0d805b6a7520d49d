"""A clause and its answer in one line, from anywhere in the questions."""

import pytest

from rubric.model.answers import Answer, Met, Sampled, Unmet
from tests.dialogs.player import Player


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("5.1.5.2 符合", Met()),
        ("5.1.5.2符合", Met()),
        ("5.1.5.2：符合", Met()),
        ("5.1.5.2，没有", Unmet()),
        ("第5.1.5.2条 不符合", Unmet()),
        ("５．１．５．２　符合。", Met()),
        ("5.1.5.2 met", Met()),
        ("5.1.5.2: not met", Unmet()),
        ("clause 5.1.5.2 - yes", Met()),
        ("5.1.5.2 = 不达标", Unmet()),
    ],
)
def test_a_clause_and_an_answer_in_one_line_answer_that_indicator(
    asked: Player, typed: str, answer: Answer
) -> None:
    asked.say(typed)
    assert asked.case.answers == {"5.1.5.2": answer}
    assert f"已保存　5.1.5.2 监督结果的运用：{'符合' if answer == Met() else '不符合'}" in asked.text


@pytest.mark.parametrize("typed", ["5.1.1.2 37/40", "5.1.1.2 抽查40个，37个合格", "第5.1.1.2条：37 of 40"])
def test_a_sample_may_stand_behind_its_clause(asked: Player, typed: str) -> None:
    asked.say(typed)
    assert asked.case.answers == {"5.1.1.2": Sampled(40, 37)}


@pytest.mark.parametrize(
    "way", [[], ["nav:menu"], ["nav:sections"], ["nav:help"], ["evidence"], ["guide"], ["nav:pause"]]
)
def test_it_answers_from_anywhere_in_the_questions_and_goes_on_behind_it(
    asked: Player, way: list[str]
) -> None:
    asked.press(*way).say("5.1.5.2 符合")
    assert asked.case.answers == {"5.1.5.2": Met()}
    assert asked.case.notes == {}
    assert (asked.state, asked.at) == ("scoring.question", "5.1.6.1")
    assert asked.press("nav:back", "nav:back").at == "5.1.1.1"


def test_on_the_review_it_answers_and_stays_at_the_review(asked: Player) -> None:
    asked.press("nav:review").say("5.1.5.2 符合", "5.1.1.2 37/40")
    assert asked.state == "review"
    assert asked.case.answers == {"5.1.5.2": Met(), "5.1.1.2": Sampled(40, 37)}


def test_undo_takes_it_back_and_returns_to_where_it_was_typed(asked: Player) -> None:
    asked.say("5.1.5.2 符合", "撤销")
    assert (asked.at, asked.case.answers) == ("5.1.1.1", {})


def test_not_applicable_goes_on_to_its_reason(asked: Player) -> None:
    asked.say("5.2.6.2 不适用")
    assert (asked.state, asked.at) == ("scoring.reason", "5.2.6.2")


@pytest.mark.parametrize(
    ("typed", "code", "told"),
    [
        ("5.1.5.2 37/40", "no_sample_here", "5.1.5.2 是定性项"),
        ("5.1.2.2 符合", "not_understood", "5.1.2.2 由人数自动计算"),
        ("5.1.2.2 2/3", "no_sample_here", "5.1.2.2 由人数自动计算"),
        ("5.1.1.2 40/37", "bad_sample", "符合的有40个"),
        ("5.1.1.2 0/0", "bad_sample", "抽查0个"),
        ("5.1.5.2 不适用", "not_understood", "5.1.5.2 是定性项"),
        ("5.1.5.2 差不多", "not_understood", "5.1.5.2 是定性项"),
        ("5.1.5 符合", "one_at_a_time", "“5.1.5.1 符合”"),
        ("5.9.9.9 符合", "no_such_clause", "没有 5.9.9.9"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_in_words_and_nothing_moves(
    asked: Player, typed: str, code: str, told: str
) -> None:
    asked.say(typed)
    assert asked.refused(code)
    assert asked.problem is not None
    assert told in asked.problem.message
    assert (f"输入“{typed.split(maxsplit=1)[0]}”" in asked.problem.message) is (
        code not in {"one_at_a_time", "no_such_clause"}
    )
    assert (asked.at, asked.case.answers) == ("5.1.1.1", {})


def test_a_clause_before_the_answer_to_the_question_asked_changes_nothing_about_it(asked: Player) -> None:
    asked.say("5.1.1.1 37/40")
    assert asked.problem is not None
    assert asked.problem.message == asked.words("sample.not_for_qualitative", indicator="5.1.1.1")
    asked.say("5.1.1.1 符合")
    assert (asked.at, asked.case.answers) == ("5.1.1.2", {"5.1.1.1": Met()})


def test_a_note_that_begins_with_a_clause_stays_a_note(asked: Player) -> None:
    asked.press("evidence").say("5.1.5.2 的制度还没有修订")
    assert asked.case.notes == {"5.1.1.1": "5.1.5.2 的制度还没有修订"}
    assert asked.case.answers == {}


def test_a_reason_that_begins_with_a_clause_stays_a_reason(asked: Player) -> None:
    asked.say("5.2.6.2 不适用").say("5.2.6.2 里的回收，我们没有这项业务")
    assert list(asked.case.answers) == ["5.2.6.2"]


def test_beside_a_file_it_answers_its_own_indicator_and_the_file_belongs_there(asked: Player) -> None:
    asked.send("1.pdf", caption="5.1.5.2 符合")
    assert asked.answer("5.1.5.2") == Met()
    assert [one.indicator for one in asked.case.evidence.values()] == ["5.1.5.2"]


def test_beside_a_file_what_does_not_fit_its_indicator_is_said_and_the_file_is_kept_there(
    asked: Player,
) -> None:
    asked.send("1.pdf", caption="5.1.5.2 37/40")
    assert asked.at == "5.1.1.1"
    assert asked.words("sample.not_for_qualitative", indicator="5.1.5.2") in asked.text
    assert [one.indicator for one in asked.case.evidence.values()] == ["5.1.5.2"]


@pytest.mark.parametrize("caption", ["5.1.5.2", "第5.1.5.2条", "5.1.5.2 证书的照片"])
def test_a_file_belongs_to_the_clause_written_beside_it(asked: Player, caption: str) -> None:
    asked.send("1.pdf", caption=caption)
    assert [one.indicator for one in asked.case.evidence.values()] == ["5.1.5.2"]
    assert asked.case.answers == {}


def test_a_file_for_a_clause_is_taken_on_the_review_too(asked: Player) -> None:
    asked.press("nav:review").send("1.pdf", caption="5.1.5.2 符合")
    assert asked.answer("5.1.5.2") == Met()
    assert [one.indicator for one in asked.case.evidence.values()] == ["5.1.5.2"]


@pytest.mark.parametrize("caption", ["9.9.9.9 符合", "5.1 符合", "5.1.5.2里提到的照片"])
def test_beside_a_file_for_the_evidence_of_one_clause_a_note_stays_a_note(
    asked: Player, caption: str
) -> None:
    asked.press("evidence").send("1.pdf", caption=caption)
    assert [one.indicator for one in asked.case.evidence.values()] == ["5.1.1.1"]
