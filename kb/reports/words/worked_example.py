"""The formula with numbers substituted, so that a reader can check a solution with a pocket calculator."""

import re
from collections.abc import Mapping
from fractions import Fraction

from kb.domain.entity import Figure
from kb.domain.formula import Binary, Expr, unit_of, write_formula
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.unit import Unit
from kb.reasoning.arithmetic import NoResult
from kb.reasoning.calculation.equation_solver import Point
from kb.reasoning.calculation.interval_evaluation import natural_extension
from kb.reasoning.calculation.result import ImpliedValue
from kb.reasoning.comparison.verdict import has_places
from kb.reasoning.findings.mention import in_points, normalized_quantity
from kb.reports.words.amount import interval_words
from kb.reports.words.difference import bare_number

LONGEST = 120
"""Characters of a line that a reader will type."""

Units = Mapping[str, Unit]
"""The unit of each input."""

_NAME = re.compile(r"[^\W\d]\w*")
_PLACES = 4


def worked_example(knowledge: Knowledge, expr: Expr, implied: ImpliedValue, figure: Figure) -> str:
    """``expr`` with the implied value put in, at each end of what ``figure`` states: ``4,000 / 200 = 20 times``.

    A factor that turns the unit of the line into that of the figure stands at its end, such as ``/ 1,000,000`` for
    dollars per million tokens times tokens. Empty where two units within the formula do not fit as they are shown,
    such as hours added to days, and where the line would be too long.
    """
    stated, solution = normalized_quantity(knowledge, figure), implied.solution
    ends = (
        (solution.low, solution.lowering, stated.stated.low),
        (solution.high, solution.raising, stated.stated.high),
    )
    lines: dict[str, None] = {}
    for value, point, target in ends:
        if value.low is None or not value.exact or target is None:
            return ""
        at = {**point, implied.input: value.low}
        lines.setdefault(_line(expr, at, implied.units, target, knowledge.unit(stated.unit), stated.unit))
    return "; ".join(lines) if all(lines) else ""


def _line(expr: Expr, values: Point, units: Units, target: Fraction, target_unit: Unit, unit: str) -> str:
    shown = {input_name: at / units[input_name].factor for input_name, at in values.items()}
    factor = unit_of(expr, units).factor / target_unit.factor
    # Hours added to days come out only once each is converted, which no line without units shows.
    if not _gives_target(expr, shown, target / factor):
        return ""
    digits = {input_name: _digit_words(at, str(units[input_name])) for input_name, at in shown.items()}
    left = _NAME.sub(lambda match: digits.get(match[0], match[0]), write_formula(expr))
    for sign, typed in ((" ** ", "^"), (" * ", " × "), ("-", "−")):
        left = left.replace(sign, typed)
    # A third is typed as 0.3333, and what comes out is then near the target.
    exact = all(_is_short(at, str(units[input_name])) for input_name, at in shown.items())
    right = interval_words(Interval.at(target), unit).removeprefix("≈ ")
    line = f"{_with_unit_factor(left, expr, factor)} {'=' if exact else '≈'} {right}"
    return line if len(line) <= LONGEST else ""


def _with_unit_factor(line: str, expr: Expr, factor: Fraction) -> str:
    """``line`` with what turns its unit into that of the target: ``× 365``, ``/ 1,000,000``."""
    if factor == 1:
        return line
    whole = f"({line})" if isinstance(expr, Binary) and expr.sign in ("+", "-") else line
    times = f" × {bare_number(Fraction(factor.numerator))}" if factor.numerator > 1 else ""
    return whole + times + (f" / {bare_number(Fraction(factor.denominator))}" if factor.denominator > 1 else "")


def _gives_target(expr: Expr, shown: Point, target: Fraction) -> bool:
    """Whether the numbers as they are shown give the target, in the unit of the formula itself."""
    box = {input_name: Interval.at(at) for input_name, at in shown.items()}
    try:
        return natural_extension(expr, box) == Interval.at(target)
    except NoResult:
        return False


def _digit_words(value: Fraction, unit: str) -> str:
    digits = f"{bare_number(value * 100)}%" if in_points(unit) else bare_number(value)
    return f"({digits})" if value < 0 else digits


def _is_short(value: Fraction, unit: str) -> bool:
    return has_places(value * 100 if in_points(unit) else value, _PLACES)
