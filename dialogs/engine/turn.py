"""One turn of the conversation: from an input to events and a screen. Pure: no clock, no store, no channel."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dialogs.assessment import scheme_migration
from dialogs.assessment.answered_summary import current_section
from dialogs.engine import clause_answers, commands, navigation, text_input
from dialogs.engine.current_place import settle
from dialogs.engine.steps import STEPS
from dialogs.flow.case_text import answered_count
from dialogs.flow.navigator import open_place
from dialogs.flow.recorder import add_undo_step, apply_event
from dialogs.flow.scene import Scene
from dialogs.flow.states import STATES
from dialogs.language import notices
from dialogs.language.catalogue import LOCALES
from dialogs.model.conversation import Place
from dialogs.model.dossier import Dossier
from dialogs.model.events import Event, LanguageChosen
from dialogs.model.messages import (
    Block,
    ButtonPress,
    ChatStart,
    CommandInput,
    FileInput,
    Notice,
    Problem,
    ReminderPress,
    Reply,
    Screen,
    TextInput,
    UnsupportedInput,
    UserInput,
)
from dialogs.parsing.intents import LONGEST_INPUT
from dialogs.parsing.utterance import Utterance
from dialogs.steps.scoring.indicator_step import save_evidence
from dialogs.steps.setup.accept_invitation import join_by_link
from rubric import Library

REMINDER_STATE = "reminder"
REMINDER_STATES = frozenset({REMINDER_STATE, "reminders", "handover", "refresh", "when", "entry"})
LONG_BREAK = timedelta(hours=4)


_SCREEN_INPUTS = (ButtonPress, TextInput, FileInput)
"""What was meant for the screen that the contact saw, and for no other."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The result of an input: the new dossier, the events, the replies, and the notices for other contacts."""

    dossier: Dossier
    events: tuple[Event, ...]
    replies: tuple[Reply, ...]
    notices: tuple[Notice, ...] = ()


def take_turn(dossier: Dossier, inbound: UserInput, library: Library, now: datetime) -> Turn:
    """Process `inbound` at `now` (UTC) on a copy of the dossier."""
    scene = Scene(dossier.copy(), library, now)
    before, given_at = scene.talk.place, scene.talk.main_place
    led_on = settle(scene)
    problem = None if led_on and isinstance(inbound, _SCREEN_INPUTS) else _handle_input(scene, inbound)
    if problem is not None and not _is_greeting(dossier, inbound):
        return Turn(dossier, (), (problem, current_screen(dossier, library, now)))
    settle(scene)
    scene.talk.last_active_at = scene.talk.last_active_at or now
    _offer_version(scene, dossier, inbound)
    add_undo_step(scene, given_at)
    if scene.events or scene.talk != dossier.conversation:
        scene.talk.revision += 1
        scene.talk.last_active_at = now
    screen = _build_screen(scene, edit=_is_replacement(scene, before, inbound))
    return Turn(scene.dossier, tuple(scene.events), (screen,), tuple(scene.notices))


def _is_greeting(dossier_before: Dossier, inbound: UserInput) -> bool:
    """Return whether this is the first text to a conversation not opened yet; the first screen answers any text."""
    return dossier_before.conversation.last_active_at is None and isinstance(inbound, TextInput)


def _offer_version(scene: Scene, dossier_before: Dossier, inbound: UserInput) -> None:
    """Offer a newer version when the chat is opened or after a long break."""
    last = dossier_before.conversation.last_active_at
    visits = isinstance(inbound, ChatStart) or (last is not None and scene.now - last >= LONG_BREAK)
    if (
        visits
        and (scene.talk.state == "paused" or STATES[scene.talk.state].role == "walk")
        and scheme_migration.find_offered_version(scene) is not None
    ):
        open_place(scene, Place("version"))


def current_screen(dossier: Dossier, library: Library, now: datetime) -> Screen:
    """Return the screen of the present state, changing nothing."""
    scene = Scene(dossier.copy(), library, now)
    settle(scene)
    return _build_screen(scene)


def reminder_screen(dossier: Dossier, library: Library, letter_id: str, now: datetime) -> Screen:
    """Return a reminder as a message of its own, with only its own buttons."""
    scene = Scene(dossier.copy(), library, now)
    scene.talk.state, scene.talk.cursor = REMINDER_STATE, letter_id
    step = STEPS[REMINDER_STATE]
    return replace(step.build_screen(scene, step.choices(scene)), locale=scene.talk.locale)


def needs_reminder_log(dossier: Dossier) -> bool:
    """Return whether the present screen needs the reminder log."""
    return dossier.conversation.state in REMINDER_STATES


def _build_screen(scene: Scene, *, edit: bool = False) -> Screen:
    scene.messages[:0] = notices.notice_blocks(scene.words, scene.dossier.notices)
    shown = STEPS[scene.talk.state].build_screen(scene, navigation.button_rows(scene))
    talk = scene.talk
    stretch = current_section(scene.dossier, scene.library)
    return replace(
        shown,
        revision=talk.revision,
        locale=talk.locale,
        section=stretch,
        invitation_code=scene.invitation_code,
        replaces_previous=edit,
    )


def _is_replacement(scene: Scene, old_place: Place, inbound: UserInput) -> bool:
    """Return whether the new screen replaces the old one: after a press, within one group of indicators."""
    places = (old_place, scene.talk.place)
    if not isinstance(inbound, ButtonPress) or not all(
        place.state.startswith("scoring.") for place in places
    ):
        return False
    old, new = (scene.scheme.indicator_by_id.get(place.cursor) for place in places)
    return old is not None and new is not None and old.group == new.group


