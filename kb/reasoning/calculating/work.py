"""How is one case worked out? The formula with its inputs put in, every intermediate value, and the result."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kb.domain.formula import Binary, Call, Compare, Expr, Name, Neg, Number, unit_of, write_formula
from kb.domain.interval import Interval
from kb.domain.unit import Unit
from kb.domain.wording import say_interval
from kb.reasoning.arithmetic import EVERYTHING, DivisionByZero, NoResult
from kb.reasoning.calculating.case import MODES, Leaf, Option
from kb.reasoning.calculating.enclosure import Box, Enclosure, enclose, truth
from kb.reasoning.calculating.result import Outcome, Step
from kb.reasoning.comparing.leeway import scaled


class Unworkable(Exception):
    """A calculation cannot be worked out; says why, in a sentence."""


@dataclass(frozen=True)
class Case:
    """One choice among the positions, worked out.

    Attributes:
        option: The inputs that were chosen.
        expr: The formula over ``option.leaves``, inner calculations put in.
        unit: Unit of the result.
        values: For each of ``MODES`` the result, in base units.
        outcome: The same for readers.
    """

    option: Option
    expr: Expr
    unit: Unit
    values: Mapping[str, Interval]
    outcome: Outcome

    @property
    def spread(self) -> bool:
        """Whether the result is a range of which both ends occur."""
        return not self.outcome.stated.exact and any(leaf.spread for leaf in self.option.leaves.values())


def put_in(expr: Expr, exprs: Mapping[str, Expr]) -> Expr:
    """``expr`` with each name replaced by its own expression."""
    match expr:
        case Name(name):
            return exprs[name]
        case Number():
            return expr
        case Neg(of):
            return Neg(put_in(of, exprs))
        case Binary(sign, left, right):
            return Binary(sign, put_in(left, exprs), put_in(right, exprs))
        case Compare(sign, left, right):
            return Compare(sign, put_in(left, exprs), put_in(right, exprs))
        case Call(function, arguments):
            return Call(function, tuple(put_in(argument, exprs) for argument in arguments))


def parts(expr: Expr) -> Iterator[Expr]:
    """Every intermediate value of ``expr`` that is neither a name nor a literal, inner ones first, each once."""
    seen: set[Expr] = set()
    for part in _parts(expr):
        if part not in seen:
            seen.add(part)
            yield part


def _parts(expr: Expr) -> Iterator[Expr]:
    match expr:
        case Neg(of):
            yield from _parts(of)
        case Binary(_, left, right) | Compare(_, left, right):
            yield from _parts(left)
            yield from _parts(right)
        case Call(_, arguments):
            for argument in arguments:
                yield from _parts(argument)
        case _:
            return
    yield expr


def box_of(leaves: Mapping[str, Leaf], mode: str) -> dict[str, Interval]:
    """The interval of each leaf in one of ``MODES``."""
    return {name: leaf.values[mode] for name, leaf in leaves.items()}


def inputs(option: Option) -> Box:
    """The stated interval of each input of a formula, in base units."""
    box = box_of(option.leaves, "stated")
    return {name: enclose(expr, box).interval for name, expr in option.exprs.items()}


def box_value(case: "Case", name: str, mode: str) -> Interval:
    """The interval of one input of ``case`` in one of ``MODES``, in base units."""
    return _value_or(case.option.exprs[name], case.option, mode, inputs(case.option)[name])


def worked(expr: Expr, option: Option, unit: Unit, unit_text: str) -> Case:
    """``expr`` worked out for ``option``, the result in ``unit``.

    Raises:
        Unworkable: a divisor may be zero on the stated values, or a power has no value.
    """
    steps = tuple(_steps(expr, option, unit, unit_text))
    whole = put_in(expr, option.exprs)
    stated = _value(whole, option, "stated")
    values = {mode: _value_or(whole, option, mode, stated.interval) for mode in MODES} | {"stated": stated.interval}
    shown = scaled(values["stated"], 1 / unit.factor), scaled(values["allowed"], 1 / unit.factor)
    holds = truth(expr.sign, values["allowed"]) if isinstance(expr, Compare) else None
    compares, via = isinstance(expr, Compare), option.conversions
    outcome = Outcome(option.choices, steps, *shown, unit_text, stated.tight, holds, conversions=via, compares=compares)
    return Case(option, whole, unit, values, outcome)


def _value(expr: Expr, option: Option, mode: str) -> Enclosure:
    if isinstance(expr, Compare):
        expr = Binary("-", expr.left, expr.right)
    return enclose(expr, box_of(option.leaves, mode))


def _value_or(expr: Expr, option: Option, mode: str, stated: Interval) -> Interval:
    """The same; on allowed values where a result exists, so that a divisor's end at zero is left out."""
    try:
        return _value(expr, option, mode).interval
    except NoResult:
        if mode != "allowed":
            return stated
    try:
        return _value(expr, _without_zero(option), mode).interval
    except NoResult:
        return EVERYTHING


def _without_zero(option: Option) -> Option:
    """``option`` with zero left out of each allowed interval that begins or ends there."""
    leaves = {
        name: replace(leaf, values={**leaf.values, "allowed": _opened_at_zero(leaf.values["allowed"])})
        for name, leaf in option.leaves.items()
    }
    return replace(option, leaves=leaves)


def _opened_at_zero(values: Interval) -> Interval:
    if values.exact:
        return values
    return Interval(values.low, values.high, values.low_open or values.low == 0, values.high_open or values.high == 0)


def _steps(expr: Expr, option: Option, unit: Unit, unit_text: str) -> Iterator[Step]:
    for name, inner in option.exprs.items():
        yield _step(Name(name), inner, option, option.units[name], str(option.units[name]))
    for part in parts(expr):
        own = unit if part == expr else _unit(part, option)
        yield _step(part, put_in(part, option.exprs), option, own, unit_text if part == expr else str(own))
    if isinstance(expr, Name | Number):
        yield _step(expr, put_in(expr, option.exprs), option, unit, unit_text)


def _unit(part: Expr, option: Option) -> Unit:
    if isinstance(part, Compare):
        part = part.left
    return unit_of(part, option.units).simplest


def _step(part: Expr, expr: Expr, option: Option, unit: Unit, unit_text: str) -> Step:
    """``part`` of the formula as a step, where ``expr`` is the same over ``option.leaves``."""
    try:
        stated = _value(expr, option, "stated").interval
    except NoResult as error:
        raise Unworkable(_reason(part, error, option)) from None
    allowed = _value_or(expr, option, "allowed", stated)
    factor = 1 / unit.factor
    return Step(write_formula(part), scaled(stated, factor), scaled(allowed, factor), unit_text)


def _reason(part: Expr, error: NoResult, option: Option) -> str:
    text = write_formula(part)
    if not isinstance(error, DivisionByZero):
        return f"`{text}` cannot be worked out: {error}"
    if error.divisor.exact:
        return f"`{text}` divides by zero"
    if not isinstance(part, Binary):
        return f"`{text}` divides by a value that may be zero"
    divisor = part.right if part.sign == "/" else part.left
    unit = _unit(divisor, option)
    runs = say_interval(
        scaled(_value(put_in(divisor, option.exprs), option, "stated").interval, 1 / unit.factor), str(unit)
    )
    return f"`{text}` divides by a value that may be zero: `{write_formula(divisor)}` may be {runs}"
