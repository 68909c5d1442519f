"""Distances between numbers in words, with the arithmetic that shows them, and hints at mistakes of unit or scale."""

import re
from fractions import Fraction
from typing import NamedTuple

from kb.domain.interval import Interval
from kb.reasoning.comparison.distance import Distance, has_places
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reasoning.comparison.verdict import Comparison
from kb.reports.words.amount import (
    ROUNDED,
    about_words,
    interval_words,
    plain_number,
    points_words,
    ratio_words,
    short_number,
)


class _Gap(NamedTuple):
    """The distance of two numbers: ``$40``, ``8 percentage points``, or ``2`` as a ratio, and its arithmetic."""

    size: str
    is_ratio: bool
    steps: str


def gap_sentence(left: Interval, right: Interval, unit: str, gap: Distance) -> str:
    """A sentence with the distance of two stated intervals and its arithmetic; empty where they meet."""
    if left.meets(right):
        return ""
    if gap.near is None:
        lower, upper = _ordered(left, right)
        return (
            f"{interval_words(lower, unit)} and {interval_words(upper, unit)} differ in sign, or one is zero: no ratio."
        )
    difference = _gap_between(left, right, unit, gap)
    if not difference.is_ratio:
        return f"They are {difference.size} apart{difference.steps}."
    larger, smaller = ("second", "first") if _magnitude(right) > _magnitude(left) else ("first", "second")
    return f"The {larger} figure is {_larger_words(difference, gap)} the {smaller}{difference.steps}."


def difference_sentence(left: Interval, right: Interval, unit: str) -> str:
    """A sentence with the difference of two counts and its arithmetic: ``They are 3 people apart (140 − 137 = 3).``"""
    difference = _difference(left, right, unit)
    return f"They are {difference.size} apart{difference.steps}."


def _difference(left: Interval, right: Interval, unit: str) -> _Gap:
    lower, upper = _ordered(left, right)
    ends = upper.low or Fraction(0), lower.high or Fraction(0)
    difference = ends[0] - ends[1]
    steps = f"{plain_number(ends[0])} − {plain_number(ends[1])} = {plain_number(difference)}"
    return _Gap(interval_words(Interval.at(difference), unit), False, f" ({steps})")


def departure_clause(
    expected: tuple[str, Interval], actual: tuple[str, Interval], unit: str, gap: Distance, *, counted: bool
) -> str:
    """How far what came lies from what was ``expected``, each with its name: ``the outcome is twice the forecast (…)``.

    Small shares are of what was expected; of numbers that are ``counted`` the difference stands for them. Empty where
    the two meet or have no ratio.
    """
    (expectation, before), (outcome, after) = expected, actual
    if gap.near is None or before.meets(after):
        return ""
    departure = _departure(before, after, unit, gap, counted=counted)
    above = lies_above(after, before)
    if departure.is_ratio:
        larger, smaller = (outcome, expectation) if above else (expectation, outcome)
        return f"{larger} is {_times_words(departure)} {smaller}{departure.steps}"
    verb = "exceeds" if above else "falls short of"
    return f"{outcome} {verb} {expectation} by {departure.size}{departure.steps}"


def _departure(before: Interval, after: Interval, unit: str, gap: Distance, *, counted: bool) -> _Gap:
    if gap.points or gap.near is None or gap.near >= SLIGHTLY:
        return _gap_between(before, after, unit, gap)
    if counted:
        return _difference(before, after, unit)
    lower, upper = _ordered(before, after)
    ends = lower.high or Fraction(0), upper.low or Fraction(0)
    whole, part = ends if lower is before else ends[::-1]
    ratio = part / whole
    # Of numbers so close that their ratio shows as 1, the difference says more.
    if short_number(ratio) == "1":
        return _gap_between(before, after, unit, gap)
    share = abs(1 - ratio) * 100
    exact = share.denominator == 1
    size = short_number(share) if exact or share < 1 else f"{round(share)}"
    shown = " / ".join(map(plain_number, in_one_scale(part, whole)))
    steps = f"{shown} {'=' if has_places(ratio, 2) else '≈'} {short_number(ratio)}"
    return _Gap(f"{'' if exact else 'about '}{size}%", False, f" ({steps})")


