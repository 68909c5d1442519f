"""Names clustered by spelling: exact keys, and typos found by deletion neighbourhoods.

Two words that differ by one letter more, less, changed or swapped share a word that is left when one letter of the
longer, or one of each, is left out: the deletion neighbourhood of SymSpell (Garbe 2012; Mor and Fraenkel 1982). Each
spelling is a sum of hashes, one for each word, so that word order does not count, and a spelling with a letter left
out is that sum with one term exchanged. What shares a sum is looked at; all else is never compared.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from kb.reasoning.array import Floats, Hashes, Ints, distinct, starts
from kb.reasoning.resolution.similarity import (
    ATTESTED,
    BOTH_ATTESTED,
    FIRST_LETTER,
    SCORES,
    SUGGESTION_THRESHOLD,
    NameDifference,
    may_be_typo,
    typo_similarity,
)
from kb.reasoning.resolution.spelling import name_keys

_BASE = np.uint64(0x9E3779B97F4A7C15)
_WORKERS = 2

MOST_WORDS = 32
"""In a name of more words no slip is looked for."""


Words = tuple[str, ...]
"""A spelling: the words that are compared, in alphabetical order."""


class ScoredPairs(NamedTuple):
    """Pairs of spellings one slip apart: places in what was given, the more used in front, and how alike they are."""

    left: Ints
    right: Ints
    score: Floats


def typo_pairs(spellings: Sequence[Words], uses: Ints) -> ScoredPairs:
    """Pairs of ``spellings`` (all different, none empty) that are one slip of one word apart.

    Of spellings that share a word with a letter left out, the most used is paired with each other one, and each with
    the next: at most two pairs for a spelling and a letter. ``uses`` says how often each spelling occurs.
    """
    if not spellings:
        return ScoredPairs(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
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
        runs = (self._spelling[first:last] for first, last in zip(begin, end, strict=True))
        return sorted({place for some in runs for place in some.tolist()})


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
        word = np.array([place.setdefault(token, len(place)) for own in spellings for token in own], np.int64)
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
        slippery = np.fromiter(map(may_be_typo, words), np.bool_, len(words))
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


def _scored(names: _Names, left: Ints, right: Ints) -> ScoredPairs:
    """Of the pairs given, those that are one slip of one word apart."""
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
    """The one word of each of ``own_spelling`` that its partner lacks; -1 where there is none, or more than one."""
    own, partner = names.padded(own_spelling), names.padded(partner_spelling)
    count, missing = np.zeros(len(own_spelling), np.int64), np.full(len(own_spelling), -1)
    for place in range(own.shape[1]):
        word = own[:, place]
        lacks = (word >= 0) & ~(word[:, None] == partner).any(axis=1)
        count += lacks
        missing = np.where(lacks, word, missing)
    return np.where(count == 1, missing, -1)


class NameClusters(NamedTuple):
    """What each of some names may be another spelling of; all are places in the names given.

    Attributes:
        target: The more used name that it is most like, if likely enough; itself where there is none.
        representative: Where following ``target`` ends.
    """

    target: Ints
    representative: Ints


def cluster_names(names: Sequence[str], uses: Ints | None = None) -> NameClusters:
    """The different ``names`` led to each other; ``uses`` says how often each occurs (by default once).

    Only names whose score is ``SUGGESTION_THRESHOLD`` or more are joined. A name follows only one that is used more
    (of equals, the one given first), and one that is attested does not follow by a slip, so that no chain of slips
    joins two names in use. The cost grows as n log n.
    """
    uses = np.ones(len(names), np.int64) if uses is None else uses
    spellings = Spellings.of(names)
    count = len(spellings.words)
    total = np.bincount(spellings.of_name, uses, count).astype(np.int64)
    typos = discount_attested(typo_pairs(list(spellings.words), total), total)
    above = _most_similar(total, [spellings.space_variants(total), spellings.word_form_variants(total), typos])
    top = _most_used(spellings.of_name, uses, count)
    target = top[spellings.of_name]
    target[top] = top[above]
    return NameClusters(target, top[_chain_ends(above)][spellings.of_name])


class Spellings(NamedTuple):
    """The different spellings of some names; names of the same words share one.

    Attributes:
        words: The place of each in the order met.
        by_letters: The first spelling that comes to these letters without its spaces, as *Deep Seek* and *DeepSeek* do.
        by_meaning: The first spelling whose words mean this, as *GPU hour* and *GPU hours* do.
        first_by_letters: For each spelling the first one of its letters.
        first_by_meaning: For each spelling the first one of its meaning.
        of_name: The spelling of each name.
    """

    words: dict[Words, int]
    by_letters: dict[str, int]
    by_meaning: dict[Words, int]
    first_by_letters: Ints
    first_by_meaning: Ints
    of_name: Ints

    @classmethod
    def of(cls, names: Iterable[str]) -> "Spellings":
        place: dict[Words, int] = {}
        by_letters: dict[str, int] = {}
        by_meaning: dict[Words, int] = {}
        first_by_letters, first_by_meaning, of_name = [], [], []
        for key in map(name_keys, names):
            index = place.get(key.words)
            if index is None:
                index = place[key.words] = len(place)
                first_by_letters.append(by_letters.setdefault(key.unspaced, index))
                first_by_meaning.append(by_meaning.setdefault(key.meant, index))
            of_name.append(index)
        classes = (np.array(codes, np.int64) for codes in (first_by_letters, first_by_meaning, of_name))
        return cls(place, by_letters, by_meaning, *classes)

    def space_variants(self, total: Ints) -> ScoredPairs:
        """Spellings that differ in a space, each beside the most used of them."""
        return _paired_with_most_used(self.first_by_letters, total, SCORES[NameDifference.SPACE])

    def word_form_variants(self, total: Ints) -> ScoredPairs:
        """Spellings that differ in singular and plural or in a short form, each beside the most used of them."""
        return _paired_with_most_used(self.first_by_meaning, total, SCORES[NameDifference.NUMBER])


def _paired_with_most_used(classes: Ints, total: Ints, score: float) -> ScoredPairs:
    ordered = np.lexsort((np.arange(len(total)), -total, classes))
    first = starts(classes[ordered])
    leader = ordered[np.maximum.accumulate(np.where(first, np.arange(len(ordered)), 0))]
    left, right = leader[~first], ordered[~first]
    return ScoredPairs(left, right, np.full(len(left), score))


def discount_attested(pairs: ScoredPairs, total: Ints) -> ScoredPairs:
    """Slips between spellings that are both in use count for less."""
    attested = np.minimum(total[pairs.left], total[pairs.right]) >= ATTESTED
    return pairs._replace(score=np.where(attested, pairs.score * BOTH_ATTESTED, pairs.score))


def _most_similar(total: Ints, pair_groups: Sequence[ScoredPairs]) -> Ints:
    """For each spelling the more used one most like it, at ``SUGGESTION_THRESHOLD`` or above; else itself."""
    left, right, score = (np.concatenate(part) for part in zip(*pair_groups, strict=True))
    kept = score >= SUGGESTION_THRESHOLD
    left, right, score = left[kept], right[kept], score[kept]
    ordered = np.lexsort((left, -total[left], -score, right))
    first = ordered[starts(right[ordered])]
    above = np.arange(len(total))
    above[right[first]] = left[first]
    return above


def _most_used(spelling: Ints, uses: Ints, count: int) -> Ints:
    """For each spelling the name that is used most, of equals the one given first."""
    ordered = np.lexsort((np.arange(len(uses)), -uses, spelling))
    return ordered[np.searchsorted(spelling[ordered], np.arange(count))]


def _chain_ends(above: Ints) -> Ints:
    """Where following ``above`` ends."""
    while not np.array_equal(above, above[above]):
        above = above[above]
    return above


class NameLookup:
    """Names that are known, so that a new one finds the one that it may be at once."""

    def __init__(self, names: Sequence[str], clusters: NameClusters) -> None:
        """``clusters`` is the kin of ``names``."""
        self._spellings = Spellings.of(names)
        self._words = list(self._spellings.words)
        self._near = Neighbourhood(self._words)
        self._representative = np.empty(len(self._words), np.int64)
        self._representative[self._spellings.of_name] = clusters.representative

    def representative(self, name: str) -> int | None:
        """The place of the name that ``name`` would be led to in the end; None where it is like none."""
        key, known = name_keys(name), self._spellings
        places = (known.words.get(key.words), known.by_letters.get(key.unspaced), known.by_meaning.get(key.meant))
        place = next((candidate for candidate in places if candidate is not None), None)
        if place is None:
            similar = [
                (typo_similarity(key.words, self._words[near]).score, -near) for near in self._near.near(key.words)
            ]
            score, best = max(similar, default=(0.0, 0))
            place = -best if score >= SUGGESTION_THRESHOLD else None
        return None if place is None else int(self._representative[place])
