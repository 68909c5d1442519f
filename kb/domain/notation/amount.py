"""Which amount stands here? A number with its sign, its money sign before and its unit behind."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from kb.domain.notation import han_word, measure_word, word
from kb.domain.notation.bound_word import TRAILS
from kb.domain.notation.money import money_at, money_before, with_change
from kb.domain.notation.number import EXACT, ONE, Number, ratio
from kb.domain.notation.numeral import number_at, of_whole, ordinal_at
from kb.domain.notation.share import share_at, share_behind, told_number, with_whole
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
    negative, at = minus(tokens, at)
    if at >= len(tokens) or tokens[at].kind == "link":
        return None
    code, at = money_before(tokens, at)
    if code and not negative:
        negative, at = minus(tokens, at)
    found = _money(tokens, at, code) if code else _plain(tokens, at)
    return _signed(found, negative) if found and negative else found


def bare_at(tokens: Sequence[Token], at: int) -> Amount | None:
    """The number that begins at ``at`` with its sign, or the ordinal, as an amount without a unit."""
    negative, at = minus(tokens, at)
    at += at + 1 < len(tokens) and tokens[at].low == "the"
    if at >= len(tokens):
        return None
    number = ordinal_at(tokens, at) or told_number(tokens, at)
    if number is None:
        return None
    number = of_whole(tokens, number, of=False)
    found = Amount(number, "", ONE, number.end)
    return _signed(found, negative) if negative else found


def _signed(amount: Amount, negative: bool) -> Amount:
    if not negative:
        return amount
    number = amount.number
    return amount._replace(number=number._replace(low=number.high.copy_negate(), high=number.low.copy_negate()))


def minus(tokens: Sequence[Token], at: int) -> tuple[bool, int]:
    """Whether the number at ``at`` is negative, and its index.

    A minus sign must touch what follows, and may not be tied to a word or a number before it: ``1-2``, ``SCP-173``.
    """
    if at + 1 >= len(tokens):
        return False, at
    token = tokens[at]
    if token.low in word.NEGATIVES:
        return True, at + 1
    if token.text not in word.MINUSES or tokens[at + 1].start != token.end:
        return False, at
    before = tokens[at - 1] if at else None
    tied = before is not None and before.end == token.start and _ties(before)
    return (False, at) if tied else (True, at + 1)


def _ties(before: Token) -> bool:
    """Whether a hyphen right behind ``before`` is no minus sign."""
    if before.kind == "han":
        return before.text in measure_word.MEASURES or before.text in HAN_NOUNS or before.text in _HAN_NUMBERS
    return before.kind != "sign" or before.text in ")]%"


_HAN_NUMBERS = frozenset({*han_word.DIGITS, *han_word.TENS, *han_word.SCALES})


def _money(tokens: Sequence[Token], at: int, code: str) -> Amount | None:
    """The amount of a number behind a money sign; the same currency said again behind it adds nothing."""
    number = number_at(tokens, at, money=True)
    if number is None:
        return None
    end = number.end
    said = unit_at(tokens, end)
    if said and said[0] == code and said[1] == ONE:
        end = said[2]
    changed = with_change(tokens, number._replace(end=end), code)
    return Amount(changed._replace(end=number.end), code, ONE, changed.end)


def _plain(tokens: Sequence[Token], at: int) -> Amount | None:
    share = share_at(tokens, at)
    if share:
        return in_unit(share.number, "fraction", share.factor, share.end)
    number = number_at(tokens, at)
    return _with_unit(tokens, number) if number else None


def _with_unit(tokens: Sequence[Token], number: Number) -> Amount | None:
    if tokens[number.end - 1].text == "半":
        return _half(tokens, number)
    if number.end >= len(tokens):
        return Amount(number, "fraction" if number.is_part else "", ONE, number.end)
    number = _with_half(tokens, with_whole(tokens, number))
    if number.end >= len(tokens):
        return Amount(number, "fraction" if number.is_part else "", ONE, number.end)
    if share := share_behind(tokens, number):
        return in_unit(share.number, "fraction", share.factor, share.end)
    said = unit_at(tokens, number.end) or (_of_a_percent(tokens, number) if number.is_part else None)
    if said and _makes_a_word(tokens, said[2]):
        return Amount(number, "", ONE, number.end)
    if not said and number.digits:
        number, said = _in_money(tokens, number)
    if said:
        return _and_half(tokens, _changed(tokens, in_unit(number, *said)))
    if not number.is_part:
        number = of_whole(tokens, number)
    return Amount(number, "fraction" if number.is_part else "", ONE, number.end)


def _with_half(tokens: Sequence[Token], number: Number) -> Number:
    """两个半 is two and a half."""
    at = number.end
    halves = at + 1 < len(tokens) and tokens[at].text in ("个", "個") and tokens[at + 1].text == "半"
    if not halves or number.low != number.high or number.is_part:
        return number
    value = EXACT.add(number.low, Decimal("0.5"))
    return number._replace(low=value, high=value, grain=Decimal("0.1"), end=at + 2)


def _half(tokens: Sequence[Token], number: Number) -> Amount | None:
    """半年, 半折: 半 alone is no number."""
    share = share_behind(tokens, number)
    if share:
        return in_unit(share.number, "fraction", share.factor, share.end)
    said = unit_at(tokens, number.end)
    return in_unit(number, *said) if said else None


def _in_money(tokens: Sequence[Token], number: Number) -> tuple[Number, tuple[str, Decimal, int] | None]:
    """``5m dollars``: a letter that is a scale only because money follows."""
    if number.end >= len(tokens) or tokens[number.end].text not in word.MONEY_LETTERS:
        return number, None
    rescaled = number_at(tokens, number.end - 1, money=True)
    said = unit_at(tokens, rescaled.end) if rescaled and rescaled.end > number.end else None
    return (rescaled, said) if rescaled and said and said[0] in CURRENCIES else (number, None)


def _of_a_percent(tokens: Sequence[Token], number: Number) -> tuple[str, Decimal, int] | None:
    """Half a percent, three quarters of a percent."""
    at = number.end
    at += tokens[at].low == "of"
    if at + 1 >= len(tokens) or tokens[at].low not in ("a", "one"):
        return None
    said = unit_at(tokens, at + 1)
    return said if said and said[0] == "fraction" else None


def _makes_a_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether the 角 before ``at`` is no coin: 五角大楼."""
    return at < len(tokens) and tokens[at - 1].text == "角" and tokens[at].text[0] in han_word.NO_JIAO


