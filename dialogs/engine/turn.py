"""One turn of the talk: from what was said to what happens. Pure: no clock, no store, no channel."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dialogs.assessment import scheme_migration
from dialogs.assessment.answered_summary import stretch_of
from dialogs.assessment.cases import settle
from dialogs.engine import clause_answers, commands, navigation, text_input
from dialogs.engine.steps import STEPS
from dialogs.flow.case_text import answered_count
from dialogs.flow.navigator import open_place
from dialogs.flow.recorder import add_undo_step, apply_event
from dialogs.flow.scene import Scene
from dialogs.flow.table import MAIN
from dialogs.language import notices
from dialogs.language.catalogue import LOCALES
from dialogs.model.conversation import Place
from dialogs.model.dossier import Dossier
from dialogs.model.events import Event, LanguageChosen
from dialogs.model.messages import (
    Asked,
    Block,
    Inbound,
    Notice,
    Opened,
    Other,
    Press,
    Problem,
    Reacted,
    Reply,
    Said,
    Screen,
    Sent,
)
from dialogs.parsing.intents import LONGEST_INPUT
from dialogs.steps.scoring.indicator_step import keep_file
from dialogs.steps.setup.accept_invitation import invited
from rubric.library.library import Library

REMINDER = "reminder"
REMINDING = frozenset({REMINDER, "reminders", "handover", "refresh", "when", "entry"})
LONG_BREAK = timedelta(hours=4)


_ANSWERING = (Press, Said, Sent)
"""What was meant for the screen that the contact saw, and for no other."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The dossier as it is now, what happened, what to show, and what to tell other contacts."""

    dossier: Dossier
    events: tuple[Event, ...]
    replies: tuple[Reply, ...]
    notices: tuple[Notice, ...] = ()


def take_turn(dossier: Dossier, inbound: Inbound, library: Library, now: datetime) -> Turn:
    """What `inbound` brings about. `now` is UTC. The dossier given is not changed; the turn's own is."""
    scene = Scene(dossier.copy(), library, now)
    before, given_at = scene.talk.place, scene.talk.main
    led_on = settle(scene)
    problem = None if led_on and isinstance(inbound, _ANSWERING) else _handle(scene, inbound)
    if problem is not None and not _is_greeting(dossier, inbound):
        return Turn(dossier, (), (problem, current_screen(dossier, library, now)))
    settle(scene)
    scene.talk.last_at = scene.talk.last_at or now
    _tell_of_version(scene, dossier, inbound)
    add_undo_step(scene, given_at)
    if scene.events or scene.talk != dossier.conversation:
        scene.talk.revision += 1
        scene.talk.last_at = now
    screen = _screen(scene, edit=_replaces(scene, before, inbound))
    return Turn(scene.dossier, tuple(scene.events), (screen,), tuple(scene.notices))


def _is_greeting(before: Dossier, inbound: Inbound) -> bool:
    """Whether these are the first words to a talk that nobody opened: whatever they are, the first screen answers."""
    return before.conversation.last_at is None and isinstance(inbound, Said)


def _tell_of_version(scene: Scene, before: Dossier, inbound: Inbound) -> None:
    """At the next visit: when the talk is opened, or after a break with what comes first."""
    last = before.conversation.last_at
    visits = isinstance(inbound, Opened) or (last is not None and scene.now - last >= LONG_BREAK)
    if visits and scene.talk.state in (*MAIN, "paused") and scheme_migration.offered(scene) is not None:
        open_place(scene, Place("version"))


def current_screen(dossier: Dossier, library: Library, now: datetime) -> Screen:
    """The screen on which the talk stands, changing nothing."""
    scene = Scene(dossier.copy(), library, now)
    settle(scene)
    return _screen(scene)


def letter_screen(dossier: Dossier, library: Library, letter: str, now: datetime) -> Screen:
    """What a reminder says as a message of its own, with its own buttons alone."""
    scene = Scene(dossier.copy(), library, now)
    scene.talk.state, scene.talk.cursor = REMINDER, letter
    step = STEPS[REMINDER]
    return replace(step.show(scene, step.choices(scene)), locale=scene.talk.locale)


def speaks_of_reminders(dossier: Dossier) -> bool:
    """Whether the screen on which the talk stands needs the ledger."""
    return dossier.conversation.state in REMINDING


def _screen(scene: Scene, *, edit: bool = False) -> Screen:
    scene.messages[:0] = notices.blocks(scene.words, scene.dossier.notices)
    shown = STEPS[scene.talk.state].show(scene, navigation.rows(scene))
    talk = scene.talk
    stretch = stretch_of(scene.dossier, scene.library)
    return replace(
        shown, revision=talk.revision, locale=talk.locale, stretch=stretch, code=scene.code, edit=edit
    )


