"""Quantities normalized to one unit, with the intervals that bound, rounding, truncation and hedge leave open.

Hedge and rounding do not add up: a number is read with the one or with the other.

Rounding and truncation are those of XBRL *Calculations 1.1* (Recommendation of 22 February 2023).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from kb.domain.complement import rest_of, rest_of_interval
from kb.domain.interval import Interval
from kb.domain.margin import MarginKind
from kb.domain.measure_kind import MeasureKind
from kb.domain.quantity import PERIODS, Bound, Hedge, Quantity, RangeKind
from kb.reasoning.arithmetic import multiply
from kb.reasoning.comparison.exchange import Exchange
from kb.reasoning.comparison.margins import Measured, measured


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a hedge reaches beyond a number.

    Attributes:
        below: Share of the low end that it adds below; 1/10 for a tenth.
        above: Share of the high end that it adds above; 2 for twice as much again.
    """

    below: Fraction
    above: Fraction


ZERO = Fraction(0)

HEDGE_TOLERANCES: Mapping[Hedge, Tolerance] = MappingProxyType(
    {
        Hedge.NONE: Tolerance(Fraction(0), Fraction(0)),
        Hedge.ABOUT: Tolerance(Fraction(1, 10), Fraction(1, 10)),
        Hedge.NEARLY: Tolerance(Fraction(1, 10), Fraction(0)),
        Hedge.JUST_OVER: Tolerance(Fraction(0), Fraction(1, 10)),
        # A factor of 3 either way, near the root of 10: "dozens" may be 60, and is not 2,000.
        Hedge.ORDER_OF_MAGNITUDE: Tolerance(Fraction(2, 3), Fraction(2)),
    }
)
"""The tolerance of each hedge: a tenth to the sides that its words name, a factor of three for "dozens"."""

WITHIN_BOUND_RATIO = Fraction(3, 2)
"""Factor below which two stated ends agree where only a bound or a hedge makes the numbers meet."""

_CLOSED = (Bound.EXACT, Bound.RANGE)

WITHIN_BOUND_POINTS = Fraction(5, 100)
"""Difference below which two percentages agree likewise: "at least 90%" beside 93%, and no longer beside 95%."""

ROUNDED_RATIO = Fraction(6, 5)
"""Factor below which rounding alone settles the difference of two stated ends."""
# A zero at the end of a whole number may count or not, so that by the letter "200" covers 150 to 249. A reader takes it
# for 190 or 205, and hardly for 249.

ROUNDED_POINTS = WITHIN_BOUND_POINTS
"""Difference below which rounding alone settles the difference of two percentages."""


