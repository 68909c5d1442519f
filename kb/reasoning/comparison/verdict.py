"""Verdicts on two numbers in one unit: their distance, the verdict with its ground, and the severity."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import assert_never

from kb.domain.finding import Ground, Relation, Verdict
from kb.domain.interval import Interval
from kb.domain.quantity import plain_decimal
from kb.reasoning.comparison.tolerance import (
    ROUNDED_POINTS,
    ROUNDED_RATIO,
    WITHIN_BOUND_POINTS,
    WITHIN_BOUND_RATIO,
    ZERO,
    NormalizedQuantity,
)

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


TENSION_FACTOR = Fraction(7, 10)
"""Share of a conflict's severity that a tension has at the same distance."""

LEAST_SEVERITY = Fraction(1, 20)
"""Least severity of a tension or conflict before an allegation or one voice on both sides weakens it."""

LOOSE_FACTOR = Fraction(1, 2)
"""Share of a tension's severity for two floors, two ceilings, or a number beside an order of magnitude."""
# "At least 100" and "at least 900" people can both be true: the higher floor merely says more.


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The outcome of comparing two numbers.

    Attributes:
        verdict: The verdict; the same in either order.
        ground: The ground of the rule that decided.
        relation: Between the allowed intervals; ``INSIDE`` where the left lies inside the right.
        distance: Between the stated intervals; ``near`` is 1 (0 points) where they meet.
        severity: From 0 to 1, by distance alone; 0 for agreement and rounding.
        end: ``low`` or ``high``, the worse end of two spreads that were compared end by end; else empty.
    """

    verdict: Verdict
    ground: Ground
    relation: Relation
    distance: Distance
    severity: Fraction
    end: str = ""

    @property
    def ratio(self) -> Decimal | None:
        """Nearest stated ends, larger over smaller, to four places; None across a sign or zero, and for percentages."""
        if self.distance.points or self.distance.near is None:
            return None
        return decimal(self.distance.near, 4)

    @property
    def points(self) -> Decimal | None:
        """Difference of the nearest stated ends of two percentages, as a fraction to six places; None for all else."""
        return decimal(self.distance.near, 6) if self.distance.points and self.distance.near is not None else None


@lru_cache(maxsize=1024)
def compare(left: NormalizedQuantity, right: NormalizedQuantity, *, one_sided: bool = False) -> Comparison:
    """The verdict on two numbers, with its ground, distance and severity.

    Args:
        left: A number about the same thing as ``right``, in the same unit.
        right: The other number; the order of the two changes nothing but the relation.
        one_sided: Whether only one of the two gives some scope key: what would be a conflict is then a tension.
    """
    # Both ends of a spread are said to occur, so that "$100 to $160" and "$120 to $160" contradict each other at the
    # low end; two estimates with these ends may mean one value.
    if left.spread and right.spread:
        return _end_by_end(left, right, one_sided)
    return _single(left, right, one_sided)


def _single(left: NormalizedQuantity, right: NormalizedQuantity, one_sided: bool) -> Comparison:
    gap = distance(left.stated, right.stated, points=left.percent or right.percent)
    rule = deciding_rule(left, right, gap)
    verdict, ground = rule.verdict, rule.ground
    if verdict is Verdict.CONFLICT and one_sided:
        verdict, ground = Verdict.TENSION, Ground.ONE_SIDED
    relation = relate(left.allowed, right.allowed)
    return Comparison(
        verdict=verdict,
        ground=ground,
        relation=relation,
        distance=gap,
        severity=_severity(verdict, ground, left, right, gap),
    )


@dataclass(frozen=True)
class _Compared:
    """Two numbers in one unit with the answers to what the rules ask about them, each computed once."""

    left: NormalizedQuantity
    right: NormalizedQuantity
    gap: Distance

    @cached_property
    def stated_meet(self) -> bool:
        return self.left.stated.meets(self.right.stated)

    @cached_property
    def compatible(self) -> bool:
        return compatible(self.left, self.right)

    @cached_property
    def both_lean(self) -> bool:
        """Whether the bounds or hedges of both name a side of their number."""
        return self.left.half_line is not None and self.right.half_line is not None

    @cached_property
    def both_bounded(self) -> bool:
        return self.left.bounded and self.right.bounded

    @cached_property
    def any_leans(self) -> bool:
        """Whether a bound, or a hedge that names a side, stands on either number."""
        either = self.left, self.right
        return any(amount.bounded or amount.hedge_is_directional for amount in either)

    @cached_property
    def limit_violated(self) -> bool:
        return violates_limit(self.left, self.right) or violates_limit(self.right, self.left)

    @cached_property
    def loosely(self) -> bool:
        """Whether bounds and hedges alone let the two meet."""
        return self.left.loosened.meets(self.right.loosened)

    @cached_property
    def bounds_meet(self) -> bool:
        return self.left.allowed.meets(self.right.allowed)

    @cached_property
    def facing(self) -> bool:
        return _open_towards_each_other(self.left, self.right)

    @cached_property
    def rounded(self) -> bool:
        """Whether one number as it stands lies in what the other may have been rounded from."""
        return self.left.stated.meets(self.right.rounded) or self.right.stated.meets(self.left.rounded)

    @cached_property
    def truncated(self) -> bool:
        """Whether one number as it stands lies in what the other may have been cut off from."""
        return self.left.stated.meets(self.right.truncated) or self.right.stated.meets(self.left.truncated)

    @cached_property
    def hedge_and_rounding(self) -> bool:
        """Whether the hedge of one and the rounding of the other together let the two meet."""
        left, right = self.left, self.right
        return left.loosened.meets(right.widened) or left.widened.meets(right.loosened)

    @cached_property
    def near(self) -> bool:
        """Whether numbers that only a bound or a hedge joins still agree."""
        return within_bound(self.gap)

    @cached_property
    def near_enough_to_round(self) -> bool:
        """Whether rounding settles the difference."""
        return nearer_than(self.gap, ROUNDED_RATIO, ROUNDED_POINTS)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the rule table.

    Attributes:
        verdict: The verdict where the row decides.
        ground: The ground that goes with it.
        applies: Whether the row fits two numbers; it decides if no row above fits.
    """

    verdict: Verdict
    ground: Ground
    applies: Callable[[_Compared], bool]


