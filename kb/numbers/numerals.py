"""The number at a token: digits with their scale, fractions, shares, and number words of every language."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from kb.numbers.character_numerals import character_number, place_value, places_at, with_scales
from kb.numbers.lexicon import LEXICON
from kb.numbers.number import EXACT, FINEST, ONE, Digits, Number, digits, in_full, part_of, ratio
from kb.numbers.token import Token
from kb.numbers.word_numerals import cardinal, scaled_words, with_part, word_number

_WORDS, _CHARACTERS, _UNITS = LEXICON.word_numerals, LEXICON.character_numerals, LEXICON.units


GLYPHS = {
    **{"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5)},
    **{"⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8)},
}
"""Fractions in one sign, as numerator and denominator."""


def number_at(tokens: Sequence[Token], at: int, money: bool = False) -> Number | None:
    """The longest number that begins at ``at``; None if none does.

    Args:
        tokens: All tokens of the text.
        at: Index of the first.
        money: Whether the number is an amount of money, so that ``m`` is a million and ``1/2`` is no fraction.
    """
    if at >= len(tokens):
        return None
    kind = tokens[at].kind
    if kind == "number":
        number = _digits(tokens, at, money)
    elif kind == "word":
        number = word_number(tokens, at)
    else:
        number = character_number(tokens, at) if kind == "han" else _glyph(tokens[at], at)
    # "One trillion trillion trillion" is more than is read; its first part alone would be a wrong number.
    too_large = number is not None and number.end < len(tokens) and tokens[number.end].low in _SCALES
    return None if too_large else number


_SCALES = frozenset({*_WORDS.scales, *_CHARACTERS.scales})


def _glyph(token: Token, at: int) -> Number | None:
    if token.text not in GLYPHS:
        return None
    over, under = GLYPHS[token.text]
    return part_of(Decimal(over), Decimal(under), at + 1)


def _digits(tokens: Sequence[Token], at: int, money: bool) -> Number | None:
    numeral = digits(tokens[at].text)
    if numeral is None:
        return None
    number = Number(numeral.value, numeral.value, numeral.grain, ONE, at + 1, digits=True)
    if at + 1 >= len(tokens):
        return number
    if not money and (fraction := _written_fraction(tokens, at, numeral)):
        return fraction
    return _scaled(tokens, number, money)


def _written_fraction(tokens: Sequence[Token], at: int, numeral: Digits) -> Number | None:
    """3/4, 2 1/4, 2½; but not a date with two strokes."""
    simple = _stroke(tokens, at, numeral)
    if simple or not numeral.is_whole:
        return _of_scale(tokens, simple) if simple else None
    behind = tokens[at + 1]
    more = _glyph(behind, at + 1)
    if more is None and behind.kind == "number" and 0 < behind.start - tokens[at].end <= 2:
        under = digits(behind.text)
        more = _stroke(tokens, at + 1, under) if under else None
        more = more if more and more.low < 1 else None
    more = more or _hyphened_part(tokens, at)
    if more is None:
        return None
    value = EXACT.add(numeral.value, more.low)
    return scaled_words(tokens, in_full(value, more.end)._replace(digits=True))


_PARTS_OF_AN_INCH = frozenset(map(Decimal, (2, 3, 4, 8, 16, 32, 64)))


def _hyphened_part(tokens: Sequence[Token], at: int) -> Number | None:
    """The fraction that a hyphen ties to a whole number: 3-1/2 inches; None for 1-222/33."""
    if at + 4 >= len(tokens) or tokens[at + 1].text != "-" or tokens[at + 3].text != "/":
        return None
    touching = all(left.end == right.start for left, right in pairwise(tokens[at : at + 5]))
    over, under = (digits(tokens[place].text) if tokens[place].kind == "number" else None for place in (at + 2, at + 4))
    if not touching or over is None or under is None or under.value not in _PARTS_OF_AN_INCH:
        return None
    return part_of(over.value, under.value, at + 5) if over.value < under.value else None


def _of_scale(tokens: Sequence[Token], part: Number) -> Number:
    """``part`` of the scale behind it: 1/2 million is 500,000, and no fraction."""
    scaled = scaled_words(tokens, part)
    return scaled if scaled is part or scaled.end == part.end else scaled._replace(is_part=False, digits=True)


def _stroke(tokens: Sequence[Token], at: int, numeral: Digits) -> Number | None:
    if at + 2 >= len(tokens) or tokens[at + 1].text != "/" or tokens[at + 2].kind != "number" or not numeral.is_whole:
        return None
    under = digits(tokens[at + 2].text)
    if under is None or not under.is_whole or not under.value or _in_a_row(tokens, at, at + 2):
        return None
    if is_pair(numeral.value, under.value):
        return None
    part = part_of(numeral.value, under.value, at + 3)._replace(digits=True)
    behind = tokens[at + 3] if at + 3 < len(tokens) else None
    if behind is None or not (behind.low in _WORDS.scales or behind.text in _UNITS.scale_letters):
        return part
    # 1/2 million is half of it, but 300/5 million and 3/5M are an amount and what it is per.
    return part if part.low < 1 and behind.low in _WORDS.scales else None


def is_pair(first: Decimal, second: Decimal) -> bool:
    """Whether a stroke sets two numbers side by side, as in a blood pressure of 120/80 and a split of 70/30.

    Nobody divides by 80 to state an amount; what is divided by is small, a part of an inch, or a round hundred.

    >>> is_pair(Decimal(120), Decimal(80)), is_pair(Decimal(70), Decimal(30)), is_pair(Decimal(11), Decimal(8))
    (True, True, False)
    """
    usual = second <= _LARGEST_PART or second in _PARTS_OF_AN_INCH or not second % 100
    return (first >= second and not usual) or (first + second == 100 and min(first, second) >= 10)


_LARGEST_PART = 12


def are_paired(tokens: Sequence[Token], at: int) -> bool:
    """Whether the stroke at ``at`` sets two numbers in digits side by side: ``120/80 mmHg``."""
    if not 0 < at < len(tokens) - 1 or {tokens[at - 1].kind, tokens[at + 1].kind} != {"number"}:
        return False
    first, second = digits(tokens[at - 1].text), digits(tokens[at + 1].text)
    return first is not None and second is not None and is_pair(first.value, second.value)


def _in_a_row(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether strokes or hyphens tie more digits to those from ``first`` to ``last``: 5/17/2018, 1-222/33."""
    before = first > 1 and tokens[first - 1].text in _TIES and tokens[first - 1].end == tokens[first].start
    if before and tokens[first - 2].kind == "number" and tokens[first - 2].end == tokens[first - 1].start:
        return True
    behind = last + 2 < len(tokens) and tokens[last + 1].text in _TIES and tokens[last + 1].start == tokens[last].end
    return behind and tokens[last + 2].kind == "number" and tokens[last + 2].start == tokens[last + 1].end


