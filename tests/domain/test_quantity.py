"""A quantity keeps what was said; its intervals follow from it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.codec import parse_json
from kb.domain.interval import Interval
from kb.domain.quantity import Bound, Hedge, Quantity, plain_decimal
from kb.numbers import read_quantity


def test_a_floor_drops_no_end_of_the_range_that_was_said() -> None:
    quantity = read_quantity("upward of $2,000-3,000 a month")
    assert quantity.stated == Interval(Fraction(2000), Fraction(3000))
    assert quantity.allowed == Interval(Fraction(2000), None)


@pytest.mark.parametrize(
    ("text", "low", "high", "low_open", "high_open"),
    [
        ("over 80%", "0.8", None, True, True),
        ("at least 80%", "0.8", None, False, True),
        ("under 80%", None, "0.8", True, True),
        ("at best negative 25%", None, "-0.25", True, False),
        ("about 80%", "0.8", "0.8", False, False),
        ("$3-$15", "3", "15", False, False),
        ("more than 20 but less than 30 dollars", "20", "30", True, True),
        ("greater than $30 and at most $40", "30", "40", True, False),
        ("under 40% and at least 30%", "0.3", "0.4", False, True),
        ("at least 20 and at most 100 people", "20", "100", False, False),
    ],
)
def test_a_bound_opens_one_side(text: str, low: str | None, high: str | None, low_open: bool, high_open: bool) -> None:
    wanted = Interval(low and Fraction(low), high and Fraction(high), low_open, high_open)
    assert read_quantity(text).allowed == wanted


@pytest.mark.parametrize(
    ("unit", "per", "period"),
    [
        ("USD/month", None, "month"),
        ("USD/Mtoken", "Mtoken", None),
        ("USD/user/month", "user", "month"),
        ("USD", None, None),
    ],
)
def test_a_unit_says_what_one_counts_by_and_in_which_time(unit: str, per: str | None, period: str | None) -> None:
    quantity = Quantity(low=Decimal(1), high=Decimal(1), unit=unit)
    assert (quantity.per, quantity.period) == (per, period)


@pytest.mark.parametrize(
    "wrong",
    [
        {"low": Decimal(3), "high": Decimal(2), "bound": Bound.RANGE},
        {"low": Decimal(2), "high": Decimal(3)},
        {"low": None, "high": None},
        {"low": Decimal("NaN"), "high": Decimal("NaN")},
        {"low": Decimal("Infinity"), "high": Decimal("Infinity")},
        {"low": Decimal("1E+999999"), "high": Decimal("1E+999999")},
        {"low": Decimal(1), "high": Decimal(1), "granularity": Decimal(0)},
        {"low": Decimal(1), "high": Decimal(1), "low_open": True},
        {"low": Decimal(1), "high": Decimal(2), "bound": Bound.AT_LEAST, "high_open": True},
    ],
)
def test_a_quantity_that_nobody_can_say_is_refused(wrong: dict[str, Decimal | Bound | bool | None]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Quantity(**{"unit": "USD", **wrong})


def test_a_quantity_recorded_before_ends_could_be_open_reads_as_closed() -> None:
    told = '{"as_written":"$3","bound":"exact","granularity":"1","hedge":"none","high":"3","low":"3","unit":"USD"}'
    assert parse_json(told, Quantity) == read_quantity("$3")


def test_no_number_at_all_is_an_order_of_magnitude() -> None:
    assert Quantity(low=None, high=None, unit="USD", hedge=Hedge.ORDER_OF_MAGNITUDE).stated == Interval(None, None)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30, places=6))
def test_a_plain_decimal_is_the_same_number_without_an_exponent(value: Decimal) -> None:
    assert plain_decimal(value) == value
    assert "E" not in str(plain_decimal(value)) or abs(value) < Decimal("1E-6")
