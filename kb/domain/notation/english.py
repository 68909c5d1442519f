"""Which number do English words say? Eighteen, half a million, two thirds, five point five, hundreds of millions."""

from collections.abc import Sequence
from decimal import Decimal

from kb.domain.notation import word
from kb.domain.notation.cardinal import MOST, cardinal
from kb.domain.notation.digits import LONGEST, grain_of
from kb.domain.notation.number import ONE, Number, exactly, vague
from kb.domain.notation.part import part, scale_word
from kb.domain.notation.token import Token

_BEGINNINGS = frozenset(
    {*word.UNITS, *word.TENS, *word.HUNDREDS, *word.HALVES, *word.VAGUE_PLURALS, *word.SEVERAL}
    | {"a", "an", "the", "many"}
)


def english_number(tokens: Sequence[Token], at: int) -> Number | None:
    """The number in English words that begins at ``at``; None where none does."""
    if tokens[at].low not in _BEGINNINGS:
        return None
    return _vague(tokens, at) or part(tokens, at) or _counted(tokens, at)


def _counted(tokens: Sequence[Token], at: int) -> Number | None:
    """Eighteen; one hundred and three; five point five million. "The one" is nobody's number."""
    count = cardinal(tokens, at, len(tokens))
    if count is None or _is_pronoun(tokens, at, count.end):
        return None
    scale = Decimal(word.SCALES.get(tokens[count.end - 1].low, 1))
    number = exactly(count.value, count.end, scale)
    return _pointed(tokens, number) or number


def _is_pronoun(tokens: Sequence[Token], at: int, end: int) -> bool:
    return end == at + 1 and tokens[at].low == "one" and at > 0 and tokens[at - 1].low in word.POINTERS


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
    while end < len(tokens) and unit < MOST and (factor := word.VAGUE_PLURALS.get(tokens[end].low)):
        unit, end = unit * factor, end + 1
        if not (end + 1 < len(tokens) and tokens[end].low == "of" and tokens[end + 1].low in word.VAGUE_PLURALS):
            break
        end += 1
    return vague(Decimal(unit), end) if end > at else None


def _several(tokens: Sequence[Token], at: int) -> Number:
    unit, place = 1, at
    place += place < len(tokens) and tokens[place].low == "of"
    while place < len(tokens) and unit < MOST and (factor := scale_word(tokens[place])):
        unit, place = unit * factor, place + 1
    some = place < len(tokens) and tokens[place].low in ("the", "them", "these", "those", "us", "you")
    return vague(Decimal(unit), at if some else place)


def _pointed(tokens: Sequence[Token], number: Number) -> Number | None:
    """Two hundred point zero three; nought point eleven; five point five million."""
    at = number.end
    if at + 1 >= len(tokens) or tokens[at].low != "point" or number.low != number.low.to_integral_value():
        return None
    said, end = "", at + 1
    while len(said) < LONGEST and end < len(tokens) and word.UNITS.get(tokens[end].low, 10) < 10:
        said, end = said + str(word.UNITS[tokens[end].low]), end + 1
    if not said:
        tens = cardinal(tokens, end, len(tokens))
        if tens is None or not 10 <= tens.value < 100 or tens.scale != 1 or tokens[end].kind != "word":
            return None
        said, end = str(tens.value), tens.end
    value = Decimal(f"{number.low:f}.{said}")
    return scaled_words(tokens, Number(value, value, grain_of(f"0.{said}"), ONE, end))


def scaled_words(tokens: Sequence[Token], number: Number) -> Number:
    """``number`` multiplied by the English scale words behind it: 2 hundred thousand."""
    at = number.end
    while at < len(tokens) and number.scale < MOST and (factor := scale_word(tokens[at])):
        number, at = number.times(Decimal(factor), at + 1), at + 1
    return number
