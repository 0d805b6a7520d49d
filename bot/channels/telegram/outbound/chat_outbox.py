"""What waits to be sent to one chat."""

import asyncio
from collections import deque
from dataclasses import dataclass, field, replace

from bot.store.delivery.chat_screens import ChatScreen
from bot.store.delivery.outbox import OutboxItem


@dataclass(slots=True)
class ChatOutbox:
    """What one chat is still to get. `known` is the panel as it was last shown, newer than what a turn has read."""

    chat: int
    screen: ChatScreen | None = None
    items: deque[OutboxItem] = field(default_factory=deque)
    last_shown: ChatScreen | None = None
    task: asyncio.Task[None] | None = None
    is_pausing: bool = False

    @property
    def has_waiting(self) -> bool:
        return self.screen is not None or bool(self.items)

    def take_screen(self) -> ChatScreen:
        """The newest screen, over what the chat shows by now."""
        panel, known = self.screen, self.last_shown
        assert panel is not None
        self.screen = None
        if known is None or known.shown < panel.shown:
            return panel
        return replace(
            panel,
            shown=known.shown,
            placed=known.placed,
            messages=known.messages,
            behind=known.behind,
            stretch=known.stretch,
        )
