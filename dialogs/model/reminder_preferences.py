"""When a contact wants to be reminded, and the default of it."""

from dataclasses import dataclass

DEFAULT_HOUR = 9


@dataclass(frozen=True, slots=True)
class ReminderPreferences:
    """When a contact wants to be reminded: the hour in `zone` (an IANA name), and the stages that are muted."""

    hour: int = DEFAULT_HOUR
    zone: str = "Asia/Shanghai"
    muted: frozenset[str] = frozenset()
