"""Queues of updates: those of one chat in order, different chats at the same time."""

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import timedelta

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.inbound.downloads import download
from bot.channels.telegram.inbound.mapping import (
    ContactInput,
    GroupMention,
    MappedUpdate,
    ReachabilityChange,
    RemoteFile,
    map_update,
)
from bot.channels.telegram.inbound.update_handler import UpdateHandler
from bot.channels.telegram.inbound.updates import chat_id_of, parse_update
from bot.channels.telegram.transport.catalogue import translate
from bot.conversations.recovery import Incident
from bot.delivery.backoff import backoff_pause
from bot.delivery.db_executor import DbExecutor
from bot.delivery.delivery import Delivery
from bot.delivery.delivery_request import DeliveryRequest
from bot.delivery.tasks import wait_or_cancel
from bot.store import StoreError
from bot.store.delivery.updates import StoredUpdate
from bot.store.evidence import EvidenceFolder

ALBUM_SECONDS = 0.7
"""Telegram sends the parts of an album as separate updates; this long after the last one, the album is complete."""
LONGEST_STORE_PAUSE = timedelta(seconds=20)
log = logging.getLogger(__name__)


@dataclass(slots=True)
class ChatQueue:
    """A chat's updates that are still to be dealt with."""

    chat: str
    updates: deque[StoredUpdate] = field(default_factory=deque)
    task: asyncio.Task[None] | None = None


