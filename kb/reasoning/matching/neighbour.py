"""Which spellings lie one slip apart? Words with one letter left out, for a million names at once.

Two words that differ by one letter more, less, changed or swapped share a word that is left when one letter of the
longer, or one of each, is left out: the deletion neighbourhood of SymSpell (Garbe 2012; Mor and Fraenkel 1982). Each
spelling is a sum of hashes, one for each word, so that word order does not count, and a spelling with a letter left
out is that sum with one term exchanged. What shares a sum is looked at; all else is never compared.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from kb.reasoning.array import Floats, Hashes, Ints, distinct, starts
from kb.reasoning.matching.likeness import FIRST_LETTER, may_slip

_BASE = np.uint64(0x9E3779B97F4A7C15)
_WORKERS = 2

MOST_WORDS = 32
"""In a name of more words no slip is looked for."""


Words = tuple[str, ...]
"""A spelling: the words that are compared, in alphabetical order."""


class Slips(NamedTuple):
    """Pairs of spellings one slip apart: places in what was given, the more used in front, and how alike they are."""

    left: Ints
    right: Ints
    score: Floats


def slips(spellings: Sequence[Words], uses: Ints) -> Slips:
    """Pairs of ``spellings`` (all different, none empty) that are one slip of one word apart.

    Of spellings that share a word with a letter left out, the most used is paired with each other one, and each with
    the next: at most two pairs for a spelling and a letter. ``uses`` says how often each spelling occurs.
    """
    if not spellings:
        return Slips(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
    names = _Names.of(spellings)
    return _scored(names, *_sharing(*_sums(names), uses))


class Neighbourhood:
    """Spellings by what is left of them when a letter is left out, so that a new one finds its neighbours at once."""

    def __init__(self, spellings: Sequence[Words]) -> None:
        sums, spelling = _sums(_Names.of(spellings))
        order = np.argsort(sums)
        self._sums, self._spelling = sums[order], spelling[order]

    def near(self, words: Words) -> list[int]:
        """Places of all spellings that may be one slip from ``words``; to be looked at one by one."""
        sums, _ = _sums(_Names.of([words]))
        begin, end = np.searchsorted(self._sums, sums), np.searchsorted(self._sums, sums, side="right")
        found = (self._spelling[first:last] for first, last in zip(begin, end, strict=True))
        return sorted({place for some in found for place in some.tolist()})


class _Names(NamedTuple):
    """Spellings in columns: the different ``words`` with their ``letters``, and the words of each spelling by place.

    The words of spelling ``s`` are ``word[start[s]:start[s + 1]]``.
    """

    words: Sequence[str]
    letters: Ints
    word: Ints
    start: Ints

    @classmethod
    def of(cls, spellings: Sequence[Words]) -> "_Names":
        place: dict[str, int] = {}
        word = np.array([place.setdefault(one, len(place)) for own in spellings for one in own], np.int64)
        start = np.zeros(len(spellings) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, spellings), np.int64, len(spellings)), out=start[1:])
        return cls(list(place), np.fromiter(map(len, place), np.int64, len(place)), word, start)

    @property
    def owner(self) -> Ints:
        """Whose each of ``word`` is."""
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))

    def padded(self, chosen: Ints) -> Ints:
        """The words of each chosen spelling side by side, -1 where it has no more."""
        counts = (self.start[1:] - self.start[:-1])[chosen]
        places = np.arange(counts.max(initial=0))
        inside = places < counts[:, None]
        return np.where(inside, self.word[np.where(inside, self.start[chosen][:, None] + places, 0)], -1)


class _Codes(NamedTuple):
    """Hashes of words: ``whole`` of each; of word ``w`` without letter ``i`` at ``less[start[w] + i]``.

    ``slots`` is the number of letters of a word that may slip, 0 for the others.
    """

    whole: Hashes
    slots: Ints
    start: Ints
    less: Hashes

    @classmethod
    def of(cls, words: Sequence[str], letters: Ints) -> "_Codes":
        slippery = np.fromiter(map(may_slip, words), np.bool_, len(words))
        slots = np.where(slippery, letters, 0)
        start = np.cumsum(slots) - slots
        whole, less = np.empty(len(words), np.uint64), np.empty(int(slots.sum()), np.uint64)
        for length in distinct(letters).tolist():
            some = np.flatnonzero(letters == length)
            whole[some], without = _hashed([words[place] for place in some.tolist()], length)
            loose = slippery[some]
            less[start[some[loose]][:, None] + np.arange(length)] = without[loose]
        whole[~slippery] = _mixed(whole[~slippery])
        return cls(whole, slots, start, less)


def _hashed(words: Sequence[str], length: int) -> tuple[Hashes, Hashes]:
    """For words of ``length`` letters: the hash of each, and of each without its letter 0, 1, 2 …"""
    signs = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32).reshape(-1, length).astype(np.uint64)
    upto = np.zeros((len(words), length + 1), np.uint64)
    for place in range(length):
        upto[:, place + 1] = upto[:, place] * _BASE + signs[:, place] + np.uint64(1)
    behind = np.append(np.cumprod(np.full(length - 1, _BASE), dtype=np.uint64)[::-1], np.uint64(1))
    rest = upto[:, [length]] - upto[:, 1:] * behind
    return _mixed(upto[:, length]), _mixed(upto[:, :length] * behind + rest)


def _mixed(codes: Hashes) -> Hashes:
    """Every bit of a code made to depend on every other: splitmix64 (Steele, Lea and Flood 2014)."""
    codes = (codes ^ (codes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    codes = (codes ^ (codes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return codes ^ (codes >> np.uint64(31))


def _sums(names: _Names) -> tuple[Hashes, Ints]:
    """For each spelling the sum of its words, and one for each letter left out of a word; and whose each sum is."""
    codes, owner = _Codes.of(names.words, names.letters), names.owner
    whole = np.add.reduceat(codes.whole[names.word], names.start[:-1])
    few = (names.start[1:] - names.start[:-1] <= MOST_WORDS)[owner]
    slots = np.flatnonzero((codes.slots[names.word] > 0) & few)
    word, counts = names.word[slots], codes.slots[names.word[slots]]
    base = np.repeat(whole[owner[slots]] - codes.whole[word], counts)
    letter = np.arange(len(base)) + np.repeat(codes.start[word] - (np.cumsum(counts) - counts), counts)
    spelling = np.concatenate([np.arange(len(whole)), np.repeat(owner[slots], counts)])
    return np.concatenate([whole, base + codes.less[letter]]), spelling


def _sharing(sums: Hashes, of_sum: Ints, uses: Ints) -> tuple[Ints, Ints]:
    """Pairs of spellings that share a sum, the more used in front, each pair once."""
    entry, run = _shared(sums)
    spelling = of_sum[entry]
    ordered = np.lexsort((spelling, -uses[spelling], run))
    first, second = _paired(run[ordered])
    left, right = spelling[ordered[first]], spelling[ordered[second]]
    pair = distinct((left * len(uses) + right)[left != right])
    return pair // len(uses), pair % len(uses)


def _shared(keys: Hashes) -> tuple[Ints, Ints]:
    """Places of the keys that occur more than once, and for each a number that equal keys share."""
    order = np.argsort(keys)
    new = starts(keys[order])
    repeated = ~(new & np.append(new[1:], True))
    return order[repeated], np.cumsum(new)[repeated]


def _paired(run: Ints) -> tuple[Ints, Ints]:
    """Places of pairs within runs of equal numbers: the first with each other one, and each with the next."""
    begin = np.flatnonzero(starts(run))
    first = np.repeat(begin, np.diff(np.append(begin, len(run))))
    every = np.arange(len(run))
    behind, following = every != first, every - first > 1
    return np.concatenate([first[behind], every[following] - 1]), np.concatenate([every[behind], every[following]])


def _scored(names: _Names, left: Ints, right: Ints) -> Slips:
    """Of the pairs given, those that are one slip of one word apart."""
    mine, theirs = _lacking(names, left, right), _lacking(names, right, left)
    kept = (mine >= 0) & (theirs >= 0)
    left, right, mine, theirs = left[kept], right[kept], mine[kept], theirs[kept]
    one, other = [names.words[place] for place in mine.tolist()], [names.words[place] for place in theirs.tolist()]
    slip = cpdist(one, other, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8, workers=_WORKERS) == 1
    same = np.fromiter((a[0] == b[0] for a, b in zip(one, other, strict=True)), np.bool_, len(one))
    total = np.add.reduceat(names.letters[names.word], names.start[:-1])
    letters = np.maximum(names.letters[mine], names.letters[theirs]) + np.maximum(total[left], total[right])
    score = (1 - 2 / letters) * np.where(same, 1.0, FIRST_LETTER)
    return Slips(left[slip], right[slip], score[slip])


def _lacking(names: _Names, mine: Ints, theirs: Ints) -> Ints:
    """The one word of each of ``mine`` that its partner lacks; -1 where there is none, or more than one."""
    own, other = names.padded(mine), names.padded(theirs)
    count, found = np.zeros(len(mine), np.int64), np.full(len(mine), -1)
    for place in range(own.shape[1]):
        word = own[:, place]
        lacks = (word >= 0) & ~(word[:, None] == other).any(axis=1)
        count += lacks
        found = np.where(lacks, word, found)
    return np.where(count == 1, found, -1)
