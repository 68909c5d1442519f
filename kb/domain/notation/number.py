"""Which number stands here? Digits, number words and vague magnitudes, with the place of the last digit that counts."""

from collections.abc import Sequence
from decimal import Context, Decimal, Inexact
from typing import NamedTuple

from kb.domain.notation import word
from kb.domain.notation.token import Token
from kb.domain.quantity import Bound, Hedge

EXACT = Context(prec=400, traps=[Inexact])
"""Sums and products that never lose a digit."""
ROUNDED = Context(prec=28)
LONGEST = 100
"""Digits that a number may have."""
FINEST = Decimal("1E-28")
"""What counts in a fraction of a whole, e.g. 40 out of 45: every digit that is kept."""
ONE = Decimal(1)


class TooLong(Exception):
    """A number of more digits than anybody means."""


class Number(NamedTuple):
    """A number as said, before its unit.

    Attributes:
        low: Its value; the least for a vague one.
        high: The same, or the most for a vague one.
        grain: Place of the last digit that counts; None where no digit was said.
        scale: What ``million`` and the like multiplied it by; 1 where no such word was said.
        end: Index of the token behind it.
        bound: The side that the number's own words leave open (100 多), or exact.
        hedge: How loosely its own words mean it.
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


def grain_of(digits: str) -> Decimal:
    """Place of the last digit that counts: zeros before the point do not, unless a point is written.

    >>> [f"{grain_of(digits):f}" for digits in ("14000", "67", "0.30")]
    ['1000', '1', '0.01']
    """
    whole, point, rest = digits.partition(".")
    if point:
        return Decimal(1).scaleb(-len(rest))
    bare = whole.rstrip("0")
    return Decimal(1).scaleb(len(whole) - len(bare)) if bare else ONE


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """``part`` of ``whole`` to 28 digits."""
    return ROUNDED.divide(part, whole)


def number_at(tokens: Sequence[Token], at: int, money: bool = False) -> Number | None:
    """The longest number that begins at ``at``; None where none does.

    Args:
        tokens: All tokens of the text.
        at: Index of the first.
        money: Whether money is meant, so that ``m`` is a million.

    Raises:
        TooLong: The number has more than 100 digits.
    """
    if at >= len(tokens):
        return None
    kind = tokens[at].kind
    if kind == "number":
        return _digits(tokens, at, money)
    if kind == "word":
        return _vague(tokens, at) or _words(tokens, at)
    if kind == "han":
        return han_number(tokens, at)
    return _glyph(tokens[at], at)


def _glyph(token: Token, at: int) -> Number | None:
    if token.text not in word.GLYPHS:
        return None
    over, under = word.GLYPHS[token.text]
    return _part(Decimal(over), Decimal(under), at + 1)


def _part(over: Decimal, under: Decimal, end: int) -> Number:
    value = ratio(over, under)
    return Number(value, value, FINEST, ONE, end, is_part=True)


def digits_of(token: Token) -> str | None:
    """The digits and the point of a number token; None where its commas do not group digits."""
    text = token.text
    if len(text) > LONGEST:
        raise TooLong
    if "," not in text:
        return text
    whole, _, _ = text.partition(".")
    first, *groups = whole.split(",")
    in_threes = len(first) <= 3 and all(len(group) == 3 for group in groups)
    indian = len(first) <= 2 and len(groups[-1]) == 3 and all(len(group) == 2 for group in groups[:-1])
    return text.replace(",", "") if in_threes or indian else None


def _digits(tokens: Sequence[Token], at: int, money: bool) -> Number | None:
    text = digits_of(tokens[at])
    if text is None:
        return None
    value = Decimal(text)
    number = Number(value, value, grain_of(text), ONE, at + 1, digits=True)
    simple = None if money else _simple_fraction(tokens, number)
    return simple or _scaled(tokens, number, money)


def _simple_fraction(tokens: Sequence[Token], number: Number) -> Number | None:
    at = number.end
    if not (at + 1 < len(tokens) and tokens[at].text == "/" and tokens[at + 1].kind == "number"):
        return None
    under = digits_of(tokens[at + 1])
    scaled = at + 2 < len(tokens) and (tokens[at + 2].low in word.SCALES or tokens[at + 2].text in word.LETTERS)
    if scaled or not under or not Decimal(under) or "." in under:
        return None
    return _part(number.low, Decimal(under), at + 2)


def _scaled(tokens: Sequence[Token], number: Number, money: bool) -> Number:
    """``number`` with the scale words behind it: k, million, hundred thousand, 万亿, 多万."""
    at = number.end
    if at < len(tokens) and tokens[at].kind == "han":
        return _han_scaled(tokens, number)
    factor = _letter(tokens, at, money)
    if factor:
        return number.times(Decimal(factor), at + 1)
    while at < len(tokens) and (factor := _scale_word(tokens[at])):
        number, at = number.times(Decimal(factor), at + 1), at + 1
    return number


def _letter(tokens: Sequence[Token], at: int, money: bool) -> int:
    if at >= len(tokens) or tokens[at].kind != "word" or tokens[at].start - tokens[at - 1].end > 1:
        return 0
    text = tokens[at].text
    return word.LETTERS.get(text) or (word.MONEY_LETTERS.get(text, 0) if money else 0)


def _scale_word(token: Token) -> int:
    if token.low in word.SCALES:
        return word.SCALES[token.low]
    return {"hundred": 100, "dozen": 12}.get(token.low, 0)


def _vague(tokens: Sequence[Token], at: int) -> Number | None:
    """Hundreds of millions; several billion; a few hundred; dozens."""
    plain_at = at + 1 if tokens[at].low in ("a", "the", "many") else at
    if plain_at >= len(tokens):
        return None
    if tokens[plain_at].low in word.SEVERAL:
        return _several(tokens, plain_at + 1)
    return _plurals(tokens, plain_at)


def _plurals(tokens: Sequence[Token], at: int) -> Number | None:
    unit, end = 1, at
    while end < len(tokens) and (factor := word.VAGUE_PLURALS.get(tokens[end].low)):
        unit, end = unit * factor, end + 1
        if not (end + 1 < len(tokens) and tokens[end].low == "of" and tokens[end + 1].low in word.VAGUE_PLURALS):
            break
        end += 1
    return vague(Decimal(unit), end) if end > at else None


def _several(tokens: Sequence[Token], at: int) -> Number:
    unit = 1
    at += 1 if at < len(tokens) and tokens[at].low == "of" else 0
    while at < len(tokens) and (factor := _scale_word(tokens[at])):
        unit, at = unit * factor, at + 1
    return vague(Decimal(unit), at)


def vague(unit: Decimal, end: int) -> Number:
    """An unsaid number of ``unit``: from two to ten of them, as the words allow."""
    return Number(2 * unit, 10 * unit, None, unit, end, hedge=Hedge.ORDER_OF_MAGNITUDE)


def _words(tokens: Sequence[Token], at: int) -> Number | None:
    """Eighteen; one hundred and three; half a million; two thirds; five point five."""
    if tokens[at].low in ("half", "quarter") or (tokens[at].low == "a" and _low(tokens, at + 1) in word.PARTS):
        return _word_part(tokens, at)
    found = _cardinal(tokens, at)
    if found is None:
        return None
    value, end = found
    scale = Decimal(word.SCALES.get(tokens[end - 1].low, 1))
    number = Number(value, value, grain_of(format(value, "f")), scale, end)
    return _pointed(tokens, number) or _of_parts(tokens, number) or number


def _low(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].low if at < len(tokens) else ""


def _word_part(tokens: Sequence[Token], at: int) -> Number | None:
    """Half, a quarter, a third; half a million is a number and no part."""
    at += tokens[at].low == "a"
    number = _part(ONE, Decimal(word.PARTS[tokens[at].low]), at + 1)
    behind = number.end + (_low(tokens, number.end) in ("a", "of"))
    behind += _low(tokens, behind) == "a"
    scale = _scale_word(tokens[behind]) if behind < len(tokens) else 0
    if not scale:
        return number
    scaled = number.times(Decimal(scale), behind + 1)
    return scaled._replace(grain=grain_of(format(scaled.low.normalize(), "f")), is_part=False)


def _cardinal(tokens: Sequence[Token], at: int) -> tuple[Decimal, int] | None:
    count, place, end = _Count(), at, at
    if _low(tokens, at) == "a" and (
        _low(tokens, at + 1) in word.SCALES or _low(tokens, at + 1) in ("hundred", "dozen")
    ):
        count.group, place = 1, at + 1
    while place < len(tokens):
        if count.takes(tokens[place].low):
            end = place + 1
        elif not _links(tokens, place, end):
            break
        place += 1
    return (Decimal(count.total + count.group), end) if end > at else None


class _Count:
    """Adds up an English number, word by word."""

    def __init__(self) -> None:
        self.total = 0
        self.group = 0
        self.smallest = 10**18

    def takes(self, low: str) -> bool:
        """Whether ``low`` goes on with the number; if so it is counted in."""
        if low in word.UNITS and self.group % 10 == 0 and (self.group % 100 == 0 or word.UNITS[low] < 10):
            self.group += word.UNITS[low]
        elif low in word.TENS and self.group % 100 == 0:
            self.group += word.TENS[low]
        elif low in ("hundred", "dozen") and 0 < self.group < 100:
            self.group *= 100 if low == "hundred" else 12
        elif low in word.SCALES and self.group and word.SCALES[low] < self.smallest:
            self.smallest = word.SCALES[low]
            self.total, self.group = self.total + self.group * self.smallest, 0
        else:
            return False
        return True


def _links(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether ``and`` or a hyphen joins two number words: one hundred and three, twenty-four."""
    if end != at or at == 0 or tokens[at].low not in ("and", "-"):
        return False
    before, behind = tokens[at - 1].low, _low(tokens, at + 1)
    small = behind in word.UNITS or behind in word.TENS
    if tokens[at].low == "and":
        return small and (before == "hundred" or before in word.SCALES)
    return before in word.TENS and behind in word.UNITS and tokens[at].end - tokens[at].start == 1


