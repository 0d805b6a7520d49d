"""An overlay that takes the points from a table, such as a user's copy of the standard."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any

from rubric.model.fields import Source
from rubric.model.fractions import exact_sum, format_exact
from rubric.model.scheme import Scheme
from rubric.parsing.document import read_document
from rubric.parsing.faults import quote_short
from rubric.parsing.validation import unknown_name_message

_TEXTS = Path(__file__).with_name("weights.yaml")
_MAX_POINTS = 1000
_NUMBER = re.compile(r"[0-9]{1,4}(\.[0-9]{1,8})?")

TableRow = tuple[int, Sequence[str]]
"""A row of the table with its number in the file, from 1: a clause and its points."""


@dataclass(frozen=True, slots=True)
class WeightRowFault:
    """A fault in row `number`, or in the whole table where `number` is 0."""

    number: int
    message: str


class PointsFaultsError(Exception):
    """A table of points that cannot be used, with all of its faults."""

    def __init__(self, faults: Iterable[WeightRowFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.number))
        super().__init__("; ".join(fault.message for fault in self.faults))


def read_points(scheme: Scheme, rows: Sequence[TableRow]) -> dict[str, Fraction]:
    """Return the points of every indicator and group from the table. Raises PointsFaultsError.

    Raises PointsFaultsError: an unknown clause, no number, a clause twice, one missing, sums that are not the scheme's.
    """
    faults: list[WeightRowFault] = []
    given: dict[str, Fraction] = {}
    numbers: dict[str, int] = {}
    unsure: set[str] = set()
    for number, row in _skip_heading(scheme, rows):
        found = _parse_row(scheme, number, row, given)
        if isinstance(found, WeightRowFault):
            faults.append(found)
            unsure.add(_clean_cell(row, 0))
        else:
            given[found[0]] = found[1]
            numbers[found[0]] = number
    faults += _missing_faults(scheme, given)
    faults += _sum_faults(
        scheme, {key: points for key, points in given.items() if key not in unsure}, numbers
    )
    if faults:
        raise PointsFaultsError(faults)
    return {**_group_totals(scheme, given), **{key: given[key] for key in scheme.indicator_by_id}}


def _skip_heading(scheme: Scheme, rows: Sequence[TableRow]) -> Sequence[TableRow]:
    """Skip the first row where it is a heading: no number in the points and no clause."""
    if (
        rows
        and not _NUMBER.fullmatch(_clean_cell(rows[0][1], 1))
        and _clean_cell(rows[0][1], 0) not in _clause_ids(scheme)
    ):
        return rows[1:]
    return rows


def _parse_row(
    scheme: Scheme, number: int, row: Sequence[str], given: Mapping[str, Fraction]
) -> tuple[str, Fraction] | WeightRowFault:
    clause, points = _clean_cell(row, 0), _clean_cell(row, 1)
    if clause not in _clause_ids(scheme):
        return WeightRowFault(number, unknown_name_message(clause, _clause_ids(scheme)))
    if clause in given:
        return WeightRowFault(number, f"{clause} stands twice; keep one")
    exact = _parse_points(points)
    if exact is None:
        return WeightRowFault(
            number,
            f"the points of {clause} must be a number from 0 to {_MAX_POINTS}; here: {quote_short(points)}",
        )
    return clause, exact


def _clean_cell(row: Sequence[str], place: int) -> str:
    """Return the cell without blanks around it, full-width characters made plain."""
    return str(row[place]).strip().translate(_PLAIN) if place < len(row) else ""


_PLAIN = {ord("．"): ".", ord("。"): ".", **{ord("０") + digit: str(digit) for digit in range(10)}}


def _parse_points(text: str) -> Fraction | None:
    try:
        return Fraction(Decimal(text)) if _NUMBER.fullmatch(text) and Decimal(text) <= _MAX_POINTS else None
    except InvalidOperation:
        return None


def _clause_ids(scheme: Scheme) -> list[str]:
    return [*scheme.group_by_id, *scheme.indicator_by_id]


def _missing_faults(scheme: Scheme, given: Mapping[str, Fraction]) -> Iterator[WeightRowFault]:
    absent = [one for one in scheme.indicator_by_id if one not in given]
    if absent:
        listed = ", ".join(absent[:10]) + (f" and {len(absent) - 10} more" if len(absent) > 10 else "")
        yield WeightRowFault(0, f"the points of {listed} are missing; give every indicator its points")


def _group_totals(scheme: Scheme, given: Mapping[str, Fraction]) -> dict[str, Fraction]:
    return {
        group.id: exact_sum(given[one.id] for one in scheme.indicators_below(group.id))
        for group in scheme.groups
    }


def _sum_faults(
    scheme: Scheme, given: Mapping[str, Fraction], numbers: Mapping[str, int]
) -> Iterator[WeightRowFault]:
    """Check the sum of each group in the table, and of each top-level group against the scheme.

    Groups with a missing or faulty value are skipped.
    """
    for group in scheme.groups:
        inside = [one.id for one in scheme.indicators_below(group.id)]
        if any(one not in given for one in inside):
            continue
        total = exact_sum(given[one] for one in inside)
        said = Fraction(group.points.value) if group.parent is None else given.get(group.id, total)
        rows = ", ".join(f"{one} has {format_exact(given[one])} (row {numbers[one]})" for one in inside)
        if total != said:
            sums = f"{format_exact(total)}, and must to {format_exact(said)}"
            message = f"the points in {group.id} add up to {sums}: {rows}"
            yield WeightRowFault(numbers.get(group.id, 0), message)
        elif given.get(group.id, total) != total:
            points = format_exact(given[group.id])
            message = f"{group.id} is given {points}, and what lies in it {format_exact(total)}: {rows}"
            yield WeightRowFault(numbers[group.id], message)


def build_points_overlay(scheme: Scheme, name: str, points: Mapping[str, Fraction]) -> dict[str, Any]:
    """Return the overlay as a mapping, all of its points with the source `standard`."""
    inner = [group.id for group in scheme.groups if group.parent is not None]
    return {
        "id": name,
        "version": "1",
        "over": scheme.id,
        "change": {
            "groups": {key: {"points": _marked(points[key])} for key in inner},
            "indicators": {key: {"points": _marked(points[key])} for key in scheme.indicator_by_id},
        },
    }


def _marked(points: Fraction) -> dict[str, str]:
    return {"value": format_exact(points), "source": str(Source.STANDARD)}


def points_overlay_texts(name: str) -> dict[str, dict[str, Any]]:
    """Return the values of the overlay's text files by locale."""
    words: Any = read_document(_TEXTS).value
    return {
        locale: {"overlay": name, "locale": locale, "source": str(Source.PROPOSED), **said}
        for locale, said in words.items()
    }
