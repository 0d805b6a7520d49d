"""Telegram's own limits on sending, kept before it has to say so: so many a second overall, and to each chat."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

BURST_PER_CHAT = 3
BURST_OVERALL = 5
MOST_CHATS_KEPT = 10_000


@dataclass(slots=True)
class Bucket:
    """Holds up to `burst` turns and gains `rate` a second; below zero it is in debt, which is waited off."""

    rate: float
    burst: float
    held: float
    at: float

    def take(self, now: float) -> float:
        """Take one turn; how many seconds to wait for it."""
        self.held = min(self.burst, self.held + (now - self.at) * self.rate) - 1
        self.at = now
        return max(0.0, -self.held / self.rate)

    def missing(self, now: float) -> float:
        """How many seconds until a turn can be taken at once."""
        return max(0.0, (1 - self.held) / self.rate - (now - self.at))

    def is_full(self, now: float) -> bool:
        return self.held + (now - self.at) * self.rate >= self.burst


@dataclass(slots=True)
class RateLimiter:
    """`overall` and `per_chat` are messages a second; 0 is no limit."""

    overall: float
    per_chat: float
    clock: Callable[[], float] = time.monotonic
    _all: Bucket | None = None
    _chats: dict[int, Bucket] = field(default_factory=dict)

    async def ready(self, chat: int) -> None:
        """Wait until a message could go to that chat, without taking the turn: what it says may still change."""
        if self.per_chat:
            await _wait(self._of(chat).missing(self.clock()))

    async def turn(self, chat: int) -> None:
        """Wait until a message may go to that chat."""
        if self.per_chat:
            await _wait(self._of(chat).take(self.clock()))
        if self.overall:
            if self._all is None:
                self._all = Bucket(self.overall, BURST_OVERALL, BURST_OVERALL, self.clock())
            await _wait(self._all.take(self.clock()))

    def _of(self, chat: int) -> Bucket:
        if len(self._chats) > MOST_CHATS_KEPT:
            now = self.clock()
            self._chats = {key: one for key, one in self._chats.items() if not one.is_full(now)}
        return self._chats.setdefault(
            chat, Bucket(self.per_chat, BURST_PER_CHAT, BURST_PER_CHAT, self.clock())
        )


async def _wait(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)