# By identity: within a position most figures share one object, and are compared with each other and with others once.
@dataclass(frozen=True, kw_only=True, eq=False)
class NormalizedQuantity:
    """A quantity in one unit, as the intervals that its words and digits leave open.

    ``g`` is the place of the last digit that counts, e.g. 1,000 for "$14,000".

    Attributes:
        unit: Unit of all intervals.
        stated: The numbers as stated.
        allowed: ``stated`` opened by the bound.
        spread: Whether both ends occur (``$3-15``) rather than one value somewhere inside.
        percent: Whether distances are measured in percentage points.
        quantity: The quantity as recorded; None for a computed number.
        step: The place ``g``; 0 where nothing was rounded.
        period_not_stated: Whether a flow came without its period; the number is then taken as it stands.
        factor: The number of ``unit`` in one of the quantity's own unit, before any conversion of currency.
        exchange: The recorded rates that converted it; None for an amount in the currency of its source.
        original: The same in the currency of its source; None where it was not converted.
        outer: All that a computed number may be, which no hedge widens; None for a recorded one.
        rounded_inputs: What a computed number may be when each of its inputs is read with its rounding; else None.
        within: The range in which every number of the measure must lie; None for none.
        rest: The share as stated, where this is what it leaves of the whole; else None.
    """

    unit: str
    stated: Interval
    allowed: Interval
    spread: bool = False
    percent: bool = False
    quantity: Quantity | None = None
    step: Fraction = ZERO
    period_not_stated: bool = False
    factor: Fraction = Fraction(1)
    exchange: Exchange | None = None
    original: "NormalizedQuantity | None" = None
    outer: Interval | None = None
    rounded_inputs: Interval | None = None
    within: Interval | None = None
    rest: "NormalizedQuantity | None" = None

    # Where the stated numbers meet, as most do, nobody asks for the four intervals that follow.

    @cached_property
    def rounded(self) -> Interval:
        """``stated`` as if its last digit had been rounded: ``[v - g/2, v + g/2]``; of a result, by its inputs."""
        return self.rounded_inputs or self._converted("rounded") or self._beyond_hedge(_rounded(self.stated, self.step))

    @cached_property
    def truncated(self) -> Interval:
        """``stated`` as if digits had been cut off: ``[v, v + g)``, away from zero."""
        # A third is no 34 % of which something was cut off.
        step = self.step if self.ends_with_its_digits else ZERO
        return self._converted("truncated") or self._beyond_hedge(_truncated(self.stated, step))

    def _beyond_hedge(self, span: Interval) -> Interval:
        """``span`` without the side that a hedge names, which the hedge alone measures."""
        # "Not far short of 200" is 180 to 200, and no rounding takes it down to 150.
        hedge = self.quantity.hedge if self.quantity else Hedge.NONE
        if hedge is Hedge.NEARLY and self.stated.low is not None:
            return Interval(self.stated.low, span.high, high_open=span.high_open)
        if hedge is Hedge.JUST_OVER and self.stated.high is not None:
            return Interval(span.low, self.stated.high, low_open=span.low_open)
        return span

    @cached_property
    def widened(self) -> Interval:
        """All that the words may mean: ``rounded`` or ``truncated``, opened by the bound, or ``loosened``."""
        if self.quantity is None:
            whole = self.outer or self.allowed
            return whole.hull(self.rounded_inputs) if self.rounded_inputs else whole
        opened = _opened(self.rounded.hull(self.truncated), self.quantity.limit)
        widened = self._converted("widened") or opened.hull(self.loosened)
        return (widened.overlap(self.within) or widened) if self.within else widened

    @cached_property
    def loosened(self) -> Interval:
        """``allowed`` opened by the hedge, without any rounding."""
        if self.quantity is None:
            return self.outer or self.allowed
        return self._converted("loosened") or _hedged(self.allowed, HEDGE_TOLERANCES[self.quantity.hedge])

    def _converted(self, name: str) -> Interval | None:
        """The interval ``name`` of the amount as stated, times that of the exchange rate or taken from the whole."""
        # "About 70 % left" is 63 to 77 %, so that 23 to 37 % stayed, and not a tenth around 30 %.
        if self.rest is not None:
            return rest_of_interval(getattr(self.rest, name))
        if self.original is None or self.exchange is None:
            return None
        return multiply(getattr(self.original, name), self.exchange.spans[name])

    @property
    def period(self) -> str | None:
        """The period of a rate or a flow in ``unit``, e.g. ``month``; None where there is none."""
        return next((part for part in self.unit.split("/")[1:] if part in PERIODS), None)

    @cached_property
    def bound(self) -> Bound:
        """The bound of the recorded words; of a computed number, the side that its allowed interval leaves open."""
        # A plain amount that "at least 7 yuan a dollar" converted has a ceiling of its own now, which its words lack.
        if self.quantity is not None and not (self.exchange and self.quantity.limit in _CLOSED):
            return self.quantity.limit
        below, above = self.allowed.low != self.stated.low, self.allowed.high != self.stated.high
        if below != above:
            return Bound.AT_MOST if below else Bound.AT_LEAST
        return Bound.EXACT if self.stated.exact else Bound.RANGE

    @property
    def hedge(self) -> Hedge:
        """The hedge of the recorded words; that of the exchange rate where they have none."""
        own_hedge = self.quantity.hedge if self.quantity else Hedge.NONE
        return self.exchange.hedge if self.exchange and own_hedge is Hedge.NONE else own_hedge

    @cached_property
    def measured(self) -> Measured | None:
        """The number with its standard deviations in ``unit``; None without a margin, for a tolerance and a limit."""
        if self.quantity is None or self.quantity.margin is None or self.bounded:
            return None
        own = measured(self.quantity, self.factor)
        rate = self.exchange.spans["stated"].low if self.exchange else None
        if own is None or not rate:
            return own
        return Measured(own.value * rate, own.above * rate, own.below * rate, own.known)

    @property
    def has_unknown_margin(self) -> bool:
        """Whether it was stated with a margin of which nobody says what it means; that of a share is a poll's."""
        margin = self.quantity.margin if self.quantity else None
        return margin is not None and margin.kind is MarginKind.NOT_STATED and not self.percent

    @property
    def bounded(self) -> bool:
        """Whether it is a floor or a ceiling."""
        return self.bound.is_limit

    @property
    def hedge_is_directional(self) -> bool:
        """Whether the hedge names the side on which the true number lies: "nearly" below, "just over" above."""
        return self.hedge in (Hedge.NEARLY, Hedge.JUST_OVER)

    @property
    def ends_with_its_digits(self) -> bool:
        """Whether it was written in digits, the last of which counts; a third is not, and ends with none."""
        quantity = self.quantity
        if quantity is None or quantity.granularity is None:
            return True
        return not any(end % quantity.granularity for end in (quantity.low, quantity.high) if end is not None)

    @property
    def counts_exactly(self) -> bool:
        """Whether it is a whole number of things, each digit of which counts."""
        # Prices are exact as well; the code of a currency is in capitals.
        counted = self.quantity is not None and self.quantity.granularity is not None and not self.step
        return counted and not self.percent and self.stated.exact and self.unit.isalpha() and self.unit.islower()

    @property
    def is_qualified(self) -> bool:
        """Whether a bound or any hedge stands beside the number."""
        return self.bounded or self.hedge is not Hedge.NONE

    @cached_property
    def half_line(self) -> Interval | None:
        """The side on which the true number lies by its bound or hedge; None where the words name no side."""
        # "Just over 50" is no floor, since it ends at 55; but it leaves out 50 itself and all below, as a floor does.
        if self.bounded:
            return self.allowed
        if self.hedge is Hedge.NEARLY:
            return Interval(None, self.stated.high, high_open=True)
        return Interval(self.stated.low, None, low_open=True) if self.hedge is Hedge.JUST_OVER else None

    @cached_property
    def direction(self) -> int:
        """The side that the words name: 2 above, 1 above or at the number, -1 below or at it, -2 below; 0 for none."""
        half_line = self.half_line
        if half_line is None:
            return 0
        if self.bound.is_floor or self.hedge is Hedge.JUST_OVER:
            return 2 if half_line.low_open else 1
        return -2 if half_line.high_open else -1

    def end(self, which: str) -> "NormalizedQuantity | None":
        """One end alone, with its own rounding and hedge.

        Args:
            which: ``low`` or ``high``.

        Returns:
            The end as a quantity in the same unit; None where no such end was stated.
        """
        value = getattr(self.stated, which)
        if value is None:
            return None
        if self.rest is not None and self.quantity is not None:
            opposite = self.rest.end("high" if which == "low" else "low")
            return left_of_whole(opposite) if opposite else None
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
        own_step = self.original.step if self.original else self.step
        normalized_end = replace(normalize(single, original_unit, self.factor, percent=self.percent), step=own_step)
        return convert_currency(normalized_end, self.exchange, self.unit) if self.exchange else normalized_end


