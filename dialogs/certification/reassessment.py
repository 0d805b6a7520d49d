"""Reassessment before an audit: what is asked again, and what is copied from the last assessment."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from dialogs.assessment.cases import make_newest_pin, open_case
from dialogs.certification.certifications import FINAL_STAGES
from dialogs.certification.nonconformities import latest_case
from dialogs.flow.navigator import open_place
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.certification import effective_lifecycle
from dialogs.model.conversation import Place
from dialogs.model.dossier import Case
from dialogs.model.records import AnswerRecorded, EligibilityAnswered, EvidenceRecorded, NoteRecorded
from dialogs.model.values import Evidence
from rubric import Met, NotApplicable, Sampled, Scheme, add_months, base_scheme_id

ReassessmentReason = Literal["open", "not_met", "aged", "changed"]


def indicators_to_reassess(scene: Scene, case: Case) -> dict[str, ReassessmentReason]:
    """Return the indicators to be asked again with the reason, in the newest version's order.

    They are open or not fully met, have only old evidence, or changed in the scheme's newest version.
    """
    newest = newest_scheme(scene, case)
    before = scene.library.pinned_scheme(case).indicator_by_id
    aged = _indicators_with_old_evidence(scene, case)
    found: dict[str, ReassessmentReason] = {}
    for indicator in newest.indicators:
        answer = case.answers.get(indicator.id)
        if indicator.requires is not None:
            continue
        if before.get(indicator.id) != indicator:
            found[indicator.id] = "changed"
        elif answer is None:
            found[indicator.id] = "open"
        elif not _is_full(answer):
            found[indicator.id] = "not_met"
        elif indicator.id in aged:
            found[indicator.id] = "aged"
    return found


def newest_scheme(scene: Scene, case: Case) -> Scheme:
    """The newest version of the scheme that the case is under."""
    return scene.library.pinned_scheme(make_newest_pin(scene, case.scheme))


def _is_full(answer: object) -> bool:
    match answer:
        case Met() | NotApplicable():
            return True
        case Sampled(sampled, conforming):
            return sampled == conforming
    return False


def _indicators_with_old_evidence(scene: Scene, case: Case) -> set[str]:
    """Return the indicators whose evidence files are all too old."""
    came = _evidence_days(scene, case.organisation)
    months = effective_lifecycle(scene.library, scene.certification).reminders.evidence_months
    newest: dict[str, date] = {}
    for file in case.evidence.values():
        if file in came:
            newest[file.indicator] = max(newest.get(file.indicator, date.min), came[file])
    return {indicator for indicator, day in newest.items() if add_months(day, months) <= scene.today}


def _evidence_days(scene: Scene, organisation: str) -> dict[Evidence, date]:
    """Return the day on which each file was received; a copied file keeps its first day."""
    told = scene.dossier.reminder_log.evidence_times if scene.dossier.reminder_log else {}
    found: dict[Evidence, date] = {}
    for case in scene.dossier.cases.values():
        came = told.get(case.id, {}) if case.organisation == organisation else {}
        for key, file in case.evidence.items():
            if key in came:
                found[file] = min(found.get(file, date.max), came[key].date())
    return found


def begin_reassessment(scene: Scene) -> None:
    """Open an assessment under the newest version, with only the indicators to be asked again open."""
    old = latest_case(scene)
    assert old is not None
    again = indicators_to_reassess(scene, old)
    certification = scene.certification.id
    scene.talk.organisation, scene.talk.case = old.organisation, old.id
    open_case(scene, old.scheme)
    scene.talk.draft["certification"] = certification
    _copy_unchanged(scene, old, again)
    scene.add_message("refresh.begun", "saved", number=len(again), carried=len(scene.case.answers))
    first = next((one for one in scene.scheme.indicator_by_id if one in again), None)
    if first is None:
        open_place(scene, Place("review"), back=True)
        return
    scene.talk.draft["walk"] = "open"
    open_place(scene, Place("scoring.question", first), back=True)


def _copy_unchanged(scene: Scene, old_case: Case, to_reassess: Mapping[str, ReassessmentReason]) -> None:
    """Copy the other answers. The contact did not enter them now, so undo does not remove them."""
    for condition in scene.scheme.eligibility:
        if condition.id in old_case.eligibility:
            record_value(scene, EligibilityAnswered, condition.id, old_case.eligibility[condition.id])
    kept = [one for one in old_case.answers if one in scene.scheme.indicator_by_id and one not in to_reassess]
    for indicator in kept:
        record_value(scene, AnswerRecorded, indicator, old_case.answers[indicator])
        if indicator in old_case.notes:
            record_value(scene, NoteRecorded, indicator, old_case.notes[indicator])
    for key, file in old_case.evidence.items():
        if file.indicator in kept:
            record_value(scene, EvidenceRecorded, key, file)
    scene.undo_entries = []


def find_endangered_grade(scene: Scene) -> str | None:
    """Return the certificate's grade if the present assessment does not reach it, else None."""
    order = [band.grade for band in scene.scheme.grades]
    about = scene.case.organisation, base_scheme_id(scene.case.scheme)
    for one in scene.dossier.certifications.values():
        certified = one.certificate.get("grade")
        if (
            (one.organisation, base_scheme_id(one.scheme)) == about
            and one.is_certified
            and one.current_stage not in FINAL_STAGES
            and certified in order
        ):
            now = scene.scorecard.grade
            if now not in order or order.index(now) < order.index(certified):
                return certified
    return None