def _replaces(scene: Scene, before: Place, inbound: Inbound) -> bool:
    """Whether the new screen takes the old one's place: both of one group, after a press."""
    places = (before, scene.talk.place)
    if not isinstance(inbound, Press) or not all(place.state.startswith("scoring.") for place in places):
        return False
    old, new = (scene.scheme.indicator_by_id.get(place.cursor) for place in places)
    return old is not None and new is not None and old.group == new.group


def _handle(scene: Scene, inbound: Inbound) -> Problem | None:
    match inbound:
        case Opened(locale, code):
            _opened(scene, locale)
            return invited(scene, code) if code else None
        case Press() | Reacted():
            return _touched(scene, inbound)
        case Said(text):
            return _said(scene, text)
        case Sent():
            return _sent(scene, inbound)
        case Asked(command):
            return commands.ask(scene, command)
        case Other(kind):
            return Problem(f"other_{kind}", scene.words(f"other.{kind}"))


def _opened(scene: Scene, locale: str | None) -> None:
    """Come back: after a break one press goes on, at once the talk stands where it stood."""
    talk = scene.talk
    if scene.dossier.letter:
        open_place(scene, Place(REMINDER, scene.dossier.letter))
        return
    if locale in LOCALES and locale != talk.locale:
        apply_event(scene, LanguageChosen(locale))
    if talk.last_at is None or talk.agreed_at is None or talk.state == "paused":
        return
    if scene.now - talk.last_at >= LONG_BREAK:
        open_place(scene, Place("paused"))
    elif scene.has_case:
        done, total = answered_count(scene)
        scene.add_message("welcome.back", "saved", name=scene.organisation.name, done=done, total=total)


def _touched(scene: Scene, inbound: Press | Reacted) -> Problem | None:
    match inbound:
        case Press(button, revision):
            return _pressed(scene, button, revision)
        case Reacted(letter, button):
            return _reacted(scene, letter, button)


def _pressed(scene: Scene, button: str, revision: int | None) -> Problem | None:
    if revision is not None and revision != scene.talk.revision:
        return Problem("stale", scene.words("problem.stale"))
    pressed = next((one.id for one in navigation.offered(scene) if one.is_called(button)), None)
    if pressed is None:
        return Problem("not_offered", scene.words("problem.not_offered"))
    return _act(scene, pressed)


def _reacted(scene: Scene, letter: str, button: str) -> Problem | None:
    """A button of a reminder, however long ago it came; what is settled by now says so."""
    ledger = scene.dossier.ledger
    if ledger is None or not ledger.letter(letter, scene.dossier.contact.id):
        return Problem("stale", scene.words("problem.no_reminder"))
    if scene.talk.place != Place(REMINDER, letter):
        open_place(scene, Place(REMINDER, letter))
        scene.talk.draft.pop("item", None)
    offered = (one for row in STEPS[REMINDER].choices(scene) for one in row)
    pressed = next((one.id for one in offered if one.is_called(button)), None)
    return _act(scene, pressed) if pressed is not None else None


def _act(scene: Scene, button: str) -> Problem | None:
    """Press a button that the screen offers."""
    step = STEPS[scene.talk.state]
    anywhere = navigation.ANYWHERE.get(button)
    if anywhere is None:
        return step.press(scene, button)
    anywhere(scene)
    return None


def _said(scene: Scene, text: str) -> Problem | None:
    step = STEPS[scene.talk.state]
    if len(text) > LONGEST_INPUT:
        return Problem("too_long", scene.words("input.too_long", most=LONGEST_INPUT))
    if not text.strip():
        return step.not_understood(scene)
    command = commands.typed(text)
    if command is not None:
        return commands.ask(scene, command)
    button = text_input.pressed_by(text, scene)
    if button is not None:
        return _act(scene, button)
    found = not step.takes_text and (
        text_input.elsewhere(text, scene)
        or text_input.jump(text, scene)
        or clause_answers.answered(text, scene)
    )
    if isinstance(found, Problem):
        return found
    return None if found else step.said(scene, text)


def _sent(scene: Scene, file: Sent) -> Problem | None:
    """Take the file, and then what was written beside it; where that is not understood, the file is kept.

    It belongs to the question on the screen, or to the one that the words name.
    """
    if file.refused is not None:
        sentence = scene.words(f"file.{file.refused}", name=file.name, limit=file.limit)
        return Problem(f"file_{file.refused}", sentence)
    named = clause_answers.indicator_named(file.caption or file.album_caption, scene)
    step = STEPS[scene.talk.state]
    problem = step.sent(scene, file) if named is None else keep_file(scene, named, file)
    if problem is not None or not file.caption.strip():
        return problem
    beside = _said(scene, file.caption)
    if beside is not None:
        scene.messages.append(Block("notice", beside.message))
    return None
