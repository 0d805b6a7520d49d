"""The reminders sent to a contact, and the stored facts that reminders depend on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, NamedTuple

from dialogs.model.reminder_preferences import ReminderPreferences

ReminderOutcome = Literal["sending", "sent", "shown", "unsure", "undeliverable"]
Reaction = Literal["", "done", "later", "passed", "seen", "stopped"]


class ReminderKey(NamedTuple):
    """The subject of a reminder: a contact is never reminded twice with the same key.

    `subject` is a certification or case; `milestone` one of its plan's, or `action:<nonconformity>`,
    `material:<item>`, `evidence`, `idle`; `day` the nominal day of the stage.
    """

    subject: str
    milestone: str
    stage: str
    day: date


@dataclass(frozen=True, slots=True)
class SentReminder:
    """A reminder that was sent, with its outcome and the contact's reaction (`until`: remind again on that day)."""

    key: ReminderKey
    letter_id: str
    contact: str
    at: datetime
    outcome: ReminderOutcome
    reaction: Reaction = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ReminderLog:
    """All reminders sent about what the contact may see, newest last, and facts from the store.

    `changed_at`: the last change of a subject's dates. `active_at`: the last work on a case. `evidence_times`: when
    each file of a case was received. `member_names`: the names of an organisation's contacts. `unreachable`: the
    contacts that no reminder can reach.
    """

    preferences: ReminderPreferences = ReminderPreferences()
    sent_reminders: tuple[SentReminder, ...] = ()
    changed_at: Mapping[str, datetime] = field(default_factory=dict)
    active_at: Mapping[str, datetime] = field(default_factory=dict)
    evidence_times: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)
    member_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unreachable: frozenset[str] = frozenset()

    def reminders_in_letter(self, number: str, contact: str) -> tuple[SentReminder, ...]:
        """Return the reminders of one message to the contact; empty where there was none."""
        return tuple(one for one in self.sent_reminders if one.letter_id == number and one.contact == contact)

    def with_reaction(
        self, key: ReminderKey, contact: str, reaction: Reaction, until: date | None
    ) -> "ReminderLog":
        """Return the log with the contact's reaction to one reminder."""
        told = tuple(
            replace(one, reaction=reaction, until=until) if (one.key, one.contact) == (key, contact) else one
            for one in self.sent_reminders
        )
        return replace(self, sent_reminders=told)
