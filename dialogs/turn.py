"""One turn of the talk: from what was said to what happens. Pure: no clock, no store, no channel."""

from dataclasses import dataclass
from datetime import datetime

from dialogs.dossier import Dossier
from dialogs.events import Event
from dialogs.messages import Inbound, Notice, Reply, Screen
from rubric.library import Library


@dataclass(frozen=True, slots=True)
class Turn:
    """The dossier as it is now, what happened, what to show, and what to tell other contacts."""

    dossier: Dossier
    events: tuple[Event, ...]
    replies: tuple[Reply, ...]
    notices: tuple[Notice, ...] = ()


def take_turn(dossier: Dossier, inbound: Inbound, library: Library, now: datetime) -> Turn:
    """What `inbound` brings about. `now` is UTC. The dossier given is not changed; the turn's own is."""
    raise NotImplementedError


def current_screen(dossier: Dossier, library: Library, now: datetime) -> Screen:
    """The screen on which the talk stands, changing nothing."""
    raise NotImplementedError
