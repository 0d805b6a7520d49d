"""The names under which events are stored: every event has one of its own, and none ever changes."""

from typing import get_args

from dialogs.model.events import Event
from dialogs.model.records import RECORD_TYPE_BY_FIELD, ValueRecorded

STORED_NAMES = [
    "AgendaChosen",
    "AgreementGiven",
    "AnswerParked",
    "AnswerRecorded",
    "AskedAgain",
    "BodyChosen",
    "BonusRecorded",
    "CalendarRequested",
    "CaseOpened",
    "CaseSubmitted",
    "CertificateDated",
    "CertificateRecorded",
    "CertificationOpened",
    "CompanionNamed",
    "DeductionRecorded",
    "EligibilityAnswered",
    "EligibilityFailed",
    "ErasureConfirmed",
    "EvidenceRecorded",
    "ExportRequested",
    "FigureRecorded",
    "FindingRecorded",
    "GradeComputed",
    "InvitationAccepted",
    "InvitationIssued",
    "KeeperNamed",
    "LanguageChosen",
    "MaterialRecorded",
    "NoteRecorded",
    "OrganisationChanged",
    "OrganisationCreated",
    "OriginRecorded",
    "PaperRecorded",
    "ReasonRecorded",
    "RehearsalChosen",
    "ReminderReacted",
    "ReportRequested",
    "SchemeChanged",
    "StageDated",
    "StageEntered",
    "SurveillanceRecorded",
    "VersionDeclined",
]


def test_every_event_has_a_stored_name_and_stored_rows_keep_theirs() -> None:
    kinds = [
        *(kind for kind in get_args(Event) if kind is not ValueRecorded),
        *RECORD_TYPE_BY_FIELD.values(),
    ]
    assert sorted(kind.stored_name for kind in kinds) == STORED_NAMES
