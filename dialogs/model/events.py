"""What happened, in the past tense. The shell stores events in the turn's transaction; nothing else is saved."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from dialogs.model.dossier import Organisation
from dialogs.model.records import ValueRecorded
from dialogs.model.reminder_log import Reaction, ReminderKey, ReminderPreferences


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

    key: ReminderKey
    reaction: Reaction
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AgendaChosen:
    """When the contact wants to be reminded, and of what not."""

    agenda: ReminderPreferences


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
