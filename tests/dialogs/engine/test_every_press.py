"""Whatever is open and whatever is done: a turn ends with a screen, and never with a programmer's mistake."""

from collections.abc import Iterator

import pytest

from dialogs.engine.commands import COMMANDS
from dialogs.engine.navigation import GLOBAL_ACTIONS
from dialogs.engine.steps import STEPS
from dialogs.engine.turn import current_screen, reminder_screen, take_turn
from dialogs.flow.scene import Scene
from dialogs.language.catalogue import LOCALES
from dialogs.model.dossier import Dossier
from dialogs.model.messages import (
    ButtonPress,
    ChatStart,
    CommandInput,
    FileInput,
    ReminderPress,
    Screen,
    TextInput,
    UserInput,
)
from tests.dialogs.situations import MADE, Situation, places, situation

TYPED = ("随便说点什么", "5.1.1.2 37/40", "2026-01-05", "8")
ANYTHING: tuple[UserInput, ...] = (
    *map(TextInput, TYPED),
    FileInput("制度.pdf", "application/pdf", 1000, "ab" * 32),
    ChatStart(),
)


def test_every_state_is_shown_in_some_situation() -> None:
    fitting = set()
    for one in map(situation, MADE):
        for place, draft in places(one):
            scene = Scene(one.at(place, draft, LOCALES[0]), one.library, one.now)
            if STEPS[place.state].fits(scene, place.cursor):
                fitting.add(place.state)
    assert fitting == STEPS.keys()


@pytest.mark.parametrize("name", MADE)
def test_every_button_of_every_screen_leads_to_a_screen(name: str) -> None:
    """Those that do the same everywhere once in a state."""
    one, pressed = situation(name), set()
    for dossier, screen in _screens(one):
        for button in (each for row in screen.buttons for each in row):
            what = (button.id, screen.state, "" if button.id in GLOBAL_ACTIONS else screen.text)
            if what not in pressed:
                pressed.add(what)
                _turn(one, dossier, ButtonPress(button.token, screen.revision))


@pytest.mark.parametrize("name", MADE)
def test_whatever_is_typed_or_sent_leads_to_a_screen(name: str) -> None:
    one = situation(name)
    first = {screen.state: (dossier, screen) for dossier, screen in _screens(one)}
    for dossier, _ in first.values():
        for inbound in ANYTHING:
            _turn(one, dossier, inbound)


@pytest.mark.parametrize("name", MADE)
def test_every_command_leads_to_a_screen(name: str) -> None:
    one = situation(name)
    for command in COMMANDS:
        _turn(one, one.dossier, CommandInput(command))


@pytest.mark.parametrize("name", MADE)
def test_every_button_of_every_reminder_leads_to_a_screen(name: str) -> None:
    one = situation(name)
    assert one.dossier.reminder_log is not None
    for letter in {told.letter_id for told in one.dossier.reminder_log.sent_reminders}:
        screen = reminder_screen(one.dossier, one.library, letter, one.now)
        for button in (each for row in screen.buttons for each in row):
            _turn(one, one.dossier, ReminderPress(letter, button.token))


def _screens(one: Situation) -> Iterator[tuple[Dossier, Screen]]:
    """Every screen that there is in the situation, once, with a talk that is there."""
    seen = set()
    for place, draft in places(one):
        dossier = one.at(place, draft, LOCALES[0])
        screen = current_screen(dossier, one.library, one.now)
        if (screen.blocks, screen.buttons) not in seen:
            seen.add((screen.blocks, screen.buttons))
            yield dossier, screen


def _turn(one: Situation, dossier: Dossier, inbound: UserInput) -> None:
    try:
        screen = take_turn(dossier, inbound, one.library, one.now).replies[-1]
    except Exception as error:
        error.add_note(f"{inbound} at {dossier.conversation.place}, draft {dossier.conversation.draft}")
        raise
    assert isinstance(screen, Screen)
    assert screen.text.strip()
    assert "{" not in screen.text
