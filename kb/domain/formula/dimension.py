"""Which unit does a formula's result have, and where do its units not fit?"""

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from kb.domain.formula.tree import Binary, Call, Compare, Expr, FormulaError, Name, Neg, Number
from kb.domain.formula.writing import write_formula
from kb.domain.unit import NUMBER, Unit

_LARGEST_POWER = 9
_VERBS = {"+": "adds", "-": "subtracts"}


def unit_of(expr: Expr, units: Mapping[str, Unit]) -> Unit:
    """The unit of the result of ``expr``, where ``units`` has the unit of each name.

    A literal is a pure number; the literal 0 fits any unit. Amounts of one dimension fit even where their names differ
    (``USD/month`` and ``USD/year``); their sum has the unit of the first. A comparison is a pure number.

    Raises:
        FormulaError: Two units do not fit, or a name has none; the message shows the part and both units.
    """
    return _Reckoning(units).unit(expr) or NUMBER


class _Reckoning:
    def __init__(self, units: Mapping[str, Unit]) -> None:
        self.units = units

    def unit(self, expr: Expr) -> Unit | None:
        """The unit of ``expr``; None for the literal 0, which fits all."""
        match expr:
            case Number(value):
                return NUMBER if value else None
            case Name(name):
                return self.named(name)
            case Neg(of):
                return self.unit(of)
            case Binary():
                return self.binary(expr)
            case Call(function, arguments):
                return self.alike(expr, f"takes the {function} of", *arguments)
            case Compare(_, left, right):
                self.alike(expr, "compares", left, right)
                return NUMBER
            case _:
                assert_never(expr)

    def named(self, name: str) -> Unit:
        if name not in self.units:
            raise FormulaError(f"unknown name {name!r}", f"there are {', '.join(sorted(self.units)) or 'no names'}")
        return self.units[name]

    def alike(self, whole: Expr, does: str, *parts: Expr) -> Unit | None:
        kept: Unit | None = None
        for unit in (self.unit(part) for part in parts):
            if kept is None or (unit and kept == NUMBER and unit.is_dimensionless):
                kept = unit
            elif unit is not None and not kept.same_dimension(unit):
                raise FormulaError(
                    f"{write_formula(whole)!r} {does} {kept} and {unit}", "they measure different things"
                )
        return kept

    def binary(self, expr: Binary) -> Unit | None:
        if expr.sign in _VERBS:
            return self.alike(expr, _VERBS[expr.sign], expr.left, expr.right)
        left, right = self.unit(expr.left) or NUMBER, self.unit(expr.right) or NUMBER
        if expr.sign == "**":
            return self.power(expr, left, right)
        return left * right if expr.sign == "*" else left / right

    def power(self, expr: Binary, base: Unit, exponent: Unit) -> Unit:
        if not exponent.is_dimensionless:
            raise FormulaError(
                f"{write_formula(expr)!r} raises {base} to a power in {exponent}", "a power is a pure number"
            )
        if base.is_dimensionless:
            return NUMBER
        power = _whole(expr.right)
        if power is None or abs(power) > _LARGEST_POWER:
            hint = f"write a whole number up to {_LARGEST_POWER}"
            raise FormulaError(f"{write_formula(expr)!r} raises {base} to a power that is not written out", hint)
        return base**power


def _whole(expr: Expr) -> int | None:
    match expr:
        case Number(Fraction(denominator=1, numerator=value)):
            return int(value)
        case Neg(of):
            inner = _whole(of)
            return None if inner is None else -inner
        case _:
            return None
