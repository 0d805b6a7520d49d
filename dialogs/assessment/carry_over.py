"""What an assessment takes over from its companions: those of the same enterprise under other schemes.

Only what nobody answered by hand is taken over, and only it is changed or taken back when the other one changes.
What came from here in the first place never comes back.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.dossier import Case
from dialogs.model.records import AnswerRecorded, EvidenceRecorded, FigureRecorded, OriginRecorded
from rubric.model.answers import AnswerSheet
from rubric.scoring.crosswalk import CarriedAnswer, Crosswalk, carry_answers, shared_evidence


def linked_cases(scene: Scene) -> list[Case]:
    """The assessments that the one being worked on shares answers with, in the order of their opening."""
    case, cases = scene.case, scene.dossier.cases.values()
    found = (one for one in cases if one.id in case.companion.values() or case.id in one.companion.values())
    return sorted(found, key=lambda one: one.opened_at)


def carry_over_answers(scene: Scene) -> int:
    """Take over what the companions know by now; how many answers that gave or changed.

    Nobody said these now, so that undo leaves them alone.
    """
    number = sum(_carry_over_from(scene, origin) for origin in linked_cases(scene))
    scene.undo_entries = []
    return number


def find_answer_origin(scene: Scene, indicator: str) -> tuple[Case, list[str]] | None:
    """The case and its indicators that the answer was carried over from; None where it was given by hand."""
    source, _, indicators = scene.case.carried.get(indicator, "").partition(" ")
    found = scene.dossier.cases.get(source)
    return (found, indicators.split()) if found else None


def preview_carry_over(scene: Scene, scheme_id: str) -> Mapping[str, CarriedAnswer]:
    """What a companion under the newest version of that scheme would be given from the case being worked on."""
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
    here = scene.library.version(origin.scheme, origin.version)
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
    """Its answers without those that it was given from here."""
    sheet = origin.answer_sheet()
    marks = origin.carried
    kept = {
        key: answer for key, answer in sheet.answers.items() if marks.get(key, "").split()[:1] != [case_id]
    }
    return replace(sheet, answers=kept)


def _record_carried_answer(scene: Scene, origin: Case, indicator: str, carried: CarriedAnswer | None) -> bool:
    """Let what is carried stand, unless it was answered by hand or comes from elsewhere; whether that changed it."""
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
    """Let files bear out here too what they bear out there. One that was removed here by hand stays away."""
    here = scene.library.version(origin.scheme, origin.version)
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
    """The key under which a file of the other case bears out `target`: the same every time."""
    return hashlib.sha256(f"{key} {target}".encode()).hexdigest()[:32]
