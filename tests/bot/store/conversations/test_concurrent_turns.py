"""Two at once: the one that comes second is taken anew, and nothing of it is saved twice or lost."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from sqlalchemy import Connection, update

from bot.conversations import turns
from bot.store import Store, StoreError
from bot.store.cache import RevisionCache
from bot.store.conversations import notices, save_turn
from bot.store.conversations.contacts import get_or_create_contact
from bot.store.conversations.dossiers import LoadedDossier, load_dossier
from bot.store.conversations.save_events import TurnOrigin
from bot.store.engine import LostRaceError
from bot.store.schema import SCHEMA, conversation_tables
from bot.store.store import RETRIES
from dialogs.engine.turn import Turn, take_turn
from dialogs.model.messages import ButtonPress, Notice, Problem
from rubric.library.library import Library
from tests.bot.conftest import EVENING, Talker, invitation, rows


def at_once(*works: Callable[[], object]) -> list[BaseException]:
    """Do all of it at the same time; what was raised."""
    together, raised = Barrier(len(works)), []

    def do(work: Callable[[], object]) -> None:
        together.wait()
        try:
            work()
        except BaseException as error:
            raised.append(error)

    threads = [Thread(target=do, args=(work,)) for work in works]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return raised


def answered(store: Store, talker: Talker) -> tuple[LoadedDossier, Turn, TurnOrigin]:
    """A turn that was taken and not saved."""
    with store.transaction() as db:
        contact = get_or_create_contact(db, talker.who, EVENING)
        loaded = load_dossier(db, contact, None, EVENING, store.cache)
    turn = take_turn(loaded.dossier, ButtonPress("answer:met"), Library.from_folders(), EVENING)
    return loaded, turn, TurnOrigin(contact.id, "terminal", "key", EVENING)


def save(store: Store, given: tuple[LoadedDossier, Turn, TurnOrigin]) -> None:
    with store.transaction() as db:
        save_turn.save_turn(db, *given, store.cache)


@pytest.mark.parametrize("name", ["cases", "conversations"])
def test_what_was_read_before_another_saved_is_never_saved_over_it(
    store: Store, talker: Talker, name: str
) -> None:
    talker.reach_scoring()
    mine = answered(store, talker)
    table = SCHEMA.tables[name]
    with store.transaction() as db:
        db.execute(update(table).values(revision=table.c.revision + 1))
    with pytest.raises(LostRaceError):
        save(store, mine)
    assert Talker(store).screen.indicator == "5.1.1.1"
    save(store, answered(store, talker))
    assert Talker(store).screen.indicator == "5.1.1.2"


def losing(times: int) -> Callable[[Connection, LoadedDossier, Turn, TurnOrigin, RevisionCache], None]:
    """Saves turns, after the race was lost so many times."""
    left = times

    def lose_or_save(*given: object) -> None:
        nonlocal left
        save_turn.save_turn(*given)  # type: ignore[arg-type]
        left -= 1
        if left >= 0:
            raise LostRaceError

    return lose_or_save


def test_a_turn_that_lost_is_taken_anew(
    store: Store, talker: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    talker.reach_scoring()
    before = rows(store, "answers")
    monkeypatch.setattr(turns, "save_turn", losing(RETRIES))
    assert talker.give(ButtonPress("answer:met"), "key").indicator == "5.1.1.2"
    assert rows(store, "answers") == before + 1


def test_a_turn_that_loses_every_time_is_said_so(
    store: Store, talker: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    talker.reach_scoring()
    with monkeypatch.context() as losing_on:
        losing_on.setattr(turns, "save_turn", losing(RETRIES + 1))
        with pytest.raises(StoreError, match="Try again"):
            talker.give(ButtonPress("answer:met"), "key")
    assert talker.give(ButtonPress("answer:met"), "key").indicator == "5.1.1.2"


def test_a_code_opens_once_even_for_two_at_once(store: Store, talker: Talker) -> None:
    talker.reach_scoring()
    code = invitation(talker)
    both = [Talker(store, name) for name in ("wang", "zhao")]
    for one in both:
        one.press("lang:zh-Hans", "nav:next", "join")
    assert at_once(*[lambda one=one: one.say(code) for one in both]) == []
    assert sorted(one.screen.state for one in both) == ["invitation.join", "scoring.question"]
    (refused,) = [one.replies[0] for one in both if one.screen.state == "invitation.join"]
    assert isinstance(refused, Problem)
    assert refused.code == "code_gone"


def test_the_same_input_twice_at_once_is_taken_once(store: Store, talker: Talker) -> None:
    talker.reach_scoring()
    again = Talker(store)
    raised = at_once(*[lambda one=one: one.give(ButtonPress("answer:met"), "key") for one in (talker, again)])
    assert raised == []
    assert talker.screen.indicator == again.screen.indicator == "5.1.1.2"


@pytest.mark.postgres
def test_of_two_who_wait_for_each_other_one_is_to_try_again(postgres_url: str) -> None:
    store = Store.open(postgres_url)
    li, wang = (Talker(store, name).who for name in ("li", "wang"))
    held = Barrier(2)

    def cross(*names: str) -> None:
        first, second = (
            update(conversation_tables.contacts)
            .where(conversation_tables.contacts.c.address == name)
            .values(name="x")
            for name in names
        )
        with store.transaction() as db:
            db.execute(first)
            held.wait()
            db.execute(second)

    ways = ((li.address, wang.address), (wang.address, li.address))
    (lost,) = at_once(*[lambda way=way: cross(*way) for way in ways])
    assert isinstance(lost, LostRaceError)
    store.close()


@pytest.mark.postgres
def test_a_notice_that_comes_while_others_are_shown_is_told_next_time(postgres_url: str) -> None:
    store = Store.open(postgres_url)
    with store.transaction() as db:
        contact = get_or_create_contact(db, Talker(store).who, EVENING).id
        notices.post_notices(db, [Notice(contact, "overruled", {"number": "1"})], EVENING)
    with store.transaction() as db:
        first = notices.claim_notices(db, contact, EVENING)
        with store.transaction() as meanwhile:
            notices.post_notices(meanwhile, [Notice(contact, "overruled", {"number": "2"})], EVENING)
    with store.transaction() as db:
        second = notices.claim_notices(db, contact, EVENING)
        assert notices.claim_notices(db, contact, EVENING) == ()
    assert [one.values["number"] for one in (*first, *second)] == ["1", "2"]
    store.close()
