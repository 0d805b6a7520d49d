"""What a chat is to show, as it is kept until it does."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from bot import json_text
from bot.channels.telegram.outbound.render import Letter, closing_of, letter_of
from bot.channels.telegram.transport.api import Keyboard
from bot.conversations.turns import TurnResult
from dialogs.assessment.answered_summary import answered_in, stretch_of
from dialogs.model.messages import Screen
from rubric.library.library import Library


@dataclass(frozen=True, slots=True)
class PendingScreen:
    """A letter and where it belongs.

    `closing` is what the message of the stretch that was left keeps to say; `apart`: it goes below what was sent
    since, never into the old message; `pressed` is the message whose button led here.
    """

    parts: Sequence[str]
    keyboard: Keyboard
    stretch: str = ""
    closing: str = ""
    apart: bool = False
    pressed: int | None = None

    def written(self) -> str:
        return json_text.written({name: getattr(self, name) for name in _FIELDS})


_FIELDS = tuple(field.name for field in fields(PendingScreen))


def read_wanted(text: str) -> PendingScreen:
    """What `written` wrote."""
    values: dict[str, Any] = json_text.read(text)
    return PendingScreen(**values)


def wanted_of(taken: TurnResult, library: Library, username: str, pressed: int | None) -> PendingScreen:
    """What the turn's replies come to in a chat where one message serves a whole stretch of the talk."""
    after = taken.turn.dossier
    screen = taken.replies[-1]
    assert isinstance(screen, Screen)
    here = answered_in(after, library, screen.stretch) if screen.state.startswith("scoring.") else ()
    letter = letter_of(taken.replies, here, username)
    left = stretch_of(taken.before, library)
    closing = closing_of(answered_in(after, library, left)) if left != screen.stretch else ""
    return _wanted(letter, screen, closing, pressed)


def _wanted(letter: Letter, screen: Screen, closing: str, pressed: int | None) -> PendingScreen:
    apart = bool(screen.attachments)
    return PendingScreen(letter.parts, letter.keyboard, screen.stretch, closing, apart, pressed)
