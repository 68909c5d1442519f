"""Formulas solved for one input: the values of it at which a formula gives a target.

Exact where all other inputs are points. Where they are intervals, low is paired with low and high with high, and every
root is kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from kb.domain.formula import Binary, Call, Expr, Name, Neg, names, occurrences
from kb.domain.interval import Interval
from kb.domain.quantity import Bound
from kb.reasoning.arithmetic import NoResult, add, divide, multiply, negate, power, subtract
from kb.reasoning.calculation.interval_evaluation import Box, natural_extension, slope
from kb.reasoning.calculation.polynomial import NotRational, minus, nth_roots, rational_function, roots, times

MOST_CHOICES = 64
"""Largest number of ways that are tried to say which argument of each ``min`` and ``max`` is the one that counts."""

Constants = Mapping[str, Fraction]
"""The value of each other name, in base units."""


def solve_at_point(expr: Expr, name: str, constants: Constants, target: Fraction) -> tuple[Interval, ...]:
    """The values of ``name`` at which ``expr`` is ``target``, ascending; points where rational, else of 28 digits.

    >>> from kb.domain.formula import parse_formula
    >>> [root.low for root in solve_at_point(parse_formula("625 * x * (1 - x)"), "x", {}, Fraction(100))]
    [Fraction(1, 5), Fraction(4, 5)]

    Solves formulas that are linear or quadratic in ``name`` once multiplied out, those in which it stands once and
    under powers only, such as ``p * (1 + r) ** 12``, and ``min`` and ``max`` of such. Empty where there is no such
    value, and for formulas of another kind.
    """
    # Each argument of a ``max`` is solved for as if it were the greatest, and the roots at which it is not are thrown
    # away: ``max(x, 5)`` is 2 for no ``x``, although ``x = 2`` gives it by the first argument.
    solutions: dict[Interval, None] = {}
    for plain in islice(_without_min_max(expr, name), MOST_CHOICES):
        solutions |= dict.fromkeys(
            root
            for root in _roots_at_point(plain, name, constants, target)
            if plain == expr or _gives_target(expr, name, constants, root, target)
        )
    return tuple(sorted(solutions, key=lambda root: root.low or Fraction(0)))


def _without_min_max(expr: Expr, name: str) -> Iterator[Expr]:
    """``expr`` with one argument in place of each ``min`` and ``max`` that contains ``name``, in every combination."""
    if name not in names(expr):
        yield expr
        return
    match expr:
        case Call("min" | "max", arguments):
            for argument in arguments:
                yield from _without_min_max(argument, name)
        case Call(function, (first, *rest)) if rest:
            for choice in _without_min_max(first, name):
                for second_choice in _without_min_max(Call(function, tuple(rest)), name):
                    yield Call(
                        function,
                        (choice, *(second_choice.arguments if isinstance(second_choice, Call) else (second_choice,))),
                    )
        case Neg(of):
            yield from (Neg(choice) for choice in _without_min_max(of, name))
        case Binary(sign, left, right):
            for choice in _without_min_max(left, name):
                yield from (Binary(sign, choice, second_choice) for second_choice in _without_min_max(right, name))
        case _:
            yield expr


def _gives_target(expr: Expr, name: str, constants: Constants, value: Interval, target: Fraction) -> bool:
    try:
        return natural_extension(expr, {**_point_box(constants), name: value}).holds(target)
    except NoResult:
        return False


def _point_box(constants: Constants) -> dict[str, Interval]:
    return {input_name: Interval.at(value) for input_name, value in constants.items()}


def _roots_at_point(expr: Expr, name: str, constants: Constants, target: Fraction) -> tuple[Interval, ...]:
    if name not in names(expr):
        return ()
    try:
        whole = rational_function(expr, name, constants)
        solutions = roots(minus(whole.top, times(whole.bottom, (target,))))
    except NotRational:
        solutions = None
    if solutions is None and occurrences(expr)[name] == 1:
        try:
            solutions = list(_inverted(expr, name, _point_box(constants), Interval.at(target)))
        except NoResult:
            return ()
    return tuple(solutions or ())


def _inverted(expr: Expr, name: str, box: Mapping[str, Interval], target: Interval) -> Iterator[Interval]:
    """The values of ``name`` at which ``expr``, in which it stands once, is ``target``.

    Raises:
        NoResult: A step has no value on the way.
    """
    # The outermost step is undone first, so that ``p * (1 + r) ** 12`` needs no polynomial of degree 12.
    match expr:
        case Name():
            yield target
        case Neg(of):
            yield from _inverted(of, name, box, negate(target))
        case Binary(sign, left, right) if name in names(left):
            for operand in _left_operands(sign, natural_extension(right, box), target):
                yield from _inverted(left, name, box, operand)
        case Binary(sign, left, right):
            for operand in _right_operands(sign, natural_extension(left, box), target):
                yield from _inverted(right, name, box, operand)
        case Call("sum", arguments):
            rest = [natural_extension(argument, box) for argument in arguments if name not in names(argument)]
            for operand in rest:
                target = subtract(target, operand)
            yield from _inverted(next(a for a in arguments if name in names(a)), name, box, target)


def _left_operands(sign: str, right: Interval, target: Interval) -> list[Interval]:
    """The left operands for which ``left sign right`` is ``target``; empty where there is none."""
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
            return _bases(right, target)


def _right_operands(sign: str, left: Interval, target: Interval) -> list[Interval]:
    """The right operands for which ``left sign right`` is ``target``; empty where there is none, and for exponents."""
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


def _bases(exponent: Interval, target: Interval) -> list[Interval]:
    """The bases whose power is ``target``, ascending; empty where there is none, or the exponent is an interval."""
    if not exponent.exact or not exponent.low:
        return []
    n = exponent.low
    if n.denominator == 1 and n > 0 and target.exact and target.low is not None:
        return nth_roots(target.low, int(n))
    if target.low is None or target.low <= 0:
        return []
    positive = power(target, Interval.at(1 / n))
    return [negate(positive), positive] if n.denominator == 1 and n % 2 == 0 else [positive]


Point = Mapping[str, Fraction]
"""One value for each input but the one that is solved for, in base units."""

_POSITIVE = Interval(Fraction(0), None, low_open=True)
"""Range in which a missing input is first taken to lie, to see in which direction the others move the result."""


@dataclass(frozen=True, kw_only=True)
class Solution:
    """The values of one input at which a formula gives the target, in base units.

    Attributes:
        low: The value at which the target's low end comes out, with the other inputs at the ends that lower the result;
            a point, or an interval of 28 digits.
        high: The value at which its high end comes out, with the others at the ends that raise the result.
        crossed: Hull of these and of the values by the opposite pairing, which is never narrower.
        further_roots: The hull of low and high for every further root, ascending; empty where the roots at both ends do
            not correspond.
        lowering: The other inputs at the ends that lower the result.
        raising: The other inputs at the ends that raise it.
    """

    low: Interval
    high: Interval
    crossed: Interval
    further_roots: tuple[Interval, ...]
    lowering: Point
    raising: Point

    @property
    def value(self) -> Interval:
        """Hull of ``low`` and ``high``."""
        return self.low.hull(self.high)


def solve_for_interval(expr: Expr, name: str, box: Box, target: Interval) -> Solution | None:
    """The values of ``name`` at which ``expr`` runs over ``target`` while the other names run over ``box``.

    Of several roots the one nearest to ``box[name]``, a positive one if there is any. None where there is none, where
    the target or another input lacks an end, or where the formula cannot be solved.

    Args:
        expr: The formula.
        name: The input to solve for.
        box: The interval of each input, ``name`` included, in base units.
        target: The interval to reach, in base units.
    """
    # For ``a - b`` to be $500 with ``b`` of $1,200 to $1,300, ``a`` has to be $1,800 at the one end and $1,700 at the
    # other. Of a target that is a range, the low end is paired with the inputs that lower the result: the opposite
    # pairing gives looser limits.
    if target.low is None or target.high is None:
        return None
    held_box = {input_name: values for input_name, values in box.items() if input_name != name}
    ends = _lowering_and_raising(expr, held_box, {**box, name: box[name] if box[name].low is not None else _POSITIVE})
    if ends is None:
        return None
    lowering, raising = ends
    lows, highs = solve_at_point(expr, name, lowering, target.low), solve_at_point(expr, name, raising, target.high)
    low, high = _nearest_root(lows, box[name]), _nearest_root(highs, box[name])
    if low is None or high is None:
        return None
    crossed = low.hull(high)
    for at, end in ((lowering, target.high), (raising, target.low)):
        crossed_root = _nearest_root(solve_at_point(expr, name, at, end), box[name])
        crossed = crossed.hull(crossed_root) if crossed_root else crossed
    return Solution(
        low=low,
        high=high,
        crossed=crossed,
        further_roots=_further_roots(lows, highs, low, high),
        lowering=lowering,
        raising=raising,
    )


def _lowering_and_raising(expr: Expr, held_box: Box, box: Box) -> tuple[Point, Point] | None:
    lowering, raising = {}, {}
    for name, values in held_box.items():
        if values.low is None or values.high is None:
            return None
        rise = slope(expr, name, box)
        falls = rise.high is not None and rise.high <= 0
        lowering[name], raising[name] = (values.high, values.low) if falls else (values.low, values.high)
    return lowering, raising


def _nearest_root(solutions: Sequence[Interval], near: Interval) -> Interval | None:
    """The solution nearest to the low end of ``near``, among positive ones if there are any; None without solutions."""
    # Prices, counts and shares are positive, so that of the two roots of a square the positive one is meant.
    positive = [root for root in solutions if root.low is not None and root.low > 0] or list(solutions)
    aim = near.low if near.low is not None else Fraction(0)
    return min(positive, key=lambda root: abs((root.low or Fraction(0)) - aim), default=None)


def _further_roots(
    lows: Sequence[Interval], highs: Sequence[Interval], low: Interval, high: Interval
) -> tuple[Interval, ...]:
    """The other roots, each as the hull of its values at the target's two ends; empty if they do not match."""
    if len(lows) != len(highs) or lows.index(low) != highs.index(high):
        return ()
    return tuple(low_root.hull(high_root) for low_root, high_root in zip(lows, highs, strict=True) if low_root != low)


def direction(expr: Expr, name: str, box: Box, value: Interval) -> int:
    """1 if more of ``name`` surely gives more of ``expr`` all the way to ``value``, -1 if it gives less, else 0."""
    now = box[name]
    rise = slope(expr, name, {**box, name: value if now.low is None or now.high is None else now.hull(value)})
    if rise.low is not None and rise.low >= 0:
        return 1
    return -1 if rise.high is not None and rise.high <= 0 else 0


def with_bound(value: Interval, bound: Bound, slope_sign: int) -> Interval:
    """``value`` opened by the bound of the number that it gives.

    Args:
        value: A single number; an interval comes back as it is.
        bound: The bound of the number that the formula gives.
        slope_sign: 1 where that number rises with ``value``, -1 where it falls, which reverses the bound; for 0
            ``value`` comes back as it is.
    """
    # For "at most $100" to hold, a price may be at most $5. For "more than $100" a divisor has to be below 4.
    if not slope_sign or not value.exact or not bound.is_limit:
        return value
    if bound.is_floor is (slope_sign > 0):
        return Interval(value.low, None, low_open=bound.is_strict)
    return Interval(None, value.high, high_open=bound.is_strict)
