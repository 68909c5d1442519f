"""Interval arithmetic: sums, products, quotients and powers of intervals of exact rationals.

Ends are open, closed or absent. A result encloses every value that the operation takes on the operands, and is the
smallest such interval (Moore, Kearfott and Cloud 2009, sections 2.3 and 4.1), except for powers that are not rational:
their ends are rounded outward to 28 digits.
"""

import math
from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from kb.domain.interval import Interval

DIGITS = 28
"""Significant digits of a result that cannot be exact; lower ends are rounded down, upper ends up."""

EVERYTHING = Interval(None, None)
"""No limit on either side: the result where nothing is known."""

# An exponent may be an input of any size: the limit of the powers that a formula spells out does not bind it.
LARGEST_EXPONENT = 1000
_LARGEST_SIZE = 200_000  # binary digits
_End = tuple[Fraction | float, bool]  # value (or an infinity), and whether it is reached


class NoResultReason(StrEnum):
    """Why an operation has no value."""

    DIVISOR_MAY_BE_ZERO = "divisor may be zero"
    EXPONENT_TOO_LARGE = "exponent too large"
    POWER_TOO_LARGE = "power too large"
    BASE_NOT_ABOVE_ZERO = "base not above zero"
    END_MISSING = "end missing"
    EXPONENT_TOO_FINE = "exponent too fine"


