"""Updates in: each chat's own in their order, one after the other, and the chats beside each other."""

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import timedelta

from telegram import Bot
from telegram.error import TelegramError

from bot.catalogue_text import say
from bot.channels.telegram.inbound.downloads import fetched
from bot.channels.telegram.inbound.mapping import Attached, InGroup, Reachable, Talking, arrival_of
from bot.channels.telegram.inbound.update_handler import Effect, Turning
from bot.channels.telegram.inbound.updates import chat_of, read_update
from bot.channels.telegram.outbound.delivery import Delivery, ended
from bot.channels.telegram.transport.send_result import pause_after
from bot.conversations.turns import TRIES
from bot.delivery.db_executor import Desk
from bot.store import StoreError
from bot.store.delivery.updates import StoredUpdate
from bot.store.engine import LostRaceError
from bot.store.evidence import EvidenceFolder
from dialogs.model.messages import Inbound, Other

ALBUM_SECONDS = 0.7
"""Telegram delivers the pieces of an album as updates of their own; so long after the last one, none is missing."""
MOST_PAUSE = timedelta(seconds=20)
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Queue:
    """A chat's updates that are still to be dealt with."""

    chat: int
    updates: deque[StoredUpdate] = field(default_factory=deque)
    task: asyncio.Task[None] | None = None


@dataclass(slots=True)
class Chats:
    """`deliver` is told what each update brought about; `told` are chats that heard that nothing is saved."""

    bot: Bot
    desk: Desk
    turning: Turning
    evidence: EvidenceFolder
    deliver: Delivery | None
    default_locale: str
    queues: dict[int, Queue] = field(default_factory=dict)
    waiting: int = 0
    told: set[int] = field(default_factory=set)
    stopping: bool = False

    def put(self, stored: StoredUpdate) -> None:
        """Deal with an update that is in the store."""
        chat = chat_of(stored.payload)
        queue = self.queues.setdefault(chat, Queue(chat))
        queue.updates.append(stored)
        self.waiting += 1
        if queue.task is None:
            queue.task = asyncio.create_task(self._run(queue))

    async def stop(self, seconds: float) -> None:
        """Let the turns in hand end; what else waits stays in the store."""
        self.stopping = True
        await ended([queue.task for queue in self.queues.values() if queue.task], seconds)

    async def tell_not_saved(self, stored: StoredUpdate, error: StoreError) -> None:
        """Tell the contact, past the store, that it does not take anything now. Best effort."""
        update = read_update(stored.payload)
        arrival = update and arrival_of(update, self.turning.username, self.default_locale)
        if not isinstance(arrival, Talking):
            return
        log.warning("nothing can be saved: %s", error)
        self.told.add(arrival.chat)
        try:
            await self.bot.send_message(arrival.chat, say(arrival.who.locale, "telegram.not_saved"))
        except TelegramError:
            log.info("a contact could not be told that nothing is saved")

    async def _run(self, queue: Queue) -> None:
        while queue.updates and not self.stopping:
            batch = await self._next(queue)
            caption = _caption(batch[-1]) if len(batch) > 1 else ""
            for stored in batch:
                await self._deal_with(queue.chat, stored, caption)
                self.waiting -= 1
        queue.task = None
        self.queues.pop(queue.chat, None)

    async def _next(self, queue: Queue) -> list[StoredUpdate]:
        """The next update, or a whole album: its pieces first, and what was written beside it last.

        The words may answer the question, and the pieces belong to the question as it stands before.
        """
        first = queue.updates.popleft()
        album = _album(first)
        if album is None:
            return [first]
        pieces = [first]
        while True:
            await asyncio.sleep(ALBUM_SECONDS)
            more = [one for one in queue.updates if _album(one) == album]
            if not more:
                return sorted(pieces, key=lambda one: bool(_caption(one)))
            pieces += more
            queue.updates = deque(one for one in queue.updates if one not in more)

    async def _deal_with(self, chat: int, stored: StoredUpdate, album_caption: str = "") -> None:
        """Have the update take effect, however often the store fails meanwhile; then see to what is to be sent."""
        attempt = 0
        while not self.stopping:
            try:
                self._wake(await self._effect(stored, album_caption))
            except StoreError as error:
                if attempt == 0:
                    await self.tell_not_saved(stored, error)
                await asyncio.sleep(min(pause_after(attempt), MOST_PAUSE).total_seconds())
                attempt += 1
            except Exception:
                log.exception("an update of chat %s could not be dealt with", chat)
                await self._give_up(stored)
                return
            else:
                return

    async def _effect(self, stored: StoredUpdate, album_caption: str) -> Effect:
        update = read_update(stored.payload)
        if update is None:
            log.warning("an update cannot be read and is left aside")
        arrival = update and arrival_of(update, self.turning.username, self.default_locale)
        match arrival:
            case Talking():
                return await self._talk(stored, arrival, album_caption)
            case Reachable():
                if not arrival.is_reachable:
                    log.info("a contact has blocked the bot")
                return await self.desk.run(lambda db: self.turning.reach(db, stored, arrival))
            case InGroup():
                return await self.desk.run(lambda db: self.turning.in_group(db, stored, arrival))
        return await self.desk.run(lambda db: self.turning.nothing(db, stored))

    async def _talk(self, stored: StoredUpdate, talking: Talking, album_caption: str) -> Effect:
        inbound = talking.inbound
        if talking.chat in self.told:  # what is shown lies above that sentence now
            self.told.discard(talking.chat)
            talking = replace(talking, wrote=True)
        if isinstance(inbound, Attached):
            inbound = replace(await fetched(self.bot, self.evidence, inbound), album_caption=album_caption)
        effect = await self._turn(stored, talking, inbound)
        if effect.erased:
            await asyncio.to_thread(self.turning.turns.clear_away)
        return effect

    async def _turn(self, stored: StoredUpdate, talking: Talking, inbound: Inbound) -> Effect:
        for _ in range(TRIES):
            try:
                return await self.desk.run(lambda db: self.turning.talk(db, stored, talking, inbound))
            except LostRaceError:
                continue
        return await self.desk.run(lambda db: self.turning.talk(db, stored, talking, inbound))

    async def _give_up(self, stored: StoredUpdate) -> None:
        """What went wrong would go wrong again: say so, and go on with the next."""
        update = read_update(stored.payload)
        arrival = update and arrival_of(update, self.turning.username, self.default_locale)
        if isinstance(arrival, Talking):
            with _logged("a contact could not be told that something went wrong"):
                self._wake(await self._turn(stored, arrival, Other("failed")))
                return
        with _logged("an update could not be put aside"):
            await self.desk.run(lambda db: self.turning.nothing(db, stored))

    def _wake(self, effect: Effect) -> None:
        if self.deliver is not None:
            self.deliver.wake(effect)


class _logged:  # noqa: N801 - reads as a statement
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


def _caption(piece: StoredUpdate) -> str:
    found = piece.payload["message"].get("caption")
    return found if isinstance(found, str) else ""


def _album(stored: StoredUpdate) -> str | None:
    message = stored.payload.get("message")
    found = message.get("media_group_id") if isinstance(message, dict) else None
    return found if isinstance(found, str) else None