def left_of_whole(amount: NormalizedQuantity) -> NormalizedQuantity:
    """What a recorded share, in fractions, leaves of its whole."""
    assert amount.quantity is not None, "only recorded shares are said in two ways"
    return replace(
        amount,
        stated=rest_of_interval(amount.stated),
        allowed=rest_of_interval(amount.allowed),
        quantity=rest_of(amount.quantity),
        within=rest_of_interval(amount.within) if amount.within else None,
        rest=amount,
    )


def computed_end(whole: NormalizedQuantity, which: str) -> NormalizedQuantity:
    """One end alone of a computed range, which has no rounding; ``which`` is ``low`` or ``high`` and is stated.

    Its allowed and outer intervals reach from that end outward as far as those of ``whole`` do.
    """
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
        outer=wide,
        percent=whole.percent,
    )


def normalize(
    quantity: Quantity, unit: str, factor: Fraction, *, percent: bool, kind: MeasureKind | None = None
) -> NormalizedQuantity:
    """The intervals of ``quantity`` in ``unit``.

    Args:
        quantity: The quantity as recorded.
        unit: The unit to express it in.
        factor: The number of ``unit`` in one of the quantity's own unit; above zero.
        percent: Whether distances are measured in percentage points.
        kind: The kind of the measure, which says whether the digits are exact; None where that does not matter.
    """
    # A figure without granularity was counted and not rounded: 34.4% beside "15 out of 45" is a conflict, while 33.7%
    # beside "a third" is rounding.
    stated = scaled(quantity.stated, factor)
    allowed = quantity.opened(stated)
    exact = quantity.margin is not None or (kind is not None and states_each_digit(quantity, kind))
    step = ZERO if quantity.granularity is None or exact else Fraction(quantity.granularity) * factor
    return NormalizedQuantity(
        unit=unit,
        stated=stated,
        allowed=allowed,
        spread=quantity.spread is RangeKind.SPREAD,
        percent=percent,
        quantity=quantity,
        step=step,
        factor=factor,
    )


