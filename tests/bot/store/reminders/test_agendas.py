"""The preferences of a contact who chose none."""

import pytest

from bot.store import Store
from bot.store.conversations.contacts import get_or_create_contact
from bot.store.reminders import agendas
from tests.bot.conftest import EVENING, Talker


def test_the_hour_of_a_contact_who_chose_none_is_the_default(
    store: Store, talker: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agendas, "DEFAULT_HOUR", 11)
    with store.transaction() as db:
        contact = get_or_create_contact(db, talker.who, EVENING).id
        agendas.wake_contacts(db, [contact], EVENING)
        assert agendas.read_preferences(db, contact, "Asia/Shanghai").hour == 11
