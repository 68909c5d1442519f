"""How much was said? A number with its hedge, its bound and its unit, exactly as its voice gave it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kb.domain.interval import Interval


class Bound(StrEnum):
    """Which side the words leave open."""

    EXACT = "exact"
    RANGE = "range"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"

    @property
    def is_floor(self) -> bool:
        """Whether values above are allowed."""
        return self in (Bound.AT_LEAST, Bound.MORE_THAN)

    @property
    def is_ceiling(self) -> bool:
        """Whether values below are allowed."""
        return self in (Bound.AT_MOST, Bound.LESS_THAN)

    @property
    def is_limit(self) -> bool:
        """Whether values on one side are allowed without end."""
        return self.is_floor or self.is_ceiling

    @property
    def is_strict(self) -> bool:
        """Whether the number said is itself left out."""
        return self in (Bound.MORE_THAN, Bound.LESS_THAN)


class Hedge(StrEnum):
    """How loosely the number is meant."""

    NONE = "none"
    ABOUT = "about"
    NEARLY = "nearly"
    JUST_OVER = "just_over"
    ORDER_OF_MAGNITUDE = "order_of_magnitude"


class RangeKind(StrEnum):
    """What a range means: one value somewhere inside, or values at both ends."""

    ESTIMATE = "estimate"
    SPREAD = "spread"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as stated, from ``low`` to ``high`` in ``unit``; ``bound`` says which side is open.

    ``$3–$15 per million tokens`` is low 3, high 15, unit ``USD/Mtoken``; ``upward of $2,000-3,000 a month`` is
    low 2000, high 3000, bound ``at_least``, unit ``USD/month``: no end is dropped because of a bound.

    Attributes:
        low: Lower end as said; None only where no end was said. k, M, bn, 万 and 亿 are multiplied out.
        high: Upper end as said; never below ``low``; equal to it for a single number.
        unit: Unit of both ends in the project's notation, e.g. ``USD/month``; a percentage is a ``fraction``.
        bound: Which side the words leave open; ``range`` for two ends with no open side.
        hedge: How loosely the number is meant.
        spread: What two ends mean; None for a single number.
        granularity: Place of the last digit that counts, e.g. 1000 for ``$14,000``, 0.01 for ``67%``; None where
            no digit was said.
        as_written: The literal as it stands in the document or the seed; empty for a computed quantity.
        low_open: Whether a range leaves out its own low end: "more than 20 but at most 30". Only where ``bound`` is
            ``range`` and the two ends differ; with one open side the bound says it.
        high_open: The same for its high end.
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

    def __post_init__(self) -> None:
        for name in ("low", "high", "granularity"):
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, plain_decimal(value))
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the low end {self.low} lies above the high end {self.high}")
        if self.bound is Bound.EXACT and self.low != self.high:
            raise ValueError("two different ends need bound 'range' or an open side")
        if self.low is None and self.high is None and self.hedge is not Hedge.ORDER_OF_MAGNITUDE:
            raise ValueError("a quantity without any number needs the hedge 'order_of_magnitude'")
        if self.granularity is not None and self.granularity <= 0:
            raise ValueError(f"the granularity {self.granularity} is no place of a digit")
        two_ends = self.bound is Bound.RANGE and None not in (self.low, self.high) and self.low != self.high
        if (self.low_open or self.high_open) and not two_ends:
            raise ValueError("only a range between two different ends leaves an end of it out")

    @property
    def per(self) -> str | None:
        """What one unit is counted by, e.g. ``Mtoken`` in ``USD/Mtoken``; None where there is no such part."""
        parts = [part for part in self.unit.split("/")[1:] if part not in PERIODS]
        return "/".join(parts) or None

    @property
    def period(self) -> str | None:
        """The time in which a flow runs, e.g. ``month`` in ``USD/month``; None where there is none."""
        return next((part for part in self.unit.split("/")[1:] if part in PERIODS), None)

    @property
    def limit(self) -> Bound:
        """Which side is open without end: ``bound``, unless a hedge says how far that side reaches.

        "Just over 50" is above 50 and near it, "just under 40" near 40: neither is a mere floor or ceiling.
        """
        over = self.hedge is Hedge.JUST_OVER and self.bound.is_floor
        under = self.hedge is Hedge.NEARLY and self.bound.is_ceiling
        if not (over or under):
            return self.bound
        return Bound.EXACT if self.low == self.high else Bound.RANGE

    @property
    def stated(self) -> Interval:
        """The numbers that were said, both ends included: 2,000 to 3,000 for ``upward of $2,000-3,000``."""
        return Interval(_fraction(self.low), _fraction(self.high))

    @property
    def allowed(self) -> Interval:
        """``stated``, opened on the side that ``limit`` leaves open: 2,000 and up for ``upward of $2,000-3,000``.

        A range loses the ends that it leaves out: above 20 and below 30 for ``more than 20 and less than 30``.
        """
        stated, limit = self.stated, self.limit
        if limit.is_floor:
            return Interval(stated.low, None, low_open=limit.is_strict and stated.low is not None)
        if limit.is_ceiling:
            return Interval(None, stated.high, high_open=limit.is_strict and stated.high is not None)
        return Interval(stated.low, stated.high, self.low_open, self.high_open)


PERIODS = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
"""Units of time that turn an amount into a flow when they stand behind a slash."""


_PLACES = 1_000


def plain_decimal(value: Decimal) -> Decimal:
    """``value`` without exponent and without zeros behind the point that say nothing.

    >>> plain_decimal(Decimal("1.10E+3")), plain_decimal(Decimal("0.750"))
    (Decimal('1100'), Decimal('0.75'))
    """
    if not value.is_finite():
        raise ValueError(f"{value} is not a number")
    if abs(value.adjusted()) > _PLACES:
        raise ValueError(f"a number of more than {_PLACES} places")
    if _is_plain(value):
        return value
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Decimal("0") if text in ("", "-0") else Decimal(text)


def _is_plain(value: Decimal) -> bool:
    """Whether ``value`` has neither exponent nor a last place that says nothing, as most have."""
    sign, digits, exponent = value.as_tuple()
    if exponent == 0:
        return digits != (0,) or not sign
    return isinstance(exponent, int) and exponent < 0 and digits[-1] != 0


def _fraction(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)
