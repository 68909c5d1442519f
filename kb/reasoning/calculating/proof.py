"""How does a reader check that a value does? The formula with numbers put in, for a pocket calculator."""

import re
from collections.abc import Mapping
from fractions import Fraction

from kb.domain.entity import Figure
from kb.domain.formula import Binary, Expr, unit_of, write_formula
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.unit import Unit
from kb.domain.wording import say_interval
from kb.reasoning.arithmetic import NoResult
from kb.reasoning.calculating.enclosure import natural
from kb.reasoning.calculating.solution import Point, Solution
from kb.reasoning.comparing.distance import has_places
from kb.reasoning.noticing.mention import in_points, said
from kb.reasoning.telling.apart import number

LONGEST = 120
"""Characters of a line that a reader will type."""

Units = Mapping[str, Unit]
"""The unit of each input."""

_NAME = re.compile(r"[^\W\d]\w*")
_PLACES = 4


def proofs(knowledge: Knowledge, expr: Expr, name: str, found: Solution, units: Units, figure: Figure) -> str:
    """``expr`` worked out where each end of what ``figure`` states is reached, e.g. ``4,000 / 200 = 20 times``.

    What turns the unit of the line into that of the figure stands at its end, such as ``/ 1,000,000`` for dollars per
    million tokens times tokens. Empty where two units within the formula do not fit as they are shown, such as hours
    added to days, and where the line would be too long.
    """
    stated = said(knowledge, figure)
    ends = ((found.low, found.lowering, stated.stated.low), (found.high, found.raising, stated.stated.high))
    told: dict[str, None] = {}
    for value, others, target in ends:
        if value.low is None or not value.exact or target is None:
            return ""
        at = {**others, name: value.low}
        told |= dict.fromkeys([_line(expr, at, units, target, knowledge.unit(stated.unit), stated.unit)])
    return "; ".join(told) if all(told) else ""


def _line(expr: Expr, values: Point, units: Units, target: Fraction, into: Unit, unit: str) -> str:
    shown = {one: at / units[one].factor for one, at in values.items()}
    turned = unit_of(expr, units).factor / into.factor
    if not _fits(expr, shown, target / turned):
        return ""
    digits = {one: _digits(at, str(units[one])) for one, at in shown.items()}
    left = _NAME.sub(lambda match: digits.get(match[0], match[0]), write_formula(expr))
    for sign, typed in ((" ** ", "^"), (" * ", " × "), ("-", "−")):
        left = left.replace(sign, typed)
    exact = all(_is_short(at, str(units[one])) for one, at in shown.items())
    right = say_interval(Interval.at(target), unit).removeprefix("≈ ")
    line = f"{_turned(left, expr, turned)} {'=' if exact else '≈'} {right}"
    return line if len(line) <= LONGEST else ""


def _turned(line: str, expr: Expr, factor: Fraction) -> str:
    """``line`` with what turns its unit into that of the target: ``× 365``, ``/ 1,000,000``."""
    if factor == 1:
        return line
    whole = f"({line})" if isinstance(expr, Binary) and expr.sign in ("+", "-") else line
    times = f" × {number(Fraction(factor.numerator))}" if factor.numerator > 1 else ""
    return whole + times + (f" / {number(Fraction(factor.denominator))}" if factor.denominator > 1 else "")


def _fits(expr: Expr, shown: Point, target: Fraction) -> bool:
    """Whether the numbers as they are shown give the target, in the unit of the formula itself."""
    try:
        return natural(expr, {one: Interval.at(at) for one, at in shown.items()}) == Interval.at(target)
    except NoResult:
        return False


def _digits(value: Fraction, unit: str) -> str:
    told = f"{number(value * 100)}%" if in_points(unit) else number(value)
    return f"({told})" if value < 0 else told


def _is_short(value: Fraction, unit: str) -> bool:
    return has_places(value * 100 if in_points(unit) else value, _PLACES)
