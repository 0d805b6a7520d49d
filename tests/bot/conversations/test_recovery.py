"""A mistake in the program ends a turn or a screen: nothing half saved, a number, the menu, and the talk goes on."""

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from sqlalchemy import select, text, update

from bot.catalogue_text import translate
from bot.channels.jsonl.chat import JsonLinesChat
from bot.channels.terminal.chat import TerminalChat
from bot.console import show_block
from bot.conversations.local import Input, StoredTalk
from bot.conversations.turns import ChannelUser, TurnService
from bot.store import Store, StoreError
from bot.store.conversations import failures
from bot.store.evidence import EvidenceFolder
from bot.store.privacy.export import read_stored_rows
from bot.store.schema import SCHEMA
from dialogs.model.messages import Block, ChatStart, CommandInput, Problem, Reply, Screen
from dialogs.steps.scoring.question import QuestionStep
from dialogs.steps.setup.language import LanguageStep
from dialogs.steps.shared.menu import MenuStep
from rubric.library.library import Library
from tests.bot.conftest import EVENING, Talker, invitation, rows

OPEN = Input("open")
MET = Input("press", "answer:met")
RESUME = Input("press", "nav:resume")


@pytest.fixture
def li(talker: Talker) -> Talker:
    """Somebody who answered one indicator and is asked the second."""
    talker.reach_scoring()
    talker.press("answer:met")
    return talker


@pytest.fixture
def talk(li: Talker, tmp_path: Path) -> StoredTalk:
    return talk_of(li, tmp_path)


def talk_of(one: Talker, folder: Path) -> StoredTalk:
    """The conversation as a program that was just started has it."""
    return StoredTalk(one.turns, one.who, EvidenceFolder(folder / "evidence", 20).keep)


def after(method: Callable[..., Any]) -> Callable[..., Any]:
    """The method, which does all that it does and then raises."""

    def raising(*given: Any, **named: Any) -> Any:
        method(*given, **named)
        raise KeyError("picture")

    return raising


def raising(*_: Any, **__: Any) -> Any:
    raise KeyError("picture")


def numbered(replies: tuple[Reply, ...], caplog: pytest.LogCaptureFixture) -> tuple[str, Screen]:
    """The number in the sentence, which is that of the only traceback of a turn in the log, and the screen."""
    problem, screen = replies
    assert isinstance(problem, Problem)
    assert isinstance(screen, Screen)
    assert problem.code == "internal"
    (number,) = re.findall(r"\d{8}", problem.message)
    logged = [
        one for one in caplog.records if one.message.startswith("failure") and "menu" not in one.message
    ]
    assert [one.message for one in logged] == [f"failure {number}"]
    assert logged[0].exc_info is not None
    caplog.clear()
    return number, screen


def shown(replies: tuple[Reply, ...]) -> Screen:
    (screen,) = replies
    assert isinstance(screen, Screen)
    return screen


def stored(store: Store, *columns: str) -> list[Any]:
    with store.transaction() as db:
        return list(db.execute(text(f"SELECT {', '.join(columns)} FROM conversations")).one())


def kept(store: Store) -> list[failures.Failure]:
    with store.transaction() as db:
        return failures.newest(db, 10)


def everything(store: Store) -> dict[str, int]:
    return {name: rows(store, name) for name in SCHEMA.tables if name not in {"failures", "inbox"}}


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant", "en"])
def test_a_step_that_raises_leaves_nothing_half_saved_and_leads_to_the_menu(
    li: Talker,
    talk: StoredTalk,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    locale: str,
) -> None:
    li.press("nav:menu", "language", f"lang:{locale}", "nav:resume")
    talk.take(OPEN)
    before = everything(li.turns.store)
    with monkeypatch.context() as broken:
        broken.setattr(QuestionStep, "handle_press", after(QuestionStep.handle_press))
        replies = talk.take(MET)
    number, menu = numbered(replies, caplog)
    assert isinstance(replies[0], Problem)
    assert replies[0].message == translate(locale, "failure.internal", number=number)
    assert (menu.state, menu.locale, menu.has_button("nav:resume")) == ("menu", locale, True)
    assert everything(li.turns.store) == before
    assert stored(li.turns.store, "state", "cursor") == ["menu", ""]
    (failure,) = kept(li.turns.store)
    assert (failure.number, failure.place) == (number, "scoring.question 5.1.1.2")
    assert "answer:met" in failure.inbound
    assert failure.error == "KeyError('picture')"
    assert shown(talk.take(RESUME)).indicator == "5.1.1.2"
    assert shown(talk.take(MET)).indicator == "5.1.2.1"
    assert "5.1.1.1" in shown(talk.take(Input("text", "5.1.1.1"))).text


