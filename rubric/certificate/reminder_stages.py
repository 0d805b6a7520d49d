"""The stages at which a milestone is brought up: `opens`, `due-30` … `due-1`, `due`, `overdue-1` …, weekly."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rubric.model.lifecycle import ReminderStages

OPENS, DUE = "opens", "due"


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """`on` is the nominal day: whoever sends it looks for a working day."""

    milestone: str
    stage: str
    on: date


def stage_names(settings: "ReminderStages") -> tuple[str, ...]:
    """Every stage, from the earliest to the most pressing."""
    return (OPENS, *stage_offsets(settings))


def stage_offsets(settings: "ReminderStages") -> dict[str, timedelta]:
    """How far from the due day each stage lies that is counted from it, in order."""
    before = {
        f"{DUE}-{days}": timedelta(days=-days) for days in sorted(settings.before_due_days, reverse=True)
    }
    weekly = {f"overdue-{week}": timedelta(weeks=week) for week in range(1, settings.overdue_weeks + 1)}
    return {**before, DUE: timedelta(), **weekly}
