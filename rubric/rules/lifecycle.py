"""The rules for a life cycle: months in order, reminder days before the due day."""

from rubric.model.lifecycle import Lifecycle
from rubric.parsing.violations import Violations, duplicate_values


def lifecycle_violations(lifecycle: Lifecycle) -> Violations:
    """Check a life cycle, of a scheme or with the figures of a body or an overlay."""
    yield from _months(lifecycle)
    yield from _reminders(lifecycle)


def _months(lifecycle: Lifecycle) -> Violations:
    seen, renewal = lifecycle.surveillance, lifecycle.recertification
    after, before = ("lifecycle", "surveillance"), ("lifecycle", "recertification")
    if seen.due_months < seen.opens_months:
        yield (
            (*after, "due_months"),
            "months",
            _order_message("less", seen.due_months, "opens_months", seen.opens_months),
        )
    if seen.closes_months < seen.due_months:
        yield (
            (*after, "closes_months"),
            "months",
            _order_message("less", seen.closes_months, "due_months", seen.due_months),
        )
    if renewal.due_months > renewal.opens_months:
        message = _order_message("more", renewal.due_months, "opens_months", renewal.opens_months)
        yield (*before, "due_months"), "months", message


def _order_message(compared: str, months: int, than: str, limit: int) -> str:
    return f"{months} is {compared} than {than} ({limit}), which it must not be"


def _reminders(lifecycle: Lifecycle) -> Violations:
    days = lifecycle.reminders.before_due_days
    where = ("lifecycle", "reminders", "before_due_days")
    for place, day in enumerate(days):
        if day < 1:
            yield (
                (*where, place),
                "days",
                "the due day itself is always one; allowed: 1 and more days before it",
            )
    for place, twice in duplicate_values(str(day) for day in days):
        yield (*where, place), "twice", f"{twice} stands twice; keep one"
