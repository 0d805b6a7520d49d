"""Events that record a value of a case or certification."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from dialogs.model.values import Evidence, Nonconformity, Pin, RecordedValue, SurveillanceRecord
from rubric import Answer, DocumentRecord, SpecialDeduction


@dataclass(frozen=True, slots=True)
class ValueRecorded:
    """A value was recorded at `key` in a field of the case or certification; None where it was removed."""

    stored_name: ClassVar[str]
    field: ClassVar[str]
    case: str
    key: str
    value: RecordedValue | None
    previous: RecordedValue | None = None


@dataclass(frozen=True, slots=True)
class FigureRecorded(ValueRecorded):
    stored_name: ClassVar[str] = "FigureRecorded"
    field: ClassVar[str] = "figures"
    value: int | None


@dataclass(frozen=True, slots=True)
class EligibilityAnswered(ValueRecorded):
    stored_name: ClassVar[str] = "EligibilityAnswered"
    field: ClassVar[str] = "eligibility"
    value: str | None


@dataclass(frozen=True, slots=True)
class AnswerRecorded(ValueRecorded):
    stored_name: ClassVar[str] = "AnswerRecorded"
    field: ClassVar[str] = "answers"
    value: Answer | None


@dataclass(frozen=True, slots=True)
class NoteRecorded(ValueRecorded):
    stored_name: ClassVar[str] = "NoteRecorded"
    field: ClassVar[str] = "notes"
    value: str | None


@dataclass(frozen=True, slots=True)
class EvidenceRecorded(ValueRecorded):
    stored_name: ClassVar[str] = "EvidenceRecorded"
    field: ClassVar[str] = "evidence"
    value: Evidence | None


@dataclass(frozen=True, slots=True)
class DeductionRecorded(ValueRecorded):
    stored_name: ClassVar[str] = "DeductionRecorded"
    field: ClassVar[str] = "deductions"
    value: SpecialDeduction | None


@dataclass(frozen=True, slots=True)
class BonusRecorded(ValueRecorded):
    stored_name: ClassVar[str] = "BonusRecorded"
    field: ClassVar[str] = "bonus"
    value: str | None


@dataclass(frozen=True, slots=True)
class RehearsalChosen(ValueRecorded):
    stored_name: ClassVar[str] = "RehearsalChosen"
    field: ClassVar[str] = "rehearsal"
    value: bool | None


@dataclass(frozen=True, slots=True)
class CaseSubmitted(ValueRecorded):
    stored_name: ClassVar[str] = "CaseSubmitted"
    field: ClassVar[str] = "submitted"
    value: str | None


@dataclass(frozen=True, slots=True)
class AskedAgain(ValueRecorded):
    stored_name: ClassVar[str] = "AskedAgain"
    field: ClassVar[str] = "asked_again"
    value: bool | None


@dataclass(frozen=True, slots=True)
class SchemeChanged(ValueRecorded):
    """The case was moved to another scheme, version or set of overlays; the first one is the one it began with."""

    stored_name: ClassVar[str] = "SchemeChanged"
    field: ClassVar[str] = "pins"
    value: Pin | None


@dataclass(frozen=True, slots=True)
class CompanionNamed(ValueRecorded):
    stored_name: ClassVar[str] = "CompanionNamed"
    field: ClassVar[str] = "companion"
    value: str | None


@dataclass(frozen=True, slots=True)
class OriginRecorded(ValueRecorded):
    stored_name: ClassVar[str] = "OriginRecorded"
    field: ClassVar[str] = "carried"
    value: str | None


@dataclass(frozen=True, slots=True)
class AnswerParked(ValueRecorded):
    """An answer that does not count under the version the case was moved to, kept for moving back."""

    stored_name: ClassVar[str] = "AnswerParked"
    field: ClassVar[str] = "parked"
    value: Answer | None


@dataclass(frozen=True, slots=True)
class VersionDeclined(ValueRecorded):
    stored_name: ClassVar[str] = "VersionDeclined"
    field: ClassVar[str] = "declined"
    value: str | None


@dataclass(frozen=True, slots=True)
class StageEntered(ValueRecorded):
    stored_name: ClassVar[str] = "StageEntered"
    field: ClassVar[str] = "stage"
    value: str | None


@dataclass(frozen=True, slots=True)
class StageDated(ValueRecorded):
    stored_name: ClassVar[str] = "StageDated"
    field: ClassVar[str] = "reached"
    value: date | None


@dataclass(frozen=True, slots=True)
class ReasonRecorded(ValueRecorded):
    stored_name: ClassVar[str] = "ReasonRecorded"
    field: ClassVar[str] = "reasons"
    value: str | None


@dataclass(frozen=True, slots=True)
class BodyChosen(ValueRecorded):
    stored_name: ClassVar[str] = "BodyChosen"
    field: ClassVar[str] = "body"
    value: str | None


@dataclass(frozen=True, slots=True)
class KeeperNamed(ValueRecorded):
    stored_name: ClassVar[str] = "KeeperNamed"
    field: ClassVar[str] = "keeper"
    value: str | None


@dataclass(frozen=True, slots=True)
class CertificateRecorded(ValueRecorded):
    stored_name: ClassVar[str] = "CertificateRecorded"
    field: ClassVar[str] = "certificate"
    value: str | None


@dataclass(frozen=True, slots=True)
class CertificateDated(ValueRecorded):
    stored_name: ClassVar[str] = "CertificateDated"
    field: ClassVar[str] = "dates"
    value: date | None


@dataclass(frozen=True, slots=True)
class SurveillanceRecorded(ValueRecorded):
    stored_name: ClassVar[str] = "SurveillanceRecorded"
    field: ClassVar[str] = "surveillances"
    value: SurveillanceRecord | None


@dataclass(frozen=True, slots=True)
class MaterialRecorded(ValueRecorded):
    stored_name: ClassVar[str] = "MaterialRecorded"
    field: ClassVar[str] = "materials"
    value: DocumentRecord | None


@dataclass(frozen=True, slots=True)
class PaperRecorded(ValueRecorded):
    stored_name: ClassVar[str] = "PaperRecorded"
    field: ClassVar[str] = "papers"
    value: Evidence | None


@dataclass(frozen=True, slots=True)
class FindingRecorded(ValueRecorded):
    stored_name: ClassVar[str] = "FindingRecorded"
    field: ClassVar[str] = "findings"
    value: Nonconformity | None


RECORD_TYPE_BY_FIELD: dict[str, type[ValueRecorded]] = {
    kind.field: kind for kind in ValueRecorded.__subclasses__()
}
"""The kinds of both modules: a certification cannot be recorded without this one being read."""
