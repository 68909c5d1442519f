"""Typos among names: pairs of spellings in which one word differs by one letter more, less, changed or swapped.

Two such words share what is left when one letter of the longer, or one of each, is left out: the deletion
neighbourhood of SymSpell (Garbe 2012; Mor and Fraenkel 1982). Each spelling is a sum of hashes, one for each word, so
that word order does not count, and a spelling with a letter left out is that sum with one term exchanged. Only
spellings that share a sum are compared, so that the cost grows as n log n.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from kb.reasoning.array import Floats, Hashes, Ints, distinct, starts
from kb.reasoning.resolution.similarity import FIRST_LETTER, may_be_typo

_BASE = np.uint64(0x9E3779B97F4A7C15)
_WORKERS = 2

MOST_WORDS = 32
"""No typo is looked for in a name of more words."""


Words = tuple[str, ...]
"""A spelling: the words that are compared, in alphabetical order."""


class ScoredPairs(NamedTuple):
    """Pairs of spellings that differ by one typo: places in what was given, the more used on the left, and the score.

    All three arrays are of one length; the score is that of ``similarity.typo_score``.
    """

    left: Ints
    right: Ints
    score: Floats


def typo_pairs(spellings: Sequence[Words], uses: Ints) -> ScoredPairs:
    """Pairs of ``spellings`` (all different, none empty) that differ by one typo in one word.

    Of spellings that share a word with a letter left out, the most used is paired with each other one, and each with
    the next: at most two pairs for a spelling and a letter. ``uses`` says how often each spelling occurs.
    """
    if not spellings:
        return ScoredPairs(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
    names = _Names.of(spellings)
    return _scored(names, *_sharing(*_sums(names), uses))


class _Names(NamedTuple):
    """Spellings in columns: the different ``words``, how many ``letters`` each has, and the words of each spelling.

    The words of spelling ``s`` are ``word[start[s]:start[s + 1]]``.
    """

    words: Sequence[str]
    letters: Ints
    word: Ints
    start: Ints

    @classmethod
    def of(cls, spellings: Sequence[Words]) -> "_Names":
        place: dict[str, int] = {}
        word = np.array([place.setdefault(token, len(place)) for own in spellings for token in own], np.int64)
        start = np.zeros(len(spellings) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, spellings), np.int64, len(spellings)), out=start[1:])
        return cls(list(place), np.fromiter(map(len, place), np.int64, len(place)), word, start)

    @property
    def owner(self) -> Ints:
        """The spelling that each of ``word`` belongs to."""
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))

    def padded(self, chosen: Ints) -> Ints:
        """The words of each chosen spelling, a row for each; -1 behind the last word of a shorter one."""
        counts = (self.start[1:] - self.start[:-1])[chosen]
        places = np.arange(counts.max(initial=0))
        inside = places < counts[:, None]
        return np.where(inside, self.word[np.where(inside, self.start[chosen][:, None] + places, 0)], -1)


class _Codes(NamedTuple):
    """Hashes of words: ``whole`` of each; of word ``w`` without letter ``i`` at ``less[start[w] + i]``.

    ``slots`` is the number of letters that may be left out: all letters of a word that may be a typo, else 0.
    """

    whole: Hashes
    slots: Ints
    start: Ints
    less: Hashes

    @classmethod
    def of(cls, words: Sequence[str], letters: Ints) -> "_Codes":
        may_slip = np.fromiter(map(may_be_typo, words), np.bool_, len(words))
        slots = np.where(may_slip, letters, 0)
        start = np.cumsum(slots) - slots
        whole, less = np.empty(len(words), np.uint64), np.empty(int(slots.sum()), np.uint64)
        for length in distinct(letters).tolist():
            same_length = np.flatnonzero(letters == length)
            whole[same_length], without = _hashed([words[place] for place in same_length.tolist()], length)
            slips = may_slip[same_length]
            less[start[same_length[slips]][:, None] + np.arange(length)] = without[slips]
        # "Fords" without a letter must not meet "Ford", which is too short to be a typo: such words hash apart.
        whole[~may_slip] = _mixed(whole[~may_slip])
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
    """``codes`` in which each bit depends on every other: splitmix64 (Steele, Lea and Flood 2014)."""
    codes = (codes ^ (codes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    codes = (codes ^ (codes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return codes ^ (codes >> np.uint64(31))


def _sums(names: _Names) -> tuple[Hashes, Ints]:
    """The sum of each spelling and of each with one letter left out, and the spelling that each sum belongs to."""
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
    """Pairs of spellings that share a sum, each pair once, the more used spelling on the left."""
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
    """Places of pairs within runs of equal numbers: the first of a run with each later one, and each with the next."""
    begin = np.flatnonzero(starts(run))
    first = np.repeat(begin, np.diff(np.append(begin, len(run))))
    every = np.arange(len(run))
    behind, following = every != first, every - first > 1
    return np.concatenate([first[behind], every[following] - 1]), np.concatenate([every[behind], every[following]])


def _scored(names: _Names, left: Ints, right: Ints) -> ScoredPairs:
    """The given pairs in which one word differs by one typo, with their scores."""
    left_word, right_word = _lacking(names, left, right), _lacking(names, right, left)
    kept = (left_word >= 0) & (right_word >= 0)
    left, right, left_word, right_word = left[kept], right[kept], left_word[kept], right_word[kept]
    left_text, right_text = (
        [names.words[place] for place in left_word.tolist()],
        [names.words[place] for place in right_word.tolist()],
    )
    is_typo = cpdist(left_text, right_text, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8, workers=_WORKERS) == 1
    same = np.fromiter((a[0] == b[0] for a, b in zip(left_text, right_text, strict=True)), np.bool_, len(left_text))
    total = np.add.reduceat(names.letters[names.word], names.start[:-1])
    letters = np.maximum(names.letters[left_word], names.letters[right_word]) + np.maximum(total[left], total[right])
    score = (1 - 2 / letters) * np.where(same, 1.0, FIRST_LETTER)
    return ScoredPairs(left[is_typo], right[is_typo], score[is_typo])


def _lacking(names: _Names, own_spelling: Ints, partner_spelling: Ints) -> Ints:
    """The only word of each spelling that its partner lacks; -1 where there is none, or more than one."""
    own, partner = names.padded(own_spelling), names.padded(partner_spelling)
    count, missing = np.zeros(len(own_spelling), np.int64), np.full(len(own_spelling), -1)
    for place in range(own.shape[1]):
        word = own[:, place]
        lacks = (word >= 0) & ~(word[:, None] == partner).any(axis=1)
        count += lacks
        missing = np.where(lacks, word, missing)
    return np.where(count == 1, missing, -1)
