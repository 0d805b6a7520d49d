"""What happened, in the past tense. The shell stores events in the turn's transaction; nothing else is saved."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal, TypeAlias

from dialogs.dossier import Organisation
from dialogs.ledger import Agenda, Key, Reaction
from dialogs.values import Evidence, Finding, Pin, RecordedValue, Surveillance
from rubric.materials import MaterialRecord
from rubric.sheet import Answer, SpecialDeduction


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    locale: str


@dataclass(frozen=True, slots=True)
class AgreementGiven:
    at: datetime


@dataclass(frozen=True, slots=True)
class OrganisationCreated:
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class OrganisationChanged:
    organisation: str
    field: Literal["name", "credit_code", "trade", "province"]
    value: str | None


@dataclass(frozen=True, slots=True)
class CaseOpened:
    case: str
    organisation: str
    scheme: str
    version: str
    checksum: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CertificationOpened:
    """The organisation's way to a certificate began; the scheme's version is pinned as a case pins it."""

    certification: str
    organisation: str
    scheme: str
    version: str
    checksum: str
    at: datetime


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
    value: Surveillance | None


@dataclass(frozen=True, slots=True)
class MaterialRecorded(Recorded):
    field: ClassVar[str] = "materials"
    value: MaterialRecord | None


@dataclass(frozen=True, slots=True)
class PaperRecorded(Recorded):
    field: ClassVar[str] = "papers"
    value: Evidence | None


@dataclass(frozen=True, slots=True)
class FindingRecorded(Recorded):
    field: ClassVar[str] = "findings"
    value: Finding | None


@dataclass(frozen=True, slots=True)
class EligibilityFailed:
    case: str
    question: str


@dataclass(frozen=True, slots=True)
class GradeComputed:
    """The provisional grade shown at submission; `score` is shown form, `exact` the fraction."""

    case: str
    grade: str
    score: str | None
    exact: str | None


@dataclass(frozen=True, slots=True)
class ReportRequested:
    """The contact wants the case's files; whoever shows the screen makes them."""

    case: str


@dataclass(frozen=True, slots=True)
class CalendarRequested:
    """The contact wants the certificate's dates as a calendar file; whoever shows the screen makes it."""

    certification: str


@dataclass(frozen=True, slots=True)
class ExportRequested:
    """The contact wants all that is stored about them; whoever shows the screen makes the file."""


@dataclass(frozen=True, slots=True)
class ErasureConfirmed:
    """The contact wants all that is stored about them gone; whoever stores the turn erases it."""


@dataclass(frozen=True, slots=True)
class ReminderReacted:
    """The contact did something about a reminder; `until` where they want to hear of it later."""

    key: Key
    reaction: Reaction
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AgendaChosen:
    """When the contact wants to be reminded, and of what not."""

    agenda: Agenda


@dataclass(frozen=True, slots=True)
class InvitationIssued:
    """Only the hash of the code is kept: who reads the database cannot join with it."""

    code_hash: str
    organisation: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class InvitationAccepted:
    code_hash: str
    organisation: str
    at: datetime


RECORDS: dict[str, type[Recorded]] = {kind.field: kind for kind in Recorded.__subclasses__()}

Event: TypeAlias = (
    LanguageChosen
    | AgreementGiven
    | OrganisationCreated
    | OrganisationChanged
    | CaseOpened
    | CertificationOpened
    | Recorded
    | EligibilityFailed
    | GradeComputed
    | ReportRequested
    | CalendarRequested
    | ExportRequested
    | ErasureConfirmed
    | ReminderReacted
    | AgendaChosen
    | InvitationIssued
    | InvitationAccepted
)
