"""Quantities normalized to one unit, with what bound, rounding, truncation and hedge allow; the table of hedges."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from kb.domain.interval import Interval
from kb.domain.quantity import PERIODS, Bound, Hedge, Quantity, RangeKind
from kb.reasoning.arithmetic import multiply
from kb.reasoning.comparison.exchange import INTERVAL_NAMES, Exchange


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much a hedge adds below the low and above the high end, as a share of that end."""

    below: Fraction
    above: Fraction


HEDGE_TOLERANCES: Mapping[Hedge, Tolerance] = MappingProxyType(
    {
        Hedge.NONE: Tolerance(Fraction(0), Fraction(0)),
        Hedge.ABOUT: Tolerance(Fraction(1, 10), Fraction(1, 10)),
        Hedge.NEARLY: Tolerance(Fraction(1, 10), Fraction(0)),
        Hedge.JUST_OVER: Tolerance(Fraction(0), Fraction(1, 10)),
        Hedge.ORDER_OF_MAGNITUDE: Tolerance(Fraction(2, 3), Fraction(2)),
    }
)
"""The hedges as data: "about" gives a tenth both ways, an order of magnitude a factor of three."""

WITHIN_BOUND_RATIO = Fraction(3, 2)
"""Where only a bound or a hedge makes two numbers meet: stated ends nearer than this factor still agree."""

_CLOSED = (Bound.EXACT, Bound.RANGE)

WITHIN_BOUND_POINTS = Fraction(5, 100)
"""The same for percentages, in points."""

ROUNDED_RATIO = Fraction(6, 5)
"""Stated ends at least this factor apart are not settled by rounding alone: "200" covers 190, and hardly 249."""

ROUNDED_POINTS = WITHIN_BOUND_POINTS
"""The same for percentages, in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalizedQuantity:
    """A quantity laid on the axis of one unit, with everything that may be added to it.

    Attributes:
        unit: Unit of all intervals.
        stated: The numbers that were said.
        allowed: ``stated`` opened by the bound.
        rounded: ``stated`` as if its last digit had been rounded: ``[v - g/2, v + g/2]``.
        truncated: ``stated`` as if digits had been cut off: ``[v, v + g)``, away from zero.
        widened: ``allowed`` with rounding or truncation, then with the hedge.
        loosened: ``allowed`` with the hedge alone. Two numbers may meet through a bound or a hedge where one's
            ``widened`` meets the other's ``loosened``: the rounding of one suffices, neighbours do not round into one.
        spread: Whether both ends occur (``$3-15``) rather than one value somewhere inside.
        percent: Whether distances are told in percentage points.
        quantity: What was said; None for a computed number.
        period_not_stated: Whether a flow was given without its period: the number is then taken as it stands.
        factor: How many of ``unit`` one of the quantity's own unit is; of ``unit`` in its own currency where that is
            another one.
        exchange: The recorded rate by which it was converted; None for an amount in the currency that was said.
        original: The same in the currency that was said, where it was converted.
    """

    unit: str
    stated: Interval
    allowed: Interval
    rounded: Interval
    truncated: Interval
    widened: Interval
    loosened: Interval
    spread: bool = False
    percent: bool = False
    quantity: Quantity | None = None
    period_not_stated: bool = False
    factor: Fraction = Fraction(1)
    exchange: Exchange | None = None
    original: "NormalizedQuantity | None" = None

    @property
    def period(self) -> str | None:
        """The time in which a flow runs, e.g. ``month``; None where there is none."""
        return next((part for part in self.unit.split("/")[1:] if part in PERIODS), None)

    @property
    def bound(self) -> Bound:
        """Which side the words leave open; for a computed number, which side the result does."""
        if self.quantity is not None and not (self.exchange and self.quantity.limit in _CLOSED):
            return self.quantity.limit
        below, above = self.allowed.low != self.stated.low, self.allowed.high != self.stated.high
        if below != above:
            return Bound.AT_MOST if below else Bound.AT_LEAST
        return Bound.EXACT if self.stated.exact else Bound.RANGE

    @property
    def hedge(self) -> Hedge:
        """How loosely the number is meant."""
        own_hedge = self.quantity.hedge if self.quantity else Hedge.NONE
        return self.exchange.hedge if self.exchange and own_hedge is Hedge.NONE else own_hedge

    @property
    def bounded(self) -> bool:
        """Whether one side is open without end."""
        return self.bound.is_limit

    @property
    def hedge_is_directional(self) -> bool:
        """Whether the hedge says on which side of its number the true one lies: "nearly" below, "just over" above."""
        return self.hedge in (Hedge.NEARLY, Hedge.JUST_OVER)

    @property
    def half_line(self) -> Interval | None:
        """The side on which the true number lies, without limit to that side; None where the words name no side."""
        if self.bounded:
            return self.allowed
        if self.hedge is Hedge.NEARLY:
            return Interval(None, self.stated.high, high_open=True)
        return Interval(self.stated.low, None, low_open=True) if self.hedge is Hedge.JUST_OVER else None

    @property
    def direction(self) -> int:
        """From -2 for what lies below its number to 2 for what lies above; 1 and -1 where the number itself may be."""
        half_line = self.half_line
        if half_line is None:
            return 0
        if half_line.high is None:
            return 2 if half_line.low_open else 1
        return -2 if half_line.high_open else -1

    def end(self, which: str) -> "NormalizedQuantity | None":
        """The low or the high end alone, as a reading; None where no such end was said."""
        value = getattr(self.stated, which)
        if value is None:
            return None
        if self.quantity is None:
            return computed_end(self, which)
        stated_end = self.quantity.low if which == "low" else self.quantity.high
        if stated_end is None:
            return None
        single = Quantity(
            low=stated_end,
            high=stated_end,
            unit=self.quantity.unit,
            bound=self.quantity.bound if self.quantity.bound is not Bound.RANGE else Bound.EXACT,
            hedge=self.quantity.hedge,
            spread=None,
            granularity=self.quantity.granularity,
            as_written=self.quantity.as_written,
        )
        original_unit = self.original.unit if self.original else self.unit
        normalized_end = normalize(single, original_unit, self.factor, percent=self.percent)
        return convert_currency(normalized_end, self.exchange, self.unit) if self.exchange else normalized_end


def computed_end(whole: NormalizedQuantity, which: str) -> NormalizedQuantity:
    """One end of a computed range: the ends of the intervals on that side."""
    at = Interval.at(getattr(whole.stated, which))
    outer = getattr(whole.widened, which)
    wide = at if outer is None else at.hull(Interval.at(outer))
    if outer is None:
        wide = Interval(None, at.high) if which == "low" else Interval(at.low, None)
    allowed = at if getattr(whole.allowed, which) is not None else wide
    return NormalizedQuantity(
        unit=whole.unit,
        stated=at,
        allowed=allowed,
        rounded=at,
        truncated=at,
        widened=wide,
        loosened=wide,
        percent=whole.percent,
    )


def normalize(quantity: Quantity, unit: str, factor: Fraction, *, percent: bool) -> NormalizedQuantity:
    """``quantity`` in ``unit``, where one of the quantity's own unit is ``factor`` of ``unit`` (above zero)."""
    stated, allowed = scaled(quantity.stated, factor), scaled(quantity.allowed, factor)
    step = Fraction(0) if quantity.granularity is None else Fraction(quantity.granularity) * factor
    rounded, truncated = _rounded(stated, step), _truncated(stated, step)
    return NormalizedQuantity(
        unit=unit,
        stated=stated,
        allowed=allowed,
        rounded=rounded,
        truncated=truncated,
        widened=_hedged(_opened(rounded.hull(truncated), quantity.limit), HEDGE_TOLERANCES[quantity.hedge]),
        loosened=_hedged(allowed, HEDGE_TOLERANCES[quantity.hedge]),
        spread=quantity.spread is RangeKind.SPREAD,
        percent=percent,
        quantity=quantity,
        factor=factor,
    )