class NoResult(ArithmeticError):
    """An operation has no value somewhere inside its operands, or none that can be written out.

    Attributes:
        reason: Why.
        exponent: The exponent that is too large or too fine; None for all other reasons.
    """

    def __init__(self, reason: NoResultReason, exponent: Fraction | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.exponent = exponent


class DivisionByZero(NoResult):
    """A divisor may be zero.

    Attributes:
        divisor: Everything that the divisor may be.
    """

    def __init__(self, divisor: Interval) -> None:
        super().__init__(NoResultReason.DIVISOR_MAY_BE_ZERO)
        self.divisor = divisor


def add(a: Interval, b: Interval) -> Interval:
    """The sums of one number from each.

    >>> add(Interval.at(1), Interval(Fraction(2), None))
    Interval(low=Fraction(3, 1), high=None, low_open=False, high_open=True)
    """
    low = None if a.low is None or b.low is None else a.low + b.low
    high = None if a.high is None or b.high is None else a.high + b.high
    return Interval(low, high, a.low_open or b.low_open, a.high_open or b.high_open)


def negate(a: Interval) -> Interval:
    """The negatives of all numbers in ``a``; its ends change places."""
    low = None if a.high is None else -a.high
    high = None if a.low is None else -a.low
    return Interval(low, high, a.high_open, a.low_open)


def subtract(a: Interval, b: Interval) -> Interval:
    """The differences of one number from each, taken independently: ``subtract(a, a)`` is not zero."""
    return add(a, negate(b))


def multiply(a: Interval, b: Interval) -> Interval:
    """The products of one number from each.

    >>> multiply(Interval.at(0), EVERYTHING)
    Interval(low=Fraction(0, 1), high=Fraction(0, 1), low_open=False, high_open=False)
    """
    return _around([_times(x, y) for x in _ends(a) for y in _ends(b)])


def divide(a: Interval, b: Interval) -> Interval:
    """The quotients of one number from each.

    >>> divide(Interval.at(1), Interval(Fraction(0), Fraction(4), low_open=True))
    Interval(low=Fraction(1, 4), high=None, low_open=False, high_open=True)

    Raises:
        DivisionByZero: ``b`` holds zero; a zero that is an open end of ``b`` is left out.
    """
    return multiply(a, _inverse(b))


def _inverse(b: Interval) -> Interval:
    if b.holds(Fraction(0)):
        raise DivisionByZero(b)
    low = None if b.high == 0 else Fraction(0) if b.high is None else 1 / b.high
    high = None if b.low == 0 else Fraction(0) if b.low is None else 1 / b.low
    return Interval(low, high, b.high_open or low is None, b.low_open or high is None)


def minimum(intervals: Sequence[Interval]) -> Interval:
    """The minima of one number from each of ``intervals``, at least one."""
    return negate(maximum([negate(interval) for interval in intervals]))


def maximum(intervals: Sequence[Interval]) -> Interval:
    """The maxima of one number from each of ``intervals``, at least one."""
    lows = [_ends(interval)[0] for interval in intervals]
    highs = [_ends(interval)[1] for interval in intervals]
    low = max(lows, key=lambda end: (end[0], not end[1]))
    high = max(highs, key=lambda end: (end[0], end[1]))
    return _interval(low, high)


def total(intervals: Sequence[Interval]) -> Interval:
    """The sums of one number from each of ``intervals``; zero for none."""
    result = Interval.at(0)
    for interval in intervals:
        result = add(result, interval)
    return result


def power(a: Interval, b: Interval) -> Interval:
    """The powers of one number from ``a`` to one number from ``b``.

    Exact for a whole exponent, and for roots that are rational; else rounded outward to 28 digits.

    Raises:
        NoResult: The base may be negative or zero where the exponent does not allow it; one of the two has no limit
            where the exponent is not whole; or the power is too large to be written out.
    """
    if b.exact and b.low is not None and b.low.denominator == 1:
        return _whole_power(a, int(b.low))
    return _real_power(a, b)


def _whole_power(a: Interval, n: int) -> Interval:
    if abs(n) > LARGEST_EXPONENT:
        raise NoResult(NoResultReason.EXPONENT_TOO_LARGE, Fraction(n))
    if abs(n) * max(_size(end) for end in (a.low, a.high)) > _LARGEST_SIZE:
        raise NoResult(NoResultReason.POWER_TOO_LARGE)
    if n < 0:
        return _inverse(_whole_power(a, -n))
    if n == 0:
        return Interval.at(1)
    # An even power turns round at zero: -3 to 2 squared is 0 to 9, although the ends alone give 4 to 9.
    raised = _around([_raised(end, n) for end in _ends(a)])
    if n % 2 == 0 and a.holds(Fraction(0)):
        return raised.hull(Interval.at(0))
    return raised


def _size(end: Fraction | None) -> int:
    """The number of binary digits of an end, in numerator or denominator; 0 for an absent end."""
    return 0 if end is None else max(end.numerator.bit_length(), end.denominator.bit_length())


def _raised(end: _End, n: int) -> _End:
    value, reached = end
    if isinstance(value, float):
        return (value if n % 2 else math.inf), reached
    return value**n, reached


def _real_power(a: Interval, b: Interval) -> Interval:
    if a.low is None or a.low < 0 or (a.low == 0 and (b.low is None or b.low <= 0)):
        raise NoResult(NoResultReason.BASE_NOT_ABOVE_ZERO)
    if a.high is None or b.low is None or b.high is None:
        raise NoResult(NoResultReason.END_MISSING)
    # On a base above zero a power rises or falls with the base throughout, and with the exponent throughout, so that
    # its least and its greatest value lie at corners.
    corners = [_corner(base, exponent) for base in (a.low, a.high) for exponent in (b.low, b.high)]
    return Interval(min(low for low, _ in corners), max(high for _, high in corners))


def _corner(base: Fraction, exponent: Fraction) -> tuple[Fraction, Fraction]:
    top, bottom = abs(exponent.numerator), exponent.denominator
    if top > LARGEST_EXPONENT or bottom > LARGEST_EXPONENT:
        raise NoResult(NoResultReason.EXPONENT_TOO_FINE, exponent)
    low, high = root(base**top, bottom)
    if exponent < 0:
        return 1 / high, 1 / low
    return low, high


def root(value: Fraction, n: int) -> tuple[Fraction, Fraction]:
    """A lower and an upper limit of the ``n``-th root of ``value`` (not negative); equal where the root is rational.

    Else they have at least ``DIGITS`` significant digits and lie one unit of the last digit apart.

    >>> root(Fraction(9, 4), 2)
    (Fraction(3, 2), Fraction(3, 2))
    >>> low, high = root(Fraction(2), 2)
    >>> low**2 < 2 < high**2, high - low < Fraction(1, 10**27)
    (True, True)
    """
    top, bottom = _whole_root(value.numerator, n), _whole_root(value.denominator, n)
    if top**n == value.numerator and bottom**n == value.denominator:
        return Fraction(top, bottom), Fraction(top, bottom)
    # Whole numbers alone are used: floating point would lose digits of a root, and say nothing of the side on which.
    size = (len(str(value.denominator)) - len(str(value.numerator))) // n
    scale = 10 ** max(DIGITS + 1 + size, 0)
    floor = _whole_root(value.numerator * scale**n // value.denominator, n)
    return Fraction(floor, scale), Fraction(floor + 1, scale)


def _whole_root(value: int, n: int) -> int:
    """The largest whole number whose ``n``-th power is at most ``value`` (not negative)."""
    if value == 0:
        return 0
    # Newton's method from a floating-point guess, which is right in its first digits: one step from anywhere leads to
    # the root or above it, and from there it only falls until it is reached (Cohen 1993, Algorithm 1.7.1, for any n).
    size = math.log2(value) / n
    shift = max(int(size) - 50, 0)
    guess = int(2 ** (size - shift)) + 1 << shift
    above = _newton_step(value, n, guess)
    while (below := _newton_step(value, n, above)) < above:
        above = below
    return above


def _newton_step(value: int, n: int, guess: int) -> int:
    power: int = guess ** (n - 1)
    return ((n - 1) * guess + value // power) // n


def _ends(a: Interval) -> tuple[_End, _End]:
    low: _End = (-math.inf, False) if a.low is None else (a.low, not a.low_open)
    high: _End = (math.inf, False) if a.high is None else (a.high, not a.high_open)
    return low, high


def _times(x: _End, y: _End) -> _End:
    """The product of two ends; zero times an absent end is zero."""
    # Some number is meant by an end that nobody named, and zero times any number is zero. The product is reached if a
    # zero is, whatever the other end does.
    (a, a_reached), (b, b_reached) = x, y
    if a == 0 or b == 0:
        return Fraction(0), (a == 0 and a_reached) or (b == 0 and b_reached)
    if isinstance(a, float) or isinstance(b, float):
        return (math.inf if (a > 0) == (b > 0) else -math.inf), False
    return a * b, a_reached and b_reached


def _around(ends: Sequence[_End]) -> Interval:
    low = min(ends, key=lambda end: (end[0], not end[1]))
    high = max(ends, key=lambda end: (end[0], end[1]))
    return _interval(low, high)


def _interval(low: _End, high: _End) -> Interval:
    bottom = None if isinstance(low[0], float) else low[0]
    top = None if isinstance(high[0], float) else high[0]
    if bottom is not None and bottom == top:
        return Interval.at(bottom)
    return Interval(bottom, top, not low[1], not high[1])
