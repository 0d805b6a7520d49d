"""Updates on their way to the bot."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.standin.errors import ApiError, Json

FIRST_UPDATE = 700_000_001
FAR_AHEAD = 10
# A bot gets these only if it asks for them.
ONLY_IF_ASKED = {"chat_member", "message_reaction", "message_reaction_count"}

OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "terminated by setWebhook request"


@dataclass(slots=True, eq=False)
class Entry:
    number: int
    body: Json
    available: float
    again: bool = False
    handed: bool = False
    in_flight: bool = False
    posted: float | None = None


@dataclass
class Updates:
    keep: bool = True
    next_id: int = FIRST_UPDATE
    pending: list[Entry] = field(default_factory=list)
    delivered: set[int] = field(default_factory=set)
    allowed: list[str] = field(default_factory=list)
    shuffled: bool = False
    polled: bool = False
    woken: list[Callable[[], None]] = field(default_factory=list)
    _all: dict[int, Json] = field(default_factory=dict)
    _poll: asyncio.Future[str] | None = None

    def add(self, kind: str, content: Json) -> int:
        """The update's id; 0 if the bot did not ask for such updates."""
        if kind not in self.allowed if self.allowed else kind in ONLY_IF_ASKED:
            return 0
        return self.add_raw({kind: content})

    def add_raw(self, raw: Json) -> int:
        given = raw.get("update_id")
        known = isinstance(given, int) and not isinstance(given, bool)
        number = given if known and given is not None else self.next_id
        self.next_id = max(self.next_id, number + 1)
        body = {"update_id": number, **raw}
        if self.keep:
            self._all[number] = body
        self._queue(Entry(number, body, time.monotonic()))
        return number

    def add_again(self, number: int) -> None:
        self._queue(Entry(number, self._all[number], time.monotonic(), again=True))

    def _queue(self, entry: Entry) -> None:
        self.pending.append(entry)
        self.end_poll("")
        for wake in self.woken:
            wake()

    def drop(self) -> None:
        self.pending.clear()

    def done(self, entry: Entry) -> None:
        if entry in self.pending:
            self.pending.remove(entry)
        self.delivered.add(entry.number)

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:
        """A batch; empty if `timeout` seconds brought nothing."""
        self.polled = True
        self.end_poll(OTHER_POLL)
        self._confirm(offset)
        if not self.pending and timeout > 0:
            await self._wait(timeout)
        return self._batch(limit)

    def end_poll(self, why: str) -> None:
        """Lets who waits for updates go: with them, or, if there is a reason, with a conflict."""
        if self._poll and not self._poll.done():
            self._poll.set_result(why)

    async def _wait(self, timeout: float) -> None:
        mine = self._poll = asyncio.get_running_loop().create_future()
        await asyncio.wait({mine}, timeout=timeout)
        if mine.done() and mine.result():
            raise ApiError(409, f"Conflict: {mine.result()}")

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = self.pending[offset:][0].number if self.pending else 0
        elif offset > self.next_id + FAR_AHEAD:
            offset = 0  # of another numbering, so it says nothing
        for entry in [one for one in self.pending if one.number < offset and (one.handed or not one.again)]:
            self.done(entry)

    def _batch(self, limit: int) -> list[Json]:
        batch = self.ready(limit)
        for entry in batch:
            entry.handed = True
        return [entry.body for entry in batch]

    def ready(self, limit: int) -> list[Entry]:
        """What may be handed out now, in the order in which it shall."""
        found = [one for one in self.pending if not one.in_flight][:limit]
        if self.shuffled:
            random.shuffle(found)
        return found
