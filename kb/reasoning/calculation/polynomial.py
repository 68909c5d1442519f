"""Formulas in one name as quotients of polynomials: their roots and their exact range over an interval.

All other names stand for single numbers. Coefficients are exact rationals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from kb.domain.formula import Binary, Call, Compare, Expr, Name, Neg, Number
from kb.domain.interval import Interval
from kb.reasoning.arithmetic import root

LARGEST_DEGREE = 12
"""Highest degree that is multiplied out; formulas of a higher one are split instead (``interval_evaluation``)."""

Polynomial = tuple[Fraction, ...]
"""Coefficients, the constant first and no zero last; empty for the zero polynomial."""

_ONE: Polynomial = (Fraction(1),)


class NotRational(Exception):
    """The formula is no quotient of polynomials in the given name, or of too high a degree."""


@dataclass(frozen=True)
class RationalFunction:
    """A quotient of polynomials in lowest terms.

    Attributes:
        top: Numerator; empty for zero.
        bottom: Denominator; never empty.
    """

    top: Polynomial
    bottom: Polynomial

    def at(self, x: Fraction) -> Fraction:
        """The value at ``x``, which is no zero of ``bottom``."""
        return evaluate(self.top, x) / evaluate(self.bottom, x)


def rational_function(expr: Expr, name: str, constants: Mapping[str, Fraction]) -> RationalFunction:
    """``expr`` as a quotient of polynomials in ``name``, in lowest terms.

    >>> from kb.domain.formula import parse_formula
    >>> rational_function(parse_formula("x * (1 - x)"), "x", {}).top
    (Fraction(0, 1), Fraction(1, 1), Fraction(-1, 1))

    Args:
        expr: The formula.
        name: The name that stays.
        constants: The value of every other name in the formula.

    Raises:
        NotRational: The formula is none, is of a degree above ``LARGEST_DEGREE``, or divides by zero everywhere.
    """
    match expr:
        case Number(constant):
            return RationalFunction(trimmed([constant]), _ONE)
        case Name(own):
            return RationalFunction((Fraction(0), Fraction(1)) if own == name else trimmed([constants[own]]), _ONE)
        case Neg(of):
            return _combined("*", RationalFunction((Fraction(-1),), _ONE), rational_function(of, name, constants))
        case Binary(sign, left, right):
            return _combined(sign, rational_function(left, name, constants), rational_function(right, name, constants))
        case Call("sum", arguments):
            result = RationalFunction((), _ONE)
            for argument in arguments:
                result = _combined("+", result, rational_function(argument, name, constants))
            return result
        case Call(function, arguments):
            return _extremum(function, [rational_function(argument, name, constants) for argument in arguments])
        case Compare():
            raise NotRational


def _extremum(function: str, parts: Sequence[RationalFunction]) -> RationalFunction:
    """``min`` or ``max`` of plain numbers.

    Raises:
        NotRational: One of the parts varies, which gives the formula a corner.
    """
    if any(len(part.top) > 1 or len(part.bottom) > 1 for part in parts):
        raise NotRational
    pick = min if function == "min" else max
    return RationalFunction(trimmed([pick(part.at(Fraction(0)) for part in parts)]), _ONE)


def _combined(sign: str, left: RationalFunction, right: RationalFunction) -> RationalFunction:
    match sign:
        case "*":
            return _reduced(times(left.top, right.top), times(left.bottom, right.bottom))
        case "/":
            return _reduced(times(left.top, right.bottom), times(left.bottom, right.top))
        case "+" | "-":
            first, second = times(left.top, right.bottom), times(right.top, left.bottom)
            top = minus(first, times(second, (Fraction(-1),))) if sign == "+" else minus(first, second)
            return _reduced(top, times(left.bottom, right.bottom))
        case _:
            return _raised(left, right)


def _raised(base: RationalFunction, exponent: RationalFunction) -> RationalFunction:
    if len(exponent.top) > 1 or len(exponent.bottom) > 1:
        raise NotRational
    power = exponent.at(Fraction(0))
    if power.denominator != 1 or abs(power) > LARGEST_DEGREE:
        raise NotRational
    result = RationalFunction(_ONE, _ONE)
    for _ in range(abs(int(power))):
        result = _combined("*" if power > 0 else "/", result, base)
    return result


def _reduced(top: Polynomial, bottom: Polynomial) -> RationalFunction:
    # Lowest terms keep the degree low enough to be solved. A divisor that is zero and cancels out stays a fault all the
    # same, for which ``interval_evaluation`` looks at each divisor by itself.
    if not bottom or max(len(top), len(bottom)) > LARGEST_DEGREE + 1:
        raise NotRational
    shared = _greatest_common_divisor(top, bottom)
    return RationalFunction(_divided(top, shared)[0], _divided(bottom, shared)[0])


def _greatest_common_divisor(a: Polynomial, b: Polynomial) -> Polynomial:
    while b:
        a, b = b, _divided(a, b)[1]
    return a


def _divided(a: Polynomial, b: Polynomial) -> tuple[Polynomial, Polynomial]:
    """The quotient and the remainder of ``a`` divided by ``b``, which is not zero."""
    rest, whole = list(a), [Fraction(0)] * max(len(a) - len(b) + 1, 0)
    for place in range(len(whole) - 1, -1, -1):
        whole[place] = rest[place + len(b) - 1] / b[-1]
        for i, coefficient in enumerate(b):
            rest[place + i] -= whole[place] * coefficient
    return trimmed(whole), trimmed(rest)


def times(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product of two polynomials."""
    if not left or not right:
        return ()
    product = [Fraction(0)] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            product[i + j] += a * b
    return trimmed(product)