def _changed(tokens: Sequence[Token], amount: Amount) -> Amount:
    """An amount of money with the small change behind it."""
    if amount.unit not in CURRENCIES or amount.end >= len(tokens) or amount.factor != ONE:
        return amount
    changed = with_change(tokens, amount.number._replace(end=amount.end), amount.unit)
    return amount._replace(number=changed._replace(end=amount.number.end), end=changed.end)


def _and_half(tokens: Sequence[Token], amount: Amount) -> Amount:
    """一年半, 两倍半: half of the unit more."""
    at = amount.end
    behind = at < len(tokens) and tokens[at].text == "半" and tokens[at - 1].kind == "han"
    if not behind or amount.unit not in (*PERIODS, "multiple") or amount.number.low != amount.number.high:
        return amount
    value = EXACT.add(amount.number.low, Decimal("0.5"))
    return amount._replace(number=amount.number._replace(low=value, high=value, grain=Decimal("0.1")), end=at + 1)


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
    if token.text in measure_word.SIGNS and token.text != "$":  # that one stands behind a number only in formulas
        return None if _opens(tokens, at) else (measure_word.SIGNS[token.text], ONE, at + 1)
    said = measure_word.MEASURES.get(token.low)
    if said:
        return *said, _again(tokens, at + 1, said[0])
    if token.kind == "word":
        return _english_unit(tokens, at)
    return _han_unit(tokens, at) if token.kind == "han" else None


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether the sign of money at ``at`` belongs to a number behind it, or to none before it: ``5 $10``, ``5, €``."""
    touches = at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end and tokens[at + 1].kind == "number"
    return touches or at == 0 or tokens[at].start - tokens[at - 1].end > 1


_SAID_AGAIN = frozenset((("fraction", "point"), ("fraction", "points"), ("GBP", "sterling")))


def _again(tokens: Sequence[Token], at: int, code: str) -> int:
    """Behind a currency said twice: 8 亿元人民币, 50 US dollars is read elsewhere; percentage points are percent."""
    if at >= len(tokens):
        return at
    if (code, tokens[at].low) in _SAID_AGAIN:
        return at + 1
    return at + 1 if measure_word.MEASURES.get(tokens[at].low, ("", ONE)) == (code, ONE) and code in CURRENCIES else at


def _english_unit(tokens: Sequence[Token], at: int) -> tuple[str, Decimal, int] | None:
    token = tokens[at]
    behind = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if token.low == "per" and behind in ("cent", "cents"):
        return "fraction", Decimal("0.01"), at + 2
    if money := money_at(tokens, at):
        return money[0], ONE, money[1]
    if token.low in ("percentage", "basis") and behind in ("point", "points"):
        return "fraction", Decimal("0.01") if token.low == "percentage" else Decimal("0.0001"), at + 2
    if token.text in ("US", "USD") and behind in ("cent", "cents"):
        return *measure_word.MEASURES[behind], at + 2
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


def _han_unit(tokens: Sequence[Token], at: int) -> tuple[str, Decimal, int] | None:
    text = tokens[at].text
    if text in han_word.COUNTERS and at + 1 < len(tokens):
        behind = tokens[at + 1]
        said = unit_at(tokens, at + 1) if behind.text not in TRAILS else None
        if said:
            return said
    noun = HAN_NOUNS.get(text)
    return (noun, ONE, at + 1) if noun else None


def rescaled(amount: Amount, other: Amount) -> Amount:
    """``amount`` with the scale, the unit and the factor that only ``other`` has said: 2 as in ``2-3k``."""
    if other.number.scale == ONE and (amount.unit or not other.unit):
        return amount
    number = amount.number
    if not amount.unit and other.factor != ONE:
        number = in_unit(number, other.unit, other.factor, number.end).number
    scale = other.number.scale
    mantissa = ratio(other.number.high, EXACT.multiply(scale, other.factor)) if scale != ONE else ONE
    if scale != ONE and number.scale == ONE and abs(amount.number.low) < abs(mantissa):
        number = number.times(scale, number.end)
    return amount._replace(number=number, unit=amount.unit or other.unit)
