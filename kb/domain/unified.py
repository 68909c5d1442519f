"""What is known once names that a person holds to be the same count as one? Figures as they are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from kb.domain.entity import Calculation, Figure, Input, Match, Measure, Scope, ScopeValue, Term
from kb.domain.identity import Id

_T = TypeVar("_T")
_E = TypeVar("_E", Measure, Term)


@dataclass(frozen=True, slots=True)
class Together:
    """Measures, terms, figures and calculations in which each class of matched names has one name: the eldest's."""

    measures: Mapping[Id, Measure]
    terms: Mapping[Id, Term]
    figures: Mapping[Id, Figure]
    calculations: Mapping[Id, Calculation]


def together(
    matches: Iterable[Match],
    measures: Mapping[Id, Measure],
    terms: Mapping[Id, Term],
    figures: Mapping[Id, Figure],
    calculations: Mapping[Id, Calculation],
) -> Together:
    """The four with every name replaced by the one that stands for its class.

    Measures keep their own entries, since pages of theirs are linked to; the one that stands for a class takes the keys
    and the names of the others. Terms that are stood for are gone.
    """
    told = tuple(match for match in matches if match.same)
    measure = stands_for(told, measures)
    term = stands_for(told, terms)

    def scope(scope: Scope) -> Scope:
        return {key: _value(value, term) for key, value in scope.items()}

    def figure(one: Figure) -> Figure:
        return replace(one, measure=measure(one.measure), scope=scope(one.scope))

    def given(one: Input) -> Input:
        ref = measure(one.ref) if one.ref and one.ref in measures else one.ref
        return replace(one, ref=ref, where=scope(one.where))

    classes = _classes(measures.values(), measure)
    families = _classes(terms.values(), term)
    return Together(
        {id: _wider(one, classes.get(id, ())) for id, one in measures.items()},
        {id: _parent(one, families[id], term) for id, one in terms.items() if id in families},
        {id: figure(one) for id, one in figures.items()},
        {id: replace(one, inputs=tuple(map(given, one.inputs))) for id, one in calculations.items()},
    )


def stands_for(matches: Iterable[Match], known: Mapping[Id, _T]) -> Callable[[Id], Id]:
    """Which of ``known`` stands for each: the first of its class in their order; itself where nothing is matched."""
    place = {id: number for number, id in enumerate(known)}
    chosen: dict[Id, Id] = {}

    def find(id: Id) -> Id:
        while (earlier := chosen.get(id, id)) != id:
            id = earlier
        return id

    for match in matches:
        if match.same and match.left in place and match.right in place:
            first, second = sorted((find(match.left), find(match.right)), key=place.__getitem__)
            if first != second:
                chosen[second] = first
    return find


def _classes(known: Iterable[_E], stands: Callable[[Id], Id]) -> dict[Id, list[_E]]:
    """The members of each class, in order, by the one that stands for it."""
    classes: dict[Id, list[_E]] = {}
    for one in known:
        classes.setdefault(stands(one.id), []).append(one)
    return classes


def _value(value: ScopeValue, term: Callable[[Id], Id]) -> ScopeValue:
    if not value.terms:
        return value
    terms = tuple(dict.fromkeys(map(term, value.terms)))
    return value if terms == value.terms else replace(value, terms=terms)


def _wider(measure: Measure, members: Sequence[Measure]) -> Measure:
    if len(members) < 2:
        return measure
    keys = dict.fromkeys(key for one in members for key in one.keys)
    names = dict.fromkeys(name for one in members for name in (one.label, *one.aliases))
    names.pop(measure.label, None)
    authority = next((one.authority for one in members if one.authority), None)
    return replace(measure, keys=tuple(keys), aliases=tuple(names), authority=authority)


def _parent(term: Term, members: Sequence[Term], stands: Callable[[Id], Id]) -> Term:
    """The term with the parent that it or one of its class has; never one of its own class."""
    parents = (stands(one.part_of) for one in members if one.part_of)
    return replace(term, part_of=next((id for id in parents if id != term.id), None))
