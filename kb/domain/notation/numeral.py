"""Which number stands here? Digits with their scale, and numbers in words of both languages."""

from collections.abc import Sequence
from decimal import Decimal

from kb.domain.notation import word
from kb.domain.notation.english import english_number, scaled_words
from kb.domain.notation.han import han_number, han_scaled
from kb.domain.notation.number import ONE, Number, digits_of, grain_of, part_of
from kb.domain.notation.token import Token


def number_at(tokens: Sequence[Token], at: int, money: bool = False) -> Number | None:
    """The longest number that begins at ``at``; None where none does.

    Args:
        tokens: All tokens of the text.
        at: Index of the first.
        money: Whether money is meant, so that ``m`` is a million.
    """
    if at >= len(tokens):
        return None
    kind = tokens[at].kind
    if kind == "number":
        return _digits(tokens, at, money)
    if kind == "word":
        return english_number(tokens, at)
    if kind == "han":
        return han_number(tokens, at)
    return _glyph(tokens[at], at)


def _glyph(token: Token, at: int) -> Number | None:
    if token.text not in word.GLYPHS:
        return None
    over, under = word.GLYPHS[token.text]
    return part_of(Decimal(over), Decimal(under), at + 1)


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
    return part_of(number.low, Decimal(under), at + 2)


def _scaled(tokens: Sequence[Token], number: Number, money: bool) -> Number:
    """``number`` with the scale words behind it: k, million, hundred thousand, 万亿, 多万."""
    at = number.end
    if at < len(tokens) and tokens[at].kind == "han":
        return han_scaled(tokens, number)
    factor = _letter(tokens, at, money)
    if factor:
        return number.times(Decimal(factor), at + 1)
    return scaled_words(tokens, number)


def _letter(tokens: Sequence[Token], at: int, money: bool) -> int:
    if at >= len(tokens) or tokens[at].kind != "word" or tokens[at].start - tokens[at - 1].end > 1:
        return 0
    text = tokens[at].text
    return word.LETTERS.get(text) or (word.MONEY_LETTERS.get(text, 0) if money else 0)
