"""Verdicts on two numbers in one unit: the verdict with its ground, and the severity."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import assert_never

from kb.domain.finding import Ground, Relation, Verdict
from kb.domain.interval import Interval
from kb.reasoning.comparison.distance import Distance, distance, nearer_than, relate, within_bound
from kb.reasoning.comparison.margins import (
    Measured,
    deviations_between,
    deviations_from,
    five_per_cent_quantile,
    scatter,
    square_root,
)
from kb.reasoning.comparison.tolerance import (
    ROUNDED_POINTS,
    ROUNDED_RATIO,
    ZERO,
    NormalizedQuantity,
    left_of_whole,
)

TENSION_FACTOR = Fraction(7, 10)
"""Share of a conflict's severity that a tension has at the same distance."""

LEAST_SEVERITY = Fraction(1, 20)
"""Least severity of a tension or conflict before an allegation or one voice on both sides weakens it."""

LOOSE_FACTOR = Fraction(1, 2)
"""Share of a tension's severity for a number beside an order of magnitude."""


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
        deviations: Combined standard deviations between two numbers of which one at least has a margin; else None.
        birge_ratio: The scatter of all numbers with margins on both sides over what their margins account for; None for
            fewer than two.
    """

    verdict: Verdict
    ground: Ground
    relation: Relation
    distance: Distance
    severity: Fraction
    end: str = ""
    deviations: Fraction | None = None
    birge_ratio: Fraction | None = None

    @property
    def ratio(self) -> Decimal | None:
        """Nearest stated ends, larger over smaller, to four places; None across a sign or zero, and for percentages."""
        return self.distance.near_ratio

    @property
    def points(self) -> Decimal | None:
        """Difference of the nearest stated ends of two percentages, as a fraction to six places; None for all else."""
        return self.distance.near_points


@lru_cache(maxsize=1024)
def compare(left: NormalizedQuantity, right: NormalizedQuantity, *, one_sided: bool = False) -> Comparison:
    """The verdict on two numbers, with its ground, distance and severity.

    Args:
        left: A number about the same thing as ``right``, in the same unit.
        right: The other number; the order of the two changes nothing but the relation.
        one_sided: Whether only one of the two gives some scope key: what would be a conflict is then a tension.
    """
    if left.rest or right.rest:
        return _compare_in_both_terms(left, right, one_sided=one_sided)
    return _compare(left, right, one_sided=one_sided)


def _compare_in_both_terms(left: NormalizedQuantity, right: NormalizedQuantity, *, one_sided: bool) -> Comparison:
    """The verdict on two shares, one of which at least was stated as the rest: in the terms of both, the graver one."""
    # 3 % and 4 % of the seats are a third apart, 96 % and 97 % are not, and nobody may turn the one into the other by
    # declaring which of the two measures is the rest. Shares that were both stated as the rest are compared as stated.
    in_other_terms = [amount.rest or left_of_whole(amount) for amount in (left, right)]
    mirrored = _mirrored(_compare(*in_other_terms, one_sided=one_sided))
    if left.rest and right.rest:
        return mirrored
    own = _compare(left, right, one_sided=one_sided)
    return max(own, mirrored, key=lambda comparison: (comparison.verdict.rank, comparison.severity))


def _mirrored(comparison: Comparison) -> Comparison:
    """A comparison of what two shares leave as one of the shares themselves."""
    return replace(comparison, end=_MIRRORED_ENDS[comparison.end])


_MIRRORED_ENDS = {"": "", "low": "high", "high": "low"}


def _compare(left: NormalizedQuantity, right: NormalizedQuantity, *, one_sided: bool) -> Comparison:
    # Both ends of a spread are said to occur, so that "$100 to $160" and "$120 to $160" contradict each other at the
    # low end; two estimates with these ends may mean one value.
    if left.spread and right.spread:
        return _end_by_end(left, right, one_sided)
    if left.measured or right.measured:
        return compare_measured([left], [right], one_sided=one_sided)
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


def compare_measured(
    left: Sequence[NormalizedQuantity], right: Sequence[NormalizedQuantity], *, one_sided: bool = False
) -> Comparison:
    """The verdict on two positions by the margins of their numbers; of each position the first gives the distance.

    Two positions with margins agree while the chi-square test at 5 % does not reject that all their numbers measure one
    value: of two numbers, while they lie at most 1.96 combined standard deviations apart. A number without a margin is
    read with its rounding, bound and hedge. A margin of unknown kind makes a tension at most.

    Args:
        left: The numbers of one position in one unit; all with margins, or one without.
        right: Those of the other, likewise; one side at least has margins.
        one_sided: Whether only one of the two gives some scope key.
    """
    gap = distance(left[0].stated, right[0].stated, points=left[0].percent or right[0].percent)
    test = _margin_test(left, right, gap)
    verdict, ground = test.verdict, Ground.BEYOND_MARGINS
    if verdict.is_settled:
        ground = Ground.MEET if left[0].stated == right[0].stated else Ground.WITHIN_MARGINS
    if verdict is Verdict.CONFLICT and one_sided:
        verdict, ground = Verdict.TENSION, Ground.ONE_SIDED
    return Comparison(
        verdict=verdict,
        ground=ground,
        relation=Relation.OVERLAPPING if verdict.is_settled else Relation.DISJOINT,
        distance=gap,
        severity=_margin_severity(verdict, test.deviations),
        deviations=test.deviations,
        birge_ratio=test.birge_ratio,
    )


@dataclass(frozen=True, slots=True)
class _MarginTest:
    """The verdict by margins alone, the standard deviations between two positions, and the Birge ratio of both."""

    verdict: Verdict
    deviations: Fraction
    birge_ratio: Fraction | None = None


def _margin_test(left: Sequence[NormalizedQuantity], right: Sequence[NormalizedQuantity], gap: Distance) -> _MarginTest:
    sides = [[amount.measured for amount in side if amount.measured] for side in (left, right)]
    # A floor of "45 ± 3" is compared without its margin, whose kind is as little known.
    known = all(number.known for side in sides for number in side) and not any(
        amount.has_unknown_margin for amount in (*left, *right)
    )
    rejected = Verdict.CONFLICT if known else Verdict.TENSION
    if all(sides):
        joint = scatter([*sides[0], *sides[1]])
        verdict = Verdict.AGREEMENT if joint.allows_common_value else rejected
        return _MarginTest(verdict, deviations_between(*sides), joint.birge_ratio)
    numbers, plain = (sides[0], right[0]) if sides[0] else (sides[1], left[0])
    deviations = _deviations_from(numbers, plain.loosened)
    if deviations**2 <= five_per_cent_quantile(1):
        return _MarginTest(Verdict.AGREEMENT, deviations)
    rounded = _deviations_from(numbers, plain.widened) ** 2 <= five_per_cent_quantile(1)
    settled = rounded and nearer_than(gap, ROUNDED_RATIO, ROUNDED_POINTS)
    return _MarginTest(Verdict.ROUNDING if settled else rejected, deviations)


def _deviations_from(numbers: Sequence[Measured], plain: Interval) -> Fraction:
    return max(deviations_from(number, plain.low, plain.high) for number in numbers)


def _margin_severity(verdict: Verdict, deviations: Fraction) -> Fraction:
    """``1 - 1.96 / z`` at ``z`` combined standard deviations: 0.35 at three, 0.61 at five; a tension has 0.7 of it."""
    if not verdict.is_disagreement:
        return ZERO
    just_rejected = square_root(five_per_cent_quantile(1))
    weight = TENSION_FACTOR if verdict is Verdict.TENSION else 1
    return max(weight * (1 - just_rejected / max(deviations, just_rejected)), LEAST_SEVERITY)


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
    def both_recorded(self) -> bool:
        """Whether somebody stated both; a computed number is open where its inputs are, and is no limit of its own."""
        return self.left.quantity is not None and self.right.quantity is not None

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
        """Whether the two meet once each is read with its own rounding, ends included."""
        return self.left.rounded.meets(self.right.rounded)

    @cached_property
    def last_digit(self) -> bool:
        """Whether their roundings touch in one point and no more, as those of 42 and 43 do."""
        shared = self.left.rounded.overlap(self.right.rounded)
        return shared is not None and shared.exact

    @cached_property
    def rounded_alone(self) -> bool:
        """Whether one number as it stands lies in what the other, as it was stated, may have been rounded from."""
        # The rounding of a result's inputs comes last: a reader first looks at the digits of the stated number.
        both_orders = ((self.left, self.right), (self.right, self.left))
        return any(not rounded.rounded_inputs and exact.stated.meets(rounded.rounded) for rounded, exact in both_orders)

    @cached_property
    def truncated(self) -> bool:
        """Whether one number as it stands lies in what the other may have been cut off from."""
        return self.left.stated.meets(self.right.truncated) or self.right.stated.meets(self.left.truncated)

    @cached_property
    def both_rounded_settle(self) -> bool:
        """Whether the rounding of both settles the difference: they are close, and no limit lies between them."""
        # 1 % and 2 % are a point apart, and yet one is twice the other.
        close_in_ratio = self.gap.small is None or self.gap.small < ROUNDED_RATIO
        # And a third was not rounded to a digit, so that its own rounding cannot help that of 34 %.
        digits = self.left.ends_with_its_digits and self.right.ends_with_its_digits
        return self.near_enough_to_round and close_in_ratio and digits and not self.limit_violated

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
        lambda c: (c.rounded_alone or c.truncated) and c.near_enough_to_round and c.limit_violated,
    ),
    Rule(Verdict.ROUNDING, Ground.ROUNDED, lambda c: c.rounded_alone and c.near_enough_to_round),
    Rule(Verdict.ROUNDING, Ground.TRUNCATED, lambda c: c.truncated and c.near_enough_to_round),
    # Bounds and hedges alone: what lies near agrees; what lies far is a tension, and the ground says why both may hold.
    Rule(Verdict.AGREEMENT, Ground.WITHIN_BOUND, lambda c: c.loosely and c.near),
    # Both rounded at once, with closed ends. Where the roundings touch and no more, the last digit differs.
    Rule(Verdict.ROUNDING, Ground.LAST_DIGIT, lambda c: c.last_digit and c.both_rounded_settle),
    Rule(Verdict.ROUNDING, Ground.ROUNDED, lambda c: c.rounded and c.both_rounded_settle),
    Rule(Verdict.TENSION, Ground.ONLY_HEDGE, lambda c: c.loosely and not c.bounds_meet),
    # Two limits that can both be true contradict nobody, however far apart they are: "just over one month" and "less
    # than 2 months", or two floors, of which the higher one merely says more.
    Rule(Verdict.AGREEMENT, Ground.FACING, lambda c: c.loosely and c.facing),
    Rule(Verdict.AGREEMENT, Ground.SAME_SIDE, lambda c: c.loosely and c.both_bounded and c.both_recorded),
    Rule(Verdict.TENSION, Ground.ONLY_BOUND, lambda c: c.loosely),
    # Farther off, rounding is too coarse to settle anything.
    Rule(Verdict.TENSION, Ground.ONLY_ROUNDED, lambda c: c.rounded_alone and c.near),
    Rule(Verdict.CONFLICT, Ground.ONLY_ROUNDED, lambda c: c.rounded_alone),
    Rule(Verdict.TENSION, Ground.ONLY_TRUNCATED, lambda c: c.truncated and c.near),
    Rule(Verdict.CONFLICT, Ground.ONLY_TRUNCATED, lambda c: c.truncated),
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


GROUND_WEIGHTS: Mapping[Ground, Fraction] = {Ground.ONLY_HEDGE: LOOSE_FACTOR}
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
