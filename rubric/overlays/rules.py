"""The rules for overlays and for schemes composed with them; each fault is placed where an author can fix it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rubric.model.fields import Source
from rubric.model.lifecycle import Lifecycle
from rubric.model.scheme import OVERLAY_SEPARATOR, ComposedScheme, Scheme
from rubric.overlays.compose import ComposedDocument, compose
from rubric.overlays.model import Overlay
from rubric.parsing.document import YamlDocument, YamlPath, read_document
from rubric.parsing.expectations import describe_allowed
from rubric.parsing.faults import Fault, FaultsFoundError, limit_faults, quote_short
from rubric.parsing.recovery import WrongPaths, check_document
from rubric.parsing.validation import build_model, unknown_name_message
from rubric.parsing.violations import (
    Violations,
    duplicate_values,
    file_name_violations,
    folder_name_violations,
)
from rubric.rules.bodies import lifecycle_overrides, missing_source_violations
from rubric.rules.scheme import DEPENDENT_CODES, scheme_violations


def check_overlay(document: YamlDocument, base: Scheme | None) -> Overlay:
    """Check the overlay in overlays/<id>/<version>.yaml against its base scheme. Raises FaultsFoundError.

    `base` is None where there is no scheme of that id.
    """

    def find(overlay: Overlay, _: WrongPaths) -> Violations:
        return _overlay_violations(overlay, document, base)

    return check_document(Overlay, document, find, {})


def _overlay_violations(overlay: Overlay, document: YamlDocument, base: Scheme | None) -> Violations:
    yield from folder_name_violations("id", overlay.id, document.path.resolve().parent)
    yield from file_name_violations("version", overlay.version, document.path)
    yield from _added_id_violations(overlay)
    yield from _lifecycle(document)
    if base is not None:
        yield from _unknown_id_violations(overlay, base)


def check_composed(base: YamlDocument, overlays: Sequence[YamlDocument]) -> Scheme:
    """Return the scheme in `base` with the overlays applied. Raises FaultsFoundError with faults of the overlays."""
    read = _check_each(base, overlays)
    scheme = _check_whole(base, overlays)
    return ComposedScheme.model_validate(
        {
            **scheme.model_dump(mode="json"),
            "id": OVERLAY_SEPARATOR.join([scheme.id, *(each.id for each in read)]),
            "version": OVERLAY_SEPARATOR.join([scheme.version, *(each.version for each in read)]),
            "replaced": frozenset[str]().union(*(each.replaced_ids for each in read)),
        }
    )


def _check_whole(base: YamlDocument, overlays: Sequence[YamlDocument]) -> Scheme:
    """Check the composed scheme. Raises FaultsFoundError, with faults in the overlays' files."""
    whole = compose(base, overlays)
    try:
        return check_document(Scheme, whole, scheme_violations, DEPENDENT_CODES)
    except FaultsFoundError as error:
        raise FaultsFoundError(_assign_to_overlays(whole, error.faults, overlays)) from error


def _check_each(base: YamlDocument, overlays: Sequence[YamlDocument]) -> list[Overlay]:
    """Return the overlays by id, checked against the scheme. Raises FaultsFoundError with the faults of all."""
    scheme = build_model(Scheme, base)
    found: list[Overlay] = []
    faults: list[Fault] = []
    for document in overlays:
        try:
            found.append(check_overlay(document, scheme))
        except FaultsFoundError as error:
            faults += limit_faults([*error.faults, *_faults_of_whole(document, base, error.faults)])
    if faults:
        raise FaultsFoundError.of_files(faults)
    return sorted(found, key=lambda each: each.id)


def _faults_of_whole(document: YamlDocument, base: YamlDocument, own: Sequence[Fault]) -> Iterator[Fault]:
    """(goes with recovery)"""
    silent = {code for fault in own if fault.code == "unknown_key" for code in _uncertain_codes(fault.where)}
    try:
        _check_whole(base, [document])
    except FaultsFoundError as error:
        for fault in error.faults:
            again = fault.code in _FORM_CODES and any(_overlap(fault.where, each.where) for each in own)
            if fault.code not in silent and not again:
                yield fault


_FORM_CODES = frozenset({"value", "missing", "unknown_key"})
_DEPENDENT_CODES: Mapping[str | int, frozenset[str]] = {
    "groups": frozenset({"sum"}),
    "indicators": frozenset({"sum", "condition", "gate"}),
    "grades": frozenset({"grades_order"}),
}
"""The codes of faults that a change of such a part may cause or fix."""


