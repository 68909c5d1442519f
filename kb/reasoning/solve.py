"""What would an input have to be? A formula solved for one of its names, exactly, with all others at points."""

from collections.abc import Mapping
from fractions import Fraction

from kb.domain.formula import Expr
from kb.domain.interval import Interval
from kb.reasoning.polynomial import NotRational, minus, quotient, roots, times


def solved(expr: Expr, name: str, others: Mapping[str, Fraction], target: Fraction) -> tuple[Interval, ...]:
    """Every value of ``name`` at which ``expr`` is ``target``, ascending; a point where it is rational.

    Found for formulas that are linear or quadratic in ``name`` once multiplied out, or a single power of it; empty
    where there is no such value, or the formula is of another kind.
    """
    try:
        whole = quotient(expr, name, others)
    except NotRational:
        return ()
    return tuple(roots(minus(whole.top, times(whole.bottom, (target,)))) or ())
