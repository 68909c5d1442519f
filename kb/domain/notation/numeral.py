"""Which number stands here? Digits with their scale, fractions, and numbers in words of both languages."""

from collections.abc import Sequence
from decimal import Decimal

from kb.domain.notation import han_word, word
from kb.domain.notation.cardinal import cardinal
from kb.domain.notation.digits import Digits, digits
from kb.domain.notation.english import english_number, scaled_words
from kb.domain.notation.han import han_number, han_scaled
from kb.domain.notation.number import EXACT, FINEST, ONE, Number, in_full, part_of, ratio
from kb.domain.notation.part import ordinal, with_part
from kb.domain.notation.token import Token


def number_at(tokens: Sequence[Token], at: int, money: bool = False) -> Number | None:
    """The longest number that begins at ``at``; None where none does.

    Args:
        tokens: All tokens of the text.
        at: Index of the first.
        money: Whether money is meant, so that ``m`` is a million and ``1/2`` are two numbers.
    """
    if at >= len(tokens):
        return None
    kind = tokens[at].kind
    if kind == "number":
        number = _digits(tokens, at, money)
    elif kind == "word":
        number = english_number(tokens, at)
    else:
        number = han_number(tokens, at) if kind == "han" else _glyph(tokens[at], at)
    too_large = number is not None and number.end < len(tokens) and tokens[number.end].low in _SCALES
    return None if too_large else number


_SCALES = frozenset({*word.SCALES, *han_word.SCALES})
"""A scale that is left over behind a number tells that the number went on beyond all that is read."""


def _glyph(token: Token, at: int) -> Number | None:
    if token.text not in word.GLYPHS:
        return None
    over, under = word.GLYPHS[token.text]
    return part_of(Decimal(over), Decimal(under), at + 1)


def _digits(tokens: Sequence[Token], at: int, money: bool) -> Number | None:
    said = digits(tokens[at].text)
    if said is None:
        return None
    number = Number(said.value, said.value, said.grain, ONE, at + 1, digits=True)
    if at + 1 >= len(tokens):
        return number
    if not money and (found := _written_fraction(tokens, at, said)):
        return found
    return _scaled(tokens, number, money)


def _written_fraction(tokens: Sequence[Token], at: int, said: Digits) -> Number | None:
    """3/4, 2 1/4, 2½; but not a date with two strokes."""
    simple = _stroke(tokens, at, said)
    if simple or not said.is_whole:
        return simple
    behind = tokens[at + 1]
    more = _glyph(behind, at + 1)
    if more is None and behind.kind == "number" and 0 < behind.start - tokens[at].end <= 2:
        under = digits(behind.text)
        more = _stroke(tokens, at + 1, under) if under else None
        more = more if more and more.low < 1 else None
    if more is None:
        return None
    value = EXACT.add(said.value, more.low)
    return scaled_words(tokens, in_full(value, more.end)._replace(digits=True))


def _stroke(tokens: Sequence[Token], at: int, said: Digits) -> Number | None:
    if at + 2 >= len(tokens) or tokens[at + 1].text != "/" or tokens[at + 2].kind != "number" or not said.is_whole:
        return None
    under = digits(tokens[at + 2].text)
    if under is None or not under.is_whole or not under.value or _in_a_row(tokens, at, at + 2):
        return None
    behind = tokens[at + 3] if at + 3 < len(tokens) else None
    if behind is not None and (behind.low in word.SCALES or behind.text in word.LETTERS):
        return None
    return part_of(said.value, under.value, at + 3)._replace(digits=True)