def _handle_input(scene: Scene, inbound: UserInput) -> Problem | None:
    match inbound:
        case ChatStart(locale, code):
            _start_chat(scene, locale)
            return join_by_link(scene, code) if code else None
        case ButtonPress() | ReminderPress():
            return _handle_button(scene, inbound)
        case TextInput(text):
            return _handle_text(scene, Utterance(text))
        case FileInput():
            return _handle_file(scene, inbound)
        case CommandInput(command):
            return commands.run_command(scene, command)
        case UnsupportedInput(kind):
            return Problem(f"other_{kind}", scene.words(f"other.{kind}"))


def _start_chat(scene: Scene, locale: str | None) -> None:
    """Start or continue the chat; after a long break, show the pause screen first."""
    talk = scene.talk
    if scene.dossier.reminder_letter:
        open_place(scene, Place(REMINDER_STATE, scene.dossier.reminder_letter))
        return
    if locale in LOCALES and locale != talk.locale:
        apply_event(scene, LanguageChosen(locale))
    if talk.last_active_at is None or talk.agreed_at is None or talk.state == "paused":
        return
    if scene.now - talk.last_active_at >= LONG_BREAK:
        open_place(scene, Place("paused"))
    elif scene.has_case:
        done, total = answered_count(scene)
        scene.add_message("welcome.back", "saved", name=scene.organisation.name, done=done, total=total)


def _handle_button(scene: Scene, inbound: ButtonPress | ReminderPress) -> Problem | None:
    match inbound:
        case ButtonPress(button, revision):
            return _handle_screen_press(scene, button, revision)
        case ReminderPress(letter, button):
            return _handle_reminder_press(scene, letter, button)


def _handle_screen_press(scene: Scene, button: str, revision: int | None) -> Problem | None:
    if revision is not None and revision != scene.talk.revision:
        return Problem("stale", scene.words("problem.stale"))
    pressed = next((one.id for one in navigation.offered_buttons(scene) if one.matches(button)), None)
    if pressed is None:
        return Problem("not_offered", scene.words("problem.not_offered"))
    return _press_button(scene, pressed)


def _handle_reminder_press(scene: Scene, letter: str, button: str) -> Problem | None:
    """Handle a button of a reminder of any age; where it is no longer due, show that."""
    ledger = scene.dossier.reminder_log
    if ledger is None or not ledger.reminders_in_letter(letter, scene.dossier.contact.id):
        return Problem("stale", scene.words("problem.no_reminder"))
    if scene.talk.place != Place(REMINDER_STATE, letter):
        open_place(scene, Place(REMINDER_STATE, letter))
        scene.talk.draft.pop("item", None)
    offered = (one for row in STEPS[REMINDER_STATE].choices(scene) for one in row)
    pressed = next((one.id for one in offered if one.matches(button)), None)
    return _press_button(scene, pressed) if pressed is not None else None


def _press_button(scene: Scene, button: str) -> Problem | None:
    """Press a button of the present screen."""
    step = STEPS[scene.talk.state]
    anywhere = navigation.GLOBAL_ACTIONS.get(button)
    if anywhere is None:
        return step.handle_press(scene, button)
    anywhere(scene)
    return None


def _handle_text(scene: Scene, utterance: Utterance) -> Problem | None:
    step = STEPS[scene.talk.state]
    if len(utterance.text) > LONGEST_INPUT:
        return Problem("too_long", scene.words("input.too_long", most=LONGEST_INPUT))
    if not utterance.text.strip():
        return step.not_understood_problem(scene)
    command = commands.parse_command(utterance)
    if command is not None:
        return commands.run_command(scene, command)
    button = text_input.find_button(utterance, scene)
    if button is not None:
        return _press_button(scene, button)
    found = not step.takes_text and (
        text_input.open_named_screen(utterance, scene)
        or text_input.go_to_clause(utterance, scene)
        or clause_answers.answer_clause(utterance, scene)
    )
    if isinstance(found, Problem):
        return found
    return None if found else step.handle_text(scene, utterance)


def _handle_file(scene: Scene, file: FileInput) -> Problem | None:
    """Save the file, then handle its caption; the file is kept even if the caption is not understood.

    The file belongs to the indicator that the caption names, else to the question on the screen.
    """
    if file.refusal is not None:
        sentence = scene.words(f"file.{file.refusal}", name=file.name, limit=file.limit)
        return Problem(f"file_{file.refusal}", sentence)
    caption = Utterance(file.caption or file.album_caption)
    named = clause_answers.find_named_indicator(caption, scene)
    step = STEPS[scene.talk.state]
    problem = step.handle_file(scene, file) if named is None else save_evidence(scene, named, file)
    if problem is not None or not file.caption.strip():
        return problem
    _handle_caption(scene, caption)
    return None


def _handle_caption(scene: Scene, caption: Utterance) -> None:
    """Handle the caption of a saved file; where it is not understood, show why and change nothing else.

    An answer to a clause moves before it is known to fit, so it is handled on a copy first.
    """
    problem = None
    if caption.clause_answer is not None:
        problem = _handle_text(Scene(scene.dossier.copy(), scene.library, scene.now), caption)
    problem = problem or _handle_text(scene, caption)
    if problem is not None:
        scene.messages.append(Block("notice", problem.message))
