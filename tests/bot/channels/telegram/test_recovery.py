"""A mistake in the program on Telegram: the update is closed under a number, the contact gets the menu, all goes on."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.channels.telegram.serve_process import Person, Served, person, served
from tests.bot.injected_mistakes import Mistakes

pytestmark = pytest.mark.slow

UNDONE = "SELECT 1 FROM updates WHERE done_at IS NULL"


@pytest.fixture
def mistakes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mistakes:
    found = Mistakes(tmp_path / "mistakes")
    found.make("serves")
    monkeypatch.setenv("PYTHONPATH", found.path)
    return found


@pytest.fixture
def one(tmp_path: Path, mistakes: Mistakes) -> Iterator[Served]:
    with served(tmp_path) as serving:
        yield serving


@pytest.fixture
def li(one: Served) -> Person:
    """Somebody who answered one indicator."""
    return person(one).reaches_scoring().press("符合")


def stored(one: Served, query: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in one.rows(query)]


def state(one: Served) -> str:
    return str(one.rows("SELECT state FROM conversations")[0][0])


def number_in(text: str) -> str:
    (found,) = re.findall(r"\d{8}", text)
    return str(found)


def test_a_step_that_raises_leads_to_the_menu_and_the_update_is_closed(
    one: Served, li: Person, mistakes: Mistakes
) -> None:
    before = stored(one, "SELECT id FROM answers"), stored(one, "SELECT id FROM events")
    mistakes.make("answering")
    li.press("符合")
    number = number_in(li.text)
    assert "继续" in " ".join(li.contact.labels())
    assert f"failure {number}" in one.stderr
    assert "KeyError: 'picture'" in one.stderr
    assert (stored(one, "SELECT id FROM answers"), stored(one, "SELECT id FROM events")) == before
    assert one.rows(UNDONE) == []
    assert state(one) == "menu"
    ((kept, place, inbound),) = stored(one, "SELECT number, place, inbound FROM failures")
    assert (kept, place) == (number, "scoring.question 5.1.1.2")
    assert "answer:met" in str(inbound)
    mistakes.mend()
    li.press("继续").press("符合")
    assert "5.1.2.1" in li.text
    assert "5.1.1.1" in li.text + "".join(message.text for message in li.contact.messages())


def test_where_the_menu_raises_too_a_text_without_buttons_comes_and_the_next_start_works(
    one: Served, li: Person, mistakes: Mistakes
) -> None:
    mistakes.make("answering", "menu")
    seen = li.seen
    li.contact.press("符合")
    one.wait_until(lambda: li.seen != seen, "the text")
    assert "菜单现在也打不开" in li.text
    one.wait_until(lambda: not li.contact.labels(), "no buttons left")
    assert f"failure {number_in(li.text)}" in one.stderr
    assert one.rows(UNDONE) == []
    one.kill()
    mistakes.mend()
    one.start()
    li.start().press("继续").press("符合")
    assert "5.1.2.1" in li.text


def test_what_sets_the_messages_may_raise_and_nothing_of_the_turn_is_saved(
    one: Served, li: Person, mistakes: Mistakes
) -> None:
    before = stored(one, "SELECT id FROM answers")
    mistakes.make("rendering")
    seen = li.seen
    li.contact.press("符合")
    one.wait_until(lambda: li.seen != seen, "the text")
    assert "菜单现在也打不开" in li.text
    assert stored(one, "SELECT id FROM answers") == before
    mistakes.mend()
    li.start().press("继续").press("符合")
    assert "5.1.2.1" in li.text


def test_a_screen_that_cannot_be_sent_is_not_tried_for_ever(
    one: Served, li: Person, mistakes: Mistakes
) -> None:
    mistakes.make("sending")
    li.contact.press("符合")  # the question of the next group is a message of its own
    one.wait_until(lambda: "5.1.2.1" in li.text, "the next question")
    seen = li.seen
    li.contact.press("菜单")
    one.wait_until(lambda: li.seen != seen and "菜单现在也打不开" in li.text, "the text")
    assert f"failure {number_in(li.text)}" in one.stderr
    assert one.rows("SELECT 1 FROM panels WHERE shown < number") == []
    mistakes.mend()
    li.start()
    assert "5.1.2.1" in li.press("继续").text


def test_an_update_without_an_answer_is_closed_too(one: Served, li: Person, mistakes: Mistakes) -> None:
    mistakes.make("leaving")
    li.contact.block()
    one.wait_until(lambda: one.rows("SELECT 1 FROM failures"), "kept")
    assert one.rows(UNDONE) == []
    ((number, contact),) = stored(one, "SELECT number, contact_id FROM failures")
    assert contact is None
    assert f"failure {number}" in one.stderr
