"""Contacts of any name and address: each finds the own conversation, and never another's."""

from itertools import combinations
from threading import Barrier, Thread

import pytest

from bot.store import Store
from bot.store.conversations.contacts import LONGEST_NAME, ChannelUser, find_locale, get_or_create_contact
from dialogs.model.dossier import Contact
from tests.bot.conftest import EVENING, Talker

ODD = ["", " ", "a" * 200, "a" * 201, "a" * 5000, "李\x00四", "\udcff", "\udcfe", "🙂" * 200, "Li", "li"]


def contact(store: Store, who: ChannelUser) -> Contact:
    with store.transaction() as db:
        return get_or_create_contact(db, who, EVENING)


def test_every_address_is_one_contact(store: Store) -> None:
    found = {address: contact(store, ChannelUser("terminal", address, address, "en")) for address in ODD}
    assert all(one.id != other.id for one, other in combinations(found.values(), 2))
    assert {
        address: contact(store, ChannelUser("terminal", address, "", "zh-Hans")) for address in ODD
    } == found
    assert contact(store, ChannelUser("telegram", "li", "li", "en")).id != found["li"].id


@pytest.mark.parametrize("address", ODD)
def test_a_contact_of_any_name_can_talk(store: Store, address: str) -> None:
    talker = Talker(store, address)
    talker.press("lang:en")
    assert Talker(store, address).screen.state == "agreement"
    with store.transaction() as db:
        assert find_locale(db, "terminal", address) == "en"


@pytest.mark.parametrize(
    ("given", "kept"),
    [("李\x00四\u202e", "李四"), ("\udcff", ""), ("李" * 500, "李" * LONGEST_NAME), (" 王 五 ", "王 五")],
)
def test_a_name_is_kept_as_it_can_be_shown(store: Store, given: str, kept: str) -> None:
    assert contact(store, ChannelUser("terminal", "1", given, "en")).name == kept


def test_of_two_first_inputs_at_once_one_makes_the_contact(store: Store) -> None:
    together, found = Barrier(2), []

    def come() -> None:
        together.wait()
        found.append(contact(store, ChannelUser("terminal", "li", "li", "en")))

    both = [Thread(target=come) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert found[0] == found[1]
