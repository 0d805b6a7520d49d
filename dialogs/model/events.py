"""Events in the past tense. The caller stores them in the turn's transaction; nothing else is saved.

`stored_name` is the name of an event in stored rows; it stays when the class is renamed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, TypeAlias

from dialogs.model.dossier import Organisation
from dialogs.model.records import ValueRecorded
from dialogs.model.reminder_log import Reaction, ReminderKey
from dialogs.model.reminder_preferences import ReminderPreferences


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    stored_name: ClassVar[str] = "LanguageChosen"
    locale: str


@dataclass(frozen=True, slots=True)
class AgreementGiven:
    stored_name: ClassVar[str] = "AgreementGiven"
    at: datetime


@dataclass(frozen=True, slots=True)
class OrganisationCreated:
    stored_name: ClassVar[str] = "OrganisationCreated"
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class OrganisationChanged:
    stored_name: ClassVar[str] = "OrganisationChanged"
    organisation: str
    field: str
    value: str | None


@dataclass(frozen=True, slots=True)
class CaseOpened:
    stored_name: ClassVar[str] = "CaseOpened"
    case: str
    organisation: str
    scheme: str
    version: str
    checksum: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CertificationOpened:
    """A certification was begun; the scheme's version is pinned as in a case."""

    stored_name: ClassVar[str] = "CertificationOpened"
    certification: str
    organisation: str
    scheme: str
    version: str
    checksum: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EligibilityFailed:
    stored_name: ClassVar[str] = "EligibilityFailed"
    case: str
    question: str


@dataclass(frozen=True, slots=True)
class GradeComputed:
    """The provisional grade at submission; `score` is rounded for display, `exact` a fraction."""

    stored_name: ClassVar[str] = "GradeComputed"
    case: str
    grade: str
    score: str | None
    exact: str | None


@dataclass(frozen=True, slots=True)
class ReportRequested:
    """The contact asked for the case's report files; the caller makes them."""

    stored_name: ClassVar[str] = "ReportRequested"
    case: str


@dataclass(frozen=True, slots=True)
class CalendarRequested:
    """The contact asked for the certificate's dates as a calendar file; the caller makes it."""

    stored_name: ClassVar[str] = "CalendarRequested"
    certification: str


@dataclass(frozen=True, slots=True)
class ExportRequested:
    """The contact asked for all data stored about them; the caller makes the file."""

    stored_name: ClassVar[str] = "ExportRequested"


@dataclass(frozen=True, slots=True)
class ErasureConfirmed:
    """The contact confirmed the erasure of all data about them; the caller erases it."""

    stored_name: ClassVar[str] = "ErasureConfirmed"


@dataclass(frozen=True, slots=True)
class ReminderReacted:
    """The contact reacted to a reminder; `until` is the day on which to remind again."""

    stored_name: ClassVar[str] = "ReminderReacted"
    key: ReminderKey
    reaction: Reaction
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AgendaChosen:
    """The contact chose when to be reminded, and which stages to mute."""

    stored_name: ClassVar[str] = "AgendaChosen"
    agenda: ReminderPreferences


@dataclass(frozen=True, slots=True)
class InvitationIssued:
    """Only the hash of the code is kept: who reads the database cannot join with it."""

    stored_name: ClassVar[str] = "InvitationIssued"
    code_hash: str
    organisation: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class InvitationAccepted:
    stored_name: ClassVar[str] = "InvitationAccepted"
    code_hash: str
    organisation: str
    at: datetime


Event: TypeAlias = (
    LanguageChosen
    | AgreementGiven
    | OrganisationCreated
    | OrganisationChanged
    | CaseOpened
    | CertificationOpened
    | ValueRecorded
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
