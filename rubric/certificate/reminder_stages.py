"""The stages at which a milestone is reminded of: `opens`, `due-30` … `due-1`, `due`, then weekly `overdue-1` …."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rubric.model.lifecycle import ReminderStages

OPENS, DUE = "opens", "due"


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """A reminder at a stage of a milestone; `on` is the nominal day, before the shift to a working day."""

    milestone: str
    stage: str
    on: date


def stage_names(settings: "ReminderStages") -> tuple[str, ...]:
    """Return every stage, from the earliest to the latest."""
    return (OPENS, *stage_offsets(settings))


def stage_offsets(settings: "ReminderStages") -> dict[str, timedelta]:
    """Return the distance from the due day of each stage after `opens`, in order."""
    before = {
        f"{DUE}-{days}": timedelta(days=-days) for days in sorted(settings.before_due_days, reverse=True)
    }
    weekly = {f"overdue-{week}": timedelta(weeks=week) for week in range(1, settings.overdue_weeks + 1)}
    return {**before, DUE: timedelta(), **weekly}
