"""Exact numbers: summed and formatted without rounding to anyone's advantage."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, lcm

LOWEST_SCORE, HIGHEST_SCORE = Fraction(0), Fraction(100)


def format_exact(number: Fraction | Decimal | int) -> str:
    """Return the shortest exact decimal (`2.775`), or a fraction in lowest terms (`10/3`)."""
    exact = Fraction(number)
    places = _decimal_places(exact.denominator)
    if places is None:
        return str(exact)
    whole, rest = divmod(abs(exact.numerator) * 10**places // exact.denominator, 10**places)
    digits = f"{whole}.{rest:0{places}d}" if places else str(whole)
    return f"-{digits}" if exact < 0 else digits


def format_rounded_down(number: Fraction) -> str:
    """Format a score: two decimals, rounded down, within 0 and 100 (R11)."""
    return _format_hundredths(floor(min(max(number, LOWEST_SCORE), HIGHEST_SCORE) * 100))


def format_rounded_up(number: Fraction) -> str:
    """Format a gap: two decimals, rounded up, so that it never looks smaller than it is."""
    return _format_hundredths(ceil(number * 100))


def exact_sum(fractions: Iterable[Fraction]) -> Fraction:
    """Return the sum, computed with integers for speed."""
    numerators: dict[int, int] = {}
    for one in fractions:
        top, bottom = one.as_integer_ratio()
        numerators[bottom] = numerators.get(bottom, 0) + top
    common = lcm(*numerators)
    return Fraction(sum(top * (common // bottom) for bottom, top in numerators.items()), common)


def _format_hundredths(count: int) -> str:
    sign = "-" if count < 0 else ""
    return f"{sign}{abs(count) // 100}.{abs(count) % 100:02d}"


def _decimal_places(denominator: int) -> int | None:
    """Return the number of decimals of a fraction with this denominator; None where they do not end."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None
