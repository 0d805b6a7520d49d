"""What can be done from any screen: back, undo, the map, review, menu, help, a break, a jump to a clause."""

import re
from collections.abc import Callable, Mapping

from dialogs import answering
from dialogs.conversation import Place
from dialogs.events import LanguageChosen, ReportRequested
from dialogs.messages import Problem, Screen
from dialogs.parse import folded, meanings, reduced
from dialogs.scene import Scene
from dialogs.steps import STEPS
from dialogs.steps.base import Rows, Step, button
from dialogs.steps.grade import begin_again
from dialogs.steps.passing import open_section

_CLAUSE = re.compile(r"(?:第|clause|§)?\s*([0-9a-z][0-9a-z.\-]*\.[0-9]{1,3})\s*(?:条|條|款|项|項)?")
_LOOKS_LIKE_CLAUSE = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){2,3}")

# Which button a typed meaning presses, the first one that the screen offers.
_PRESSES: Mapping[str, tuple[str, ...]] = {
    "met": ("answer:met",),
    "unmet": ("answer:unmet",),
    "na": ("answer:na",),
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
    "change": ("nav:review", "profile"),
    "profile": ("profile",),
    "start": ("nav:resume", "nav:next"),
    "lang:zh-Hans": ("lang:zh-Hans",),
    "lang:zh-Hant": ("lang:zh-Hant",),
    "lang:en": ("lang:en",),
}


def rows(scene: Scene, step: Step) -> Rows:
    """The navigation below a step's own buttons, without what the step offers itself."""
    if scene.talk.agreed_at is None and step.state == "language":
        return []
    offered = {one.id for row in step.choices(scene) for one in row}
    return [
        [button(scene, one) for one in _available(scene) if one not in offered and one != f"nav:{step.state}"]
    ]


def _available(scene: Scene) -> list[str]:
    found = ["nav:back"] if can_go_back(scene) else []
    if scene.talk.undo:
        found.append("nav:undo")
    if scene.has_case and scene.talk.main.state not in {"ineligible", "scheme"}:
        found += ["nav:sections", "nav:review"]
    if scene.talk.agreed_at is not None:
        found.append("nav:menu")
    return [*found, "nav:help", *(["nav:pause"] if scene.talk.state != "paused" else [])]


def can_go_back(scene: Scene) -> bool:
    return scene.in_passing or any(scene.leads_back_to(place) for place in scene.talk.path)


def _back(scene: Scene) -> None:
    scene.back()


def _review(scene: Scene) -> None:
    scene.open(Place("review"))


def _undo(scene: Scene) -> None:
    answering.undo(scene)


def _resume(scene: Scene) -> None:
    scene.open(scene.talk.main, back=True)


def _pass(state: str) -> Callable[[Scene], None]:
    return lambda scene: scene.open(Place(state))


def _report(scene: Scene) -> None:
    scene.happen(ReportRequested(scene.case.id))
    scene.tell("report.ready", "saved")


ANYWHERE: Mapping[str, Callable[[Scene], None]] = {
    "nav:back": _back,
    "nav:undo": _undo,
    "nav:review": _review,
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


def pressed_by(text: str, scene: Scene, screen: Screen) -> str | None:
    """The button of the screen that typed text presses: by its label, or by what the words mean."""
    typed = reduced(text)
    for row in screen.buttons:
        for one in row:
            if typed and typed == reduced(one.label):
                return one.id
    step = STEPS[scene.talk.state]
    for meaning in sorted(meanings(text)):
        plain = {"yes": (step.on_yes,), "no": (step.on_no,)}
        for candidate in plain.get(meaning) or _PRESSES.get(meaning, ()):
            if candidate and screen.offers(candidate):
                return candidate
    return None


def elsewhere(text: str, scene: Scene) -> bool:
    """Act on words that open a screen which this one does not offer a button for; whether there were any."""
    for meaning in sorted(meanings(text)):
        if meaning.startswith("lang:"):
            scene.happen(LanguageChosen(meaning.removeprefix("lang:")))
            return True
        target = next(iter(_PRESSES.get(meaning, ())), "")
        if target in _WITH_A_CASE and scene.has_case and scene.talk.main.state != "ineligible":
            ANYWHERE[target](scene)
            return True
        if target in _ALWAYS and scene.talk.agreed_at is not None:
            ANYWHERE[target](scene)
            return True
    return False


_WITH_A_CASE = frozenset({"invitation", "compare", "report", "profile"})
_ALWAYS = frozenset({"language", "organisations", "join"})


def jump(text: str, scene: Scene) -> Problem | bool:
    """Go to the clause that the text is (`5.2.3`, `第5.2.3条`); False where it is none."""
    match = _CLAUSE.fullmatch(folded(text))
    if match is None or not scene.has_case or scene.talk.main.state == "ineligible":
        return False
    clause, scheme = match[1], scene.scheme
    if STEPS[scene.talk.state].takes_number(scene) and clause.count(".") < 2:
        return False
    from_review = scene.talk.main.state in {"review", "grade"}
    if clause in scheme.by_id:
        scene.open(Place("scoring.question", clause))
    elif clause in scheme.group_by_id and scheme.members(clause):
        open_section(scene, clause)
    elif _LOOKS_LIKE_CLAUSE.fullmatch(clause):
        return Problem(
            "no_such_clause", scene.words("jump.unknown", clause=clause, first=next(iter(scheme.by_id)))
        )
    else:
        return False
    if from_review:
        scene.talk.draft["walk"] = "one"
    return True
