"""Answers and evidence carried over between the cases of one enterprise under different schemes.

Only open indicators are filled, and only carried values are changed or removed when their source changes. A
value is never carried back to the case that it comes from.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.dossier import Case
from dialogs.model.records import AnswerRecorded, EvidenceRecorded, FigureRecorded, OriginRecorded
from rubric import AnswerSheet, CarriedAnswer, Crosswalk, carry_answers, shared_evidence


def linked_cases(scene: Scene) -> list[Case]:
    """Return the cases that share answers with the open case, in the order of opening."""
    case, cases = scene.case, scene.dossier.cases.values()
    found = (one for one in cases if one.id in case.companion.values() or case.id in one.companion.values())
    return sorted(found, key=lambda one: one.opened_at)


def carry_over_answers(scene: Scene) -> int:
    """Carry over what the linked cases contain now. Return how many answers that set or changed.

    The contact did not enter these, so undo does not remove them.
    """
    number = sum(_carry_over_from(scene, origin) for origin in linked_cases(scene))
    scene.undo_entries = []
    return number


def find_answer_origin(scene: Scene, indicator: str) -> tuple[Case, list[str]] | None:
    """Return the case and its indicators that the answer was carried over from; None where the contact entered it."""
    source, _, indicators = scene.case.carried.get(indicator, "").partition(" ")
    found = scene.dossier.cases.get(source)
    return (found, indicators.split()) if found else None


def preview_carry_over(scene: Scene, scheme_id: str) -> Mapping[str, CarriedAnswer]:
    """Return the answers that a case under the newest version of that scheme would get from the open case."""
    walk = scene.library.crosswalks.find_between(scene.case.scheme, scheme_id)
    return (
        carry_answers(walk, scene.scheme, scene.library.scheme(scheme_id), scene.case.answer_sheet())
        if walk
        else {}
    )


def _carry_over_from(scene: Scene, origin: Case) -> int:
    walk = scene.library.crosswalks.find_between(origin.scheme, scene.case.scheme)
    if walk is None:
        return 0
    here = scene.library.pinned_scheme(origin)
    found = carry_answers(walk, here, scene.scheme, _sheet_without_carried(origin, scene.case.id))
    number = sum(
        _record_carried_answer(scene, origin, one, found.get(one)) for one in scene.scheme.indicator_by_id
    )
    for figure in scene.scheme.figures:
        if figure.id in origin.figures and figure.id not in scene.case.figures:
            record_value(scene, FigureRecorded, figure.id, origin.figures[figure.id])
    _carry_over_evidence(scene, origin, walk)
    return number


def _sheet_without_carried(origin: Case, case_id: str) -> AnswerSheet:
    """Return the answers of the case without those that were carried over from case `here`."""
    sheet = origin.answer_sheet()
    marks = origin.carried
    kept = {
        key: answer for key, answer in sheet.answers.items() if marks.get(key, "").split()[:1] != [case_id]
    }
    return replace(sheet, answers=kept)


def _record_carried_answer(scene: Scene, origin: Case, indicator: str, carried: CarriedAnswer | None) -> bool:
    """Record a carried answer, unless one was entered here or carried from another case. Return whether it changed."""
    mark, stands = scene.case.carried.get(indicator), indicator in scene.case.answers
    if (stands and mark is None) or (mark is not None and mark.split()[0] != origin.id):
        return False
    if carried is None:
        record_value(scene, AnswerRecorded, indicator, None)
        record_value(scene, OriginRecorded, indicator, None)
        return False
    changed = record_value(scene, AnswerRecorded, indicator, carried.answer)
    record_value(scene, OriginRecorded, indicator, " ".join((origin.id, *carried.origins)))
    return changed


def _carry_over_evidence(scene: Scene, origin: Case, crosswalk: Crosswalk) -> None:
    """Add the evidence files that support the carried answers. A file that was removed here is not added again."""
    here = scene.library.pinned_scheme(origin)
    wanted = {
        _evidence_key(key, target): (key, replace(origin.evidence[key], indicator=target))
        for target, origins in shared_evidence(crosswalk, here, scene.scheme).items()
        for one in origins
        for key in origin.evidence_for(one)
        if origin.carried.get(key, "").split()[:1] != [scene.case.id]
    }
    for reference, (key, file) in wanted.items():
        if reference not in scene.case.carried:
            record_value(scene, EvidenceRecorded, reference, file)
            record_value(scene, OriginRecorded, reference, f"{origin.id} {key}")
    for reference in [one for one in scene.case.evidence if one not in wanted]:
        if scene.case.carried.get(reference, "").split()[:1] == [origin.id]:
            record_value(scene, EvidenceRecorded, reference, None)
            record_value(scene, OriginRecorded, reference, None)


def _evidence_key(key: str, target: str) -> str:
    """Return the key of the other case's file as evidence for `target`; always the same."""
    return hashlib.sha256(f"{key} {target}".encode()).hexdigest()[:32]