_TIES = frozenset(("/", "-"))


def _scaled(tokens: Sequence[Token], number: Number, money: bool) -> Number:
    """``number`` with the scale words behind it: k, million, hundred thousand, 万亿, 多万."""
    at = number.end
    behind = tokens[at]
    if _hyphened_scale(tokens, at):
        return number.times(Decimal(_WORDS.scales[tokens[at + 1].low]), at + 2)
    if behind.kind == "han":
        return with_scales(tokens, number)
    if behind.kind != "word":
        return number
    if factor := _letter(tokens, at, money):
        return number.times(Decimal(factor), at + 1)
    if behind.low in _GOING_ON:
        return _in_words(tokens, number)
    return number


def _hyphened_scale(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen ties a scale to digits, and nothing else to the scale: $34.6-million."""
    if tokens[at].text != "-" or at + 1 >= len(tokens) or tokens[at + 1].low not in _WORDS.scales:
        return False
    touching = tokens[at].start == tokens[at - 1].end and tokens[at + 1].start == tokens[at].end
    goes_on = at + 2 < len(tokens) and tokens[at + 2].text == "-" and tokens[at + 2].start == tokens[at + 1].end
    return touching and not goes_on


def scaled_behind(tokens: Sequence[Token], number: Number) -> Number:
    """``number``, an amount of money, with the scale at its end."""
    return _scaled(tokens, number, True) if number.end < len(tokens) else number


_GOING_ON = frozenset({*_WORDS.scales, *_WORDS.hundreds, *_WORDS.dozens, *_WORDS.ands})
"""Words that go on with a number in digits."""


def _in_words(tokens: Sequence[Token], number: Number) -> Number:
    """Digits that words go on with: 3 hundred and 21, 3 million and a half, 2 hundred thousand."""
    at = number.end - 1
    if mixed := with_part(tokens, at):
        return mixed._replace(digits=True)
    if tokens[number.end].low in _WORDS.ands:
        return number
    counted = _counted(tokens, at)
    scaled = scaled_words(tokens, number)
    return counted if counted and counted.end > scaled.end else scaled


def _counted(tokens: Sequence[Token], at: int) -> Number | None:
    """Digits as the first part of a count in words."""
    count = cardinal(tokens, at, len(tokens))
    if count is None:
        return None
    scale = Decimal(_WORDS.scales.get(tokens[count.end - 1].low, 1))
    return Number(count.value, count.value, ONE, scale, count.end, digits=True)


def _letter(tokens: Sequence[Token], at: int, money: bool) -> int:
    gap = tokens[at].start - tokens[at - 1].end
    if gap > 2:
        return 0
    text = tokens[at].text
    sign = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end else None
    if sign is not None and sign.text in _UNITS.money_signs and sign.text != "$" and text in _UNITS.sign_scales:
        return _UNITS.sign_scales[text]
    return _UNITS.scale_letters.get(text) or (_UNITS.money_letters.get(text, 0) if money else 0)


_WHOLE_LINKS = _WORDS.out | _WORDS.of | _WORDS.among | _WORDS.divided_by


def of_whole(tokens: Sequence[Token], number: Number) -> Number:
    """``number`` as a fraction where its whole follows: ``40 out of 45``, ``one in five``, ``one over three``."""
    at = number.end
    if number.scale != ONE or number.grain is None or number.is_part or at + 1 >= len(tokens):
        return number
    link = tokens[at].low
    at += 2 if link in _WORDS.out and tokens[at + 1].low in _WORDS.of else 1
    if link not in _WHOLE_LINKS:
        return number
    divides = link in _WORDS.divided_by
    at += at < len(tokens) and tokens[at].low in _WORDS.wholes and not divides
    whole = number_at(tokens, at)
    if whole is None or whole.low != whole.high or not whole.low or whole.grain is None or whole.is_part:
        return number
    if not (_over(tokens, whole) if divides else whole.low >= number.high and not _year(link, number, tokens[at])):
        return number
    part = ratio(number.low, whole.low)
    return Number(part, part, FINEST, ONE, whole.end, number.bound, number.hedge, is_part=True)


def _over(tokens: Sequence[Token], whole: Number) -> bool:
    """Whether "over" divides; in ``$50 over 3 years`` it does not, as something is counted behind the second number."""
    behind = tokens[whole.end] if whole.end < len(tokens) else None
    return behind is None or behind.kind not in ("word", "han", "number")


def _year(link: str, number: Number, token: Token) -> bool:
    """Whether the whole is really a year: ``3 in 2009`` names one, ``1 in 2000`` is a share."""
    return link in _WORDS.among and number.low != ONE and len(token.text) == 4 and token.text[:2] in ("19", "20")


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
    """The share that begins at ``at`` with its whole: 百分之五, 三分之二, 打对折; None if none does."""
    if tokens[at].kind != "han" and (at + 1 >= len(tokens) or tokens[at + 1].kind != "han"):
        return None
    # 对折 alone is also a fold of paper; behind 打 it is half of the price.
    if tokens[at].text in _CHARACTERS.half_price and at and tokens[at - 1].text in _CHARACTERS.price_verbs:
        return Share(_number(Decimal(5), ONE, at + 1), _TENTH, at + 1)
    if not _has_parts(tokens, at):
        return None
    unit, end = places_at(tokens, at)
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
    return any(tokens[place].text in _PART_STARTS for place in range(at + 1, min(at + _LONGEST, len(tokens))))


_PART_STARTS = frozenset(start for part in _CHARACTERS.parts for start in (part, part[0]))


def parts_at(tokens: Sequence[Token], at: int) -> int:
    """The index behind 分之 at ``at``, even with blanks between its characters; 0 if it is not there."""
    return max((spelled(tokens, at, part) for part in _CHARACTERS.parts), default=0)


def _of_unit(tokens: Sequence[Token], at: int, unit: Decimal) -> Share | None:
    if at >= len(tokens):
        return None
    number = number_at(tokens, at)
    if number is None and unit == 100 and place_value(tokens[at].text) == 100:
        number = _number(Decimal(100), ONE, at + 1)
    return Share(number, ratio(ONE, unit), number.end) if number else None


def _number(value: Decimal, grain: Decimal, end: int) -> Number:
    return Number(value, value, grain, ONE, end)


def with_whole(tokens: Sequence[Token], number: Number) -> Number:
    """``number`` with the fraction behind 又: 五又三分之一 (5.33…); unchanged if there is none."""
    at = number.end
    if at + 1 >= len(tokens) or tokens[at].text not in _CHARACTERS.with_part or number.low != number.high:
        return number
    share = share_at(tokens, at + 1)
    part = share.number if share and share.factor == ONE else number_at(tokens, at + 1)
    if part is None or not part.is_part or part.low >= 1:
        return number
    value = EXACT.add(number.low, part.low)
    return in_full(value, part.end)


def share_behind(tokens: Sequence[Token], number: Number) -> Share | None:
    """The share that ``number`` counts: 三成半, 八五折, 6 个百分点; None if it counts none."""
    at = number.end
    if at >= len(tokens) or tokens[at].kind not in ("han", "number"):
        return None
    for name in _CHARACTERS.points_of_share:
        if name[0] == tokens[at].text[0] and (end := spelled(tokens, at, name)):
            return Share(number, _CENT, end)
    if tokens[at].text in _CHARACTERS.tenths:
        return _tenths(tokens, number)
    number = _two_digits(tokens, number)
    if number.end < len(tokens) and tokens[number.end].text in _CHARACTERS.discounts:
        return _discount(number)
    return None


def _tenths(tokens: Sequence[Token], number: Number) -> Share | None:
    """三成 is three tenths, 七成六 is 76 hundredths, 三成半 is 35 hundredths."""
    at = number.end + 1
    behind = tokens[at].text if at < len(tokens) else ""
    if behind in _CHARACTERS.no_tenths or number.low > 10:
        return None
    more = Decimal(5) if behind in _CHARACTERS.half else Decimal(_CHARACTERS.digits.get(behind, 0))
    ends = at + 1 >= len(tokens) or not (place_value(tokens[at + 1].text) or tokens[at + 1].text in _CHARACTERS.digits)
    if not more or not ends:
        return Share(number, _TENTH, at)
    value = EXACT.add(number.low, EXACT.multiply(more, _TENTH))
    return Share(number._replace(low=value, high=value, grain=_TENTH, end=at + 1), _TENTH, at + 1)


def _two_digits(tokens: Sequence[Token], number: Number) -> Number:
    """``number`` with a second digit that stands apart before 折: 7 2 折."""
    at = number.end
    if not (number.digits and number.low < 10 and at + 1 < len(tokens) and tokens[at].kind == "number"):
        return number
    numeral = (
        digits(tokens[at].text) if len(tokens[at].text) == 1 and tokens[at + 1].text in _CHARACTERS.discounts else None
    )
    if numeral is None or number.grain != ONE:
        return number
    return number._replace(low=number.low * 10 + numeral.value, high=number.high * 10 + numeral.value, end=at + 1)


def _discount(number: Number) -> Share | None:
    """九折 is nine tenths of the price, 八五折 is 85 hundredths, 半折 is half of it; 十折 is no discount."""
    if not 0 < number.low < 100 or number.low == 10:
        return None
    if number.low < 1:
        return Share(_number(number.low * 10, ONE, number.end), _TENTH, number.end + 1)
    return Share(number, _TENTH if number.low < 10 else _CENT, number.end + 1)


def spelled(tokens: Sequence[Token], at: int, phrase: str) -> int:
    """The index behind ``phrase`` if the tokens from ``at`` spell it, with or without blanks; else 0."""
    rest = phrase
    while rest and at < len(tokens) and rest.startswith(tokens[at].text):
        rest, at = rest[len(tokens[at].text) :], at + 1
    return 0 if rest else at
