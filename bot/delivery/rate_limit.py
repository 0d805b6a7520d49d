"""The limits of a chat service on sending: so many messages a second overall, and to each chat."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

BURST_PER_CHAT = 3
BURST_OVERALL = 5
MOST_CHATS_KEPT = 10_000


@dataclass(slots=True)
class TokenBucket:
    """Holds up to `burst` turns and gains `rate` a second; below zero it is in debt, which is waited off."""

    rate: float
    burst: float
    tokens: float
    updated_at: float

    def take(self, now: float) -> float:
        """Take one turn; how many seconds to wait for it."""
        self.tokens = min(self.burst, self.tokens + (now - self.updated_at) * self.rate) - 1
        self.updated_at = now
        return max(0.0, -self.tokens / self.rate)

    def seconds_until_token(self, now: float) -> float:
        """How many seconds until a turn can be taken at once."""
        return max(0.0, (1 - self.tokens) / self.rate - (now - self.updated_at))

    def is_full(self, now: float) -> bool:
        return self.tokens + (now - self.updated_at) * self.rate >= self.burst


@dataclass(slots=True)
class RateLimiter:
    """`overall` and `per_chat` are messages a second; 0 is no limit."""

    overall: float
    per_chat: float
    clock: Callable[[], float] = time.monotonic
    _overall_bucket: TokenBucket | None = None
    _chat_buckets: dict[str, TokenBucket] = field(default_factory=dict)

    async def wait_until_ready(self, chat: str) -> None:
        """Wait until a message could go to that chat, without taking the turn: what it says may still change."""
        if self.per_chat:
            await _wait(self._bucket_of(chat).seconds_until_token(self.clock()))

    async def acquire(self, chat: str) -> None:
        """Wait until a message may go to that chat."""
        if self.per_chat:
            await _wait(self._bucket_of(chat).take(self.clock()))
        if self.overall:
            if self._overall_bucket is None:
                self._overall_bucket = TokenBucket(self.overall, BURST_OVERALL, BURST_OVERALL, self.clock())
            await _wait(self._overall_bucket.take(self.clock()))

    def _bucket_of(self, chat: str) -> TokenBucket:
        if len(self._chat_buckets) > MOST_CHATS_KEPT:
            now = self.clock()
            self._chat_buckets = {key: one for key, one in self._chat_buckets.items() if not one.is_full(now)}
        return self._chat_buckets.setdefault(
            chat, TokenBucket(self.per_chat, BURST_PER_CHAT, BURST_PER_CHAT, self.clock())
        )


async def _wait(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)
