"""A certificate's years as a picture of ASCII characters.

Only those have the same width everywhere: Chinese fonts give `░`, `◆`, `·` or `─` one column or two.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from dialogs.language.catalogue import Catalogue
from rubric import CertificatePlan, Milestone, anniversary

LEAST_WIDTH = 32
EMPTY_CELL, TODAY_SIGN, LATER_SIGN = ".", "v", ">"
SIGNS = {"window": "=", "due": "!", "done": "*", "missed": "x"}


def draw_timeline(words: Catalogue, plan: CertificatePlan, today: date, width: int) -> str:
    """Draw the years from issue to expiry with a line for each milestone, at most `width` columns (32 at least)."""
    most = max(width, LEAST_WIDTH)
    labels = [
        (one, words(f"timeline.{one.kind}", number=one.number or "")) for one in _milestones_with_window(plan)
    ]
    said = words("timeline.today")
    scale = _Scale(
        plan, most - 1 - max(display_width(label) for label in (said, *(label for _, label in labels)))
    )
    rows = [(_draw_milestone(scale, one, today), label) for one, label in labels]
    drawn = {sign for row, _ in rows for sign in row}
    legend = [f"{sign} {words(f'timeline.{name}')}" for name, sign in SIGNS.items() if sign in drawn]
    lines = [f"{row} {label}" for row, label in ((_draw_today(scale, plan, today), said), *rows)]
    return "\n".join([scale.draw_months(), scale.draw_axis(), *lines, *_wrap(legend, most)])


def display_width(text: str) -> int:
    """How many columns the text takes: a Chinese character two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


class _Scale:
    """Days on columns: the first in the first one, the last in the last."""

    def __init__(self, plan: CertificatePlan, cells: int) -> None:
        first, last = plan.issued, plan.valid_until
        self._first, self._last, self._cells = first, last, cells
        years = range(1, last.year - first.year + 1)
        self._years = [day for day in (anniversary(first, year) for year in years) if day < last]

    def column_of(self, day: date) -> int:
        place = (day - self._first).days * (self._cells - 1) // max((self._last - self._first).days, 1)
        return min(max(place, 0), self._cells - 1)

    def draw_months(self) -> str:
        """The first and the last month, and those of the anniversaries as far as they have room."""
        end = f"{self._last:%Y-%m}"
        line = f"{self._first:%Y-%m}"
        for day in self._years:
            said = f"{day:%Y-%m}"
            if len(line) < self.column_of(day) and self.column_of(day) + len(said) < self._cells - len(end):
                line = line.ljust(self.column_of(day)) + said
        return line.ljust(self._cells - len(end)) + end

    def draw_axis(self) -> str:
        """A line with a mark at each anniversary."""
        return self.draw_line(
            {self.column_of(day): "+" for day in (self._first, *self._years, self._last)}, "-"
        )

    def draw_line(self, marks: dict[int, str], filler: str) -> str:
        return "".join(marks.get(place, filler) for place in range(self._cells))


def _milestones_with_window(plan: CertificatePlan) -> Iterator[Milestone]:
    """Return the milestones with a window; the expiry is the end of the axis."""
    return (one for one in plan.milestones if one.kind != "expiry")


def _draw_today(scale: _Scale, plan: CertificatePlan, today: date) -> str:
    return scale.draw_line(
        {scale.column_of(today): TODAY_SIGN if today <= plan.valid_until else LATER_SIGN}, " "
    )


def _draw_milestone(scale: _Scale, milestone: Milestone, today: date) -> str:
    """Draw the window, with the day on which it is due, was done or was missed."""
    marks = dict.fromkeys(
        range(scale.column_of(milestone.opens), scale.column_of(milestone.closes) + 1), SIGNS["window"]
    )
    state = milestone.state_on(today)
    if state in ("done", "missed") or not milestone.irregular:
        marks[scale.column_of(milestone.done or milestone.due)] = SIGNS[
            state if state in ("done", "missed") else "due"
        ]
    return scale.draw_line(marks, EMPTY_CELL)


def _wrap(parts: Iterable[str], width: int) -> Iterator[str]:
    """The parts in lines of at most `width` columns, none of them divided."""
    line = ""
    for part in parts:
        if line and display_width(f"{line}  {part}") > width:
            yield line
            line = part
        else:
            line = f"{line}  {part}" if line else part
    yield line
