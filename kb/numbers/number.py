"""A number as stated: its value or values, its last significant digit, its scale and unit; and the reading of digits.

Digits stand in groups or not, with a point or a comma before decimals, with a power: ``1,234.5``, ``12,34,567``,
``1.234,5``, ``1 234 567``, ``1,3``, ``1.3e6``, ``6.2x10^-4``, ``1.1^23``.
"""

import re
from collections.abc import Iterator
from decimal import Context, Decimal, DecimalException, Inexact
from functools import lru_cache
from typing import NamedTuple

from kb.domain.quantity import Bound, Hedge

MOST_DIGITS = 100
"""Digits that a number may have, before and behind its point taken together."""

BLANKS = " \u00a0\u2009\u202f"
"""Blanks that may stand between groups of three digits."""

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
POWER = (
    r"[eE][+-]?[0-9]++(?![A-Za-z0-9])|[ ]?[x×*·][ ]?10\^[+-]?[0-9]++|\^[+-]{0,2}[0-9]++(?:\.[0-9]++)?"
    rf"|[ ]?[x×*·][ ]?10[⁺⁻]?[{_RAISED}]++|(?<![0-9.,]10)(?<=10)[⁺⁻]?[{_RAISED}]++"
)
"""A pattern for what may stand behind a number: a power of ten, or a power."""

_LIFTED = re.compile(f"[⁺⁻]?[{_RAISED}]+")
_LOWERED = str.maketrans(_RAISED + "⁺⁻", "0123456789+-")
_POWERED = re.compile(rf"([^eExX×*·^]*?)({POWER})")
_PLAIN = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_GROUPED = re.compile(
    rf"""[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?             # 1,234,567.8
       |[0-9]{{1,2}}(?:,[0-9]{{2}})*,[0-9]{{3}}(?:\.[0-9]+)?   # 12,34,567.8
       |[0-9]{{1,3}}(?:[{BLANKS}][0-9]{{3}})+(?:\.[0-9]+)?     # 1 234 567.8
       |[0-9]{{1,3}}(?:'[0-9]{{3}})+(?:\.[0-9]+)?             # 1'234'567.80""",
    re.VERBOSE,
)
_CONTINENTAL = re.compile(
    rf"""[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+,[0-9]+             # 1.234,5
       |[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}}){{2}}                 # 1.234.567, but 192.168.100.200 is an address
       |[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}}){{4,}}
       |[0-9]{{1,3}}(?:[{BLANKS}][0-9]{{3}})+,[0-9]+           # 1 234,5
       |[0-9]+,[0-9]{{1,2}}|0,[0-9]+                           # 1,3""",
    re.VERBOSE,
)
_COMMA = re.compile(
    rf"(?P<whole>[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+|[0-9]{{1,3}}(?:[{BLANKS}][0-9]{{3}})+|[0-9]+)"
    rf"(?:,(?P<rest>[0-9]+))?(?P<power>{POWER})?"
)
_SEPARATED = re.compile(r"[0-9]++(?:\.[0-9]++(?!\.))?")
_ADDRESS = re.compile(r"[0-9]++")
_NO_GROUPS = str.maketrans("", "", ",'" + BLANKS)
_POINT_FOR_COMMA = str.maketrans(",", ".", "." + BLANKS)
_EXACT = Context(prec=2 * MOST_DIGITS, traps=[Inexact])
_ROUNDED = Context(prec=28)


class Digits(NamedTuple):
    """A number in digits.

    Attributes:
        value: Its value.
        grain: Place of its last significant digit.
        is_whole: Whether it has neither a point nor a power.
    """

    value: Decimal
    grain: Decimal
    is_whole: bool


@lru_cache(maxsize=4096)
def digits(text: str) -> Digits | None:
    """The number in ``text``; None if it has too many digits or its separators make no sense.

    >>> [str(digits(text).value) for text in ("12,34,567", "1.234,5", "1 234 567", "1.3x10^6", "2.5^-1")]
    ['1234567', '1234.5', '1234567', '1300000', '0.4']
    """
    if len(text) > 2 * MOST_DIGITS:
        return None
    text = _LIFTED.sub(lambda raised: "^" + raised[0].translate(_LOWERED), text)
    powered = _POWERED.fullmatch(text)
    plain = _bare(powered[1] if powered else text)
    if plain is None or len(plain) > MOST_DIGITS + plain.count("."):
        return None
    value, grain = Decimal(plain), grain_of(plain)
    if not powered:
        return Digits(value, grain, "." not in plain)
    return _raised(value, grain, powered[2].strip())


