"""How far do two numbers lie apart, in words? The division or the subtraction that shows it."""

from fractions import Fraction
from typing import NamedTuple

from kb.domain.interval import Interval
from kb.domain.wording import say_interval
from kb.reasoning.comparing.distance import Distance, decimal, has_places


class _Gap(NamedTuple):
    """How far two numbers lie apart: ``$40`` or ``8 points``, or as a ratio ``2``; and the sum that shows it."""

    size: str
    is_ratio: bool
    steps: str


def apart(left: Interval, right: Interval, unit: str, gap: Distance) -> str:
    """How far two stated intervals lie apart, with the division or subtraction that shows it; empty where they meet."""
    if left.meets(right):
        return ""
    if gap.near is None:
        lower, upper = _ordered(left, right)
        return f"{say_interval(lower, unit)} and {say_interval(upper, unit)} differ in sign, or one is zero: no ratio."
    told = _gap_between(left, right, unit, gap)
    return (
        f"That is {told.size} times as much{told.steps}."
        if told.is_ratio
        else f"They lie {told.size} apart{told.steps}."
    )


def gap_words(left: Interval, right: Interval, unit: str, gap: Distance) -> str:
    """The same as part of a sentence: ``8 points apart (5% − (−3%) = 8 points)``, ``a factor of 2 (40 / 20 = 2)``."""
    if left.meets(right) or gap.near is None:
        return ""
    told = _gap_between(left, right, unit, gap)
    return f"a factor of {told.size}{told.steps}" if told.is_ratio else f"{told.size} apart{told.steps}"


def _gap_between(left: Interval, right: Interval, unit: str, gap: Distance) -> _Gap:
    lower, upper = _ordered(left, right)
    near = (upper.low or Fraction(0)) - (lower.high or Fraction(0))
    if gap.points:
        told = say_points(near)
        return _Gap(
            told, False, f" ({_percent(upper.low or Fraction(0))} − {_percent(lower.high or Fraction(0))} = {told})"
        )
    ratios, steps = _ratios_shown(lower, upper, gap)
    if ratios == ["1"]:
        return _Gap(say_interval(Interval.at(near), unit), False, "")
    return _Gap(" to ".join(ratios), True, f" ({'; '.join(steps)})")


def _ordered(left: Interval, right: Interval) -> tuple[Interval, Interval]:
    return (left, right) if _below(left, right) else (right, left)


def _below(left: Interval, right: Interval) -> bool:
    return left.high is not None and right.low is not None and left.high < right.low


def say_points(value: Fraction) -> str:
    """A difference between two fractions in percentage points.

    >>> say_points(Fraction(9, 1000)), say_points(Fraction(1, 100))
    ('0.9 points', '1 point')
    """
    told = number(value * 100)
    return f"{told} point" if told == "1" else f"{told} points"


def _percent(value: Fraction) -> str:
    return f"(−{number(-value * 100)}%)" if value < 0 else f"{number(value * 100)}%"


def _ratios_shown(lower: Interval, upper: Interval, gap: Distance) -> tuple[list[str], list[str]]:
    """Nearest and farthest ends as ratios, and the divisions that show them."""
    told: dict[str, str] = {}
    for ratio, ends in ((gap.near, (lower.high, upper.low)), (gap.far, (lower.low, upper.high))):
        small, large = sorted(abs(end) for end in ends if end is not None) if None not in ends else (None, None)
        if ratio is None or small is None or large is None:
            continue
        sign = "=" if has_places(ratio, 2) else "≈"
        told.setdefault(times(ratio), f"{number(large)} / {number(small)} {sign} {times(ratio)}")
    return list(told), list(told.values())


def times(ratio: Fraction) -> str:
    """A ratio in as few digits as tell it apart: 1.75 exactly, 8/3 as 2.7."""
    if has_places(ratio, 2):
        return number(ratio)
    places = 1 if ratio >= 2 else 2 if ratio >= Fraction(11, 10) else 4
    return f"{decimal(ratio, places):,f}"


def number(value: Fraction) -> str:
    """A bare number: thousands set off by commas, at most four decimal places (more below one)."""
    places, above, below = 4, abs(value.numerator), value.denominator
    while above and above * 10 ** (places - 3) < below and places < 20:
        places += 1
    return f"{decimal(value, places):,f}".replace("-", "−")
