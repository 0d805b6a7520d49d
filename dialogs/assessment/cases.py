"""Opening, entering and continuing a case, and the effect of a changed figure on it."""

from collections.abc import Mapping

from dialogs.assessment.carry_over import carry_over_answers
from dialogs.flow.case_text import score_range
from dialogs.flow.navigator import open_place, switch_case
from dialogs.flow.order import blocking_conditions, condition_ids
from dialogs.flow.recorder import apply_event, record_value
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.conversation import Place
from dialogs.model.dossier import list_records
from dialogs.model.events import CaseOpened
from dialogs.model.records import FigureRecorded
from dialogs.model.values import Pin
from rubric import Scorecard

NEW_CASE = "again"
"""The cursor of the step that chooses a scheme, where it is for a new case of an enterprise that has one."""


def open_case(scene: Scene, scheme_name: str) -> None:
    """Begin a case of the organisation being worked on, pinned to the scheme's newest version.

    The case worked on before is kept, and its figures are taken over.
    """
    pin = make_newest_pin(scene, scheme_name)
    case, organisation = scene.dossier.new_ids[1], scene.organisation.id
    apply_event(scene, CaseOpened(case, organisation, pin.scheme, pin.version, pin.checksum, scene.now))
    if scene.has_case:
        known = scene.case.figures
        switch_case(scene, organisation, case)
        _copy_figures(scene, known)
    else:
        scene.talk.case = case


def make_newest_pin(scene: Scene, scheme_name: str) -> Pin:
    """Return the pin of the scheme's newest version; where its files are gone, the newest pin of a case."""
    library = scene.library
    try:
        scheme = library.scheme(scheme_name)
    except LookupError:
        begun = [one for one in list_records(scene.dossier) if one.scheme == scheme_name]
        if not begun:
            raise
        last = max(begun, key=lambda one: one.opened_at)
        return Pin(last.scheme, last.version, last.checksum)
    return Pin(scheme.id, scheme.version, library.checksum(scheme.id, scheme.version))


def _copy_figures(scene: Scene, figures: Mapping[str, int]) -> None:
    """Copy the figures of the case before. The contact did not enter them now, so undo does not remove them."""
    for figure in scene.scheme.figures:
        if figure.id in figures:
            record_value(scene, FigureRecorded, figure.id, figures[figure.id])
    scene.undo_entries = []


def begin_new_case(scene: Scene) -> None:
    """Begin a new case of the same organisation; where there are several schemes, ask for one first."""
    schemes = scene.library.offered_names()
    if len(schemes) > 1:
        open_place(scene, Place("scheme", NEW_CASE))
        return
    open_case(scene, scene.case.scheme if scene.has_case else schemes[0])
    scene.add_message("case.new", "saved")
    figures = scene.scheme.figures
    open_place(scene, Place("organisation", figures[0].id if figures else "name"), back=True)


def list_case_ids(scene: Scene, organisation: str) -> list[str]:
    """Return the ids of the organisation's cases, oldest first."""
    found = [case for case in scene.dossier.cases.values() if case.organisation == organisation]
    return [case.id for case in sorted(found, key=lambda case: case.opened_at)]


def enter_case(scene: Scene, case: str) -> None:
    """Open the case at the first place that still needs an answer."""
    switch_case(scene, scene.dossier.cases[case].organisation, case)
    number = carry_over_answers(scene)
    if number:
        scene.add_message("companions.brought", "saved", number=number)
    continue_case(scene)


def continue_case(scene: Scene) -> None:
    """Go to the first place that still needs an answer; with carried answers, ask only what is open."""
    if scene.case.companion or scene.case.carried:
        scene.talk.draft["rest"] = "asked"
    open_place(scene, next_place(scene), back=True)


def enter_organisation(scene: Scene, organisation: str) -> None:
    """Open the organisation's newest case."""
    cases = list_case_ids(scene, organisation)
    if cases:
        enter_case(scene, cases[-1])
    else:
        switch_case(scene, organisation, None)
        open_place(scene, Place("scheme"), back=True)


def next_place(scene: Scene) -> Place:
    """Return the first place that still needs an answer."""
    if not scene.has("case"):
        return _before_the_case(scene)
    case, still_open = scene.case, scene.scorecard.unanswered
    if not case.rehearsal and blocking_conditions(scene):
        return Place("ineligible", blocking_conditions(scene)[0])
    if case.answers.keys() <= case.carried.keys():
        missing = [figure.id for figure in scene.scheme.figures if figure.id not in case.figures]
        unasked = [condition for condition in condition_ids(scene) if condition not in case.eligibility]
        if missing:
            return Place("organisation", missing[0])
        if unasked:
            return Place("eligibility", unasked[0])
    if still_open:
        return Place("scoring.question", still_open[0])
    return Place("grade") if case.submitted else Place("review")


def _before_the_case(scene: Scene) -> Place:
    if scene.has("organisation"):
        return Place("scheme")
    return Place("agreement") if scene.talk.agreed_at is None else Place("organisation", "name")


def report_computed_changes(scene: Scene, before: Scorecard) -> None:
    """Report the computed indicators that a changed figure moved, and the new score range."""
    if not scene.case.answers:
        return
    for new in scene.scorecard.lines:
        old = before.line_by_indicator.get(new.indicator, new)
        if new.earned != old.earned or new.answer != old.answer:
            scene.add_message(
                "saved.computed",
                "saved",
                where=formatting.format_indicator(scene.text, new.indicator),
                old=formatting.format_points(old.earned),
                new=formatting.format_points(new.earned),
                range=score_range(scene),
            )
