"""Bringing a chat to show what it is to show: by editing its message, or by a new one below."""

from dataclasses import dataclass, replace

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.outbound.chat_screen import PendingScreen
from bot.channels.telegram.transport.api import edit_text, remove_buttons, send_text
from bot.channels.telegram.transport.send_result import MissingMessage, classify_error
from bot.delivery.rate_limit import RateLimiter
from bot.store.delivery.chat_screens import ChatScreen

MOST_EARLIER_MESSAGES = 3


@dataclass(frozen=True, slots=True)
class StaleMessage:
    """A message that stays behind: its buttons go, and where `text` is given it says that instead."""

    message: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class ScreenSender:
    bot: Bot
    limiter: RateLimiter

    async def show(self, screen: ChatScreen, pending: PendingScreen) -> tuple[ChatScreen, list[StaleMessage]]:
        """Show it; the panel as it then is, and the messages that stay behind. Raises TelegramError."""
        screen, strays = _adopt_pressed(screen, pending)
        if can_edit(screen, pending):
            try:
                await self._edit(screen.chat, screen.messages[0], pending)
            except TelegramError as error:
                if not isinstance(classify_error(error, 0), MissingMessage):
                    raise
                screen = replace(screen, messages=())
            else:
                return _mark_shown(screen, pending), strays
        messages = await self._send(screen.chat, pending)
        behind = (*screen.messages[-1:], *screen.behind)[:MOST_EARLIER_MESSAGES]
        shown = replace(_mark_shown(screen, pending), messages=messages, placed=screen.number, behind=behind)
        return shown, [*strays, *_stale_messages(screen, pending)]

    async def close(self, chat: int, stale_message: StaleMessage) -> None:
        """Take the buttons off a message. Raises TelegramError."""
        await self.limiter.acquire(chat)
        if stale_message.text:
            await edit_text(self.bot, chat, stale_message.message, stale_message.text)
        else:
            await remove_buttons(self.bot, chat, stale_message.message)

    async def _edit(self, chat: int, message: int, pending: PendingScreen) -> None:
        await self.limiter.acquire(chat)
        await edit_text(self.bot, chat, message, pending.parts[0], pending.keyboard)

    async def _send(self, chat: int, pending: PendingScreen) -> tuple[int, ...]:
        sent = []
        for place, part in enumerate(pending.parts, start=1):
            await self.limiter.acquire(chat)
            keyboard = pending.keyboard if place == len(pending.parts) else ()
            sent.append(await send_text(self.bot, chat, part, keyboard))
        return tuple(sent)


def can_edit(screen: ChatScreen, pending: PendingScreen) -> bool:
    """Whether the message that the chat shows can become the one wanted: both single, the same stretch, the last."""
    single = len(screen.messages) == 1 == len(pending.parts)
    return single and not (screen.is_covered or pending.apart or pending.stretch != screen.stretch)


def _adopt_pressed(screen: ChatScreen, pending: PendingScreen) -> tuple[ChatScreen, list[StaleMessage]]:
    """The panel with the message that was pressed, where that is newer than the one noted; what else has buttons.

    It was sent then, and the program ended before it could be noted. A reminder that was pressed stays what it is.
    """
    pressed = pending.pressed
    if pressed is None or pressed in screen.messages:
        return screen, []
    if pending.apart or pressed < max(screen.messages, default=pressed):
        return screen, [StaleMessage(pressed)]
    adopted = replace(screen, messages=(pressed,), placed=screen.number, behind=screen.messages[-1:])
    return adopted, [StaleMessage(one) for one in adopted.behind]


def _mark_shown(screen: ChatScreen, pending: PendingScreen) -> ChatScreen:
    return replace(screen, shown=screen.number, stretch=pending.stretch, attempts=0, next_at=None)


def _stale_messages(screen: ChatScreen, pending: PendingScreen) -> list[StaleMessage]:
    """The message shown before: with what was answered in it where its stretch is left, else as it is."""
    if not screen.messages:
        return []
    leaves = len(screen.messages) == 1 and pending.stretch != screen.stretch
    return [StaleMessage(screen.messages[-1], pending.closing if leaves else "")]
