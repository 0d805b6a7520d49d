"""Moving a case to other overlays or to another version of its scheme, without losing an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.dossier import Case
from dialogs.model.records import (
    AnswerParked,
    AnswerRecorded,
    EvidenceRecorded,
    NoteRecorded,
    SchemeChanged,
    VersionDeclined,
)
from dialogs.model.values import Pin
from rubric import (
    OVERLAY_SEPARATOR,
    Answer,
    Library,
    MigratedAnswers,
    Renumbered,
    Scheme,
    Scorecard,
    VersionChange,
    convert_answer,
    migrate_answers,
    score,
    split_scheme_name,
)

PREVIOUS_PIN = "before"
"""The key of the pin that a case was moved from, to go back to."""


@dataclass(frozen=True, slots=True)
class MigrationPreview:
    """The case under another version: the answers that it keeps, and the indicators to be answered, in order."""

    scheme: Scheme
    answers: Mapping[str, Answer]
    to_answer: tuple[str, ...]
    origins: Mapping[str, tuple[str, ...]]
    old_scorecard: Scorecard
    new_scorecard: Scorecard

    @property
    def kept_count(self) -> int:
        """The number of answers that are kept."""
        return sum(key in self.answers for key in self.scheme.indicator_by_id)


def change_scheme(scene: Scene, scheme: str, version: str | None = None) -> None:
    """Assess the open case under `scheme` from now on, under its newest version unless one is named.

    The pin before it is recorded too, so that undo can restore it.
    """
    library, case = scene.library, scene.case
    found = library.scheme(scheme) if version is None else library.version(scheme, version)
    _record_pin(scene, case, Pin(found.id, found.version, library.checksum(found.id, found.version)))


def newer_version(library: Library, case: Case) -> str | None:
    """Return the newest version of the case's scheme, if it is later than the case's and the case is not submitted."""
    try:
        newest = library.newest(case.scheme)
    except LookupError:
        return None
    later = version_numbers(newest) > version_numbers(case.version)
    return newest if later and not case.submitted else None


def find_offered_version(scene: Scene) -> str | None:
    """Return the version to offer at this visit, unless it was declined."""
    version = newer_version(scene.library, scene.case) if scene.has_case else None
    return None if version is None or scene.case.declined.get("") == version else version


def find_previous_pin(scene: Scene) -> Pin | None:
    """Return the pin of an earlier version that the case can still return to."""
    case = scene.case if scene.has_case else None
    pin = case.pins.get(PREVIOUS_PIN) if case and not case.submitted else None
    if case is None or pin is None or version_numbers(pin.version) >= version_numbers(case.version):
        return None
    return pin if scene.library.can_load_pinned(Pin(case.scheme, pin.version, "")) else None


def preview_migration(library: Library, case: Case, version: str) -> MigrationPreview:
    """Return what moving the case to that version would change, without changing it."""
    old, new = library.pinned_scheme(case), library.version(case.scheme, version)
    forward = version_numbers(version) > version_numbers(case.version)
    found = _answers_forward(library, case, new) if forward else _answers_backward(library, case, new)
    fresh = {
        key for key in new.indicator_by_id if key not in old.indicator_by_id and key not in found.origins
    }
    asked = found.asked_again | {key for key in fresh if key not in found.answers}
    takes = [key for key, one in new.indicator_by_id.items() if one.requires is None]
    after = score(new, replace(case.answer_sheet(), answers=found.answers))
    return MigrationPreview(
        new,
        found.answers,
        tuple(key for key in takes if key in asked and key in after.line_by_indicator),
        found.origins,
        case.compute_scorecard(old),
        after,
    )


def change_version(scene: Scene, version: str) -> MigrationPreview:
    """Move the open case to that version. Return the preview, which is exactly what was done."""
    case = scene.case
    told = preview_migration(scene.library, case, version)
    _record_pin(scene, case, scene.case.pin, PREVIOUS_PIN)
    for key in told.scheme.indicator_by_id:
        standing, wanted = case.answers.get(key), told.answers.get(key)
        # an answer given again is parked even where it equals the one before, for a later move to that version
        was_asked_again = f"{_base_version(version)} {key}" in case.parked
        if standing is not None and (standing != wanted or was_asked_again):
            record_value(scene, AnswerParked, _parked_key(case, key), standing)
        if standing != wanted:
            record_value(scene, AnswerRecorded, key, wanted)
    for target, sources in told.origins.items():
        _copy_notes_and_evidence(scene, case, target, sources)
    change_scheme(scene, case.scheme, version)
    return told


def decline_version(scene: Scene, version: str) -> None:
    """Keep the version that the case has, and do not offer `version` again."""
    record_value(scene, VersionDeclined, "", version)


def _record_pin(scene: Scene, case: Case, pin: Pin, key: str = "") -> None:
    if not key and "" not in case.pins:
        record_value(scene, SchemeChanged, "", case.pin)
    record_value(scene, SchemeChanged, key, pin)


def _answers_forward(library: Library, case: Case, new: Scheme) -> MigratedAnswers:
    """Map the answers by the scheme's `changes`; open questions get the answer given under this version before."""
    types = {key: str(one.type) for key, one in new.indicator_by_id.items()}
    found = migrate_answers(
        _changes_between(library, case.scheme, case.version, new.version), types, case.answers
    )
    parked = _parked_answers(case, new)
    again = {key: parked[key] for key in types if key in parked and key not in found.answers}
    return replace(found, answers={**found.answers, **again}, asked_again=found.asked_again - again.keys())


