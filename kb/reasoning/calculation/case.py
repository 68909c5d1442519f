"""Cases of a calculation: the formula with one choice of values, evaluated step by step on intervals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.domain.formula import Binary, Call, Compare, Expr, Name, Neg, Number, children, unit_of, write_formula
from kb.domain.interval import Interval
from kb.domain.unit import Unit
from kb.reasoning.arithmetic import EVERYTHING, DivisionByZero, NoResult
from kb.reasoning.calculation.interval_evaluation import Box, Enclosure, enclose, truth
from kb.reasoning.calculation.option import ROUNDED, Leaf, Option
from kb.reasoning.calculation.result import (
    CalculationError,
    CalculationProblem,
    Outcome,
    ProblemReason,
    Step,
)
from kb.reasoning.comparison.tolerance import scaled


@dataclass(frozen=True, kw_only=True)
class Case:
    """One choice among the positions with the result that it gives.

    Attributes:
        option: The chosen inputs.
        expr: The formula over ``option.leaves``, with inner calculations put in.
        unit: Unit in which the result is given.
        values: For each of ``MODES`` the result, in base units.
        outcome: The result as facts, in ``unit``.
    """

    option: Option
    expr: Expr
    unit: Unit
    values: Mapping[str, Interval]
    outcome: Outcome


def substitute(expr: Expr, exprs: Mapping[str, Expr]) -> Expr:
    """``expr`` with each name replaced by its expression in ``exprs``, which has them all."""
    match expr:
        case Name(name):
            return exprs[name]
        case Number():
            return expr
        case Neg(of):
            return Neg(substitute(of, exprs))
        case Binary(sign, left, right):
            return Binary(sign, substitute(left, exprs), substitute(right, exprs))
        case Compare(sign, left, right):
            return Compare(sign, substitute(left, exprs), substitute(right, exprs))
        case Call(function, arguments):
            return Call(function, tuple(substitute(argument, exprs) for argument in arguments))


def subexpressions(expr: Expr) -> Iterator[Expr]:
    """The parts of ``expr`` that are neither names nor literals, inner ones first, each once; the last is the whole."""
    seen: set[Expr] = set()
    for part in _all_subexpressions(expr):
        if part not in seen:
            seen.add(part)
            yield part


def _all_subexpressions(expr: Expr) -> Iterator[Expr]:
    parts = children(expr)
    for part in parts:
        yield from _all_subexpressions(part)
    if parts:
        yield expr


def box_of(leaves: Mapping[str, Leaf], mode: str) -> dict[str, Interval]:
    """The interval of each leaf in one of ``MODES``, in base units; as stated where it has none of its own."""
    return {name: leaf.values.get(mode, leaf.values["stated"]) for name, leaf in leaves.items()}


def input_intervals(option: Option) -> Box:
    """The stated interval of each input of a formula, in base units."""
    box = box_of(option.leaves, "stated")
    return {name: enclose(expr, box).interval for name, expr in option.exprs.items()}


def input_interval(option: Option, name: str, mode: str) -> Interval:
    """The interval of one input of a formula in one of ``MODES``, in base units."""
    return _interval_or(option.exprs[name], option, mode, input_intervals(option)[name])


def contested_inputs(options: Sequence[Option]) -> frozenset[str]:
    """Names of the inputs whose stated values differ among ``options``, at least one."""
    boxes = [input_intervals(option) for option in options]
    return frozenset(name for name in boxes[0] if len({box[name] for box in boxes}) > 1)


def evaluate_case(expr: Expr, option: Option, unit: Unit, unit_text: str) -> Case:
    """``expr`` evaluated for one choice of inputs.

    Args:
        expr: The formula over the names of the inputs.
        option: The chosen inputs, in one currency.
        unit: Unit in which the result is given, of the formula's dimension.
        unit_text: The same unit as readers see it.

    Raises:
        CalculationError: A divisor may be zero on the stated values, or a power has no value.
    """
    # An inner calculation is put into the outer formula, so that a value used in both is one number: ``a - a`` is 0
    # even where one ``a`` comes from within.
    steps = tuple(_steps(expr, option, unit, unit_text))
    whole = substitute(expr, option.exprs)
    enclosure = _enclosure(whole, option, "stated")
    values = {"stated": enclosure.interval, "allowed": _interval_or(whole, option, "allowed", enclosure.interval)}
    stated = scaled(values["stated"], 1 / unit.factor)
    outcome = Outcome(
        choices=option.choices,
        steps=steps,
        stated=stated,
        allowed=scaled(values["allowed"], 1 / unit.factor),
        rounded=_rounded_result(whole, option, unit),
        unit=unit_text,
        spread=not stated.exact and any(leaf.spread for leaf in option.leaves.values()),
        tight=enclosure.tight,
        compares=isinstance(expr, Compare),
        # "At least 3" may be 4 or 6: whether it is below 5 is undecided, although the 3 that is stated is.
        truth=truth(expr.sign, values["allowed"]) if isinstance(expr, Compare) else None,
        conversions=option.conversions,
    )
    return Case(option=option, expr=whole, unit=unit, values=values, outcome=outcome)


def _rounded_result(expr: Expr, option: Option, unit: Unit) -> Interval | None:
    """The result where each stated input is read with its rounding; None where none was rounded or it has no value."""
    rounded = any(
        leaf.values.get(ROUNDED, leaf.values["stated"]) != leaf.values["stated"] for leaf in option.leaves.values()
    )
    if not rounded or isinstance(expr, Compare):
        return None
    try:
        return scaled(_enclosure(expr, option, ROUNDED).interval, 1 / unit.factor)
    except NoResult:
        return None


def _enclosure(expr: Expr, option: Option, mode: str) -> Enclosure:
    if isinstance(expr, Compare):
        expr = Binary("-", expr.left, expr.right)
    return enclose(expr, box_of(option.leaves, mode))


def _interval_or(expr: Expr, option: Option, mode: str, stated: Interval) -> Interval:
    """The limits of ``expr`` in ``mode``; where it has no value, ``stated`` for stated values, else no limits."""
    try:
        return _enclosure(expr, option, mode).interval
    except NoResult:
        if mode != "allowed":
            return stated
    # "At most 5 people" allows for none, by whom nothing can be divided: zero is left out, and ten dollars shared among
    # them are at least two each.
    try:
        return _enclosure(expr, _with_zero_excluded(option), mode).interval
    except NoResult:
        return EVERYTHING


def _with_zero_excluded(option: Option) -> Option:
    """``option`` with zero left out of each allowed interval that begins or ends at zero; points stay."""
    leaves = {
        name: replace(leaf, values={**leaf.values, "allowed": _open_at_zero(leaf.values["allowed"])})
        for name, leaf in option.leaves.items()
    }
    return replace(option, leaves=leaves)


def _open_at_zero(values: Interval) -> Interval:
    if values.exact:
        return values
    return Interval(values.low, values.high, values.low_open or values.low == 0, values.high_open or values.high == 0)


def _steps(expr: Expr, option: Option, unit: Unit, unit_text: str) -> Iterator[Step]:
    for name, inner in option.exprs.items():
        yield _step(Name(name), inner, option, option.units[name], str(option.units[name]))
    for part in subexpressions(expr):
        own = unit if part == expr else _simplest_unit(part, option)
        yield _step(part, substitute(part, option.exprs), option, own, unit_text if part == expr else str(own))
    if isinstance(expr, Name | Number):
        yield _step(expr, substitute(expr, option.exprs), option, unit, unit_text)


def _simplest_unit(part: Expr, option: Option) -> Unit:
    if isinstance(part, Compare):
        part = part.left
    return unit_of(part, option.units).simplest


def _step(part: Expr, expr: Expr, option: Option, unit: Unit, unit_text: str) -> Step:
    """``part`` of the formula as a step, where ``expr`` is the same over ``option.leaves``."""
    try:
        stated = _enclosure(expr, option, "stated").interval
    except NoResult as error:
        raise CalculationError(_failure(part, error, option)) from None
    allowed = _interval_or(expr, option, "allowed", stated)
    factor = 1 / unit.factor
    return Step(write_formula(part), scaled(stated, factor), scaled(allowed, factor), unit_text)


def _failure(part: Expr, error: NoResult, option: Option) -> CalculationProblem:
    text = write_formula(part)
    if not isinstance(error, DivisionByZero):
        return CalculationProblem(
            reason=ProblemReason.NO_VALUE, part=text, no_result=error.reason, exponent=error.exponent
        )
    if error.divisor.exact or not isinstance(part, Binary):
        values = None if error.divisor.exact else error.divisor
        return CalculationProblem(reason=ProblemReason.DIVISION_BY_ZERO, part=text, values=values)
    # ``x ** -1`` divides by its base.
    divisor = part.right if part.sign == "/" else part.left
    unit = _simplest_unit(divisor, option)
    values = _enclosure(substitute(divisor, option.exprs), option, "stated").interval
    return CalculationProblem(
        reason=ProblemReason.DIVISION_BY_ZERO,
        part=text,
        divisor=write_formula(divisor),
        values=scaled(values, 1 / unit.factor),
        unit=str(unit),
    )
