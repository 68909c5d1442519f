"""How far apart do two numbers lie, and how do their intervals lie to each other?"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kb.domain.finding import Relation
from kb.domain.interval import Interval
from kb.domain.quantity import plain_decimal

POINTS_HALF = Fraction(20, 100)
"""Percentages this far apart are half as severe as can be."""

SMALL_SHARE = Fraction(10, 100)
"""Of two percentages below this the ratio is looked at as well: 0.01 % and 1 % are hardly a point apart."""

SMALL_SHARE_FACTOR = Fraction(1, 2)
"""What such a ratio weighs beside that of two amounts."""


@dataclass(frozen=True, slots=True)
class Distance:
    """How far apart two intervals lie.

    Attributes:
        near: Nearest ends: larger over smaller, at least 1; a difference where ``points``; None where none can be told.
        far: Farthest ends likewise; None where an end is absent or a sign or zero forbids.
        points: Whether the two are differences in percentage points (as fractions) instead of ratios.
        small: For percentages whose nearest ends are both below ``SMALL_SHARE``, those ends as a ratio.
    """

    near: Fraction | None
    far: Fraction | None
    points: bool
    small: Fraction | None = None

    @property
    def severity(self) -> Fraction:
        """From 0 for no distance to 1: ``1 - 1/ratio^3``, falling with the logarithm of the ratio; for percentages
        ``d / (d + 20 points)``, or half of what their ratio gives where both are small; 1 where no ratio can be told.
        """
        if self.near is None:
            return Fraction(1)
        if not self.points:
            return 1 - 1 / self.near**3
        ratio = SMALL_SHARE_FACTOR * (1 - 1 / self.small**3) if self.small else Fraction(0)
        return max(self.near / (self.near + POINTS_HALF), ratio)


def relate(first: Interval, second: Interval) -> Relation:
    """How ``first`` lies to ``second``."""
    if second.encloses(first):
        return Relation.INSIDE
    return Relation.OVERLAPPING if first.meets(second) else Relation.DISJOINT


def distance(left: Interval, right: Interval, *, points: bool) -> Distance:
    """How far apart the two lie: as a ratio, or for percentages as a difference; the same both ways round."""
    if left.high is not None and right.low is not None and left.high < right.low:
        return _apart(left.low, left.high, right.low, right.high, points)
    if right.high is not None and left.low is not None and right.high < left.low:
        return _apart(right.low, right.high, left.low, left.high, points)
    lower, upper = sorted((left, right), key=_order)
    far = _far(lower.low, upper.high, points)
    return Distance(Fraction(0) if points else Fraction(1), far, points)


def _apart(
    lowest: Fraction | None, below: Fraction, above: Fraction, highest: Fraction | None, points: bool
) -> Distance:
    small = _ratio(below, above) if points and max(abs(below), abs(above)) < SMALL_SHARE else None
    return Distance(above - below if points else _ratio(below, above), _far(lowest, highest, points), points, small)


def _far(lowest: Fraction | None, highest: Fraction | None, points: bool) -> Fraction | None:
    if not points:
        return _ratio(lowest, highest)
    return None if lowest is None or highest is None else highest - lowest


def _order(interval: Interval) -> tuple[bool, Fraction, bool, Fraction]:
    return (
        interval.low is not None,
        interval.low or Fraction(0),
        interval.high is None,
        interval.high or Fraction(0),
    )


def _ratio(small: Fraction | None, large: Fraction | None) -> Fraction | None:
    """The larger over the smaller without their signs; None where one is absent or zero, or the signs differ."""
    if small is None or large is None or small.numerator * large.numerator <= 0:
        return None
    ratio = large / small
    return ratio if ratio >= 1 else 1 / ratio


def decimal(value: Fraction, places: int) -> Decimal:
    """``value`` to ``places`` decimal places, half to even, without zeros that say nothing."""
    whole, rest = divmod(value.numerator * 10**places, value.denominator)
    twice = 2 * rest
    up = twice > value.denominator or (twice == value.denominator and whole % 2 == 1)
    return plain_decimal(Decimal(whole + up).scaleb(-places))


def has_places(value: Fraction, places: int) -> bool:
    """Whether ``value`` is a decimal of at most that many places."""
    return bool(value.numerator * 10**places % value.denominator == 0)
