"""Telegram's limits on how fast a bot may write."""

import math
import time
from dataclasses import dataclass, field

from tests.standin.errors import too_many

LIMITED = {"sendmessage", "editmessagetext", "editmessagereplymarkup", "senddocument", "sendphoto"}


@dataclass(slots=True)
class _Bucket:
    rate: float
    burst: float
    held: float
    at: float

    def wait(self, now: float) -> float:
        """How long until a call is allowed; 0 takes it."""
        self.held = min(self.burst, self.held + (now - self.at) * self.rate)
        self.at = now
        if self.held < 1:
            return (1 - self.held) / self.rate
        self.held -= 1
        return 0.0


@dataclass(frozen=True, slots=True)
class Exceeded:
    at: float
    method: str
    chat: int
    retry_after: int


@dataclass(slots=True)
class Floods:
    per_second: float
    per_chat: float
    burst: float
    exceeded: list[Exceeded] = field(default_factory=list)
    _all: _Bucket | None = None
    _chats: dict[int, _Bucket] = field(default_factory=dict)

    def check(self, method: str, chat: int | None) -> None:
        if chat is None or method.lower() not in LIMITED:
            return
        now = time.monotonic()
        wait = self._chat(chat, now).wait(now) or self._total(now).wait(now)
        if wait:
            seconds = max(1, math.ceil(wait))
            self.exceeded.append(Exceeded(now, method, chat, seconds))
            raise too_many(seconds)

    def _chat(self, chat: int, now: float) -> _Bucket:
        return self._chats.setdefault(chat, _Bucket(self.per_chat, self.burst, self.burst, now))

    def _total(self, now: float) -> _Bucket:
        if self._all is None:
            self._all = _Bucket(self.per_second, self.per_second, self.per_second, now)
        return self._all