def _bare(text: str) -> str | None:
    """Digits and point alone; None if the separators of ``text`` make no sense."""
    if _PLAIN.fullmatch(text):
        return text
    if _GROUPED.fullmatch(text):
        return text.translate(_NO_GROUPS)
    return text.translate(_POINT_FOR_COMMA) if _CONTINENTAL.fullmatch(text) else None


def _raised(value: Decimal, grain: Decimal, power: str) -> Digits | None:
    # A huge power would fill memory before anybody could refuse it: 1e99999, 9^999999.
    if power[0] != "^":
        exponent = int(power.lstrip("eExX×*· ").removeprefix("10^"))
        if abs(exponent) > MOST_DIGITS:
            return None
        return Digits(_shifted(value, exponent), _shifted(grain, exponent), False)
    sign, number = power[1:].rstrip("0123456789."), power.lstrip("^+-")
    if len(number) > 6:
        return None
    raised = _power(value, Decimal(number).copy_negate() if sign == "-" else Decimal(number))
    return Digits(raised, grain_of(format(raised, "f")), False) if raised is not None else None


def _shifted(value: Decimal, places: int) -> Decimal:
    return Decimal(format(_EXACT.scaleb(value, places), "f"))


def _power(base: Decimal, exponent: Decimal) -> Decimal | None:
    """``base`` to the ``exponent``, rounded to 28 digits if it has more; None if it is beyond all use."""
    if not base:
        return base if exponent > 0 else None
    if abs(base.copy_abs().log10(_ROUNDED) * exponent) > MOST_DIGITS:
        return None
    try:
        return Decimal(format(_EXACT.power(base, exponent), "f"))
    except Inexact:
        return Decimal(format(_ROUNDED.power(base, exponent), "f"))
    except DecimalException:
        return None


def grain_of(digits: str) -> Decimal:
    """Place of the last significant digit; trailing zeros are significant only behind a written point.

    >>> [f"{grain_of(digits):f}" for digits in ("14000", "67", "0.30")]
    ['1000', '1', '0.01']
    """
    whole, point, rest = digits.partition(".")
    if point:
        return Decimal(1).scaleb(-len(rest))
    bare = whole.rstrip("0")
    return Decimal(1).scaleb(len(whole) - len(bare)) if bare else Decimal(1)


def with_point(text: str) -> str:
    """A number that a comma parts from its decimals and points group, with a point and no groups; others unchanged.

    >>> [with_point(text) for text in ("1.234,56", "8.500", "1,3", "3.11", "22,24,26")]
    ['1234.56', '8500', '1.3', '3.11', '22,24,26']
    """
    match = _COMMA.fullmatch(text)
    if match is None:
        return text
    whole = match["whole"].translate(_NO_MARKS)
    return whole + ("." + match["rest"] if match["rest"] else "") + (match["power"] or "")


_NO_MARKS = str.maketrans("", "", "." + BLANKS)


def separated(text: str) -> Iterator[tuple[str, int]]:
    """The numbers in a run of digits and separators, each with its place in ``text``.

    One number where the separators group its digits, else a list: ``22,24,26`` and ``192.168.1.2``. None where they
    make neither.

    >>> [list(separated(text)) for text in ("1,234.5", "22,24,26", "12,34,5")]
    [[('1,234.5', 0)], [('22', 0), ('24', 3), ('26', 6)], []]
    """
    if _PLAIN.fullmatch(text) or _POWERED.fullmatch(text) or _bare(text) is not None:
        yield text, 0
        return
    if "," in text and not _is_list(text):
        return
    # Four groups with points are an address of a computer; its parts are no decimals.
    pattern = _ADDRESS if text.count(".") > 1 and "," not in text else _SEPARATED
    for match in pattern.finditer(text):
        yield match[0], match.start()


