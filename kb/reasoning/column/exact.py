"""Whom to ask about what columns do not hold? One row or one pair at a time, with the engine of one measure."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from kb.domain.quantity import Quantity, RangeKind
from kb.reasoning.column.columns import BOUNDS, HEDGES, Columns
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reasoning.findings.mention import in_measure_unit
from kb.reasoning.scope import ScopeComparison


class Exact(Protocol):
    """What is asked."""

    def reading(self, row: int) -> NormalizedQuantity:
        """The row's intervals in the unit of its axis."""

    def match(self, measure: int, left: int, right: int) -> ScopeComparison:
        """The scopes ``left`` and ``right`` side by side, for a measure."""


@dataclass(frozen=True)
class Rows:
    """Answers from the columns alone: their scopes are plain, and no range leaves an end out."""

    columns: Columns

    def reading(self, row: int) -> NormalizedQuantity:
        """The row's intervals in the unit of its axis."""
        told = self.columns
        low, high, step = (self._decimal(part[row], row) for part in (told.low, told.high, told.step))
        unit, bound, hedge = told.units[told.unit[row]], BOUNDS[told.bound[row]], HEDGES[told.hedge[row]]
        kind = RangeKind.SPREAD if told.spread[row] else None
        quantity = Quantity(low, high, unit, bound, hedge, kind, step or None)
        return in_measure_unit(told.measures[told.measure[row]], quantity, told.vocabulary)

    def _decimal(self, digits: int, row: int) -> Decimal:
        return Decimal(int(digits)).scaleb(int(self.columns.exponent[row]))

    def match(self, measure: int, left: int, right: int) -> ScopeComparison:
        """Never asked of plain scopes."""
        raise LookupError(f"scopes {left} and {right} of measure {measure} are not plain")
