"""Suggestions that two measures, or two values of one scope key, are the same; a person accepts or rejects them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from kb.domain.disjoint_sets import representatives
from kb.domain.entity import UNNAMED
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.unit.names import POINTS
from kb.reasoning.resolution.similarity import (
    ATTESTED,
    BOTH_ATTESTED,
    SUGGESTION_THRESHOLD,
    NameDifference,
    Phrases,
    SharedWords,
    Similarity,
    similarity,
)
from kb.reasoning.resolution.spelling import NameKeys, name_keys
from kb.reasoning.resolution.typo import Words, typos

_MOST_NAMED_TOGETHER = 8
_HIGHEST_SHARED_WORDS_SCORE = 0.92


class SuggestionKind(StrEnum):
    """What may be the same."""

    MEASURE = "measure"
    TERM = "term"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """That two measures, or two values of one scope key, may be the same.

    Attributes:
        left: The one that more sources use; of equals the one recorded first.
        right: The one that may be another name of it.
        names: The most similar names of the two, a label or an alias of each.
        similarity: How similar these are: in what they differ as names, or which words they share as phrases.
    """

    kind: SuggestionKind
    left: Id
    right: Id
    names: tuple[str, str]
    similarity: Similarity | SharedWords

    @property
    def score(self) -> float:
        """How similar the names are, from 0 to 1, with four decimals."""
        return round(self.similarity.score, 4)


IdPair = frozenset[Id]


def suggestions(knowledge: Knowledge) -> tuple[Suggestion, ...]:
    """What may be the same and has not been decided: the likeliest first, then what most sources use.

    Measures are compared where their units have one dimension, values where they belong to one scope key. Names that a
    person matched count as one, and a pair that a person rejected is not suggested again. Two values are known to
    differ where one is part of the other, or where they stand together in one scope. Of several that may all be the
    same, each is suggested to be the one that most sources use.
    """
    usage = _Usage.of(knowledge)
    likely = [
        suggestion
        for suggestion in (*_of_measures(knowledge, usage), *_of_terms(knowledge, usage))
        if suggestion.score >= SUGGESTION_THRESHOLD
    ]
    return tuple(
        sorted(
            likely,
            key=lambda suggestion: (-suggestion.score, -usage.uses[suggestion.left], suggestion.left, suggestion.right),
        )
    )


@dataclass(frozen=True)
class _Usage:
    """Who stands for which names, how often each is used, and which are known to differ.

    Attributes:
        canonical: For each measure and scope value the first that is matched with it; itself where none is.
        uses: For each of these how many sources give figures of it.
        distinct: Pairs of these that are two.
    """

    canonical: Mapping[Id, Id]
    uses: Mapping[Id, int]
    distinct: Collection[IdPair]

    @classmethod
    def of(cls, knowledge: Knowledge) -> "_Usage":
        matches = knowledge.matches.values()
        matched = ((match.left, match.right) for match in matches if match.same)
        canonical = representatives([*knowledge.measures, *knowledge.scope_values], matched)
        sources: dict[Id, set[Id]] = {id: set() for id in canonical}
        for figure in knowledge.figures.values():
            for id in (figure.measure, *(term for value in figure.scope.values() for term in value.terms)):
                sources.setdefault(canonical.get(id, id), set()).add(figure.source)
        rejected = [frozenset((match.left, match.right)) for match in matches if not match.same]
        distinct = {
            frozenset(canonical.get(id, id) for id in pair) for pair in (*rejected, *_named_together(knowledge))
        }
        return cls(canonical, {id: len(source_ids) for id, source_ids in sources.items()}, distinct)


def _named_together(knowledge: Knowledge) -> set[IdPair]:
    """Values that stand beside each other in a scope: whoever says *each of the two* takes them for two."""
    values = {value.terms for figure in knowledge.figures.values() for value in figure.scope.values()}
    return {
        frozenset(pair) for terms in values if 1 < len(terms) <= _MOST_NAMED_TOGETHER for pair in combinations(terms, 2)
    }


@dataclass(frozen=True)
class _NamePool:
    """Names that may stand for one thing, and whose each is."""

    names: list[str] = field(default_factory=list)
    owners: list[Id] = field(default_factory=list)

    def add(self, owner: Id, names: Iterable[str]) -> None:
        for name in dict.fromkeys(names):
            self.names.append(name)
            self.owners.append(owner)


def _of_terms(knowledge: Knowledge, usage: _Usage) -> Iterator[Suggestion]:
    pools: dict[str, _NamePool] = defaultdict(_NamePool)
    for term in knowledge.scope_values.values():
        pools[term.key].add(usage.canonical[term.id], (term.label, *term.aliases))
    for pool in pools.values():
        for suggestion in _best_suggestions(SuggestionKind.TERM, _similar_names(pool, usage), usage):
            left, right = suggestion.left, suggestion.right
            if left not in knowledge.lineage(right) and right not in knowledge.lineage(left):
                yield suggestion


def _of_measures(knowledge: Knowledge, usage: _Usage) -> Iterator[Suggestion]:
    pools: dict[object, _NamePool] = defaultdict(_NamePool)
    for measure in knowledge.measures.values():
        if measure.label.startswith(UNNAMED):
            continue
        # Percentage points have the dimension of a share and never equal one.
        comparable = knowledge.unit(measure.unit).dimension, measure.unit == POINTS
        pools[comparable].add(usage.canonical[measure.id], (measure.label, *measure.aliases))
    for pool in pools.values():
        candidates = [*_similar_names(pool, usage), *_phrases_of_shared_words(pool)]
        yield from _best_suggestions(SuggestionKind.MEASURE, candidates, usage)


_Candidate = tuple[tuple[Id, Id], tuple[str, str], Similarity | SharedWords]
"""Two owners, a name of each, and how similar the names are."""


def _similar_names(pool: _NamePool, usage: _Usage) -> Iterator[_Candidate]:
    """Names of different owners that differ in how they are written, or in one letter."""
    for left, right in _pairs(pool, usage):
        owners, names = (pool.owners[left], pool.owners[right]), (pool.names[left], pool.names[right])
        name_similarity = similarity(*names)
        # "Amber Works" and "Ambre Works" are a slip where one source writes the second, and hardly where three do.
        is_typo = NameDifference.TYPO in name_similarity.differences
        attested = is_typo and min(usage.uses[owner] for owner in owners) >= ATTESTED
        score = name_similarity.score * (BOTH_ATTESTED if attested else 1)
        yield owners, names, name_similarity._replace(score=score)


def _pairs(pool: _NamePool, usage: _Usage) -> Iterator[tuple[int, int]]:
    """Places of names to compare: of the same letters or meaning, or one slip apart; the more used name in front."""
    keys_by_words: dict[Words, NameKeys] = {}
    keys = [keys_by_words.setdefault(key.words, key) for key in map(name_keys, pool.names)]
    uses = [usage.uses[owner] for owner in pool.owners]
    alike: dict[tuple[str, object], list[int]] = defaultdict(list)
    most_used: dict[Words, int] = {}
    for place in sorted(range(len(uses)), key=lambda place: -uses[place]):
        alike["letters", keys[place].unspaced].append(place)
        alike["meaning", keys[place].meant].append(place)
        most_used.setdefault(keys[place].words, place)
    for places in alike.values():
        for at, place in enumerate(places):
            yield from _first_candidate(pool, usage, place, places[:at])
    spelled = [most_used[words] for words in keys_by_words]
    for place, corrections in _likely_corrections(spelled, [keys[place].words for place in spelled], uses).items():
        yield from _first_candidate(pool, usage, place, corrections)


def _likely_corrections(
    places: Sequence[int], spellings: Sequence[Words], uses: Sequence[int]
) -> Mapping[int, Sequence[int]]:
    """For each place the places of more used names of which its name may be a slip, the likeliest first."""
    used = [uses[place] for place in places]
    corrections: dict[int, list[int]] = defaultdict(list)
    for typo in sorted(typos(spellings, used), key=lambda typo: (-typo.score, -used[typo.correct], typo.correct)):
        corrections[places[typo.typo]].append(places[typo.correct])
    return corrections


def _first_candidate(
    pool: _NamePool, usage: _Usage, place: int, candidates: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """The first of ``candidates`` that may have the owner of the name at ``place``; none where one has that owner.

    Only the first: somebody who accepts all suggestions would otherwise join "Amber Works" and "Amter Works", both in
    use, by way of a slip "Amser Works" between them.
    """
    owner = pool.owners[place]
    for candidate in candidates:
        if pool.owners[candidate] == owner:
            return
        if frozenset((pool.owners[candidate], owner)) not in usage.distinct:
            yield candidate, place
            return


def _phrases_of_shared_words(pool: _NamePool) -> Iterator[_Candidate]:
    """Phrases of different measures that share most of their words."""
    phrases = Phrases(pool.names)
    for left, right in phrases.pairs():
        if pool.owners[left] == pool.owners[right]:
            continue
        shared_words = phrases.similarity(left, right)
        if shared_words.score > 0:
            score = min(shared_words.score, _HIGHEST_SHARED_WORDS_SCORE)
            owners, names = (pool.owners[left], pool.owners[right]), (pool.names[left], pool.names[right])
            yield owners, names, shared_words._replace(score=score)


def _best_suggestions(kind: SuggestionKind, candidates: Iterable[_Candidate], usage: _Usage) -> Iterator[Suggestion]:
    """For each two owners their most similar names, with the owner that more sources use on the left."""
    best: dict[IdPair, Suggestion] = {}
    for owners, names, name_similarity in candidates:
        pair = frozenset(owners)
        if pair in usage.distinct or (pair in best and best[pair].score >= name_similarity.score):
            continue
        (left, right), (left_name, right_name) = owners, names
        if usage.uses[right] > usage.uses[left]:
            left, right, left_name, right_name = right, left, right_name, left_name
        best[pair] = Suggestion(
            kind=kind, left=left, right=right, names=(left_name, right_name), similarity=name_similarity
        )
    yield from best.values()
