"""Did somebody slip? A month for a year, a thousand, a percent sign: factors by which numbers go wrong."""

from fractions import Fraction
from typing import NamedTuple

from kb.domain.interval import Interval
from kb.reasoning.comparing.leeway import Reading
from kb.reasoning.comparing.verdict import Comparison
from kb.reasoning.telling.apart import times


class _Slip(NamedTuple):
    """A factor by which numbers go wrong, how that comes about, and which numbers it happens to."""

    factor: Fraction
    words: str
    flows: bool = False
    shares: bool = False


_SLIPS = (
    _Slip(Fraction(12), "a month may have been taken for a year (12 times)", flows=True),
    _Slip(Fraction(365, 12), "a day may have been taken for a month (365 / 12 = 30.4 times)", flows=True),
    _Slip(Fraction(100), "a fraction may have been taken for a percentage", shares=True),
    _Slip(Fraction(1000), "a step of a thousand may have been lost (k, M, bn)"),
    _Slip(Fraction(10000), "a step of ten thousand may have been lost (万)"),
)

_SLIP_TOLERANCE = Fraction(2, 100)


def slip(left: Reading, right: Reading, found: Comparison) -> str:
    """A hint where the ratio looks like a slip of period or scale; empty where it does not, or where all is well."""
    ratios = _ratios(left.stated, right.stated)
    if found.severity == 0 or not ratios:
        return ""
    for one in _SLIPS:
        fits = (left.period is not None or not one.flows) and (left.percent or not one.shares)
        if fits and all(abs(ratio / one.factor - 1) <= _SLIP_TOLERANCE for ratio in ratios):
            return f"The ratio is near {times(one.factor)}: {one.words}."
    return ""


def _ratios(left: Interval, right: Interval) -> list[Fraction]:
    """Low end to low end and high end to high end, larger over smaller; none where one is absent or not above zero."""
    ends = [(left.low, right.low), (left.high, right.high)]
    whole = [(one, other) for one, other in ends if one is not None and other is not None and one > 0 and other > 0]
    return [max(one, other) / min(one, other) for one, other in whole] if len(whole) == len(ends) else []