def convert_currency(amount: NormalizedQuantity, exchange: Exchange, unit: str) -> NormalizedQuantity:
    """``amount`` converted into ``unit``, which has another currency: each kind of interval by the rate's own kind."""
    spans: dict[str, Any] = {name: multiply(getattr(amount, name), exchange.spans[name]) for name in INTERVAL_NAMES}
    return replace(amount, unit=unit, exchange=exchange, original=amount, **spans)


def in_common_currency(
    left: NormalizedQuantity, right: NormalizedQuantity
) -> tuple[NormalizedQuantity, NormalizedQuantity]:
    """Two readings as they are compared: in the currency that both were said in, without any rate, if that is one."""
    left_original, right_original = left.original, right.original
    if (
        left_original
        and right_original
        and left.exchange
        and right.exchange
        and left.exchange.from_currency == right.exchange.from_currency
    ):
        return left_original, right_original
    return left, right


def scaled(interval: Interval, factor: Fraction) -> Interval:
    """``interval`` with both ends multiplied by ``factor``, which is above zero."""
    if factor == 1:
        return interval
    low = None if interval.low is None else interval.low * factor
    high = None if interval.high is None else interval.high * factor
    return Interval(low, high, interval.low_open, interval.high_open)


def _rounded(stated: Interval, step: Fraction) -> Interval:
    if not step:
        return stated
    low = None if stated.low is None else stated.low - step / 2
    high = None if stated.high is None else stated.high + step / 2
    return Interval(low, high)


def _truncated(stated: Interval, step: Fraction) -> Interval:
    if not step:
        return stated
    low_cut = stated.low is not None and stated.low < 0
    high_cut = stated.high is not None and stated.high >= 0
    low = stated.low - step if low_cut and stated.low is not None else stated.low
    high = stated.high + step if high_cut and stated.high is not None else stated.high
    return Interval(low, high, low_cut, high_cut)


def _opened(interval: Interval, bound: Bound) -> Interval:
    if bound.is_floor:
        return Interval(interval.low, None, interval.low_open)
    if bound.is_ceiling:
        return Interval(None, interval.high, high_open=interval.high_open)
    return interval


def _hedged(interval: Interval, tolerance: Tolerance) -> Interval:
    if not (tolerance.below or tolerance.above):
        return interval
    low = None if interval.low is None else interval.low - abs(interval.low) * tolerance.below
    high = None if interval.high is None else interval.high + abs(interval.high) * tolerance.above
    return Interval(
        low,
        high,
        interval.low_open and not tolerance.below,
        interval.high_open and not tolerance.above,
    )
