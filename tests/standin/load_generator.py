"""Many contacts who write as soon as they are answered, to measure how fast a bot is."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.standin.contact import Contact
from tests.standin.errors import Json
from tests.standin.stand_in import StandIn
from tests.standin.state import Call, Message
from tests.standin.updates import Entry

REPLIES = {"sendmessage", "editmessagetext", "senddocument", "sendphoto"}
FIRST_CONTACT = 1_000_001
MESSAGES_KEPT = 20
LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Say:
    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button by its label or data, of the newest message or the given one."""

    label_or_data: str
    message_id: int | None = None


Action = Say | Press


@dataclass(slots=True)
class ContactState:
    """A contact, the bot's message that came last and whatever the script notes."""

    contact: Contact
    number: int
    turns: int = 0
    message: Message | None = None
    notes: dict[str, Any] = field(default_factory=dict)
    entry: Entry | None = None


# What the contact does now that this call arrived; None waits for another.
Script = Callable[[ContactState, Call], Action | None]


def first_button(state: ContactState, call: Call) -> Action:
    """Presses the first button, or writes if there is none."""
    buttons = [one for one in (state.message.buttons if state.message else []) if one.data]
    return Press(buttons[0].data or "", _newest(state)) if buttons else text_only(state, call)


def text_only(state: ContactState, call: Call) -> Action:
    return Say(f"{state.turns}")


def _newest(state: ContactState) -> int | None:
    return state.message.id if state.message else None


class Load:
    def __init__(
        self,
        stand_in: StandIn,
        *,
        contacts: int,
        turns: int | None = None,
        seconds: float | None = None,
        warm_up: float = 0.0,
        script: Script = first_button,
        first: Action | None = None,
    ) -> None:
        """`turns` is for each contact; whichever of `turns` and `seconds` is reached first ends it.

        What was answered within the first `warm_up` seconds is not counted.
        """
        self.stand_in, self.script, self.turns = stand_in, script, turns
        self.seconds, self.warm_up, self.first = seconds, warm_up, first or Say("/start")
        numbers = range(FIRST_CONTACT, FIRST_CONTACT + contacts)
        self._states = {one: ContactState(stand_in.contact(one), one - FIRST_CONTACT) for one in numbers}
        self._took: list[float] = []
        self._busy = contacts

    def run(self) -> Json:
        """Waits for the bot to ask for updates, then measures."""
        return self.stand_in.thread.run(self._run(), timeout=None)

    async def _run(self) -> Json:
        world = self.stand_in.world
        world.log_calls, world.keep_messages, world.updates.keep = False, MESSAGES_KEPT, False
        while not (world.updates.polled or world.hook.url):
            await asyncio.sleep(LOOK_SECONDS)
        self._finished = asyncio.get_running_loop().create_future()
        self._begun = self._ended = time.monotonic()
        world.shown.append(self._shown)
        for state in self._states.values():
            self._act(state, self.first)
        await asyncio.wait({self._finished}, timeout=self.seconds)
        world.shown.remove(self._shown)
        return self._measured()

    def _act(self, state: ContactState, action: Action) -> None:
        if isinstance(action, Say):
            number = state.contact.say(action.text)
        else:
            number = state.contact.press(action.label_or_data, action.message_id, forged=True)
        state.entry = self.stand_in.world.updates.pending[-1] if number else None

    def _shown(self, message: Message, call: Call) -> None:
        state = self._states.get(message.chat)
        if state is None or call.method.lower() not in REPLIES:
            return
        state.message = message
        if state.entry is not None:
            self._note(state, state.entry)
        if self.turns is None or state.turns < self.turns:
            self._go_on(state, call)

    def _note(self, state: ContactState, entry: Entry) -> None:
        self._ended = time.monotonic()
        if self._ended - self._begun >= self.warm_up:
            self._took.append(self._ended - (entry.posted or entry.available))
        state.entry = None
        state.turns += 1
        if state.turns == self.turns:
            self._busy -= 1
            if not self._busy:
                self._finished.set_result(None)

    def _go_on(self, state: ContactState, call: Call) -> None:
        action = self.script(state, call)
        if action is not None:
            asyncio.get_running_loop().call_soon(self._act, state, action)

    def _measured(self) -> Json:
        took = sorted(self._took) or [0.0]
        seconds = max(self._ended - self._begun - self.warm_up, 1e-9)
        return {
            "contacts": len(self._states),
            "turns": len(self._took),
            "seconds": round(seconds, 3),
            "turns_per_second": round(len(self._took) / seconds, 1),
            "p50_ms": round(1000 * took[len(took) // 2], 2),
            "p99_ms": round(1000 * took[len(took) * 99 // 100], 2),
            "max_ms": round(1000 * took[-1], 2),
            "waiting": sum(one.entry is not None for one in self._states.values()),
        }


def run_load(stand_in: StandIn, **wanted: Any) -> Json:
    """What `Load` measures: turns, seconds, turns_per_second, p50_ms, p99_ms and a few more."""
    return Load(stand_in, **wanted).run()
