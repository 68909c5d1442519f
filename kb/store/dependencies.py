"""What findings depend on: the groups that an event invalidates, and the slice of the tables that a group needs.

A finding rests on the figures of its group, on what these repeat, quote or translate, on their sources and the texts
that those translate, on the terms of their scopes and what these are part of, and on the measure; matched names count
as one. So an event reaches the group of every figure that leads to what it tells of, and every calculation that takes
in or checks such a figure, takes in its measure, or rests on a calculation that does. A recorded exchange rate reaches
every measure that is told in several currencies, a unit every measure with a number in a unit that it changes; either
reaches all calculations.

Whoever named a thing before and no longer does is told of by an event of his own; so it is enough to look at who names
it now, except for what ``Changes`` remembers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from kb.domain.codec import parse_json
from kb.domain.entity import (
    KINDS,
    AnyEntity,
    Calculation,
    Claim,
    Figure,
    Match,
    Measure,
    Ruling,
    ScopeValue,
    Source,
    UnitDefinition,
)
from kb.domain.finding import Finding, FindingGroups
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import RATE_KINDS
from kb.domain.unit import UnitError, Units
from kb.domain.unit.vocabulary import vocabulary
from kb.store.engine import run, run_among
from kb.store.reader import units_of

_WITHOUT_FINDINGS = frozenset({"question", "argument", "ruling"})
"""Entities that no finding rests on."""

_RECORDS_RATES = "kind IN ('" + "', '".join(RATE_KINDS) + "')"


@dataclass(frozen=True, slots=True)
class Changes:
    """What some events tell of, and what of it only the tables before them know.

    Attributes:
        ids: By kind of entity.
        measures: The measures that the figures had.
        matched: What the matches were between.
        rates: Whether one of the measures recorded exchange rates.
        units: The vocabulary of units, where it is told of.
    """

    ids: Mapping[str, Set[Id]]
    measures: Set[Id] = frozenset()
    matched: Set[Id] = frozenset()
    rates: bool = False
    units: Units | None = None

    def of(self, kind: str) -> Set[Id]:
        """The ids of one kind."""
        return self.ids.get(kind, frozenset())


def changes_of(connection: Connection, events: Iterable[tuple[str, str]]) -> Changes:
    """What events tell of, by their types and streams; asked before the tables are brought up to date."""
    ids: dict[str, set[Id]] = defaultdict(set)
    for type, stream in events:
        kind = type.partition(".")[0]
        if kind in KINDS and kind not in _WITHOUT_FINDINGS:
            ids[kind].add(Id(stream))
    return Changes(
        ids,
        _measures(connection, ids["figure"]),
        _ends(connection, ids["match"]),
        _records_rates(connection, ids["measure"]),
        units_of(connection) if ids["unit"] else None,
    )


def invalidated_groups(connection: Connection, changes: Changes) -> FindingGroups:
    """Every group of which a finding may differ from before, in tables that are up to date."""
    ends = changes.matched | _ends(connection, changes.of("match"))
    changed = changes.of("measure") | _ids(connection, "SELECT id FROM measure WHERE id IN (?)", ends)
    changed = with_matched(connection, changed)
    figures = _figures(connection, changes, ends)
    measures = {*changes.measures, *changed, *_measures(connection, figures)}
    if changes.units:
        measures |= _restated(connection, changes.units)
    exchanged = changes.rates or _records_rates(connection, measures)
    if exchanged:
        measures |= _in_several_currencies(connection)
    measures = with_matched(connection, measures)
    calculations = changes.of("calculation") | _naming(connection, {*figures, *measures})
    calculations |= _ids(connection, _NAMING_FIGURES, changed)
    if changes.units or exchanged:
        calculations |= _all_ids(connection, "calculation")
    calculations = closure(calculations, lambda ids: _naming(connection, ids))
    return FindingGroups(frozenset(measures), frozenset(calculations), frozenset(changes.of("claim")))


def all_groups(connection: Connection) -> FindingGroups:
    """Every group that there is."""
    return FindingGroups(*(frozenset(_all_ids(connection, kind)) for kind in ("measure", "calculation", "claim")))


def with_matched(connection: Connection, ids: Iterable[Id]) -> set[Id]:
    """Measures or terms called ``ids``, and all that are matched with them, however far."""
    return closure(ids, lambda new: _matched(connection, new))


def closure(ids: Iterable[Id], further: Callable[[set[Id]], set[Id]]) -> set[Id]:
    """``ids`` and all that ``further`` leads to from them, however far."""
    new = set(ids)
    reachable = set(new)
    while new := further(new) - reachable:
        reachable |= new
    return reachable


_NAMING_FIGURES = """
    SELECT reference.entity FROM figure JOIN reference ON reference.target = figure.id WHERE figure.measure IN (?)"""


def _figures(connection: Connection, changes: Changes, ends: Set[Id]) -> set[Id]:
    """Figures of which something that their findings rest on is told of."""
    sources = closure(
        changes.of("source"), lambda ids: _ids(connection, "SELECT id FROM source WHERE translation_of IN (?)", ids)
    )
    terms = {*changes.of("term")} | _ids(connection, "SELECT id FROM term WHERE id IN (?)", ends)
    terms = closure(terms, lambda ids: _parts(connection, ids) | _matched(connection, ids))
    figures = {*changes.of("figure"), *_naming(connection, terms)}
    figures |= _ids(connection, "SELECT id FROM figure WHERE source IN (?)", sources)
    return closure(figures, lambda ids: _ids(connection, "SELECT id FROM figure WHERE depends_on IN (?)", ids))


def _naming(connection: Connection, ids: Set[Id]) -> set[Id]:
    return _ids(connection, "SELECT entity FROM reference WHERE target IN (?)", ids)


def _parts(connection: Connection, terms: Set[Id]) -> set[Id]:
    return _ids(connection, "SELECT id FROM term WHERE part_of IN (?)", terms)


def _matched(connection: Connection, ids: Set[Id]) -> set[Id]:
    """What is held to be the same as one of ``ids``, directly."""
    asks = (
        f'SELECT {near_side} FROM "match" WHERE same AND {far_side} IN (?)'
        for near_side, far_side in (_SIDES, _SIDES[::-1])
    )
    return {id for ask in asks for id in _ids(connection, ask, ids)}


_SIDES = ('"left"', '"right"')


def _ends(connection: Connection, matches: Set[Id]) -> set[Id]:
    return {id for side in _SIDES for id in _ids(connection, f'SELECT {side} FROM "match" WHERE id IN (?)', matches)}


def _measures(connection: Connection, figures: Set[Id]) -> set[Id]:
    return _ids(connection, "SELECT DISTINCT measure FROM figure WHERE id IN (?)", figures)


def _records_rates(connection: Connection, measures: Set[Id]) -> bool:
    """Whether one of ``measures`` records exchange rates."""
    ask = f"SELECT id FROM measure WHERE {_RECORDS_RATES} AND id IN (?)"
    return bool(_ids(connection, ask, measures))


def _in_several_currencies(connection: Connection) -> set[Id]:
    """Measures with a number in another currency than their own, and those that are matched with any."""
    units = units_of(connection)
    currencies_by_measure: dict[Id, set[object]] = defaultdict(set)
    for measure, text in _stated_units(connection):
        currencies_by_measure[measure].add(_currencies(units, text))
    matched = {id for side in _SIDES for id in _all_ids(connection, "match", side)} & currencies_by_measure.keys()
    return {measure for measure, currencies in currencies_by_measure.items() if len(currencies) > 1} | matched


def _restated(connection: Connection, before: Units) -> set[Id]:
    """Measures with a number in a unit that is another than ``before``."""
    now = units_of(connection)
    return {
        measure
        for measure, text in _stated_units(connection)
        if _unit_meaning(before, text) != _unit_meaning(now, text)
    }


def _stated_units(connection: Connection) -> Iterator[tuple[Id, str]]:
    """Each measure with the units of it, of its figures and of what these say again; reads the row of every figure."""
    for measure, text in run(connection, _STATED_UNITS):
        yield Id(measure), text


_STATED_UNITS = """
    WITH RECURSIVE said(measure, figure) AS (
        SELECT measure, depends_on FROM figure WHERE depends_on IS NOT NULL
        UNION
        SELECT said.measure, figure.depends_on
        FROM said JOIN figure ON figure.id = said.figure WHERE figure.depends_on IS NOT NULL
    )
    SELECT said.measure, figure.unit FROM said JOIN figure ON figure.id = said.figure
    UNION SELECT measure, unit FROM figure
    UNION SELECT id, unit FROM measure"""


def _currencies(units: Units, text: str) -> object:
    """The currencies in a unit; what is no unit any more counts as one of its own."""
    try:
        return units.parse_recorded(text).currencies
    except UnitError:
        return text


def _unit_meaning(units: Units, text: str) -> object:
    """Everything about a unit that a finding may rest on."""
    try:
        return units.parse_recorded(text), units.declared_names(text)
    except UnitError as error:
        return str(error)


def _all_ids(connection: Connection, kind: str, column: str = "id") -> set[Id]:
    return {Id(id) for (id,) in run(connection, f'SELECT {column} FROM "{kind}"')}


def _ids(connection: Connection, ask: str, ids: Set[Id]) -> set[Id]:
    return {Id(id) for (id,) in run_among(connection, ask, sorted(ids))}


E = TypeVar("E", bound=AnyEntity)

_TABLES: Mapping[type, str] = {kind: name for name, kind in KINDS.items()}


def knowledge_about(connection: Connection, groups: FindingGroups) -> Knowledge:
    """Knowledge of which ``groups`` have the very findings that they have in all that is known; see ``reach``.

    Measures that are not asked about may come without some or all of their figures.
    """
    dependency_slice = _DependencySlice(connection)
    dependency_slice.take(UnitDefinition, _selected_ids(connection, "SELECT id FROM unit"))
    inputs = [
        part
        for calculation in dependency_slice.calculations(groups.calculations)
        for part in calculation.inputs
        if part.ref
    ]
    dependency_slice.take_figures_of([*groups.measures, *(part.ref for part in inputs if part.ref)])
    dependency_slice.take(Figure, [*(part.ref for part in inputs if part.ref), *dependency_slice.checked_figures()])
    dependency_slice.take_what_figures_repeat()
    if groups.calculations or dependency_slice.in_several_currencies():
        dependency_slice.take_figures_of(_selected_ids(connection, f"SELECT id FROM measure WHERE {_RECORDS_RATES}"))
        dependency_slice.take_what_figures_repeat()
    dependency_slice.take_what_figures_rest_on()
    dependency_slice.take_claims(groups.claims)
    return dependency_slice.knowledge()


def knowledge_behind(connection: Connection, finding: Finding) -> Knowledge:
    """As much as is needed to rule on ``finding``: what it stands between, and every ruling."""
    dependency_slice = _DependencySlice(connection)
    dependency_slice.take(Figure, (*finding.figures, *finding.parts))
    dependency_slice.take(Claim, finding.claims)
    dependency_slice.take(Measure, filter(None, [finding.measure]))
    dependency_slice.take(Calculation, filter(None, [finding.calculation]))
    dependency_slice.take(Ruling, _selected_ids(connection, "SELECT id FROM ruling"))
    return dependency_slice.knowledge()


def _selected_ids(connection: Connection, ask: str) -> list[Id]:
    return [Id(id) for (id,) in run(connection, ask)]


class _DependencySlice:
    """Entities taken from the tables so far, each once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._taken: dict[Id, tuple[int, AnyEntity]] = {}

    def take(self, kind: type[E], ids: Iterable[Id], column: str = "id") -> list[E]:
        """Entities of ``kind`` whose ``column`` is one of ``ids`` and that have not been taken before."""
        wanted = ids if column != "id" else (id for id in ids if id not in self._taken)
        ask = f'SELECT id, first_position, body FROM "{_TABLES[kind]}" WHERE "{column}" IN (?)'
        new: list[E] = []
        for id, position, body in run_among(self._connection, ask, wanted):
            if id not in self._taken:
                entity = parse_json(body, kind)
                self._taken[id] = (position, entity)
                new.append(entity)
        return new

    def take_closure(self, kind: type[E], ids: Iterable[Id], above: Callable[[E], Iterable[Id]]) -> list[E]:
        """Entities of ``kind`` called ``ids``, and all that ``above`` leads to from them, however far."""
        entities: list[E] = []
        while new := self.take(kind, ids):
            entities += new
            ids = [id for entity in new for id in above(entity)]
        return entities

    def calculations(self, ids: Iterable[Id]) -> list[Calculation]:
        """Calculations called ``ids``, and those that they rest on."""
        return self.take_closure(
            Calculation, ids, lambda calculation: [part.ref for part in calculation.inputs if part.ref]
        )

    def take_figures_of(self, ids: Iterable[Id]) -> None:
        """Figures of those of ``ids`` that are measures, and of all measures matched with them; and the measures."""
        measures = with_matched(self._connection, ids)
        self.take(Measure, measures)
        self.take(Figure, measures, "measure")

    def checked_figures(self) -> list[Id]:
        """Figures that calculations check."""
        return [id for calculation in self._of(Calculation) for id in calculation.checks]

    def in_several_currencies(self) -> bool:
        """Whether numbers may have to be converted by a recorded rate."""
        units = vocabulary(tuple(unit.definition for unit in self._of(UnitDefinition)))
        texts = {measure.unit for measure in self._of(Measure)} | {figure.quantity.unit for figure in self._of(Figure)}
        return len({units.parse_recorded(text).currencies for text in texts}) > 1

    def take_what_figures_repeat(self) -> None:
        """What figures repeat, quote or translate, back to the origin."""
        self.take_closure(Figure, [id for figure in self._of(Figure) for id in _repeated(figure)], _repeated)

    def take_what_figures_rest_on(self) -> None:
        """Their sources, measures and terms, what these are part of, and whatever they are matched with."""
        figures = self._of(Figure)
        self.take_closure(
            Source, (figure.source for figure in figures), lambda source: filter(None, [source.translation_of])
        )
        self.take(Measure, with_matched(self._connection, {figure.measure for figure in figures}))
        terms = {term for figure in figures for value in figure.scope.values() for term in value.terms}
        while new := self.take(ScopeValue, with_matched(self._connection, terms)):
            terms = {term.part_of for term in new if term.part_of}
        names = [entity.id for entity in (*self._of(Measure), *self._of(ScopeValue))]
        for side in ("left", "right"):
            self.take(Match, names, side)

    def take_claims(self, ids: Iterable[Id]) -> None:
        """Claims called ``ids``, those that they name, and those that name them."""
        claims = self.take(Claim, ids)
        ask = "SELECT entity FROM reference WHERE target IN (?)"
        naming = run_among(self._connection, ask, (claim.id for claim in claims))
        self.take(Claim, [Id(id) for (id,) in naming])
        self.take(Claim, (id for claim in claims for id in (*claim.denies, *claim.same_as)))

    def _of(self, kind: type[E]) -> list[E]:
        return [entity for _, entity in self._taken.values() if isinstance(entity, kind)]

    def knowledge(self) -> Knowledge:
        """What has been taken, in the order in which it was first told."""
        ordered = sorted(self._taken.values(), key=lambda entry: (entry[0], entry[1].id))
        return Knowledge.of(entity for _, entity in ordered)


def _repeated(figure: Figure) -> list[Id]:
    return [figure.depends_on.figure] if figure.depends_on else []
