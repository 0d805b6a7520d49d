"""What was recorded of an assessment, in the past tense: the answers and all that stands beside them."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from dialogs.model.values import Evidence, Nonconformity, Pin, RecordedValue, SurveillanceRecord
from rubric.certificate.documents import DocumentRecord
from rubric.model.answers import Answer, SpecialDeduction


@dataclass(frozen=True, slots=True)
class Recorded:
    """Something now stands at `key` in a field of the case or certification; `value` None where it was taken back."""

    field: ClassVar[str]
    case: str
    key: str
    value: RecordedValue | None
    previous: RecordedValue | None = None


@dataclass(frozen=True, slots=True)
class FigureRecorded(Recorded):
    field: ClassVar[str] = "figures"
    value: int | None


@dataclass(frozen=True, slots=True)
class EligibilityAnswered(Recorded):
    field: ClassVar[str] = "eligibility"
    value: str | None


@dataclass(frozen=True, slots=True)
class AnswerRecorded(Recorded):
    field: ClassVar[str] = "answers"
    value: Answer | None


@dataclass(frozen=True, slots=True)
class NoteRecorded(Recorded):
    field: ClassVar[str] = "notes"
    value: str | None


@dataclass(frozen=True, slots=True)
class EvidenceRecorded(Recorded):
    field: ClassVar[str] = "evidence"
    value: Evidence | None


@dataclass(frozen=True, slots=True)
class DeductionRecorded(Recorded):
    field: ClassVar[str] = "deductions"
    value: SpecialDeduction | None


@dataclass(frozen=True, slots=True)
class BonusRecorded(Recorded):
    field: ClassVar[str] = "bonus"
    value: str | None


@dataclass(frozen=True, slots=True)
class RehearsalChosen(Recorded):
    field: ClassVar[str] = "rehearsal"
    value: bool | None


@dataclass(frozen=True, slots=True)
class CaseSubmitted(Recorded):
    field: ClassVar[str] = "submitted"
    value: str | None


@dataclass(frozen=True, slots=True)
class AskedAgain(Recorded):
    field: ClassVar[str] = "asked_again"
    value: bool | None


@dataclass(frozen=True, slots=True)
class SchemeChanged(Recorded):
    """The case is assessed under another scheme, version or set of overlays; the first one is the one it began with."""

    field: ClassVar[str] = "pins"
    value: Pin | None


@dataclass(frozen=True, slots=True)
class CompanionNamed(Recorded):
    field: ClassVar[str] = "companion"
    value: str | None


@dataclass(frozen=True, slots=True)
class OriginRecorded(Recorded):
    field: ClassVar[str] = "carried"
    value: str | None


@dataclass(frozen=True, slots=True)
class AnswerParked(Recorded):
    """An answer that does not stand under the version that the case was moved to, kept for the way back."""

    field: ClassVar[str] = "parked"
    value: Answer | None


@dataclass(frozen=True, slots=True)
class VersionDeclined(Recorded):
    field: ClassVar[str] = "declined"
    value: str | None


@dataclass(frozen=True, slots=True)
class StageEntered(Recorded):
    field: ClassVar[str] = "stage"
    value: str | None


@dataclass(frozen=True, slots=True)
class StageDated(Recorded):
    field: ClassVar[str] = "reached"
    value: date | None


@dataclass(frozen=True, slots=True)
class ReasonRecorded(Recorded):
    field: ClassVar[str] = "reasons"
    value: str | None


@dataclass(frozen=True, slots=True)
class BodyChosen(Recorded):
    field: ClassVar[str] = "body"
    value: str | None


@dataclass(frozen=True, slots=True)
class KeeperNamed(Recorded):
    field: ClassVar[str] = "keeper"
    value: str | None


@dataclass(frozen=True, slots=True)
class CertificateRecorded(Recorded):
    field: ClassVar[str] = "certificate"
    value: str | None


@dataclass(frozen=True, slots=True)
class CertificateDated(Recorded):
    field: ClassVar[str] = "dates"
    value: date | None


@dataclass(frozen=True, slots=True)
class SurveillanceRecorded(Recorded):
    field: ClassVar[str] = "surveillances"
    value: SurveillanceRecord | None


@dataclass(frozen=True, slots=True)
class MaterialRecorded(Recorded):
    field: ClassVar[str] = "materials"
    value: DocumentRecord | None


@dataclass(frozen=True, slots=True)
class PaperRecorded(Recorded):
    field: ClassVar[str] = "papers"
    value: Evidence | None


@dataclass(frozen=True, slots=True)
class FindingRecorded(Recorded):
    field: ClassVar[str] = "findings"
    value: Nonconformity | None


RECORDS: dict[str, type[Recorded]] = {kind.field: kind for kind in Recorded.__subclasses__()}
"""The kinds of both modules: a certification cannot be recorded without this one being read."""