def test_a_screen_that_raises_when_the_program_starts_locks_out_no_contact(
    li: Talker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(QuestionStep, "blocks", raising)
        _, menu = numbered(talk_of(li, tmp_path).take(OPEN), caplog)
        assert menu.state == "menu"
        again = talk_of(li, tmp_path)
        assert shown(again.take(OPEN)).state == "menu"
        assert shown(again.take(Input("press", "nav:help"))).state == "help"
        _, menu = numbered(again.take(RESUME), caplog)
        assert menu.state == "menu"
    assert shown(again.take(RESUME)).indicator == "5.1.1.2"


def test_where_the_menu_raises_too_there_is_a_text_without_buttons(
    li: Talker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = stored(li.turns.store, "organisation_id", "case_id")
    with monkeypatch.context() as broken:
        broken.setattr(QuestionStep, "blocks", raising)
        broken.setattr(MenuStep, "blocks", raising)
        talk = talk_of(li, tmp_path)
        for given in (OPEN, MET, Input("text", "菜单")):
            _, screen = numbered(talk.take(given), caplog)
            assert (screen.state, screen.buttons) == ("menu", ())
            assert screen.text == translate("zh-Hans", "failure.no_menu")
    assert stored(li.turns.store, "organisation_id", "case_id") == before
    assert "海风家电" in shown(talk.take(OPEN)).text
    assert shown(talk.take(RESUME)).indicator == "5.1.1.2"


def test_a_case_that_the_menu_cannot_show_is_left_and_can_be_chosen_again(
    li: Talker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def standing(scene: Any) -> list[Any]:
        return raising() if scene.has_case else []

    talk = talk_of(li, tmp_path)
    with monkeypatch.context() as broken:
        broken.setattr(QuestionStep, "blocks", raising)
        broken.setattr("dialogs.steps.shared.menu.progress_blocks", standing)
        _, menu = numbered(talk.take(OPEN), caplog)
        assert (menu.state, menu.has_button("organisations"), menu.has_button("report")) == (
            "menu",
            True,
            False,
        )
    (organisation,) = (
        one.id
        for row in shown(talk.take(Input("press", "organisations"))).buttons
        for one in row
        if one.id.startswith("org:") and one.id != "org:new"
    )
    assert shown(talk.take(Input("press", organisation))).indicator == "5.1.1.2"


def test_a_conversation_whose_memory_cannot_be_read_is_not_locked(
    li: Talker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    table = SCHEMA.tables["conversations"]
    with li.turns.store.transaction() as db:
        db.execute(update(table).values(memory='{"undo": 1}', revision=table.c.revision + 1))
    talk = talk_of(li, tmp_path)
    _, menu = numbered(talk.take(OPEN), caplog)
    assert menu.has_button("organisations")
    assert shown(talk.take(RESUME)).state == "organisation.name"
    assert rows(li.turns.store, "answers") > 1


def test_a_case_that_cannot_be_read_does_not_stand_in_the_way_of_another(
    li: Talker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    table = SCHEMA.tables["answers"]
    store = li.turns.store
    with store.transaction() as db:
        db.execute(update(table).where(table.c.field == "answers").values(value={"nonsense": {}}))
        db.execute(update(SCHEMA.tables["cases"]).values(revision=SCHEMA.tables["cases"].c.revision + 1))
    talk = talk_of(li, tmp_path)
    menu = shown(talk.take(OPEN))
    assert (menu.state, menu.has_button("organisations")) == ("menu", True)
    talk.take(Input("press", "organisations"))
    talk.take(Input("press", "org:new"))
    assert shown(talk.take(Input("text", "青岛星河电器"))).state == "organisation.credit_code"
    assert "cannot be read and is left out" in caplog.text


def test_a_failure_before_the_agreement_does_not_lead_past_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    turns, who = (
        TurnService(store, Library.from_folders(), lambda: EVENING),
        ChannelUser("terminal", "li", "li", "en"),
    )
    talk = StoredTalk(turns, who, EvidenceFolder(tmp_path, 20).keep)
    with monkeypatch.context() as broken:
        broken.setattr(LanguageStep, "blocks", raising)
        _, menu = numbered(talk.take(OPEN), caplog)
    assert not any(menu.has_button(one) for one in ("organisations", "join"))
    assert shown(talk.take(RESUME)).state == "language"
    assert shown(talk.take(Input("press", "lang:en"))).state == "agreement"


def test_a_notice_that_cannot_be_worded_is_dropped(
    li: Talker, store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wang = Talker(store, "wang")
    wang.press("lang:zh-Hans", "nav:next", "join")
    wang.say(invitation(li))
    wang.press("invitation:accept" if wang.screen.has_button("invitation:accept") else "nav:next")
    with store.transaction() as db:
        contact = db.execute(text("SELECT id FROM contacts WHERE address = 'li'")).scalar_one()
        notice = {"key": "of-no-such-kind", "payload": {"by": "wang", "organisation": "x"}}
        db.execute(SCHEMA.tables["notices"].insert().values(contact_id=contact, created_at=EVENING, **notice))
    talk = talk_of(li, tmp_path)
    _, menu = numbered(talk.take(OPEN), caplog)
    assert menu.has_button("organisations")
    assert shown(talk.take(Input("press", "organisations"))).state == "organisations"


def test_the_same_input_again_does_not_fail_again(
    li: Talker, talk: StoredTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.take(OPEN)
    monkeypatch.setattr(QuestionStep, "handle_press", raising)
    given = Input("press", "answer:met", "one")
    assert len(talk.take(given)) == 2
    assert shown(talk.take(given)).state == "menu"
    assert len(kept(li.turns.store)) == 1


def test_a_failure_is_exported_erased_with_its_contact_and_forgotten_in_time(
    li: Talker, talk: StoredTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = li.turns.store
    with monkeypatch.context() as broken:
        broken.setattr(QuestionStep, "handle_press", raising)
        talk.take(OPEN)
        talk.take(MET)
        talk.take(RESUME)
        li.wait(days=20)
        talk.take(MET)
    with store.transaction() as db:
        contact = db.execute(select(SCHEMA.tables["contacts"].c.id)).scalar_one()
        assert len(read_stored_rows(db, contact)["failures"]) == 2
    li.wait(days=11)
    assert len(kept(store)) == 2
    li.turns.forget_old_inputs()
    assert len(kept(store)) == 1
    li.give(CommandInput("erase"))
    li.press("erase:all")
    assert kept(store) == []


def objects(talk: StoredTalk, given: bytes, **how: Any) -> list[dict[str, Any]]:
    """What JSON lines bring out for the inputs."""
    out = io.StringIO()
    graded = how.get("graded", lambda card: {"grade": card.grade})
    JsonLinesChat(talk, out, graded, how.get("hand_out", lambda one: Path(one.name))).run(io.BytesIO(given))
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_in_json_lines_a_failure_is_an_error_and_then_the_menu(
    talk: StoredTalk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(QuestionStep, "handle_press", raising)
        first, error, menu = objects(talk, b'{"press":"answer:met"}\n')
    assert first["indicator"] == "5.1.1.2"
    assert (error["type"], error["code"]) == ("error", "internal")
    assert re.findall(r"\d{8}", error["message"])[0] in caplog.text
    assert (menu["type"], menu["state"]) == ("screen", "menu")
    assert [one["state"] for one in objects(talk, b"")] == ["menu"]


def test_a_file_that_json_lines_cannot_hand_out_leads_to_the_menu_with_the_turn_saved(
    li: Talker, talk: StoredTalk
) -> None:
    *_, menu, error, again = objects(talk, b'{"press":"nav:menu"}\n{"press":"report"}\n', hand_out=raising)
    assert (menu["state"], error["code"], again["state"]) == ("menu", "internal", "menu")
    assert again["attachments"] == []
    assert [one.inbound for one in kept(li.turns.store)] == ["showing menu"]


def test_json_lines_that_cannot_write_the_menu_write_a_text_without_buttons(
    talk: StoredTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = JsonLinesChat._reply_object

    def picky(self: JsonLinesChat, reply: Reply) -> dict[str, Any]:
        return raising() if isinstance(reply, Screen) and reply.buttons else written(self, reply)

    monkeypatch.setattr(JsonLinesChat, "_reply_object", picky)
    found = objects(talk, b"")
    assert [one.get("code") for one in found] == ["internal", "internal", None]
    assert (found[-1]["state"], found[-1]["buttons"]) == ("menu", [])
    assert found[-1]["text"] == translate("zh-Hans", "failure.no_menu")


def terminal(talk: StoredTalk, *typed: str) -> str:
    """What a terminal shows when the lines are typed."""
    out = Console(file=io.StringIO(), width=80, markup=False, highlight=False, emoji=False)
    lines: Iterator[str] = iter(typed)

    def ask() -> str:
        for line in lines:
            return line
        raise EOFError

    TerminalChat(talk, out, ask, talk.locale, lambda one: Path(one.name)).run()
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_a_screen_that_the_terminal_cannot_show_leads_to_the_menu(
    li: Talker, talk: StoredTalk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def picky(out: Console, block: Block) -> None:
        if block.kind == "question" and "5.1.2.1" in block.text:
            raise KeyError(block.kind)
        show_block(out, block)

    monkeypatch.setattr("bot.channels.terminal.view.show_block", picky)
    seen = terminal(talk, "1", "继续")
    (number, again) = re.findall(r"\d{8}", seen)
    assert f"failure {number}" in caplog.text
    assert number != again
    assert rows(li.turns.store, "failures") == 2
    monkeypatch.undo()
    assert "5.1.2.1" in terminal(talk, "继续")  # the answer given before was saved whole


def test_a_terminal_that_can_show_nothing_says_so_plainly_and_goes_on(
    talk: StoredTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("bot.channels.terminal.chat.show_screen", raising)
        broken.setattr("bot.channels.terminal.chat.show_problem", raising)
        seen = terminal(talk, "1", "x")
    assert seen.count(translate("zh-Hans", "failure.no_menu")) == 3
    assert "已保存" in seen
    assert "海风家电" in terminal(talk)


def test_a_file_that_cannot_be_kept_for_a_mistake_leads_to_the_menu(
    li: Talker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    talk = StoredTalk(li.turns, li.who, raising)
    talk.take(OPEN)
    _, menu = numbered(talk.take(Input("file", str(tmp_path / "a.pdf"))), caplog)
    assert menu.state == "menu"
    assert kept(li.turns.store)[0].inbound.count("a.pdf") == 1


def test_a_store_that_fails_while_the_menu_is_made_is_no_loss(
    li: Talker, talk: StoredTalk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise StoreError("the disk is full", "full")

    talk.take(OPEN)
    with monkeypatch.context() as broken:
        broken.setattr(QuestionStep, "handle_press", raising)
        broken.setattr(failures, "keep", full)
        problem, screen = talk.take(MET)
    assert isinstance(problem, Problem)
    assert problem.code == "not_saved"
    assert isinstance(screen, Screen)
    assert screen.indicator == "5.1.1.2"
    assert stored(li.turns.store, "state") == ["scoring.question"]
    assert logging.ERROR in {one.levelno for one in caplog.records}


def test_what_the_same_contact_opens_elsewhere_is_at_the_menu_too(
    li: Talker, talk: StoredTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.take(OPEN)
    with monkeypatch.context() as broken:
        broken.setattr(QuestionStep, "handle_press", raising)
        talk.take(MET)
    assert li.give(ChatStart()).state == "menu"
