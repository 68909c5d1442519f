"""What moves a result most? The rows of a tornado diagram, and in a few words what the first of them says."""

from collections.abc import Sequence
from fractions import Fraction

from kb.domain.interval import Interval
from kb.domain.wording import MINUS, say_number
from kb.reasoning.calculating.sensitivity import Influence
from kb.reasoning.noticing.mention import in_points
from kb.reasoning.telling.apart import say_points
from kb.reports.naming import listed, span
from kb.reports.page import InfluenceRow

UNTOLD = "cannot be told"

_WIDTH = 100


def influence_rows(found: Sequence[Influence], unit: str) -> tuple[InfluenceRow, ...]:
    """One row for each value, the one that moves the result most in front; none where only one value goes in."""
    if len(found) < 2:
        return ()
    return tuple(_row(one, unit, *bar) for one, bar in zip(found, _bars(found), strict=True))


def moved(found: Sequence[Influence], unit: str) -> str:
    """Which value moves the result most, and how far; all of them where several move it as far.

    Empty where only one value goes in, or nothing can be told.
    """
    if len(found) < 2 or (found[0].result is None and not found[0].nudge):
        return ""
    first = found[0]
    if first.result is not None and first.swing is None:
        return f"{_named([first])}, which sets it no limit ({span(first.result, unit)})"
    if first.swing:
        alike = [one for one in found if one.swing == first.swing]
        ranges = " and ".join(f"{_between(one.result, unit)} over {span(one.over, one.unit)}" for one in alike)
        return f"{_named(alike)}, {ranges}"
    if not first.nudge:
        return "nothing that goes in, as far as it is said"
    alike = [one for one in found if one.nudge is not None and abs(one.nudge) == abs(first.nudge or 0)]
    which = "any input" if len(alike) == len(found) else _named(alike)
    return f"1% more of {which}, by about {_unsigned(first.nudge, unit).removeprefix('≈ ')}"


def _named(alike: Sequence[Influence]) -> str:
    return listed(tuple(" (".join(f"`{name}`" for name in one.inputs) + ")" * (len(one.inputs) - 1) for one in alike))


def _between(values: Interval | None, unit: str) -> str:
    if values is None or values.low is None or values.high is None:
        return UNTOLD
    return f"between {say_number(values.low, unit)} and {say_number(values.high, unit)}"


def _row(one: Influence, unit: str, left: float, right: float) -> InfluenceRow:
    return InfluenceRow(
        one.inputs,
        one.label,
        span(one.over, one.unit),
        span(one.result, unit) if one.result else UNTOLD,
        not one.over.exact,
        _unsigned(one.swing, unit) if one.swing else "",
        "" if one.opened == one.over else span(one.allowed, unit) if one.allowed else UNTOLD,
        _signed(one.nudge, unit),
        left,
        right,
    )


def _unsigned(value: Fraction | None, unit: str) -> str:
    if value is None:
        return UNTOLD
    return say_points(abs(value)) if in_points(unit) else say_number(abs(value), unit)


def _signed(value: Fraction | None, unit: str) -> str:
    if value is None:
        return ""
    told = _unsigned(value, unit).removeprefix("≈ ")  # the head of its column says "about"
    return f"{MINUS if value < 0 else '+' if value else ''}{told}"


def _bars(found: Sequence[Influence]) -> list[tuple[float, float]]:
    """Where the bars begin and end, over what all results run over; where none runs, by what 1% more of each adds."""
    ends = [end for one in found if one.result for end in (one.result.low, one.result.high) if end is not None]
    low, high = min(ends, default=Fraction(0)), max(ends, default=Fraction(0))
    most = max((abs(one.nudge) for one in found if one.nudge), default=Fraction(0))
    if low < high:
        return [_laid(one.result, low, high) for one in found]
    return [_laid(_from_zero(one.nudge), -most, most) for one in found]


def _from_zero(nudge: Fraction | None) -> Interval | None:
    return Interval(min(nudge, Fraction(0)), max(nudge, Fraction(0))) if nudge else None


def _laid(values: Interval | None, low: Fraction, high: Fraction) -> tuple[float, float]:
    if values is None or low == high:
        return 0.0, 0.0
    ends = low if values.low is None else values.low, high if values.high is None else values.high
    left, right = (round(float((end - low) / (high - low) * _WIDTH), 2) for end in ends)
    return left, right
