"""Exchange rates as they were recorded, and amounts converted by them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.quantity import Hedge
from kb.reasoning.arithmetic import divide, multiply

INTERVAL_NAMES = ("stated", "allowed", "rounded", "truncated", "widened", "loosened")
"""The intervals of a number; those of a converted one are the amount's times the rate's, each with its own kind."""

_ONE = Interval.at(1)


@dataclass(frozen=True, slots=True)
class Leg:
    """One recorded rate between two currencies.

    Attributes:
        figures: The figures that record it; several where they are of one time, or all within the time asked for.
        from_currency: Code of the currency that it converts.
        stated: What one of ``from_currency`` is, over all the figures, where they differ; None where they agree.
    """

    figures: tuple[Id, ...]
    from_currency: str
    stated: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What one of the currency ``from_currency`` is in ``to_currency``, for one time, by recorded rates.

    Attributes:
        from_currency: Code of the currency that was said.
        to_currency: Code of the currency that it is told in.
        legs: The recorded rates: one, or two that meet in a third currency.
        spans: For each of ``INTERVAL_NAMES`` how many of ``to_currency`` one of
            ``from_currency`` is; every number is above zero.
        hedge: How loosely the rate is meant.
    """

    from_currency: str
    to_currency: str
    legs: tuple[Leg, ...]
    spans: Mapping[str, Interval]
    hedge: Hedge = Hedge.NONE

    @property
    def figures(self) -> tuple[Id, ...]:
        """The figures that record the rates."""
        return tuple(dict.fromkeys(id for leg in self.legs for id in leg.figures))

    def inverse(self) -> "Exchange":
        """The same rates the other way round, for what is counted per unit of money."""
        spans = {name: divide(_ONE, span) for name, span in self.spans.items()}
        return Exchange(
            from_currency=self.to_currency,
            to_currency=self.from_currency,
            legs=self.legs,
            spans=spans,
            hedge=self.hedge,
        )

    def then(self, following: "Exchange") -> "Exchange":
        """Two rates in turn: the other begins with the currency in which this one ends."""
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
    """An amount in its own currency on its way into a calculation.

    Attributes:
        input: The input's name in the formula.
        stated: The amount as stated.
        unit: Its unit.
        after: The same once it is converted.
        into: The unit of that.
        exchange: What it was converted by.
    """

    input: str
    stated: Interval
    unit: str
    after: Interval
    into: str
    exchange: Exchange


def positive_part(span: Interval) -> Interval | None:
    """``span`` without what is not above zero; None where nothing is left."""
    if span.high is not None and span.high <= 0:
        return None
    if span.low is None or span.low <= 0:
        return Interval(Fraction(0), span.high, True, span.high_open)
    return span
