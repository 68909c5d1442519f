"""Which findings may an event change? Those of the groups that what it tells of takes part in, found through indexes.

A finding rests on the figures of its group, on what these repeat, quote or translate, on their sources and the texts
that those translate, on the terms of their scopes and what these are part of, and on the measure; matched names count
as one. So an event reaches the group of every figure that leads to what it tells of, and every calculation that takes
in or checks such a figure, takes in its measure, or rests on a calculation that does. A recorded exchange rate reaches
every measure that is told in several currencies, a unit every measure with a number in a unit that it changes; either
reaches all calculations.

Whoever named a thing before and no longer does is told of by an event of his own; so it is enough to look at who names
it now, except for what ``Touched`` remembers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from sqlalchemy import Connection

from kb.domain.entity import KINDS, MeasureKind
from kb.domain.group import Groups
from kb.domain.identity import Id
from kb.domain.unit import UnitError, Units
from kb.store.engine import run, run_among
from kb.store.reader import units_of

_QUIET = frozenset({"question", "argument", "ruling"})
"""Entities that no finding rests on."""


@dataclass(frozen=True, slots=True)
class Touched:
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


def touched(connection: Connection, told: Iterable[tuple[str, str]]) -> Touched:
    """What events tell of, by their types and streams; asked before the tables are brought up to date."""
    ids: dict[str, set[Id]] = defaultdict(set)
    for type, stream in told:
        kind = type.partition(".")[0]
        if kind in KINDS and kind not in _QUIET:
            ids[kind].add(Id(stream))
    return Touched(
        ids,
        _measures(connection, ids["figure"]),
        _ends(connection, ids["match"]),
        _rates(connection, ids["measure"]),
        units_of(connection) if ids["unit"] else None,
    )


def reached(connection: Connection, by: Touched) -> Groups:
    """Every group of which a finding may differ from before, in tables that are up to date."""
    ends = by.matched | _ends(connection, by.of("match"))
    changed = by.of("measure") | _ids(connection, "SELECT id FROM measure WHERE id IN (?)", ends)
    changed = together(connection, changed)
    figures = _figures(connection, by, ends)
    measures = {*by.measures, *changed, *_measures(connection, figures)}
    if by.units:
        measures |= _restated(connection, by.units)
    exchanged = by.rates or _rates(connection, measures)
    if exchanged:
        measures |= _in_several_currencies(connection)
    measures = together(connection, measures)
    calculations = by.of("calculation") | _naming(connection, {*figures, *measures})
    calculations |= _ids(connection, _NAMING_FIGURES, changed)
    if by.units or exchanged:
        calculations |= _all(connection, "calculation")
    calculations = closed(calculations, lambda ids: _naming(connection, ids))
    return Groups(frozenset(measures), frozenset(calculations), frozenset(by.of("claim")))


def everything(connection: Connection) -> Groups:
    """Every group that there is."""
    return Groups(*(frozenset(_all(connection, kind)) for kind in ("measure", "calculation", "claim")))


def together(connection: Connection, ids: Iterable[Id]) -> set[Id]:
    """Measures or terms called ``ids``, and all that are matched with them, however far."""
    return closed(ids, lambda new: _matched(connection, new))


def closed(ids: Iterable[Id], further: Callable[[set[Id]], set[Id]]) -> set[Id]:
    """``ids`` and all that ``further`` leads to from them, however far."""
    new = set(ids)
    found = set(new)
    while new := further(new) - found:
        found |= new
    return found


_NAMING_FIGURES = """
    SELECT reference.entity FROM figure JOIN reference ON reference.target = figure.id WHERE figure.measure IN (?)"""


def _figures(connection: Connection, by: Touched, ends: Set[Id]) -> set[Id]:
    """Figures of which something that their findings rest on is told of."""
    sources = closed(
        by.of("source"), lambda ids: _ids(connection, "SELECT id FROM source WHERE translation_of IN (?)", ids)
    )
    terms = {*by.of("term")} | _ids(connection, "SELECT id FROM term WHERE id IN (?)", ends)
    terms = closed(terms, lambda ids: _parts(connection, ids) | _matched(connection, ids))
    figures = {*by.of("figure"), *_naming(connection, terms)}
    figures |= _ids(connection, "SELECT id FROM figure WHERE source IN (?)", sources)
    return closed(figures, lambda ids: _ids(connection, "SELECT id FROM figure WHERE depends_on IN (?)", ids))


def _naming(connection: Connection, ids: Set[Id]) -> set[Id]:
    return _ids(connection, "SELECT entity FROM reference WHERE target IN (?)", ids)


def _parts(connection: Connection, terms: Set[Id]) -> set[Id]:
    return _ids(connection, "SELECT id FROM term WHERE part_of IN (?)", terms)


def _matched(connection: Connection, ids: Set[Id]) -> set[Id]:
    """What is held to be the same as one of ``ids``, directly."""
    asks = (f'SELECT {mine} FROM "match" WHERE same AND {theirs} IN (?)' for mine, theirs in (_SIDES, _SIDES[::-1]))
    return {id for ask in asks for id in _ids(connection, ask, ids)}


_SIDES = ('"left"', '"right"')


def _ends(connection: Connection, matches: Set[Id]) -> set[Id]:
    return {id for side in _SIDES for id in _ids(connection, f'SELECT {side} FROM "match" WHERE id IN (?)', matches)}


def _measures(connection: Connection, figures: Set[Id]) -> set[Id]:
    return _ids(connection, "SELECT DISTINCT measure FROM figure WHERE id IN (?)", figures)


def _rates(connection: Connection, measures: Set[Id]) -> bool:
    """Whether one of ``measures`` records exchange rates."""
    ask = f"SELECT id FROM measure WHERE kind = '{MeasureKind.EXCHANGE_RATE}' AND id IN (?)"
    return bool(_ids(connection, ask, measures))


def _in_several_currencies(connection: Connection) -> set[Id]:
    """Measures with a number in another currency than their own, and those that are matched with any."""
    units = units_of(connection)
    found: dict[Id, set[object]] = defaultdict(set)
    for measure, text in _units_told(connection):
        found[measure].add(_currencies(units, text))
    matched = {id for side in _SIDES for id in _all(connection, "match", side)} & found.keys()
    return {measure for measure, currencies in found.items() if len(currencies) > 1} | matched


def _restated(connection: Connection, before: Units) -> set[Id]:
    """Measures with a number in a unit that is another than ``before``."""
    now = units_of(connection)
    return {measure for measure, text in _units_told(connection) if _meant(before, text) != _meant(now, text)}


def _units_told(connection: Connection) -> Iterator[tuple[Id, str]]:
    """Each measure with the units of it, of its figures and of what these say again; reads the row of every figure."""
    for measure, text in run(connection, _UNITS_TOLD):
        yield Id(measure), text


_UNITS_TOLD = """
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
        return units.recalled(text).currencies
    except UnitError:
        return text


def _meant(units: Units, text: str) -> object:
    """Everything about a unit that a finding may rest on."""
    try:
        return units.recalled(text), units.own_names(text)
    except UnitError as error:
        return str(error)


def _all(connection: Connection, kind: str, column: str = "id") -> set[Id]:
    return {Id(id) for (id,) in run(connection, f'SELECT {column} FROM "{kind}"')}


def _ids(connection: Connection, ask: str, ids: Set[Id]) -> set[Id]:
    return {Id(id) for (id,) in run_among(connection, ask, sorted(ids))}
