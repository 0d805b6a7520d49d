"""A case from its opening on: which scheme, where it stands, what a changed figure does to it."""

from collections.abc import Mapping

from dialogs.assessment.carry_over import bring_over
from dialogs.flow.case_text import score_range
from dialogs.flow.navigator import open_place, switch_case
from dialogs.flow.order import blocking_conditions, conditions, next_question
from dialogs.flow.recorder import apply_event, record_value
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.conversation import Place
from dialogs.model.events import CaseOpened
from dialogs.model.records import FigureRecorded
from dialogs.model.values import Pin
from rubric.scoring.scorecard import Scorecard

AGAIN = "again"
"""The cursor of the step that chooses a scheme, where it is for a new case of an enterprise that has one."""


def open_case(scene: Scene, scheme_name: str) -> None:
    """Begin a case of the organisation being worked on, pinned to the scheme's newest version.

    The case worked on before is kept, and its figures are taken over.
    """
    pin = newest_pin(scene, scheme_name)
    case, organisation = scene.dossier.fresh[1], scene.organisation.id
    apply_event(scene, CaseOpened(case, organisation, pin.scheme, pin.version, pin.checksum, scene.now))
    if scene.has_case:
        known = scene.case.figures
        switch_case(scene, organisation, case)
        _take_over(scene, known)
    else:
        scene.talk.case = case


def newest_pin(scene: Scene, scheme_name: str) -> Pin:
    """The scheme's newest version; of one whose files are gone that of the case being worked on."""
    library = scene.library
    try:
        scheme = library.scheme(scheme_name)
    except LookupError:
        if scene.has_case and scene.case.scheme == scheme_name:
            return scene.case.pin
        raise
    return Pin(scheme.id, scheme.version, library.checksum(scheme.id, scheme.version))


def _take_over(scene: Scene, figures: Mapping[str, int]) -> None:
    """Nobody said these now, so that undo leaves them alone."""
    for figure in scene.scheme.figures:
        if figure.id in figures:
            record_value(scene, FigureRecorded, figure.id, figures[figure.id])
    scene.restores = []


def begin_again(scene: Scene) -> None:
    """A new assessment of the same organisation; where there are several schemes, one is chosen first."""
    schemes = scene.library.offered_names()
    if len(schemes) > 1:
        open_place(scene, Place("scheme", AGAIN))
        return
    open_case(scene, scene.case.scheme if scene.has_case else schemes[0])
    scene.add_message("case.new", "saved")
    figures = scene.scheme.figures
    open_place(scene, Place("organisation", figures[0].id if figures else "name"), back=True)


def cases_of(scene: Scene, organisation: str) -> list[str]:
    """The cases of the organisation, oldest first."""
    found = [case for case in scene.dossier.cases.values() if case.organisation == organisation]
    return [case.id for case in sorted(found, key=lambda case: case.opened_at)]


def enter_case(scene: Scene, case: str) -> None:
    """Work on this case, from where something is still to be said."""
    switch_case(scene, scene.dossier.cases[case].organisation, case)
    number = bring_over(scene)
    if number:
        scene.add_message("companions.brought", "saved", number=number)
    go_on(scene)


def go_on(scene: Scene) -> None:
    """Go to where something is still to be said; where answers were carried over, only the rest is asked."""
    if scene.case.companion or scene.case.carried:
        scene.talk.draft["rest"] = "asked"
    open_place(scene, where_to_go_on(scene), back=True)


def enter_organisation(scene: Scene, organisation: str) -> None:
    """Work on the organisation's newest case."""
    cases = cases_of(scene, organisation)
    if cases:
        enter_case(scene, cases[-1])
    else:
        switch_case(scene, organisation, None)
        open_place(scene, Place("scheme"), back=True)


def where_to_go_on(scene: Scene) -> Place:
    """The first place of the case at which something is still to be said."""
    case, still_open = scene.case, scene.card.unanswered
    if not case.rehearsal and blocking_conditions(scene):
        return Place("ineligible", blocking_conditions(scene)[0])
    if case.answers.keys() <= case.carried.keys():
        missing = [figure.id for figure in scene.scheme.figures if figure.id not in case.figures]
        unasked = [condition for condition in conditions(scene) if condition not in case.eligibility]
        if missing:
            return Place("organisation", missing[0])
        if unasked:
            return Place("eligibility", unasked[0])
    if still_open:
        return Place("scoring.question", still_open[0])
    return Place("grade") if case.submitted else Place("review")


def retell_computed(scene: Scene, before: Scorecard) -> None:
    """Say which computed indicators a changed figure moved, and the range that follows."""
    if not scene.case.answers:
        return
    for new in scene.card.lines:
        old = before.line_by_indicator.get(new.indicator, new)
        if new.earned != old.earned or new.answer != old.answer:
            scene.add_message(
                "saved.computed",
                "saved",
                where=formatting.titled(scene.text, new.indicator),
                old=formatting.points(old.earned),
                new=formatting.points(new.earned),
                range=score_range(scene),
            )


def settle(scene: Scene) -> bool:
    """Leave a question that is not asked any more, for the next one that is, or for the review; whether it was left.

    It may have gone with this turn, or with what a colleague did.
    """
    talk = scene.talk
    if not scene.has_case:
        return False
    if scene.is_gone(talk.place):
        titled = talk.cursor in scene.text.indicators
        where = formatting.titled(scene.text, talk.cursor) if titled else talk.cursor
        following = next_question(scene, talk.cursor)
        scene.add_message(
            "question.not_asked" if talk.cursor in scene.scheme.indicator_by_id else "question.gone",
            where=where,
        )
        open_place(scene, Place("scoring.question", following) if following else Place("review"), back=True)
        return True
    if scene.is_gone(talk.main):
        talk.main = where_to_go_on(scene)
    return False
