"""What findings depend on: the groups that an event invalidates, and the slice of the tables that a group needs.

A finding depends on the figures of its group, on the figures that these repeat, quote or translate or are derived
from, on their sources and the texts that those translate or supersede, on the scope values of the figures and what
these are part of, and on the measure; matched names count as one, as do a measure and its complements. An event
therefore invalidates the groups of all figures that depend on its entity, and the calculations that take in or check
such a figure, take in its measure, or take in another such calculation. A recorded exchange rate invalidates every
measure with figures in several currencies, a unit every measure with an amount in a unit that it changes; either
invalidates all calculations.

An entity that used to refer to another and no longer does has an event of its own that says so. So it is enough to look
at what refers to it now, except for what ``Changes`` remembers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
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
from kb.domain.references import Role, ids_in_role
from kb.domain.unit import UnitError, Units
from kb.domain.unit.vocabulary import vocabulary
from kb.store.engine import run, run_among
from kb.store.reader import units_of

WITHOUT_FINDINGS = frozenset({"question", "argument", "ruling", "assessment"})
"""Kinds of entities that no finding depends on."""

_RECORDS_RATES = "kind IN ('" + "', '".join(RATE_KINDS) + "')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The entities of some events, with what only the tables before the events know about them.

    Attributes:
        ids: The entities, by kind.
        measures: The measures that the figures had.
        complements: The complements that the measures had.
        matched: What the matches were between.
        rates: Whether one of the measures recorded exchange rates.
        units: The vocabulary of units before the events; None where no event is about a unit.
    """

    ids: Mapping[str, Set[Id]]
    measures: Set[Id] = frozenset()
    complements: Set[Id] = frozenset()
    matched: Set[Id] = frozenset()
    rates: bool = False
    units: Units | None = None

    def of(self, kind: str) -> Set[Id]:
        """The ids of one kind."""
        return self.ids.get(kind, frozenset())


def changes_of(connection: Connection, events: Iterable[tuple[str, str]]) -> Changes:
    """What ``events``, given by type and stream, are about; to be asked before the tables are updated."""
    ids: dict[str, set[Id]] = defaultdict(set)
    for type, stream in events:
        kind = type.partition(".")[0]
        if kind in KINDS and kind not in WITHOUT_FINDINGS:
            ids[kind].add(Id(stream))
    return Changes(
        ids=ids,
        measures=_measures(connection, ids["figure"]),
        complements=_complements(connection, ids["measure"]),
        matched=_ends(connection, ids["match"]),
        rates=_records_rates(connection, ids["measure"]),
        units=units_of(connection) if ids["unit"] else None,
    )


def invalidated_groups(connection: Connection, changes: Changes) -> FindingGroups:
    """Every group with a finding that ``changes`` may have altered; to be asked once the tables are updated."""
    ends = changes.matched | _ends(connection, changes.of("match"))
    # Once a measure is gone, nothing tells any more that another was the rest of it.
    changed = changes.of("measure") | changes.complements
    changed |= _ids(connection, "SELECT id FROM measure WHERE id IN (?)", ends)
    changed = counted_as_one(connection, changed)
    figures = _figures(connection, changes, ends)
    measures = {*changes.measures, *changed, *_measures(connection, figures)}
    if changes.units:
        measures |= _restated(connection, changes.units)
    exchanged = changes.rates or _records_rates(connection, measures)
    # A rate is chosen among all that are recorded, so a new one may convert any amount that is in a foreign currency.
    if exchanged:
        measures |= _in_several_currencies(connection)
    measures = counted_as_one(connection, measures)
    calculations = changes.of("calculation") | _ids(connection, _CALCULATIONS_WITH, {*figures, *measures})
    calculations |= _ids(connection, _CALCULATIONS_WITH_FIGURES, changed)
    if changes.units or exchanged:
        calculations |= _all_ids(connection, "calculation")
    calculations = closure(calculations, lambda ids: _ids(connection, _CALCULATIONS_WITH, ids))
    return FindingGroups(frozenset(measures), frozenset(calculations), frozenset(changes.of("claim")))


