"""Recorded exchange rates, and the amounts that they convert."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.quantity import Hedge
from kb.reasoning.arithmetic import divide, multiply

INTERVAL_NAMES = ("stated", "allowed", "rounded", "truncated", "widened", "loosened")
"""Names of the intervals of a ``NormalizedQuantity``, all of which a rate has as well."""
# Each interval of an amount is multiplied by the same one of the rate, so that a rate of "about 7" or "at least 7"
# loosens what it converts: a floor under yuan per dollar is a ceiling over the dollars.

_ONE = Interval.at(1)


@dataclass(frozen=True, slots=True)
class Leg:
    """One recorded rate between two currencies.

    Attributes:
        figures: Ids of the figures that record it; several where they are of one time, or all within the time asked
            for.
        from_currency: Code of the currency that it converts, e.g. ``CNY``.
        stated: Value of one unit of ``from_currency``, as the hull over all the figures where they differ; None where
            they agree.
    """

    figures: tuple[Id, ...]
    from_currency: str
    stated: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The value of one unit of ``from_currency`` in ``to_currency``, for one time, by recorded rates.

    Attributes:
        from_currency: Code of the currency of the source, e.g. ``CNY``.
        to_currency: Code of the currency after conversion, e.g. ``USD``.
        legs: The recorded rates: one, or two that meet in a third currency.
        spans: For each of ``INTERVAL_NAMES`` the number of ``to_currency`` for one of ``from_currency``, above zero.
        hedge: Hedge of the rate; of several rates, the first hedge that is not ``none``.
    """

    from_currency: str
    to_currency: str
    legs: tuple[Leg, ...]
    spans: Mapping[str, Interval]
    hedge: Hedge = Hedge.NONE

    @property
    def figures(self) -> tuple[Id, ...]:
        """Ids of the figures that record the rates, each once."""
        return tuple(dict.fromkeys(id for leg in self.legs for id in leg.figures))

    def inverse(self) -> "Exchange":
        """The inverse exchange, from ``to_currency`` to ``from_currency``, by the same rates."""
        spans = {name: divide(_ONE, span) for name, span in self.spans.items()}
        return Exchange(
            from_currency=self.to_currency,
            to_currency=self.from_currency,
            legs=self.legs,
            spans=spans,
            hedge=self.hedge,
        )

    def then(self, following: "Exchange") -> "Exchange":
        """One exchange made of two: ``following`` begins with the currency in which the first one ends."""
        spans = {name: multiply(self.spans[name], following.spans[name]) for name in INTERVAL_NAMES}
        hedge = self.hedge if self.hedge is not Hedge.NONE else following.hedge
        return Exchange(
            from_currency=self.from_currency,
            to_currency=following.to_currency,
            legs=(*self.legs, *following.legs),
            spans=spans,
            hedge=hedge,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """An input of a calculation before and after it was converted into another currency.

    Attributes:
        input: The input's name in the formula.
        stated: The amount as stated, in ``unit``.
        unit: Unit in the currency of the source.
        after: The amount after conversion, in ``into``.
        into: Unit in the currency of the calculation.
        exchange: The rates that converted it.
    """

    input: str
    stated: Interval
    unit: str
    after: Interval
    into: str
    exchange: Exchange


def positive_part(span: Interval) -> Interval | None:
    """The part of ``span`` above zero; None where there is none."""
    # "At most 8 yuan a dollar" leaves room for zero and less, which no rate can be and by which nothing can be divided.
    if span.high is not None and span.high <= 0:
        return None
    if span.low is None or span.low <= 0:
        return Interval(Fraction(0), span.high, True, span.high_open)
    return span
