"""Which amount stands here? A number with its sign, its money sign before and its unit behind."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from kb.domain.notation import word
from kb.domain.notation.number import EXACT, FINEST, ONE, Number, ratio
from kb.domain.notation.numeral import number_at
from kb.domain.notation.token import Token
from kb.domain.noun import CURRENCIES, HAN_NOUNS, singular
from kb.domain.quantity import PERIODS
from kb.domain.unit import STANDARD


class Amount(NamedTuple):
    """A number in a unit.

    Attributes:
        number: The number with its sign, multiplied into ``unit``; its end is that of the number alone.
        unit: Canonical unit, ``fraction`` for a percentage; empty where none was said.
        factor: What the unit's word multiplied the number by: 0.01 for a percent sign.
        end: Index of the token behind the amount.
    """

    number: Number
    unit: str
    factor: Decimal
    end: int


def amount_at(tokens: Sequence[Token], at: int) -> Amount | None:
    """The amount that begins at ``at``; None where none does."""
    negative, at = _minus(tokens, at)
    code, at = _money_before(tokens, at)
    if code and not negative:
        negative, at = _minus(tokens, at)
    special = None if code else _han_part(tokens, at)
    if special:
        return _signed(special, negative)
    number = number_at(tokens, at, money=bool(code))
    if number is None:
        return None
    return _signed(_with_money(tokens, number, code) if code else _with_unit(tokens, number), negative)


def _signed(amount: Amount, negative: bool) -> Amount:
    if not negative:
        return amount
    number = amount.number
    return amount._replace(number=number._replace(low=number.high.copy_negate(), high=number.low.copy_negate()))


def _minus(tokens: Sequence[Token], at: int) -> tuple[bool, int]:
    """Whether the number at ``at`` is negative; a minus sign must touch what follows."""
    if at + 1 >= len(tokens):
        return False, at
    token = tokens[at]
    touching = token.text in word.MINUSES and tokens[at + 1].start == token.end
    return (True, at + 1) if token.low in word.NEGATIVES or touching else (False, at)


def _money_before(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """The currency said before the number at ``at``, or an empty text."""
    if at + 1 >= len(tokens):
        return "", at
    text, behind = tokens[at].text, tokens[at + 1]
    if text in word.SIGNS:
        return word.SIGNS[text], at + 1
    if tokens[at].unit.isupper() and (behind.kind == "number" or behind.text in word.MINUSES):
        return tokens[at].unit, at + 1
    if behind.text == "$" and behind.start == tokens[at].end and tokens[at].low in word.DOLLARS:
        return word.DOLLARS[tokens[at].low], at + 2
    is_code = text in CURRENCIES or text in ("RMB", "人民币", "人民幣")
    if is_code and (behind.kind == "number" or behind.text in word.MINUSES or behind.kind == "han"):
        return text if text in CURRENCIES else "CNY", at + 1
    return "", at


def _with_money(tokens: Sequence[Token], number: Number, code: str) -> Amount:
    """The amount of a number behind a money sign; the same currency said again behind it adds nothing."""
    end = number.end
    said = unit_at(tokens, end)
    if said and said[0] == code and said[1] == ONE:
        end = said[2]
    return Amount(number, code, ONE, end)


def _with_unit(tokens: Sequence[Token], number: Number) -> Amount:
    said = unit_at(tokens, number.end)
    money = said and (said[0] in CURRENCIES)
    if not said and number.digits:
        rescaled = number_at(tokens, number.end - 1, money=True)
        said = unit_at(tokens, rescaled.end) if rescaled and rescaled.end > number.end else None
        money = said and said[0] in CURRENCIES
        number = rescaled if rescaled and said and money else number
        said = said if money else None
    if said:
        return in_unit(number, *said)
    if number.is_part:
        return Amount(number, "fraction", ONE, number.end)
    return _discounted(tokens, number)


def in_unit(number: Number, unit: str, factor: Decimal, end: int) -> Amount:
    """``number`` of a unit's word that is worth ``factor`` of ``unit``; a percentage counts to the whole point."""
    if factor == ONE:
        return Amount(number, unit, factor, end)
    if unit == "fraction" and number.grain is not None and number.grain > number.scale:
        number = number._replace(grain=number.scale)
    scale = number.scale
    return Amount(number.times(factor, number.end)._replace(scale=scale), unit, factor, end)


def unit_at(tokens: Sequence[Token], at: int) -> tuple[str, Decimal, int] | None:
    """Unit, factor and end of the unit's word at ``at``; a hyphen may join it to the number: 18-month."""
    if at >= len(tokens):
        return None
    joined = tokens[at].text == "-" and at + 1 < len(tokens) and tokens[at].start == tokens[at - 1].end
    if joined and tokens[at + 1].kind == "word" and tokens[at + 1].start == tokens[at].end:
        at += 1
    token = tokens[at]
    if token.unit:
        return token.unit, ONE, at + 1
    said = word.MEASURES.get(token.low)
    if said:
        return *said, _again(tokens, at + 1, said[0])
    if token.kind == "word":
        return _english_unit(tokens, at)
    return _han_unit(tokens, at) if token.kind == "han" else None


