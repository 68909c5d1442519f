"""Interval evaluation of formulas: the limits of a formula's values while its inputs run over their intervals.

A name that occurs twice in a formula is one number. Where the formula provably rises or falls with it, the ends
suffice (Moore, Kearfott and Cloud 2009, section 6.2); elsewhere the range is bisected until it does or the number of
splits is used up. The limits always enclose; ``tight`` says whether they are also reached.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kb.domain.formula import Binary, Call, Compare, Expr, Name, Neg, Number, children, occurrences
from kb.domain.interval import Interval
from kb.reasoning.arithmetic import (
    EVERYTHING,
    DivisionByZero,
    NoResult,
    add,
    divide,
    maximum,
    minimum,
    multiply,
    negate,
    power,
    subtract,
    total,
)
from kb.reasoning.calculation.polynomial import NotRational, exact_range, rational_function

Box = Mapping[str, Interval]
"""The interval of each name, in base units."""

MOST_SPLITS = 120
"""Largest number of splits before the limits are given as they are, not tight."""

FIRST_SPLITS = 40
"""Largest number of splits to show that a divisor does not reach zero after all."""

_ZERO = Interval.at(0)
_ONE = Interval.at(1)
_CALLS: Mapping[str, Callable[[Sequence[Interval]], Interval]] = {"min": minimum, "max": maximum, "sum": total}


@dataclass(frozen=True, slots=True)
class Enclosure:
    """The limits of a formula's values.

    Attributes:
        interval: An interval that holds every value of the formula.
        tight: Whether it is the smallest such interval; else it may be too wide.
    """

    interval: Interval
    tight: bool


def enclose(expr: Expr, box: Box) -> Enclosure:
    """The limits of ``expr``, which is not a comparison, over ``box``.

    >>> from kb.domain.formula import parse_formula
    >>> enclose(parse_formula("x / x"), {"x": Interval(Fraction(1), Fraction(3))}).interval
    Interval(low=Fraction(1, 1), high=Fraction(1, 1), low_open=False, high_open=False)

    Args:
        expr: The formula.
        box: The interval of each name in it.

    Raises:
        NoResult: The formula has no value somewhere in the box, e.g. a division by zero.
    """
    # Only a range that occurs twice makes interval arithmetic too wide: a name that stands once, and a point however
    # often it stands, needs nothing more.
    repeated = tuple(name for name, times in occurrences(expr).items() if times > 1 and not box[name].exact)
    if not repeated:
        return Enclosure(natural_extension(expr, box), tight=True)
    exact = _exact_range(expr, box)
    return Enclosure(exact, tight=True) if exact else _split(expr, box, repeated)


def _exact_range(expr: Expr, box: Box) -> Interval | None:
    """The exact interval of a formula in which one name alone is no point; None where it cannot be computed."""
    wide = [name for name in occurrences(expr) if not box[name].exact]
    points = {name: values.low for name, values in box.items() if values.exact and values.low is not None}
    if len(wide) != 1:
        return None
    try:
        for divisor in _divisors(expr):
            values = exact_range(rational_function(divisor, wide[0], points), box[wide[0]])
            if values is not None and values.holds(Fraction(0)):
                raise DivisionByZero(values)
        return exact_range(rational_function(expr, wide[0], points), box[wide[0]])
    except NotRational:
        return None


def _divisors(expr: Expr) -> Iterator[Expr]:
    """The divisors in ``expr``, inner ones first."""
    # ``x / x`` on [0, 1] has no value at 0, although it is 1 once multiplied out.
    for child in children(expr):
        yield from _divisors(child)
    if isinstance(expr, Binary) and expr.sign == "/":
        yield expr.right


def truth(sign: str, difference: Interval) -> bool | None:
    """Whether a comparison holds (True) or fails (False) for all values of its difference; None where for some only.

    >>> truth(">=", Interval(Fraction(5), None)), truth(">", Interval(Fraction(-2), Fraction(2)))
    (True, None)

    Args:
        sign: The comparison sign; a sign other than ``<``, ``<=``, ``>`` and ``>=`` stands for equality.
        difference: The values of left side minus right side.
    """
    zero = Fraction(0)
    below = difference.high is not None and (difference.high < 0 or (difference.high == 0 and difference.high_open))
    above = difference.low is not None and (difference.low > 0 or (difference.low == 0 and difference.low_open))
    not_above = difference.high is not None and difference.high <= 0
    not_below = difference.low is not None and difference.low >= 0
    match sign:
        case "<":
            return True if below else False if not_below else None
        case "<=":
            return True if not_above else False if above else None
        case ">":
            return True if above else False if not_above else None
        case ">=":
            return True if not_below else False if below else None
        case _:
            return True if difference == Interval.at(zero) else None if difference.holds(zero) else False


def natural_extension(expr: Expr, box: Box) -> Interval:
    """The limits of ``expr`` with each occurrence of a name taken for itself; a comparison as left minus right.

    Tight if no name occurs twice, else perhaps too wide.

    Raises:
        NoResult: An operation has no value somewhere in the box.
    """
    match expr:
        case Number(value):
            return Interval.at(value)
        case Name(name):
            return box[name]
        case Neg(of):
            return negate(natural_extension(of, box))
        case Binary(sign, left, right):
            return combine(sign, natural_extension(left, box), natural_extension(right, box))
        case Call(function, arguments):
            return _CALLS[function]([natural_extension(argument, box) for argument in arguments])
        case Compare(_, left, right):
            return subtract(natural_extension(left, box), natural_extension(right, box))


def combine(sign: str, left: Interval, right: Interval) -> Interval:
    """The limits of ``left sign right`` for ``+``, ``-``, ``*``, ``/`` or ``**``.

    Raises:
        NoResult: The operation has no value somewhere inside the operands.
    """
    match sign:
        case "+":
            return add(left, right)
        case "-":
            return subtract(left, right)
        case "*":
            return multiply(left, right)
        case "/":
            return divide(left, right)
        case _:
            return power(left, right)


def slope(expr: Expr, name: str, box: Box) -> Interval:
    """The limits of the derivative of ``expr`` by ``name`` over ``box``; without limits where none are known."""
    # Value and slope are computed together, step by step, by the rules of differentiation; at a corner of ``min`` or
    # ``max`` the slope is taken to run over those on both sides.
    try:
        return _slope(expr, name, box)[1]
    except NoResult:
        return EVERYTHING


def _slope(expr: Expr, name: str, box: Box) -> tuple[Interval, Interval]:
    match expr:
        case Number(value):
            return Interval.at(value), _ZERO
        case Name(own):
            return box[own], _ONE if own == name else _ZERO
        case Neg(of):
            inner, rise = _slope(of, name, box)
            return negate(inner), negate(rise)
        case Binary(sign, left, right):
            return _slope_of_binary(sign, _slope(left, name, box), _slope(right, name, box))
        case Call(function, arguments):
            parts = [_slope(argument, name, box) for argument in arguments]
            return _CALLS[function]([value for value, _ in parts]), _slope_of_call(function, parts)
        case Compare(_, left, right):
            return _slope(Binary("-", left, right), name, box)


def _slope_of_binary(
    sign: str, left: tuple[Interval, Interval], right: tuple[Interval, Interval]
) -> tuple[Interval, Interval]:
    (u, du), (v, dv) = left, right
    value = combine(sign, u, v)
    if du == dv == _ZERO:
        return value, _ZERO
    match sign:
        case "+" | "-":
            return value, combine(sign, du, dv)
        case "*":
            return value, add(multiply(du, v), multiply(u, dv))
        case "/":
            return value, divide(subtract(du, multiply(value, dv)), v) if dv != _ZERO else divide(du, v)
        case _:
            return value, _slope_of_power(u, du, v, dv)


def _slope_of_power(u: Interval, du: Interval, v: Interval, dv: Interval) -> Interval:
    if dv != _ZERO or v.low is None or not v.exact:
        return EVERYTHING
    return multiply(multiply(v, power(u, Interval.at(v.low - 1))), du)


def _slope_of_call(function: str, parts: Sequence[tuple[Interval, Interval]]) -> Interval:
    if function == "sum":
        return total([rise for _, rise in parts])
    values = [value for value, _ in parts]
    around, *remaining = (rise for place, (_, rise) in enumerate(parts) if not _never_chosen(function, place, values))
    for rise in remaining:
        around = around.hull(rise)
    return around


def _never_chosen(function: str, place: int, values: Sequence[Interval]) -> bool:
    """Whether ``min`` or ``max`` chooses another value than that at ``place`` all over the box; False for a tie."""
    candidate, *rivals = (value if function == "max" else negate(value) for value in (values[place], *values))
    del rivals[place]
    return any(_dominates(rival, candidate) and not _dominates(candidate, rival) for rival in rivals)


def _dominates(upper: Interval, lower: Interval) -> bool:
    return upper.low is not None and lower.high is not None and upper.low >= lower.high


@dataclass(frozen=True)
class _Piece:
    """A part of a box with the limits over it, and whether each limit is reached."""

    box: Box
    values: Interval
    low_reached: bool
    high_reached: bool


def _split(expr: Expr, box: Box, repeated: Sequence[str]) -> Enclosure:
    """The limits over ``box``, found by splitting it until both are reached or ``MOST_SPLITS`` is used up."""
    # Only the piece that sets the lowest or the highest limit is worth splitting: the others cannot move either.
    pieces = _first_pieces(expr, box, repeated)
    for _ in range(MOST_SPLITS):
        lowest, highest = min(pieces, key=_low), max(pieces, key=_high)
        loose = [p for p, reached in ((lowest, lowest.low_reached), (highest, highest.high_reached)) if not reached]
        halves = _halves(expr, loose[0].box, repeated) if loose else None
        if halves is None:
            break
        pieces.remove(loose[0])
        pieces += [_piece(expr, half, repeated) for half in halves]
    lowest, highest = min(pieces, key=_low), max(pieces, key=_high)
    low, high = lowest.values, highest.values
    around = Interval(low.low, high.high, low.low_open, high.high_open)
    return Enclosure(around, lowest.low_reached and highest.high_reached)


def _first_pieces(expr: Expr, box: Box, repeated: Sequence[str]) -> list[_Piece]:
    """The whole box, or parts of it over none of which a divisor seems to reach zero.

    Raises:
        NoResult: A divisor seems to reach zero after ``FIRST_SPLITS`` splits.
    """
    # ``x - 0.5 * x`` on [1, 4] is 0.5 to 2, but runs from -1 to 3.5 with each ``x`` taken for itself: over smaller
    # parts the error is smaller, and zero is excluded.
    boxes, pieces, splits = [box], list[_Piece](), 0
    while boxes:
        part = boxes.pop()
        try:
            pieces.append(_piece(expr, part, repeated))
        except NoResult:
            splits += 1
            name = max(repeated, key=lambda variable: _width(part[variable]))
            if splits > FIRST_SPLITS or part[name].exact:
                raise
            boxes += _bisected(part, name, _middle(part[name]))
    return pieces


def _low(piece: _Piece) -> tuple[bool, Fraction, bool, bool]:
    low = piece.values.low
    return low is not None, low or Fraction(0), piece.values.low_open, piece.low_reached


def _high(piece: _Piece) -> tuple[bool, Fraction, bool, bool]:
    high = piece.values.high
    return high is None, high or Fraction(0), not piece.values.high_open, not piece.high_reached


def _piece(expr: Expr, box: Box, repeated: Sequence[str]) -> _Piece:
    # A name by which the formula only rises, or only falls, is put at one end for the low limit and at the other for
    # the high one. If that holds for all repeated names, both limits are values of the formula, and so reached.
    at_low, at_high = dict(box), dict(box)
    settled = {"low": True, "high": True}
    for name in repeated:
        rise = slope(expr, name, box)
        if box[name].exact:
            continue
        rising, falling = rise.low is not None and rise.low >= 0, rise.high is not None and rise.high <= 0
        for target, which, down in ((at_low, "low", rising), (at_high, "high", falling)):
            corner = _corner(box[name], low=down) if rising or falling else None
            if corner is None:
                settled[which] = False
            else:
                target[name] = corner
    low, high = natural_extension(expr, at_low), natural_extension(expr, at_high)
    open_low = low.low_open or _is_excluded(box, at_low, repeated)
    open_high = high.high_open or _is_excluded(box, at_high, repeated)
    values = _between(low, high, open_low, open_high)
    return _Piece(box, values, settled["low"], settled["high"])


def _between(low: Interval, high: Interval, open_low: bool, open_high: bool) -> Interval:
    if low.low is not None and low.low == high.high:
        return Interval.at(low.low)
    return Interval(low.low, high.high, open_low, open_high)


def _corner(values: Interval, *, low: bool) -> Interval | None:
    end = values.low if low else values.high
    return None if end is None else Interval.at(end)


def _is_excluded(box: Box, corner: Box, repeated: Sequence[str]) -> bool:
    """Whether the corner that gives a limit is itself left out of the box."""
    return any(corner[name].exact and not box[name].holds(corner[name].low or Fraction(0)) for name in repeated)


def _halves(expr: Expr, box: Box, repeated: Sequence[str]) -> tuple[Box, Box] | None:
    """Two boxes that make up ``box``, cut where the formula turns if that is known; None where a cut would not help."""
    unsettled = [name for name in repeated if not box[name].exact and not _settled(slope(expr, name, box), box[name])]
    if not unsettled:
        return None
    name = max(unsettled, key=lambda variable: _width(box[variable]))
    return _bisected(box, name, _turning_point(expr, name, box) or _middle(box[name]))


def _bisected(box: Box, name: str, at: Fraction) -> tuple[Box, Box]:
    whole = box[name]
    left = Interval(whole.low, at, whole.low_open, high_open=False)
    right = Interval(at, whole.high, low_open=False, high_open=whole.high_open)
    return {**box, name: left}, {**box, name: right}


def _settled(rise: Interval, values: Interval) -> bool:
    monotone = (rise.low is not None and rise.low >= 0) or (rise.high is not None and rise.high <= 0)
    return monotone and values.low is not None and values.high is not None


def _width(values: Interval) -> tuple[bool, Fraction]:
    if values.low is None or values.high is None:
        return True, Fraction(0)
    return False, values.high - values.low


def _middle(values: Interval) -> Fraction:
    if values.low is None and values.high is None:
        return Fraction(0)
    if values.high is None:
        return max(2 * abs(values.low or Fraction(0)), Fraction(1)) + (values.low or Fraction(0))
    if values.low is None:
        return values.high - max(2 * abs(values.high), Fraction(1))
    return (values.low + values.high) / 2


def _turning_point(expr: Expr, name: str, box: Box) -> Fraction | None:
    """The point where the slope, taken for a straight line between both ends, is zero; None where it is not inside."""
    # A quadratic has a straight slope, so that one cut at its turning point makes both halves monotone.
    whole = box[name]
    if whole.low is None or whole.high is None:
        return None
    middles = {variable: Interval.at(_middle(values)) for variable, values in box.items()}
    ends = [slope(expr, name, {**middles, name: Interval.at(end)}) for end in (whole.low, whole.high)]
    if not all(end.exact for end in ends):
        return None
    first, last = ends[0].low or Fraction(0), ends[1].low or Fraction(0)
    if first * last >= 0:
        return None
    at = whole.low + (whole.high - whole.low) * first / (first - last)
    at = at if at.denominator < 10**12 else at.limit_denominator(10**9)
    return at if whole.low < at < whole.high else None
