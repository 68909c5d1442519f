"""Sensitivity of a result: how far it moves with one value at a time, all others at their middle.

The local method of the textbooks, in which one factor is varied at a time around a base point (Saltelli et al. 2008,
*Global Sensitivity Analysis: The Primer*, sections 1.2.2 and 2.4), ranked as in a tornado diagram (Eschenbach 1992,
*Interfaces* 22(6), 40-46). It says nothing about values that move together. The elasticity is that of Varian,
*Intermediate Microeconomics*, 8th ed. 2010, section 15.5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from kb.domain.formula import Binary, Compare, Expr, names
from kb.domain.interval import Interval
from kb.reasoning.arithmetic import NoResult
from kb.reasoning.calculation.case import Case, box_of
from kb.reasoning.calculation.interval_evaluation import Box, Enclosure, enclose, slope
from kb.reasoning.calculation.result import Choice
from kb.reasoning.comparison.tolerance import scaled

NUDGE = Fraction(1, 100)
"""Share of a value whose effect is shown: one percent more of it."""

_EXACT_ENOUGH = Fraction(1, 10**12)
"""Largest relative width of a slope that counts as one number; powers that are not rational have 28 digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """The effect of one value on a result, all others held at the middle of what is stated.

    Attributes:
        inputs: The names under which the value enters, e.g. ``price`` and ``cost › price``.
        choice: The origin of the value; None where an inner calculation enters as one number.
        stated_input: The value as stated, in ``unit``.
        allowed_input: The value as its bound allows, in ``unit``.
        unit: Unit of both.
        result: Interval of the result while the value runs over ``stated_input``, in the unit of the outcome; None
            where it cannot be computed, e.g. because neither end of another value is stated.
        allowed: The same over ``allowed_input``.
        tight: Whether ``result`` is the smallest such interval.
        nudge: Change of the result for one percent more of the value, by the slope at its middle, in the unit of the
            outcome; None at a kink of ``min`` or ``max``, and where there is no middle.
        elasticity: Percent by which the result moves for one percent more of the value; None where ``nudge`` is, and
            where the result is zero.
    """

    inputs: tuple[str, ...]
    choice: Choice | None
    stated_input: Interval
    allowed_input: Interval
    unit: str
    result: Interval | None
    allowed: Interval | None
    tight: bool
    nudge: Fraction | None
    elasticity: Fraction | None

    @property
    def swing(self) -> Fraction | None:
        """The width of ``result``; None where an end is absent or there is no result."""
        if self.result is None or self.result.low is None or self.result.high is None:
            return None
        return self.result.high - self.result.low


def influences(case: Case) -> tuple[Influence, ...]:
    """The effect of every value that enters ``case``, the one that moves the result most in front.

    Ordered by the width of the result over the value's own interval, then by what one percent more of it adds. Of a
    comparison the result is the difference of its sides.
    """
    # A value is what enters from outside: a price that enters the formula and an inner calculation is one value, and
    # moves both at once.
    expr = Binary("-", case.expr.left, case.expr.right) if isinstance(case.expr, Compare) else case.expr
    used = [name for name in case.option.leaves if name in names(expr)]
    return tuple(sorted((_influence(case, expr, name) for name in used), key=_rank))


def _rank(influence: Influence) -> tuple[bool, bool, Fraction, Fraction]:
    # A value that sets the result no limit moves it most of all; one that cannot be computed comes last.
    endless = influence.result is not None and influence.swing is None
    return (
        influence.result is None,
        not endless,
        -(influence.swing or Fraction(0)),
        -abs(influence.nudge or Fraction(0)),
    )


def _influence(case: Case, expr: Expr, name: str) -> Influence:
    leaf, out = case.option.leaves[name], 1 / case.unit.factor
    unit = leaf.unit
    stated, opened = leaf.values["stated"], leaf.values["allowed"]
    held = _box_at_middles(box_of(case.option.leaves, "stated"), name)
    stated_range = None if held is None else _enclosure_over(expr, {**held, name: stated})
    allowed_range = (
        stated_range if opened == stated else None if held is None else _enclosure_over(expr, {**held, name: opened})
    )
    at = middle(stated)
    rise, result_at_middle = _derivative_at(expr, held, name, at), _at_middle(expr, held, name, at)
    nudge = None if rise is None or at is None else rise * at * NUDGE
    entry_names = tuple(dict.fromkeys(choice.input for choice in case.option.choices if choice.leaf == name))
    return Influence(
        inputs=entry_names
        or tuple(input_name for input_name, inner in case.option.exprs.items() if name in names(inner)),
        choice=next((choice for choice in case.option.choices if choice.leaf == name), None),
        stated_input=scaled(stated, 1 / unit.factor),
        allowed_input=scaled(opened, 1 / unit.factor),
        unit=str(unit),
        result=scaled(stated_range.interval, out) if stated_range else None,
        allowed=scaled(allowed_range.interval, out) if allowed_range else None,
        tight=stated_range is None or stated_range.tight,
        nudge=None if nudge is None else nudge * out,
        elasticity=nudge / (result_at_middle * NUDGE) if nudge is not None and result_at_middle else None,
    )


def middle(values: Interval) -> Fraction | None:
    """The middle of both ends; the one end where the other is absent; None where both are."""
    if values.low is None or values.high is None:
        return values.high if values.low is None else values.low
    return (values.low + values.high) / 2


def _box_at_middles(box: Box, varied: str) -> Mapping[str, Interval] | None:
    """The values of ``box`` other than ``varied``, each at its middle; None where one has no middle."""
    middles = {name: middle(values) for name, values in box.items() if name != varied}
    known = {name: Interval.at(at) for name, at in middles.items() if at is not None}
    return known if len(known) == len(middles) else None


def _enclosure_over(expr: Expr, box: Box) -> Enclosure | None:
    try:
        return enclose(expr, box)
    except NoResult:
        return None


def _derivative_at(expr: Expr, held: Box | None, name: str, at: Fraction | None) -> Fraction | None:
    """The derivative of the result by ``name`` at ``at``, in base units; None at a kink or without a middle."""
    if held is None or at is None:
        return None
    rise = slope(expr, name, {**held, name: Interval.at(at)})
    # At a kink the slopes on both sides differ: ``max(3, 3)`` rises with more of either and does not fall with less.
    if rise.low is None or rise.high is None or rise.high - rise.low > abs(rise.low) * _EXACT_ENOUGH:
        return None
    return (rise.low + rise.high) / 2


def _at_middle(expr: Expr, held: Box | None, name: str, at: Fraction | None) -> Fraction | None:
    enclosure = None if held is None or at is None else _enclosure_over(expr, {**held, name: Interval.at(at)})
    return middle(enclosure.interval) if enclosure else None
