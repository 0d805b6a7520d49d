"""What an update brings about, in one transaction: the turn, the screen to show, the files to send."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.catalogue_text import say
from bot.channels.telegram.inbound.mapping import CHANNEL, InGroup, Reachable, Talking
from bot.channels.telegram.outbound.chat_screen import wanted_of
from bot.channels.telegram.outbound.render import letter_of
from bot.channels.telegram.transport.command_menu import needs_own_menu
from bot.conversations.attachments import Handout
from bot.conversations.turns import TurnResult, Turns
from bot.store.conversations import contacts
from bot.store.conversations.contacts import address_key, contact_of
from bot.store.delivery import chat_screens, outbox, updates
from bot.store.delivery.chat_screens import Panel, ScreenRequest
from bot.store.delivery.outbox import OutboxItem
from bot.store.delivery.updates import StoredUpdate
from dialogs.model.messages import Attachment, Inbound, Opened, Reacted, Reply, Screen


@dataclass(frozen=True, slots=True)
class Effect:
    """What is to be sent now that all else is committed."""

    panel: Panel | None = None
    parcels: list[OutboxItem] = field(default_factory=list)
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Turning:
    """`holder` is the worker in this process that will send; None where another process does."""

    turns: Turns
    username: str
    handout: Handout
    holder: str | None

    def talk(self, db: Connection, stored: StoredUpdate, talking: Talking, inbound: Inbound) -> Effect:
        """Take the turn; nothing where it was taken before. Raises LostRaceError."""
        now = self.turns.clock()
        if not updates.finish(db, stored.number, now):
            return Effect()
        contact = contact_of(db, talking.who, now)
        if isinstance(inbound, Opened):
            contacts.reach(db, CHANNEL, address_key(talking.who.address), None, now)
        taken = self.turns.taken(db, contact, CHANNEL, inbound, str(stored.update_id))
        if taken.erased:
            return Effect(None, self._farewell(db, talking, taken.replies, now), erased=True)
        sent_apart = [*self._files(talking.chat, contact.id, taken), *_menu(talking.chat, contact.id, taken)]
        parcels = outbox.add(db, sent_apart, self.holder, now)
        wanted = wanted_of(taken, self.turns.library, self.username, talking.pressed)
        if isinstance(inbound, Reacted):
            wanted = replace(wanted, apart=True)
        wish = ScreenRequest(contact.id, talking.chat, wanted.written(), talking.wrote)
        return Effect(chat_screens.want(db, wish, self.holder, now), parcels)

    def reach(self, db: Connection, stored: StoredUpdate, one: Reachable) -> Effect:
        """Note that the contact blocked the bot, or let it in again."""
        now = self.turns.clock()
        if updates.finish(db, stored.number, now):
            since = None if one.is_reachable else now
            contacts.reach(db, CHANNEL, address_key(one.who.address), since, now)
        return Effect()

    def in_group(self, db: Connection, stored: StoredUpdate, one: InGroup) -> Effect:
        """Say in one line where the talk is held."""
        now = self.turns.clock()
        if not updates.finish(db, stored.number, now):
            return Effect()
        text = say(one.locale, "telegram.private_only", link=f"https://t.me/{self.username}")
        return Effect(
            None, outbox.add(db, [OutboxItem(one.chat, None, "line", {"text": text})], self.holder, now)
        )

    def nothing(self, db: Connection, stored: StoredUpdate) -> Effect:
        """There is nothing to be done about it."""
        updates.finish(db, stored.number, self.turns.clock())
        return Effect()

    def _files(self, chat: int, contact: str, taken: TurnResult) -> list[OutboxItem]:
        files = (file for one in taken.replies if isinstance(one, Screen) for file in one.attachments)
        return [OutboxItem(chat, contact, "file", self._payload(file)) for file in files]

    def _payload(self, file: Attachment) -> dict[str, str]:
        path = self.handout.put(file)
        return {"name": file.name, "media_type": file.media_type, "path": str(path)}

    def _farewell(
        self, db: Connection, talking: Talking, replies: Iterable[Reply], now: datetime
    ) -> list[OutboxItem]:
        """The last words, which are not kept: with the contact gone there is no screen to keep."""
        payload = {"text": "\n\n".join(letter_of(replies).parts)}
        if talking.pressed is not None:
            payload["closes"] = str(talking.pressed)
        farewell = [
            OutboxItem(talking.chat, None, "line", payload),
            OutboxItem(talking.chat, None, "menu", {}),
        ]
        return outbox.add(db, farewell, self.holder, now)


def _menu(chat: int, contact: str, taken: TurnResult) -> Iterator[OutboxItem]:
    before, locale = taken.before.conversation.locale, taken.turn.dossier.conversation.locale
    if needs_own_menu(before, locale, taken.turn.events):
        yield OutboxItem(chat, contact, "menu", {"locale": locale})
