"""What is at hand from the last turn is used as long as it is what the store holds, and never longer."""

import pytest
from sqlalchemy import update

from bot.store import Store
from bot.store.cache import MOST_CACHED, RevisionCache
from bot.store.schema import conversation_tables
from tests.bot.conftest import Talker


def test_a_value_is_found_at_its_own_revision_alone() -> None:
    recent = RevisionCache()
    recent.keep("case", 3, "three")
    assert (recent.find("case", 3), recent.find("case", 4), recent.find("other", 3)) == ("three", None, None)


def test_what_is_kept_never_grows_beyond_its_bound() -> None:
    recent = RevisionCache()
    for number in range(MOST_CACHED + 1):
        recent.keep(str(number), 0, number)
    assert recent.find("0", 0) is None
    assert recent.find(str(MOST_CACHED), 0) == MOST_CACHED


def test_nothing_of_a_transaction_that_failed_is_kept(store: Store) -> None:
    def fail() -> None:
        with store.transaction():
            store.cache.keep("case", 1, "never committed")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.cache.find("case", 1) is None


def test_what_another_program_saved_meanwhile_is_read(store: Store, talker: Talker) -> None:
    talker.reach_scoring()
    talker.press("answer:met")
    answers, cases = conversation_tables.answers, conversation_tables.cases
    with store.transaction() as db:  # as another program's turn would
        db.execute(update(answers).where(answers.c.field == "answers").values(value={"unmet": {}}))
        db.execute(update(cases).values(revision=cases.c.revision + 1))
    talker.press("nav:back")
    assert "不符合" in talker.screen.text
