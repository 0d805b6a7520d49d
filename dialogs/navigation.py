"""What can be done from any screen: back, undo, the map, review, menu, help, a break, a jump to a clause."""

import re
from collections.abc import Callable, Mapping

from dialogs.assessment import begin_again
from dialogs.conversation import Place
from dialogs.events import LanguageChosen, ReportRequested
from dialogs.messages import Problem
from dialogs.parse import folded, meanings, reduced, without_marks
from dialogs.scene import Scene
from dialogs.steps import STEPS
from dialogs.steps.base import Rows, button
from dialogs.steps.review import fill_in
from dialogs.steps.sections import first_of
from dialogs.undoing import undo

_CLAUSE = re.compile(r"(?:第|clause|§)?\s*([0-9a-z][0-9a-z.\-]*\.[0-9]{1,3})\s*(?:条|條|款|项|項)?[.。]?")
_LOOKS_LIKE_CLAUSE = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){2,3}")

# Which button a typed meaning presses, the first one that the screen offers, where its step hears nothing else in it.
_PRESSES: Mapping[str, tuple[str, ...]] = {
    "yes": (),
    "agree": (),
    "there_is": (),
    "there_is_none": (),
    "no": (),
    "met": ("answer:met",),
    "unmet": ("answer:unmet",),
    "na": ("answer:na",),
    "no_such_business": ("answer:na",),
    "skip": ("answer:skip", "nav:next"),
    "sample": ("answer:sample",),
    "back": ("nav:back",),
    "next": ("nav:next", "nav:resume", "answer:skip"),
    "resume": ("nav:resume", "nav:next"),
    "menu": ("nav:menu",),
    "sections": ("nav:sections",),
    "review": ("nav:review",),
    "submit": ("nav:submit",),
    "undo": ("nav:undo",),
    "help": ("nav:help",),
    "pause": ("nav:pause",),
    "language": ("language",),
    "guide": ("guide",),
    "evidence": ("evidence",),
    "rehearse": ("case:rehearse",),
    "decline": ("decline",),
    "invite": ("invitation",),
    "join": ("join",),
    "new": ("case:new", "org:new"),
    "compare": ("compare",),
    "report": ("report",),
    "organisations": ("organisations",),
    "change": ("nav:review",),
    "profile": ("profile",),
    "start": ("nav:resume",),
    "lang:zh-Hans": ("lang:zh-Hans",),
    "lang:zh-Hant": ("lang:zh-Hant",),
    "lang:en": ("lang:en",),
}
# Meanings that lead there from a screen without such a button as well, once agreed; the first ones need a case.
_WITH_A_CASE = frozenset({"invite", "compare", "report", "profile"})
_ALWAYS = frozenset({"language", "organisations", "join"})


def rows(scene: Scene) -> Rows:
    """The buttons of the screen: the step's own, and the navigation that it does not offer itself."""
    step = STEPS[scene.talk.state]
    own = step.choices(scene)
    offered = {one.id for row in own for one in row} | {f"nav:{step.state}"}
    return [*own, [button(scene, one) for one in _available(scene) if one not in offered]]


def _available(scene: Scene) -> list[str]:
    talk = scene.talk
    if talk.main.state == "language":
        return []
    found = ["nav:back"] if _can_go_back(scene) else []
    found += ["nav:undo"] if talk.undo else []
    found += ["nav:sections", "nav:review"] if scene.is_open else []
    found += ["nav:menu"] if talk.agreed_at is not None else []
    return [*found, "nav:help", *(["nav:pause"] if talk.state != "paused" else [])]


def _can_go_back(scene: Scene) -> bool:
    return scene.in_passing or any(scene.leads_back_to(place) for place in scene.talk.path)


def _resume(scene: Scene) -> None:
    scene.open(scene.talk.main, back=True)


def _pass(state: str) -> Callable[[Scene], None]:
    return lambda scene: scene.open(Place(state))


def _report(scene: Scene) -> None:
    scene.happen(ReportRequested(scene.case.id))
    scene.tell("report.ready", "saved")


ANYWHERE: Mapping[str, Callable[[Scene], None]] = {
    "nav:back": Scene.back,
    "nav:undo": undo,
    "nav:review": _pass("review"),
    "nav:resume": _resume,
    "nav:sections": _pass("sections"),
    "nav:menu": _pass("menu"),
    "nav:help": _pass("help"),
    "nav:pause": _pass("paused"),
    "language": _pass("language"),
    "profile": _pass("profile"),
    "organisations": _pass("organisations"),
    "invitation": _pass("invitation"),
    "join": _pass("invitation.join"),
    "compare": _pass("compare"),
    "case:new": begin_again,
    "report": _report,
}


def pressed_by(text: str, scene: Scene) -> str | None:
    """The button of the screen that typed text presses: by its label, or by what the words mean."""
    typed, offered = reduced(text), [one for row in rows(scene) for one in row]
    for one in offered:
        if typed and typed in {reduced(one.label), without_marks(one.label)}:
            return one.id
    ids, heard = {one.id for one in offered}, STEPS[scene.talk.state].hears(scene)
    for meaning in sorted(meanings(text)):
        wanted = (heard[meaning],) if meaning in heard else _PRESSES[meaning]
        found = next((one for one in wanted if one in ids), None)
        if found is not None:
            return found
    return None


def elsewhere(text: str, scene: Scene) -> bool:
    """Act on words that open a screen which this one does not offer a button for; whether there were any."""
    for meaning in sorted(meanings(text)):
        if meaning.startswith("lang:"):
            scene.happen(LanguageChosen(meaning.removeprefix("lang:")))
            return True
        agreed = scene.talk.agreed_at is not None
        if agreed and (meaning in _ALWAYS or (meaning in _WITH_A_CASE and scene.has_case)):
            ANYWHERE[_PRESSES[meaning][0]](scene)
            return True
    return False


def jump(text: str, scene: Scene) -> Problem | bool:
    """Go to the clause that the text is (`5.2.3`, `第5.2.3条`); False where it is none."""
    match = _CLAUSE.fullmatch(folded(text))
    if match is None or not scene.is_open:
        return False
    clause, scheme = match[1], scene.scheme
    if STEPS[scene.talk.state].takes_number(scene) and clause.count(".") < 2:
        return False
    if clause in scheme.group_by_id and scheme.members(clause):
        clause = first_of(scene, clause)
    if clause in scheme.by_id:
        _jump_to(scene, clause)
        return True
    if not _LOOKS_LIKE_CLAUSE.fullmatch(clause):
        return False
    sentence = scene.words("jump.unknown", clause=clause, first=scheme.indicators[0].id)
    return Problem("no_such_clause", sentence)


def _jump_to(scene: Scene, indicator: str) -> None:
    """Go there, and from the review only to come back to it."""
    if scene.talk.main.state in {"review", "grade"}:
        fill_in(scene, indicator, "one")
    else:
        scene.open(Place("scoring.question", indicator))
