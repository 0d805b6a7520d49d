"""Bringing a chat to show what it is to show: by editing its message, or by a new one below."""

from dataclasses import dataclass, replace

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.outbound.chat_screen import PendingScreen
from bot.channels.telegram.transport.api import edit_text, send_text, take_buttons
from bot.channels.telegram.transport.send_result import Lost, outcome_of
from bot.delivery.rate_limit import RateLimiter
from bot.store.delivery.chat_screens import Panel

MOST_BEHIND = 3


@dataclass(frozen=True, slots=True)
class Closing:
    """A message that stays behind: its buttons go, and where `text` is given it says that instead."""

    message: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Showing:
    bot: Bot
    pace: RateLimiter

    async def show(self, panel: Panel, wanted: PendingScreen) -> tuple[Panel, list[Closing]]:
        """Show it; the panel as it then is, and the messages that stay behind. Raises TelegramError."""
        panel, strays = _adopted(panel, wanted)
        if may_edit(panel, wanted):
            try:
                await self._edit(panel.chat, panel.messages[0], wanted)
            except TelegramError as error:
                if not isinstance(outcome_of(error, 0), Lost):
                    raise
                panel = replace(panel, messages=())
            else:
                return _shown(panel, wanted), strays
        messages = await self._send(panel.chat, wanted)
        behind = (*panel.messages[-1:], *panel.behind)[:MOST_BEHIND]
        shown = replace(_shown(panel, wanted), messages=messages, placed=panel.number, behind=behind)
        return shown, [*strays, *_left_behind(panel, wanted)]

    async def close(self, chat: int, closing: Closing) -> None:
        """Take the buttons off a message. Raises TelegramError."""
        await self.pace.turn(chat)
        if closing.text:
            await edit_text(self.bot, chat, closing.message, closing.text)
        else:
            await take_buttons(self.bot, chat, closing.message)

    async def _edit(self, chat: int, message: int, wanted: PendingScreen) -> None:
        await self.pace.turn(chat)
        await edit_text(self.bot, chat, message, wanted.parts[0], wanted.keyboard)

    async def _send(self, chat: int, wanted: PendingScreen) -> tuple[int, ...]:
        sent = []
        for place, part in enumerate(wanted.parts, start=1):
            await self.pace.turn(chat)
            keyboard = wanted.keyboard if place == len(wanted.parts) else ()
            sent.append(await send_text(self.bot, chat, part, keyboard))
        return tuple(sent)


def may_edit(panel: Panel, wanted: PendingScreen) -> bool:
    """Whether the message that the chat shows can become the one wanted: both single, the same stretch, the last."""
    single = len(panel.messages) == 1 == len(wanted.parts)
    return single and not (panel.is_buried or wanted.apart or wanted.stretch != panel.stretch)


def _adopted(panel: Panel, wanted: PendingScreen) -> tuple[Panel, list[Closing]]:
    """The panel with the message that was pressed, where that is newer than the one noted; what else has buttons.

    It was sent then, and the program ended before it could be noted. A reminder that was pressed stays what it is.
    """
    pressed = wanted.pressed
    if pressed is None or pressed in panel.messages:
        return panel, []
    if wanted.apart or pressed < max(panel.messages, default=pressed):
        return panel, [Closing(pressed)]
    adopted = replace(panel, messages=(pressed,), placed=panel.number, behind=panel.messages[-1:])
    return adopted, [Closing(one) for one in adopted.behind]


def _shown(panel: Panel, wanted: PendingScreen) -> Panel:
    return replace(panel, shown=panel.number, stretch=wanted.stretch, attempts=0, next_at=None)


def _left_behind(panel: Panel, wanted: PendingScreen) -> list[Closing]:
    """The message shown before: with what was answered in it where its stretch is left, else as it is."""
    if not panel.messages:
        return []
    leaves = len(panel.messages) == 1 and wanted.stretch != panel.stretch
    return [Closing(panel.messages[-1], wanted.closing if leaves else "")]
