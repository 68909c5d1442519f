"""In which currency must a formula's inputs be told for its units to fit? Found before anything is converted."""

from collections.abc import Mapping

from kb.domain.formula.dimension import unit_of
from kb.domain.formula.tree import Compare, Expr, FormulaError, names
from kb.domain.unit import Unit


def common_currency(expr: Expr, units: Mapping[str, Unit], wanted: str = "") -> str | None:
    """The currency that all inputs of ``expr`` must be told in; None where their units fit as they are.

    An input in several currencies at once, such as a rate, stays as it is. Whether any rate joins the currencies is not
    asked here.

    Args:
        expr: The formula.
        units: The unit of each name.
        wanted: The currency that the result should be in; empty for whichever comes first.

    Raises:
        FormulaError: The units fit in no one currency.
    """
    error: FormulaError | None = None
    try:
        found = _result(expr, units).currencies
        if not wanted or len(found) != 1 or found[0] == wanted:
            return None
    except FormulaError as said:
        error = said
    target = wanted or next((code for name in names(expr) for code in _own(units.get(name))), "")
    try:
        fits = bool(target) and (error is not None or _result(expr, told_in(units, target)).currencies == (target,))
        if error is not None:
            _result(expr, told_in(units, target))
    except FormulaError:
        fits = False
    if error is not None and not fits:
        raise error
    return target if fits else None


def told_in(units: Mapping[str, Unit], code: str) -> dict[str, Unit]:
    """``units`` with ``code`` in place of each that is of one other currency."""
    return {name: unit.in_currency(code) if _own(unit) not in ((), (code,)) else unit for name, unit in units.items()}


def foreign(units: Mapping[str, Unit], code: str) -> dict[str, str]:
    """The names whose units are of one currency other than ``code``, with that currency."""
    return {name: own[0] for name, unit in units.items() if (own := _own(unit)) and own[0] != code}


def _own(unit: Unit | None) -> tuple[str, ...]:
    """The currency of a unit that has exactly one; empty for all others."""
    return unit.currencies if unit is not None and len(unit.currencies) == 1 else ()


def _result(expr: Expr, units: Mapping[str, Unit]) -> Unit:
    unit_of(expr, units)
    return unit_of(expr.left if isinstance(expr, Compare) else expr, units)