def _in_a_row(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether more digits are tied to those from ``first`` to ``last`` by strokes or hyphens: 5/17/2018, 1-222/33."""
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
    if behind.kind == "han":
        return han_scaled(tokens, number)
    if behind.kind != "word":
        return number
    if factor := _letter(tokens, at, money):
        return number.times(Decimal(factor), at + 1)
    if behind.low in _WORDS:
        return _in_words(tokens, number)
    return number


_WORDS = frozenset({*word.SCALES, *word.HUNDREDS, *word.DOZENS, "and"})


def _in_words(tokens: Sequence[Token], number: Number) -> Number:
    """Digits that words go on with: 3 hundred and 21, 3 million and a half, 2 hundred thousand."""
    at = number.end - 1
    if mixed := with_part(tokens, at):
        return mixed._replace(digits=True)
    if tokens[number.end].low == "and":
        return number
    counted = _counted(tokens, at)
    scaled = scaled_words(tokens, number)
    return counted if counted and counted.end > scaled.end else scaled


def _counted(tokens: Sequence[Token], at: int) -> Number | None:
    """Digits as the first part of a count in words."""
    count = cardinal(tokens, at, len(tokens))
    if count is None:
        return None
    scale = Decimal(word.SCALES.get(tokens[count.end - 1].low, 1))
    return Number(count.value, count.value, ONE, scale, count.end, digits=True)


def _letter(tokens: Sequence[Token], at: int, money: bool) -> int:
    gap = tokens[at].start - tokens[at - 1].end
    if gap > 2:
        return 0
    text = tokens[at].text
    return word.LETTERS.get(text) or (word.MONEY_LETTERS.get(text, 0) if money else 0)


def of_whole(tokens: Sequence[Token], number: Number, *, of: bool = True) -> Number:
    """``40 out of 45``, ``one in five``, ``one over three`` as a fraction; any other number stays as it is.

    Args:
        tokens: All tokens of the text.
        number: The number before those words.
        of: Whether ``of`` alone will do: 40 of the 45 citations.
    """
    at = number.end
    if number.scale != ONE or number.grain is None or number.is_part or at + 1 >= len(tokens):
        return number
    link = tokens[at].low
    at += 2 if link == "out" and tokens[at + 1].low == "of" else 1
    if link not in ("out", "in", "over", "of") or (link == "of" and not of):
        return number
    at += at < len(tokens) and tokens[at].low in ("the", "every") and link != "over"
    whole = number_at(tokens, at)
    if whole is None or whole.low != whole.high or not whole.low or whole.grain is None or whole.is_part:
        return number
    if not (
        _over(tokens, whole) if link == "over" else whole.low >= number.high and not _year(link, number, tokens[at])
    ):
        return number
    part = ratio(number.low, whole.low)
    return Number(part, part, FINEST, ONE, whole.end, number.bound, number.hedge, is_part=True)


def _over(tokens: Sequence[Token], whole: Number) -> bool:
    """Whether ``over`` divides: nothing is counted behind the second number (``over 3 years``)."""
    behind = tokens[whole.end] if whole.end < len(tokens) else None
    return behind is None or behind.kind not in ("word", "han", "number")


def _year(link: str, number: Number, token: Token) -> bool:
    """``3 in 2009`` is told of a year, ``1 in 2000`` is a share."""
    return link == "in" and number.low != ONE and len(token.text) == 4 and token.text[:2] in ("19", "20")


def ordinal_at(tokens: Sequence[Token], at: int) -> Number | None:
    """The ordinal that begins at ``at``: 21st, twenty-first, sixtieth trillion, 第三; None where none does."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind == "word":
        return ordinal(tokens, at)
    if token.kind == "number" and at + 1 < len(tokens) and tokens[at + 1].low in word.SUFFIXES:
        said = digits(token.text) if tokens[at + 1].start == token.end else None
        return Number(said.value, said.value, ONE, ONE, at + 2, digits=True, is_ordinal=True) if said else None
    if token.text in han_word.PLACES and at + 1 < len(tokens) and tokens[at + 1].kind in ("han", "number"):
        number = number_at(tokens, at + 1)
        return number._replace(is_ordinal=True) if number and number.low == number.high else None
    return None


def may_be_ordinal(tokens: Sequence[Token], at: int) -> bool:
    """Whether it is worth the while to look for an ordinal at ``at``."""
    low = tokens[at].low
    if tokens[at].kind == "number":
        return at + 1 < len(tokens) and tokens[at + 1].low in word.SUFFIXES
    return low in word.ORDINALS or low in word.UNITS or low in word.TENS or low in ("a", *han_word.PLACES)
