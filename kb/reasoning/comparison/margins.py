"""Numbers with margins: standard deviations, and the chi-square test of a common value at 5 %.

The test and the Birge ratio are those of R. T. Birge, *The calculation of errors by the method of least squares*,
Physical Review 40, 207 (1932); the Particle Data Group calls the ratio the scale factor (*Review of Particle Physics*,
Introduction, section 5.2.2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import isqrt, sqrt
from statistics import NormalDist

from kb.domain.margin import Margin, MarginKind
from kb.domain.quantity import Quantity

_STANDARD_LEVEL = Fraction(95, 100)
"""The level of a confidence interval for which none is stated, and of the margin of a poll."""

_FIVE_PER_CENT = (
    "3.841459 5.991465 7.814728 9.487729 11.070498 12.591587 14.067140 15.507313 16.918978 18.307038 "
    "19.675138 21.026070 22.362032 23.684791 24.995790 26.296228 27.587112 28.869299 30.143527 31.410433 "
    "32.670573 33.924438 35.172462 36.415029 37.652484 38.885139 40.113272 41.337138 42.556968 43.772972"
)
_QUANTILES = tuple(Fraction(text) for text in _FIVE_PER_CENT.split())
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its standard deviation upwards and downwards, in one unit.

    Attributes:
        value: The number; of an interval without one, its middle.
        above: The standard deviation of what lies above; above zero.
        below: That of what lies below; above zero.
        known: Whether the kind of the margin is stated; else it is taken for one standard deviation.
    """

    value: Fraction
    above: Fraction
    below: Fraction
    known: bool

    def towards(self, target: Fraction) -> Fraction:
        """The standard deviation on the side of ``target``."""
        return self.above if target > self.value else self.below

    @property
    def reach(self) -> tuple[Fraction, Fraction]:
        """How far it reaches below and above before a test at 5 % rejects an exact number."""
        two_sided = deviations_of(_STANDARD_LEVEL)
        return self.value - two_sided * self.below, self.value + two_sided * self.above


@dataclass(frozen=True, slots=True)
class Scatter:
    """How far several measured numbers scatter around their weighted mean.

    Attributes:
        chi_square: The sum of the squared distances from the mean, each in standard deviations of its number.
        degrees: Degrees of freedom: one less than there are numbers.
    """

    chi_square: Fraction
    degrees: int

    @property
    def allows_common_value(self) -> bool:
        """Whether the chi-square test at 5 % does not reject that all measure one value; true of a single number."""
        return self.degrees < 1 or self.chi_square <= five_per_cent_quantile(self.degrees)

    @property
    def birge_ratio(self) -> Fraction:
        """The square root of chi-square over the degrees of freedom: 1 where the margins account for the scatter."""
        return square_root(self.chi_square / self.degrees) if self.degrees else Fraction(0)


def measured(quantity: Quantity, factor: Fraction) -> Measured | None:
    """``quantity`` as a number with standard deviations, times ``factor``; None without a margin, and for a tolerance.

    The margin of a poll, a share with "plus or minus" so many points, is a 95 % interval.
    """
    margin = quantity.margin
    if margin is None or margin.kind is MarginKind.TOLERANCE or quantity.low is None or quantity.high is None:
        return None
    low, high = Fraction(quantity.low) * factor, Fraction(quantity.high) * factor
    is_poll = margin.kind is MarginKind.NOT_STATED and quantity.unit == "fraction"
    over = _deviations_in(margin, is_poll=is_poll)
    known = is_poll or margin.kind is not MarginKind.NOT_STATED
    if margin.size is None:
        half = (high - low) / 2 / over
        return Measured((low + high) / 2, half, half, known)
    above = Fraction(margin.size) * factor / over
    below = above if margin.below is None else Fraction(margin.below) * factor / over
    # "+3/-0" has no room below; a test needs some, and the other side is the nearest guess.
    return Measured(low, above or below, below or above, known)


def _deviations_in(margin: Margin, *, is_poll: bool) -> Fraction:
    """How many standard deviations the margin reaches each way."""
    if is_poll or margin.kind in (MarginKind.CONFIDENCE_INTERVAL, MarginKind.INTERVAL):
        return deviations_of(_STANDARD_LEVEL if margin.level is None else Fraction(margin.level))
    return Fraction(1)


@lru_cache(maxsize=64)
def deviations_of(level: Fraction) -> Fraction:
    """How many standard deviations an interval of ``level`` reaches each way: 1.96 for 0.95; to six places.

    A level next to 0 or 1 is taken for one that a float tells from them, so that the result is above zero and finite.
    """
    level = min(max(level, _LOWEST_LEVEL), 1 - _LOWEST_LEVEL)
    return Fraction(round(_NORMAL.inv_cdf((1 + float(level)) / 2), 6)).limit_denominator(10**6)


_LOWEST_LEVEL = Fraction(1, 10**5)


@lru_cache(maxsize=256)
def five_per_cent_quantile(degrees: int) -> Fraction:
    """The value that chi-square exceeds in 5 % of cases: from a table up to 30 degrees of freedom, then approximated.

    By Wilson and Hilferty, *The distribution of chi-square*, PNAS 17, 684 (1931): off by less than 1 part in 10,000.
    """
    if degrees <= len(_QUANTILES):
        return _QUANTILES[degrees - 1]
    spread = 2 / (9 * degrees)
    return Fraction(round(degrees * (1 - spread + _NORMAL.inv_cdf(0.95) * sqrt(spread)) ** 3, 6))


def scatter(numbers: Sequence[Measured]) -> Scatter:
    """The scatter of ``numbers``, at least one, around their mean weighted by the inverse squares of their margins."""
    if len(numbers) == 2:
        return Scatter(deviations_between(numbers[:1], numbers[1:]) ** 2, 1)
    mean, _ = weighted_mean(numbers)
    squares = (((number.value - mean) / number.towards(mean)) ** 2 for number in numbers)
    return Scatter(sum(squares, Fraction(0)), len(numbers) - 1)


def weighted_mean(numbers: Sequence[Measured]) -> tuple[Fraction, Fraction]:
    """The mean weighted by the inverse squares of the margins, and the square of its standard deviation."""
    weights = [4 / (number.above + number.below) ** 2 for number in numbers]
    total = sum(weights, Fraction(0))
    weighted = (weight * number.value for weight, number in zip(weights, numbers, strict=True))
    return sum(weighted, Fraction(0)) / total, 1 / total


def deviations_between(left: Sequence[Measured], right: Sequence[Measured]) -> Fraction:
    """How many combined standard deviations the weighted means of two groups lie apart; of two numbers, these."""
    if len(left) == len(right) == 1:
        first, second = left[0], right[0]
        square = first.towards(second.value) ** 2 + second.towards(first.value) ** 2
        return square_root((first.value - second.value) ** 2 / square)
    (first_mean, first_square), (second_mean, second_square) = weighted_mean(left), weighted_mean(right)
    return square_root((first_mean - second_mean) ** 2 / (first_square + second_square))


def deviations_from(number: Measured, low: Fraction | None, high: Fraction | None) -> Fraction:
    """How many standard deviations ``number`` lies from the interval ``low`` to ``high``; 0 inside it."""
    if low is not None and number.value < low:
        return (low - number.value) / number.above
    if high is not None and number.value > high:
        return (number.value - high) / number.below
    return Fraction(0)


_SCALE = 10**12


def square_root(value: Fraction) -> Fraction:
    """The square root of ``value``, not below zero, rounded down to twelve places."""
    return Fraction(isqrt(value.numerator * _SCALE**2 // value.denominator), _SCALE)
