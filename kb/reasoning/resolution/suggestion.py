"""Suggestions that two measures, or two values of one scope key, are the same; a person accepts or rejects them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

import numpy as np

from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.array import Ints
from kb.reasoning.resolution.clustering import ScoredPairs, Spellings, discount_attested, typo_pairs
from kb.reasoning.resolution.similarity import (
    ATTESTED,
    BOTH_ATTESTED,
    SUGGESTION_THRESHOLD,
    NameDifference,
    Phrases,
    similarity,
)

_FEW = 8
_SAME_WORDS = 0.92


class SuggestionKind(StrEnum):
    """What may be the same."""

    MEASURE = "measure"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """That two measures, or two values of one scope key, may be the same.

    Attributes:
        left: The one that more sources use; of equals the one told first.
        right: The other.
        names: The name of each that is most like one of the other's: a label or an alias.
        score: How alike those are, from 0 to 1.
        reason: In what they differ, in words.
    """

    kind: SuggestionKind
    left: Id
    right: Id
    names: tuple[str, str]
    score: float
    reason: str


IdPair = frozenset[Id]


def suggestions(
    knowledge: Knowledge,
    accepted: Collection[IdPair] = frozenset(),
    rejected: Collection[IdPair] = frozenset(),
    *,
    least: float = SUGGESTION_THRESHOLD,
) -> tuple[Suggestion, ...]:
    """What may be the same, the likeliest first, then what most sources use.

    Measures are compared where their units measure the same thing; values where they belong to one scope key. Two
    values of which one is part of the other, or which stand together in one scope, are told apart already. Of several
    that may all be the same, each is suggested to be the one that most sources use.

    Args:
        knowledge: What is known.
        accepted: Pairs that a person holds to be the same: they are one from here on.
        rejected: Pairs that a person holds to be two.
        least: The least score that is suggested.
    """
    context = _Context.of(knowledge, accepted, rejected)
    candidates = [
        suggestion
        for suggestion in (*_of_measures(knowledge, context), *_of_terms(knowledge, context))
        if suggestion.score >= least
    ]
    return tuple(
        sorted(
            candidates,
            key=lambda suggestion: (
                -suggestion.score,
                -context.uses[suggestion.left],
                suggestion.left,
                suggestion.right,
            ),
        )
    )


@dataclass(frozen=True)
class _Context:
    """What is known of measures and values already.

    Attributes:
        representative: For each the one that speaks for all that were accepted to be the same.
        uses: How many sources give figures of it, or of what is the same.
        distinct: Pairs that are two.
    """

    representative: dict[Id, Id]
    uses: dict[Id, int]
    distinct: frozenset[IdPair]

    @classmethod
    def of(cls, knowledge: Knowledge, accepted: Collection[IdPair], rejected: Collection[IdPair]) -> "_Context":
        representative = _union_find([*knowledge.measures, *knowledge.scope_values], accepted)
        sources: dict[Id, set[Id]] = {id: set() for id in representative}
        for figure in knowledge.figures.values():
            for id in (figure.measure, *(term for value in figure.scope.values() for term in value.terms)):
                sources.setdefault(representative.get(id, id), set()).add(figure.source)
        distinct = {
            frozenset(representative.get(id, id) for id in pair) for pair in (*rejected, *_named_together(knowledge))
        }
        return cls(representative, {id: len(source_ids) for id, source_ids in sources.items()}, frozenset(distinct))


def _union_find(ids: Iterable[Id], pairs: Iterable[IdPair]) -> dict[Id, Id]:
    """For each of ``ids`` the one that speaks for all that ``pairs`` join it to."""
    above = {id: id for id in ids}

    def top(id: Id) -> Id:
        while above.setdefault(id, id) != id:
            above[id] = above[above[id]]
            id = above[id]
        return id

    for left, right in (sorted(pair) for pair in pairs):
        above[top(right)] = top(left)
    return {id: top(id) for id in list(above)}


def _named_together(knowledge: Knowledge) -> set[IdPair]:
    """Values that stand beside each other in a scope: who says *each of the two* holds them for two."""
    values = {value.terms for figure in knowledge.figures.values() for value in figure.scope.values()}
    return {frozenset(pair) for terms in values if 1 < len(terms) <= _FEW for pair in combinations(terms, 2)}


@dataclass(frozen=True)
class _Pool:
    """Names that may stand for the same thing, and whose each is."""

    names: list[str] = field(default_factory=list)
    owners: list[Id] = field(default_factory=list)

    def add(self, owner: Id, names: Iterable[str]) -> None:
        for name in dict.fromkeys(names):
            self.names.append(name)
            self.owners.append(owner)


def _of_terms(knowledge: Knowledge, context: _Context) -> Iterator[Suggestion]:
    pools: dict[str, _Pool] = defaultdict(_Pool)
    for term in knowledge.scope_values.values():
        pools[term.key].add(context.representative[term.id], (term.label, *term.aliases))
    for pool in pools.values():
        for suggestion in _best_suggestions(SuggestionKind.TERM, _similar_names(pool, context), context):
            if suggestion.left not in knowledge.lineage(suggestion.right) and suggestion.right not in knowledge.lineage(
                suggestion.left
            ):
                yield suggestion


def _of_measures(knowledge: Knowledge, context: _Context) -> Iterator[Suggestion]:
    pools: dict[object, _Pool] = defaultdict(_Pool)
    for measure in knowledge.measures.values():
        pools[knowledge.unit(measure.unit).dimension].add(
            context.representative[measure.id], (measure.label, *measure.aliases)
        )
    for pool in pools.values():
        yield from _best_suggestions(
            SuggestionKind.MEASURE, [*_similar_names(pool, context), *_of_same_words(pool)], context
        )


_Candidate = tuple[Id, Id, tuple[str, str], float, str]


def _similar_names(pool: _Pool, context: _Context) -> Iterator[_Candidate]:
    """Names of different owners that are written differently, or one slip apart."""
    for left, right in _pairs(pool, context):
        left_owner, right_owner = pool.owners[left], pool.owners[right]
        names = pool.names[left], pool.names[right]
        name_similarity = similarity(*names)
        attested = (
            NameDifference.TYPO in name_similarity.unlike
            and min(context.uses[left_owner], context.uses[right_owner]) >= ATTESTED
        )
        yield (
            left_owner,
            right_owner,
            names,
            name_similarity.score * (BOTH_ATTESTED if attested else 1),
            name_similarity.reason,
        )


def _pairs(pool: _Pool, context: _Context) -> Iterator[tuple[int, int]]:
    """Places of names to look at: of the same words, letters or meaning, or one slip apart."""
    uses = [context.uses[owner] for owner in pool.owners]
    spellings = Spellings.of(pool.names)
    by_use = np.lexsort((np.arange(len(uses)), -np.array(uses, np.int64))).tolist()
    same: dict[tuple[str, int], list[int]] = defaultdict(list)
    most_used: dict[int, int] = {}
    for place in by_use:
        spelling = int(spellings.of_name[place])
        most_used.setdefault(spelling, place)
        same["letters", int(spellings.first_by_letters[spelling])].append(place)
        same["meaning", int(spellings.first_by_meaning[spelling])].append(place)
    for places in same.values():
        yield from (
            pair for at, place in enumerate(places) for pair in _first_candidate(pool, context, place, places[:at])
        )
    used = np.array([uses[most_used[place]] for place in range(len(most_used))], np.int64)
    for spelling, more_used in _likely(discount_attested(typo_pairs(list(spellings.words), used), used), used).items():
        yield from _first_candidate(pool, context, most_used[spelling], [most_used[place] for place in more_used])


def _likely(pairs: ScoredPairs, used: Ints) -> dict[int, list[int]]:
    """For each spelling the more used ones that it may be a slip of, the likeliest first."""
    above: dict[int, list[int]] = defaultdict(list)
    ordered = np.lexsort((pairs.left, -used[pairs.left], -pairs.score))
    for left, right in zip(pairs.left[ordered].tolist(), pairs.right[ordered].tolist(), strict=True):
        above[right].append(left)
    return above


def _first_candidate(
    pool: _Pool, context: _Context, place: int, candidates: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """A name with the first of some others that may be of the same owner; none where that is known already.

    With one alone, so that who accepts all that is suggested does not join two names by a third that lies between.
    """
    owner = pool.owners[place]
    for candidate in candidates:
        if pool.owners[candidate] == owner:
            return
        if frozenset((pool.owners[candidate], owner)) not in context.distinct:
            yield candidate, place
            return


def _of_same_words(pool: _Pool) -> Iterator[_Candidate]:
    """Phrases of different measures that share the most of their words."""
    phrases = Phrases(pool.names)
    for left, right in phrases.pairs():
        if pool.owners[left] == pool.owners[right]:
            continue
        score = min(phrases.score(left, right), _SAME_WORDS)
        if score > 0:
            names, reason = (
                (pool.names[left], pool.names[right]),
                _shared_words_reason(phrases.stems[left], phrases.stems[right]),
            )
            yield pool.owners[left], pool.owners[right], names, score, reason


def _shared_words_reason(left: frozenset[str], right: frozenset[str]) -> str:
    shared = f"they share the words {', '.join(sorted(left & right))}"
    return f"{shared}, and not {', '.join(sorted(left ^ right))}" if left != right else shared


def _best_suggestions(
    kind: SuggestionKind, candidates: Iterable[_Candidate], context: _Context
) -> Iterator[Suggestion]:
    """For each two the names that are most alike, the one that more sources use in front."""
    best: dict[IdPair, Suggestion] = {}
    for left_owner, right_owner, names, score, reason in candidates:
        pair = frozenset((left_owner, right_owner))
        if pair in context.distinct or (pair in best and best[pair].score >= score):
            continue
        swapped = context.uses[right_owner] > context.uses[left_owner]
        left, right = (right_owner, left_owner) if swapped else (left_owner, right_owner)
        best[pair] = Suggestion(kind, left, right, names[::-1] if swapped else names, round(score, 4), reason)
    yield from best.values()