@dataclass(slots=True)
class ChatQueues:
    """`delivery` gets the result of each update; `warned_chats` were informed that nothing is saved now."""

    bot: Bot
    executor: DbExecutor
    handler: UpdateHandler
    evidence: EvidenceFolder
    delivery: Delivery | None
    default_locale: str
    queues: dict[str, ChatQueue] = field(default_factory=dict)
    waiting_count: int = 0
    warned_chats: set[str] = field(default_factory=set)
    is_stopping: bool = False

    def put(self, stored_update: StoredUpdate) -> None:
        """Deal with an update that is in the store."""
        chat = chat_id_of(stored_update.payload)
        queue = self.queues.setdefault(chat, ChatQueue(chat))
        queue.updates.append(stored_update)
        self.waiting_count += 1
        if queue.task is None:
            queue.task = asyncio.create_task(self._run(queue))

    async def stop(self, seconds: float) -> None:
        """Let the turns in hand end; what else waits stays in the store."""
        self.is_stopping = True
        await wait_or_cancel([queue.task for queue in self.queues.values() if queue.task], seconds)

    async def send_not_saved(self, stored_update: StoredUpdate, error: StoreError) -> None:
        """Tell the contact, past the store, that it does not take anything now. Best effort."""
        arrival = self._arrival(stored_update)
        if not isinstance(arrival, ContactInput):
            return
        log.warning("nothing can be saved: %s", error)
        self.warned_chats.add(arrival.chat)
        try:
            await self.bot.send_message(int(arrival.chat), translate(arrival.user.locale, "chat.not_saved"))
        except TelegramError:
            log.info("a contact could not be told that nothing is saved")

    async def _run(self, queue: ChatQueue) -> None:
        while queue.updates and not self.is_stopping:
            batch = await self._next_batch(queue)
            caption = _caption_of(batch[-1]) if len(batch) > 1 else ""
            for stored in batch:
                await self._process(stored, caption)
                self.waiting_count -= 1
        queue.task = None
        self.queues.pop(queue.chat, None)

    async def _next_batch(self, queue: ChatQueue) -> list[StoredUpdate]:
        """Return the next update, or a whole album: its parts first, and its caption last.

        The words may answer the question, and the pieces belong to the question as it stands before.
        """
        first = queue.updates.popleft()
        album = _album_id(first)
        if album is None:
            return [first]
        pieces = [first]
        while True:
            await asyncio.sleep(ALBUM_SECONDS)
            more = [one for one in queue.updates if _album_id(one) == album]
            if not more:
                return sorted(pieces, key=lambda one: bool(_caption_of(one)))
            pieces += more
            queue.updates = deque(one for one in queue.updates if one not in more)

    async def _process(self, stored_update: StoredUpdate, album_caption: str = "") -> None:
        """Have the update take effect, however often the store fails meanwhile; then see to what is to be sent."""
        attempt, failed = 0, None
        while not self.is_stopping:
            try:
                if failed is None:
                    effect = await self._handle(stored_update, album_caption)
                else:
                    effect = await self._recovered(stored_update, failed)
                self._request_delivery(effect)
            except StoreError as error:
                if attempt == 0:
                    await self.send_not_saved(stored_update, error)
                await asyncio.sleep(backoff_pause(attempt, LONGEST_STORE_PAUSE).total_seconds())
                attempt += 1
            except Exception as error:
                if failed is not None:
                    await self._close(stored_update, error)
                    return
                failed = error
            else:
                return

    async def _handle(self, stored_update: StoredUpdate, album_caption: str) -> DeliveryRequest:
        arrival = self._arrival(stored_update)
        match arrival:
            case ContactInput():
                return await self._handle_input(stored_update, arrival, album_caption)
            case ReachabilityChange():
                if not arrival.is_reachable:
                    log.info("a contact has blocked the bot")
                return await self.executor.run(
                    lambda db: self.handler.handle_reachability(db, stored_update, arrival)
                )
            case GroupMention():
                return await self.executor.run(
                    lambda db: self.handler.handle_group_mention(db, stored_update, arrival)
                )
        return await self.executor.run(lambda db: self.handler.skip(db, stored_update))

    async def _handle_input(
        self, stored_update: StoredUpdate, contact_input: ContactInput, album_caption: str
    ) -> DeliveryRequest:
        inbound = contact_input.inbound
        if contact_input.chat in self.warned_chats:  # what is shown lies above that sentence now
            self.warned_chats.discard(contact_input.chat)
            contact_input = replace(contact_input, is_message=True)
        if isinstance(inbound, RemoteFile):
            inbound = replace(await download(self.bot, self.evidence, inbound), album_caption=album_caption)
        effect = await self.executor.run(
            lambda db: self.handler.handle_input(db, stored_update, contact_input, inbound)
        )
        if effect.contact_erased:
            await asyncio.to_thread(self.handler.turns.remove_doomed_files)
        return effect

    def _arrival(self, stored: StoredUpdate) -> MappedUpdate | None:
        update = parse_update(stored.payload)
        if update is None:
            log.warning("an update cannot be read and is left aside")
            return None
        return map_update(update, self.handler.username, self.default_locale)

    async def _recovered(self, stored: StoredUpdate, error: Exception) -> DeliveryRequest:
        """What failed would fail again: the contact gets the menu, and the update is closed."""
        arrival = self._arrival(stored)
        if isinstance(arrival, ContactInput):
            return await asyncio.to_thread(self.handler.recover, stored, arrival, error)
        return await self._close(stored, error)

    async def _close(self, stored: StoredUpdate, error: Exception) -> DeliveryRequest:
        """Close the update without an answer, and go on with the next."""
        incident = Incident(error, f"update {stored.update_id}")
        incident.log()
        with _log_errors("an update could not be closed"):
            return await self.executor.run(lambda db: self.handler.close(db, stored, incident))
        return DeliveryRequest()

    def _request_delivery(self, request: DeliveryRequest) -> None:
        if self.delivery is not None:
            self.delivery.enqueue(request)


class _log_errors:  # noqa: N801 - reads as a statement
    """Goes on whatever happens within, and logs it."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, Exception):
            return False
        log.error(self._sentence, exc_info=error)
        return True


def _caption_of(piece: StoredUpdate) -> str:
    found = piece.payload["message"].get("caption")
    return found if isinstance(found, str) else ""


def _album_id(stored_update: StoredUpdate) -> str | None:
    message = stored_update.payload.get("message")
    found = message.get("media_group_id") if isinstance(message, dict) else None
    return found if isinstance(found, str) else None