def in_one_scale(*numbers: Fraction) -> tuple[Fraction, ...]:
    """Numbers whose ratio is shown, without the thousands or millions that all of them have.

    >>> [str(number) for number in in_one_scale(Fraction(13_000_000), Fraction(11_390_000))]
    ['13', '1139/100']
    >>> [str(number) for number in in_one_scale(Fraction(600_000), Fraction(500_000))]
    ['600000', '500000']
    """
    scale = next((scale for scale in (10**12, 10**9, 10**6) if min(map(abs, numbers)) >= scale), 1)
    shorter = tuple(number / scale for number in numbers)
    # Digits that were stated are not rounded away.
    return shorter if all(has_places(number, 4) for number in shorter) else numbers


def lies_above(interval: Interval, other: Interval) -> bool:
    """Whether all of ``interval`` lies above all of ``other``."""
    return _below(other, interval)


def ends_clause(left: Interval, right: Interval, unit: str, gap: Distance) -> str:
    """How far two ends of ranges lie apart, by their numbers: ``10,000 words is twice 5,000 words (…)``."""
    lower, upper = sorted((left, right), key=_magnitude)
    if gap.near is None or left.meets(right):
        return ""
    difference = _gap_between(left, right, unit, gap)
    words = interval_words(upper, unit), interval_words(lower, unit)
    if not difference.is_ratio:
        return f"{words[1]} and {words[0]} are {difference.size} apart{difference.steps}"
    return f"{words[0]} is {_larger_words(difference, gap)} {words[1]}{difference.steps}"


def _times_words(gap: _Gap) -> str:
    return "twice" if gap.size == "2" else f"{gap.size} times"


SLIGHTLY = Fraction(11, 10)
"""Ratio below which two numbers hardly differ, so that a ratio says little."""


def _larger_words(difference: _Gap, gap: Distance) -> str:
    """How much larger, before the smaller number: ``twice``, ``1.5 times``, ``about 4% larger than``."""
    # "1.04 times the first" is arithmetic; a reader thinks of four per cent.
    if gap.near is None or gap.near >= SLIGHTLY or " to " in difference.size:
        return _times_words(difference)
    more = (gap.near - 1) * 100
    exact = more.denominator == 1
    return f"{'' if exact else 'about '}{short_number(more) if exact or more < 1 else round(more)}% larger than"


def _magnitude(interval: Interval) -> Fraction:
    """How far an interval lies from zero, which of two that do not meet says which number is the larger one."""
    return min(abs(end) for end in (interval.low, interval.high) if end is not None)


def nearest_sentence(
    nearest: Interval, stated: Interval, unit: str, gap: Distance, *, apart_from_open: bool = False
) -> str:
    """A sentence on how far the nearest result lies from a stated number; empty where they meet.

    ``apart_from_open`` says that there are open-ended results, and that the nearest is none of them.
    """
    if nearest.meets(stated) or gap.near is None:
        return gap_sentence(nearest, stated, unit, gap)
    difference = _gap_between(nearest, stated, unit, gap)
    words = interval_words(nearest, unit)
    # An open-ended range may stand closer as it is stated, and is none the less no result at a known distance.
    opening = "The closest result is"
    if apart_from_open:
        opening = f"Of those that are not open-ended, the nearest to {interval_words(stated, unit)} is"
    if not difference.is_ratio:
        return f"{opening} {words}, {difference.size} away{difference.steps}."
    if _below(nearest, stated):
        lead = f"{opening} {words}; {interval_words(stated, unit)}"
        return f"{lead} is {_times_words(difference)} that{difference.steps}."
    return f"{opening} {words}, {_times_words(difference)} as high{difference.steps}."


def gap_words(left: Interval, right: Interval, unit: str, gap: Distance, where: str) -> str:
    """The distance within a sentence, followed by ``where``: ``8 percentage points apart``."""
    if left.meets(right) or gap.near is None:
        return ""
    difference = _gap_between(left, right, unit, gap)
    size = f"a factor of {difference.size}" if difference.is_ratio else difference.size
    return f"{size}{where and ' '}{where}{difference.steps}"


def _gap_between(left: Interval, right: Interval, unit: str, gap: Distance) -> _Gap:
    lower, upper = _ordered(left, right)
    near = (upper.low or Fraction(0)) - (lower.high or Fraction(0))
    if gap.points:
        points, ends = points_words(near), (upper.low or Fraction(0), lower.high or Fraction(0))
        sign = "=" if all(has_places(end * 100, 2) for end in ends) else "≈"
        # The sign stands for an exact difference or for one that is rounded; its unit has just been named.
        # What is subtracted has two decimals, and the result no more: 45.06 − 45 is 0.06.
        result = short_number(near * 100) if sign == "=" or near * 1000 < 1 else short_number(round(near * 100, 2))
        shown = f"{_percent(ends[0])} − {_percent(ends[1])} {sign} {result}"
        return _Gap(points, False, f" ({shown})")
    ratios, steps = _ratios_shown(lower, upper, gap)
    # Of numbers so close that their ratio shows as 1, the difference says more.
    if ratios == ["1"]:
        exact = interval_words(Interval.at(near), unit)
        return _Gap(about_words(near, unit) if exact.startswith(ROUNDED) else exact, False, "")
    return _Gap(" to ".join(ratios), True, f" ({'; '.join(steps)})")


