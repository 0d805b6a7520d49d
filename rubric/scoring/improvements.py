"""The points missing to a higher grade, and the smallest set of indicators that would reach it.

Raising a line to full adds its missing points and touches nothing else (deletions, deductions and the bonus
stay), so gains add up. The fewest lines that suffice are then the largest ones; among equally many, only how
many are taken from each effort mark matters, and for given numbers the largest gains of each mark are best.
Trying every split of the number over the three marks is therefore exact, and takes k² steps instead of 2ⁿ.
What a grade needs by name is part of every way to it, and only the rest is chosen.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import ceil, lcm

from rubric.model.grades import GradeBand
from rubric.scoring.scorecard import IndicatorScore, Scorecard

EFFORTS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Improvement:
    """An indicator to improve to full points, and the gain in the final score (points of 100)."""

    indicator: str
    gain: Fraction


@dataclass(frozen=True, slots=True)
class NextGrade:
    """A higher grade. `gap` is the missing score; `cheapest` None where no set of indicators reaches it.

    `needs` are those of the cheapest that the grade asks for by name, whatever they bring.
    """

    grade: str
    gap: Fraction
    cheapest: tuple[Improvement, ...] | None
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An indicator with missing points, in whole units so that sums are integers."""

    place: int
    indicator: str
    effort: int
    missing: int


def next_grade(card: Scorecard) -> NextGrade | None:
    """Return the grade above the present one; None at the top, and under the veto, which no indicator lifts."""
    return next(iter(higher_grades(card)), None)


def higher_grades(card: Scorecard) -> tuple[NextGrade, ...]:
    """Return every grade above the present one, lowest first, with the cheapest way to it."""
    if card.veto:
        return ()
    grades = [band.grade for band in card.scheme.grades]
    first = grades.index(card.grade) + 1 if card.grade in grades else 0
    reachable = card.scheme.reachable_grades
    return tuple(_way_to_grade(card, reachable[: place + 1]) for place in range(first, len(reachable)))


def most_valuable_line(card: Scorecard) -> IndicatorScore | None:
    """Return the open indicator with the most points; ties by effort, then clause order."""
    scheme = card.scheme
    still_open = [line for line in card.lines if line.answer == "open" and line.points]
    return min(
        still_open,
        key=lambda line: (-line.points, scheme.indicator_by_id[line.indicator].effort),
        default=None,
    )


def _way_to_grade(card: Scorecard, bands: Sequence[GradeBand]) -> NextGrade:
    """Return the cheapest set for the last band, with all that it and the bands below require."""
    exact, band = card.exact, bands[-1]
    gap = max(Fraction(band.at_least) - (exact if exact is not None else 0), Fraction(0))
    if exact is None:
        return NextGrade(band.grade, gap, None)
    unit = lcm(*(line.missing_points.denominator for line in card.lines))
    needed = {each for lower in bands for each in lower.needs}
    must = _candidates(unit, card, lambda line: line.indicator in needed and not line.is_full)
    may = _candidates(unit, card, lambda line: bool(line.missing_points) and line.indicator not in needed)
    need = ceil(gap * card.involved / 100 * unit) - sum(each.missing for each in must)
    chosen = _cheapest_set(may, need) if need > 0 else []
    if chosen is None:
        return NextGrade(band.grade, gap, None)
    ordered = sorted([*must, *chosen], key=lambda each: each.place)
    return NextGrade(
        band.grade,
        gap,
        tuple(
            Improvement(each.indicator, Fraction(each.missing, unit) / card.involved * 100)
            for each in ordered
        ),
        frozenset(each.indicator for each in must),
    )


def _candidates(unit: int, card: Scorecard, wanted: Callable[[IndicatorScore], bool]) -> list[_Candidate]:
    scheme = card.scheme
    return [
        _Candidate(
            place,
            line.indicator,
            scheme.indicator_by_id[line.indicator].effort,
            int(line.missing_points * unit),
        )
        for place, line in enumerate(card.lines)
        if wanted(line)
    ]


def _cheapest_set(candidates: Sequence[_Candidate], need: int) -> list[_Candidate] | None:
    """Return the set with the fewest, then least effort, then highest score, then clause order; None without any."""
    number = _fewest_needed(candidates, need)
    if number is None:
        return None
    by_gain = sorted(candidates, key=lambda c: (-c.missing, c.place))
    marks = [[c for c in by_gain if c.effort == effort] for effort in EFFORTS]
    sums = [[0, *accumulate(c.missing for c in mark)] for mark in marks]
    best: tuple[int, int] | None = None
    tied: list[tuple[int, int, int]] = []
    for split in _splits(number, [len(mark) for mark in marks]):
        gain = sum(total[count] for total, count in zip(sums, split, strict=True))
        rank = (sum(effort * count for effort, count in zip(EFFORTS, split, strict=True)), -gain)
        if gain < need or (best is not None and rank > best):
            continue
        tied = [*tied, split] if rank == best else [split]
        best = rank
    taken = ([c for mark, count in zip(marks, split, strict=True) for c in mark[:count]] for split in tied)
    ordered = (sorted(chosen, key=lambda c: c.place) for chosen in taken)
    return min(ordered, key=lambda chosen: [c.place for c in chosen])


def _fewest_needed(candidates: Sequence[_Candidate], need: int) -> int | None:
    reached = 0
    for number, missing in enumerate(sorted((c.missing for c in candidates), reverse=True), start=1):
        reached += missing
        if reached >= need:
            return number
    return None


def _splits(number: int, available: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield every split of `number` candidates over the effort marks."""
    one, two, three = available
    for first in range(min(number, one) + 1):
        for second in range(min(number - first, two) + 1):
            third = number - first - second
            if third <= three:
                yield first, second, third
