"""One turn of the talk: from what was said to what happens. Pure: no clock, no store, no channel."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dialogs import navigation, wording
from dialogs.conversation import Place
from dialogs.dossier import Dossier
from dialogs.events import Event, LanguageChosen
from dialogs.messages import Block, Inbound, Notice, Opened, Press, Problem, Reply, Said, Screen, Sent
from dialogs.parse import LONGEST_INPUT
from dialogs.scene import Scene
from dialogs.steps import STEPS
from dialogs.text import LOCALES
from rubric.library import Library

LONG_BREAK = timedelta(hours=4)


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
    problem = _handle(scene, inbound)
    if problem is not None:
        return Turn(dossier, (), (problem, current_screen(dossier, library, now)))
    scene.keep_undo(given_at)
    if scene.events or scene.talk != dossier.conversation:
        scene.talk.revision += 1
        scene.talk.last_at = now
    _tell_notices(scene)
    screen = replace(_screen(scene), edit=_replaces(scene, before, inbound))
    return Turn(scene.dossier, tuple(scene.events), (screen,), tuple(scene.notices))


def current_screen(dossier: Dossier, library: Library, now: datetime) -> Screen:
    """The screen on which the talk stands, changing nothing."""
    scene = Scene(dossier.copy(), library, now)
    _tell_notices(scene)
    return _screen(scene)


def _screen(scene: Scene) -> Screen:
    step = STEPS[scene.talk.state]
    return step.show(scene, navigation.rows(scene, step))


def _replaces(scene: Scene, before: Place, inbound: Inbound) -> bool:
    """Whether the new screen takes the old one's place: both of one group, after a press."""
    now, scoring = scene.talk.place, "scoring."
    if not (
        isinstance(inbound, Press) and before.state.startswith(scoring) and now.state.startswith(scoring)
    ):
        return False
    indicators = scene.scheme.by_id
    return indicators[before.cursor].group == indicators[now.cursor].group


def _handle(scene: Scene, inbound: Inbound) -> Problem | None:
    match inbound:
        case Opened(locale):
            _opened(scene, locale)
            return None
        case Press(button, revision):
            return _pressed(scene, button, revision)
        case Said(text):
            return _said(scene, text)
        case Sent():
            return _sent(scene, inbound)


def _opened(scene: Scene, locale: str | None) -> None:
    """Come back: after a break one press goes on, at once the talk stands where it stood."""
    talk = scene.talk
    if locale in LOCALES and locale != talk.locale:
        scene.happen(LanguageChosen(locale))
    if talk.last_at is None or talk.agreed_at is None:
        return
    if scene.now - talk.last_at >= LONG_BREAK and talk.state != "paused":
        scene.open(Place("paused"))
    elif scene.has_case and talk.state != "paused":
        done, total = wording.answered_count(scene)
        scene.tell("welcome.back", "saved", name=scene.organisation.name, done=done, total=total)


def _pressed(scene: Scene, button: str, revision: int | None) -> Problem | None:
    if revision is not None and revision != scene.talk.revision:
        return Problem("stale", scene.words("problem.stale"))
    if not _screen(scene).offers(button):
        return Problem("not_offered", scene.words("problem.not_offered"))
    return _act(scene, button)


def _act(scene: Scene, button: str) -> Problem | None:
    anywhere = navigation.ANYWHERE.get(button)
    if anywhere is None:
        return STEPS[scene.talk.state].press(scene, button)
    anywhere(scene)
    return None


def _said(scene: Scene, text: str) -> Problem | None:
    if len(text) > LONGEST_INPUT:
        return Problem("too_long", scene.words("input.too_long", most=LONGEST_INPUT))
    if not text.strip():
        return STEPS[scene.talk.state].not_understood(scene)
    button = navigation.pressed_by(text, scene, _screen(scene))
    if button is not None:
        return _act(scene, button)
    if navigation.elsewhere(text, scene):
        return None
    jumped = navigation.jump(text, scene)
    if isinstance(jumped, Problem):
        return jumped
    return None if jumped else STEPS[scene.talk.state].said(scene, text)


def _sent(scene: Scene, file: Sent) -> Problem | None:
    if file.refused is not None:
        sentence = scene.words(f"file.{file.refused}", name=file.name, limit=file.limit)
        return Problem(f"file_{file.refused}", sentence)
    return STEPS[scene.talk.state].sent(scene, file)


def _tell_notices(scene: Scene) -> None:
    """Word what others did meanwhile, above everything else."""
    words = scene.words
    for notice in reversed(scene.dossier.notices):
        values: dict[str, object] = dict(notice.values)
        if "answer" in values:
            values["answer"] = words(f"answer.{values['answer']}", **values)
        scene.told.insert(0, Block("notice", words(f"notice.{notice.key}", **values)))
