"""Of which measures is there nothing to tell? Found in columns, so that nobody looks at their figures one by one."""

import numpy as np

from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.array import Flags
from kb.reasoning.column.columns import Columns
from kb.reasoning.column.compared import compared
from kb.reasoning.column.known import Known


def quiet(knowledge: Knowledge) -> frozenset[Id]:
    """Measures whose figures all take a position, each one of its own, and no two of which are worth a word.

    So it is with a number for each year: other times are no news. Such a measure is in no finding between figures;
    not every measure of which that is so is found.
    """
    known = Known.of(knowledge)
    if not len(known.columns):
        return frozenset()
    found, columns = compared(known.columns, known), known.columns
    count = len(columns.measures)
    measure = columns.measure[found.row]
    beside = np.zeros(count, np.bool_)
    beside[found.untold] = True
    beside[measure[found.positions.first[found.left]]] = True
    beside[columns.measure[_foreign(knowledge, columns)]] = True
    positions = np.bincount(measure[found.positions.first], minlength=count)
    told = np.array([len(knowledge.figures_of_measure[one.id]) for one in columns.measures])
    still = np.flatnonzero(~beside & (positions == told))
    return frozenset(columns.measures[place].id for place in still.tolist())


def _foreign(knowledge: Knowledge, columns: Columns) -> Flags:
    """Rows told in another currency than their measure: of a rate, or the want of one, something is to be told."""
    codes: dict[tuple[str, ...], int] = {}

    def code(unit: str) -> int:
        return codes.setdefault(tuple(knowledge.unit(unit).currencies), len(codes))

    said = np.array([code(unit) for unit in columns.units])
    wanted = np.array([code(measure.unit) for measure in columns.measures])
    apart: Flags = said[columns.unit] != wanted[columns.measure]
    return apart
