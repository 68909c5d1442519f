"""The two shares of one whole: where 70 % of the passengers left, 30 % stayed."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Context, Decimal
from types import MappingProxyType

from kb.domain.interval import Interval
from kb.domain.quantity import Bound, Hedge, Quantity

_FLIPPED_BOUNDS: Mapping[Bound, Bound] = MappingProxyType(
    {
        Bound.AT_LEAST: Bound.AT_MOST,
        Bound.AT_MOST: Bound.AT_LEAST,
        Bound.MORE_THAN: Bound.LESS_THAN,
        Bound.LESS_THAN: Bound.MORE_THAN,
    }
)

_FLIPPED_HEDGES: Mapping[Hedge, Hedge] = MappingProxyType(
    {Hedge.NEARLY: Hedge.JUST_OVER, Hedge.JUST_OVER: Hedge.NEARLY}
)

# A third has 28 digits, and the two thirds that are left need one more place than the standard context has.
_EXACT = Context(prec=2_000)


def rest_of(quantity: Quantity) -> Quantity:
    """The share that is left of the whole beside ``quantity``, a fraction; its words and its last digit stay.

    "At least 70 %" leaves at most 30 %, and "nearly 70 %" just over 30 %.
    """
    margin = quantity.margin
    if margin is not None and margin.below is not None:
        margin = replace(margin, size=margin.below, below=margin.size)
    return replace(
        quantity,
        low=_rest(quantity.high),
        high=_rest(quantity.low),
        bound=_FLIPPED_BOUNDS.get(quantity.bound, quantity.bound),
        hedge=_FLIPPED_HEDGES.get(quantity.hedge, quantity.hedge),
        low_open=quantity.high_open,
        high_open=quantity.low_open,
        margin=margin,
    )


def _rest(end: Decimal | None) -> Decimal | None:
    return None if end is None else _EXACT.subtract(Decimal(1), end)


def rest_of_interval(interval: Interval) -> Interval:
    """The shares that are left beside those in ``interval``, as fractions."""
    low = None if interval.high is None else 1 - interval.high
    if interval.low is interval.high:
        return Interval(low, low, interval.high_open, interval.low_open)
    return Interval(low, None if interval.low is None else 1 - interval.low, interval.high_open, interval.low_open)
