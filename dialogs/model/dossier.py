"""What a conversation may read: itself, the contact's organisations, and their cases and certifications."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from dialogs.model.certification import Certification
from dialogs.model.conversation import Conversation
from dialogs.model.messages import Notice
from dialogs.model.reminder_log import ReminderLog
from dialogs.model.values import Evidence, Pin
from dialogs.model.working_calendar import WEEKDAY_CALENDAR, WorkingCalendar
from rubric import Answer, AnswerSheet, Scheme, Scorecard, SpecialDeduction, score


@dataclass(slots=True)
class Contact:
    id: str
    name: str


@dataclass(slots=True)
class Organisation:
    """An enterprise. `trade` is a code of the catalogue or free text; `province` a GB/T 2260 two-digit code."""

    id: str
    name: str
    credit_code: str | None = None
    trade: str | None = None
    province: str | None = None


@dataclass(slots=True)
class Case:
    """One organisation's assessment under one scheme@version. Each dict is one `field` of its records.

    `eligibility` holds met, unmet or na; `deductions` and `evidence` are keyed by an id; `bonus`, `rehearsal` and
    `submitted` use the key "" (`submitted` an instant as ISO 8601); `asked_again` the plausibility rules that were
    shown once; `answered_by` the author of the present answer. `pins` holds under "" the pin that the case was
    moved to, which `scheme`, `version` and `checksum` repeat, and under "before" the pin to return to; `parked`
    answers under another version, by `version indicator`; `declined` the version that is not offered again.
    `companion` holds, at "", the case that this one was begun from; `carried` the origin of a carried value: for an
    indicator, the id of the other case and its indicators; for an evidence file, the id of the other case and the
    file's key there. No dict is
    changed in place.
    """

    id: str
    organisation: str
    scheme: str
    version: str
    checksum: str
    opened_at: datetime
    figures: dict[str, int] = field(default_factory=dict)
    eligibility: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    deductions: dict[str, SpecialDeduction] = field(default_factory=dict)
    bonus: dict[str, str] = field(default_factory=dict)
    rehearsal: dict[str, bool] = field(default_factory=dict)
    submitted: dict[str, str] = field(default_factory=dict)
    asked_again: dict[str, bool] = field(default_factory=dict)
    pins: dict[str, Pin] = field(default_factory=dict)
    parked: dict[str, Answer] = field(default_factory=dict)
    declined: dict[str, str] = field(default_factory=dict)
    answered_by: dict[str, str] = field(default_factory=dict)
    companion: dict[str, str] = field(default_factory=dict)
    carried: dict[str, str] = field(default_factory=dict)
    _scorecard: Scorecard | None = field(default=None, init=False, repr=False, compare=False)
    _contributors: frozenset[str] | None = field(default=None, init=False, repr=False, compare=False)

    def compute_scorecard(self, scheme: Scheme) -> Scorecard:
        """Return the scorecard under `scheme`, which the pin names; computed once, as the case does not change."""
        if self._scorecard is None or self._scorecard.scheme is not scheme:
            self._scorecard = score(scheme, self.answer_sheet())
        return self._scorecard

    @property
    def contributors(self) -> frozenset[str]:
        """The contacts who gave the present answers."""
        if self._contributors is None:
            self._contributors = frozenset(self.answered_by.values())
        return self._contributors

    @property
    def pin(self) -> Pin:
        return Pin(self.scheme, self.version, self.checksum)

    def with_pin(self, pin: Pin) -> "Case":
        """Return the same case under another pin."""
        return replace(self, scheme=pin.scheme, version=pin.version, checksum=pin.checksum)

    def answer_sheet(self) -> AnswerSheet:
        return AnswerSheet(self.figures, self.answers, tuple(self.deductions.values()), self.bonus.get(""))

    def evidence_for(self, indicator: str) -> dict[str, Evidence]:
        return {key: file for key, file in self.evidence.items() if file.indicator == indicator}

    def indicators_with_evidence(self) -> set[str]:
        """The indicators that have at least one file of evidence."""
        return {file.indicator for file in self.evidence.values()}


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time code, found by its hash, and the organisation, cases and certifications that it opens."""

    code_hash: str
    organisation: Organisation
    cases: tuple[Case, ...]
    invited_by: str
    expires_at: datetime
    is_used: bool
    certifications: tuple[Certification, ...] = ()


@dataclass(slots=True)
class Dossier:
    """All of it; `organisations` are in the order of joining, `cases` and `certifications` in that of opening.

    `new_ids` are unused random ids for this turn; `invitation` is the one whose code was just typed. `today` is the
    date in the contact's time zone, if known; `calendar` knows working days, by default without holidays.
    `reminder_log` is None where the conversation does not need it; `reminder_letter` is the reminder message to
    show first.
    """

    contact: Contact
    conversation: Conversation
    organisations: dict[str, Organisation] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    certifications: dict[str, Certification] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    invitation: Invitation | None = None
    contact_names: dict[str, str] = field(default_factory=dict)
    new_ids: tuple[str, ...] = ()
    today: date | None = None
    calendar: WorkingCalendar = WEEKDAY_CALENDAR
    reminder_log: ReminderLog | None = None
    reminder_letter: str = ""

    def find_record(self, record_id: str) -> Case | Certification:
        """Return the case or certification of that id. Raises KeyError where it is neither."""
        return self.cases[record_id] if record_id in self.cases else self.certifications[record_id]

    def copy(self) -> "Dossier":
        """Return a dossier that a turn may change; it shares what `apply` never changes."""
        talk = self.conversation
        return replace(
            self,
            conversation=replace(talk, path=list(talk.path), draft=dict(talk.draft)),
            organisations=dict(self.organisations),
            cases=dict(self.cases),
            certifications=dict(self.certifications),
        )


def list_records(dossier: Dossier) -> list[Case | Certification]:
    """Return the cases and certifications that the contact may read, those of an invitation included."""
    invited = dossier.invitation
    shown: list[Case | Certification] = [*invited.cases, *invited.certifications] if invited else []
    return [*dossier.cases.values(), *dossier.certifications.values(), *shown]
