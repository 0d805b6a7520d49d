"""The rules for certification-body profiles and their texts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rubric.model.bodies import OPTIONAL_STAGES, STAGE_ORDER, BodyProfile, BodyText, merge_lifecycle
from rubric.model.fields import SchemePart, Source
from rubric.model.lifecycle import Lifecycle
from rubric.parsing.document import YamlDocument, YamlPath, YamlValue, read_document
from rubric.parsing.faults import FaultsFoundError
from rubric.parsing.recovery import WrongPaths, check_document
from rubric.parsing.validation import build_model, unknown_name_message
from rubric.parsing.violations import (
    Violations,
    duplicate_values,
    file_name_violations,
    folder_name_violations,
)
from rubric.rules.lifecycle import lifecycle_violations
from rubric.rules.text_ids import list_ids
from rubric.rules.texts import brace_violations, character_violations

_TEXT_SECTIONS = ("stages", "materials")
_DEPENDENT_CODES: Mapping[tuple[str, str], frozenset[str]] = {
    ("stages", "id"): frozenset({"stages"}),
    ("stages", "who"): frozenset({"limit"}),
    ("audit_days", "bands"): frozenset({"bands"}),
    ("audit_days", "up_to"): frozenset({"bands"}),
    ("materials", "trades"): frozenset({"missing"}),
    ("materials", "trades_source"): frozenset({"missing"}),
}


class _MergedLifecycle(SchemePart):
    """A life cycle under the key that a profile has for its changed figures."""

    lifecycle: Lifecycle


def check_body(
    document: YamlDocument, lifecycles: Iterable[Lifecycle], names: Sequence[str] | None = None
) -> BodyProfile:
    """Check the profile in a document at bodies/<id>.yaml. Raises FaultsFoundError.

    `names` are the schemes that exist, and `lifecycles` theirs: each must be valid with the figures of the profile.
    """
    schemes = list(lifecycles)

    def find(body: BodyProfile, _: WrongPaths) -> Violations:
        yield from file_name_violations("id", body.id, document.path)
        yield from _schemes(body, names)
        for check in (_stages, _bands, _duplicates, _trades):
            yield from check(body)
        yield from _lifecycles(document, schemes)

    return check_document(BodyProfile, document, find, _DEPENDENT_CODES)


def check_body_text(document: YamlDocument, profile: YamlValue | None) -> BodyText:
    """Check the texts in a document at bodies/<id>/text/<locale>.yaml. Raises FaultsFoundError.

    `profile` is the plain value of <id>.yaml, which need not be valid; None if unreadable.
    """

    def find(text: BodyText, _: WrongPaths) -> Violations:
        yield from folder_name_violations("body", text.body, document.path.resolve().parent.parent)
        yield from file_name_violations("locale", text.locale, document.path)
        yield from _keys(text, profile)
        yield from character_violations(text)
        yield from brace_violations(text)

    return check_document(BodyText, document, find, {})


def _stages(body: BodyProfile) -> Violations:
    """Check that the stages are complete and in order; the fault is at the first wrong one."""
    present = [stage.id for stage in body.stages]
    wanted = [stage for stage in STAGE_ORDER if stage not in OPTIONAL_STAGES or stage in present]
    if present != wanted:
        at = next(
            (n for n, pair in enumerate(zip(present, wanted, strict=False)) if pair[0] != pair[1]), None
        )
        where: YamlPath = ("stages",) if at is None else ("stages", at)
        optional = " and ".join(sorted(OPTIONAL_STAGES))
        order = ", ".join(STAGE_ORDER)
        yield where, "stages", f"allowed is each once, in this order: {order}; {optional} may be left out"
    for place, stage in enumerate(body.stages):
        if stage.limit_days is not None and stage.who != "enterprise":
            message = "a limit is for the enterprise, and here the body acts; leave it out"
            yield ("stages", place, "limit_days"), "limit", message


def _schemes(body: BodyProfile, known: Sequence[str] | None) -> Violations:
    for place, name in enumerate(body.schemes):
        if known is not None and name not in known:
            yield ("schemes", place), "unknown_scheme", unknown_name_message(name, list(known))


def _bands(body: BodyProfile) -> Violations:
    """Check that every headcount is in exactly one band."""
    last, before = len(body.audit_days.bands) - 1, 0
    for place, band in enumerate(body.audit_days.bands):
        where: YamlPath = ("audit_days", "bands", place)
        if place == last and band.up_to is not None:
            message = f"nothing is said of more than {band.up_to} staff; the last band has no 'up_to'"
            yield (*where, "up_to"), "bands", message
        elif place < last and band.up_to is None:
            yield where, "bands", "'up_to' is missing; only the last band goes on without an end"
        elif band.up_to is not None and band.up_to <= before:
            message = f"{band.up_to} overlaps the band before it; it must be more than {before}"
            yield (*where, "up_to"), "bands", message
        before = max(before, band.up_to or 0)


def _duplicates(body: BodyProfile) -> Violations:
    for place, name in duplicate_values(material.id for material in body.materials):
        message = f"'{name}' stands twice in 'materials'; every one needs an id of its own"
        yield ("materials", place, "id"), "twice", message
    for where, names in _id_lists(body):
        for place, name in duplicate_values(names):
            yield (*where, place), "twice", f"'{name}' stands twice; keep one"


def _trades(body: BodyProfile) -> Violations:
    for place, material in enumerate(body.materials):
        if material.trades and material.trades_source is None:
            message = (
                f"'trades_source' is missing; it must be {', '.join(Source)}: who says so of these trades"
            )
            yield ("materials", place, "trades"), "missing", message


def _id_lists(body: BodyProfile) -> Iterator[tuple[YamlPath, tuple[str, ...]]]:
    yield ("audit_modes",), body.audit_modes
    for place, material in enumerate(body.materials):
        yield ("materials", place, "for"), material.purposes
        yield ("materials", place, "trades"), material.trades
        yield ("materials", place, "indicators"), material.indicators


def _lifecycles(document: YamlDocument, lifecycles: Iterable[Lifecycle]) -> Violations:
    """Check each scheme's life cycle with the figures of the profile; faults are at the profile's lines."""
    figures = lifecycle_overrides(document.value)
    if not figures:
        return
    yield from missing_source_violations(figures)
    for lifecycle in lifecycles:
        value: YamlValue = {"lifecycle": merge_lifecycle(lifecycle, figures)}
        try:
            merged = build_model(_MergedLifecycle, YamlDocument(document.path, value, document.positions))
        except FaultsFoundError as error:
            yield from ((fault.where, fault.code, fault.message) for fault in error.faults)
        else:
            yield from lifecycle_violations(merged.lifecycle)


def lifecycle_overrides(value: YamlValue) -> Mapping[str, Mapping[str, Any]]:
    """Return the changed life-cycle figures that have the right form."""
    found = value.get("lifecycle") if isinstance(value, dict) else None
    parts = found.items() if isinstance(found, dict) else ()
    return {part: figures for part, figures in parts if isinstance(figures, dict)}


def missing_source_violations(figures: Mapping[str, Mapping[str, Any]]) -> Violations:
    """Check that changed figures have a source, which would else be the scheme's."""
    for part, changed in figures.items():
        field = Lifecycle.model_fields.get(part)
        known = getattr(field.annotation, "model_fields", {}) if field else {}
        marks = (
            f"{name}_source" if f"{name}_source" in known else "source"
            for name in _figure_names(changed, known)
        )
        for mark in dict.fromkeys(marks):
            if mark not in changed:
                message = (
                    f"'{mark}' is missing; it must be {', '.join(Source)}: say where these figures come from"
                )
                yield ("lifecycle", part), "missing", message


def _figure_names(changed: Iterable[str], known: Mapping[str, Any]) -> Iterator[str]:
    """Return the known keys that are figures, not sources."""
    return (name for name in changed if name in known and not name.endswith("source"))


def _keys(text: BodyText, profile: YamlValue | None) -> Violations:
    """Check that there are texts for every id of the profile and for no other."""
    for part in _TEXT_SECTIONS:
        wanted = list_ids(profile, part, "id")
        given = getattr(text, part)
        if wanted is None:
            continue
        for name in wanted:
            if name not in given:
                yield (part,), "missing_words", f"the words of '{name}' are missing"
        for name in given:
            if name not in wanted:
                yield (part, name), "unknown_key", unknown_name_message(name, wanted)


def load_body(path: Path, lifecycles: Iterable[Lifecycle]) -> BodyProfile:
    """Read the profile in a file. Raises FaultsFoundError."""
    return check_body(read_document(path), lifecycles)


def load_body_text(path: Path, body: BodyProfile) -> BodyText:
    """Read the texts in a file and check them against the profile. Raises FaultsFoundError."""
    return check_body_text(read_document(path), body.model_dump(mode="json"))
