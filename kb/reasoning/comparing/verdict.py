"""Do two numbers agree? The verdicts in their order, and how severe each is."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kb.domain.finding import Relation, Verdict
from kb.reasoning.comparing.distance import Distance, decimal, distance, relate
from kb.reasoning.comparing.leeway import (
    ROUNDED_POINTS,
    ROUNDED_RATIO,
    WITHIN_BOUND_POINTS,
    WITHIN_BOUND_RATIO,
    Reading,
)

RANK = {
    Verdict.AGREEMENT: 0,
    Verdict.ROUNDING: 1,
    Verdict.NOT_COMPARABLE: 2,
    Verdict.TENSION: 3,
    Verdict.CONFLICT: 4,
}
"""Verdicts from settled to worst."""

TENSION_FACTOR = Fraction(7, 10)
"""A tension weighs this much of a conflict at the same distance."""

LEAST_SEVERITY = Fraction(1, 20)
"""Whatever is in tension or conflict is at least this severe before confidence and dependence weaken it."""

LOOSE_FACTOR = Fraction(1, 2)
"""Two floors, or two ceilings, weigh this much of a limit beside a number, since the one only says more than the
other; so does a number beside an order of magnitude."""


class Ground(StrEnum):
    """Why a verdict is what it is; the sentence is made from it."""

    MEET = "meet"
    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    WITHIN_BOUND = "within the bound"
    ONLY_BOUND = "only the bound"
    SAME_SIDE = "two limits to one side"
    FACING = "limits that leave room between them"
    ONLY_HEDGE = "only the hedge"
    ONLY_ROUNDED = "only coarse rounding"
    ONLY_TRUNCATED = "only digits cut off"
    PAST_BOUND = "rounding past a bound"
    ONE_SIDED = "a scope key on one side only"
    OPPOSED = "opposite bounds"
    APART = "apart"
    SCOPE = "scope"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comes of two readings laid side by side.

    Attributes:
        verdict: See DESIGN 6.4; symmetric.
        ground: Why.
        relation: How the allowed intervals lie; ``inside`` when the left lies inside the right.
        distance: Between the stated intervals; ``near`` is 1 (0 points) where they meet.
        severity: From the distance alone: 0 for agreement and rounding.
        end: ``low`` or ``high`` where two spreads were compared end by end and this end is the worst; else empty.
    """

    verdict: Verdict
    ground: Ground
    relation: Relation
    distance: Distance
    severity: Fraction
    end: str = ""

    @property
    def ratio(self) -> Decimal | None:
        """Nearest stated ends, larger over smaller, to four places; None where a sign or zero forbids."""
        if self.distance.points or self.distance.near is None:
            return None
        return decimal(self.distance.near, 4)


def compare(left: Reading, right: Reading, *, one_sided: bool = False) -> Comparison:
    """``left`` and ``right``, which are in one unit and about the same thing, side by side.

    ``one_sided`` says that a scope key is given for one of the two only: what would be a conflict is a tension.
    """
    if left.spread and right.spread:
        return _end_by_end(left, right, one_sided)
    return _single(left, right, one_sided)


def _single(left: Reading, right: Reading, one_sided: bool) -> Comparison:
    relation = relate(left.allowed, right.allowed)
    gap = distance(left.stated, right.stated, points=left.percent or right.percent)
    verdict, ground = _judge(left, right, gap)
    if verdict is Verdict.CONFLICT and one_sided:
        verdict, ground = Verdict.TENSION, Ground.ONE_SIDED
    return Comparison(verdict, ground, relation, gap, _severity(verdict, ground, left, right, gap))


def _judge(left: Reading, right: Reading, gap: Distance) -> tuple[Verdict, Ground]:
    if left.stated.meets(right.stated):
        return _at_one_number(left, right)
    loosely, near = left.loosened.meets(right.loosened), within_bound(gap)
    how = _rounding(left, right)
    if loosely and near and (left.bounded or right.bounded or left.one_way or right.one_way):
        return Verdict.AGREEMENT, Ground.WITHIN_BOUND
    if how and nearer(gap, ROUNDED_RATIO, ROUNDED_POINTS):
        past = lies_past(left, right) or lies_past(right, left)
        return (Verdict.TENSION, Ground.PAST_BOUND) if past else (Verdict.ROUNDING, how)
    if loosely:
        return (Verdict.AGREEMENT, Ground.WITHIN_BOUND) if near else (Verdict.TENSION, _only(left, right))
    if how:
        return Verdict.TENSION if near else Verdict.CONFLICT, _COARSE[how]
    if near and (left.loosened.meets(right.widened) or left.widened.meets(right.loosened)):
        settled = nearer(gap, ROUNDED_RATIO, ROUNDED_POINTS)
        return (Verdict.AGREEMENT, Ground.WITHIN_BOUND) if settled else (Verdict.TENSION, Ground.ONLY_HEDGE)
    return Verdict.CONFLICT, Ground.OPPOSED if _facing(left, right) else Ground.APART


