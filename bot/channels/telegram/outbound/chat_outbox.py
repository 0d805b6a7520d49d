"""What waits to be sent to one chat."""

import asyncio
from collections import deque
from dataclasses import dataclass, field, replace

from bot.store.delivery.chat_screens import Panel
from bot.store.delivery.outbox import OutboxItem


@dataclass(slots=True)
class ChatOutbox:
    """What one chat is still to get. `known` is the panel as it was last shown, newer than what a turn has read."""

    chat: int
    panel: Panel | None = None
    parcels: deque[OutboxItem] = field(default_factory=deque)
    known: Panel | None = None
    task: asyncio.Task[None] | None = None
    pausing: bool = False

    @property
    def waits(self) -> bool:
        return self.panel is not None or bool(self.parcels)

    def take_panel(self) -> Panel:
        """The newest screen, over what the chat shows by now."""
        panel, known = self.panel, self.known
        assert panel is not None
        self.panel = None
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
