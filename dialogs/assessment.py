"""A case from its opening on: which scheme, where it stands, what a changed figure does to it."""

from dialogs import wording
from dialogs.conversation import Place
from dialogs.events import CaseOpened
from dialogs.guards import fields_of
from dialogs.scene import Scene
from rubric.score import Scorecard


def open_case(scene: Scene, scheme_name: str) -> None:
    """Begin a case of the organisation being worked on, pinned to the scheme's newest version."""
    scheme = scene.library.scheme(scheme_name)
    checksum = scene.library.checksum(scheme.id, scheme.version)
    organisation = scene.organisation.id
    scene.happen(
        CaseOpened(scene.dossier.fresh[1], organisation, scheme.id, scheme.version, checksum, scene.now)
    )
    scene.talk.case = scene.dossier.fresh[1]


def where_to_go_on(scene: Scene) -> Place:
    """The first place of the case at which something is still to be said."""
    case = scene.case
    missing = [
        field
        for field in fields_of(scene)
        if field in scene.scheme.figure_by_id and field not in case.figures
    ]
    if missing and not case.answers:
        return Place("organisation", missing[0])
    unasked = [question.id for question in scene.scheme.eligibility if question.id not in case.eligibility]
    if unasked and not case.answers:
        return Place("eligibility", unasked[0])
    if scene.card.unanswered:
        return Place("scoring.question", scene.card.unanswered[0])
    return Place("grade") if case.submitted else Place("review")


def retell_computed(scene: Scene, before: Scorecard) -> None:
    """Say which computed indicators a changed figure moved, and the range that follows."""
    if not scene.case.answers:
        return
    for old, new in zip(before.lines, scene.card.lines, strict=True):
        if new.earned != old.earned or new.answer != old.answer:
            scene.tell(
                "saved.computed",
                "saved",
                where=wording.titled(scene, new.indicator),
                old=wording.points(old.earned),
                new=wording.points(new.earned),
                range=wording.span(scene),
            )
