"""A moment given on the command line, for a clock that stands still."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

EXAMPLE = "2026-03-01T09:00+08:00"


def moment(text: str, zone: ZoneInfo) -> datetime:
    """The moment in UTC; without an offset it is a time of `zone`. Raises ValueError with a sentence."""
    try:
        given = datetime.fromisoformat(text)
        found = (given if given.tzinfo else given.replace(tzinfo=zone)).astimezone(UTC)
        found.astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text[:40]!r} is no moment; allowed: ISO 8601 such as {EXAMPLE}") from error
    if given.tzinfo is None and found.astimezone(zone).replace(tzinfo=None) != given:
        raise ValueError(f"{text[:40]!r} does not exist in {zone.key}: the clocks are put forward over it")
    return found


def today_in(zone: ZoneInfo) -> date:
    """The date that it is there now."""
    return datetime.now(zone).date()
