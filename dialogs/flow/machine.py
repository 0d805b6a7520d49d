"""Machines made from tables, each the one for all that stand in its states, and keeping none of them.

`transitions` would keep every model that is registered, and reset the state of a loaded one; triggers are therefore
fired through the machine's own events, on models that it has never seen before.
"""

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any, Protocol

from transitions import Machine, MachineError, State

from dialogs.flow import guards, stage_guards
from dialogs.flow.stage_table import STAGE_ROWS, STAGES
from dialogs.flow.table import ENTER, ROWS, STATES, Row


class HasState(Protocol):
    """What a machine moves: all that it needs to know is the state."""

    state: str


def named(name: str, callbacks: ModuleType = guards) -> Callable[..., bool | None]:
    """The guard or callback of that name. Raises AttributeError: a misspelt name fails when the module is imported."""
    callback: Callable[..., bool | None] = getattr(callbacks, name)
    return callback


def build(
    states: Sequence[str], rows: Sequence[Row], enter: Mapping[str, str], callbacks: ModuleType
) -> Machine:
    """A machine made from a table, with the guards and callbacks of a module."""
    entered = {state: named(name, callbacks) for state, name in enter.items()}
    made = [State(name, on_enter=entered.get(name)) for name in states]
    machine = Machine(model=None, states=made, initial=None, auto_transitions=False, send_event=True)
    for row in rows:
        guard: list[str | Callable[..., bool | None]] = [named(row.guard, callbacks)] if row.guard else []
        machine.add_transition(row.trigger, list(row.sources), row.dest, conditions=guard)
    return machine


MACHINE = build(STATES, ROWS, ENTER, guards)
STAGE_MACHINE = build(STAGES, STAGE_ROWS, {}, stage_guards)


def fire(standing: HasState, trigger: str, machine: Machine = MACHINE, **context: Any) -> None:
    """Go where the machine's table leads from where `standing` is; guards see `context`.

    Raises MachineError where no row fits, which is a programmer's mistake.
    """
    if not machine.events[trigger].trigger(standing, **context):
        raise MachineError(f"no guard of {trigger} held in {standing.state}")
