"""What a contact was reminded of, and what the store knows that reminders follow from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, NamedTuple

ReminderOutcome = Literal["sending", "sent", "shown", "unsure", "undeliverable"]
Reaction = Literal["", "done", "later", "passed", "seen", "stopped"]
DEFAULT_HOUR = 9


@dataclass(frozen=True, slots=True)
class ReminderPreferences:
    """When a contact wants to be reminded: the hour in `zone` (an IANA name), and the stages that are muted."""

    hour: int = DEFAULT_HOUR
    zone: str = "Asia/Shanghai"
    muted: frozenset[str] = frozenset()


class ReminderKey(NamedTuple):
    """What a reminder is of: nothing is said twice with the same key to the same contact.

    `subject` is a certification or case; `milestone` one of its calendar's, or `action:<finding>`,
    `material:<item>`, `evidence`, `idle`; `on` the nominal day of the stage.
    """

    subject: str
    milestone: str
    stage: str
    day: date


@dataclass(frozen=True, slots=True)
class SentReminder:
    """A reminder that went out, with what became of it and how it was reacted to (`until`: later, on that day)."""

    key: ReminderKey
    letter_id: str
    contact: str
    at: datetime
    outcome: ReminderOutcome
    reaction: Reaction = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ReminderLog:
    """All that was told to anybody of what the contact may see, newest last, and facts of the store's own.

    `changed`: when a subject's dates changed last. `active`: when a case was last worked on. `evidence`: when each
    file of a case came. `members`: the names of an organisation's contacts. `unreachable`: those whom nothing
    reaches.
    """

    preferences: ReminderPreferences = ReminderPreferences()
    sent_reminders: tuple[SentReminder, ...] = ()
    changed_at: Mapping[str, datetime] = field(default_factory=dict)
    active_at: Mapping[str, datetime] = field(default_factory=dict)
    evidence_times: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)
    member_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unreachable: frozenset[str] = frozenset()

    def reminders_in_letter(self, number: str, contact: str) -> tuple[SentReminder, ...]:
        """What one letter to the contact told; empty where there was none."""
        return tuple(one for one in self.sent_reminders if one.letter_id == number and one.contact == contact)

    def with_reaction(
        self, key: ReminderKey, contact: str, reaction: Reaction, until: date | None
    ) -> "ReminderLog":
        """The same with what the contact did about one thing they were told."""
        told = tuple(
            replace(one, reaction=reaction, until=until) if (one.key, one.contact) == (key, contact) else one
            for one in self.sent_reminders
        )
        return replace(self, sent_reminders=told)
