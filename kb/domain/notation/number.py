"""What is a number as said? Its value or values, the place of the last digit that counts, and its scale."""

from decimal import Context, Decimal, Inexact
from typing import NamedTuple

from kb.domain.notation.digits import grain_of
from kb.domain.quantity import Bound, Hedge

EXACT = Context(prec=400, traps=[Inexact])
"""Sums and products that never lose a digit."""
ROUNDED = Context(prec=28)
FINEST = Decimal("1E-28")
"""What counts in a fraction of a whole, e.g. 40 out of 45: every digit that is kept."""
ONE = Decimal(1)


class Number(NamedTuple):
    """A number as said, before its unit.

    Attributes:
        low: Its value; the least for a vague one.
        high: The same, or the most for a vague one.
        grain: Place of the last digit that counts; None where no digit was said.
        scale: What ``million`` and the like multiplied it by; 1 where no such word was said.
        end: Index of the token behind it.
        bound: The side that the number's own words leave open (100 多), or exact.
        hedge: How loosely its own words mean it.
        is_part: Whether it is a fraction of a whole by its wording: two thirds, 三成.
        digits: Whether it begins with digits.
        is_ordinal: Whether it counts a place in an order: 21st, 第三.
    """

    low: Decimal
    high: Decimal
    grain: Decimal | None
    scale: Decimal
    end: int
    bound: Bound = Bound.EXACT
    hedge: Hedge = Hedge.NONE
    is_part: bool = False
    digits: bool = False
    is_ordinal: bool = False

    def times(self, factor: Decimal, end: int) -> "Number":
        """The number multiplied by a scale word that ends before ``end``."""
        if factor == ONE:
            return self._replace(end=end)
        grain = None if self.grain is None else EXACT.multiply(self.grain, factor)
        low, high = EXACT.multiply(self.low, factor), EXACT.multiply(self.high, factor)
        return self._replace(low=low, high=high, grain=grain, scale=EXACT.multiply(self.scale, factor), end=end)


def exactly(value: Decimal, end: int, scale: Decimal = ONE) -> Number:
    """The number ``value`` in words, counting to the last digit that its figure would have."""
    return Number(value, value, grain_of(format(value, "f")), scale, end)


def in_full(value: Decimal, end: int) -> Number:
    """A whole number and a part: it counts to its last digit where it ends, else to the last that is kept."""
    number = exactly(value, end)
    return number if len(value.as_tuple().digits) < _ENDLESS else number._replace(grain=FINEST)


_ENDLESS = 20


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """``part`` of ``whole`` to 28 digits."""
    return ROUNDED.divide(part, whole)


def part_of(over: Decimal, under: Decimal, end: int) -> Number:
    """``over`` parts of ``under`` as a fraction of a whole; a third or a half is told to the hundredth at most."""
    value = ratio(over, under)
    return Number(value, value, _HUNDREDTH if under <= _FEW else FINEST, ONE, end, is_part=True)


_FEW = 10
_HUNDREDTH = Decimal("0.01")


def vague(unit: Decimal, end: int) -> Number:
    """An unsaid number of ``unit``: from two to ten of them, as the words allow."""
    return Number(2 * unit, 10 * unit, None, unit, end, hedge=Hedge.ORDER_OF_MAGNITUDE)
