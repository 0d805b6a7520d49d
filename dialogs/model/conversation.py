"""One contact's place in the conversation. Small: the machine is shared and never keeps a conversation."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypeAlias

from dialogs.model.values import RecordedValue

MOST_PATH = 200
MOST_UNDO = 50


class Place(NamedTuple):
    """A state of the machine, and the field, question or indicator that it is about."""

    state: str
    cursor: str = ""


class UndoEntry(NamedTuple):
    """A record for undo: the case's field and key, the recorded value and the value before it.

    For a field of the organisation, `field` is `organisation`, `key` the field's name, and `case` the
    organisation's id.
    """

    case: str
    field: str
    key: str
    recorded: RecordedValue | None
    previous: RecordedValue | None


class UndoStep(NamedTuple):
    """What one input changed, undone together; `place` is where it was entered."""

    place: Place
    entries: tuple[UndoEntry, ...]


Draft: TypeAlias = dict[str, str]


@dataclass(slots=True)
class Conversation:
    """`revision` grows with every turn that changes the talk; `draft` holds what is typed but not yet an answer."""

    contact: str
    state: str = "language"
    cursor: str = ""
    locale: str = "zh-Hans"
    revision: int = 0
    agreed_at: datetime | None = None
    organisation: str | None = None
    case: str | None = None
    main_place: Place = Place("language")
    path: list[Place] = field(default_factory=list)
    undo_steps: list[UndoStep] = field(default_factory=list)
    draft: Draft = field(default_factory=dict)
    last_active_at: datetime | None = None

    @property
    def place(self) -> Place:
        return Place(self.state, self.cursor)