RULES: Sequence[Rule] = (
    # The stated numbers meet. "More than 100" leaves out 100, and nothing lies over and under one number at once.
    Rule(Verdict.AGREEMENT, Ground.MEET, lambda c: c.stated_meet and c.compatible),
    Rule(Verdict.CONFLICT, Ground.OPPOSED, lambda c: c.stated_meet and c.both_lean and c.both_bounded),
    Rule(Verdict.TENSION, Ground.OPPOSED, lambda c: c.stated_meet and c.both_lean),
    # "80%" may stand for what lies over 80%, so a plain number beside a strict limit is rounding, unless even its
    # rounding lies on the wrong side.
    Rule(Verdict.TENSION, Ground.PAST_BOUND, lambda c: c.stated_meet and c.limit_violated),
    Rule(Verdict.ROUNDING, Ground.ROUNDED, lambda c: c.stated_meet),
    # They do not meet. A bound that names a side settles what lies near, before rounding is looked at: "at least 95"
    # beside 100 is no rounding.
    Rule(Verdict.AGREEMENT, Ground.WITHIN_BOUND, lambda c: c.loosely and c.near and c.any_leans),
    # Rounding settles what lies near. By the letter 200 and 240 would be rounding, which no reader would accept.
    Rule(
        Verdict.TENSION,
        Ground.PAST_BOUND,
        lambda c: (c.rounded or c.truncated) and c.near_enough_to_round and c.limit_violated,
    ),
    Rule(Verdict.ROUNDING, Ground.ROUNDED, lambda c: c.rounded and c.near_enough_to_round),
    Rule(Verdict.ROUNDING, Ground.TRUNCATED, lambda c: c.truncated and c.near_enough_to_round),
    # Bounds and hedges alone: what lies near agrees; what lies far is a tension, and the ground says why both may hold.
    Rule(Verdict.AGREEMENT, Ground.WITHIN_BOUND, lambda c: c.loosely and c.near),
    Rule(Verdict.TENSION, Ground.ONLY_HEDGE, lambda c: c.loosely and not c.bounds_meet),
    Rule(Verdict.TENSION, Ground.FACING, lambda c: c.loosely and c.facing),
    Rule(Verdict.TENSION, Ground.SAME_SIDE, lambda c: c.loosely and c.both_bounded),
    Rule(Verdict.TENSION, Ground.ONLY_BOUND, lambda c: c.loosely),
    # Farther off, rounding is too coarse to settle anything.
    Rule(Verdict.TENSION, Ground.ONLY_ROUNDED, lambda c: c.rounded and c.near),
    Rule(Verdict.CONFLICT, Ground.ONLY_ROUNDED, lambda c: c.rounded),
    Rule(Verdict.TENSION, Ground.ONLY_TRUNCATED, lambda c: c.truncated and c.near),
    Rule(Verdict.CONFLICT, Ground.ONLY_TRUNCATED, lambda c: c.truncated),
    # A hedge on one side and rounding on the other, added up, never settle more than rounding alone would.
    Rule(Verdict.AGREEMENT, Ground.WITHIN_BOUND, lambda c: c.near and c.hedge_and_rounding and c.near_enough_to_round),
    Rule(Verdict.TENSION, Ground.ONLY_HEDGE, lambda c: c.near and c.hedge_and_rounding),
    Rule(Verdict.CONFLICT, Ground.OPPOSED, lambda c: c.facing),
    Rule(Verdict.CONFLICT, Ground.APART, lambda c: not c.stated_meet),
)
"""The rule table, from the row that is asked first; some row applies to any two numbers."""