_ROUND_FROM = 1_000


def states_each_digit(quantity: Quantity, kind: MeasureKind) -> bool:
    """Whether every digit of a count or a price counts, so that nothing was rounded.

    True of whole things without a zero at the end, and of counts and prices below 1,000 with one; never with a hedge,
    nor of an estimate whose ends are tens.
    """
    # 27 deaths are not 28, 140 places not 137, and a fee of 30 euros is not one of 31; but 1,240 may be 1,236.
    traits, place = kind.traits, quantity.granularity
    ends = [abs(end) for end in (quantity.low, quantity.high) if end is not None]
    if quantity.hedge is not Hedge.NONE or place is None or any(end % 1 for end in ends):
        return False
    if place == 10:
        small = all(end < _ROUND_FROM for end in ends)
        return traits.states_tens and small and quantity.spread is not RangeKind.ESTIMATE
    return traits.counts_things and place == 1


def as_written(amount: NormalizedQuantity) -> NormalizedQuantity:
    """``amount`` with the zeros of a number that is written out in full as digits that count.

    It is what a calculation takes in and is checked against: $3,400,000 is to the dollar, $3.4 million is not.
    """
    # Somebody who adds up writes the zeros out where they count; elsewhere a reader takes them for rounding.
    if not amount.step or amount.quantity is None or amount.exchange:
        return amount
    step = _written_step(amount.quantity)
    return amount if step is None else replace(amount, step=Fraction(step) * amount.factor)


def _written_step(quantity: Quantity) -> Decimal | None:
    """The place of the last digit that is written: 1 for "$3,400,000", 100,000 for "$3.4 million"; None for none."""
    # Below a million there is no shorter way to write it, so that the zeros of "$10,000" show nothing.
    text = _BETWEEN_THOUSANDS.sub("", quantity.as_written)
    ends = [f"{abs(end):f}" for end in (quantity.low, quantity.high) if end is not None]
    in_full = all(len(end) >= _IN_FULL_FROM and end in _DIGITS.findall(text) for end in ends)
    return Decimal(1) if in_full and quantity.granularity else quantity.granularity


_IN_FULL_FROM = len("1000000")
_DIGITS = re.compile(r"\d+")
_BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[,.'’ \u00a0\u202f](?=\d{3}(?!\d))")


def convert_currency(amount: NormalizedQuantity, exchange: Exchange, unit: str) -> NormalizedQuantity:
    """``amount`` converted into ``unit``, each of its intervals times the same interval of the rate."""
    spans = exchange.spans
    stated, allowed = multiply(amount.stated, spans["stated"]), multiply(amount.allowed, spans["allowed"])
    return replace(amount, unit=unit, exchange=exchange, original=amount, stated=stated, allowed=allowed)


def in_common_currency(
    left: NormalizedQuantity, right: NormalizedQuantity
) -> tuple[NormalizedQuantity, NormalizedQuantity]:
    """The two as they are compared: in their own currency, without any rate, where both were converted from one."""
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
    if interval.high is interval.low:
        return Interval(low, low, interval.low_open, interval.high_open)
    high = None if interval.high is None else interval.high * factor
    return Interval(low, high, interval.low_open, interval.high_open)


def _rounded(stated: Interval, step: Fraction) -> Interval:
    if not step:
        return stated
    half = step / 2
    low = None if stated.low is None else stated.low - half
    high = None if stated.high is None else stated.high + half
    return Interval(low, high)


def _truncated(stated: Interval, step: Fraction) -> Interval:
    if not step:
        return stated
    low_cut = stated.low is not None and stated.low < 0
    high_cut = stated.high is not None and stated.high >= 0
    low = stated.low - step if low_cut and stated.low is not None else stated.low
    high = stated.high + step if high_cut and stated.high is not None else stated.high
    return Interval(low, high, low_cut, high_cut)


def limited(amount: NormalizedQuantity, within: Interval | None) -> NormalizedQuantity:
    """``amount`` with nothing allowed outside ``within``: "at least 90 %" of the seats are 90 to 100 %."""
    allowed = amount.allowed.overlap(within) if within else None
    return amount if allowed is None else replace(amount, allowed=allowed, within=within)


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
