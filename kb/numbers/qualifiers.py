"""The phrases around a number that limit or hedge it, and what they say together."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kb.domain.quantity import Bound, Hedge
from kb.numbers.lexicon import LEXICON
from kb.numbers.token import Token, tokens
from kb.numbers.word_tables import Meaning

_BOUNDS = LEXICON.bounds


class Qualifier(NamedTuple):
    """The bound and the hedge that the words around a number give it."""

    bound: Bound = Bound.EXACT
    hedge: Hedge = Hedge.NONE

    def and_then(self, meaning: Meaning) -> "Qualifier | None":
        """Both together; None if they leave two different sides open."""
        bound, hedge = meaning
        if bound and self.bound is not Bound.EXACT and bound is not self.bound:
            return None
        return Qualifier(bound or self.bound, hedge or self.hedge)


Trie = dict[str, list[tuple[tuple[str, ...], Meaning]]]


def _by_first(phrases: Mapping[str, Meaning]) -> Trie:
    trie: Trie = {}
    for phrase, meaning in phrases.items():
        first, *rest = (token.low for token in tokens(phrase))
        trie.setdefault(first, []).append((tuple(rest), meaning))
    for variants in trie.values():
        variants.sort(key=lambda variant: -len(variant[0]))
    return trie


_LEADS = _by_first(_BOUNDS.leads)
_TRAILS = _by_first(_BOUNDS.trails)
_LONGEST_PHRASE = max(len(rest) for phrases in (_LEADS, _TRAILS) for known in phrases.values() for rest, _ in known) + 1
FIRST_LEADS = frozenset(_LEADS)
"""First tokens of the phrases that may stand before a number."""
_ALL_BUT = _by_first(dict.fromkeys(_BOUNDS.all_but, (None, None)))
FIRST_EXCEPTIONS = frozenset(_ALL_BUT)
"""First tokens of the phrases before the number of exceptions to a whole."""
_OR_EQUAL = _by_first(dict.fromkeys(_BOUNDS.or_equal, (None, None)))


def lead_at(tokens: Sequence[Token], at: int) -> tuple[Meaning, int] | None:
    """The meaning of the phrase at ``at`` before a number, and the index behind it; None if there is none."""
    return _phrase_at(_LEADS, tokens, at)


def trail_at(tokens: Sequence[Token], at: int) -> tuple[Meaning, int] | None:
    """The meaning of the phrase at ``at`` behind a number, and the index behind it; None if there is none."""
    return _phrase_at(_TRAILS, tokens, at)


def all_but_at(tokens: Sequence[Token], at: int) -> int:
    """The index behind ``all but`` at ``at``; 0 if it is not there."""
    phrase = _phrase_at(_ALL_BUT, tokens, at)
    return phrase[1] if phrase else 0


def or_equal_at(tokens: Sequence[Token], at: int) -> int:
    """The index behind ``or equal to`` at ``at``; 0 if it is not there."""
    phrase = _phrase_at(_OR_EQUAL, tokens, at)
    return phrase[1] if phrase else 0


def between_at(tokens: Sequence[Token], at: int) -> int:
    """The index behind 之间 at ``at``; 0 if it is not there."""
    return at + 1 if at < len(tokens) and tokens[at].text in _BOUNDS.pair_ends else 0


def _phrase_at(phrases: Trie, tokens: Sequence[Token], at: int) -> tuple[Meaning, int] | None:
    known = phrases.get(tokens[at].low) if at < len(tokens) else None
    if known is None:
        return None
    following = tuple(token.low for token in tokens[at + 1 : at + _LONGEST_PHRASE])
    for rest, meaning in known:
        if following[: len(rest)] == rest:
            return meaning, at + 1 + len(rest)
    return None
