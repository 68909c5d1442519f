"""Which bound or hedge is worded here? Phrases of one or more tokens, the longest first."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kb.domain.notation import word
from kb.domain.notation.token import Token, tokens
from kb.domain.quantity import Bound, Hedge


class Stance(NamedTuple):
    """What the words around a number do to it."""

    bound: Bound = Bound.EXACT
    hedge: Hedge = Hedge.NONE

    def and_then(self, meaning: word.Meaning) -> "Stance | None":
        """Both together; None where they leave two different sides open."""
        bound, hedge = meaning
        if bound and self.bound is not Bound.EXACT and bound is not self.bound:
            return None
        return Stance(bound or self.bound, hedge or self.hedge)


Trie = dict[str, list[tuple[tuple[str, ...], word.Meaning]]]


def _by_first(phrases: Mapping[str, word.Meaning]) -> Trie:
    found: Trie = {}
    for phrase, meaning in phrases.items():
        first, *rest = (token.low for token in tokens(phrase))
        found.setdefault(first, []).append((tuple(rest), meaning))
    for variants in found.values():
        variants.sort(key=lambda variant: -len(variant[0]))
    return found


_LEADS = _by_first(word.LEADS)
_TRAILS = _by_first(word.TRAILS)


def lead_at(tokens: Sequence[Token], at: int) -> tuple[word.Meaning, int] | None:
    """The phrase before a number that begins at ``at``, and the index behind it."""
    return _phrase_at(_LEADS, tokens, at)


def trail_at(tokens: Sequence[Token], at: int) -> tuple[word.Meaning, int] | None:
    """The phrase behind a number that begins at ``at``, and the index behind it."""
    return _phrase_at(_TRAILS, tokens, at)


def _phrase_at(phrases: Trie, tokens: Sequence[Token], at: int) -> tuple[word.Meaning, int] | None:
    if at >= len(tokens):
        return None
    for rest, meaning in phrases.get(tokens[at].low, ()):
        end = at + 1 + len(rest)
        if end <= len(tokens) and all(token.low == low for token, low in zip(tokens[at + 1 : end], rest, strict=True)):
            return meaning, end
    return None
