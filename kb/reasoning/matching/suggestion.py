"""Which measures, and which values of a scope key, may be the same? Suggestions for a person to accept or reject."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

import numpy as np

from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.array import Ints
from kb.reasoning.matching.kin import Spellings, unattested
from kb.reasoning.matching.likeness import ATTESTED, BOTH_ATTESTED, SURE, Unlike, likeness
from kb.reasoning.matching.neighbour import Slips, slips
from kb.reasoning.matching.phrase import Phrases

_FEW = 8
_SAME_WORDS = 0.92


class Kind(StrEnum):
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

    kind: Kind
    left: Id
    right: Id
    names: tuple[str, str]
    score: float
    reason: str


Pair = frozenset[Id]


def suggestions(
    knowledge: Knowledge,
    accepted: Collection[Pair] = frozenset(),
    rejected: Collection[Pair] = frozenset(),
    *,
    least: float = SURE,
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
    about = _About.of(knowledge, accepted, rejected)
    found = [one for one in (*_of_measures(knowledge, about), *_of_terms(knowledge, about)) if one.score >= least]
    return tuple(sorted(found, key=lambda one: (-one.score, -about.uses[one.left], one.left, one.right)))


@dataclass(frozen=True)
class _About:
    """What is known of measures and values already.

    Attributes:
        one: For each the one that speaks for all that were accepted to be the same.
        uses: How many sources give figures of it, or of what is the same.
        apart: Pairs that are two.
    """

    one: dict[Id, Id]
    uses: dict[Id, int]
    apart: frozenset[Pair]

    @classmethod
    def of(cls, knowledge: Knowledge, accepted: Collection[Pair], rejected: Collection[Pair]) -> "_About":
        one = _united([*knowledge.measures, *knowledge.terms], accepted)
        sources: dict[Id, set[Id]] = {id: set() for id in one}
        for figure in knowledge.figures.values():
            for id in (figure.measure, *(term for value in figure.scope.values() for term in value.terms)):
                sources.setdefault(one.get(id, id), set()).add(figure.source)
        two = {frozenset(one.get(id, id) for id in pair) for pair in (*rejected, *_together(knowledge))}
        return cls(one, {id: len(found) for id, found in sources.items()}, frozenset(two))


def _united(ids: Iterable[Id], pairs: Iterable[Pair]) -> dict[Id, Id]:
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


def _together(knowledge: Knowledge) -> set[Pair]:
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


def _of_terms(knowledge: Knowledge, about: _About) -> Iterator[Suggestion]:
    pools: dict[str, _Pool] = defaultdict(_Pool)
    for term in knowledge.terms.values():
        pools[term.key].add(about.one[term.id], (term.label, *term.aliases))
    for pool in pools.values():
        for one in _best(Kind.TERM, _alike(pool, about), about):
            if one.left not in knowledge.lineage(one.right) and one.right not in knowledge.lineage(one.left):
                yield one


def _of_measures(knowledge: Knowledge, about: _About) -> Iterator[Suggestion]:
    pools: dict[object, _Pool] = defaultdict(_Pool)
    for measure in knowledge.measures.values():
        pools[knowledge.unit(measure.unit).dimension].add(about.one[measure.id], (measure.label, *measure.aliases))
    for pool in pools.values():
        yield from _best(Kind.MEASURE, [*_alike(pool, about), *_of_same_words(pool)], about)


_Found = tuple[Id, Id, tuple[str, str], float, str]


def _alike(pool: _Pool, about: _About) -> Iterator[_Found]:
    """Names of different owners that are written differently, or one slip apart."""
    for left, right in _pairs(pool, about):
        mine, theirs = pool.owners[left], pool.owners[right]
        names = pool.names[left], pool.names[right]
        found = likeness(*names)
        attested = Unlike.SLIP in found.unlike and min(about.uses[mine], about.uses[theirs]) >= ATTESTED
        yield mine, theirs, names, found.score * (BOTH_ATTESTED if attested else 1), found.reason


def _pairs(pool: _Pool, about: _About) -> Iterator[tuple[int, int]]:
    """Places of names to look at: of the same words, letters or meaning, or one slip apart."""
    uses = [about.uses[owner] for owner in pool.owners]
    spellings = Spellings.of(pool.names)
    by_use = np.lexsort((np.arange(len(uses)), -np.array(uses, np.int64))).tolist()
    same: dict[tuple[str, int], list[int]] = defaultdict(list)
    chief: dict[int, int] = {}
    for place in by_use:
        spelling = int(spellings.of_name[place])
        chief.setdefault(spelling, place)
        same["letters", int(spellings.solid[spelling])].append(place)
        same["meaning", int(spellings.alike[spelling])].append(place)
    for places in same.values():
        yield from (pair for at, place in enumerate(places) for pair in _one_of(pool, about, place, places[:at]))
    used = np.array([uses[chief[place]] for place in range(len(chief))], np.int64)
    for spelling, more_used in _likely(unattested(slips(list(spellings.words), used), used), used).items():
        yield from _one_of(pool, about, chief[spelling], [chief[place] for place in more_used])


def _likely(found: Slips, used: Ints) -> dict[int, list[int]]:
    """For each spelling the more used ones that it may be a slip of, the likeliest first."""
    above: dict[int, list[int]] = defaultdict(list)
    ordered = np.lexsort((found.left, -used[found.left], -found.score))
    for left, right in zip(found.left[ordered].tolist(), found.right[ordered].tolist(), strict=True):
        above[right].append(left)
    return above


def _one_of(pool: _Pool, about: _About, place: int, others: Iterable[int]) -> Iterator[tuple[int, int]]:
    """A name with the first of some others that may be of the same owner; none where that is known already.

    With one alone, so that who accepts all that is suggested does not join two names by a third that lies between.
    """
    mine = pool.owners[place]
    for other in others:
        if pool.owners[other] == mine:
            return
        if frozenset((pool.owners[other], mine)) not in about.apart:
            yield other, place
            return


def _of_same_words(pool: _Pool) -> Iterator[_Found]:
    """Phrases of different measures that share the most of their words."""
    phrases = Phrases(pool.names)
    for left, right in phrases.pairs():
        if pool.owners[left] == pool.owners[right]:
            continue
        score = min(phrases.score(left, right), _SAME_WORDS)
        if score > 0:
            names, reason = (pool.names[left], pool.names[right]), _shared(phrases.stems[left], phrases.stems[right])
            yield pool.owners[left], pool.owners[right], names, score, reason


def _shared(mine: frozenset[str], theirs: frozenset[str]) -> str:
    shared = f"they share the words {', '.join(sorted(mine & theirs))}"
    return f"{shared}, and not {', '.join(sorted(mine ^ theirs))}" if mine != theirs else shared


def _best(kind: Kind, found: Iterable[_Found], about: _About) -> Iterator[Suggestion]:
    """For each two the names that are most alike, the one that more sources use in front."""
    best: dict[Pair, Suggestion] = {}
    for mine, theirs, names, score, reason in found:
        pair = frozenset((mine, theirs))
        if pair in about.apart or (pair in best and best[pair].score >= score):
            continue
        turned = about.uses[theirs] > about.uses[mine]
        left, right = (theirs, mine) if turned else (mine, theirs)
        best[pair] = Suggestion(kind, left, right, names[::-1] if turned else names, round(score, 4), reason)
    yield from best.values()
