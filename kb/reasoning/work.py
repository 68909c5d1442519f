"""How is one case worked out? The formula with its inputs put in, every intermediate value, and the result."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.domain.formula import Binary, Call, Compare, Expr, Name, Neg, Number, unit_of, write_formula
from kb.domain.interval import Interval
from kb.domain.unit import Unit
from kb.reasoning.arithmetic import EVERYTHING, DivisionByZero, NoResult
from kb.reasoning.case import MODES, Leaf, Option
from kb.reasoning.enclosure import Box, Enclosure, enclose, truth
from kb.reasoning.explain import number
from kb.reasoning.leeway import scaled
from kb.reasoning.result import Outcome, Step


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
    outcome = Outcome(option.choices, steps, *shown, unit_text, stated.tight, holds, conversions=option.conversions)
    return Case(option, whole, unit, values, outcome)


def _value(expr: Expr, option: Option, mode: str) -> Enclosure:
    if isinstance(expr, Compare):
        expr = Binary("-", expr.left, expr.right)
    return enclose(expr, box_of(option.leaves, mode))


def _value_or(expr: Expr, option: Option, mode: str, stated: Interval) -> Interval:
    try:
        return _value(expr, option, mode).interval
    except NoResult:
        return EVERYTHING if mode == "allowed" else stated


def _steps(expr: Expr, option: Option, unit: Unit, unit_text: str) -> Iterator[Step]:
    for name, inner in option.exprs.items():
        yield _step(name, inner, option, option.units[name], str(option.units[name].simplest))
    for part in parts(expr):
        own = unit if part == expr else _unit(part, option)
        yield _step(
            write_formula(part), put_in(part, option.exprs), option, own, unit_text if part == expr else str(own)
        )
    if isinstance(expr, Name | Number):
        yield _step(write_formula(expr), put_in(expr, option.exprs), option, unit, unit_text)


def _unit(part: Expr, option: Option) -> Unit:
    if isinstance(part, Compare):
        part = part.left
    return unit_of(part, option.units).simplest


def _step(text: str, expr: Expr, option: Option, unit: Unit, unit_text: str) -> Step:
    try:
        stated = _value(expr, option, "stated").interval
    except NoResult as error:
        raise Unworkable(_reason(text, error)) from None
    allowed = _value_or(expr, option, "allowed", stated)
    factor = 1 / unit.factor
    return Step(text, scaled(stated, factor), scaled(allowed, factor), unit_text)


def _reason(text: str, error: NoResult) -> str:
    if not isinstance(error, DivisionByZero):
        return f"`{text}` cannot be worked out: {error}"
    divisor = error.divisor
    if divisor.exact:
        return f"`{text}` divides by zero"
    low = "below every limit" if divisor.low is None else number(divisor.low)
    high = "above every limit" if divisor.high is None else number(divisor.high)
    return f"`{text}` divides by a value that may be zero: it runs from {low} to {high}"
