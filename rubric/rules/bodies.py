"""What a certification body's profile and its words must mean beyond their form."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rubric.model.bodies import OPTIONAL_STAGES, STAGE_ORDER, Body, BodyText, laid_over
from rubric.model.fields import SchemePart, Source
from rubric.model.lifecycle import Lifecycle
from rubric.parsing.document import Document, Value, Where, read_document
from rubric.parsing.faults import FaultsFoundError
from rubric.parsing.recovery import Wrong, checked
from rubric.parsing.validation import build, unknown
from rubric.parsing.violations import Findings, duplicate_values, named_as_file, named_as_folder
from rubric.rules.lifecycle import lifecycle_faults
from rubric.rules.text_ids import ids_in
from rubric.rules.texts import unseen_characters, without_braces

_WORDED = ("stages", "materials")
_HANGING: Mapping[tuple[str, str], frozenset[str]] = {
    ("stages", "id"): frozenset({"stages"}),
    ("stages", "who"): frozenset({"limit"}),
    ("audit_days", "bands"): frozenset({"bands"}),
    ("audit_days", "up_to"): frozenset({"bands"}),
    ("materials", "trades"): frozenset({"missing"}),
    ("materials", "trades_source"): frozenset({"missing"}),
}


class _Merged(SchemePart):
    """A life cycle at the place where a profile has what differs."""

    lifecycle: Lifecycle


def check_body(
    document: Document, lifecycles: Iterable[Lifecycle], names: Sequence[str] | None = None
) -> Body:
    """The profile in a document at bodies/<id>.yaml, held to the `names` of schemes there are. Raises FaultsFoundError.

    `lifecycles` are those of the schemes that are there: with the figures of none may it become wrong.
    """
    schemes = list(lifecycles)

    def find(body: Body, _: Wrong) -> Findings:
        yield from named_as_file("id", body.id, document.path)
        yield from _schemes(body, names)
        for check in (_stages, _bands, _twice, _trades):
            yield from check(body)
        yield from _lifecycles(document, schemes)

    return checked(Body, document, find, _HANGING)


def check_body_text(document: Document, profile: Value | None) -> BodyText:
    """The words in a document at bodies/<id>/text/<locale>.yaml. Raises FaultsFoundError.

    `profile` is the plain value of <id>.yaml, so that one wrong number in it hides nothing here; None if unreadable.
    """

    def find(text: BodyText, _: Wrong) -> Findings:
        yield from named_as_folder("body", text.body, document.path.resolve().parent.parent)
        yield from named_as_file("locale", text.locale, document.path)
        yield from _keys(text, profile)
        yield from unseen_characters(text)
        yield from without_braces(text)

    return checked(BodyText, document, find, {})


def _stages(body: Body) -> Findings:
    """A stage that is missing or stands in the wrong place is told at the first one that is not as it should be."""
    present = [stage.id for stage in body.stages]
    wanted = [stage for stage in STAGE_ORDER if stage not in OPTIONAL_STAGES or stage in present]
    if present != wanted:
        at = next(
            (n for n, pair in enumerate(zip(present, wanted, strict=False)) if pair[0] != pair[1]), None
        )
        where: Where = ("stages",) if at is None else ("stages", at)
        optional = " and ".join(sorted(OPTIONAL_STAGES))
        order = ", ".join(STAGE_ORDER)
        yield where, "stages", f"allowed is each once, in this order: {order}; {optional} may be left out"
    for place, stage in enumerate(body.stages):
        if stage.limit_days is not None and stage.who != "enterprise":
            message = "a limit is for the enterprise, and here the body acts; leave it out"
            yield ("stages", place, "limit_days"), "limit", message


def _schemes(body: Body, known: Sequence[str] | None) -> Findings:
    for place, name in enumerate(body.schemes):
        if known is not None and name not in known:
            yield ("schemes", place), "unknown_scheme", unknown(name, list(known))


def _bands(body: Body) -> Findings:
    """Every headcount lies in exactly one band."""
    last, before = len(body.audit_days.bands) - 1, 0
    for place, band in enumerate(body.audit_days.bands):
        where: Where = ("audit_days", "bands", place)
        if place == last and band.up_to is not None:
            message = f"nothing is said of more than {band.up_to} staff; the last band has no 'up_to'"
            yield (*where, "up_to"), "bands", message
        elif place < last and band.up_to is None:
            yield where, "bands", "'up_to' is missing; only the last band goes on without an end"
        elif band.up_to is not None and band.up_to <= before:
            message = f"{band.up_to} overlaps the band before it; it must be more than {before}"
            yield (*where, "up_to"), "bands", message
        before = max(before, band.up_to or 0)


def _twice(body: Body) -> Findings:
    for place, name in duplicate_values(material.id for material in body.materials):
        message = f"'{name}' stands twice in 'materials'; every one needs an id of its own"
        yield ("materials", place, "id"), "twice", message
    for where, names in _lists(body):
        for place, name in duplicate_values(names):
            yield (*where, place), "twice", f"'{name}' stands twice; keep one"


def _trades(body: Body) -> Findings:
    for place, material in enumerate(body.materials):
        if material.trades and material.trades_source is None:
            message = (
                f"'trades_source' is missing; it must be {', '.join(Source)}: who says so of these trades"
            )
            yield ("materials", place, "trades"), "missing", message


def _lists(body: Body) -> Iterator[tuple[Where, tuple[str, ...]]]:
    yield ("audit_modes",), body.audit_modes
    for place, material in enumerate(body.materials):
        yield ("materials", place, "for"), material.purposes
        yield ("materials", place, "trades"), material.trades
        yield ("materials", place, "indicators"), material.indicators


def _lifecycles(document: Document, lifecycles: Iterable[Lifecycle]) -> Findings:
    """What the figures that differ would make of the schemes' life cycles, each at the profile's own line."""
    figures = overrides(document.value)
    if not figures:
        return
    yield from unmarked(figures)
    for lifecycle in lifecycles:
        value: Value = {"lifecycle": laid_over(lifecycle, figures)}
        try:
            merged = build(_Merged, Document(document.path, value, document.places))
        except FaultsFoundError as error:
            yield from ((fault.where, fault.code, fault.message) for fault in error.faults)
        else:
            yield from lifecycle_faults(merged.lifecycle)


def overrides(value: Value) -> Mapping[str, Mapping[str, Any]]:
    """The figures that differ, as far as they have the right form."""
    found = value.get("lifecycle") if isinstance(value, dict) else None
    parts = found.items() if isinstance(found, dict) else ()
    return {part: figures for part, figures in parts if isinstance(figures, dict)}


def unmarked(figures: Mapping[str, Mapping[str, Any]]) -> Findings:
    """Figures that differ and do not say whose they are would be shown with the scheme's source."""
    for part, changed in figures.items():
        field = Lifecycle.model_fields.get(part)
        known = getattr(field.annotation, "model_fields", {}) if field else {}
        marks = (
            f"{name}_source" if f"{name}_source" in known else "source" for name in _plain(changed, known)
        )
        for mark in dict.fromkeys(marks):
            if mark not in changed:
                message = (
                    f"'{mark}' is missing; it must be {', '.join(Source)}: say where these figures come from"
                )
                yield ("lifecycle", part), "missing", message


def _plain(changed: Iterable[str], known: Mapping[str, Any]) -> Iterator[str]:
    """The figures among the keys: not their sources, and not what is unknown."""
    return (name for name in changed if name in known and not name.endswith("source"))


def _keys(text: BodyText, profile: Value | None) -> Findings:
    """Words for all that the profile has, and for nothing else; what cannot be made out is not compared."""
    for part in _WORDED:
        wanted = ids_in(profile, part, "id")
        given = getattr(text, part)
        if wanted is None:
            continue
        for name in wanted:
            if name not in given:
                yield (part,), "missing_words", f"the words of '{name}' are missing"
        for name in given:
            if name not in wanted:
                yield (part, name), "unknown_key", unknown(name, wanted)


def load_body(path: Path, lifecycles: Iterable[Lifecycle]) -> Body:
    """The profile in a file. Raises FaultsFoundError."""
    return check_body(read_document(path), lifecycles)


def load_body_text(path: Path, body: Body) -> BodyText:
    """The words in a text file, checked against the profile. Raises FaultsFoundError."""
    return check_body_text(read_document(path), body.model_dump(mode="json"))
