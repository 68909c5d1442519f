"""What is known at one moment? Every entity that the log tells of, by id and by name."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, count
from typing import TypeVar

from kb.domain.entity import (
    AnyEntity,
    Argument,
    Calculation,
    Claim,
    Figure,
    Match,
    Measure,
    MeasureKind,
    Question,
    Ruling,
    Source,
    Term,
    UnitDefinition,
)
from kb.domain.event import Anchored, DocumentAttached, Missed
from kb.domain.identity import Id
from kb.domain.unified import stands_for, together
from kb.domain.unit import Unit, Units
from kb.domain.unit.vocabulary import vocabulary

E = TypeVar("E", bound=AnyEntity)
_T = TypeVar("_T")


@dataclass(frozen=True)
class Knowledge:
    """The entities of one moment. Each mapping goes from id to entity, in the order in which they were first told.

    Attributes:
        anchors: Where passages stand in the documents that their sources name.
        missed: Passages that are not found there, or not for certain.
        earlier: Where passages stood in documents that their sources named before, each with the document's SHA-256.
    """

    sources: Mapping[Id, Source] = field(default_factory=dict)
    units: Mapping[Id, UnitDefinition] = field(default_factory=dict)
    measures: Mapping[Id, Measure] = field(default_factory=dict)
    terms: Mapping[Id, Term] = field(default_factory=dict)
    figures: Mapping[Id, Figure] = field(default_factory=dict)
    claims: Mapping[Id, Claim] = field(default_factory=dict)
    questions: Mapping[Id, Question] = field(default_factory=dict)
    arguments: Mapping[Id, Argument] = field(default_factory=dict)
    calculations: Mapping[Id, Calculation] = field(default_factory=dict)
    rulings: Mapping[Id, Ruling] = field(default_factory=dict)
    matches: Mapping[Id, Match] = field(default_factory=dict)
    documents: Mapping[str, DocumentAttached] = field(default_factory=dict)
    anchors: Mapping[Id, tuple[Anchored, ...]] = field(default_factory=dict)
    missed: Mapping[Id, tuple[Missed, ...]] = field(default_factory=dict)
    earlier: Mapping[Id, tuple[tuple[str, Anchored], ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        entities: Iterable[AnyEntity],
        documents: Iterable[DocumentAttached] = (),
        anchors: Iterable[Anchored] = (),
        missed: Iterable[Missed] = (),
        earlier: Iterable[tuple[str, Anchored]] = (),
    ) -> "Knowledge":
        """Knowledge of ``entities``, sorted into their kinds."""
        drawers: dict[type, dict[Id, AnyEntity]] = defaultdict(dict)
        for entity in entities:
            drawers[type(entity)][entity.id] = entity

        def of_kind(kind: type[E]) -> dict[Id, E]:
            return {id: entity for id, entity in drawers[kind].items() if isinstance(entity, kind)}

        return cls(
            of_kind(Source),
            of_kind(UnitDefinition),
            of_kind(Measure),
            of_kind(Term),
            _followed(of_kind(Figure)),
            of_kind(Claim),
            of_kind(Question),
            of_kind(Argument),
            of_kind(Calculation),
            of_kind(Ruling),
            of_kind(Match),
            {document.sha256: document for document in documents},
            _grouped(sorted(anchors, key=lambda place: place.index), lambda place: place.entity),
            _grouped(sorted(missed, key=lambda place: place.index), lambda place: place.entity),
            _grouped(earlier, lambda place: place[1].entity),
        )

    @cached_property
    def by_id(self) -> Mapping[Id, AnyEntity]:
        """Every entity by its id."""
        drawers: tuple[Mapping[Id, AnyEntity], ...] = (
            self.sources,
            self.units,
            self.measures,
            self.terms,
            self.figures,
            self.claims,
            self.questions,
            self.arguments,
            self.calculations,
            self.rulings,
            self.matches,
        )
        return {id: entity for drawer in drawers for id, entity in drawer.items()}

    @cached_property
    def by_slug(self) -> Mapping[tuple[type, str], AnyEntity]:
        """Every entity by its kind and slug."""
        return {(type(entity), entity.slug): entity for entity in self.by_id.values()}

    def named(self, kind: type[E], slug: str) -> E | None:
        """The entity of ``kind`` called ``slug``; None where there is none."""
        found = self.by_slug.get((kind, slug))
        return found if isinstance(found, kind) else None

    def name_of(self, id: Id) -> str:
        """The name of the figure, calculation, claim or measure ``id``; ``id`` itself where there is none such."""
        found = self.figures.get(id) or self.calculations.get(id) or self.claims.get(id) or self.measures.get(id)
        return found.slug if found else id

    def free_slug(self, kind: type[E], stem: str) -> str:
        """``stem``, or with the first number behind it, from 2 on, under which no entity of ``kind`` is known."""
        numbered = (f"{stem}-{number}" for number in count(2))
        return next(slug for slug in chain([stem], numbered) if self.named(kind, slug) is None)

    @cached_property
    def unit_system(self) -> Units:
        """The standard units and those that seed files declare; one that makes no unit is left out."""
        return vocabulary(tuple(unit.definition for unit in self.units.values()))

    def unit(self, text: str) -> Unit:
        """The unit that ``text``, which was read once, names; a name whose declaration was redacted is its own unit."""
        return self.unit_system.recalled(text)

    @cached_property
    def unified(self) -> "Knowledge":
        """The same, with names that a person holds to be the same counting as one; itself where there are none."""
        if not any(match.same for match in self.matches.values()):
            return self
        made = together(self.matches.values(), self.measures, self.terms, self.figures, self.calculations)
        return replace(
            self, measures=made.measures, terms=made.terms, figures=made.figures, calculations=made.calculations
        )

    def stands_for(self, measure: Id) -> Id:
        """The measure that figures of ``measure`` are compared under: itself, unless it is matched with an elder."""
        return stands_for(self.matches.values(), self.measures)(measure)

    @cached_property
    def rates(self) -> Mapping[tuple[str, ...], tuple[Figure, ...]]:
        """Figures that record an exchange rate, by the codes of its two currencies in order."""
        kinds = (measure for measure in self.measures.values() if measure.kind is MeasureKind.EXCHANGE_RATE)
        found: dict[tuple[str, ...], tuple[Figure, ...]] = {}
        for measure in kinds:
            pair = self.unit(measure.unit).currencies
            found[pair] = (*found.get(pair, ()), *self.figures_of_measure.get(measure.id, ()))
        return found

    @cached_property
    def figures_of_measure(self) -> Mapping[Id, tuple[Figure, ...]]:
        """Figures by the measure that they are given for."""
        return _grouped(self.figures.values(), lambda figure: figure.measure)

    @cached_property
    def figures_of_source(self) -> Mapping[Id, tuple[Figure, ...]]:
        """Figures by the source that they stand in."""
        return _grouped(self.figures.values(), lambda figure: figure.source)

    @cached_property
    def claims_of_source(self) -> Mapping[Id, tuple[Claim, ...]]:
        """Claims by the source that they stand in."""
        return _grouped(self.claims.values(), lambda claim: claim.source)

    @cached_property
    def dependents(self) -> Mapping[Id, tuple[Figure, ...]]:
        """Figures that repeat, quote or translate a figure, by that figure."""
        told = [figure for figure in self.figures.values() if figure.depends_on]
        return _grouped(told, lambda figure: figure.depends_on.figure if figure.depends_on else Id(""))

    @cached_property
    def arguments_to(self) -> Mapping[Id, tuple[Argument, ...]]:
        """Arguments by the id of their conclusion."""
        return _grouped(self.arguments.values(), lambda argument: argument.conclusion.id)

    def lineage(self, term: Id) -> Iterator[Id]:
        """``term``, what it is part of, what that is part of, and so on; a circle ends where it closes."""
        seen: set[Id] = set()
        here: Id | None = term
        while here is not None and here not in seen:
            seen.add(here)
            yield here
            found = self.terms.get(here)
            here = found.part_of if found else None

    @cached_property
    def denied(self) -> Mapping[Id, tuple[Id, ...]]:
        """For each claim those that it denies and those that deny it, in the order told: a denial holds both ways."""
        found: dict[Id, dict[Id, None]] = defaultdict(dict)
        for claim in self.claims.values():
            for other in claim.denies:
                if other in self.claims and other != claim.id:
                    found[claim.id][other] = found[other][claim.id] = None
        return {id: tuple(others) for id, others in found.items()}

    def origin_figure(self, figure: Figure) -> Figure:
        """The figure at the root of what ``figure`` repeats, quotes or translates; itself where it stands alone."""
        seen = {figure.id}
        while figure.depends_on and (earlier := self.figures.get(figure.depends_on.figure)):
            if earlier.id in seen:
                break
            seen.add(earlier.id)
            figure = earlier
        return figure


def _followed(figures: dict[Id, Figure]) -> dict[Id, Figure]:
    """``figures``, in which each that follows another says what that one says."""

    def said(figure: Figure, seen: frozenset[Id]) -> Figure:
        if not figure.follows or figure.depends_on is None or figure.id in seen:
            return figure
        origin = figures.get(figure.depends_on.figure)
        return figure.saying(said(origin, seen | {figure.id}).quantity) if origin else figure

    return {id: said(figure, frozenset()) for id, figure in figures.items()}


def _grouped(things: Iterable[_T], key: Callable[[_T], Id]) -> dict[Id, tuple[_T, ...]]:
    groups: dict[Id, list[_T]] = defaultdict(list)
    for thing in things:
        groups[key(thing)].append(thing)
    return {id: tuple(group) for id, group in groups.items()}
