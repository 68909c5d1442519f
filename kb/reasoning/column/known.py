"""How does what is known become columns? Every figure that takes a position, one row each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from kb.domain.entity import Figure, Measure
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Quantity, RangeKind
from kb.domain.scope import Quantifier, ScopeSelection
from kb.reasoning.column.axis import LARGEST
from kb.reasoning.column.columns import BOUNDS, HEDGES, Columns, Scopes
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reasoning.findings.mention import NON_COMMITTAL_STANCES, normalized_quantity, reading_order
from kb.reasoning.findings.origin import dependence_links, origin_of, root_of
from kb.reasoning.scope import ScopeComparison, ScopeKey, compare_scopes, expanded

_BOUND = {bound: place for place, bound in enumerate(BOUNDS)}
_HEDGE = {hedge: place for place, hedge in enumerate(HEDGES)}


@dataclass(frozen=True)
class Known:
    """Figures in columns, and the answers to what columns do not hold.

    Attributes:
        columns: The figures that take a position, one row each.
        figures: The figure of each row.
        untold: Measures that columns cannot tell of, as a figure speaks of each of several things, leaves an end
            unsaid, has too many digits or is converted by a rate: ``survey`` has to.
    """

    knowledge: Knowledge
    columns: Columns
    figures: Sequence[Figure]
    scopes: Sequence[ScopeKey]
    untold: frozenset[Id]

    @classmethod
    def of(cls, knowledge: Knowledge) -> "Known":
        """Everything that is known."""
        rows = _Rows(knowledge)
        untold = {id for id, measure in knowledge.measures.items() if not rows.took(measure)}
        return cls(knowledge, rows.columns(), rows.figures, tuple(rows.scopes), frozenset(untold))

    def reading(self, row: int) -> NormalizedQuantity:
        """The row's intervals in the unit of its axis."""
        return normalized_quantity(self.knowledge, self.figures[row])

    def match(self, measure: int, left: int, right: int) -> ScopeComparison:
        """Two scopes side by side, for a measure."""
        kind = self.columns.measures[measure].kind
        return compare_scopes(self.knowledge, kind, dict(self.scopes[left]), dict(self.scopes[right]))


@dataclass
class _Rows:
    """The rows gathered so far, and the numbers given so far to what occurs in them."""

    knowledge: Knowledge
    figures: list[Figure] = field(default_factory=list)
    rows: list[tuple[int, ...]] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    units: dict[str, int] = field(default_factory=dict)
    scopes: dict[ScopeKey, int] = field(default_factory=dict)
    origins: dict[str, int] = field(default_factory=dict)

    def took(self, measure: Measure) -> bool:
        """Takes every figure of ``measure`` in the order told, or none if one does not fit into a row."""
        heard = list(_heard(self.knowledge, measure))
        rows = [row for figure in heard if (row := self._row(figure))]
        if len(rows) != len(heard):
            return False
        if heard:
            self.measures.append(measure)
            self.figures += heard
            self.rows += rows
        return True

    def _row(self, figure: Figure) -> tuple[int, ...] | None:
        keys, digits = expanded(figure.scope), _digits(figure.quantity)
        if len(keys) != 1 or digits is None or self._is_exchanged(figure):
            return None
        quantity = figure.quantity
        limit = quantity.limit
        return (
            len(self.measures),
            self.scopes.setdefault(keys[0], len(self.scopes)),
            self.units.setdefault(quantity.unit, len(self.units)),
            *digits,
            _BOUND[limit],
            _HEDGE[quantity.hedge],
            quantity.spread is RangeKind.SPREAD,
            quantity.low_open or (limit.is_strict and limit.is_floor),
            quantity.high_open or (limit.is_strict and limit.is_ceiling),
            self.origins.setdefault(origin_of(self.knowledge, figure).key, len(self.origins)),
        )

    def _is_exchanged(self, figure: Figure) -> bool:
        """Whether a recorded rate converts it into its measure's currency."""
        measure = self.knowledge.measures[figure.measure]
        given, wanted = (self.knowledge.unit(text) for text in (figure.quantity.unit, measure.unit))
        return (
            given.currencies != wanted.currencies and normalized_quantity(self.knowledge, figure).exchange is not None
        )

    def columns(self) -> Columns:
        table = np.array(self.rows, np.int64).reshape(len(self.rows), 13)
        measure, scope, unit, low, high, step, exponent, bound, hedge = table.T[:9]
        spread, low_open, high_open = table.T[9:12].astype(np.bool_)
        parts = (measure, scope, unit, low, high, step, exponent, bound, hedge, spread, low_open, high_open)
        return Columns(
            self.measures,
            list(self.units),
            _scopes(self.knowledge, self.scopes),
            *parts,
            table[:, 12],
            self.knowledge.unit_system,
        )


def _heard(knowledge: Knowledge, measure: Measure) -> Iterator[Figure]:
    """Figures that take a position: independent ones, neither denied nor merely assumed; in the order told."""
    told = sorted(knowledge.figures_of_measure.get(measure.id, ()), key=reading_order)
    links = {}
    if any(_may_depend(knowledge, figure) for figure in told):
        links = dependence_links(knowledge, told, {one.id: normalized_quantity(knowledge, one).stated for one in told})
    for figure in told:
        if figure.stance not in NON_COMMITTAL_STANCES and root_of(figure.id, links) == figure.id:
            yield figure


def _may_depend(knowledge: Knowledge, figure: Figure) -> bool:
    source = knowledge.sources.get(figure.source)
    return bool(figure.depends_on or (source and (source.translation_of or source.quotes)))


def _digits(quantity: Quantity) -> tuple[int, int, int, int] | None:
    """Digits of low end, high end and granularity, and what ten is raised to; None where they fit into no row."""
    if quantity.low is None or quantity.high is None:
        return None
    parts = [quantity.low, quantity.high, quantity.granularity or Decimal(0)]
    exponent = min(_exponent(part) for part in parts)
    low, high, step = (int(part.scaleb(-exponent)) for part in parts)
    return (low, high, step, exponent) if max(abs(low), abs(high), step) < LARGEST else None


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _scopes(knowledge: Knowledge, scopes: Iterable[ScopeKey]) -> Scopes:
    scopes = list(scopes)
    keys = {key: place for place, key in enumerate(dict.fromkeys(key for scope in scopes for key, _ in scope))}
    values: dict[ScopeSelection, int] = {}
    table = np.full((len(scopes), len(keys)), -1, np.int64)
    for row, scope in enumerate(scopes):
        for key, value in scope:
            table[row, keys[key]] = values.setdefault(value, len(values))
    wholes = {term.part_of for term in knowledge.scope_values.values() if term.part_of}
    odd = [_is_odd(knowledge, value, wholes) for value in values]
    return Scopes(tuple(keys), table, np.array(odd, np.bool_))


def _is_odd(knowledge: Knowledge, value: ScopeSelection, wholes: set[Id]) -> bool:
    if value.quantifier is not Quantifier.ONE or len(value.terms) != 1:
        return True
    term = knowledge.scope_values.get(value.terms[0])
    return value.terms[0] in wholes or bool(term and term.part_of)
