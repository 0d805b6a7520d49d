"""What can be done from any screen by pressing: back, undo, the map, review, menu, help, a break."""

from collections.abc import Callable, Iterator, Mapping

from dialogs.assessment.cases import begin_again
from dialogs.assessment.undo import undo
from dialogs.certification.certifications import enter_certification
from dialogs.engine.steps import STEPS
from dialogs.flow.navigator import can_return_to, go_back, open_place
from dialogs.flow.recorder import apply_event
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.events import ExportRequested, ReportRequested
from dialogs.model.messages import Button
from dialogs.steps.base import Rows, button
from dialogs.steps.setup.scheme import EVERYTHING


def rows(scene: Scene) -> Rows:
    """The buttons of the screen: the step's own, and the navigation that it does not offer itself."""
    own = STEPS[scene.talk.state].choices(scene)
    return [*own, [*_beside(scene, own)]]


def offered(scene: Scene) -> Iterator[Button]:
    """The same buttons one after the other, those of the step first."""
    own = STEPS[scene.talk.state].choices(scene)
    yield from (one for row in own for one in row)
    yield from _beside(scene, own)


def _beside(scene: Scene, own: Rows) -> Iterator[Button]:
    taken = {one.id for row in own for one in row} | {f"nav:{scene.talk.state}"}
    return (button(scene, one) for one in _available(scene) if one not in taken)


def _available(scene: Scene) -> list[str]:
    talk = scene.talk
    if talk.main.state == "language" or talk.state == "erased":
        return []
    found = ["nav:back"] if _can_go_back(scene) else []
    found += ["nav:undo"] if talk.undo else []
    found += ["nav:sections", "nav:review"] if scene.shows_questions and not _certifies(scene) else []
    found += ["nav:menu"] if talk.agreed_at is not None else []
    return [*found, "nav:help", *(["nav:pause"] if talk.state != "paused" else [])]


def _certifies(scene: Scene) -> bool:
    """Whether the talk is about the certification, where the questions of the assessment are far."""
    return scene.talk.main.state == "certification"


def _can_go_back(scene: Scene) -> bool:
    return (
        _shows_guide(scene)
        or scene.in_passing
        or any(can_return_to(scene, place) for place in scene.talk.path)
    )


def back(scene: Scene) -> None:
    """Away from the guide where it is open, else to where the talk stood before."""
    if _shows_guide(scene):
        del scene.talk.draft["guide"]
    else:
        go_back(scene)


def _shows_guide(scene: Scene) -> bool:
    talk = scene.talk
    return talk.state == "scoring.question" and talk.draft.get("guide") == talk.cursor


def resume(scene: Scene) -> None:
    """Go on where the walk stood."""
    open_place(scene, scene.talk.main, back=True)


def _pass(state: str) -> Callable[[Scene], None]:
    return lambda scene: open_place(scene, Place(state))


def _help(scene: Scene) -> None:
    """Help with this very screen; asked for again on its own screen it stays."""
    talk = scene.talk
    open_place(scene, Place("help", talk.cursor if talk.state == "help" else talk.state))


def _report(scene: Scene) -> None:
    apply_event(scene, ReportRequested(scene.case.id))
    scene.add_message("report.ready", "saved")


def _export(scene: Scene) -> None:
    apply_event(scene, ExportRequested())
    scene.add_message("export.ready", "saved")


def _of_certification(state: str) -> Callable[[Scene], None]:
    def go(scene: Scene) -> None:
        if not (scene.has_certification and scene.talk.main.state == "certification"):
            enter_certification(scene)
        open_place(scene, Place(state))

    return go


ANYWHERE: Mapping[str, Callable[[Scene], None]] = {
    "nav:back": back,
    "nav:undo": undo,
    "nav:review": _pass("review"),
    "nav:resume": resume,
    "nav:sections": _pass("sections"),
    "nav:menu": _pass("menu"),
    "nav:help": _help,
    "nav:pause": _pass("paused"),
    "language": _pass("language"),
    "profile": _pass("profile"),
    "organisations": _pass("organisations"),
    "invitation": _pass("invitation"),
    "join": _pass("invitation.join"),
    "compare": _pass("compare"),
    "companions": _pass("companions"),
    "case:new": begin_again,
    "report": _report,
    "version": _pass("version"),
    "schemes": lambda scene: open_place(scene, Place("scheme", EVERYTHING)),
    "certification": enter_certification,
    "materials": _of_certification("materials"),
    "findings": _of_certification("findings"),
    "certificate": _of_certification("certificate"),
    "calendar": _of_certification("calendar"),
    "reminders": _pass("reminders"),
    "export": _export,
    "erase": _pass("erase"),
}