def _is_list(text: str) -> bool:
    """Whether commas part the numbers of a list, which rise, fall, or have as many digits each: 9,10,11; 22,24,26.

    Of ``12,34,5`` and ``1,200.50.30`` nobody knows where a digit is missing or too many.
    """
    parts = text.split(",")
    if not all(_PLAIN.fullmatch(part) for part in parts):
        return False
    values = [Decimal(part) for part in parts]
    ordered = len(values) > 2 and values in (sorted(values), sorted(values, reverse=True))
    return ordered or len({len(part) for part in parts}) == 1


EXACT = Context(prec=400, traps=[Inexact])
"""Sums and products that never lose a digit."""
ROUNDED = Context(prec=28)
FINEST = Decimal("1E-28")
"""Granularity of a quotient such as 40 out of 45: every digit that is kept."""
ONE = Decimal(1)


class Number(NamedTuple):
    """A number as stated, before its unit.

    Attributes:
        low: Its value; the least for a vague one.
        high: The same, or the most for a vague one.
        grain: Place of the last significant digit; None if no digit was stated.
        scale: What ``million`` and the like multiplied it by; 1 without such a word.
        end: Index of the token behind it.
        bound: The side that the number's own words leave open (100 多), or exact.
        hedge: How loosely its own words are meant.
        is_part: Whether it is a fraction of a whole by its wording: two thirds, 三成.
        digits: Whether it begins with digits.
    """

    low: Decimal
    high: Decimal
    grain: Decimal | None
    scale: Decimal
    end: int
    bound: Bound = Bound.EXACT
    hedge: Hedge = Hedge.NONE
    is_part: bool = False
    digits: bool = False

    def times(self, factor: Decimal, end: int) -> "Number":
        """The number multiplied by a scale word that ends before ``end``."""
        if factor == ONE:
            return self._replace(end=end)
        grain = None if self.grain is None else EXACT.multiply(self.grain, factor)
        low, high = EXACT.multiply(self.low, factor), EXACT.multiply(self.high, factor)
        return self._replace(low=low, high=high, grain=grain, scale=EXACT.multiply(self.scale, factor), end=end)


def exactly(value: Decimal, end: int, scale: Decimal = ONE) -> Number:
    """The number ``value`` in words, as precise as it would be in digits."""
    return Number(value, value, grain_of(format(value, "f")), scale, end)


def in_full(value: Decimal, end: int) -> Number:
    """A whole number and a part, precise to its last digit, or to the last that is kept if it never ends."""
    number = exactly(value, end)
    return number if len(value.as_tuple().digits) < _ENDLESS else number._replace(grain=FINEST)


_ENDLESS = 20


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """``part`` of ``whole`` to 28 digits."""
    return ROUNDED.divide(part, whole)


def part_of(over: Decimal, under: Decimal, end: int) -> Number:
    """``over`` parts of ``under`` as a fraction of a whole."""
    # Nobody who says "a third" means 28 digits: halves and thirds are precise to the hundredth at most.
    value = ratio(over, under)
    return Number(value, value, _HUNDREDTH if under <= _FEW else FINEST, ONE, end, is_part=True)


_FEW = 10
_HUNDREDTH = Decimal("0.01")


def vague(unit: Decimal, end: int) -> Number:
    """An unstated number of ``unit``: from two to ten of them."""
    return Number(2 * unit, 10 * unit, None, unit, end, hedge=Hedge.ORDER_OF_MAGNITUDE)


class Amount(NamedTuple):
    """A number in a unit.

    Attributes:
        number: The number with its sign, multiplied into ``unit``; its end is that of the number alone.
        unit: Canonical unit, ``fraction`` for a percentage; empty if none was stated.
        factor: What the unit's word multiplied the number by: 0.01 for a percent sign.
        end: Index of the token behind the amount.
    """

    number: Number
    unit: str
    factor: Decimal
    end: int


def in_unit(number: Number, unit: str, factor: Decimal, end: int) -> Amount:
    """The amount of ``number`` things that are each worth ``factor`` of ``unit``."""
    if factor == ONE:
        return Amount(number, unit, factor, end)
    # 70% is precise to the point, though the zero of 70 alone would not be significant.
    if unit == "fraction" and number.grain is not None and number.grain > number.scale:
        number = number._replace(grain=number.scale)
    scale = number.scale
    return Amount(number.times(factor, number.end)._replace(scale=scale), unit, factor, end)
