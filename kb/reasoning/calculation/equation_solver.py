"""Equations solved for one input: which of its values make a formula give a target.

At points exactly; over an interval with low paired with low and high with high, every root kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from kb.domain.formula import Binary, Call, Expr, Name, Neg, names
from kb.domain.interval import Interval
from kb.domain.quantity import Bound
from kb.reasoning.arithmetic import NoResult, add, divide, multiply, negate, power, subtract
from kb.reasoning.calculation.interval_evaluation import Box, natural_extension, occurrences, slope
from kb.reasoning.calculation.polynomial import NotRational, minus, nth_roots, rational_function, roots, times

MOST_CHOICES = 64
"""So many ways are tried to say which argument of each ``min`` and ``max`` is the one that counts."""

Constants = Mapping[str, Fraction]


def solve_at_point(expr: Expr, name: str, constants: Constants, target: Fraction) -> tuple[Interval, ...]:
    """Every value of ``name`` at which ``expr`` is ``target``, ascending; a point where it is rational.

    Found for formulas that are linear or quadratic in ``name`` once multiplied out, for those in which it stands once
    and under powers only, such as ``p * (1 + r) ** 12``, and for ``min`` and ``max`` of such. Empty where there is no
    such value, or the formula is of another kind.
    """
    solutions: dict[Interval, None] = {}
    for plain in islice(_without_min_max(expr, name), MOST_CHOICES):
        solutions |= dict.fromkeys(
            root
            for root in _roots_at_point(plain, name, constants, target)
            if plain == expr or _gives_target(expr, name, constants, root, target)
        )
    return tuple(sorted(solutions, key=lambda root: root.low or Fraction(0)))


def _without_min_max(expr: Expr, name: str) -> Iterator[Expr]:
    """``expr`` with one argument in place of each ``min`` and ``max`` in which ``name`` stands."""
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
    """What ``name`` is where ``expr``, in which it stands once, is ``target``: the outermost step is undone first."""
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
            return _bases(right, target)


def _right_operands(sign: str, left: Interval, target: Interval) -> list[Interval]:
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


def _bases(exponent: Interval, target: Interval) -> list[Interval]:
    """The bases whose power is ``target``."""
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
"""One value for each input but the one that is solved for."""

_POSITIVE = Interval(Fraction(0), None, low_open=True)


@dataclass(frozen=True, kw_only=True)
class Solution:
    """Values of one input at which a formula gives the target.

    Attributes:
        low: Where the target's low end is reached, with the other inputs at the ends that lower the result.
        high: Where its high end is reached, with the others at the ends that raise it.
        crossed: The values that the opposite pairing leaves room for.
        further_roots: From the one to the other for every further root, from the lowest up.
        lowering: The other inputs where ``low`` is reached.
        raising: The other inputs where ``high`` is reached.
    """

    low: Interval
    high: Interval
    crossed: Interval
    further_roots: tuple[Interval, ...]
    lowering: Point
    raising: Point

    @property
    def value(self) -> Interval:
        """From the one to the other."""
        return self.low.hull(self.high)


def solve_for_interval(expr: Expr, name: str, box: Box, target: Interval) -> Solution | None:
    """``name`` for which ``expr`` runs over ``target`` while the other names run over ``box``; None for none.

    Of several roots that nearest to ``box[name]``, of positive ones if there are any.
    """
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
    """The one of several solutions that is nearest to ``near``, among positive ones if there are any; None for none."""
    positive = [root for root in solutions if root.low is not None and root.low > 0] or list(solutions)
    aim = near.low if near.low is not None else Fraction(0)
    return min(positive, key=lambda root: abs((root.low or Fraction(0)) - aim), default=None)


def _further_roots(
    lows: Sequence[Interval], highs: Sequence[Interval], low: Interval, high: Interval
) -> tuple[Interval, ...]:
    """The other roots, each from where the target's low end is reached to where its high end is."""
    if len(lows) != len(highs) or lows.index(low) != highs.index(high):
        return ()
    return tuple(low_root.hull(high_root) for low_root, high_root in zip(lows, highs, strict=True) if low_root != low)


def direction(expr: Expr, name: str, box: Box, value: Interval) -> int:
    """1 where more of ``name``, up to ``value``, surely gives more of ``expr``, -1 where it gives less, else 0."""
    now = box[name]
    rise = slope(expr, name, {**box, name: value if now.low is None or now.high is None else now.hull(value)})
    if rise.low is not None and rise.low >= 0:
        return 1
    return -1 if rise.high is not None and rise.high <= 0 else 0


def with_bound(value: Interval, bound: Bound, slope_sign: int) -> Interval:
    """One number with the bound of what it gives: the same where it rises with it (``slope_sign`` 1), else inverted."""
    if not slope_sign or not value.exact or not bound.is_limit:
        return value
    if bound.is_floor is (slope_sign > 0):
        return Interval(value.low, None, low_open=bound.is_strict)
    return Interval(None, value.high, high_open=bound.is_strict)
