"""What a chat is to show, as it is kept until it does."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from html import escape
from typing import Any

from bot import json_text
from bot.channels.telegram.outbound.render import RenderedScreen, render_closing, render_replies
from bot.channels.telegram.transport.api import Keyboard
from bot.conversations.turns import TurnResult
from dialogs.assessment.answered_summary import answer_lines, current_section
from dialogs.model.messages import Problem, Screen
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

    def to_json(self) -> str:
        return json_text.dumps({name: getattr(self, name) for name in _FIELDS})


_FIELDS = tuple(field.name for field in fields(PendingScreen))


def read_pending_screen(text: str) -> PendingScreen:
    """What `written` wrote."""
    values: dict[str, Any] = json_text.loads(text)
    return PendingScreen(**values)


def make_pending_screen(
    result: TurnResult, library: Library, username: str, pressed: int | None
) -> PendingScreen:
    """What the turn's replies come to in a chat where one message serves a whole stretch of the talk."""
    after = result.turn.dossier
    screen = result.replies[-1]
    assert isinstance(screen, Screen)
    here = answer_lines(after, library, screen.section) if screen.state.startswith("scoring.") else ()
    letter = render_replies(result.replies, here, username)
    left = current_section(result.before, library)
    closing = render_closing(answer_lines(after, library, left)) if left != screen.section else ""
    return _pending_screen(letter, screen, closing, pressed)


def menu_of(replies: tuple[Problem, Screen], pressed: int | None = None) -> PendingScreen:
    """The menu after a failure; a text without buttons is set by itself, since what sets menus may be what failed."""
    problem, screen = replies
    if not screen.buttons:
        return PendingScreen((escape(f"{problem.message}\n\n{screen.text}"),), (), pressed=pressed)
    return _pending_screen(render_replies(replies), screen, "", pressed)


def _pending_screen(
    rendered: RenderedScreen, screen: Screen, closing: str, pressed: int | None
) -> PendingScreen:
    apart = bool(screen.attachments)
    return PendingScreen(rendered.parts, rendered.keyboard, screen.section, closing, apart, pressed)
