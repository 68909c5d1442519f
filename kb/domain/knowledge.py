"""All entities of one moment, as recorded and with matched names merged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from kb.domain.complement import rest_of
from kb.domain.disjoint_sets import representatives
from kb.domain.entity import (
    AnyEntity,
    Argument,
    Assessment,
    Calculation,
    Claim,
    Figure,
    Match,
    Measure,
    Question,
    Ruling,
    ScopeValue,
    Source,
    UnitDefinition,
)
from kb.domain.event import Anchored, DocumentAttached, Missed
from kb.domain.exchange_rates import ExchangeRates
from kb.domain.identity import Id
from kb.domain.references import with_ids
from kb.domain.slug import unused_slug
from kb.domain.unit import Unit, Units
from kb.domain.unit.vocabulary import vocabulary

_Entity = TypeVar("_Entity")
_Matchable = TypeVar("_Matchable", Measure, ScopeValue)


@dataclass(frozen=True, slots=True)
class CanonicalEntities:
    """Entities with the first recorded name for each class of matched names, of each kind that has such names."""

    measures: Mapping[Id, Measure]
    scope_values: Mapping[Id, ScopeValue]
    figures: Mapping[Id, Figure]
    calculations: Mapping[Id, Calculation]
    questions: Mapping[Id, Question]


def canonicalize(
    matches: Iterable[Match],
    measures: Mapping[Id, Measure],
    scope_values: Mapping[Id, ScopeValue],
    figures: Mapping[Id, Figure],
    calculations: Mapping[Id, Calculation],
    questions: Mapping[Id, Question],
) -> CanonicalEntities:
    """The entities with every matched name replaced by that of its class.

    The measure that represents a class takes the keys and names of the others, which keep their own entries. Of scope
    values only those that represent a class are left.
    """
    confirmed = tuple(match for match in matches if match.same)
    canonical_measure = canonical_ids(confirmed, measures)
    canonical_value = canonical_ids(confirmed, scope_values)

    def canonical_id(id: Id) -> Id:
        return canonical_value(id) if id in scope_values else canonical_measure(id)

    classes = _equivalence_classes(measures.values(), canonical_measure)
    families = _equivalence_classes(scope_values.values(), canonical_value)
    # Every measure has a page that links lead to, so that none is left out; scope values have no page.
    return CanonicalEntities(
        {id: _merged_measure(original, classes.get(id, ()), canonical_measure) for id, original in measures.items()},
        {
            id: _with_parent(original, families[id], canonical_value)
            for id, original in scope_values.items()
            if id in families
        },
        {id: with_ids(original, canonical_id) for id, original in figures.items()},
        {id: with_ids(original, canonical_id) for id, original in calculations.items()},
        {id: with_ids(original, canonical_id) for id, original in questions.items()},
    )


def canonical_ids(matches: Iterable[Match], known: Mapping[Id, _Entity]) -> Callable[[Id], Id]:
    """A function from an id to the one that represents it: the first of its class in ``known``, or itself."""
    canonical = representatives(known, ((match.left, match.right) for match in matches if match.same))
    return lambda entity_id: canonical.get(entity_id, entity_id)


def _equivalence_classes(known: Iterable[_Matchable], canonical_id: Callable[[Id], Id]) -> dict[Id, list[_Matchable]]:
    """The members of each class, in order, by the id that represents it."""
    classes: dict[Id, list[_Matchable]] = {}
    for entity in known:
        classes.setdefault(canonical_id(entity.id), []).append(entity)
    return classes


def _merged_measure(measure: Measure, members: Sequence[Measure], canonical_id: Callable[[Id], Id]) -> Measure:
    if len(members) < 2:
        return _with_complement(measure, [measure], canonical_id)
    keys = dict.fromkeys(key for member in members for key in member.keys)
    names = dict.fromkeys(name for member in members for name in (member.label, *member.aliases))
    names.pop(measure.label, None)
    authority = next((member.authority for member in members if member.authority), None)
    merged = replace(measure, keys=tuple(keys), aliases=tuple(names), authority=authority)
    return _with_complement(merged, members, canonical_id)


def _with_complement(measure: Measure, members: Sequence[Measure], canonical_id: Callable[[Id], Id]) -> Measure:
    """``measure`` with the first complement that its class gives."""
    others = (canonical_id(member.complement_of) for member in members if member.complement_of)
    other = next((id for id in others if id != measure.id), None)
    return measure if other == measure.complement_of else replace(measure, complement_of=other)


def _with_parent(
    scope_value: ScopeValue, members: Sequence[ScopeValue], canonical_id: Callable[[Id], Id]
) -> ScopeValue:
    """``scope_value`` with the first parent that its class gives."""
    # A match must not make a value a part of itself, which it would be where one member is part of another.
    parents = (canonical_id(member.part_of) for member in members if member.part_of)
    return replace(scope_value, part_of=next((id for id in parents if id != scope_value.id), None))


E = TypeVar("E", bound=AnyEntity)
_T = TypeVar("_T")
_LOWER_CASE = re.compile(r"\b[a-z]+\b")


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """All entities of one moment, each kind by id in the order in which they were first recorded.

    Attributes:
        documents: Attached documents by SHA-256.
        anchors: For each figure or claim, its passages found in the document of its source, by index.
        missed: Likewise its passages that were not found there, or not with certainty.
        earlier: Likewise the places of its passages in earlier documents of its source, each with that document's
            SHA-256.
        recast: The figures that ``in_terms_of`` expresses as figures of the complement of their measure, as recorded.
    """

    sources: Mapping[Id, Source] = field(default_factory=dict)
    units: Mapping[Id, UnitDefinition] = field(default_factory=dict)
    measures: Mapping[Id, Measure] = field(default_factory=dict)
    scope_values: Mapping[Id, ScopeValue] = field(default_factory=dict)
    figures: Mapping[Id, Figure] = field(default_factory=dict)
    claims: Mapping[Id, Claim] = field(default_factory=dict)
    questions: Mapping[Id, Question] = field(default_factory=dict)
    arguments: Mapping[Id, Argument] = field(default_factory=dict)
    calculations: Mapping[Id, Calculation] = field(default_factory=dict)
    rulings: Mapping[Id, Ruling] = field(default_factory=dict)
    assessments: Mapping[Id, Assessment] = field(default_factory=dict)
    matches: Mapping[Id, Match] = field(default_factory=dict)
    documents: Mapping[str, DocumentAttached] = field(default_factory=dict)
    anchors: Mapping[Id, tuple[Anchored, ...]] = field(default_factory=dict)
    missed: Mapping[Id, tuple[Missed, ...]] = field(default_factory=dict)
    earlier: Mapping[Id, tuple[tuple[str, Anchored], ...]] = field(default_factory=dict)
    recast: Mapping[Id, Figure] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        entities: Iterable[AnyEntity],
        documents: Iterable[DocumentAttached] = (),
        anchors: Iterable[Anchored] = (),
        missed: Iterable[Missed] = (),
        earlier: Iterable[tuple[str, Anchored]] = (),
    ) -> Knowledge:
        """The knowledge made of ``entities`` of any kind, of documents, and of the places of passages."""
        by_kind: dict[type, dict[Id, AnyEntity]] = defaultdict(dict)
        for entity in entities:
            by_kind[type(entity)][entity.id] = entity

        def of_kind(kind: type[E]) -> dict[Id, E]:
            return {id: entity for id, entity in by_kind[kind].items() if isinstance(entity, kind)}

        return cls(
            sources=of_kind(Source),
            units=of_kind(UnitDefinition),
            measures=of_kind(Measure),
            scope_values=of_kind(ScopeValue),
            figures=_with_followed_quantities(of_kind(Figure)),
            claims=of_kind(Claim),
            questions=of_kind(Question),
            arguments=of_kind(Argument),
            calculations=of_kind(Calculation),
            rulings=of_kind(Ruling),
            assessments=of_kind(Assessment),
            matches=of_kind(Match),
            documents={document.sha256: document for document in documents},
            anchors=_grouped(sorted(anchors, key=lambda place: place.index), lambda place: place.entity),
            missed=_grouped(sorted(missed, key=lambda place: place.index), lambda place: place.entity),
            earlier=_grouped(earlier, lambda place: place[1].entity),
        )

    @cached_property
    def by_id(self) -> Mapping[Id, AnyEntity]:
        """Every entity by id."""
        tables: tuple[Mapping[Id, AnyEntity], ...] = (
            self.sources,
            self.units,
            self.measures,
            self.scope_values,
            self.figures,
            self.claims,
            self.questions,
            self.arguments,
            self.calculations,
            self.rulings,
            self.assessments,
            self.matches,
        )
        return {id: entity for table in tables for id, entity in table.items()}

    @cached_property
    def by_slug(self) -> Mapping[tuple[type, str], AnyEntity]:
        """Every entity by kind and slug."""
        return {(type(entity), entity.slug): entity for entity in self.by_id.values()}

    def named(self, kind: type[E], slug: str) -> E | None:
        """The entity of ``kind`` called ``slug``; None where there is none."""
        entity = self.by_slug.get((kind, slug))
        return entity if isinstance(entity, kind) else None

    def name_of(self, id: Id) -> str:
        """The slug of the figure, calculation, claim or measure ``id``; ``id`` itself where there is none."""
        entity = self.figures.get(id) or self.calculations.get(id) or self.claims.get(id) or self.measures.get(id)
        return entity.slug if entity else id

    def free_slug(self, kind: type[E], stem: str) -> str:
        """``stem``, or ``stem`` with the first number from 2 on that makes it a slug no entity of ``kind`` has."""
        return unused_slug(stem, {slug for known_kind, slug in self.by_slug if known_kind is kind})

    @cached_property
    def unit_system(self) -> Units:
        """The standard units and those that seed files declare, without definitions that define nothing."""
        return vocabulary(tuple(unit.definition for unit in self.units.values()))

    def unit(self, text: str) -> Unit:
        """The unit that a recorded ``text`` names; a name whose declaration was redacted is a base unit."""
        return self.unit_system.parse_recorded(text)

    @cached_property
    def common_words(self) -> frozenset[str]:
        """The words that labels and notes of the vocabulary have in lower case somewhere, so that they are no names."""
        vocabulary_entries: tuple[Measure | ScopeValue, ...] = (*self.measures.values(), *self.scope_values.values())
        texts = (text for entry in vocabulary_entries for text in (entry.label, entry.note))
        return frozenset(word for text in texts for word in _LOWER_CASE.findall(text))

    @cached_property
    def running_words(self) -> frozenset[str]:
        """The words that claims, arguments or the vocabulary have in lower case, so that they are no names."""
        statements: tuple[Claim | Argument, ...] = (*self.claims.values(), *self.arguments.values())
        texts = (statement.text for statement in statements)
        return self.common_words.union(word for text in texts for word in _LOWER_CASE.findall(text))

    @cached_property
    def canonical(self) -> Knowledge:
        """The entities with matched names merged; the same object where nothing is matched."""
        if not any(match.same for match in self.matches.values()):
            return self
        merged = canonicalize(
            self.matches.values(), self.measures, self.scope_values, self.figures, self.calculations, self.questions
        )
        return replace(
            self,
            measures=merged.measures,
            scope_values=merged.scope_values,
            figures=merged.figures,
            calculations=merged.calculations,
            questions=merged.questions,
        )

    def canonical_measure(self, measure: Id) -> Id:
        """The measure under which figures of ``measure`` are compared: the first of its class of matched names."""
        return canonical_ids(self.matches.values(), self.measures)(measure)

    def complements(self, measure: Id) -> frozenset[Id]:
        """The measures that are shares of the whole of which ``measure`` is the rest."""
        return self._complements.get(measure, frozenset())

    @cached_property
    def _complements(self) -> Mapping[Id, frozenset[Id]]:
        found: dict[Id, set[Id]] = defaultdict(set)
        for measure in self.measures.values():
            if (other := measure.complement_of) and other in self.measures:
                found[measure.id].add(other)
                found[other].add(measure.id)
        return {id: frozenset(others) for id, others in found.items()}

    def in_terms_of(self, measure: Id | None) -> Knowledge:
        """The same with the figures of each complement of ``measure`` as its own; the same object if it has none.

        "70 % left" is "30 % stayed" in terms of those who stayed.
        """
        others = self.complements(measure) if measure else frozenset()
        if measure is None or not others:
            return self
        if measure not in self._in_terms_of:
            recorded = {**self.figures, **self.recast}
            # Percentage points and multiples are no shares of a whole.
            recast = {
                id: figure
                for id, figure in recorded.items()
                if figure.measure in others and figure.quantity.unit == "fraction"
            }
            turned = {
                id: replace(figure, measure=measure, quantity=rest_of(figure.quantity)) for id, figure in recast.items()
            }
            self._in_terms_of[measure] = replace(self, figures={**recorded, **turned}, recast=recast)
        return self._in_terms_of[measure]

    @cached_property
    def _in_terms_of(self) -> dict[Id, Knowledge]:
        return {}

    @cached_property
    def rates(self) -> ExchangeRates:
        """The exchange rates recorded by figures."""
        return ExchangeRates.of(self.measures.values(), self.figures_of_measure, self.unit)

    @cached_property
    def figures_of_measure(self) -> Mapping[Id, tuple[Figure, ...]]:
        """Figures by measure, in the order in which they were first recorded."""
        return _grouped(self.figures.values(), lambda figure: figure.measure)

    @cached_property
    def figures_of_source(self) -> Mapping[Id, tuple[Figure, ...]]:
        """Figures by source, likewise."""
        return _grouped(self.figures.values(), lambda figure: figure.source)

    @cached_property
    def claims_of_source(self) -> Mapping[Id, tuple[Claim, ...]]:
        """Claims by source, likewise; inferences by the editors are in none."""
        sourced = [claim for claim in self.claims.values() if claim.source]
        return _grouped(sourced, lambda claim: claim.source or Id(""))

    @cached_property
    def dependents(self) -> Mapping[Id, tuple[Figure, ...]]:
        """Figures that repeat, quote or translate another, by the id of that one."""
        dependent = [figure for figure in self.figures.values() if figure.depends_on]
        return _grouped(dependent, lambda figure: figure.depends_on.figure if figure.depends_on else Id(""))

    @cached_property
    def derivatives(self) -> Mapping[Id, tuple[Figure, ...]]:
        """Figures that are computed from others, by the id of each of those."""
        derived: dict[Id, list[Figure]] = defaultdict(list)
        for figure in self.figures.values():
            for base in figure.derived_from:
                derived[base].append(figure)
        return {base: tuple(figures) for base, figures in derived.items()}

    @cached_property
    def arguments_to(self) -> Mapping[Id, tuple[Argument, ...]]:
        """Arguments by the id of their conclusion."""
        return _grouped(self.arguments.values(), lambda argument: argument.conclusion.id)

    def lineage(self, start: Id) -> Iterator[Id]:
        """The scope value ``start``, the one that it is part of, and so on upwards; in a circle each value once."""
        seen: set[Id] = set()
        current: Id | None = start
        while current is not None and current not in seen:
            seen.add(current)
            yield current
            scope_value = self.scope_values.get(current)
            current = scope_value.part_of if scope_value else None

    @cached_property
    def assessments_of(self) -> Mapping[Id, tuple[Assessment, ...]]:
        """Assessments by the question to which the answer was judged, in the order recorded."""
        return _grouped(self.assessments.values(), lambda assessment: assessment.question)

    @cached_property
    def contradictions(self) -> Mapping[Id, tuple[Id, ...]]:
        """For each claim, those that it denies and those that deny it, in the order recorded."""
        contradicting: dict[Id, dict[Id, None]] = defaultdict(dict)
        for claim in self.claims.values():
            for denied in claim.denies:
                # A denial holds in both directions: the page of either claim shows the other.
                if denied in self.claims and denied != claim.id:
                    contradicting[claim.id][denied] = contradicting[denied][claim.id] = None
        return {id: tuple(ids) for id, ids in contradicting.items()}

    def origin_figure(self, figure: Figure) -> Figure:
        """The figure that ``figure`` repeats, quotes or translates in the end; itself if it is independent."""
        seen: set[Id] = set()
        while figure.depends_on and (earlier := self.figures.get(figure.depends_on.figure)):
            seen.add(figure.id)
            if earlier.id in seen:
                break
            figure = earlier
        return figure


def _with_followed_quantities(figures: dict[Id, Figure]) -> dict[Id, Figure]:
    """``figures``, each that follows another with the quantity of that one."""

    # One corrected number is one event, however often it is mentioned: a mention without a value of its own has that of
    # the figure it follows. Figures that follow each other in a circle keep the quantities they were recorded with.
    def with_origin_quantity(figure: Figure, seen: frozenset[Id]) -> Figure:
        if not figure.follows or figure.depends_on is None or figure.id in seen:
            return figure
        origin = figures.get(figure.depends_on.figure)
        return figure.with_quantity(with_origin_quantity(origin, seen | {figure.id}).quantity) if origin else figure

    return {id: with_origin_quantity(figure, frozenset()) for id, figure in figures.items()}


def _grouped(things: Iterable[_T], key: Callable[[_T], Id]) -> dict[Id, tuple[_T, ...]]:
    groups: dict[Id, list[_T]] = defaultdict(list)
    for thing in things:
        groups[key(thing)].append(thing)
    return {id: tuple(group) for id, group in groups.items()}
