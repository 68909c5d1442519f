"""Per what is an amount told? ``/ month``, ``per million tokens``, ``a year``, ``monthly``, 每月."""

from collections.abc import Sequence
from decimal import Decimal

from kb.domain.notation import word
from kb.domain.notation.amount import unit_at
from kb.domain.notation.number import ONE
from kb.domain.notation.numeral import number_at
from kb.domain.notation.token import Token
from kb.domain.noun import singular

Rate = tuple[Decimal, str]
"""How many of which noun: ``(10**6, "token")`` for "per million tokens"."""


def rate_at(tokens: Sequence[Token], at: int) -> tuple[Rate, int] | None:
    """``/ month``, ``per million tokens``, ``a year``, ``-a-month``, ``monthly``, ``每月``."""
    if at < len(tokens) and tokens[at].low in word.ADVERBS:
        return (ONE, word.ADVERBS[tokens[at].low]), at + 1
    at += _hyphen(tokens, at)
    if at + 1 >= len(tokens) or tokens[at].low not in word.PER:
        return None
    article = tokens[at].low in ("a", "an")
    if tokens[at].text == "/" and tokens[at + 1].text in _SHORT_TIMES:
        return (ONE, _SHORT_TIMES[tokens[at + 1].text]), at + 2
    at += 1
    at += _hyphen(tokens, at)
    scale, at = _rate_scale(tokens, at)
    said = unit_at(tokens, at)
    if said and said[1] == ONE and said[0] not in ("fraction", "multiple"):
        return (scale, said[0]), said[2]
    if article or at >= len(tokens) or tokens[at].kind != "word" or not _names_a_thing(tokens[at]):
        return None
    return (scale, singular(tokens[at].text)), at + 1


_SHORT_TIMES = {"h": "hour", "s": "second"}
"""Letters for a time behind a stroke: ``70 km/h``."""


def _names_a_thing(token: Token) -> bool:
    return token.low not in word.NO_NOUNS and token.low != "cent" and len(token.text) > 1


def _hyphen(tokens: Sequence[Token], at: int) -> int:
    return 1 if 0 < at < len(tokens) and tokens[at].text == "-" and tokens[at - 1].end == tokens[at].start else 0


def _rate_scale(tokens: Sequence[Token], at: int) -> tuple[Decimal, int]:
    """How many of the noun are meant: per million, /1M, /M, 每百万."""
    if at + 1 >= len(tokens):
        return ONE, at
    low = tokens[at].low
    if low in word.SCALES or low in ("hundred", "dozen"):
        return Decimal(word.SCALES.get(low) or {"hundred": 100, "dozen": 12}[low]), at + 1
    if tokens[at].text in word.LETTERS and tokens[at + 1].kind == "word":
        return Decimal(word.LETTERS[tokens[at].text]), at + 1
    number = number_at(tokens, at)
    if not number or number.low != number.high or number.low <= 0 or number.is_part:
        return ONE, at
    return number.low, number.end
