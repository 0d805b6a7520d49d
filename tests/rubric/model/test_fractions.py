from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.model.fractions import format_exact, format_rounded_down, format_rounded_up


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Fraction(111, 40), "2.775"),
        (Fraction(10, 3), "10/3"),
        (Fraction(-10, 3), "-10/3"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(0), "0"),
        (Fraction(185, 2), "92.5"),
        (Decimal("3.00"), "3"),
        (Decimal("1E+2"), "100"),
        (95, "95"),
        (-5, "-5"),
        (Fraction(1, 100), "0.01"),
    ],
)
def test_a_number_is_its_shortest_exact_decimal_else_a_fraction(
    number: Fraction | Decimal | int, shown: str
) -> None:
    assert format_exact(number) == shown


@given(st.fractions())
def test_no_number_is_changed_by_writing_it_down(number: Fraction) -> None:
    assert Fraction(format_exact(number)) == number


@pytest.mark.parametrize(
    ("score", "shown"),
    [
        (Fraction(9499999, 100000), "94.99"),
        (Fraction(95), "95.00"),
        (Fraction(16759, 196), "85.50"),
        (Fraction(10, 3), "3.33"),
        (Fraction(-7, 2), "0.00"),
        (Fraction(-1, 1000), "0.00"),
        (Fraction(101), "100.00"),
    ],
)
def test_a_score_is_shown_rounded_down_and_within_0_and_100(score: Fraction, shown: str) -> None:
    assert format_rounded_down(score) == shown


@pytest.mark.parametrize(
    ("gap", "shown"),
    [
        (Fraction(10, 3), "3.34"),
        (Fraction(1, 10**9), "0.01"),
        (Fraction(9, 2), "4.50"),
        (Fraction(120), "120.00"),
        (Fraction(0), "0.00"),
        (Fraction(-10, 3), "-3.33"),
    ],
)
def test_a_gap_is_never_shown_smaller_than_it_is(gap: Fraction, shown: str) -> None:
    assert format_rounded_up(gap) == shown
