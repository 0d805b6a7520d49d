"""Certification-body profiles: which stages, times, fees and papers a body has. `schemes/README.md` has the format."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from rubric.document import Document, read_document
from rubric.faults import Fault, FaultsFoundError
from rubric.parts import Count, Identifier, Number, Part, Source
from rubric.periods import Lifecycle
from rubric.texts import Locale, Sentence, Short
from rubric.validate import build, unknown

StageId = Literal[
    "application", "contract", "document_review", "audit", "corrective_actions", "decision", "certificate"
]
OPTIONAL_STAGES = frozenset({"contract", "document_review"})
STAGE_ORDER: tuple[StageId, ...] = (
    "application",
    "contract",
    "document_review",
    "audit",
    "corrective_actions",
    "decision",
    "certificate",
)
Purpose = Literal["application", "surveillance", "remote"]
Person = Literal["enterprise", "body"]


class Span(Part):
    """From so many to so many working days."""

    at_least: Count
    at_most: Count

    @model_validator(mode="after")
    def _in_order(self) -> "Span":
        if self.at_least > self.at_most:
            raise ValueError("'at_least' is more than 'at_most'")
        return self


class Stage(Part):
    """A stage that the body has: who acts, its usual length, and within how many days the enterprise must be done."""

    id: StageId
    who: Person
    working_days: Span | None = None
    limit_days: Annotated[int, Field(ge=1, le=1000)] | None = None
    source: Source


class StaffBand(Part):
    """Person-days of an audit for a headcount of up to `up_to`; the last band has no end."""

    up_to: Annotated[int, Field(ge=1, le=100_000_000)] | None = None
    days: Number


class AuditDays(Part):
    """Person-days by headcount, and `per_outlet` more for each outlet that is drawn: the root of all, rounded up."""

    bands: Annotated[tuple[StaffBand, ...], Field(min_length=1)]
    per_outlet: Number
    source: Source

    @model_validator(mode="after")
    def _rising(self) -> "AuditDays":
        ends = [band.up_to for band in self.bands]
        known = [end for end in ends[:-1] if end is not None]
        if ends[-1] is not None or len(known) != len(ends) - 1 or sorted(set(known)) != known:
            raise ValueError("each band ends above the one before, and the last one has no 'up_to'")
        return self


class Fees(Part):
    """In CNY: what an audit costs at the least, and what each person-day adds, from one figure to the other."""

    at_least: Annotated[int, Field(ge=0, le=10_000_000)]
    at_least_source: Source
    per_day: tuple[Annotated[int, Field(ge=0, le=1_000_000)], Annotated[int, Field(ge=0, le=1_000_000)]]
    per_day_source: Source


class Duration(Part):
    """How many months the whole way usually takes."""

    at_least: Annotated[int, Field(ge=0, le=60)]
    at_most: Annotated[int, Field(ge=1, le=60)]
    source: Source


class Material(Part):
    """A paper that is asked for: `for` what, of which `trades` only, and whether it has an end date."""

    id: Identifier
    purposes: Annotated[tuple[Purpose, ...], Field(min_length=1, alias="for")]
    trades: tuple[Identifier, ...] = ()
    expires: bool = False
    indicators: tuple[Identifier, ...] = ()
    source: Source


class Body(Part):
    """One body's profile. `lifecycle` holds the figures of a scheme's life cycle that differ with this body."""

    id: Identifier
    lifecycle: dict[str, dict[str, Any]] = Field(default_factory=dict)
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    audit_modes: Annotated[tuple[Literal["on_site", "remote"], ...], Field(min_length=1)]
    audit_days: AuditDays
    fees: Fees
    duration: Duration
    materials: tuple[Material, ...]

    @cached_property
    def stage_by_id(self) -> Mapping[str, Stage]:
        return {stage.id: stage for stage in self.stages}

    def lifecycle_of(self, lifecycle: Lifecycle) -> Lifecycle:
        """The scheme's figures, and over them this body's."""
        return Lifecycle.model_validate(_over(lifecycle.model_dump(mode="json"), self.lifecycle))


class StageText(Part):
    title: Short
    what: Sentence


class MaterialText(Part):
    """`shows` says what the paper must show."""

    title: Short
    shows: Sentence


class BodyText(Part):
    """All words of one profile in one locale."""

    body: Identifier
    locale: Locale
    source: Source
    title: Short
    refused_if: tuple[Sentence, ...]
    stages: dict[Identifier, StageText]
    materials: dict[Identifier, MaterialText]


def load_body(path: Path, lifecycle: Lifecycle) -> Body:
    """The profile in a file; `lifecycle` is any scheme's, to check its figures with. Raises FaultsFoundError."""
    document = read_document(path)
    body = build(Body, document)
    _refuse([*_misplaced(body, document), *_twice(body, document), *_lifecycle(body, document, lifecycle)])
    return body


