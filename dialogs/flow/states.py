"""The registry of states: each step class registers its state when it is defined (see `dialogs/steps/base.py`)."""

from dataclasses import dataclass
from typing import Literal

StateRole = Literal["walk", "within", "aside"]
"""`walk`: a place of the assessment, where back leads and a break is resumed; `within`: a part of answering one
question; `aside`: opened from anywhere, after which the walk goes on from where it was."""


@dataclass(frozen=True, slots=True)
class StateProperties:
    """What moving the conversation needs to know of a state.

    `has_cursor`: its cursor says what it is about. `is_detour`: it is also opened for one correction, after which the
    conversation returns. `parent`: the state outside the walk to which back leads.
    """

    role: StateRole
    has_cursor: bool
    is_detour: bool
    parent: str


STATES: dict[str, StateProperties] = {}


def register_state(state: str, properties: StateProperties) -> None:
    """Add a state. Raises ValueError where another step has it already."""
    if state in STATES:
        raise ValueError(f"two steps have the state {state}")
    STATES[state] = properties


def states_of(role: StateRole) -> tuple[str, ...]:
    """Return the states of a role, in the order in which they were registered."""
    return tuple(state for state, properties in STATES.items() if properties.role == role)