def _pointed(tokens: Sequence[Token], number: Number) -> Number | None:
    if _low(tokens, number.end) != "point":
        return None
    digits, at = "", number.end + 1
    while (
        at < len(tokens) and tokens[at].low in word.UNITS and word.UNITS[tokens[at].low] < 10 and len(digits) < LONGEST
    ):
        digits, at = digits + str(word.UNITS[tokens[at].low]), at + 1
    if not digits:
        return None
    value = Decimal(f"{number.low:f}.{digits}")
    return _scaled(tokens, Number(value, value, grain_of(f"0.{digits}"), ONE, at), money=False)


def _of_parts(tokens: Sequence[Token], number: Number) -> Number | None:
    """Two thirds, three-quarters, one and a half million."""
    at = number.end
    if _low(tokens, at) == "and" and _low(tokens, at + 1) == "a" and _low(tokens, at + 2) in ("half", "quarter"):
        value = EXACT.add(number.low, ratio(ONE, Decimal(word.PARTS[tokens[at + 2].low])))
        return _scaled(tokens, Number(value, value, grain_of(format(value, "f")), ONE, at + 3), money=False)
    at += _low(tokens, at) == "-"
    under = word.PARTS.get(_low(tokens, at), 0)
    return _part(number.low, Decimal(under), at + 1) if under else None