def _again(tokens: Sequence[Token], at: int, code: str) -> int:
    """Behind a currency said twice: 8 亿元人民币, 50 US dollars is read elsewhere; percentage points are percent."""
    if at >= len(tokens):
        return at
    if code == "fraction" and tokens[at].low in ("point", "points"):
        return at + 1
    return at + 1 if word.MEASURES.get(tokens[at].low, ("", ONE)) == (code, ONE) and code in CURRENCIES else at


def _english_unit(tokens: Sequence[Token], at: int) -> tuple[str, Decimal, int] | None:
    token = tokens[at]
    behind = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if token.low == "per" and behind == "cent":
        return "fraction", Decimal("0.01"), at + 2
    if token.low in ("percentage", "basis") and behind in ("point", "points"):
        return "fraction", Decimal("0.01") if token.low == "percentage" else Decimal("0.0001"), at + 2
    if token.text in ("US", "USD", "U") and behind in ("dollar", "dollars", "cents"):
        return *word.MEASURES[behind], at + 2
    if token.text in CURRENCIES:
        return token.text, ONE, at + 1
    if token.low in ("a", "an", "in", "or", "to", "per", "and", "times"):
        return None
    known = STANDARD.known(token.text)
    if not known or known in ("fraction", "multiple"):
        return None
    spaced = STANDARD.compound(f"{token.text}-{tokens[at + 1].text}") if _stands_before_a_time(tokens, at) else None
    return (spaced, ONE, at + 2) if spaced else (known, ONE, at + 1)


def _stands_before_a_time(tokens: Sequence[Token], at: int) -> bool:
    """Whether a thing in the singular stands right before a stretch of time: GPU hours, person months."""
    if at + 1 >= len(tokens) or tokens[at + 1].kind != "word" or singular(tokens[at].text) != tokens[at].low:
        return False
    return singular(tokens[at + 1].low) in PERIODS


_COUNTERS = frozenset("个名位家条份次")


def _han_unit(tokens: Sequence[Token], at: int) -> tuple[str, Decimal, int] | None:
    text = tokens[at].text
    if text in _COUNTERS and at + 1 < len(tokens):
        behind = tokens[at + 1]
        said = unit_at(tokens, at + 1) if behind.text not in word.TRAILS else None
        if said:
            return said
    noun = HAN_NOUNS.get(text)
    return (noun, ONE, at + 1) if noun else None


def _han_part(tokens: Sequence[Token], at: int) -> Amount | None:
    """百分之二十, 三分之二."""
    if at >= len(tokens) or tokens[at].kind not in ("han", "number"):
        return None
    under = word.HAN_PARTS.get(tokens[at].text)
    if under:
        number = number_at(tokens, at + 1)
        factor = ratio(ONE, Decimal(under))
        return in_unit(number, "fraction", factor, number.end) if number else _whole(tokens, at)
    below = number_at(tokens, at) if any(token.text == "分之" for token in tokens[at + 1 : at + 4]) else None
    if not below or below.end >= len(tokens) or tokens[below.end].text != "分之" or not below.low:
        return None
    over = number_at(tokens, below.end + 1)
    if not over:
        return None
    part = ratio(over.low, below.low)
    return Amount(Number(part, part, FINEST, ONE, over.end, is_part=True), "fraction", ONE, over.end)


def _whole(tokens: Sequence[Token], at: int) -> Amount | None:
    """百分之百 is one."""
    if at + 1 >= len(tokens) or tokens[at + 1].text not in ("百", "佰"):
        return None
    return Amount(Number(ONE, ONE, Decimal("0.01"), ONE, at + 2), "fraction", ONE, at + 2)


def _discounted(tokens: Sequence[Token], number: Number) -> Amount:
    """三成 is three tenths; 九折 is nine tenths of the price and 八五折 is 85 hundredths."""
    text = tokens[number.end].text if number.end < len(tokens) else ""
    if text == "成":
        return in_unit(number, "fraction", Decimal("0.1"), number.end + 1)
    if text == "折":
        return in_unit(number, "fraction", Decimal("0.1") if number.low <= 10 else Decimal("0.01"), number.end + 1)
    return Amount(number, "", ONE, number.end)


def rescaled(amount: Amount, other: Amount) -> Amount:
    """``amount`` with the scale, the unit and the factor that only ``other`` has said: 2 as in ``2-3k``."""
    number = amount.number
    if not amount.unit and other.factor != ONE:
        number = in_unit(number, other.unit, other.factor, number.end).number
    scale = other.number.scale
    mantissa = EXACT.divide(other.number.high, EXACT.multiply(scale, other.factor)) if scale != ONE else ONE
    if scale != ONE and number.scale == ONE and abs(amount.number.low) < abs(mantissa):
        number = number.times(scale, number.end)
    return amount._replace(number=number, unit=amount.unit or other.unit)
