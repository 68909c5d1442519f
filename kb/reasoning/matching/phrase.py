"""How alike are two phrases that say what is measured? By the words that they share, rare ones before common ones."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import log

from kb.domain.noun import singular
from kb.reasoning.matching.likeness import NUMBER_WORDS, NUMBERED
from kb.reasoning.matching.spelling import spelling

_MOST_TOGETHER = 30
_RAREST = 2


class Phrases:
    """Phrases beside each other; how rare a word is, these phrases themselves tell."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self.stems = [stems(phrase) for phrase in phrases]
        counts = Counter(stem for own in self.stems for stem in own)
        self._weight = {stem: log(1 + len(phrases) / count) for stem, count in counts.items()}

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Places of phrases that share one of their rarest words; a word of very many phrases brings none together."""
        together: dict[str, list[int]] = defaultdict(list)
        for place, own in enumerate(self.stems):
            for stem in sorted(own, key=lambda stem: (-self._weight[stem], stem))[:_RAREST]:
                together[stem].append(place)
        found = (pair for some in together.values() if len(some) <= _MOST_TOGETHER for pair in combinations(some, 2))
        yield from dict.fromkeys(found)

    def score(self, left: int, right: int) -> float:
        """1 for phrases of the same words, 0.5 for phrases that share none, and 0 where a number tells them apart.

        In between the share of the weight of all words that lies on words which both have (Jaccard's index, weighted
        by how rare a word is).
        """
        mine, theirs = self.stems[left], self.stems[right]
        if any(stem in NUMBER_WORDS or NUMBERED.search(stem) for stem in mine ^ theirs):
            return 0.0
        either = self._total(mine | theirs)
        return (1 + self._total(mine & theirs) / either) / 2 if either else 0.0

    def _total(self, some: Iterable[str]) -> float:
        return sum(self._weight[stem] for stem in sorted(some))


def stems(phrase: str) -> frozenset[str]:
    """The words of a phrase, each for one thing.

    >>> sorted(stems("Prices of API tokens"))
    ['api', 'price', 'token']
    """
    return frozenset(singular(word) for word in spelling(phrase).words)
