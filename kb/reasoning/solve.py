"""What would an input have to be? A formula solved for one of its names, exactly, with all others at points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from kb.domain.formula import Binary, Call, Compare, Expr, Name, Neg, Number
from kb.domain.interval import Interval
from kb.reasoning.arithmetic import NoResult, root
from kb.reasoning.enclosure import Box, natural, occurrences

_LARGEST_DEGREE = 12
Polynomial = tuple[Fraction, ...]  # coefficients, the constant first, no zero at the end


class NotRational(Exception):
    """The formula is no quotient of polynomials in the name that is solved for."""


@dataclass(frozen=True)
class _Quotient:
    top: Polynomial
    bottom: Polynomial


def solved(expr: Expr, name: str, others: Mapping[str, Fraction], target: Fraction) -> tuple[Interval, ...]:
    """Every value of ``name`` at which ``expr`` is ``target``, ascending; a point where it is rational.

    Found for formulas that are linear or quadratic in ``name`` once multiplied out, or a single power of it; empty
    where there is no such value, or the formula is of another kind.
    """
    try:
        whole = _quotient(expr, name, others)
    except (NotRational, NoResult, ZeroDivisionError):
        return ()
    equation = _minus(whole.top, _times(whole.bottom, (target,)))
    return tuple(value for value in _roots(equation) if not _vanishes(whole.bottom, value))


def _quotient(expr: Expr, name: str, others: Mapping[str, Fraction]) -> _Quotient:
    if name not in occurrences(expr):
        value = natural(expr, {one: Interval.at(other) for one, other in others.items()})
        if not value.exact or value.low is None:
            raise NotRational
        return _Quotient(_trimmed((value.low,)), (Fraction(1),))
    match expr:
        case Name():
            return _Quotient((Fraction(0), Fraction(1)), (Fraction(1),))
        case Neg(of):
            inner = _quotient(of, name, others)
            return _Quotient(_times(inner.top, (Fraction(-1),)), inner.bottom)
        case Binary(sign, left, right):
            return _combined(sign, _quotient(left, name, others), _quotient(right, name, others))
        case Call("sum", arguments):
            parts = [_quotient(argument, name, others) for argument in arguments]
            result = parts[0]
            for part in parts[1:]:
                result = _combined("+", result, part)
            return result
        case Compare() | Call() | Number():
            raise NotRational


def _combined(sign: str, left: _Quotient, right: _Quotient) -> _Quotient:
    match sign:
        case "*":
            return _small(_Quotient(_times(left.top, right.top), _times(left.bottom, right.bottom)))
        case "/":
            if not right.top:
                raise ZeroDivisionError
            return _small(_Quotient(_times(left.top, right.bottom), _times(left.bottom, right.top)))
        case "+" | "-":
            first, second = _times(left.top, right.bottom), _times(right.top, left.bottom)
            top = _minus(first, _times(second, (Fraction(-1),))) if sign == "+" else _minus(first, second)
            return _small(_Quotient(top, _times(left.bottom, right.bottom)))
        case _:
            return _raised(left, right)


def _raised(base: _Quotient, exponent: _Quotient) -> _Quotient:
    if len(exponent.top) > 1 or exponent.bottom != (Fraction(1),):
        raise NotRational
    times = exponent.top[0] if exponent.top else Fraction(0)
    if times.denominator != 1 or abs(times) > _LARGEST_DEGREE:
        raise NotRational
    result = _Quotient((Fraction(1),), (Fraction(1),))
    for _ in range(abs(int(times))):
        result = _combined("*" if times > 0 else "/", result, base)
    return result


def _small(quotient: _Quotient) -> _Quotient:
    if max(len(quotient.top), len(quotient.bottom)) > _LARGEST_DEGREE + 1:
        raise NotRational
    return quotient


def _times(left: Polynomial, right: Polynomial) -> Polynomial:
    if not left or not right:
        return ()
    product = [Fraction(0)] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            product[i + j] += a * b
    return _trimmed(product)


def _minus(left: Polynomial, right: Polynomial) -> Polynomial:
    return _trimmed([a - b for a, b in zip_longest(left, right, fillvalue=Fraction(0))])


def _trimmed(coefficients: Sequence[Fraction]) -> Polynomial:
    kept = list(coefficients)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _roots(equation: Polynomial) -> list[Interval]:
    if len(equation) == 2:
        return [Interval.at(-equation[0] / equation[1])]
    if len(equation) > 2 and not any(equation[1:-1]):
        return _pure(-equation[0] / equation[-1], len(equation) - 1)
    if len(equation) == 3:
        return _quadratic(*equation)
    return []


def _pure(value: Fraction, degree: int) -> list[Interval]:
    if value < 0 and degree % 2 == 0:
        return []
    low, high = root(abs(value), degree)
    positive = Interval(low, high)
    negative = Interval(-high, -low)
    if degree % 2:
        return [positive if value >= 0 else negative]
    return [negative, positive] if value else [positive]


def _quadratic(constant: Fraction, linear: Fraction, square: Fraction) -> list[Interval]:
    under = linear**2 - 4 * square * constant
    if under < 0:
        return []
    low, high = root(under, 2)
    both = [_over(Interval(-linear - high, -linear - low), 2 * square)]
    both += [_over(Interval(-linear + low, -linear + high), 2 * square)] if under else []
    return sorted(both, key=lambda found: found.low or Fraction(0))


def _over(values: Interval, divisor: Fraction) -> Interval:
    ends = sorted(end / divisor for end in (values.low, values.high) if end is not None)
    return Interval(ends[0], ends[-1])


def _vanishes(polynomial: Polynomial, at: Interval) -> bool:
    if at.low is None or not at.exact:
        return False
    return sum((c * at.low**i for i, c in enumerate(polynomial)), start=Fraction(0)) == 0


def points(box: Box) -> Mapping[str, Fraction] | None:
    """The box as points; None where one of its intervals is wider."""
    found = {name: values.low for name, values in box.items() if values.exact and values.low is not None}
    return found if len(found) == len(box) else None
