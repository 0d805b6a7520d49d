"""A chat service as delivery sees it; each one is a folder in `bot/channels/` that implements `Transport`."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeAlias

from bot.delivery.send_result import SendResult
from bot.store.delivery.updates import ReceivedUpdate

Keyboard: TypeAlias = Sequence[Sequence[Sequence[str]]]
"""Rows of buttons, each a label and what it sends when it is pressed."""
AcceptUpdates: TypeAlias = Callable[[Sequence[ReceivedUpdate]], Awaitable[None]]


class Transport(Protocol):
    """What a chat service must be able to do. Ids of chats and messages are texts that it alone understands.

    A send never raises for what the service answers: how it ended is its result.
    """

    @property
    def channel(self) -> str:
        """The value of `contacts.channel`."""

    async def receive(self, accept: AcceptUpdates) -> None:
        """Receive updates until cancelled, and confirm each to the service only once `accept` has returned."""

    async def show(self, chat: str, text: str, keyboard: Keyboard = ()) -> SendResult:
        """Send a message below all others; the success has its id."""

    async def replace(self, chat: str, message: str, text: str, keyboard: Keyboard = ()) -> SendResult:
        """Change the text and the buttons of a message."""

    async def remove_buttons(self, chat: str, message: str) -> SendResult: ...

    async def send_file(self, chat: str, name: str, content: bytes) -> SendResult: ...

    async def set_menu(self, chat: str, locale: str) -> SendResult:
        """Show the chat its commands in a language; empty: as everybody sees them."""

    def is_newer(self, message: str, other: str) -> bool:
        """Tell whether a message of a chat was sent after another one; False when the ids do not say."""
