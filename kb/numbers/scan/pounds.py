"""Coins that are weights as well: 85 Pfund beside a word for weighing, and 3 Pfund Mehl, are no money."""

from itertools import takewhile

from kb.numbers.lexicon import LEXICON
from kb.numbers.number import ONE, Amount, in_unit
from kb.numbers.scan.candidate import Candidate
from kb.numbers.token import Token

_UNITS, _WORDS = LEXICON.units, LEXICON.word_numerals
_FAR, _NEAR = 8, 3
_ENDS = frozenset(".!?;:。！？")


def as_weight(candidate: Candidate) -> Candidate:
    """``candidate`` in a unit of weight where its coin stands beside a word for weighing, or before what is weighed."""
    at, figure = candidate.figure.high.number.end, candidate.figure
    weight = _UNITS.weights.get(candidate.token(at).low)
    if weight is None or figure.high.end != at + 1 or figure.high.factor != ONE or candidate.tokens[at].kind != "word":
        return candidate
    if not (_is_before_goods(candidate, at + 1) or (not candidate.is_scaled and _is_weighed(candidate))):
        return candidate

    def weighed(amount: Amount) -> Amount:
        return in_unit(amount.number, *weight, amount.end)

    high = weighed(figure.high)
    low = high if figure.low is figure.high else weighed(figure.low)
    return candidate.having(figure._replace(low=low, high=high))


def _is_before_goods(candidate: Candidate, at: int) -> bool:
    """Whether what stands at ``at`` is weighed: 3 Pfund Mehl, 3 Pfund gemahlenen Kaffee, 3 pounds of flour."""
    at += candidate.token(at).low in _WORDS.of
    return any(candidate.token(place).low in _UNITS.goods for place in (at, at + 1) if _is_word(candidate, at))


def _is_word(candidate: Candidate, at: int) -> bool:
    token = candidate.token(at)
    return token.kind == "word" and token.low not in LEXICON.stops.no_heads


def _is_weighed(candidate: Candidate) -> bool:
    before = reversed(candidate.tokens[max(candidate.first - _FAR, 0) : candidate.first])
    behind = candidate.tokens[candidate.figure.end : candidate.figure.end + _NEAR]
    words = (*takewhile(_goes_on, before), *takewhile(_goes_on, behind))
    return any(token.low in _UNITS.weighing for token in words)


def _goes_on(token: Token) -> bool:
    return token.text not in _ENDS and token.kind != "break"
