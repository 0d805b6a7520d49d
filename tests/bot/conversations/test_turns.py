"""What a stored turn promises, on SQLite and on PostgreSQL."""

import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.conversations.turns import TurnService
from bot.store import Store, StoreError
from bot.store.schema import SCHEMA, conversation_tables
from dialogs.model.messages import ButtonPress, ChatStart, FileInput, Problem, TextInput
from rubric.library.library import Library
from rubric.sheets.reader import check_sheet
from tests import migrated
from tests.bot.conftest import EVENING, Talker, invitation, rows


def test_a_talk_goes_on_where_it_was_in_another_process_of_the_program(store: Store, talker: Talker) -> None:
    talker.reach_scoring()
    talker.press("answer:met")
    again = Talker(store)
    assert (again.screen.state, again.screen.indicator) == ("scoring.question", "5.1.1.2")


def test_after_weeks_one_press_goes_on(store: Store, talker: Talker) -> None:
    talker.reach_scoring()
    talker.press("answer:met")
    talker.wait(weeks=5)
    talker.give(ChatStart())
    assert talker.screen.state == "paused"
    assert "5.1.1.2" in talker.screen.text
    assert talker.press("nav:resume").indicator == "5.1.1.2"


def test_the_same_input_twice_changes_nothing(store: Store, talker: Talker) -> None:
    talker.reach_scoring()
    first = talker.give(ButtonPress("answer:met"), "key-1")
    before = rows(store, "answers")
    second = talker.give(ButtonPress("answer:met"), "key-1")
    assert rows(store, "answers") == before
    assert (first.state, first.indicator) == (second.state, second.indicator)


@pytest.mark.parametrize("key", ["x" * 5000, "钥匙🔑", "\x00", "\ud800", ""])
def test_an_input_may_have_an_id_of_any_form(talker: Talker, key: str) -> None:
    talker.give(ButtonPress("lang:zh-Hans"), key)
    assert talker.give(ButtonPress("nav:next"), key).state == "agreement"


def test_ids_of_different_contacts_do_not_meet(store: Store, talker: Talker) -> None:
    other = Talker(store, "wang")
    talker.give(ButtonPress("lang:zh-Hans"), "1")
    assert other.give(ButtonPress("lang:zh-Hans"), "1").state == "agreement"


def test_answers_are_only_ever_added_and_say_what_they_replaced(store: Store, talker: Talker) -> None:
    talker.reach_scoring()
    talker.press("answer:met", "nav:back", "answer:unmet")
    table = conversation_tables.answers
    query = select(table).where(table.c.field == "answers", table.c.key == "5.1.1.1").order_by(table.c.id)
    with store.transaction() as db:
        first, second = db.execute(query).mappings().all()
    assert (first["value"], first["replaces"]) == ({"met": {}}, None)
    assert (second["value"], second["replaces"]) == ({"unmet": {}}, first["id"])
    assert (second["channel"], second["at"]) == ("terminal", EVENING)


