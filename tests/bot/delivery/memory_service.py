"""A second chat service, in memory: all that such a folder holds is a transport, a mapping and a renderer."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from bot.conversations.turns import ChannelUser, TurnResult, TurnService, utc_now
from bot.delivery.db_executor import DbExecutor
from bot.delivery.delivery import Delivery, FallbackText
from bot.delivery.delivery_request import DeliveryRequest
from bot.delivery.pending_screen import PendingScreen
from bot.delivery.rate_limit import RateLimiter
from bot.delivery.screen_sender import ScreenSender
from bot.delivery.send_result import DeliverySuccess, FailedDelivery, MissingMessage, SendResult
from bot.delivery.transport import AcceptUpdates, Keyboard, Transport
from bot.store import Store
from bot.store.conversations.contacts import get_or_create_contact
from bot.store.delivery import chat_screens, outbox, updates
from bot.store.delivery.chat_screens import ChatScreen, ScreenRequest
from bot.store.delivery.outbox import OutboxItem
from bot.store.delivery.updates import ReceivedUpdate, StoredUpdate
from dialogs.model.messages import ButtonPress, ChatStart, Screen, TextInput, UserInput
from rubric.library.library import Library

CHANNEL = "memory"


@dataclass
class Message:
    id: str
    text: str
    keyboard: Keyboard = ()

    def data_of(self, label: str) -> str:
        """Return what the button with this label sends."""
        return next(data for row in self.keyboard for name, data in row if name == label)


@dataclass
class MemoryTransport:
    """The service itself. Its ids are no numbers; `failures` are the results of the next sends, or what they raise."""

    channel: str = CHANNEL
    chats: dict[str, list[Message]] = field(default_factory=dict)
    files: list[tuple[str, str, bytes]] = field(default_factory=list)
    menus: dict[str, str] = field(default_factory=dict)
    failures: deque[FailedDelivery | Exception] = field(default_factory=deque)
    incoming: deque[ReceivedUpdate] = field(default_factory=deque)
    confirmed: list[str] = field(default_factory=list)

    async def receive(self, accept: AcceptUpdates) -> None:
        while True:
            while self.incoming:
                await accept([self.incoming[0]])
                self.confirmed.append(self.incoming.popleft().id)
            await asyncio.sleep(0.001)

    async def show(self, chat: str, text: str, keyboard: Keyboard = ()) -> SendResult:
        if self.failures:
            return self._fail()
        messages = self.chats.setdefault(chat, [])
        messages.append(Message(f"{chat}/{'i' * (len(messages) + 1)}", text, keyboard))
        return DeliverySuccess(messages[-1].id)

    async def replace(self, chat: str, message: str, text: str, keyboard: Keyboard = ()) -> SendResult:
        return self._change(chat, message, text, keyboard)

    async def remove_buttons(self, chat: str, message: str) -> SendResult:
        return self._change(chat, message, None, ())

    async def send_file(self, chat: str, name: str, content: bytes) -> SendResult:
        self.files.append((chat, name, content))
        return DeliverySuccess()

    async def set_menu(self, chat: str, locale: str) -> SendResult:
        self.menus[chat] = locale
        return DeliverySuccess()

    def is_newer(self, message: str, other: str) -> bool:
        return len(message) > len(other)

    def _fail(self) -> FailedDelivery:
        failure = self.failures.popleft()
        if isinstance(failure, Exception):
            raise failure
        return failure

    def _change(self, chat: str, message: str, text: str | None, keyboard: Keyboard) -> SendResult:
        if self.failures:
            return self._fail()
        for one in self.chats.get(chat, ()):
            if one.id == message:
                one.text, one.keyboard = one.text if text is None else text, keyboard
                return DeliverySuccess()
        return MissingMessage()


def render_screen(screen: Screen, origin: object) -> PendingScreen:
    rows = [[(one.label, f"{origin}:{one.token}") for one in row] for row in screen.buttons]
    return PendingScreen([screen.text], rows, screen.section)


def read_input(payload: dict[str, Any]) -> UserInput:
    """The mapping of this service."""
    if "press" in payload:
        revision, _, button = payload["press"].partition(":")
        return ButtonPress(button, int(revision))
    return TextInput(payload["text"]) if "text" in payload else ChatStart()


@dataclass
class MemoryService:
    """The service served by the code that serves every other one."""

    store: Store
    transport: MemoryTransport
    turns: TurnService
    executor: DbExecutor
    delivery: Delivery
    runner: asyncio.Runner

    def give(self, chat: str, **payload: str) -> None:
        """Have somebody do something, and wait until the answer is delivered."""
        number = len(self.transport.confirmed)
        self.transport.incoming.append(ReceivedUpdate(f"update-{number}", {"user": chat, **payload}))
        self.runner.run(self._serve())

    def press(self, chat: str, label: str) -> None:
        message = self.transport.chats[chat][-1]
        self.give(chat, press=message.data_of(label), pressed=message.id)

    async def _serve(self) -> None:
        receiving = asyncio.create_task(self.transport.receive(self._accept))
        while self.transport.incoming and not receiving.done():
            await asyncio.sleep(0.001)
        receiving.cancel()
        await asyncio.gather(receiving, return_exceptions=True)
        await self.delivery.wait_until_idle()

    def claim(self) -> None:
        """Have the delivery claim and send what is due, even what has to wait for a pause."""
        self.runner.run(self._claim())

    async def _claim(self) -> None:
        await self.delivery.claim_due()
        while self.delivery.outboxes:
            await asyncio.sleep(0.005)

    async def _accept(self, received: Any) -> None:
        now = utc_now()
        accepted = await self.executor.run(
            lambda db: updates.accept_updates(db, CHANNEL, "bot", received, now)
        )
        for stored in accepted:
            self.delivery.enqueue(await self._handle(stored))

    async def _handle(self, stored: StoredUpdate) -> DeliveryRequest:
        return await self.executor.run(lambda db: self._take_turn(db, stored))

    def _take_turn(self, db: Connection, stored: StoredUpdate) -> DeliveryRequest:
        now, payload = utc_now(), stored.payload
        updates.finish_update(db, stored.number, now)
        user = ChannelUser(CHANNEL, payload["user"], payload["user"], "en", is_pushed=True)
        contact = get_or_create_contact(db, user, now)
        result = self.turns.take_in_transaction(db, contact, user, read_input(payload), stored.update_id)
        pending = self._render(result, payload.get("pressed"))
        request = ScreenRequest(contact.id, user.address, pending.to_json(), "text" in payload)
        screen = chat_screens.request_screen(db, request, self.delivery.holder, now)
        return DeliveryRequest(screen)

    def _render(self, result: TurnResult, pressed: str | None) -> PendingScreen:
        screen = result.replies[-1]
        assert isinstance(screen, Screen)
        rendered = render_screen(screen, screen.revision)
        return PendingScreen(rendered.parts, rendered.keyboard, rendered.stretch, pressed=pressed)


def text_after_failure(screen: ChatScreen, error: Exception) -> FallbackText:
    return lambda db, now: f"{type(error).__name__} at screen {screen.number}"


def make_delivery(transport: Transport, executor: DbExecutor, holder: str = "memory/1/a") -> Delivery:
    return Delivery(executor, ScreenSender(transport, RateLimiter(0, 0)), holder, text_after_failure)


@contextmanager
def memory_service(store: Store) -> Iterator[MemoryService]:
    executor, transport = DbExecutor(store), MemoryTransport()
    delivery = make_delivery(transport, executor)
    turns = TurnService(store, Library.from_folders())
    try:
        with asyncio.Runner() as runner:
            yield MemoryService(store, transport, turns, executor, delivery, runner)
    finally:
        executor.close()


def post(service: MemoryService, *items: OutboxItem) -> None:
    """Put items for this service into the outbox, as another process does."""
    with service.store.transaction() as db:
        outbox.add_items(db, CHANNEL, items, None, utc_now())
