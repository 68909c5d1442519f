"""Intervals of exact rationals: which values are meant."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.interval import Interval

ends = st.one_of(st.none(), st.fractions(min_value=-10, max_value=10, max_denominator=4))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = draw(ends), draw(ends)
    if low is not None and high is not None and low > high:
        low, high = high, low
    closed = low is not None and low == high
    return Interval(low, high, not closed and draw(st.booleans()), not closed and draw(st.booleans()))


values = st.fractions(min_value=-12, max_value=12, max_denominator=8)


def held(interval: Interval, value: Fraction) -> bool:
    """What the definition says, end by end."""
    above = interval.low is None or value > interval.low or (value == interval.low and not interval.low_open)
    below = interval.high is None or value < interval.high or (value == interval.high and not interval.high_open)
    return above and below


@given(intervals(), values)
def test_an_interval_holds_the_values_between_its_ends(interval: Interval, value: Fraction) -> None:
    assert interval.holds(value) == held(interval, value)


@given(intervals(), intervals())
def test_meeting_is_the_same_both_ways_round(one: Interval, other: Interval) -> None:
    assert one.meets(other) == other.meets(one)


@given(intervals(), intervals(), values)
def test_two_intervals_that_share_a_value_meet(one: Interval, other: Interval, value: Fraction) -> None:
    shared = one.holds(value) and other.holds(value)
    assert one.meets(other) or not shared


@given(intervals(), intervals())
def test_two_intervals_that_meet_share_a_value(one: Interval, other: Interval) -> None:
    lows = [end for end in (one.low, other.low) if end is not None]
    highs = [end for end in (one.high, other.high) if end is not None]
    low, high = max(lows, default=Fraction(-100)), min(highs, default=Fraction(100))
    middle = (low + high) / 2
    assert one.meets(other) == (one.holds(middle) and other.holds(middle))


@given(intervals(), intervals())
def test_a_hull_encloses_both_and_is_the_same_both_ways_round(one: Interval, other: Interval) -> None:
    hull = one.hull(other)
    assert hull == other.hull(one)
    assert hull.encloses(one)
    assert hull.encloses(other)


@given(intervals(), intervals(), values)
def test_what_is_enclosed_holds_nothing_from_outside(one: Interval, other: Interval, value: Fraction) -> None:
    outside = other.holds(value) and not one.holds(value)
    assert not (one.encloses(other) and outside)


@given(intervals(), intervals())
def test_each_encloses_the_other_only_if_they_are_equal(one: Interval, other: Interval) -> None:
    assert (one.encloses(other) and other.encloses(one)) == (one == other)


@given(intervals())
def test_an_interval_encloses_and_meets_itself(interval: Interval) -> None:
    assert interval.encloses(interval)
    assert interval.meets(interval)
    assert interval.hull(interval) == interval


@pytest.mark.parametrize(
    ("low", "high", "low_open", "high_open"), [(2, 1, False, False), (1, 1, True, False), (1, 1, False, True)]
)
def test_an_interval_that_holds_nothing_is_refused(low: int, high: int, low_open: bool, high_open: bool) -> None:
    with pytest.raises(ValueError, match=r"above|empty"):
        Interval(Fraction(low), Fraction(high), low_open, high_open)