def _parked_answers(case: Case, scheme: Scheme) -> dict[str, Answer]:
    """Return the parked answers of that version of the scheme, by indicator."""
    split = ((*key.partition(" "), answer) for key, answer in case.parked.items())
    return {
        indicator: answer
        for version, _, indicator, answer in split
        if version == _base_version(scheme.version) and indicator in scheme.indicator_by_id
    }


def _answers_backward(library: Library, case: Case, new: Scheme) -> MigratedAnswers:
    """Restore the parked answers; an indicator that was only renumbered keeps its answer."""
    answers = {key: answer for key, answer in case.answers.items() if key in new.indicator_by_id}
    for changes in reversed(_changes_between(library, case.scheme, new.version, case.version)):
        for change in changes:
            if isinstance(change, Renumbered) and _is_changed(library, case, change):
                answers[change.from_] = case.answers[change.to]
    answers |= _parked_answers(case, new)
    return MigratedAnswers({key: answer for key, answer in answers.items() if key in new.indicator_by_id})


def _is_changed(library: Library, case: Case, change: Renumbered) -> bool:
    """Return whether the answer under the later id was changed after the move."""
    old, now = case.answers.get(change.from_), case.answers.get(change.to)
    later = library.pinned_scheme(case).indicator_by_id.get(change.to)
    came = convert_answer(old, str(later.type)) if old is not None and later is not None else None
    return now is not None and now != came


def _changes_between(
    library: Library, scheme: str, after_version: str, last_version: str
) -> list[tuple[VersionChange, ...]]:
    """Return the `changes` of each version of the base scheme after `after_version`, up to `last_version`."""
    base, _ = split_scheme_name(scheme)
    first, last = (
        int(after_version.split(OVERLAY_SEPARATOR, maxsplit=1)[0]),
        int(last_version.split(OVERLAY_SEPARATOR, maxsplit=1)[0]),
    )
    between = sorted(int(each) for each in library.files.get(base, {}) if first < int(each) <= last)
    return [library.version(base, str(each)).changes for each in between]


def _copy_notes_and_evidence(scene: Scene, case: Case, target: str, sources: tuple[str, ...]) -> None:
    """Copy notes and evidence files to the indicators that replace theirs."""
    notes = [case.notes[source] for source in sources if source in case.notes and source != target]
    if notes and target not in case.notes:
        record_value(scene, NoteRecorded, target, "\n".join(notes))
    for file in case.evidence.values():
        if file.indicator in sources and file.indicator != target:
            key = f"{target}-{file.sha256[:12]}"
            record_value(scene, EvidenceRecorded, key, replace(file, indicator=target))


def _parked_key(case: Case, indicator: str) -> str:
    return f"{_base_version(case.version)} {indicator}"


def _base_version(version: str) -> str:
    """Return the version of the scheme without its overlays; `changes` belong to it."""
    return version.split(OVERLAY_SEPARATOR, maxsplit=1)[0]


def version_numbers(version: str) -> tuple[int, ...]:
    """Return `1+2+1` as numbers that can be compared."""
    return tuple(int(part) for part in version.split(OVERLAY_SEPARATOR))
