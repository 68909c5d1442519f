"""How far apart two intervals lie, as a ratio or in points."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kb.domain.finding import Relation
from kb.domain.interval import Interval
from kb.domain.quantity import plain_decimal
from kb.reasoning.comparison.tolerance import WITHIN_BOUND_POINTS, WITHIN_BOUND_RATIO, ZERO

POINTS_HALF = Fraction(20, 100)
"""Difference of two percentages at which the severity is one half."""

SMALL_SHARE = Fraction(10, 100)
"""Limit below which two percentages are compared by their ratio as well as by their difference."""
# 0.01 % and 1 % are hardly a point apart, and yet one of the two is wrong by a step of a hundred.

SMALL_SHARE_FACTOR = Fraction(1, 2)
"""Share of its severity that the ratio of two small percentages counts for."""


@dataclass(frozen=True, slots=True)
class Distance:
    """How far apart two intervals lie, as ratios or as differences.

    Attributes:
        near: Nearest ends: larger over smaller, at least 1, or with ``points`` their difference; 1 or 0 where the two
            intervals meet; None for a ratio across a sign or zero.
        far: Farthest ends likewise; None also where an end is absent.
        points: Whether both are differences of percentages, as fractions (5 points are 0.05), instead of ratios.
        small: For two percentages below ``SMALL_SHARE`` that do not meet, their nearest ends as a ratio; else None.
    """

    near: Fraction | None
    far: Fraction | None
    points: bool
    small: Fraction | None = None

    @property
    def near_ratio(self) -> Decimal | None:
        """The ratio of the nearest ends, to four places; None across a sign or zero, and for percentages."""
        return None if self.points or self.near is None else decimal(self.near, 4)

    @property
    def near_points(self) -> Decimal | None:
        """The difference of the nearest ends of two percentages, as a fraction to six places; None for all else."""
        return decimal(self.near, 6) if self.points and self.near is not None else None

    @property
    def severity(self) -> Fraction:
        """From 0 for no distance to 1.

        For ratios ``1 - 1/near**3``: 0.42 at 1.2 times, 0.88 at twice; 1 where there is no ratio. For percentages
        ``near / (near + 20 points)``, or half of what their ratio gives if that is more and both are small.
        """
        # A gain and a loss have no ratio, and nothing is farther apart. The cube makes severity grow with the logarithm
        # of the ratio: twice as much is far worse than 1.2 times, 20 times hardly worse than 10.
        if self.near is None:
            return Fraction(1)
        if not self.points:
            return _ratio_severity(self.near)
        ratio = SMALL_SHARE_FACTOR * _ratio_severity(self.small) if self.small else ZERO
        return max(self.near / (self.near + POINTS_HALF), ratio)


def _ratio_severity(ratio: Fraction) -> Fraction:
    """``1 - 1/ratio**3``."""
    over, under = ratio.numerator**3, ratio.denominator**3
    return Fraction(over - under, over)


def relate(first: Interval, second: Interval) -> Relation:
    """``INSIDE`` where ``second`` holds all of ``first``, else ``OVERLAPPING`` or ``DISJOINT``."""
    if second is first or second.encloses(first):
        return Relation.INSIDE
    return Relation.OVERLAPPING if first.meets(second) else Relation.DISJOINT


def distance(left: Interval, right: Interval, *, points: bool) -> Distance:
    """The distance between two intervals: ratios, or with ``points`` differences; the same in either order."""
    if left.high is not None and right.low is not None and left.high < right.low:
        return _disjoint_distance(left.low, left.high, right.low, right.high, points)
    if right.high is not None and left.low is not None and right.high < left.low:
        return _disjoint_distance(right.low, right.high, left.low, left.high, points)
    lower, upper = sorted((left, right), key=_order)
    far = _far(lower.low, upper.high, points)
    return Distance(ZERO if points else _ONE, far, points)


def _disjoint_distance(
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
        interval.low or ZERO,
        interval.high is None,
        interval.high or ZERO,
    )


_ONE = Fraction(1)


def _ratio(small: Fraction | None, large: Fraction | None) -> Fraction | None:
    """The larger over the smaller magnitude, at least 1; None where one is absent or zero, or the signs differ."""
    if small is None or large is None:
        return None
    # The two on a common scale, as whole numbers: a quotient of fractions takes several times as long.
    first, second = small.numerator * large.denominator, large.numerator * small.denominator
    if first * second <= 0:
        return None
    if first == second:
        return _ONE
    lower, upper = sorted((abs(first), abs(second)))
    return Fraction(upper, lower)


def decimal(value: Fraction, places: int) -> Decimal:
    """``value`` rounded to ``places`` decimal places, half to even, without trailing zeros."""
    if value.denominator == 1:
        return plain_decimal(Decimal(value.numerator))
    whole, rest = divmod(value.numerator * 10**places, value.denominator)
    twice = 2 * rest
    up = twice > value.denominator or (twice == value.denominator and whole % 2 == 1)
    return plain_decimal(Decimal(whole + up).scaleb(-places))


def has_places(value: Fraction, places: int) -> bool:
    """Whether ``value`` can be written exactly with at most ``places`` decimal places."""
    return bool(value.numerator * 10**places % value.denominator == 0)


def within_bound(gap: Distance) -> bool:
    """Whether stated ends lie near enough for agreement where only a bound or a hedge makes the numbers meet."""
    return nearer_than(gap, WITHIN_BOUND_RATIO, WITHIN_BOUND_POINTS)


def nearer_than(gap: Distance, ratio: Fraction, points: Fraction) -> bool:
    """Whether the nearest ends are less than ``ratio`` apart, or for percentages less than ``points``."""
    return gap.near is not None and gap.near < (points if gap.points else ratio)
