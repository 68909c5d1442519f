"""Intervals of exact rationals, each end open, closed or absent."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from operator import gt, lt


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from ``low`` to ``high``.

    Attributes:
        low: Lower end; None where there is no lower limit.
        high: Upper end; None where there is no upper limit.
        low_open: Whether ``low`` itself is excluded; True where ``low`` is None.
        high_open: Whether ``high`` itself is excluded; True where ``high`` is None.
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        low, high = self.low, self.high
        # An absent end counts as open, so that two intervals with the same numbers are equal.
        if low is None and not self.low_open:
            object.__setattr__(self, "low_open", True)
        if high is None and not self.high_open:
            object.__setattr__(self, "high_open", True)
        if low is None or high is None:
            return
        # Comparing fractions is what most of the time goes into: an end is never compared with itself.
        if low is not high and low > high:
            raise ValueError(f"the low end {low} is above the high end {high}")
        if (self.low_open or self.high_open) and low == high:
            raise ValueError(f"the interval from {low} to {high} with an open end is empty")

    @classmethod
    def at(cls, value: Fraction | int) -> "Interval":
        """The interval from ``value`` to ``value``."""
        end = Fraction(value)
        return cls(end, end)

    @property
    def exact(self) -> bool:
        """Whether the interval contains a single number."""
        return self.low is not None and self.low == self.high

    def meets(self, other: "Interval") -> bool:
        """Whether the two intervals share a number; symmetric."""
        return not self._lies_below(other) and not other._lies_below(self)

    def _lies_below(self, upper: "Interval") -> bool:
        if self.high is None or upper.low is None:
            return False
        # "Less than 100" and "100 or more" touch at 100 and share no number.
        if self.high_open or upper.low_open:
            return self.high <= upper.low
        return self.high is not upper.low and self.high < upper.low

    def holds(self, value: Fraction) -> bool:
        """Whether ``value`` lies in the interval."""
        return self.meets(Interval.at(value))

    def encloses(self, inner: "Interval") -> bool:
        """Whether every number of ``inner`` lies in the interval."""
        low_fits = self.low is None or (
            inner.low is not None
            and (self.low < inner.low or (self.low == inner.low and (inner.low_open or not self.low_open)))
        )
        high_fits = self.high is None or (
            inner.high is not None
            and (self.high > inner.high or (self.high == inner.high and (inner.high_open or not self.high_open)))
        )
        return low_fits and high_fits

    def overlap(self, other: "Interval") -> "Interval | None":
        """The interval of the numbers that both contain; None where they share none."""
        if self is other:
            return self
        if not self.meets(other):
            return None
        low, low_open = _inner(self.low, self.low_open, other.low, other.low_open, gt)
        high, high_open = _inner(self.high, self.high_open, other.high, other.high_open, lt)
        return Interval(low, high, low_open, high_open)

    def hull(self, other: "Interval") -> "Interval":
        """The smallest interval that encloses both."""
        if self is other:
            return self
        low, low_open = _outer(self.low, self.low_open, other.low, other.low_open, lt)
        high, high_open = _outer(self.high, self.high_open, other.high, other.high_open, gt)
        return Interval(low, high, low_open, high_open)


_Beyond = Callable[[Fraction, Fraction], bool]
"""Whether the first of two ends lies further to one side: ``lt`` or ``gt``."""


def _inner(
    a: Fraction | None, a_open: bool, b: Fraction | None, b_open: bool, inside: _Beyond
) -> tuple[Fraction | None, bool]:
    if a is None or b is None:
        return (b, b_open) if a is None else (a, a_open)
    if a is not b:
        if inside(a, b):
            return a, a_open
        if inside(b, a):
            return b, b_open
    return a, a_open or b_open


def _outer(
    a: Fraction | None, a_open: bool, b: Fraction | None, b_open: bool, outside: _Beyond
) -> tuple[Fraction | None, bool]:
    if a is None or b is None:
        return None, True
    if a is not b:
        if outside(a, b):
            return a, a_open
        if outside(b, a):
            return b, b_open
    return a, a_open and b_open
