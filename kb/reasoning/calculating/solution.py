"""Which values of one input make a formula run over a target? Low paired with low, high with high, every root kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kb.domain.formula import Expr
from kb.domain.interval import Interval
from kb.domain.quantity import Bound
from kb.reasoning.calculating.enclosure import Box, slope
from kb.reasoning.calculating.solve import solved

Point = Mapping[str, Fraction]
"""One value for each input but the one that is solved for."""

_POSITIVE = Interval(Fraction(0), None, low_open=True)


@dataclass(frozen=True)
class Solution:
    """Values of one input at which a formula gives the target.

    Attributes:
        low: Where the target's low end is reached, with the other inputs at the ends that lower the result.
        high: Where its high end is reached, with the others at the ends that raise it.
        crossed: The values that the opposite pairing leaves room for.
        others: From the one to the other for every further root, from the lowest up.
        lowering: The other inputs where ``low`` is reached.
        raising: The other inputs where ``high`` is reached.
    """

    low: Interval
    high: Interval
    crossed: Interval
    others: tuple[Interval, ...]
    lowering: Point
    raising: Point

    @property
    def value(self) -> Interval:
        """From the one to the other."""
        return self.low.hull(self.high)


def solution(expr: Expr, name: str, box: Box, target: Interval) -> Solution | None:
    """``name`` for which ``expr`` runs over ``target`` while the other names run over ``box``; None for none.

    Of several roots that nearest to ``box[name]``, of positive ones if there are any.
    """
    if target.low is None or target.high is None:
        return None
    others = {one: values for one, values in box.items() if one != name}
    ends = _ends(expr, others, {**box, name: box[name] if box[name].low is not None else _POSITIVE})
    if ends is None:
        return None
    lowering, raising = ends
    lows, highs = solved(expr, name, lowering, target.low), solved(expr, name, raising, target.high)
    low, high = _one(lows, box[name]), _one(highs, box[name])
    if low is None or high is None:
        return None
    crossed = low.hull(high)
    for at, end in ((lowering, target.high), (raising, target.low)):
        other = _one(solved(expr, name, at, end), box[name])
        crossed = crossed.hull(other) if other else crossed
    return Solution(low, high, crossed, _further(lows, highs, low, high), lowering, raising)


def _ends(expr: Expr, others: Box, box: Box) -> tuple[Point, Point] | None:
    lowering, raising = {}, {}
    for name, values in others.items():
        if values.low is None or values.high is None:
            return None
        rise = slope(expr, name, box)
        falls = rise.high is not None and rise.high <= 0
        lowering[name], raising[name] = (values.high, values.low) if falls else (values.low, values.high)
    return lowering, raising


def _one(found: Sequence[Interval], near: Interval) -> Interval | None:
    """Of several solutions the one nearest to what is said, of positive ones if there are any."""
    positive = [one for one in found if one.low is not None and one.low > 0] or list(found)
    aim = near.low if near.low is not None else Fraction(0)
    return min(positive, key=lambda one: abs((one.low or Fraction(0)) - aim), default=None)


def _further(
    lows: Sequence[Interval], highs: Sequence[Interval], low: Interval, high: Interval
) -> tuple[Interval, ...]:
    """The other roots, each from where the target's low end is reached to where its high end is."""
    if len(lows) != len(highs) or lows.index(low) != highs.index(high):
        return ()
    return tuple(one.hull(other) for one, other in zip(lows, highs, strict=True) if one != low)


def direction(expr: Expr, name: str, box: Box, value: Interval) -> int:
    """1 where more of ``name``, up to ``value``, surely gives more of ``expr``, -1 where it gives less, else 0."""
    now = box[name]
    rise = slope(expr, name, {**box, name: value if now.low is None or now.high is None else now.hull(value)})
    if rise.low is not None and rise.low >= 0:
        return 1
    return -1 if rise.high is not None and rise.high <= 0 else 0


def turned(value: Interval, bound: Bound, way: int) -> Interval:
    """One number with the bound of what it gives: the same where it rises with it (``way`` 1), else turned round."""
    if not way or not value.exact or not bound.is_limit:
        return value
    if bound.is_floor is (way > 0):
        return Interval(value.low, None, low_open=bound.is_strict)
    return Interval(None, value.high, high_open=bound.is_strict)