def han_number(tokens: Sequence[Token], at: int) -> Number | None:
    """The Chinese number that begins at ``at``: 三十五, 二〇二六, 三点五亿, 几十, 数十亿, 上百, 十几, 一百多万."""
    text = tokens[at].text
    if text == "半":
        return Number(Decimal("0.5"), Decimal("0.5"), Decimal("0.1"), ONE, at + 1)
    if text == "上" or text in word.HAN_VAGUE:
        return _han_vague(tokens, at)
    number = _han_positional(tokens, at) or _han_counted(tokens, at)
    return _han_scaled(tokens, number) if number else None


def _han_vague(tokens: Sequence[Token], at: int) -> Number | None:
    unit, end = _han_units(tokens, at + 1)
    if tokens[at].text != "上":
        return vague(unit, end)
    if end == at + 1:
        return None
    return Number(unit, unit, None, unit, end, Bound.AT_LEAST, Hedge.ORDER_OF_MAGNITUDE)


def _han_units(tokens: Sequence[Token], at: int) -> tuple[Decimal, int]:
    unit = 1
    while at < len(tokens) and unit < 10**24 and (factor := _han_unit(tokens[at].text)):
        unit, at = unit * factor, at + 1
    return Decimal(unit), at


def _han_unit(text: str) -> int:
    return word.HAN_TENS.get(text) or word.HAN_SCALES.get(text, 0)


def _han_positional(tokens: Sequence[Token], at: int) -> Number | None:
    """二〇二六, 八五: digit after digit; two that follow each other before a unit (两三千) are a range."""
    end = at
    while end < len(tokens) and tokens[end].text in word.HAN_DIGITS and end - at < LONGEST:
        end += 1
    digits = [word.HAN_DIGITS[token.text] for token in tokens[at:end]]
    if len(digits) < 2:
        return None
    unit, behind = _han_units(tokens, end)
    if len(digits) == 2 and digits[1] == digits[0] + 1 and digits[0] and unit > 1:
        return Number(digits[0] * unit, digits[1] * unit, unit, unit, behind, hedge=Hedge.ABOUT)
    if unit > 1:
        return None
    value = Decimal("".join(map(str, digits)))
    return _han_pointed(tokens, Number(value, value, ONE, ONE, end))