def deciding_rule(left: NormalizedQuantity, right: NormalizedQuantity, gap: Distance) -> Rule:
    """The row of ``RULES`` that decides on two numbers in one unit whose stated intervals lie ``gap`` apart."""
    compared = _Compared(left, right, gap)
    for rule in RULES:
        if rule.applies(compared):
            return rule
    raise AssertionError("the last rule applies to any two numbers that no other rule fits")


def compatible(left: NormalizedQuantity, right: NormalizedQuantity) -> bool:
    """Whether the words of two numbers whose stated intervals meet leave in what they share."""
    # "More than 100" leaves out 100, and nothing is "nearly 100" and "just over 100" at once. A plain 100 is compatible
    # with "nearly 100", since a hedge is no limit.
    if not left.allowed.meets(right.allowed):
        return False
    return left.half_line is None or right.half_line is None or left.half_line.meets(right.half_line)


def violates_limit(number: NormalizedQuantity, limit: NormalizedQuantity) -> bool:
    """Whether the words of ``limit`` exclude all of ``number``, even as it may have been rounded or hedged."""
    return limit.half_line is not None and not limit.half_line.meets(number.widened)


def _open_towards_each_other(left: NormalizedQuantity, right: NormalizedQuantity) -> bool:
    """Whether one leaves open what lies above and the other what lies below, as "at least 10" and "nearly 90" do."""
    return left.direction * right.direction < 0


def within_bound(gap: Distance) -> bool:
    """Whether stated ends lie near enough for agreement where only a bound or a hedge makes the numbers meet."""
    return nearer_than(gap, WITHIN_BOUND_RATIO, WITHIN_BOUND_POINTS)


def nearer_than(gap: Distance, ratio: Fraction, points: Fraction) -> bool:
    """Whether the nearest ends are less than ``ratio`` apart, or for percentages less than ``points``."""
    return gap.near is not None and gap.near < (points if gap.points else ratio)


def _severity(
    verdict: Verdict, ground: Ground, left: NormalizedQuantity, right: NormalizedQuantity, gap: Distance
) -> Fraction:
    # A conflict is measured between the allowed intervals, since a floor leaves open all that lies above it: the higher
    # a floor lies above a ceiling, the worse. Those of a tension often meet, so that the stated ends count.
    match verdict:
        case Verdict.TENSION:
            return max(TENSION_FACTOR * GROUND_WEIGHTS.get(ground, 1) * gap.severity, LEAST_SEVERITY)
        case Verdict.CONFLICT:
            if not (left.allowed is left.stated and right.allowed is right.stated):
                gap = distance(left.allowed, right.allowed, points=gap.points)
            return max(gap.severity, LEAST_SEVERITY)
        # No row of the table gives the verdicts on forecasts, which keep the severity of the comparison.
        case Verdict.AGREEMENT | Verdict.ROUNDING | Verdict.NOT_COMPARABLE | Verdict.MET | Verdict.MISSED:
            return ZERO
        case _:
            assert_never(verdict)


GROUND_WEIGHTS: Mapping[Ground, Fraction] = {
    Ground.ONLY_HEDGE: LOOSE_FACTOR,
    Ground.SAME_SIDE: LOOSE_FACTOR,
    Ground.FACING: Fraction(0),
}
"""Share of a tension's severity where the words leave it open that both numbers are true; 1 for other grounds."""


def _end_by_end(left: NormalizedQuantity, right: NormalizedQuantity, one_sided: bool) -> Comparison:
    """The comparison of the worse of two ends; of the whole where no end is stated on both sides."""
    ends = [
        (which, _single(left_end, right_end, one_sided))
        for which in ("low", "high")
        if (left_end := left.end(which)) is not None and (right_end := right.end(which)) is not None
    ]
    if not ends:
        return _single(left, right, one_sided)
    which, worst = max(ends, key=lambda pair: (pair[1].verdict.rank, pair[1].severity))
    end = which if worst.verdict is not Verdict.AGREEMENT or worst.ground is not Ground.MEET else ""
    relation = relate(left.allowed, right.allowed)
    return Comparison(
        verdict=worst.verdict,
        ground=worst.ground,
        relation=relation,
        distance=worst.distance,
        severity=worst.severity,
        end=end,
    )
