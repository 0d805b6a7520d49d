"""What an update brings about, in one transaction: the turn, the screen to show, the files to send."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.channels.telegram.inbound.mapping import ContactInput, GroupMention, ReachabilityChange
from bot.channels.telegram.outbound.chat_screen import make_pending_screen, menu_of
from bot.channels.telegram.outbound.render import render_replies
from bot.channels.telegram.transport.catalogue import translate
from bot.channels.telegram.transport.command_menu import needs_chat_menu
from bot.channels.telegram.transport.telegram_transport import CHANNEL
from bot.conversations.attachments import AttachmentFolder
from bot.conversations.recovery import Incident, Replies, recover
from bot.conversations.turns import TurnResult, TurnService
from bot.delivery.delivery_request import DeliveryRequest
from bot.store.conversations import contacts
from bot.store.conversations.contacts import address_key, get_or_create_contact
from bot.store.delivery import chat_screens, outbox, updates
from bot.store.delivery.chat_screens import ScreenRequest
from bot.store.delivery.outbox import OutboxItem
from bot.store.delivery.updates import StoredUpdate
from dialogs import Attachment, ChatStart, ReminderPress, Reply, Screen, UserInput


@dataclass(frozen=True, slots=True)
class UpdateHandler:
    """`holder` is the worker in this process that will send; None where another process does."""

    turns: TurnService
    username: str
    attachment_folder: AttachmentFolder
    holder: str | None

    def handle_input(
        self, db: Connection, stored_update: StoredUpdate, contact_input: ContactInput, inbound: UserInput
    ) -> DeliveryRequest:
        """Take the turn; nothing where it was taken before. Raises LostRaceError."""
        now = self.turns.clock()
        if not updates.finish_update(db, stored_update.number, now):
            return DeliveryRequest()
        contact = get_or_create_contact(db, contact_input.user, now)
        if isinstance(inbound, ChatStart):
            contacts.set_reachability_of_address(
                db, CHANNEL, address_key(contact_input.user.address), None, now
            )
        taken = self.turns.take_in_transaction(
            db, contact, contact_input.user, inbound, stored_update.update_id
        )
        if taken.contact_erased:
            return DeliveryRequest(
                None, self._post_farewell(db, contact_input, taken.replies, now), contact_erased=True
            )
        sent_apart = [
            *self._file_items(contact_input.chat, contact.id, taken),
            *_menu_items(contact_input.chat, contact.id, taken),
        ]
        parcels = outbox.add_items(db, CHANNEL, sent_apart, self.holder, now)
        wanted = make_pending_screen(taken, self.turns.library, self.username, contact_input.pressed_message)
        if isinstance(inbound, ReminderPress):
            wanted = replace(wanted, apart=True)
        wish = ScreenRequest(contact.id, contact_input.chat, wanted.to_json(), contact_input.is_message)
        return DeliveryRequest(chat_screens.request_screen(db, wish, self.holder, now), parcels)

    def recover(self, stored: StoredUpdate, talking: ContactInput, error: Exception) -> DeliveryRequest:
        """Close the update whose turn failed unexpectedly, and show the menu. Raises StoreError."""

        def put(db: Connection, contact: str, replies: Replies) -> DeliveryRequest:
            now = self.turns.clock()
            updates.finish_update(db, stored.number, now)
            menu = menu_of(replies, talking.pressed_message)
            if isinstance(talking.inbound, ReminderPress):
                menu = replace(menu, apart=True)
            wish = ScreenRequest(contact, talking.chat, menu.to_json(), talking.is_message)
            return DeliveryRequest(chat_screens.request_screen(db, wish, self.holder, now))

        return recover(self.turns, talking.user, Incident(error, repr(talking.inbound)), put)

    def close(self, db: Connection, stored: StoredUpdate, incident: Incident) -> DeliveryRequest:
        """Close an update that failed unexpectedly and that there is no answer to."""
        now = self.turns.clock()
        if updates.finish_update(db, stored.number, now):
            incident.keep(db, None, "", now)
        return DeliveryRequest()

    def handle_reachability(
        self, db: Connection, stored_update: StoredUpdate, change: ReachabilityChange
    ) -> DeliveryRequest:
        """Note that the contact blocked the bot, or let it in again."""
        now = self.turns.clock()
        if updates.finish_update(db, stored_update.number, now):
            since = None if change.is_reachable else now
            contacts.set_reachability_of_address(db, CHANNEL, address_key(change.user.address), since, now)
        return DeliveryRequest()

    def handle_group_mention(
        self, db: Connection, stored_update: StoredUpdate, mention: GroupMention
    ) -> DeliveryRequest:
        """Say in one line where the talk is held."""
        now = self.turns.clock()
        if not updates.finish_update(db, stored_update.number, now):
            return DeliveryRequest()
        text = translate(mention.locale, "chat.private_only", link=f"https://t.me/{self.username}")
        return DeliveryRequest(
            None,
            outbox.add_items(
                db, CHANNEL, [OutboxItem(mention.chat, None, "line", {"text": text})], self.holder, now
            ),
        )

    def skip(self, db: Connection, stored_update: StoredUpdate) -> DeliveryRequest:
        """There is nothing to be done about it."""
        updates.finish_update(db, stored_update.number, self.turns.clock())
        return DeliveryRequest()

    def _file_items(self, chat: str, contact: str, result: TurnResult) -> list[OutboxItem]:
        files = (file for one in result.replies if isinstance(one, Screen) for file in one.attachments)
        return [OutboxItem(chat, contact, "file", self._file_payload(file)) for file in files]

    def _file_payload(self, file: Attachment) -> dict[str, str]:
        path = self.attachment_folder.save(file)
        return {"name": file.name, "media_type": file.media_type, "path": str(path)}

    def _post_farewell(
        self, db: Connection, contact_input: ContactInput, replies: Iterable[Reply], now: datetime
    ) -> list[OutboxItem]:
        """The last words, which are not kept: with the contact gone there is no screen to keep."""
        payload = {"text": "\n\n".join(render_replies(replies).parts)}
        if contact_input.pressed_message is not None:
            payload["closes"] = contact_input.pressed_message
        farewell = [
            OutboxItem(contact_input.chat, None, "line", payload),
            OutboxItem(contact_input.chat, None, "menu", {}),
        ]
        return outbox.add_items(db, CHANNEL, farewell, self.holder, now)


def _menu_items(chat: str, contact: str, result: TurnResult) -> Iterator[OutboxItem]:
    before, locale = result.before.conversation.locale, result.turn.dossier.conversation.locale
    if needs_chat_menu(before, locale, result.turn.events):
        yield OutboxItem(chat, contact, "menu", {"locale": locale})