def minus(left: Polynomial, right: Polynomial) -> Polynomial:
    """``left`` minus ``right``."""
    return trimmed([a - b for a, b in zip_longest(left, right, fillvalue=Fraction(0))])


def trimmed(coefficients: Sequence[Fraction]) -> Polynomial:
    """``coefficients`` as a polynomial, without zeros at the end."""
    kept = list(coefficients)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def evaluate(polynomial: Polynomial, x: Fraction) -> Fraction:
    """The value of ``polynomial`` at ``x``, by Horner's method."""
    result = Fraction(0)
    for coefficient in reversed(polynomial):
        result = result * x + coefficient
    return result


def derivative(polynomial: Polynomial) -> Polynomial:
    """The derivative of ``polynomial``."""
    return trimmed([i * coefficient for i, coefficient in enumerate(polynomial)][1:])


def roots(equation: Polynomial) -> list[Interval] | None:
    """The real zeros of ``equation``, ascending: points where rational, else intervals of 28 digits.

    >>> [(root.low, root.high) for root in roots((Fraction(-4), Fraction(0), Fraction(1)))]
    [(Fraction(-2, 1), Fraction(-2, 1)), (Fraction(2, 1), Fraction(2, 1))]

    Empty where there is none. None where they are not known: for the zero polynomial, and from the third degree on
    unless it is a single power.
    """
    while equation and not equation[0] and len(equation) > 1:
        inner = roots(equation[1:])
        return (
            None
            if inner is None
            else sorted({Interval.at(0), *inner}, key=lambda interval: interval.low or Fraction(0))
        )
    if len(equation) < 2:
        return [] if equation else None
    if len(equation) == 2:
        return [Interval.at(-equation[0] / equation[1])]
    if not any(equation[1:-1]):
        return nth_roots(-equation[0] / equation[-1], len(equation) - 1)
    return _quadratic(*equation) if len(equation) == 3 else None


def nth_roots(power: Fraction, degree: int) -> list[Interval]:
    """The real numbers whose ``degree``-th power is ``power``, ascending; points where rational, else of 28 digits.

    Empty where ``power`` is negative and ``degree`` even.
    """
    if power < 0 and degree % 2 == 0:
        return []
    low, high = root(abs(power), degree)
    positive, negative = Interval(low, high), Interval(-high, -low)
    if degree % 2:
        return [positive if power >= 0 else negative]
    return [negative, positive]