def _ordered(left: Interval, right: Interval) -> tuple[Interval, Interval]:
    return (left, right) if _below(left, right) else (right, left)


def _below(left: Interval, right: Interval) -> bool:
    return left.high is not None and right.low is not None and left.high < right.low


def _percent(value: Fraction) -> str:
    return f"(−{short_number(-value * 100)}%)" if value < 0 else f"{short_number(value * 100)}%"


def _ratios_shown(lower: Interval, upper: Interval, gap: Distance) -> tuple[list[str], list[str]]:
    """The ratios of the nearest and of the farthest ends, and the divisions that show them."""
    divisions: dict[str, str] = {}
    for ratio, ends in ((gap.near, (lower.high, upper.low)), (gap.far, (lower.low, upper.high))):
        small, large = sorted(abs(end) for end in ends if end is not None) if None not in ends else (None, None)
        if ratio is None or small is None or large is None:
            continue
        sign = "=" if has_places(ratio, 2) else "≈"
        shown = " / ".join(map(plain_number, in_one_scale(large, small)))
        divisions.setdefault(ratio_words(ratio), f"{shown} {sign} {ratio_words(ratio)}")
    return list(divisions), list(divisions.values())


class _Mistake(NamedTuple):
    """A factor by which numbers are often wrong, the mistake in words, and the numbers that it happens to."""

    factor: Fraction
    words: str
    flows: bool = False
    shares: bool = False


# Only a flow can be given for the wrong period, and only a share be taken for a percentage.
_MISTAKES = (
    _Mistake(Fraction(12), "a month may have been taken for a year (12 times)", flows=True),
    _Mistake(Fraction(365, 12), "a day may have been taken for a month (365 / 12 = 30.4 times)", flows=True),
    _Mistake(Fraction(100), "a fraction may have been taken for a percentage", shares=True),
    _Mistake(Fraction(1000), "a step of a thousand may have been lost (k, M, bn)"),
    _Mistake(Fraction(10000), "a step of ten thousand may have been lost (万)"),
)

_MISTAKE_TOLERANCE = Fraction(2, 100)


def mistake_hint(left: NormalizedQuantity, right: NormalizedQuantity, comparison: Comparison) -> str:
    """A hint that the ratio looks like a mistake of period or scale; empty where it does not, or for severity 0."""
    ratios = _ratios(left.stated, right.stated)
    if comparison.severity == 0 or not ratios:
        return ""
    for mistake in _MISTAKES:
        fits = (left.period is not None or not mistake.flows) and (left.percent or not mistake.shares)
        if fits and all(abs(ratio / mistake.factor - 1) <= _MISTAKE_TOLERANCE for ratio in ratios):
            return f"The ratio is near {ratio_words(mistake.factor)}: {mistake.words}."
    return ""


def _ratios(left: Interval, right: Interval) -> list[Fraction]:
    """The ratios of both pairs of ends, larger over smaller; empty where an end is absent or not positive."""
    ends = [(left.low, right.low), (left.high, right.high)]
    whole = [
        (left_end, right_end)
        for left_end, right_end in ends
        if left_end is not None and right_end is not None and left_end > 0 and right_end > 0
    ]
    return (
        [max(left_end, right_end) / min(left_end, right_end) for left_end, right_end in whole]
        if len(whole) == len(ends)
        else []
    )


def without_arithmetic(sentences: str) -> str:
    """Sentences without the sums in brackets that a reader can check them by, for a text that is not about sums.

    >>> without_arithmetic("It is twice as much (8 / (1 + 3) = 2). Both can be true (one is a limit).")
    'It is twice as much. Both can be true (one is a limit).'
    """
    kept, depth, start = "", 0, 0
    for at, sign in enumerate(sentences):
        if sign == "(":
            start = at if not depth else start
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
            bracket = sentences[start : at + 1]
            if not depth and not _SUM.search(bracket):
                kept += bracket
            elif not depth:
                kept = kept.rstrip()
        elif not depth:
            kept += sign
    return kept + (sentences[start:] if depth else "")


_SUM = re.compile(r"\d.* [=≈] ")
