"""Actions that work on every screen: back, undo, contents, review, menu, help, pause."""

from collections.abc import Callable, Iterator, Mapping

from dialogs.assessment.cases import begin_new_case
from dialogs.assessment.undo import undo_last_step
from dialogs.certification.certifications import enter_certification
from dialogs.engine.steps import STEPS
from dialogs.flow.navigator import can_return_to, go_back, open_place
from dialogs.flow.recorder import apply_event
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.events import ExportRequested, ReportRequested
from dialogs.model.messages import Button
from dialogs.reminders.reactions import look_at_reminded
from dialogs.steps.base import ButtonRows, button
from dialogs.steps.setup.scheme import ALL_SCHEMES


def button_rows(scene: Scene) -> ButtonRows:
    """Return the rows of the step's buttons, and below them the navigation buttons that it lacks."""
    own = STEPS[scene.talk.state].choices(scene)
    return [*own, [*_navigation_buttons(scene, own)]]


def offered_buttons(scene: Scene) -> Iterator[Button]:
    """Yield the same buttons, those of the step first."""
    own = STEPS[scene.talk.state].choices(scene)
    yield from (one for row in own for one in row)
    yield from _navigation_buttons(scene, own)


def _navigation_buttons(scene: Scene, step_rows: ButtonRows) -> Iterator[Button]:
    taken = {one.id for row in step_rows for one in row} | {f"nav:{scene.talk.state}"}
    return (button(scene, one) for one in _available_ids(scene) if one not in taken)


def _available_ids(scene: Scene) -> list[str]:
    talk = scene.talk
    if talk.main_place.state == "language" or talk.state == "erased":
        return []
    found = ["nav:back"] if _can_go_back(scene) else []
    found += ["nav:undo"] if talk.undo_steps else []
    found += (
        ["nav:sections", "nav:review"]
        if scene.can_show_questions and not _is_about_certification(scene)
        else []
    )
    found += ["nav:menu"] if talk.agreed_at is not None else []
    return [*found, "nav:help", *(["nav:pause"] if talk.state != "paused" else [])]


def _is_about_certification(scene: Scene) -> bool:
    """Return whether the conversation is about a certification, where the assessment's navigation is hidden."""
    return scene.talk.main_place.state == "certification"


def _can_go_back(scene: Scene) -> bool:
    return (
        _is_guide_open(scene)
        or scene.is_outside_walk
        or any(can_return_to(scene, place) for place in scene.talk.path)
    )


def leave_screen(scene: Scene) -> None:
    """Close the guidance where it is open, else go back."""
    if _is_guide_open(scene):
        del scene.talk.draft["guide"]
    else:
        go_back(scene)


def _is_guide_open(scene: Scene) -> bool:
    talk = scene.talk
    return talk.state == "scoring.question" and talk.draft.get("guide") == talk.cursor


def resume_walk(scene: Scene) -> None:
    """Return to the main place."""
    open_place(scene, scene.talk.main_place, back=True)


def _make_opener(state: str) -> Callable[[Scene], None]:
    return lambda scene: open_place(scene, Place(state))


def _open_help(scene: Scene) -> None:
    """Open the help about this screen; on the help screen, keep it."""
    talk = scene.talk
    open_place(scene, Place("help", talk.cursor if talk.state == "help" else talk.state))


def _request_report(scene: Scene) -> None:
    apply_event(scene, ReportRequested(scene.case.id))
    scene.add_message("report.ready", "saved")


def _request_export(scene: Scene) -> None:
    apply_event(scene, ExportRequested())
    scene.add_message("export.ready", "saved")


def _make_certification_opener(state: str) -> Callable[[Scene], None]:
    def go(scene: Scene) -> None:
        look_at_reminded(scene)
        if not (scene.has_certification and scene.talk.main_place.state == "certification"):
            enter_certification(scene)
        open_place(scene, Place(state))

    return go


def _invite(scene: Scene) -> None:
    look_at_reminded(scene)
    open_place(scene, Place("invitation"))


GLOBAL_ACTIONS: Mapping[str, Callable[[Scene], None]] = {
    "nav:back": leave_screen,
    "nav:undo": undo_last_step,
    "nav:review": _make_opener("review"),
    "nav:resume": resume_walk,
    "nav:sections": _make_opener("sections"),
    "nav:menu": _make_opener("menu"),
    "nav:help": _open_help,
    "nav:pause": _make_opener("paused"),
    "language": _make_opener("language"),
    "profile": _make_opener("profile"),
    "organisations": _make_opener("organisations"),
    "invitation": _invite,
    "join": _make_opener("invitation.join"),
    "compare": _make_opener("compare"),
    "companions": _make_opener("companions"),
    "case:new": begin_new_case,
    "report": _request_report,
    "version": _make_opener("version"),
    "schemes": lambda scene: open_place(scene, Place("scheme", ALL_SCHEMES)),
    "certification": enter_certification,
    "materials": _make_certification_opener("materials"),
    "findings": _make_certification_opener("findings"),
    "certificate": _make_certification_opener("certificate"),
    "calendar": _make_certification_opener("calendar"),
    "reminders": _make_opener("reminders"),
    "export": _request_export,
    "erase": _make_opener("erase"),
}