def _at_one_number(left: Reading, right: Reading) -> tuple[Verdict, Ground]:
    """The verdict where the stated numbers meet: they agree, unless one's words leave out what the other says.

    Then the other may still be rounded: "80%" may stand for what lies "over 80%". Nothing lies "over" and "under" it.
    """
    if compatible(left, right):
        return Verdict.AGREEMENT, Ground.MEET
    if left.leaning is not None and right.leaning is not None:
        return Verdict.CONFLICT if left.bounded and right.bounded else Verdict.TENSION, Ground.OPPOSED
    past = lies_past(left, right) or lies_past(right, left)
    return (Verdict.TENSION, Ground.PAST_BOUND) if past else (Verdict.ROUNDING, Ground.ROUNDED)


def compatible(left: Reading, right: Reading) -> bool:
    """Whether two readings whose stated numbers meet can both be true to the word.

    "More than 100" leaves 100 out, and nothing is "nearly 100" and "just over 100" at once. A plain 100 is compatible
    with "nearly 100", since a hedge is no limit.
    """
    if not left.allowed.meets(right.allowed):
        return False
    return left.leaning is None or right.leaning is None or left.leaning.meets(right.leaning)


def _rounding(left: Reading, right: Reading) -> Ground | None:
    """Whether one number, rounded or cut off, covers the other as it stands; None where neither does."""
    if left.stated.meets(right.rounded) or right.stated.meets(left.rounded):
        return Ground.ROUNDED
    if left.stated.meets(right.truncated) or right.stated.meets(left.truncated):
        return Ground.TRUNCATED
    return None


_COARSE = {Ground.ROUNDED: Ground.ONLY_ROUNDED, Ground.TRUNCATED: Ground.ONLY_TRUNCATED}
"""Rounding settles what lies near; farther off it is too coarse to settle anything."""


def lies_past(number: Reading, limit: Reading) -> bool:
    """Whether ``number``, rounded or hedged as it may be, lies where the words of ``limit`` say that nothing does."""
    return limit.leaning is not None and not limit.leaning.meets(number.widened)


def _only(left: Reading, right: Reading) -> Ground:
    """What alone lets two numbers be true that lie far apart."""
    if not left.allowed.meets(right.allowed):
        return Ground.ONLY_HEDGE
    if _facing(left, right):
        return Ground.FACING
    return Ground.SAME_SIDE if left.bounded and right.bounded else Ground.ONLY_BOUND


def _facing(left: Reading, right: Reading) -> bool:
    """Whether one leaves what lies above and the other what lies below, as "at least 10" and "nearly 90" do."""
    return left.side * right.side < 0


def within_bound(gap: Distance) -> bool:
    """Whether the nearest stated ends are so near that numbers which only a bound or a hedge joins still agree."""
    return nearer(gap, WITHIN_BOUND_RATIO, WITHIN_BOUND_POINTS)


def nearer(gap: Distance, ratio: Fraction, points: Fraction) -> bool:
    """Whether the nearest stated ends are less than ``ratio`` apart, or for percentages less than ``points``."""
    return gap.near is not None and gap.near < (points if gap.points else ratio)


def _severity(verdict: Verdict, ground: Ground, left: Reading, right: Reading, gap: Distance) -> Fraction:
    if verdict is Verdict.TENSION:
        return max(TENSION_FACTOR * LIMITS.get(ground, 1) * gap.severity, LEAST_SEVERITY)
    if verdict is Verdict.CONFLICT:
        return max(distance(left.allowed, right.allowed, points=gap.points).severity, LEAST_SEVERITY)
    return Fraction(0)


LIMITS: Mapping[Ground, Fraction] = {
    Ground.ONLY_HEDGE: LOOSE_FACTOR,
    Ground.SAME_SIDE: LOOSE_FACTOR,
    Ground.FACING: Fraction(0),
}
"""What a tension weighs where the words leave it open that both are true."""


def _end_by_end(left: Reading, right: Reading, one_sided: bool) -> Comparison:
    ends = [
        (which, _single(mine, theirs, one_sided))
        for which in ("low", "high")
        if (mine := left.end(which)) is not None and (theirs := right.end(which)) is not None
    ]
    if not ends:
        return _single(left, right, one_sided)
    which, worst = max(ends, key=lambda pair: (RANK[pair[1].verdict], pair[1].severity))
    end = which if worst.verdict is not Verdict.AGREEMENT or worst.ground is not Ground.MEET else ""
    relation = relate(left.allowed, right.allowed)
    return Comparison(worst.verdict, worst.ground, relation, worst.distance, worst.severity, end)
