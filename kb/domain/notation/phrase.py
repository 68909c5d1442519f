"""Which bound or hedge is worded here? Phrases of one or more tokens, the longest first."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kb.domain.notation import bound_word
from kb.domain.notation.token import Token, tokens
from kb.domain.quantity import Bound, Hedge


class Stance(NamedTuple):
    """What the words around a number do to it."""

    bound: Bound = Bound.EXACT
    hedge: Hedge = Hedge.NONE

    def and_then(self, meaning: bound_word.Meaning) -> "Stance | None":
        """Both together; None where they leave two different sides open."""
        bound, hedge = meaning
        if bound and self.bound is not Bound.EXACT and bound is not self.bound:
            return None
        return Stance(bound or self.bound, hedge or self.hedge)


Trie = dict[str, list[tuple[tuple[str, ...], bound_word.Meaning]]]


def _by_first(phrases: Mapping[str, bound_word.Meaning]) -> Trie:
    found: Trie = {}
    for phrase, meaning in phrases.items():
        first, *rest = (token.low for token in tokens(phrase))
        found.setdefault(first, []).append((tuple(rest), meaning))
    for variants in found.values():
        variants.sort(key=lambda variant: -len(variant[0]))
    return found


_LEADS = _by_first(bound_word.LEADS)
_TRAILS = _by_first(bound_word.TRAILS)
FIRST_LEADS = frozenset(_LEADS)
"""First tokens of what may stand before a number."""
_OR_EQUAL = _by_first(dict.fromkeys(bound_word.OR_EQUAL, (None, None)))
_EQUALS = _by_first(dict.fromkeys(bound_word.EQUALS, (None, None)))


def lead_at(tokens: Sequence[Token], at: int) -> tuple[bound_word.Meaning, int] | None:
    """The phrase before a number that begins at ``at``, and the index behind it."""
    return _phrase_at(_LEADS, tokens, at)


def trail_at(tokens: Sequence[Token], at: int) -> tuple[bound_word.Meaning, int] | None:
    """The phrase behind a number that begins at ``at``, and the index behind it."""
    return _phrase_at(_TRAILS, tokens, at)


def or_equal_at(tokens: Sequence[Token], at: int) -> int:
    """The index behind ``or equal to`` at ``at``; 0 where it does not stand there."""
    found = _phrase_at(_OR_EQUAL, tokens, at)
    return found[1] if found else 0


def equals_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether words at ``at`` say that it is the number itself: equal to."""
    return _phrase_at(_EQUALS, tokens, at) is not None


def between_at(tokens: Sequence[Token], at: int) -> int:
    """The index behind 之间 at ``at``; 0 where it does not stand there."""
    return at + 1 if at < len(tokens) and tokens[at].text in bound_word.BETWEEN else 0


def _phrase_at(phrases: Trie, tokens: Sequence[Token], at: int) -> tuple[bound_word.Meaning, int] | None:
    if at >= len(tokens):
        return None
    for rest, meaning in phrases.get(tokens[at].low, ()):
        end = at + 1 + len(rest)
        if end <= len(tokens) and all(token.low == low for token, low in zip(tokens[at + 1 : end], rest, strict=True)):
            return meaning, end
    return None
