"""Typos among names: pairs of spellings in which one word differs by one letter more, less, changed or swapped.

Two such words share what is left when one letter of the longer, or one of each, is left out: the deletion
neighbourhood of SymSpell (Garbe 2012; Mor and Fraenkel 1982). Only spellings that share the shortened word and all
other words are compared, so that the cost grows with the number of names and not with that of pairs.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kb.reasoning.resolution.similarity import may_be_typo, typo_similarity

MOST_WORDS = 32
"""No typo is looked for in a name of more words."""

Words = tuple[str, ...]
"""A spelling: the words that are compared, in alphabetical order."""


class Typo(NamedTuple):
    """That the spelling at place ``typo`` may be the more used one at place ``correct`` with one typo."""

    correct: int
    typo: int
    score: float


def typos(spellings: Sequence[Words], uses: Sequence[int]) -> list[Typo]:
    """The typos among ``spellings`` (all different, none empty), of which each occurs so many times as ``uses`` says.

    Of spellings that share a word with a letter left out, the most used is paired with each of the others, and each
    with the next: at most two pairs for a spelling and a letter.
    """
    by_use = sorted(range(len(spellings)), key=lambda place: -uses[place])
    sharing: dict[int, list[int]] = defaultdict(list)
    for place in by_use:
        for key in _shortened(spellings[place]):
            sharing[key].append(place)
    pairs = dict.fromkeys(pair for places in sharing.values() if len(places) > 1 for pair in _pairs(places))
    scored = (Typo(*pair, typo_similarity(*(spellings[place] for place in pair)).score) for pair in pairs)
    return [typo for typo in scored if typo.score]


def _shortened(words: Words) -> set[int]:
    """A hash of ``words`` for each word that may be a typo: with the word as it is, and without each of its letters."""
    if len(words) > MOST_WORDS:
        return set()
    keys = set()
    for at, word in enumerate(words):
        if may_be_typo(word):
            # Hashes take less memory than words; what shares one by chance gets the score 0 in the end.
            rest = hash(tuple(sorted(words[:at] + words[at + 1 :])))
            keys |= {hash((rest, word))} | {hash((rest, word[:cut] + word[cut + 1 :])) for cut in range(len(word))}
    return keys


def _pairs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    yield from ((places[0], later) for later in places[1:])
    yield from pairwise(places[1:])
