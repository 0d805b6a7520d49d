"""Certification-body profiles: stages, durations, fees and required documents. `schemes/README.md` has the format."""

from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, model_validator

from rubric.model.fields import Count, Identifier, Number, SchemePart, Source, Switch
from rubric.model.lifecycle import Lifecycle
from rubric.model.texts import Locale, Sentence, ShortText

StageId = Literal[
    "application", "contract", "document_review", "audit", "corrective_actions", "decision", "certificate"
]
OPTIONAL_STAGES = frozenset({"contract", "document_review"})
STAGE_ORDER: tuple[StageId, ...] = get_args(StageId)
DocumentPurpose = Literal["application", "surveillance", "remote"]
StageActor = Literal["enterprise", "body"]
AuditMode = Literal["on_site", "remote"]
Trade = Literal[
    "home_appliances",
    "auto",
    "auto_parts",
    "electronics",
    "machinery",
    "furniture",
    "medical",
    "retail",
    "finance",
    "culture_leisure",
    "software",
    "other",
]
OTHER_TRADE: Trade = "other"
TRADES: tuple[Trade, ...] = get_args(Trade)
Money = Annotated[Decimal, Field(ge=0, le=10_000_000, max_digits=12, allow_inf_nan=False)]
Months = Annotated[int, Field(ge=0, le=60)]
LifecycleOverrides = Annotated[
    dict[str, dict[str, Any]],
    Field(description="parts of a scheme's life cycle, each with the figures that differ and their sources"),
]


class _Range(SchemePart):
    """A range from `at_least` to `at_most`."""

    @model_validator(mode="after")
    def _in_order(self) -> "_Range":
        least, most = getattr(self, "at_least", 0), getattr(self, "at_most", 0)
        if least > most:
            raise ValueError(f"'at_least' ({least}) is more than 'at_most' ({most})")
        return self


class WorkingDayRange(_Range):
    """A range in working days."""

    at_least: Count
    at_most: Count


class Stage(SchemePart):
    """A stage of the certification: who acts, its usual length, and the organisation's limit in days."""

    id: StageId
    who: StageActor
    working_days: WorkingDayRange | None = None
    limit_days: Annotated[int, Field(ge=1, le=1000)] | None = None
    source: Source


class StaffBand(SchemePart):
    """The audit days for a headcount of at most `up_to`; the last band has no limit."""

    up_to: Annotated[int, Field(ge=1, le=100_000_000)] | None = None
    days: Number


class AuditDays(SchemePart):
    """Audit days by headcount, plus `per_outlet` for each outlet sampled: all, or the square root, rounded up."""

    bands: Annotated[tuple[StaffBand, ...], Field(min_length=1)]
    drawn: Literal["root", "all"] = "root"
    per_outlet: Number
    source: Source


class DayRate(_Range):
    """A range in CNY per audit day."""

    at_least: Money
    at_most: Money
    source: Source


class Fees(SchemePart):
    """The least fee of a certification and the fee per audit day, in CNY."""

    at_least: Money
    source: Source
    per_day: DayRate


class Duration(_Range):
    """The usual duration of a certification in months."""

    at_least: Months
    at_most: Months
    source: Source


class RequiredDocument(SchemePart):
    """A required document: for which purposes (`for`) and trades, and whether it expires.

    One that is also for `remote` is asked for only where the body audits remotely. `indicators` are the clauses that
    it bears evidence for.
    """

    id: Identifier
    purposes: Annotated[tuple[DocumentPurpose, ...], Field(min_length=1, alias="for")]
    trades: tuple[Trade, ...] = ()
    trades_source: Source | None = None
    expires: Switch = False
    indicators: tuple[Identifier, ...] = ()
    source: Source


class BodyProfile(SchemePart):
    """The profile of a certification body. `lifecycle` has the figures that differ from a scheme's life cycle.

    It is for `schemes` only, or for any scheme where none is named.
    """

    id: Identifier
    schemes: tuple[Identifier, ...] = ()
    lifecycle: LifecycleOverrides = Field(default_factory=dict)
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    audit_modes: Annotated[tuple[AuditMode, ...], Field(min_length=1)]
    audit_days: AuditDays
    fees: Fees
    duration: Duration
    materials: tuple[RequiredDocument, ...]

    @cached_property
    def stage_by_id(self) -> Mapping[str, Stage]:
        return {stage.id: stage for stage in self.stages}

    def apply_to_lifecycle(self, lifecycle: Lifecycle) -> Lifecycle:
        """Return the scheme's life cycle with the figures of this body."""
        return (
            Lifecycle.model_validate(merge_lifecycle(lifecycle, self.lifecycle))
            if self.lifecycle
            else lifecycle
        )


def merge_lifecycle(lifecycle: Lifecycle, figures: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the life cycle as a mapping with some figures replaced; a list is replaced as a whole."""
    merged = deepcopy(lifecycle.model_dump(mode="json"))
    for part, changed in figures.items():
        merged[part] = {**merged.get(part, {}), **changed}
    return merged


class StageText(SchemePart):
    """Text of a stage; `what` describes what happens and who acts."""

    title: ShortText
    what: Sentence


class RequiredDocumentText(SchemePart):
    """Text of a required document; `shows` describes what the document must prove."""

    title: ShortText
    shows: Sentence


class BodyText(SchemePart):
    """All texts of one profile in one locale; `refused_if` lists the reasons to refuse an application."""

    body: Identifier
    locale: Locale
    source: Source
    title: ShortText
    refused_if: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    stages: dict[Identifier, StageText]
    materials: dict[Identifier, RequiredDocumentText]