def test_a_turn_that_fails_leaves_nothing_behind(
    store: Store, talker: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    talker.reach_scoring()
    before = {name: rows(store, name) for name in SCHEMA.tables}

    def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("bot.store.conversations.save_turn._save_conversation", fail)
    with pytest.raises(RuntimeError):
        talker.give(ButtonPress("answer:met"), "key")
    monkeypatch.undo()
    assert {name: rows(store, name) for name in SCHEMA.tables} == before
    assert talker.give(ButtonPress("answer:met"), "key").indicator == "5.1.1.2"


def test_two_who_answer_one_case_at_once_lose_nothing(store: Store, talker: Talker) -> None:
    talker.reach_scoring()
    code = invitation(talker)
    other = Talker(store, "wang")
    other.press("lang:zh-Hans", "nav:next", "join")
    other.say(code)
    assert other.screen.state == "scoring.question"
    talker.press("nav:resume")
    failed: list[BaseException] = []

    def answer(who: Talker, clauses: list[str]) -> None:
        try:
            for clause in clauses:
                who.say(clause)
                who.press("answer:met")
        except BaseException as error:
            failed.append(error)

    clauses = [
        one.id for one in Library.from_folders().scheme("gbt27922-2011").indicators if one.requires is None
    ]
    both = [
        threading.Thread(target=answer, args=(talker, clauses[:15])),
        threading.Thread(target=answer, args=(other, clauses[15:30])),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert not failed
    assert "31/43" in talker.say("目录", "复核").text  # thirty and the computed one


def test_whose_answer_was_replaced_is_told_once_in_the_own_language(store: Store, talker: Talker) -> None:
    talker.reach_scoring()
    code = invitation(talker)
    talker.press("nav:resume", "answer:met")
    other = Talker(store, "wang")
    other.press("lang:en", "nav:next", "join")
    other.say(code, "5.1.1.1")
    other.press("answer:unmet")
    assert "wang" in talker.say("目录").text
    assert "不符合" in talker.replies[-1].blocks[0].text  # type: ignore[union-attr]
    assert "wang" not in talker.press("nav:resume").text


def test_a_code_opens_once(store: Store, talker: Talker) -> None:
    talker.reach_scoring()
    code = invitation(talker)
    first, second = Talker(store, "wang"), Talker(store, "zhao")
    for other in (first, second):
        other.press("lang:zh-Hans", "nav:next", "join")
        other.say(code.lower())
    assert (first.screen.state, second.screen.state) == ("scoring.question", "invitation.join")
    refused = second.replies[0]
    assert isinstance(refused, Problem)
    assert refused.code == "code_gone"


def test_old_inputs_are_forgotten(store: Store, talker: Talker) -> None:
    talker.give(TextInput("?"), "old")
    talker.wait(hours=80)
    talker.give(TextInput("?"), "new")
    talker.turns.forget_old_inputs()
    assert rows(store, "inbox") == 1


def test_a_case_brings_back_everything_it_holds(store: Store, talker: Talker) -> None:
    talker.reach_scoring()
    talker.say("40个抽查37个合格" if talker.screen.indicator != "5.1.1.1" else "符合", "37/40")
    talker.give(FileInput("证据.pdf", "application/pdf", 9, "a" * 64))
    talker.say("证据", "一条备注：“引号”\n第二行 🙂", "5.2.6.1", "不适用", "没有这类商品")
    talker.say("复核", "特别扣分")
    talker.press("deduction:law")
    talker.say("罚款一次", "没有", "有", "行业最长的保修")
    shown = talker.screen.text
    assert Talker(store).say("复核").text.endswith(shown[-200:])


def test_the_files_of_a_report_grade_to_the_same_scorecard(talker: Talker, tmp_path: Path) -> None:
    talker.reach_scoring()
    talker.say("符合", "37/40", "复核", "提交", "提交", "报告")
    sheet, card = talker.screen.attachments
    (tmp_path / sheet.name).write_bytes(sheet.content)
    from rubric.parsing.document import read_document

    assert check_sheet(read_document(tmp_path / sheet.name), Library.from_folders())[1].answers
    assert b'"score"' in card.content


def test_a_naive_moment_is_refused(store: Store) -> None:
    turns = TurnService(store, Library.from_folders(), lambda: datetime(2026, 3, 2))  # noqa: DTZ001
    with pytest.raises(Exception, match="naive"):
        turns.take_turn(Talker(store, "x").who, ChatStart(), "1")


@pytest.mark.parametrize(
    "text", ["\x00", "海风\x00公司", "a" * 10_000, "\ud800", "\u202e海风公司", "🙂" * 50]
)
def test_hostile_text_is_answered_and_stored_or_refused_whole(talker: Talker, text: str) -> None:
    talker.press("lang:zh-Hans", "nav:next")
    talker.say(text)
    assert talker.screen.state in {"organisation.name", "organisation.credit_code"}
    assert talker.say("海风公司").state.startswith("organisation.")


def test_a_locked_database_is_waited_for_and_then_said_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.engine.BUSY_MILLISECONDS", 50)
    with closing(Store.open(migrated.copy_to(tmp_path / "talk.db"))) as store:
        talker = Talker(store)
        with store.transaction(), pytest.raises(StoreError, match="holds the database"):
            talker.press("lang:zh-Hans")
        assert talker.press("lang:zh-Hans").state == "agreement"