def _han_counted(tokens: Sequence[Token], at: int) -> Number | None:
    """三千五百, 十五, 一万二千亿: each part is a digit and its unit."""
    count, place = _HanCount(), at
    while place < len(tokens) and count.takes(tokens[place].text):
        place += 1
    if place == at:
        return None
    if place < len(tokens) and tokens[place].text in word.HAN_VAGUE and tokens[place - 1].text in word.HAN_TENS:
        return _some_more(int(count.value), count.finest, place + 1)
    lone = tokens[at].text in word.HAN_DIGITS and all(_han_unit(token.text) for token in tokens[at + 1 : place])
    scale = _han_units(tokens, at + 1)[0] if lone else ONE
    return _han_pointed(tokens, Number(count.value, count.value, Decimal(count.finest), scale, place))


class _HanCount:
    """Adds up a Chinese number, character by character."""

    def __init__(self) -> None:
        self.total = 0
        self.group = 0
        self.digit = -1
        self.largest = 1
        self.finest = 1
        self.started = False

    @property
    def value(self) -> Decimal:
        return Decimal(self.total + self.group + max(self.digit, 0))

    def takes(self, text: str) -> bool:
        """Whether ``text`` goes on with the number; if so it is counted in."""
        if text in word.HAN_DIGITS and self.digit <= 0:
            self.digit = word.HAN_DIGITS[text]
            self.finest = 1 if self.digit or not self.started else self.finest
        elif text in word.HAN_TENS and self.digit != 0:
            self.finest = word.HAN_TENS[text]
            self.group, self.digit = self.group + max(self.digit, 1) * self.finest, -1
        elif text in word.HAN_SCALES and self.started and self.total < 10**40:
            self._scaled(word.HAN_SCALES[text])
        else:
            return False
        self.started = True
        return True

    def _scaled(self, scale: int) -> None:
        group = self.group + max(self.digit, 0)
        if scale > self.largest or not group:
            self.total = (self.total + group) * scale
        else:
            self.total += group * scale
        self.largest = max(scale, self.largest) if group else self.largest
        self.finest, self.group, self.digit = (self.finest if self.digit < 0 else 1) * scale, 0, -1


def _some_more(value: int, unit: int, end: int) -> Number:
    """十几: from eleven to nineteen."""
    step = Decimal(unit) / 10
    return Number(value + step, value + 9 * step, None, ONE, end, hedge=Hedge.ORDER_OF_MAGNITUDE)


def _han_pointed(tokens: Sequence[Token], number: Number) -> Number:
    at = number.end
    if not (at < len(tokens) and tokens[at].text in word.HAN_POINT):
        return number
    digits, at = "", at + 1
    while at < len(tokens) and tokens[at].text in word.HAN_DIGITS and len(digits) < LONGEST:
        digits, at = digits + str(word.HAN_DIGITS[tokens[at].text]), at + 1
    if not digits:
        return number
    value = Decimal(f"{number.low:f}.{digits}")
    return Number(value, value, grain_of(f"0.{digits}"), ONE, at)


def _han_scaled(tokens: Sequence[Token], number: Number) -> Number:
    """``number`` with 万, 亿, 多 and the like behind it, and with a smaller part behind those: 3 亿 5000 万."""
    at = number.end
    if at < len(tokens) and tokens[at].text in word.HAN_MORE and number.bound is Bound.EXACT:
        number = number._replace(bound=Bound.MORE_THAN, hedge=Hedge.JUST_OVER, end=at + 1)
    unit, end = _han_units(tokens, number.end)
    scaled = number.times(unit, end)
    if scaled.bound is Bound.EXACT and end < len(tokens) and tokens[end].text in word.HAN_MORE:
        scaled = scaled._replace(bound=Bound.MORE_THAN, hedge=Hedge.JUST_OVER, end=end + 1)
    return _with_smaller(tokens, scaled, unit)


def _with_smaller(tokens: Sequence[Token], number: Number, unit: Decimal) -> Number:
    at = number.end
    if unit < 10**4 or not (
        at < len(tokens) and tokens[at].kind == "number" and tokens[at].start == tokens[at - 1].end
    ):
        return number
    text = digits_of(tokens[at])
    if not text or "." in text:
        return number
    small, end = _han_units(tokens, at + 1)
    part = EXACT.multiply(Decimal(text), small)
    if end == at + 1 or part >= unit:
        return number
    value = EXACT.add(number.low, part)
    return number._replace(low=value, high=value, grain=EXACT.multiply(grain_of(text), small), end=end)
