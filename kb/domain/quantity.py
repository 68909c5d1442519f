"""Quantities as stated: an exact number or range with its unit, bound and hedge."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kb.domain.interval import Interval
from kb.domain.margin import Margin, MarginKind


class Bound(StrEnum):
    """The side on which a stated number is a limit, and whether the number itself is allowed."""

    EXACT = "exact"
    RANGE = "range"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"

    @property
    def is_floor(self) -> bool:
        """Whether the number is a lower limit, with all greater values allowed."""
        return self in (Bound.AT_LEAST, Bound.MORE_THAN)

    @property
    def is_ceiling(self) -> bool:
        """Whether the number is an upper limit, with all smaller values allowed."""
        return self in (Bound.AT_MOST, Bound.LESS_THAN)

    @property
    def is_limit(self) -> bool:
        """Whether the number is a lower or an upper limit."""
        return self.is_floor or self.is_ceiling

    @property
    def is_strict(self) -> bool:
        """Whether the stated number itself is excluded."""
        return self in (Bound.MORE_THAN, Bound.LESS_THAN)


class Hedge(StrEnum):
    """How loosely a number was stated."""

    NONE = "none"
    ABOUT = "about"
    NEARLY = "nearly"
    JUST_OVER = "just_over"
    ORDER_OF_MAGNITUDE = "order_of_magnitude"


class RangeKind(StrEnum):
    """The meaning of a range: one value somewhere inside, or values from one end to the other."""

    ESTIMATE = "estimate"
    SPREAD = "spread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount as stated, from ``low`` to ``high`` in ``unit``; ``bound`` says which side is a limit.

    ``$3–$15 per million tokens`` is low 3, high 15, unit ``USD/Mtoken``; ``upward of $2,000-3,000 a month`` is
    low 2000, high 3000, bound ``at_least``, unit ``USD/month``, since a bound drops neither end.

    Attributes:
        low: Lower end as stated; None only where no number was stated. k, M, bn, 万 and 亿 are multiplied out.
        high: Upper end as stated; never below ``low``; equal to it for a single number.
        unit: Unit of both ends in the project's notation, e.g. ``USD/month``; a percentage is a ``fraction``.
        bound: The side on which the number is a limit; ``range`` for two ends without a limit.
        hedge: How loosely the number was stated.
        spread: The meaning of two ends; None for a single number.
        granularity: The place of the last significant digit, e.g. 1000 for ``$14,000``, 0.01 for ``67%``; None where
            no digit was stated.
        as_written: The literal as it stands in the document or the seed; empty for a computed quantity.
        low_open: Whether a range excludes its own low end, as "more than 20 but at most 30" does. True only where
            ``bound`` is ``range`` and the two ends differ; for a single limit ``bound`` says it.
        high_open: Likewise for the high end.
        margin: By how much a single number may be off; of a range, that it is such an interval. None if none is stated.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str
    bound: Bound = Bound.EXACT
    hedge: Hedge = Hedge.NONE
    spread: RangeKind | None = None
    granularity: Decimal | None = None
    as_written: str = ""
    low_open: bool = False
    high_open: bool = False
    margin: Margin | None = None

    def __post_init__(self) -> None:
        # "1.10E+3" and "1100" are one amount, and must be equal wherever quantities are compared or written.
        for name in ("low", "high", "granularity"):
            value = getattr(self, name)
            if value is not None and (plain := plain_decimal(value)) is not value:
                object.__setattr__(self, name, plain)
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the low end {self.low} is above the high end {self.high}")
        if self.bound is Bound.EXACT and self.low != self.high:
            raise ValueError("two different ends need bound 'range' or an open side")
        if self.low is None and self.high is None and self.hedge is not Hedge.ORDER_OF_MAGNITUDE:
            raise ValueError("a quantity without any number needs the hedge 'order_of_magnitude'")
        if self.granularity is not None and self.granularity <= 0:
            raise ValueError(f"the granularity {self.granularity} is not above zero")
        if self.margin is not None and (self.margin.size is None) == (self.low == self.high):
            raise ValueError("a single number has a margin with a size, and a range is an interval")
        two_ends = self.bound is Bound.RANGE and None not in (self.low, self.high) and self.low != self.high
        if (self.low_open or self.high_open) and not two_ends:
            raise ValueError("only a range between two different ends may exclude an end")

    @property
    def per(self) -> str | None:
        """The unit that the amount is per, the period left out: ``Mtoken`` for ``USD/Mtoken``; None for none."""
        parts = [part for part in self.unit.split("/")[1:] if part not in PERIODS]
        return "/".join(parts) or None

    @property
    def period(self) -> str | None:
        """The period of a flow, e.g. ``month`` for ``USD/month``; None for none."""
        return next((part for part in self.unit.split("/")[1:] if part in PERIODS), None)

    @property
    def limit(self) -> Bound:
        """``bound``, unless a hedge says how far the open side reaches; then ``exact`` or ``range``."""
        # "Just over 50" is above 50 and near it, "just under 40" below 40 and near it: a mere floor and a mere
        # ceiling would allow 5,000 and 1.
        over = self.hedge is Hedge.JUST_OVER and self.bound.is_floor
        under = self.hedge is Hedge.NEARLY and self.bound.is_ceiling
        if not (over or under):
            return self.bound
        return Bound.EXACT if self.low == self.high else Bound.RANGE

    @property
    def stated(self) -> Interval:
        """The interval from ``low`` to ``high``, both included: 2,000 to 3,000 for ``upward of $2,000-3,000``.

        A tolerance is a range: a shaft of 45 mm within 0.5 mm measures 44.5 to 45.5 mm.
        """
        named, margin = self.named, self.margin
        if margin is None or margin.kind is not MarginKind.TOLERANCE or margin.size is None or named.low is None:
            return named
        below = margin.size if margin.below is None else margin.below
        return Interval(named.low - Fraction(below), named.low + Fraction(margin.size))

    @property
    def named(self) -> Interval:
        """``stated`` without a tolerance: the numbers that are named, 45 for a shaft of 45 mm within 0.5 mm."""
        low = _fraction(self.low)
        return Interval(low, low if self.low == self.high else _fraction(self.high))

    @property
    def allowed(self) -> Interval:
        """The interval opened on the side of ``limit``: 2,000 and up for ``upward of $2,000-3,000``.

        A range excludes its open ends, as ``more than 20 and less than 30`` excludes both.
        """
        return self.opened(self.stated)

    def opened(self, stated: Interval) -> Interval:
        """``stated``, the stated interval in any unit, opened as ``allowed`` is."""
        limit = self.limit
        if limit.is_floor:
            return Interval(stated.low, None, low_open=limit.is_strict and stated.low is not None)
        if limit.is_ceiling:
            return Interval(None, stated.high, high_open=limit.is_strict and stated.high is not None)
        if not (self.low_open or self.high_open):
            return stated
        return Interval(stated.low, stated.high, self.low_open, self.high_open)


PERIODS = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
"""The units of time that, after a slash, make an amount a flow."""


# A number such as 1E+999999 is short as stated, and would reach the tables with a million digits.
_PLACES = 1_000


def plain_decimal(value: Decimal) -> Decimal:
    """``value`` without exponent and without trailing zeros behind the point.

    >>> plain_decimal(Decimal("1.10E+3")), plain_decimal(Decimal("0.750"))
    (Decimal('1100'), Decimal('0.75'))
    """
    # Most amounts are whole numbers written out, and digits alone are plain.
    if (text := str(value)).isdigit() and len(text) <= _PLACES:
        return value
    if not value.is_finite():
        raise ValueError(f"{value} is not a finite number")
    if abs(value.adjusted()) > _PLACES:
        raise ValueError(f"a number has at most {_PLACES} places")
    if _is_plain(value):
        return value
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Decimal("0") if text in ("", "-0") else Decimal(text)


def _is_plain(value: Decimal) -> bool:
    """Whether ``value`` has neither exponent nor trailing zeros, as most have; ``plain_decimal`` then keeps it."""
    sign, digits, exponent = value.as_tuple()
    if exponent == 0:
        return digits != (0,) or not sign
    return isinstance(exponent, int) and exponent < 0 and digits[-1] != 0


_REPEATING_DIGITS = 28
_MOST_PARTS = 1_000


def _fraction(value: Decimal | None) -> Fraction | None:
    """``value`` exactly; of a fraction such as one third, which has no last digit, the fraction itself."""
    if value is None:
        return None
    exact = Fraction(value)
    if len(str(value)) < _REPEATING_DIGITS:
        return exact
    digits, exponent = value.as_tuple()[1:]
    if len(digits) < _REPEATING_DIGITS or not isinstance(exponent, int):
        return exact
    # A third is kept to 28 digits, and must equal the third that a formula gives.
    simple = exact.limit_denominator(_MOST_PARTS)
    return simple if abs(simple - exact) <= Fraction(10) ** exponent else exact
