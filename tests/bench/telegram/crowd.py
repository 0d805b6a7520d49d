"""Contacts who write as soon as they are answered, in rounds between which they keep still."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from tests.standin import Contact, Message, StandIn
from tests.standin.load_generator import FIRST_CONTACT, MESSAGES_KEPT, REPLIES, Action, Say
from tests.standin.state import Call
from tests.standin.updates import Entry

SETTLE_SECONDS = 2.0
SET_UP_SECONDS = 60.0
LOOK_SECONDS = 0.02


@dataclass(slots=True)
class Member:
    """A contact, the bot's newest message, and how often it has replied."""

    contact: Contact
    replies: int = 0
    message: Message | None = None
    waits_for: Entry | None = None


class Manner(Protocol):
    """How a member talks: what it does next, when it is set up, and which messages it takes for a reply."""

    def action(self, member: Member) -> Action: ...

    def is_set_up(self, member: Member) -> bool: ...

    def is_reply(self, message: Message) -> bool: ...


@dataclass(slots=True)
class Sample:
    """What a round brought: the seconds that each reply took, and CPU seconds of the bot and of this process."""

    seconds: float = 0.0
    took: list[float] = field(default_factory=list)
    bot_cpu: float = 0.0
    own_cpu: float = 0.0
    unanswered: int = 0
    spans: list[tuple[float, float]] = field(default_factory=list)

    def add(self, other: "Sample") -> None:
        self.seconds += other.seconds
        self.took += other.took
        self.bot_cpu += other.bot_cpu
        self.own_cpu += other.own_cpu
        self.unanswered = other.unanswered
        self.spans += other.spans

    @property
    def rate(self) -> float:
        return len(self.took) / self.seconds

    @property
    def cpu_each(self) -> float:
        return self.bot_cpu / max(1, len(self.took))

    def quantile(self, share: float) -> float:
        ordered = sorted(self.took)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


class Crowd:
    def __init__(self, stand_in: StandIn, size: int, cpu: Callable[[], float]) -> None:
        """`cpu` tells the CPU seconds that the bot has used."""
        self._stand_in, self._cpu = stand_in, cpu
        self._members = {
            number: Member(stand_in.contact(number)) for number in range(FIRST_CONTACT, FIRST_CONTACT + size)
        }
        self._took: list[float] | None = None
        self._manner: Manner | None = None
        self._goes_on: Callable[[Member], bool] = lambda _: False

    def set_up(self, manner: Manner) -> None:
        """Wait for the bot, then talk until each member is where measuring begins."""
        self._stand_in.thread.run(self._set_up(manner), timeout=None)

    def round(self, manner: Manner, warm_up: float, seconds: float) -> Sample:
        """Talk for `warm_up` and then `seconds`, which alone are measured."""
        return self._stand_in.thread.run(self._round(manner, warm_up, seconds), timeout=None)

    async def _set_up(self, manner: Manner) -> None:
        world = self._stand_in.world
        world.log_calls, world.keep_messages, world.updates.keep = False, MESSAGES_KEPT, False
        world.shown.append(self._shown)
        async with asyncio.timeout(SET_UP_SECONDS):
            while not (world.updates.polled or world.hook.url):
                await asyncio.sleep(LOOK_SECONDS)
            self._manner, self._goes_on = manner, lambda member: not manner.is_set_up(member)
            for member in self._members.values():
                self._act(member, Say("/start"))
            while not all(self._rests(member) for member in self._members.values()):
                await asyncio.sleep(LOOK_SECONDS)

    async def _round(self, manner: Manner, warm_up: float, seconds: float) -> Sample:
        self._manner, self._goes_on = manner, lambda _: True
        for member in self._members.values():
            if member.waits_for is None:
                self._act(member, manner.action(member))
        await asyncio.sleep(warm_up)
        sample = Sample(bot_cpu=-self._cpu(), own_cpu=-time.process_time())
        begun = time.monotonic()
        self._took = sample.took
        await asyncio.sleep(seconds)
        self._took, self._goes_on = None, lambda _: False
        ended = time.monotonic()
        sample.bot_cpu += self._cpu()
        sample.own_cpu += time.process_time()
        sample.seconds, sample.spans = ended - begun, [(begun, ended)]
        sample.unanswered = await self._settled()
        return sample

    async def _settled(self) -> int:
        """How many have no answer after a good while; in the next round they still wait."""
        deadline = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < deadline:
            if all(member.waits_for is None for member in self._members.values()):
                return 0
            await asyncio.sleep(LOOK_SECONDS)
        return sum(member.waits_for is not None for member in self._members.values())

    def _rests(self, member: Member) -> bool:
        return member.waits_for is None and member.message is not None and not self._goes_on(member)

    def _act(self, member: Member, action: Action) -> None:
        if isinstance(action, Say):
            number = member.contact.say(action.text)
        else:
            number = member.contact.press(action.label_or_data, action.message_id, forged=True)
        assert number, "the bot does not want such updates"
        member.waits_for = self._stand_in.world.updates.pending[-1]

    def _shown(self, message: Message, call: Call) -> None:
        member, manner = self._members.get(message.chat), self._manner
        if member is None or manner is None or call.method.lower() not in REPLIES:
            return
        if member.waits_for is None or not manner.is_reply(message):
            return
        if self._took is not None:
            self._took.append(time.monotonic() - member.waits_for.available)
        member.message, member.waits_for = message, None
        member.replies += 1
        if self._goes_on(member):
            asyncio.get_running_loop().call_soon(self._act, member, manner.action(member))
