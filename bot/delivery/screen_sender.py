"""The change from the screen that a chat shows to the pending one: its message replaced, or a new one below."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.delivery.pending_screen import PendingScreen
from bot.delivery.rate_limit import RateLimiter
from bot.delivery.send_result import DeliverySuccess, FailedDelivery, MissingMessage, SendResult
from bot.delivery.transport import Keyboard, Transport
from bot.store.delivery.chat_screens import ChatScreen

MOST_EARLIER_MESSAGES = 3


@dataclass(frozen=True, slots=True)
class StaleMessage:
    """An earlier message, which loses its buttons; a `text` replaces what it says."""

    message: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ShownScreen:
    """The chat's screen after a success, and the messages that are stale now."""

    screen: ChatScreen
    stale: tuple[StaleMessage, ...]


@dataclass(frozen=True, slots=True)
class ScreenSender:
    transport: Transport
    limiter: RateLimiter

    async def show(self, screen: ChatScreen, pending: PendingScreen) -> ShownScreen | FailedDelivery:
        """Bring the chat to show the pending screen."""
        screen, stale = self._adopt_pressed(screen, pending)
        if can_replace(screen, pending):
            result = await self._replace(screen.chat, screen.messages[0], pending)
            if isinstance(result, DeliverySuccess):
                return ShownScreen(_mark_shown(screen, pending), stale)
            if not isinstance(result, MissingMessage):
                return result
            screen = replace(screen, messages=())
        messages = await self.send_parts(screen.chat, pending.parts, pending.keyboard)
        if not isinstance(messages, tuple):
            return messages
        behind = (*screen.messages[-1:], *screen.behind)[:MOST_EARLIER_MESSAGES]
        shown = replace(_mark_shown(screen, pending), messages=messages, placed=screen.number, behind=behind)
        return ShownScreen(shown, (*stale, *_stale_messages(screen, pending)))

    async def send_parts(
        self, chat: str, parts: Sequence[str], keyboard: Keyboard
    ) -> tuple[str, ...] | FailedDelivery:
        """Send the parts as messages, the keyboard below the last, and return their ids."""
        messages = []
        for number, part in enumerate(parts, start=1):
            await self.limiter.acquire(chat)
            result = await self.transport.show(chat, part, keyboard if number == len(parts) else ())
            if not isinstance(result, DeliverySuccess):
                return result
            messages.append(result.message)
        return tuple(messages)

    async def close(self, chat: str, stale_message: StaleMessage) -> SendResult:
        """Remove the buttons of a message."""
        await self.limiter.acquire(chat)
        if stale_message.text:
            return await self.transport.replace(chat, stale_message.message, stale_message.text)
        return await self.transport.remove_buttons(chat, stale_message.message)

    async def _replace(self, chat: str, message: str, pending: PendingScreen) -> SendResult:
        await self.limiter.acquire(chat)
        return await self.transport.replace(chat, message, pending.parts[0], pending.keyboard)

    def _adopt_pressed(
        self, screen: ChatScreen, pending: PendingScreen
    ) -> tuple[ChatScreen, tuple[StaleMessage, ...]]:
        """Return the screen with the pressed message as its own when that is newer than those stored.

        The program ended between sending it and storing its id. A pressed reminder is never adopted.
        """
        pressed = pending.pressed
        if pressed is None or pressed in screen.messages:
            return screen, ()
        is_newest = all(self.transport.is_newer(pressed, one) for one in screen.messages)
        if pending.apart or not is_newest:
            return screen, (StaleMessage(pressed),)
        adopted = replace(screen, messages=(pressed,), placed=screen.number, behind=screen.messages[-1:])
        return adopted, tuple(StaleMessage(one) for one in adopted.behind)


def can_replace(screen: ChatScreen, pending: PendingScreen) -> bool:
    """Tell whether the shown message can become the pending one: both single, of one stretch, nothing below."""
    single = len(screen.messages) == 1 == len(pending.parts)
    return single and not (screen.is_covered or pending.apart or pending.stretch != screen.stretch)


def _mark_shown(screen: ChatScreen, pending: PendingScreen) -> ChatScreen:
    return replace(screen, shown=screen.number, stretch=pending.stretch, attempts=0, next_at=None)


def _stale_messages(screen: ChatScreen, pending: PendingScreen) -> tuple[StaleMessage, ...]:
    """Return the message shown before: with its closing text when its stretch is left, else unchanged."""
    if not screen.messages:
        return ()
    leaves = len(screen.messages) == 1 and pending.stretch != screen.stretch
    return (StaleMessage(screen.messages[-1], pending.closing if leaves else ""),)