def load_body_text(path: Path, body: Body) -> BodyText:
    """The words in <id>/text/<locale>.yaml, checked against the profile. Raises FaultsFoundError."""
    document = read_document(path)
    text = build(BodyText, document)
    _refuse([*_wrong_place(text, document, body), *_wordless(text, document, body)])
    return text


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise FaultsFoundError(faults)


def _misplaced(body: Body, document: Document) -> Iterator[Fault]:
    if body.id != document.path.stem:
        message = f"'{body.id}' lies in {document.path.name}; the two must be the same"
        yield document.fault(("id",), "place", message)


def _twice(body: Body, document: Document) -> Iterator[Fault]:
    present = [stage.id for stage in body.stages]
    wanted = [stage for stage in STAGE_ORDER if stage not in OPTIONAL_STAGES or stage in present]
    if present != wanted:
        message = f"the stages must be, in this order: {', '.join(wanted)}"
        yield document.fault(("stages",), "stages", message)
    seen: set[str] = set()
    for place, material in enumerate(body.materials):
        if material.id in seen:
            message = f"'{material.id}' stands twice; give each its own"
            yield document.fault(("materials", place, "id"), "twice", message)
        seen.add(material.id)


def _lifecycle(body: Body, document: Document, lifecycle: Lifecycle) -> Iterator[Fault]:
    """What the figures that differ would make of a scheme's life cycle, each fault at the profile's own line."""
    known = lifecycle.model_dump(mode="json")
    for part, figures in body.lifecycle.items():
        if part not in known:
            yield document.fault(("lifecycle", part), "unknown_key", unknown(part, list(known)))
            continue
        for name in figures:
            if name not in known[part]:
                message = unknown(name, list(known[part]))
                yield document.fault(("lifecycle", part, name), "unknown_key", message)
    merged = Document(
        document.path,
        _over(known, body.lifecycle),
        {where[1:]: place for where, place in document.places.items() if where[:1] == ("lifecycle",)},
    )
    try:
        build(Lifecycle, merged)
    except FaultsFoundError as error:
        yield from (fault for fault in error.faults if fault.code != "unknown_key")


def _over(under: dict[str, Any], figures: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    merged = deepcopy(under)
    for part, changed in figures.items():
        merged[part] = {**merged.get(part, {}), **changed}
    return merged


def _wrong_place(text: BodyText, document: Document, body: Body) -> Iterator[Fault]:
    if text.body != body.id:
        yield document.fault(("body",), "place", f"these are the words of '{body.id}'")
    if text.locale != document.path.stem:
        message = f"'{text.locale}' lies in {document.path.name}; the two must be the same"
        yield document.fault(("locale",), "place", message)


def _wordless(text: BodyText, document: Document, body: Body) -> Iterator[Fault]:
    """Words for all that the profile has, and for nothing else."""
    for part, wanted, worded in (
        ("stages", [stage.id for stage in body.stages], list(text.stages)),
        ("materials", [material.id for material in body.materials], list(text.materials)),
    ):
        for name in wanted:
            if name not in worded:
                yield document.fault((part,), "no_words", f"'{name}' has no words here")
        for name in worded:
            if name not in wanted:
                yield document.fault((part, name), "unknown_key", unknown(name, list(wanted)))
