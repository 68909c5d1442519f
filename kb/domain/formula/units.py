"""Units of formulas: the unit of the result, and the currency to which inputs must be converted."""

from collections.abc import Mapping
from typing import assert_never

from kb.domain.formula.text import write_formula
from kb.domain.formula.tree import (
    Binary,
    Call,
    Compare,
    Expr,
    FormulaError,
    Name,
    Neg,
    Number,
    column_of,
    constant_value,
    names,
)
from kb.domain.unit import NUMBER, Unit

_LARGEST_POWER = 9
_VERBS = {"+": "adds", "-": "subtracts"}


def unit_of(expr: Expr, units: Mapping[str, Unit]) -> Unit:
    """The unit of the result of ``expr``, where ``units`` has the unit of each name.

    A literal is a pure number, except that 0 fits any unit. Amounts of one dimension fit even if their units differ in
    name (``USD/month`` and ``USD/year``); their sum has the unit of the first. A comparison is a pure number.

    Raises:
        FormulaError: Two units do not fit, or a name has no unit; the message shows the part and both units, the
            column is that of the operand that does not fit those before it.
    """
    return _UnitInference(units).unit(expr) or NUMBER


class _UnitInference:
    def __init__(self, units: Mapping[str, Unit]) -> None:
        self.units = units

    def unit(self, expr: Expr) -> Unit | None:
        """The unit of ``expr``; None for the literal 0, which fits any."""
        match expr:
            case Number(value):
                return NUMBER if value else None
            case Name():
                return self.named(expr)
            case Neg(of):
                return self.unit(of)
            case Binary():
                return self.binary(expr)
            case Call(function, arguments):
                return self.common_unit(expr, f"takes the {function} of", *arguments)
            case Compare(_, left, right):
                self.common_unit(expr, "compares", left, right)
                return NUMBER
            case _:
                assert_never(expr)

    def named(self, expr: Name) -> Unit:
        if expr.name not in self.units:
            hint = f"there are {', '.join(sorted(self.units)) or 'no names'}"
            raise FormulaError(f"unknown name {expr.name!r}", hint, expr.column)
        return self.units[expr.name]

    def common_unit(self, whole: Expr, does: str, *parts: Expr) -> Unit | None:
        kept: Unit | None = None
        for part in parts:
            unit = self.unit(part)
            # Of two pure numbers the one with a name wins: 1 - share is a fraction as the share is.
            if kept is None or (unit and kept == NUMBER and unit.is_dimensionless):
                kept = unit
            elif unit is not None and not kept.same_dimension(unit):
                what = f"{write_formula(whole)!r} {does} {kept.simplest} and {unit.simplest}"
                raise FormulaError(what, _mismatch_hint(kept, unit, part), column_of(part))
        return kept

    def binary(self, expr: Binary) -> Unit | None:
        if expr.sign in _VERBS:
            return self.common_unit(expr, _VERBS[expr.sign], expr.left, expr.right)
        left, right = self.unit(expr.left) or NUMBER, self.unit(expr.right) or NUMBER
        if expr.sign == "**":
            return self.power(expr, left, right)
        return left * right if expr.sign == "*" else left / right

    def power(self, expr: Binary, base: Unit, exponent: Unit) -> Unit:
        if not exponent.is_dimensionless:
            what = f"{write_formula(expr)!r} raises {base} to a power in {exponent}"
            raise FormulaError(what, "a power is a pure number", column_of(expr.right))
        if base.is_dimensionless:
            return NUMBER
        power = _whole_number(expr.right)
        if power is None or abs(power) > _LARGEST_POWER:
            hint = f"write a whole number up to {_LARGEST_POWER}"
            what = f"{write_formula(expr)!r} raises {base} to a power that is not written out"
            raise FormulaError(what, hint, column_of(expr.right))
        return base**power


def _mismatch_hint(kept: Unit, unit: Unit, part: Expr) -> str:
    """What would make ``part``, in ``unit``, fit operands in the unit ``kept``."""
    if exchange := unit.currency_difference(kept):
        return f"only a recorded exchange rate joins {exchange.from_currency} and {exchange.to_currency}"
    if isinstance(part, Number):
        return f"a bare number has no unit; make it an input: '{write_formula(part)} {kept.simplest} (assumed)'"
    lacking = (kept / unit).simplest
    if kept.is_dimensionless or unit.is_dimensionless or set(kept.dimension) & set(unit.dimension):
        return f"{write_formula(part)!r} would have to be multiplied by something in {lacking}"
    return "they measure different things"


def _whole_number(expr: Expr) -> int | None:
    """The value of ``expr`` if it is a whole number that is written out; else None."""
    value = constant_value(expr)
    return value.numerator if value is not None and value.denominator == 1 else None


def common_currency(expr: Expr, units: Mapping[str, Unit], wanted: str = "") -> str | None:
    """The currency to which all inputs of ``expr`` must be converted; None where their units fit as they are.

    An input in several currencies at once, such as a rate, stays as it is. Whether the currencies are joined by a
    recorded rate is asked of ``ExchangeRates``.

    Args:
        expr: The formula.
        units: The unit of each name.
        wanted: The currency that the result should be in; empty for that of the first input that has one.

    Raises:
        FormulaError: The units do not fit in any one currency.
    """
    try:
        unconverted = _result_unit(expr, units)
    except FormulaError as error:
        target = wanted or next((units[name].currency for name in names(expr) if _has_currency(name, units)), "")
        if not target:
            raise
        try:
            _result_unit(expr, units_in_currency(units, target))
        except FormulaError:
            raise error from None
        return target
    if not wanted or unconverted.currency in ("", wanted):
        return None
    return wanted if _gives_currency(expr, units_in_currency(units, wanted), wanted) else None


def _has_currency(name: str, units: Mapping[str, Unit]) -> bool:
    return name in units and bool(units[name].currency)


def _gives_currency(expr: Expr, units: Mapping[str, Unit], code: str) -> bool:
    try:
        return _result_unit(expr, units).currencies == (code,)
    except FormulaError:
        return False


def units_in_currency(units: Mapping[str, Unit], code: str) -> dict[str, Unit]:
    """``units`` with ``code`` in place of the currency of each unit that has exactly one."""
    return {name: unit.in_currency(code) if unit.currency not in ("", code) else unit for name, unit in units.items()}


def foreign_currencies(units: Mapping[str, Unit], code: str) -> dict[str, str]:
    """The names whose units have exactly one currency, which is not ``code``, and that currency."""
    return {name: unit.currency for name, unit in units.items() if unit.currency not in ("", code)}


def _result_unit(expr: Expr, units: Mapping[str, Unit]) -> Unit:
    """The unit of the result; of a comparison that of its left side.

    Raises:
        FormulaError: Two units in ``expr`` do not fit.
    """
    unit_of(expr, units)
    return unit_of(expr.left if isinstance(expr, Compare) else expr, units)
