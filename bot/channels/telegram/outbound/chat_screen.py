"""Turns and reminders as pending screens of a Telegram chat."""

from html import escape

from bot.channels.telegram.outbound.render import (
    REMINDER_PREFIX,
    RenderedScreen,
    render_closing,
    render_replies,
)
from bot.conversations.recovery import Incident, open_menu
from bot.conversations.turns import TurnResult
from bot.delivery.delivery import FallbackText
from bot.delivery.pending_screen import PendingScreen
from bot.store.delivery.chat_screens import ChatScreen
from dialogs import Problem, Screen, answer_lines, current_section
from rubric import Library


def make_pending_screen(
    result: TurnResult, library: Library, username: str, pressed: str | None
) -> PendingScreen:
    """Render a turn's replies for a chat in which one message serves a whole stretch of the conversation."""
    after = result.turn.dossier
    screen = result.replies[-1]
    assert isinstance(screen, Screen)
    here = answer_lines(after, library, screen.section) if screen.state.startswith("scoring.") else ()
    rendered = render_replies(result.replies, here, username)
    left = current_section(result.before, library)
    closing = render_closing(answer_lines(after, library, left)) if left != screen.section else ""
    return _pending_screen(rendered, screen, closing, pressed)


def render_reminder(screen: Screen, letter_id: int) -> PendingScreen:
    """Render a reminder; its buttons name its letter in place of a revision."""
    rendered = render_replies([screen])
    keyboard = [
        [(label, f"{REMINDER_PREFIX}{letter_id}:{data.partition(':')[2]}") for label, data in row]
        for row in rendered.keyboard
    ]
    return PendingScreen(rendered.parts, keyboard)


def menu_of(replies: tuple[Problem, Screen], pressed: str | None = None) -> PendingScreen:
    """The menu after a failure; a text without buttons is set by itself, since what sets menus may be what failed."""
    problem, screen = replies
    if not screen.buttons:
        return PendingScreen((escape(f"{problem.message}\n\n{screen.text}"),), (), pressed=pressed)
    return _pending_screen(render_replies(replies), screen, "", pressed)


def screen_fallback(screen: ChatScreen, error: Exception) -> FallbackText:
    """Log why a screen cannot be sent; the contact gets the menu's text after a failure."""
    incident = Incident(error, screen.wanted)
    incident.log()
    return lambda db, now: menu_of(open_menu(db, screen.contact, incident, now)).parts[0]


def _pending_screen(
    rendered: RenderedScreen, screen: Screen, closing: str, pressed: str | None
) -> PendingScreen:
    apart = bool(screen.attachments)
    return PendingScreen(rendered.parts, rendered.keyboard, screen.section, closing, apart, pressed)
