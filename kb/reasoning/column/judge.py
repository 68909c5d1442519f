"""Do the numbers of many pairs agree? The verdicts of ``verdict.compare``, for all pairs at once and as exact."""

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import lcm

import numpy as np

from kb.domain.finding import Verdict
from kb.reasoning.array import Flags, Floats, Ints
from kb.reasoning.column.axis import Laid
from kb.reasoning.column.columns import CEILING, FLOOR, HEDGES, OVER, UNDER, Columns
from kb.reasoning.comparison.tolerance import HEDGE_TOLERANCES as LEEWAYS
from kb.reasoning.comparison.tolerance import ROUNDED_POINTS, ROUNDED_RATIO, WITHIN_BOUND_POINTS, WITHIN_BOUND_RATIO
from kb.reasoning.comparison.verdict import (
    GROUND_WEIGHTS,
    LEAST_SEVERITY,
    POINTS_HALF,
    SMALL_SHARE,
    SMALL_SHARE_FACTOR,
    TENSION_FACTOR,
    Ground,
)

VERDICTS = tuple(Verdict)
"""What a number in the column ``verdict`` stands for."""

GROUNDS = tuple(Ground)
"""What a number in the column ``ground`` stands for."""

_LEEWAYS = [LEEWAYS[hedge] for hedge in HEDGES]
_SHARES = [share for one in _LEEWAYS for share in (one.below, one.above)]
_SHARE = reduce(lcm, (share.denominator for share in (*_SHARES, WITHIN_BOUND_POINTS, ROUNDED_POINTS, SMALL_SHARE)))
_BELOW = np.array([int(one.below * _SHARE) for one in _LEEWAYS])
_ABOVE = np.array([int(one.above * _SHARE) for one in _LEEWAYS])
_FINE = 2 * _SHARE
_WEIGHTS = np.array([float(GROUND_WEIGHTS.get(ground, 1)) for ground in GROUNDS])
_FAR = 2**61
_LARGEST = _FAR / (4 * _FINE)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What came of each pair, in the order given.

    Attributes:
        verdict: Place in ``VERDICTS``.
        ground: Place in ``GROUNDS``.
        severity: From the distance alone, before confidence and dependence weaken it; a float.
        sure: Whether the pair could be judged here; where not (two spreads, numbers too far apart in size), nothing
            else about it means anything, and ``verdict.compare`` is to be asked.
    """

    verdict: Ints
    ground: Ints
    severity: Floats
    sure: Flags


def judged(columns: Columns, rows: Laid, left: Ints, right: Ints, one_sided: Flags) -> Judged:
    """Row ``left[i]`` beside row ``right[i]``, which are on one axis; ``one_sided`` as in ``verdict.compare``.

    Both are laid on whole steps so fine that every edge which rounding, truncation or a hedge makes is one of them.
    """
    scale, sure = _scales(columns, rows, left, right)
    mine = _Side.of(columns, rows, left, np.where(sure, scale // rows.whole[left], 0))
    theirs = _Side.of(columns, rows, right, np.where(sure, scale // rows.whole[right], 0))
    gap = _Gap.between(mine.stated, theirs.stated, rows.percent[left], scale * _FINE)
    verdict, ground = _verdicts(mine, theirs, gap)
    excused = one_sided & (verdict == VERDICTS.index(Verdict.CONFLICT))
    verdict = np.where(excused, VERDICTS.index(Verdict.TENSION), verdict)
    ground = np.where(excused, GROUNDS.index(Ground.ONE_SIDED), ground)
    wide = _Gap.between(mine.allowed, theirs.allowed, gap.points, gap.scale)
    return Judged(verdict, ground, _severity(verdict, ground, gap, wide), sure)


def _scales(columns: Columns, rows: Laid, left: Ints, right: Ints) -> tuple[Ints, Flags]:
    """A common whole for each pair, and whether everything about the pair can be told in its parts."""
    one, other = rows.whole[left], rows.whole[right]
    common = np.gcd(one, other)
    whole = one * 1.0 / common * other
    sure = rows.fits[left] & rows.fits[right] & ~(columns.spread[left] & columns.spread[right])
    for row, own in ((left, one), (right, other)):
        size = np.maximum(np.abs(rows.low[row]), np.abs(rows.high[row])) + rows.step[row]
        sure &= size * (whole / own) < _LARGEST
    sure &= whole < _LARGEST
    return np.where(sure, one // common * np.where(sure, other, 1), 1), sure


@dataclass(frozen=True, slots=True, eq=False)
class _Span:
    """Many intervals in whole steps; an absent end is ``_FAR``, below or above."""

    low: Ints
    high: Ints
    low_open: Flags
    high_open: Flags

    def meets(self, other: "_Span") -> Flags:
        apart: Flags = self._below(other) | other._below(self)
        return ~apart

    def _below(self, other: "_Span") -> Flags:
        below: Flags = (self.high < other.low) | ((self.high == other.low) & (self.high_open | other.low_open))
        return below

    def opened(self, floor: Flags, ceiling: Flags) -> "_Span":
        return _Span(
            np.where(ceiling, -_FAR, self.low),
            np.where(floor, _FAR, self.high),
            self.low_open | ceiling,
            self.high_open | floor,
        )

    def hedged(self, hedge: Ints) -> "_Span":
        below, above = _BELOW[hedge], _ABOVE[hedge]
        low = np.where(self.low > -_FAR, self.low - np.abs(self.low) // _SHARE * below, -_FAR)
        high = np.where(self.high < _FAR, self.high + np.abs(self.high) // _SHARE * above, _FAR)
        return _Span(low, high, self.low_open & (below == 0), self.high_open & (above == 0))

    def hull(self, other: "_Span") -> "_Span":
        low, high = np.minimum(self.low, other.low), np.maximum(self.high, other.high)
        low_open = (self.low_open | (self.low > low)) & (other.low_open | (other.low > low))
        high_open = (self.high_open | (self.high < high)) & (other.high_open | (other.high < high))
        return _Span(low, high, low_open, high_open)


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """All intervals of one side of many pairs; see ``leeway.Reading``."""

    stated: _Span
    allowed: _Span
    rounded: _Span
    truncated: _Span
    widened: _Span
    loosened: _Span
    leaning: _Span
    floor: Flags
    ceiling: Flags
    one_way: Flags

    @classmethod
    def of(cls, columns: Columns, rows: Laid, row: Ints, parts: Ints) -> "_Side":
        """The rows, each of whose wholes has ``parts`` parts."""
        low, high = rows.low[row] * parts * _FINE, rows.high[row] * parts * _FINE
        step, closed = rows.step[row] * parts * _FINE, np.zeros(len(row), np.bool_)
        bound, hedge = columns.bound[row], columns.hedge[row]
        floor, ceiling = FLOOR[bound], CEILING[bound]
        stated = _Span(low, high, closed, closed)
        allowed = _Span(low, high, columns.low_open[row], columns.high_open[row]).opened(floor, ceiling)
        rounded = _Span(low - step // 2, high + step // 2, closed, closed)
        down, up = (low < 0) & (step > 0), (high >= 0) & (step > 0)
        truncated = _Span(np.where(down, low - step, low), np.where(up, high + step, high), down, up)
        widened = rounded.hull(truncated).opened(floor, ceiling).hedged(hedge)
        under, over = UNDER[hedge] & ~floor & ~ceiling, OVER[hedge] & ~floor & ~ceiling
        leaning = _leaning(allowed, stated, under, over)
        loosened, one_way = allowed.hedged(hedge), UNDER[hedge] | OVER[hedge]
        return cls(stated, allowed, rounded, truncated, widened, loosened, leaning, floor, ceiling, one_way)

    @property
    def bounded(self) -> Flags:
        return self.floor | self.ceiling

    @property
    def upward(self) -> Flags:
        upward: Flags = self.leans & (self.leaning.high == _FAR)
        return upward

    @property
    def downward(self) -> Flags:
        downward: Flags = self.leans & (self.leaning.low == -_FAR)
        return downward

    @property
    def leans(self) -> Flags:
        return self.bounded | self.one_way

    def past(self, limit: "_Side") -> Flags:
        past: Flags = limit.leans & ~limit.leaning.meets(self.widened)
        return past


def _leaning(allowed: _Span, stated: _Span, under: Flags, over: Flags) -> _Span:
    """What is allowed where a side is open; the side that the hedge names where it names one."""
    return _Span(
        np.where(under, -_FAR, np.where(over, stated.low, allowed.low)),
        np.where(over, _FAR, np.where(under, stated.high, allowed.high)),
        allowed.low_open | under | over,
        allowed.high_open | under | over,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Gap:
    """How far apart the two of each pair lie; see ``verdict.Distance``.

    The ends nearest to each other are ``inner`` and ``outer`` where the two are ``apart``; ``scale`` steps are one.
    """

    inner: Ints
    outer: Ints
    apart: Flags
    points: Flags
    scale: Ints

    @classmethod
    def between(cls, one: _Span, other: _Span, points: Flags, scale: Ints) -> "_Gap":
        below, above = one.high < other.low, other.high < one.low
        inner, outer = np.where(below, one.high, other.high), np.where(below, other.low, one.low)
        return cls(inner, outer, below | above, points, scale)

    @property
    def told(self) -> Flags:
        """Whether a ratio can be told: neither zero nor another sign lies between."""
        return ~self.apart | (np.sign(self.inner) * np.sign(self.outer) > 0)

    def nearer(self, ratio: Fraction, points: Fraction) -> Flags:
        """Whether the nearest stated ends are less than ``ratio`` apart, or for percentages less than ``points``."""
        less, more = np.minimum(abs(self.inner), abs(self.outer)), np.maximum(abs(self.inner), abs(self.outer))
        times = more * ratio.denominator < less * ratio.numerator
        few = self.scale // points.denominator * points.numerator
        return ~self.apart | np.where(self.points, self.outer - self.inner < few, self.told & times)

    @property
    def severity(self) -> Floats:
        """See ``verdict.Distance.severity``."""
        less, more = np.minimum(abs(self.inner), abs(self.outer)), np.maximum(abs(self.inner), abs(self.outer))
        ratio = np.divide(more, less, out=np.full(len(more), np.inf), where=self.told & (less > 0))
        distance = np.maximum(self.outer - self.inner, 0) / self.scale
        small = self.told & (more < self.scale // SMALL_SHARE.denominator * SMALL_SHARE.numerator)
        times = 1 - ratio**-3.0
        points = np.maximum(distance / (distance + float(POINTS_HALF)), float(SMALL_SHARE_FACTOR) * times * small)
        far = np.where(self.points, points, times)
        return np.where(self.apart, far, 0.0)


def _verdicts(mine: _Side, theirs: _Side, gap: _Gap) -> tuple[Ints, Ints]:
    """The first case that applies to each pair, as in ``verdict.compare``; nothing joins all others."""
    both = mine.allowed.meets(theirs.allowed)
    facing = (mine.upward & theirs.downward) | (mine.downward & theirs.upward)
    limits = mine.bounded & theirs.bounded
    lean, past = mine.leans & theirs.leans, mine.past(theirs) | theirs.past(mine)
    same = mine.stated.meets(theirs.stated)
    compatible = both & (~lean | mine.leaning.meets(theirs.leaning))
    loosely = mine.loosened.meets(theirs.loosened)
    is_said = loosely & (mine.leans | theirs.leans)
    rounded = mine.stated.meets(theirs.rounded) | theirs.stated.meets(mine.rounded)
    truncated = mine.stated.meets(theirs.truncated) | theirs.stated.meets(mine.truncated)
    near, small = gap.nearer(ROUNDED_RATIO, ROUNDED_POINTS), gap.nearer(WITHIN_BOUND_RATIO, WITHIN_BOUND_POINTS)
    settled = (rounded | truncated) & near
    meet = mine.loosened.meets(theirs.widened) | mine.widened.meets(theirs.loosened)
    cases = [
        (same & compatible, Verdict.AGREEMENT, Ground.MEET),
        (same & limits, Verdict.CONFLICT, Ground.OPPOSED),
        (same & lean, Verdict.TENSION, Ground.OPPOSED),
        (same & past, Verdict.TENSION, Ground.PAST_BOUND),
        (same, Verdict.ROUNDING, Ground.ROUNDED),
        (is_said & small, Verdict.AGREEMENT, Ground.WITHIN_BOUND),
        (settled & past, Verdict.TENSION, Ground.PAST_BOUND),
        (settled & rounded, Verdict.ROUNDING, Ground.ROUNDED),
        (settled, Verdict.ROUNDING, Ground.TRUNCATED),
        (loosely & small, Verdict.AGREEMENT, Ground.WITHIN_BOUND),
        (loosely & ~both, Verdict.TENSION, Ground.ONLY_HEDGE),
        (loosely & facing, Verdict.TENSION, Ground.FACING),
        (loosely & limits, Verdict.TENSION, Ground.SAME_SIDE),
        (loosely, Verdict.TENSION, Ground.ONLY_BOUND),
        (rounded & small, Verdict.TENSION, Ground.ONLY_ROUNDED),
        (rounded, Verdict.CONFLICT, Ground.ONLY_ROUNDED),
        (truncated & small, Verdict.TENSION, Ground.ONLY_TRUNCATED),
        (truncated, Verdict.CONFLICT, Ground.ONLY_TRUNCATED),
        (meet & near, Verdict.AGREEMENT, Ground.WITHIN_BOUND),
        (meet & small, Verdict.TENSION, Ground.ONLY_HEDGE),
        (facing, Verdict.CONFLICT, Ground.OPPOSED),
    ]
    where = [flags for flags, _, _ in cases]
    verdict = np.select(where, [VERDICTS.index(one) for _, one, _ in cases], VERDICTS.index(Verdict.CONFLICT))
    ground = np.select(where, [GROUNDS.index(one) for _, _, one in cases], GROUNDS.index(Ground.APART))
    return verdict.astype(np.int64), ground.astype(np.int64)


def _severity(verdict: Ints, ground: Ints, gap: _Gap, wide: _Gap) -> Floats:
    least = float(LEAST_SEVERITY)
    tense = np.maximum(float(TENSION_FACTOR) * _WEIGHTS[ground] * gap.severity, least)
    clash = np.maximum(wide.severity, least)
    where = [verdict == VERDICTS.index(Verdict.TENSION), verdict == VERDICTS.index(Verdict.CONFLICT)]
    return np.select(where, [tense, clash], 0.0)
