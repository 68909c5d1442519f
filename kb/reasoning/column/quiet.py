"""Of which measures is there nothing to tell? Found in columns, so that nobody looks at their figures one by one."""

import numpy as np

from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
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
    positions = np.bincount(measure[found.positions.first], minlength=count)
    told = np.array([len(knowledge.figures_of_measure[one.id]) for one in columns.measures])
    still = np.flatnonzero(~beside & (positions == told))
    return frozenset(columns.measures[place].id for place in still.tolist())