def all_groups(connection: Connection, size: int) -> Iterator[FindingGroups]:
    """Every group of findings, at most ``size`` at a time, in ranges of their ids, so that memory stays flat."""
    for kind, groups in _GROUPS.items():
        last = ""
        while ids := _selected_ids(connection, f"SELECT id FROM {kind} WHERE id > ? ORDER BY id LIMIT {size}", (last,)):
            yield groups(frozenset(ids))
            last = ids[-1]


_GROUPS: Mapping[str, Callable[[frozenset[Id]], FindingGroups]] = {
    "measure": lambda ids: FindingGroups(measures=ids),
    "calculation": lambda ids: FindingGroups(calculations=ids),
    "claim": lambda ids: FindingGroups(claims=ids),
}
"""The groups of the ids in each table that has groups."""


def count_groups(connection: Connection) -> int:
    """How many groups of findings there are."""
    return sum(int(run(connection, f"SELECT count(*) FROM {kind}").scalar_one()) for kind in _GROUPS)


def with_matched(connection: Connection, ids: Iterable[Id]) -> set[Id]:
    """The measures or scope values ``ids``, and all that are matched with them, directly or through others."""
    return closure(ids, lambda new: _matched(connection, new))


def counted_as_one(connection: Connection, ids: Iterable[Id]) -> set[Id]:
    """The measures ``ids``, and all that are matched with them or are complements, directly or through others."""
    return closure(ids, lambda new: _matched(connection, new) | _complements(connection, new))


def closure(ids: Iterable[Id], further: Callable[[set[Id]], set[Id]]) -> set[Id]:
    """``ids`` and all that applying ``further`` again and again adds to them."""
    new = set(ids)
    reachable = set(new)
    while new := further(new) - reachable:
        reachable |= new
    return reachable


_CALCULATIONS_WITH = """
    SELECT calculation.id FROM reference JOIN calculation ON calculation.id = reference.entity
    WHERE reference.target IN (?)"""

_CALCULATIONS_WITH_FIGURES = """
    SELECT calculation.id FROM figure JOIN reference ON reference.target = figure.id
    JOIN calculation ON calculation.id = reference.entity WHERE figure.measure IN (?)"""


def _figures(connection: Connection, changes: Changes, ends: Set[Id]) -> set[Id]:
    """Figures with findings that depend on one of the changed entities."""
    sources = closure(
        changes.of("source"),
        lambda ids: _referring(connection, Role.TRANSLATED, ids) | _referring(connection, Role.SUPERSEDED, ids),
    )
    terms = {*changes.of("term")} | _ids(connection, "SELECT id FROM term WHERE id IN (?)", ends)
    terms = closure(terms, lambda ids: _referring(connection, Role.WHOLE, ids) | _matched(connection, ids))
    figures = {*changes.of("figure"), *_naming(connection, terms)}
    figures |= _referring(connection, Role.PUBLISHER, sources)
    return closure(
        figures, lambda ids: _referring(connection, Role.REPEATED, ids) | _referring(connection, Role.DERIVED, ids)
    )


REFERRING = {
    Role.TRANSLATED: "SELECT id FROM source WHERE translation_of IN (?)",
    Role.SUPERSEDED: (
        "SELECT source.id FROM reference JOIN source ON source.id = reference.entity WHERE reference.target IN (?)"
    ),
    Role.WHOLE: "SELECT id FROM term WHERE part_of IN (?)",
    Role.PUBLISHER: "SELECT id FROM figure WHERE source IN (?)",
    Role.REPEATED: "SELECT id FROM figure WHERE depends_on IN (?)",
    Role.DERIVED: (
        "SELECT figure.id FROM reference JOIN figure ON figure.id = reference.entity WHERE reference.target IN (?)"
    ),
}
"""Finds what refers to an entity in a role that has a column of its own, or sources and figures that refer to others.

A claim has a source as well, but no finding between claims depends on it.
"""


def _referring(connection: Connection, role: Role, ids: Set[Id]) -> set[Id]:
    return _ids(connection, REFERRING[role], ids)


def _naming(connection: Connection, ids: Set[Id]) -> set[Id]:
    """What refers to one of ``ids`` in one of ``INDEXED_ROLES``."""
    return _ids(connection, "SELECT entity FROM reference WHERE target IN (?)", ids)


