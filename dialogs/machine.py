"""The one machine, shared by every conversation and keeping none of them.

`transitions` would keep every model that is registered, and reset the state of a loaded one; triggers are therefore
fired through the machine's own events, on conversations that it has never seen before.
"""

from collections.abc import Callable
from typing import Any

from transitions import Machine, MachineError, State

from dialogs import guards
from dialogs.conversation import Conversation
from dialogs.table import ENTER, ROWS, STATES


def named(name: str) -> Callable[..., bool | None]:
    """The guard or callback of that name. Raises AttributeError: a misspelt name fails when the module is imported."""
    callback: Callable[..., bool | None] = getattr(guards, name)
    return callback


def build() -> Machine:
    """A machine made from the table."""
    states = [State(name, on_enter=[named(ENTER[name])] if name in ENTER else None) for name in STATES]
    machine = Machine(model=None, states=states, initial=None, auto_transitions=False, send_event=True)
    for row in ROWS:
        guard: list[str | Callable[..., bool | None]] = [named(row.guard)] if row.guard else []
        machine.add_transition(row.trigger, list(row.sources), row.dest, conditions=guard)
    return machine


MACHINE = build()


def fire(conversation: Conversation, trigger: str, **context: Any) -> None:
    """Go where the table leads from where the conversation stands; guards see `context`.

    Raises MachineError where no row fits, which is a programmer's mistake.
    """
    if not MACHINE.events[trigger].trigger(conversation, **context):
        raise MachineError(f"no guard of {trigger} held in {conversation.state}")
