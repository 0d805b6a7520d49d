"""A certificate's years as a picture in characters of one width, read at a glance."""

from datetime import date

from dialogs.text import Words
from rubric.lifecycle import Milestone, Plan

MARGIN = 12
"""Columns kept for what stands behind each line."""
NOTHING, WINDOW, DUE, DONE, MISSED, TODAY = "·", "░", "◆", "✓", "✗", "▼"


def timeline(words: Words, plan: Plan, today: date, width: int) -> str:
    """The years from issue to end over `width` columns (32 at least), a line for each milestone, and today."""
    cells = max(width, 32) - MARGIN
    scale = _Scale(plan.issued, plan.valid_until, cells)
    ends = f"{plan.issued:%Y-%m}".ljust(cells - 7) + f"{plan.valid_until:%Y-%m}"
    lines = [ends, scale.axis(), _today(words, scale, plan, today)]
    numbered = (one for one in plan.milestones if one.kind != "expiry")
    lines += [_line(words, scale, one, today) for one in numbered]
    return "\n".join([*lines, words("timeline.legend")])


class _Scale:
    """Days on columns."""

    def __init__(self, first: date, last: date, cells: int) -> None:
        self._first, self._days, self._cells = first, max((last - first).days, 1), cells

    def at(self, day: date) -> int:
        place = (day - self._first).days * (self._cells - 1) // self._days
        return min(max(place, 0), self._cells - 1)

    def axis(self) -> str:
        """A line with a mark at each anniversary."""
        signs = ["─"] * self._cells
        for year in range(1, self._days // 365 + 1):
            signs[min(year * 365 * (self._cells - 1) // self._days, self._cells - 1)] = "┼"
        signs[0], signs[-1] = "├", "┤"
        return "".join(signs)

    def line(self, marks: dict[int, str]) -> str:
        return "".join(marks.get(place, NOTHING) for place in range(self._cells))


def _today(words: Words, scale: _Scale, plan: Plan, today: date) -> str:
    inside = plan.issued <= today <= plan.valid_until
    marks = {scale.at(today): TODAY} if inside else {}
    return f"{scale.line(marks)} {words('timeline.today' if inside else 'timeline.outside')}"


def _line(words: Words, scale: _Scale, one: Milestone, today: date) -> str:
    """Its window, and over it the day on which it is due, or was done, or should have been."""
    marks = dict.fromkeys(range(scale.at(one.opens), scale.at(one.closes) + 1), WINDOW)
    if one.done is not None:
        marks[scale.at(one.done)] = DONE
    else:
        marks[scale.at(one.due)] = MISSED if one.state(today) == "missed" else DUE
    return f"{scale.line(marks)} {words(f'timeline.{one.kind}', number=one.number or '')}"
