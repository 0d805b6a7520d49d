"""The outbox of one chat."""

import asyncio
from collections import deque
from dataclasses import dataclass, field, replace

from bot.store.delivery.chat_screens import ChatScreen
from bot.store.delivery.outbox import OutboxItem


@dataclass(slots=True)
class ChatOutbox:
    """What waits to be sent to a chat. `last_shown` is the screen as last shown, newer than what a turn has read."""

    chat: str
    screen: ChatScreen | None = None
    items: deque[OutboxItem] = field(default_factory=deque)
    last_shown: ChatScreen | None = None
    task: asyncio.Task[None] | None = None
    is_pausing: bool = False

    @property
    def has_waiting(self) -> bool:
        return self.screen is not None or bool(self.items)

    def take_screen(self) -> ChatScreen:
        """Return the newest screen, with what the chat shows by now."""
        screen, known = self.screen, self.last_shown
        assert screen is not None
        self.screen = None
        if known is None or known.shown < screen.shown:
            return screen
        return replace(
            screen,
            shown=known.shown,
            placed=known.placed,
            messages=known.messages,
            behind=known.behind,
            stretch=known.stretch,
        )
