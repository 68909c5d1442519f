"""Amounts as a reader hears them: rounded openly, with bound, hedge and unit in words."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.interval import Interval
from kb.numbers import read_quantity
from kb.reports.words.amount import interval_words, number_words, quantity_words, read_aloud

UNITS = ["USD", "USD/month", "USD/Mtoken", "token/month", "fraction", "multiple", "person", "1", "", "USD*hour**2"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("upward of $2-3k/month", "$2,000 to $3,000 a month or more"),
        ("about 67%", "about 67%"),
        ("between 20 and 70 times", "20–70 times"),
        ("$3–$15 per million tokens", "$3–15 per million tokens"),
        ("16M queries", "16 million queries"),
        ("1.1 万亿美元", "$1.1 trillion"),
        ("at best negative 25%", "at most −25%"),
        ("three people", "3 people"),
        ("2.50 hours", "2.50 hours"),
        ("2.50%", "2.50%"),
        ("$1.10 trillion", "$1.10 trillion"),
        ("20.0 to 25.5 hours", "20.0–25.5 hours"),
        ("20 to 25.5 hours", "20–25.5 hours"),
        ("$2.5", "$2.50"),
    ],
)
def test_a_quantity_is_said_with_all_that_its_voice_said(written: str, said: str) -> None:
    assert quantity_words(read_quantity(written)) == said


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        (3, "person", "3 people"),
        (3, "people", "3 people"),
        (3, "km", "3 km"),
        (3, "kms", "3 km"),
        (3, "gb", "3 GB"),
        (5, "Mwatt", "5 MW"),
        (3, "foot", "3 feet"),
        (3, "aircraft", "3 aircraft"),
        (3, "桶", "3 桶"),
        (25, "USD**2", "25 USD²"),
        (25, "USD**2/month", "25 USD² a month"),
        (9, "km**2", "9 km²"),
        (9, "mile**2", "9 square miles"),
        (9, "hour**2", "9 squared hours"),
        (2, "person/km**2", "2 people per km²"),
        (Fraction(1, 4), "percent", "25%"),
        (Fraction(1, 50), "percent/year", "2% a year"),
        (Fraction(15625, 100), "USD", "$156.25"),
        (Fraction(2000, 3), "USD", "≈ $666.67"),
        (Fraction(20000, 3), "USD", "≈ $6,667"),
        (Fraction(1, 300), "USD/token", "≈ $0.003333 per token"),
    ],
)
def test_units_are_said_in_english_and_symbols_take_no_ending(number: Fraction | int, unit: str, said: str) -> None:
    assert number_words(Fraction(number), unit) == said


@given(st.fractions(), st.sampled_from(UNITS))
def test_a_number_is_marked_exactly_where_it_was_rounded(number: Fraction, unit: str) -> None:
    said = number_words(number, unit)
    assert said
    if number.denominator == 1 and abs(number) < 10**5 and unit != "fraction":
        assert "≈" not in said
    if number.denominator % 3 == 0:
        assert "≈" in said


@given(st.fractions(), st.fractions(min_value=0), st.sampled_from(UNITS))
def test_an_open_end_is_told_as_the_bound_that_it_leaves(low: Fraction, width: Fraction, unit: str) -> None:
    assert interval_words(Interval(low, low + width), unit)
    assert interval_words(Interval(low, None), unit) == f"at least {read_aloud(number_words(low, unit))}"
    assert interval_words(Interval(None, low), unit) == f"at most {read_aloud(number_words(low, unit))}"
