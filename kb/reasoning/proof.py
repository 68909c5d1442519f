"""How does a reader check that a value does? The formula with numbers put in, for a pocket calculator."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from kb.domain.entity import Figure
from kb.domain.formula import Expr, write_formula
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.unit import Unit
from kb.domain.wording import say_interval
from kb.reasoning.arithmetic import NoResult
from kb.reasoning.enclosure import natural
from kb.reasoning.explain import number
from kb.reasoning.position import in_points, said
from kb.reasoning.solution import Point, Solution
from kb.reasoning.verdict import has_places

LONGEST = 120
"""Characters of a line that a reader will type."""

Units = Mapping[str, Unit]
"""The unit of each input."""

_NAME = re.compile(r"[^\W\d]\w*")
_PLACES = 4


def proofs(knowledge: Knowledge, expr: Expr, name: str, found: Solution, units: Units, figure: Figure) -> str:
    """``expr`` worked out where each end of what ``figure`` states is reached, e.g. ``4,000 / 200 = 20 times``.

    Empty where the numbers as they are shown do not fit each other, such as dollars per million tokens times tokens,
    and where the line would be too long.
    """
    stated = said(knowledge, figure)
    ends = ((found.low, found.lowering, stated.stated.low), (found.high, found.raising, stated.stated.high))
    told: dict[str, None] = {}
    for value, others, target in ends:
        if value.low is None or not value.exact or target is None:
            return ""
        told |= dict.fromkeys(_line(expr, {**others, name: value.low}, units, target, stated.unit))
    return "; ".join(told) if all(told) else ""


def _line(expr: Expr, values: Point, units: Units, target: Fraction, unit: str) -> Iterator[str]:
    shown = {one: at / units[one].simplest.factor for one, at in values.items()}
    if not _fits(expr, shown, target):
        yield ""
        return
    digits = {one: _digits(at, str(units[one].simplest)) for one, at in shown.items()}
    left = _NAME.sub(lambda match: digits.get(match[0], match[0]), write_formula(expr))
    for sign, typed in ((" ** ", "^"), (" * ", " × "), ("-", "−")):
        left = left.replace(sign, typed)
    exact = all(_is_short(at, str(units[one].simplest)) for one, at in shown.items())
    right = say_interval(Interval.at(target), unit).removeprefix("≈ ")
    line = f"{left} {'=' if exact else '≈'} {right}"
    yield line if len(line) <= LONGEST else ""


def _fits(expr: Expr, shown: Point, target: Fraction) -> bool:
    """Whether the numbers as they are shown give the target, no unit turned into another."""
    try:
        return natural(expr, {one: Interval.at(at) for one, at in shown.items()}) == Interval.at(target)
    except NoResult:
        return False


def _digits(value: Fraction, unit: str) -> str:
    told = f"{number(value * 100)}%" if in_points(unit) else number(value)
    return f"({told})" if value < 0 else told


def _is_short(value: Fraction, unit: str) -> bool:
    return has_places(value * 100 if in_points(unit) else value, _PLACES)