def _matched(connection: Connection, ids: Set[Id]) -> set[Id]:
    """What a match declares the same as one of ``ids``."""
    asks = (
        f'SELECT {near_side} FROM "match" WHERE same AND {far_side} IN (?)'
        for near_side, far_side in (_SIDES, _SIDES[::-1])
    )
    return {id for ask in asks for id in _ids(connection, ask, ids)}


def _complements(connection: Connection, ids: Set[Id]) -> set[Id]:
    """The measures that are complements of one of ``ids``, whichever of the two says so."""
    asks = (
        f"SELECT {near}.id FROM reference JOIN measure AS share ON share.id = reference.entity "
        f"JOIN measure AS rest ON rest.id = reference.target WHERE {far}.id IN (?)"
        for near, far in (("share", "rest"), ("rest", "share"))
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
    """Measures with amounts in several currencies, and all measures that are matched with another."""
    units = units_of(connection)
    currencies_by_measure: dict[Id, set[object]] = defaultdict(set)
    for measure, text in _stated_units(connection):
        currencies_by_measure[measure].add(_currencies(units, text))
    matched = {id for side in _SIDES for id in _all_ids(connection, "match", side)} & currencies_by_measure.keys()
    return {measure for measure, currencies in currencies_by_measure.items() if len(currencies) > 1} | matched


def _restated(connection: Connection, before: Units) -> set[Id]:
    """Measures with an amount in a unit that now means something else than ``before``."""
    now = units_of(connection)
    return {
        measure
        for measure, text in _stated_units(connection)
        if _unit_meaning(before, text) != _unit_meaning(now, text)
    }


def _stated_units(connection: Connection) -> Iterator[tuple[Id, str]]:
    """Pairs of a measure and a unit: its own, those of its figures and of what these repeat. Reads every figure."""
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
    """The currencies in a unit; a text that is no longer a unit counts as a currency of its own."""
    try:
        return units.parse_recorded(text).currencies
    except UnitError:
        return text


def _unit_meaning(units: Units, text: str) -> object:
    """Everything about a unit that a finding may depend on."""
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
    """The part of what is known in which ``groups`` have exactly the findings that they have in the whole.

    Measures outside ``groups`` may lack some or all of their figures.
    """
    dependency_slice = _DependencySlice(connection)
    dependency_slice.take(UnitDefinition, _selected_ids(connection, "SELECT id FROM unit"))
    dependency_slice.take_claims(groups.claims)
    dependency_slice.take_conditions_on(groups.calculations)
    tested = dependency_slice.calculations_tested_by(groups.claims)
    calculations = dependency_slice.take_closure(Calculation, {*groups.calculations, *tested}, Role.INPUT)
    inputs = _ids_of(calculations, Role.INPUT)
    dependency_slice.take_figures_of([*groups.measures, *inputs])
    dependency_slice.take(Figure, [*inputs, *_ids_of(calculations, Role.CHECKED)])
    dependency_slice.take_what_figures_go_back_to()
    if calculations or dependency_slice.in_several_currencies():
        dependency_slice.take_figures_of(_selected_ids(connection, f"SELECT id FROM measure WHERE {_RECORDS_RATES}"))
        dependency_slice.take_what_figures_go_back_to()
    dependency_slice.take_what_figures_rest_on()
    return dependency_slice.knowledge()


def knowledge_behind(connection: Connection, finding: Finding) -> Knowledge:
    """What is needed to rule on ``finding``: the entities that it is about, and every ruling."""
    dependency_slice = _DependencySlice(connection)
    dependency_slice.take(Figure, (*finding.figures, *finding.parts))
    dependency_slice.take(Claim, finding.claims)
    dependency_slice.take(Measure, filter(None, [finding.measure]))
    dependency_slice.take(Calculation, filter(None, [finding.calculation]))
    dependency_slice.take(Ruling, _selected_ids(connection, "SELECT id FROM ruling"))
    return dependency_slice.knowledge()


def _selected_ids(connection: Connection, ask: str, values: Sequence[str] = ()) -> list[Id]:
    return [Id(id) for (id,) in run(connection, ask, values)]


class _DependencySlice:
    """A growing set of entities, each read from the tables once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._taken: dict[Id, tuple[int, AnyEntity]] = {}

    def take(self, kind: type[E], ids: Iterable[Id], column: str = "id") -> list[E]:
        """The entities of ``kind`` with one of ``ids`` in ``column`` that are new to the slice."""
        wanted = ids if column != "id" else (id for id in ids if id not in self._taken)
        ask = f'SELECT id, first_position, body FROM "{_TABLES[kind]}" WHERE "{column}" IN (?)'
        new: list[E] = []
        for id, position, body in run_among(self._connection, ask, wanted):
            if id not in self._taken:
                entity = parse_json(body, kind)
                self._taken[id] = (position, entity)
                new.append(entity)
        return new

    def take_closure(self, kind: type[E], ids: Iterable[Id], *roles: Role) -> list[E]:
        """The entities ``ids`` of ``kind``, and all that they refer to in ``roles``, directly or through others."""
        entities: list[E] = []
        while new := self.take(kind, ids):
            entities += new
            ids = _ids_of(new, *roles)
        return entities

    def take_figures_of(self, ids: Iterable[Id]) -> None:
        """Takes those of ``ids`` that are measures, the measures matched with them, and the figures of all these."""
        measures = counted_as_one(self._connection, ids)
        self.take(Measure, measures)
        self.take(Figure, measures, "measure")

    def in_several_currencies(self) -> bool:
        """Whether an amount may have to be converted by a recorded rate."""
        units = vocabulary(tuple(unit.definition for unit in self._of(UnitDefinition)))
        texts = {measure.unit for measure in self._of(Measure)} | {figure.quantity.unit for figure in self._of(Figure)}
        return len({units.parse_recorded(text).currencies for text in texts}) > 1

    def take_what_figures_go_back_to(self) -> None:
        """Takes what figures repeat, quote, translate or are derived from, back to the origins."""
        roles = Role.REPEATED, Role.DERIVED
        self.take_closure(Figure, _ids_of(self._of(Figure), *roles), *roles)

    def take_what_figures_rest_on(self) -> None:
        """Takes the sources, measures and scope values of figures, the wholes of these, and all matches of theirs."""
        figures = self._of(Figure)
        self.take_closure(Source, _ids_of(figures, Role.PUBLISHER), Role.TRANSLATED, Role.SUPERSEDED)
        self.take(Measure, counted_as_one(self._connection, _ids_of(figures, Role.MEASURED)))
        terms = _ids_of(figures, Role.SCOPE)
        while new := self.take(ScopeValue, with_matched(self._connection, terms)):
            terms = _ids_of(new, Role.WHOLE)
        names = [entity.id for entity in (*self._of(Measure), *self._of(ScopeValue))]
        for side in ("left", "right"):
            self.take(Match, names, side)

    def take_claims(self, ids: Iterable[Id]) -> None:
        """Takes the claims ``ids``, the claims that they deny or repeat, and those that deny or repeat them."""
        claims = self.take(Claim, ids)
        ask = "SELECT entity FROM reference WHERE target IN (?)"
        naming = run_among(self._connection, ask, (claim.id for claim in claims))
        self.take(Claim, [Id(id) for (id,) in naming])
        self.take(Claim, _ids_of(claims, Role.DENIED, Role.SAME))

    def take_conditions_on(self, calculations: Set[Id]) -> None:
        """Takes the claims that hold only if the result of one of ``calculations`` keeps to a limit."""
        ask = "SELECT entity FROM reference WHERE target IN (?)"
        self.take(Claim, [Id(id) for (id,) in run_among(self._connection, ask, sorted(calculations))])

    def calculations_tested_by(self, claims: Set[Id]) -> list[Id]:
        """The calculations in the conditions of ``claims``, which are in the slice."""
        return _ids_of([claim for claim in self._of(Claim) if claim.id in claims], Role.CONDITION)

    def _of(self, kind: type[E]) -> list[E]:
        return [entity for _, entity in self._taken.values() if isinstance(entity, kind)]

    def knowledge(self) -> Knowledge:
        """The entities taken, in the order in which they were first recorded."""
        ordered = sorted(self._taken.values(), key=lambda entry: (entry[0], entry[1].id))
        return Knowledge.of(entity for _, entity in ordered)


def _ids_of(entities: Iterable[AnyEntity], *roles: Role) -> list[Id]:
    return [id for entity in entities for id in ids_in_role(entity, *roles)]