def _quadratic(constant: Fraction, linear: Fraction, square: Fraction) -> list[Interval]:
    under = linear**2 - 4 * square * constant
    if under < 0:
        return []
    low, high = root(under, 2)
    both = [_divided_interval(-linear - high, -linear - low, 2 * square)]
    both += [_divided_interval(-linear + low, -linear + high, 2 * square)] if under else []
    return sorted(both, key=lambda interval: interval.low or Fraction(0))


def _divided_interval(first: Fraction, second: Fraction, divisor: Fraction) -> Interval:
    return Interval(min(first / divisor, second / divisor), max(first / divisor, second / divisor))


def exact_range(whole: RationalFunction, over: Interval) -> Interval | None:
    """The exact interval of the values that ``whole`` takes ``over`` an interval.

    It runs between the values at the ends (limits, where an end is open or absent) and at the turning points. None
    where a turning point inside is not rational or cannot be solved for, and where a pole lies inside or at an end.
    """
    # Interval arithmetic takes each occurrence of a name for itself, and gives 0 to 1 for ``x * (1 - x)`` on [0, 1].
    # Once multiplied out, its values are known at the ends and at the turning point, and it gives 0 to 1/4.
    poles = roots(whole.bottom) if len(whole.bottom) > 1 else []
    derivative_numerator = minus(times(derivative(whole.top), whole.bottom), times(whole.top, derivative(whole.bottom)))
    turning_points = roots(derivative_numerator) if derivative_numerator else []
    if poles is None or turning_points is None or any(pole.meets(over) for pole in poles):
        return None
    # An irrational turning point has no exact value; the formula is then split, and its limits still enclose.
    inside = [point for point in turning_points if point.meets(over)]
    if not all(point.exact for point in inside):
        return None
    extremes: list[_Extreme] = [
        (whole.at(point.low), True) for point in inside if point.low is not None and over.holds(point.low)
    ]
    low, high = (
        _value_at_end(whole, over.low, not over.low_open, -1),
        _value_at_end(whole, over.high, not over.high_open, 1),
    )
    return None if low is None or high is None else _interval_between([*extremes, low, high])


_Extreme = tuple[Fraction | str, bool]  # a value or the sign of a limit without end, and whether it is taken


def _value_at_end(whole: RationalFunction, end: Fraction | None, reached: bool, side: int) -> _Extreme | None:
    if end is None:
        return _limit_at_infinity(whole, side), False
    return (whole.at(end), reached) if evaluate(whole.bottom, end) else None


def _limit_at_infinity(whole: RationalFunction, side: int) -> Fraction | str:
    """The limit towards infinity on one side (-1 or 1); ``+`` or ``-`` where it has none on that side."""
    rise = len(whole.top) - len(whole.bottom)
    if rise < 0 or not whole.top:
        return Fraction(0)
    lead = whole.top[-1] / whole.bottom[-1]
    if rise == 0:
        return lead
    return "+" if (lead > 0) == (side > 0 or rise % 2 == 0) else "-"


def _interval_between(extremes: Sequence[_Extreme]) -> Interval:
    finite = [(extreme, reached) for extreme, reached in extremes if isinstance(extreme, Fraction)]
    signs = {extreme for extreme, _ in extremes if isinstance(extreme, str)}
    if not finite:
        return Interval(None, None)
    low = min(finite, key=lambda pair: (pair[0], not pair[1]))
    high = max(finite, key=lambda pair: (pair[0], pair[1]))
    if not signs and low[0] == high[0]:
        return Interval.at(low[0])
    bottom, top = (None if "-" in signs else low[0]), (None if "+" in signs else high[0])
    return Interval(bottom, top, not low[1], not high[1])