def _uncertain_codes(where: YamlPath) -> frozenset[str]:
    """Return the codes that are uncertain where a change names an unknown id."""
    section_part_and_id = 3
    if where[:1] != ("change",) or len(where) != section_part_and_id:
        return frozenset()
    return _DEPENDENT_CODES.get(where[1], frozenset())


def _overlap(one: YamlPath, other: YamlPath) -> bool:
    """(goes with recovery)"""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def _assign_to_overlays(
    whole: ComposedDocument, faults: Iterable[Fault], overlays: Sequence[YamlDocument]
) -> list[Fault]:
    """Move each fault that is at the scheme's file to the last overlay, which caused it."""
    last = max(overlays, key=lambda each: str(each.path))
    return [
        _as_overlay_fault(last, whole.base, fault) if fault.path == whole.base.path else fault
        for fault in faults
    ]


def _as_overlay_fault(overlay: YamlDocument, base: YamlDocument, fault: Fault) -> Fault:
    part = "lifecycle" if fault.where[:1] == ("lifecycle",) else "change"
    return overlay.fault_at((part,), fault.code, f"over {base.path.parent.name}: {fault.message}")


def _added_id_violations(overlay: Overlay) -> Violations:
    """Check that added ids begin with the overlay's id, so that no other overlay or version can use them."""
    wanted = re.compile(re.escape(overlay.id) + r"\.[1-9][0-9]*")
    for part, ids in _added_ids(overlay).items():
        for place, name in enumerate(ids):
            if not wanted.fullmatch(name):
                message = (
                    f"'{name}' is added here, so its id must be {overlay.id}.1, {overlay.id}.2 and so on"
                )
                yield ("add", part, place, "id"), "added_id", message
        for place, name in duplicate_values(ids):
            yield ("add", part, place, "id"), "twice", f"'{name}' stands twice in '{part}'; keep one"


def _added_ids(overlay: Overlay) -> dict[str, list[str]]:
    return {
        "eligibility": [each.id for each in overlay.add.eligibility],
        "indicators": [each.id for each in overlay.add.indicators],
    }


def _lifecycle(document: YamlDocument) -> Violations:
    """Check sources of figures in each overlay, since the composed scheme does not keep them."""
    figures = lifecycle_overrides(document.value)
    yield from missing_source_violations(figures)
    for part, changed in figures.items():
        source = changed.get("source", Source.BODY)
        if source not in list(Source):
            here = quote_short(source) if isinstance(source, str) else "no text"
            message = f"'source' must be {describe_allowed(Lifecycle, (part, 'source'))}; here: {here}"
            yield ("lifecycle", part, "source"), "value", message


def _unknown_id_violations(overlay: Overlay, base: Scheme) -> Violations:
    """Check that changed ids exist and that the points of top-level groups stay."""
    for part, known in _ids_by_section(base).items():
        for name in getattr(overlay.change, part):
            where: YamlPath = ("change", part, name)
            if name not in known:
                yield where, "unknown_key", unknown_name_message(name, known)
            elif part == "groups" and base.group_by_id[name].parent is None:
                message = f"'{name}' is at the top of {base.id}, and its points stay"
                yield where, "total", message
    yield from _settings(overlay, base)


def _ids_by_section(base: Scheme) -> dict[str, list[str]]:
    return {
        "groups": [group.id for group in base.groups],
        "indicators": [indicator.id for indicator in base.indicators],
        "eligibility": [question.id for question in base.eligibility],
        "grades": [band.grade for band in base.grades],
    }


def _settings(overlay: Overlay, base: Scheme) -> Iterator[tuple[YamlPath, str, str]]:
    """Check that only existing settings are changed, since texts name each setting."""
    settings = {question.id: list(question.settings) for question in base.eligibility}
    for name, change in overlay.change.eligibility.items():
        for setting in change.settings:
            if name in settings and setting not in settings[name]:
                where: YamlPath = ("change", "eligibility", name, "settings", setting)
                yield where, "unknown_key", unknown_name_message(setting, settings[name])


def load_overlay(path: Path) -> Overlay:
    """Read the overlay in a file without its scheme. Raises FaultsFoundError."""
    return check_overlay(read_document(path), None)
