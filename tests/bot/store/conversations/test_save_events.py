"""Events in the store."""

from sqlalchemy import select

from bot.store import Store
from bot.store.conversations.contacts import get_or_create_contact
from bot.store.conversations.save_events import TurnOrigin, save_events
from bot.store.schema.conversation_tables import events
from dialogs.model.events import LanguageChosen
from tests.bot.conftest import EVENING, Talker


class RenamedEvent(LanguageChosen):
    """The event of a choice of language, after its class was renamed."""


def test_an_event_keeps_its_stored_name_when_its_class_is_renamed(store: Store, talker: Talker) -> None:
    with store.transaction() as db:
        contact = get_or_create_contact(db, talker.who, EVENING).id
        save_events(db, [RenamedEvent("en")], TurnOrigin(contact, "terminal", "key", EVENING))
        stored = db.execute(select(events.c.kind).order_by(events.c.id.desc())).scalars().first()
    assert stored == "LanguageChosen"
