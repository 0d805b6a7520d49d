"""The conversation about an assessment and its certification: the names that other packages may import.

It is made of pure functions from an input to events and a screen. Modules of this package import each other, never this
list.
"""

# The assessment
from dialogs.assessment.answered_summary import answer_lines, current_section
from dialogs.assessment.scheme_migration import MigrationPreview, preview_migration, version_numbers

# Certificates from a table
from dialogs.certificate_import.register import CertificateRegister, ImportResult, TableCheck
from dialogs.certificate_import.row import (
    COLUMNS,
    REQUIRED_COLUMNS,
    CertificateRow,
    CertificateRowFault,
    Column,
    RowCells,
    RowReader,
)

# A turn
from dialogs.engine.turn import Turn, current_screen, needs_reminder_log, reminder_screen, take_turn
from dialogs.flow.scene import Scene

# Texts
from dialogs.language import formatting
from dialogs.language.catalogue import DEFAULT_LOCALE, LOCALES, Catalogue, find_catalogue
from dialogs.language.scorecard_text import scorecard_blocks
from dialogs.language.timeline import draw_timeline

# The values that a turn reads and returns
from dialogs.model.certification import Certification, effective_lifecycle
from dialogs.model.conversation import Conversation, Place, UndoEntry, UndoStep
from dialogs.model.dossier import Case, Contact, Dossier, Invitation, Organisation, list_records
from dialogs.model.events import (
    AgendaChosen,
    AgreementGiven,
    CalendarRequested,
    CaseOpened,
    CertificationOpened,
    ErasureConfirmed,
    Event,
    ExportRequested,
    InvitationAccepted,
    InvitationIssued,
    OrganisationChanged,
    OrganisationCreated,
    ReminderReacted,
    ReportRequested,
)
from dialogs.model.invitation_codes import hash_code
from dialogs.model.messages import (
    Attachment,
    Block,
    BlockKind,
    Button,
    ButtonPress,
    ChatStart,
    CommandInput,
    FileInput,
    Notice,
    Problem,
    ReminderPress,
    Reply,
    Screen,
    TextInput,
    UnsupportedInput,
    UnsupportedKind,
    UserInput,
)
from dialogs.model.records import RECORD_TYPE_BY_FIELD, SchemeChanged, ValueRecorded
from dialogs.model.reminder_log import (
    Reaction,
    ReminderKey,
    ReminderLog,
    ReminderOutcome,
    SentReminder,
)
from dialogs.model.reminder_preferences import DEFAULT_HOUR, ReminderPreferences
from dialogs.model.values import Evidence, Nonconformity, Pin, RecordedValue, SurveillanceRecord
from dialogs.model.working_calendar import ONE_DAY, WORKDAYS_PER_WEEK, WorkingCalendar

# Dates and typed text
from dialogs.parsing.dates.parser import format_distance, format_short_date
from dialogs.parsing.intents import clean_text

# Reminders
from dialogs.reminders.schedule import LATER, ForecastMessage, UpcomingReminder, plan_reminders
from dialogs.reminders.text import reminder_line, reminder_title
from dialogs.steps.reminders.reminder_settings import reminder_stage_name

__all__ = [
    "COLUMNS",
    "DEFAULT_HOUR",
    "DEFAULT_LOCALE",
    "LATER",
    "LOCALES",
    "ONE_DAY",
    "RECORD_TYPE_BY_FIELD",
    "REQUIRED_COLUMNS",
    "WORKDAYS_PER_WEEK",
    "AgendaChosen",
    "AgreementGiven",
    "Attachment",
    "Block",
    "BlockKind",
    "Button",
    "ButtonPress",
    "CalendarRequested",
    "Case",
    "CaseOpened",
    "Catalogue",
    "CertificateRegister",
    "CertificateRow",
    "CertificateRowFault",
    "Certification",
    "CertificationOpened",
    "ChatStart",
    "Column",
    "CommandInput",
    "Contact",
    "Conversation",
    "Dossier",
    "ErasureConfirmed",
    "Event",
    "Evidence",
    "ExportRequested",
    "FileInput",
    "ForecastMessage",
    "ImportResult",
    "Invitation",
    "InvitationAccepted",
    "InvitationIssued",
    "MigrationPreview",
    "Nonconformity",
    "Notice",
    "Organisation",
    "OrganisationChanged",
    "OrganisationCreated",
    "Pin",
    "Place",
    "Problem",
    "Reaction",
    "RecordedValue",
    "ReminderKey",
    "ReminderLog",
    "ReminderOutcome",
    "ReminderPreferences",
    "ReminderPress",
    "ReminderReacted",
    "Reply",
    "ReportRequested",
    "RowCells",
    "RowReader",
    "Scene",
    "SchemeChanged",
    "Screen",
    "SentReminder",
    "SurveillanceRecord",
    "TableCheck",
    "TextInput",
    "Turn",
    "UndoEntry",
    "UndoStep",
    "UnsupportedInput",
    "UnsupportedKind",
    "UpcomingReminder",
    "UserInput",
    "ValueRecorded",
    "WorkingCalendar",
    "answer_lines",
    "clean_text",
    "current_screen",
    "current_section",
    "draw_timeline",
    "effective_lifecycle",
    "find_catalogue",
    "format_distance",
    "format_short_date",
    "formatting",
    "hash_code",
    "list_records",
    "needs_reminder_log",
    "plan_reminders",
    "preview_migration",
    "reminder_line",
    "reminder_screen",
    "reminder_stage_name",
    "reminder_title",
    "scorecard_blocks",
    "take_turn",
    "version_numbers",
]
