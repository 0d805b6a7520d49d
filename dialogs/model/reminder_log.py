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


class Key(NamedTuple):
    """What a reminder is of: nothing is said twice with the same key to the same contact.

    `subject` is a certification or case; `milestone` one of its calendar's, or `action:<finding>`,
    `material:<item>`, `evidence`, `idle`; `on` the nominal day of the stage.
    """

    subject: str
    milestone: str
    stage: str
    on: date


@dataclass(frozen=True, slots=True)
class SentReminder:
    """A reminder that went out, with what became of it and how it was reacted to (`until`: later, on that day)."""

    key: Key
    letter: str
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

    agenda: ReminderPreferences = ReminderPreferences()
    told: tuple[SentReminder, ...] = ()
    changed: Mapping[str, datetime] = field(default_factory=dict)
    active: Mapping[str, datetime] = field(default_factory=dict)
    evidence: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)
    members: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unreachable: frozenset[str] = frozenset()

    def letter(self, number: str, contact: str) -> tuple[SentReminder, ...]:
        """What one letter to the contact told; empty where there was none."""
        return tuple(one for one in self.told if one.letter == number and one.contact == contact)

    def reacted(self, key: Key, contact: str, reaction: Reaction, until: date | None) -> "ReminderLog":
        """The same with what the contact did about one thing they were told."""
        told = tuple(
            replace(one, reaction=reaction, until=until) if (one.key, one.contact) == (key, contact) else one
            for one in self.told
        )
        return replace(self, told=told)
