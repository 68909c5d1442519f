"""What would an input have to be? A formula solved for one of its names, exactly, with all others at points."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice

from kb.domain.formula import Binary, Call, Expr, Name, Neg, names
from kb.domain.interval import Interval
from kb.reasoning.arithmetic import NoResult, add, divide, multiply, negate, power, subtract
from kb.reasoning.calculating.enclosure import natural, occurrences
from kb.reasoning.calculating.polynomial import NotRational, minus, pure_roots, quotient, roots, times

MOST_CHOICES = 64
"""So many ways are tried to say which argument of each ``min`` and ``max`` is the one that counts."""

Point = Mapping[str, Fraction]


def solved(expr: Expr, name: str, others: Point, target: Fraction) -> tuple[Interval, ...]:
    """Every value of ``name`` at which ``expr`` is ``target``, ascending; a point where it is rational.

    Found for formulas that are linear or quadratic in ``name`` once multiplied out, for those in which it stands once
    and under powers only, such as ``p * (1 + r) ** 12``, and for ``min`` and ``max`` of such. Empty where there is no
    such value, or the formula is of another kind.
    """
    found: dict[Interval, None] = {}
    for plain in islice(_chosen(expr, name), MOST_CHOICES):
        found |= dict.fromkeys(
            one
            for one in _roots(plain, name, others, target)
            if plain == expr or _gives(expr, name, others, one, target)
        )
    return tuple(sorted(found, key=lambda one: one.low or Fraction(0)))


def _chosen(expr: Expr, name: str) -> Iterator[Expr]:
    """``expr`` with one argument in place of each ``min`` and ``max`` in which ``name`` stands."""
    if name not in names(expr):
        yield expr
        return
    match expr:
        case Call("min" | "max", arguments):
            for argument in arguments:
                yield from _chosen(argument, name)
        case Call(function, (first, *rest)) if rest:
            for one in _chosen(first, name):
                for other in _chosen(Call(function, tuple(rest)), name):
                    yield Call(function, (one, *(other.arguments if isinstance(other, Call) else (other,))))
        case Neg(of):
            yield from (Neg(one) for one in _chosen(of, name))
        case Binary(sign, left, right):
            for one in _chosen(left, name):
                yield from (Binary(sign, one, other) for other in _chosen(right, name))
        case _:
            yield expr


def _gives(expr: Expr, name: str, others: Point, value: Interval, target: Fraction) -> bool:
    try:
        return natural(expr, {**_points(others), name: value}).holds(target)
    except NoResult:
        return False


def _points(others: Point) -> dict[str, Interval]:
    return {one: Interval.at(value) for one, value in others.items()}


def _roots(expr: Expr, name: str, others: Point, target: Fraction) -> tuple[Interval, ...]:
    if name not in names(expr):
        return ()
    try:
        whole = quotient(expr, name, others)
        found = roots(minus(whole.top, times(whole.bottom, (target,))))
    except NotRational:
        found = None
    if found is None and occurrences(expr)[name] == 1:
        try:
            found = list(_unwound(expr, name, _points(others), Interval.at(target)))
        except NoResult:
            return ()
    return tuple(found or ())


def _unwound(expr: Expr, name: str, others: Mapping[str, Interval], target: Interval) -> Iterator[Interval]:
    """What ``name`` is where ``expr``, in which it stands once, is ``target``: the outermost step is undone first."""
    match expr:
        case Name():
            yield target
        case Neg(of):
            yield from _unwound(of, name, others, negate(target))
        case Binary(sign, left, right) if name in names(left):
            for one in _undone_left(sign, natural(right, others), target):
                yield from _unwound(left, name, others, one)
        case Binary(sign, left, right):
            for one in _undone_right(sign, natural(left, others), target):
                yield from _unwound(right, name, others, one)
        case Call("sum", arguments):
            rest = [natural(argument, others) for argument in arguments if name not in names(argument)]
            for one in rest:
                target = subtract(target, one)
            yield from _unwound(next(a for a in arguments if name in names(a)), name, others, target)


def _undone_left(sign: str, right: Interval, target: Interval) -> list[Interval]:
    """The left sides for which ``left sign right`` is ``target``."""
    match sign:
        case "+":
            return [subtract(target, right)]
        case "-":
            return [add(target, right)]
        case "*":
            return [] if right.holds(Fraction(0)) else [divide(target, right)]
        case "/":
            return [multiply(target, right)]
        case _:
            return _undone_power(right, target)


def _undone_right(sign: str, left: Interval, target: Interval) -> list[Interval]:
    """The right sides for which ``left sign right`` is ``target``; none for an exponent."""
    match sign:
        case "+":
            return [subtract(target, left)]
        case "-":
            return [subtract(left, target)]
        case "*":
            return [] if left.holds(Fraction(0)) else [divide(target, left)]
        case "/":
            return [] if target.holds(Fraction(0)) else [divide(left, target)]
        case _:
            return []


def _undone_power(exponent: Interval, target: Interval) -> list[Interval]:
    """The bases whose power is ``target``."""
    if not exponent.exact or not exponent.low:
        return []
    n = exponent.low
    if n.denominator == 1 and n > 0 and target.exact and target.low is not None:
        return pure_roots(target.low, int(n))
    if target.low is None or target.low <= 0:
        return []
    positive = power(target, Interval.at(1 / n))
    return [negate(positive), positive] if n.denominator == 1 and n % 2 == 0 else [positive]
