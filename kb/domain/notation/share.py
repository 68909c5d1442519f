"""Which share do Chinese words say? 百分之二十, 三分之二, 五又三分之一, 七成六, 三成半, 八五折, 打对折, 五个百分点."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from kb.domain.notation import han_word
from kb.domain.notation.digits import digits
from kb.domain.notation.han import han_units, unit_of
from kb.domain.notation.number import EXACT, ONE, Number, in_full, part_of, ratio
from kb.domain.notation.numeral import number_at
from kb.domain.notation.token import Token


class Share(NamedTuple):
    """A number of some part of a whole.

    Attributes:
        number: How many of that part.
        factor: What the part is worth: 0.01 of 百分之 and of a percentage point, 1 of a fraction worked out.
        end: Index of the token behind it.
    """

    number: Number
    factor: Decimal
    end: int


_TENTH = Decimal("0.1")
_CENT = Decimal("0.01")
_LONGEST = 12


def share_at(tokens: Sequence[Token], at: int) -> Share | None:
    """The share that begins at ``at`` with its whole: 百分之五, 三分之二, 打对折; None where none does."""
    if tokens[at].kind != "han" and (at + 1 >= len(tokens) or tokens[at + 1].kind != "han"):
        return None
    if tokens[at].text in han_word.HALF_PRICE and at and tokens[at - 1].text == "打":
        return Share(_number(Decimal(5), ONE, at + 1), _TENTH, at + 1)
    if not _has_parts(tokens, at):
        return None
    unit, end = han_units(tokens, at)
    behind = parts_at(tokens, end) if end > at else 0
    if behind:
        return _of_unit(tokens, behind, unit)
    below = number_at(tokens, at)
    behind = parts_at(tokens, below.end) if below else 0
    over = number_at(tokens, behind) if behind and behind < len(tokens) else None
    if below is None or over is None or not below.low or below.low != below.high:
        return None
    return Share(part_of(over.low, below.low, over.end), ONE, over.end)


def _has_parts(tokens: Sequence[Token], at: int) -> bool:
    return any(tokens[place].text in ("分之", "分") for place in range(at + 1, min(at + _LONGEST, len(tokens))))


def parts_at(tokens: Sequence[Token], at: int) -> int:
    """The index behind 分之 at ``at``, its characters perhaps apart; 0 where it does not stand there."""
    return spelled(tokens, at, "分之")


def _of_unit(tokens: Sequence[Token], at: int, unit: Decimal) -> Share | None:
    if at >= len(tokens):
        return None
    number = number_at(tokens, at)
    if number is None and unit == 100 and tokens[at].text in ("百", "佰"):
        number = _number(Decimal(100), ONE, at + 1)
    return Share(number, ratio(ONE, unit), number.end) if number else None


def _number(value: Decimal, grain: Decimal, end: int) -> Number:
    return Number(value, value, grain, ONE, end)


def with_whole(tokens: Sequence[Token], number: Number) -> Number:
    """``number`` with the fraction behind 又: 五又三分之一 (5.33…); as it was where none stands there."""
    at = number.end
    if at + 1 >= len(tokens) or tokens[at].text != "又" or number.low != number.high:
        return number
    found = share_at(tokens, at + 1)
    part = found.number if found and found.factor == ONE else number_at(tokens, at + 1)
    if part is None or not part.is_part or part.low >= 1:
        return number
    value = EXACT.add(number.low, part.low)
    return in_full(value, part.end)


def told_number(tokens: Sequence[Token], at: int) -> Number | None:
    """The number at ``at`` with Chinese fractions: 五, 三分之二, 五又三分之一; None for none and for a percentage."""
    share = share_at(tokens, at)
    if share is not None:
        return share.number if share.factor == ONE else None
    number = number_at(tokens, at)
    return with_whole(tokens, number) if number else None


def share_behind(tokens: Sequence[Token], number: Number) -> Share | None:
    """The share that ``number`` counts: 三成半, 八五折, 6 个百分点; None where it counts none."""
    at = number.end
    if at >= len(tokens) or tokens[at].kind not in ("han", "number"):
        return None
    for name in han_word.SHARES if tokens[at].text[0] in "个個百" else ():
        if end := spelled(tokens, at, name):
            return Share(number, _CENT, end)
    if tokens[at].text == "成":
        return _tenths(tokens, number)
    number = _two_digits(tokens, number)
    if number.end < len(tokens) and tokens[number.end].text == "折":
        return _discount(number)
    return None


def _tenths(tokens: Sequence[Token], number: Number) -> Share | None:
    """三成 is three tenths, 七成六 76 and 三成半 35 hundredths."""
    at = number.end + 1
    behind = tokens[at].text if at < len(tokens) else ""
    if behind in han_word.NO_SHARE or number.low > 10:
        return None
    more = Decimal(5) if behind == "半" else Decimal(han_word.DIGITS.get(behind, 0))
    ends = at + 1 >= len(tokens) or not (unit_of(tokens[at + 1].text) or tokens[at + 1].text in han_word.DIGITS)
    if not more or not ends:
        return Share(number, _TENTH, at)
    value = EXACT.add(number.low, EXACT.multiply(more, _TENTH))
    return Share(number._replace(low=value, high=value, grain=_TENTH, end=at + 1), _TENTH, at + 1)


def _two_digits(tokens: Sequence[Token], number: Number) -> Number:
    """7 2 before 折: digits apart."""
    at = number.end
    if not (number.digits and number.low < 10 and at + 1 < len(tokens) and tokens[at].kind == "number"):
        return number
    said = digits(tokens[at].text) if len(tokens[at].text) == 1 and tokens[at + 1].text == "折" else None
    if said is None or number.grain != ONE:
        return number
    return number._replace(low=number.low * 10 + said.value, high=number.high * 10 + said.value, end=at + 1)


def _discount(number: Number) -> Share | None:
    """九折 is nine tenths of the price, 八五折 85 hundredths; 半折 half of it; ten tenths are no discount."""
    if not 0 < number.low < 100 or number.low == 10:
        return None
    if number.low < 1:
        return Share(_number(number.low * 10, ONE, number.end), _TENTH, number.end + 1)
    return Share(number, _TENTH if number.low < 10 else _CENT, number.end + 1)


def spelled(tokens: Sequence[Token], at: int, phrase: str) -> int:
    """The index behind ``phrase`` if the tokens from ``at`` spell it, blanks between them or not; else 0."""
    rest = phrase
    while rest and at < len(tokens) and rest.startswith(tokens[at].text):
        rest, at = rest[len(tokens[at].text) :], at + 1
    return 0 if rest else at
