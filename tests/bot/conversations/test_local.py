"""The talk where the store fails in the middle of it: said, nothing lost, and on it goes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalogue_text import translate
from bot.conversations.local import Input, StoredTalk
from bot.conversations.turns import ChannelUser, TurnService
from bot.store import Store, StoreError
from bot.store.evidence import EvidenceFolder
from dialogs.model.messages import Problem, Screen
from rubric.library.library import Library
from tests import migrated


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoredTalk]:
    monkeypatch.setattr("bot.store.engine.BUSY_MILLISECONDS", 50)
    store = Store.open(migrated.copy_to(tmp_path / "talk.db"))
    keep = EvidenceFolder(tmp_path / "evidence", 20).keep
    yield StoredTalk(
        TurnService(store, Library.from_folders()), ChannelUser("terminal", "li", "li", "en"), keep
    )
    store.close()


def test_an_input_that_cannot_be_saved_is_said_so_and_the_screen_stays(talk: StoredTalk) -> None:
    talk.take(Input("open"))
    before = talk.take(Input("press", "lang:en"))[-1]
    with talk.turns.store.transaction():
        problem, screen = talk.take(Input("press", "nav:next"))
    assert isinstance(problem, Problem)
    assert (problem.code, problem.message.startswith("Not saved; please try again")) == ("not_saved", True)
    assert screen == before
    after = talk.take(Input("press", "nav:next"))[-1]
    assert isinstance(after, Screen)
    assert after.state == "organisation.name"


@pytest.mark.parametrize(
    ("locale", "why"),
    [
        ("zh-Hans", "没有保存，请稍后再试一次；先前的答案都在。（{}）"),
        ("zh-Hant", "沒有儲存，請稍後再試一次；先前的答案都在。（{}）"),
        ("en", "Not saved; please try again in a moment. Everything before is safe. ({})"),
    ],
)
@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("PRAGMA query_only = ON", "read_only"),
        ("DROP TABLE inbox", "no_tables"),
        ("ALTER TABLE contacts RENAME COLUMN name TO called", "no_tables"),
    ],
)
def test_why_it_was_not_saved_is_said_in_the_language_of_the_talk(
    talk: StoredTalk, statement: str, code: str, locale: str, why: str
) -> None:
    talk.take(Input("open"))
    talk.take(Input("press", f"lang:{locale}"))
    with talk.turns.store.transaction() as db:
        db.exec_driver_sql(statement)
    problem = talk.take(Input("press", "nav:next", id="1"))[0]
    assert isinstance(problem, Problem)
    assert problem.message == why.format(translate(locale, f"store.{code}"))


def test_evidence_that_cannot_be_written_is_said_so(talk: StoredTalk, tmp_path: Path) -> None:
    talk.take(Input("open"))
    (tmp_path / "evidence").write_text("a file where the folder should be")
    (tmp_path / "plan.txt").write_text("plan")
    problem = talk.take(Input("file", str(tmp_path / "plan.txt")))[0]
    assert isinstance(problem, Problem)
    assert (problem.code, translate("en", "store.attachment") in problem.message) == ("not_saved", True)


def test_a_store_that_fails_before_anything_was_shown_is_no_talk(talk: StoredTalk) -> None:
    with talk.turns.store.transaction(), pytest.raises(StoreError):
        talk.take(Input("open"))


def test_a_press_on_a_screen_that_the_talk_has_left_elsewhere_answers_nothing(talk: StoredTalk) -> None:
    other = StoredTalk(talk.turns, talk.user, talk.keep_file)
    talk.take(Input("open"))
    other.take(Input("open"))
    talk.take(Input("press", "lang:en"))
    problem, screen = other.take(Input("press", "lang:zh-Hant"))
    assert isinstance(problem, Problem)
    assert isinstance(screen, Screen)
    assert (problem.code, screen.state, screen.locale) == ("stale", "agreement", "en")
    shown = other.take(Input("press", "nav:next"))[-1]
    assert isinstance(shown, Screen)
    assert shown.state == "organisation.name"
