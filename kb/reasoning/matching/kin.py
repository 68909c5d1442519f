"""Which names are one, if every suggestion were accepted? Each name is led to the one that is used most."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from kb.reasoning.array import Ints, starts
from kb.reasoning.matching.likeness import ATTESTED, BOTH_ATTESTED, SCORES, SURE, Unlike, slip_between
from kb.reasoning.matching.neighbour import Neighbourhood, Slips, Words, slips
from kb.reasoning.matching.spelling import keys


class Kin(NamedTuple):
    """What each of some names may be another spelling of; all are places in the names given.

    Attributes:
        lead: The more used name that it is most like, if likely enough; itself where there is none.
        chief: Where following ``lead`` ends.
    """

    lead: Ints
    chief: Ints


def kin(names: Sequence[str], uses: Ints | None = None) -> Kin:
    """The different ``names`` led to each other; ``uses`` says how often each occurs (by default once).

    What is led has a score of ``SURE`` or more. A name follows only one that is used more (of equals, the one given
    first), and one that is attested does not follow by a slip, so that no chain of slips joins two names in use. Cost
    grows as n log n.
    """
    uses = np.ones(len(names), np.int64) if uses is None else uses
    spellings = Spellings.of(names)
    count = len(spellings.words)
    total = np.bincount(spellings.of_name, uses, count).astype(np.int64)
    slipped = unattested(slips(list(spellings.words), total), total)
    above = _above(total, [spellings.spaced(total), spellings.numbered(total), slipped])
    top = _most_used(spellings.of_name, uses, count)
    lead = top[spellings.of_name]
    lead[top] = top[above]
    return Kin(lead, top[_ends(above)][spellings.of_name])


class Spellings(NamedTuple):
    """The different spellings of some names; names of the same words share one.

    Attributes:
        words: The place of each in the order met.
        unspaced: The first spelling that comes to these letters without its spaces, as *Deep Seek* and *DeepSeek* do.
        meant: The first spelling whose words mean this, as *GPU hour* and *GPU hours* do.
        solid: For each spelling the first one of its letters.
        alike: For each spelling the first one of its meaning.
        of_name: The spelling of each name.
    """

    words: dict[Words, int]
    unspaced: dict[str, int]
    meant: dict[Words, int]
    solid: Ints
    alike: Ints
    of_name: Ints

    @classmethod
    def of(cls, names: Iterable[str]) -> "Spellings":
        place: dict[Words, int] = {}
        unspaced: dict[str, int] = {}
        meant: dict[Words, int] = {}
        solid, alike, of_name = [], [], []
        for key in map(keys, names):
            found = place.get(key.words)
            if found is None:
                found = place[key.words] = len(place)
                solid.append(unspaced.setdefault(key.unspaced, found))
                alike.append(meant.setdefault(key.meant, found))
            of_name.append(found)
        classes = (np.array(one, np.int64) for one in (solid, alike, of_name))
        return cls(place, unspaced, meant, *classes)

    def spaced(self, total: Ints) -> Slips:
        """Spellings that differ in a space, each beside the most used of them."""
        return _beside_most_used(self.solid, total, SCORES[Unlike.SPACE])

    def numbered(self, total: Ints) -> Slips:
        """Spellings that differ in singular and plural or in a short form, each beside the most used of them."""
        return _beside_most_used(self.alike, total, SCORES[Unlike.NUMBER])


def _beside_most_used(classes: Ints, total: Ints, score: float) -> Slips:
    ordered = np.lexsort((np.arange(len(total)), -total, classes))
    first = starts(classes[ordered])
    leader = ordered[np.maximum.accumulate(np.where(first, np.arange(len(ordered)), 0))]
    left, right = leader[~first], ordered[~first]
    return Slips(left, right, np.full(len(left), score))


def unattested(found: Slips, total: Ints) -> Slips:
    """Slips between spellings that are both in use count for less."""
    attested = np.minimum(total[found.left], total[found.right]) >= ATTESTED
    return found._replace(score=np.where(attested, found.score * BOTH_ATTESTED, found.score))


def _above(total: Ints, found: Sequence[Slips]) -> Ints:
    """For each spelling the more used one that it is most like, at ``SURE`` or above; itself where there is none."""
    left, right, score = (np.concatenate(part) for part in zip(*found, strict=True))
    kept = score >= SURE
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


def _ends(above: Ints) -> Ints:
    """Where following ``above`` ends."""
    while not np.array_equal(above, above[above]):
        above = above[above]
    return above


class Lookup:
    """Names that are known, so that a new one finds the one that it may be at once."""

    def __init__(self, names: Sequence[str], found: Kin) -> None:
        """``found`` is the kin of ``names``."""
        self._spellings = Spellings.of(names)
        self._words = list(self._spellings.words)
        self._near = Neighbourhood(self._words)
        self._chief = np.empty(len(self._words), np.int64)
        self._chief[self._spellings.of_name] = found.chief

    def chief(self, name: str) -> int | None:
        """The place of the name that ``name`` would be led to in the end; None where it is like none."""
        key, known = keys(name), self._spellings
        places = (known.words.get(key.words), known.unspaced.get(key.unspaced), known.meant.get(key.meant))
        place = next((one for one in places if one is not None), None)
        if place is None:
            alike = [(slip_between(key.words, self._words[near]).score, -near) for near in self._near.near(key.words)]
            score, best = max(alike, default=(0.0, 0))
            place = -best if score >= SURE else None
        return None if place is None else int(self._chief[place])
