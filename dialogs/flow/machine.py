"""State machines built from tables; one machine serves every model and keeps none.

`transitions` would keep every registered model, and reset the state of a loaded one. Therefore triggers are
fired through the machine's events, on models that are not registered.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import ModuleType
from typing import Any, Protocol

from transitions import Machine, MachineError, State

from dialogs.flow import guards, stage_guards
from dialogs.flow.stage_table import STAGE_ROWS, STAGES
from dialogs.flow.states import STATES
from dialogs.flow.table import ENTRY_CALLBACKS, TRANSITIONS, TransitionRow


class HasState(Protocol):
    """The model of a machine: anything with a state."""

    state: str


def find_callback(name: str, callbacks: ModuleType = guards) -> Callable[..., bool | None]:
    """Return the guard or callback of that name. Raises AttributeError, at import already, where it is misspelt."""
    callback: Callable[..., bool | None] = getattr(callbacks, name)
    return callback


def build_machine(
    states: Sequence[str], rows: Sequence[TransitionRow], enter: Mapping[str, str], callbacks: ModuleType
) -> Machine:
    """Build a machine from a table, with the guards and callbacks of a module."""
    entered = {state: find_callback(name, callbacks) for state, name in enter.items()}
    made = [State(name, on_enter=entered.get(name)) for name in states]
    machine = Machine(model=None, states=made, initial=None, auto_transitions=False, send_event=True)
    for row in rows:
        guard: list[str | Callable[..., bool | None]] = (
            [find_callback(row.guard, callbacks)] if row.guard else []
        )
        machine.add_transition(row.trigger, list(row.sources), row.dest, conditions=guard)
    return machine


STAGE_MACHINE = build_machine(STAGES, STAGE_ROWS, {}, stage_guards)


@cache
def conversation_machine() -> Machine:
    """Build the machine of the conversation, once all states are registered: `dialogs.engine.steps` does that."""
    states = tuple(STATES)
    opening = (TransitionRow("open", states, state, "is_destination") for state in states)
    return build_machine(states, (*TRANSITIONS, *opening), ENTRY_CALLBACKS, guards)


def fire_trigger(model: HasState, trigger: str, machine: Machine | None = None, **context: Any) -> None:
    """Move `model` as the table of `machine`, by default the conversation's, says; guards see `context`.

    Raises MachineError where no row fits, which is a programming error.
    """
    events = (machine or conversation_machine()).events
    if not events[trigger].trigger(model, **context):
        raise MachineError(f"no guard of {trigger} held in {model.state}")
