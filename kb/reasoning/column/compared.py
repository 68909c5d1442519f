"""What does the engine notice in very many figures? Positions, the pairs laid side by side, and what came of each."""

from dataclasses import dataclass, replace

import numpy as np

from kb.domain.finding import Verdict
from kb.reasoning.array import Flags, Floats, Ints, distinct
from kb.reasoning.column.axis import Laid, chosen, laid
from kb.reasoning.column.columns import Columns
from kb.reasoning.column.exact import Exact
from kb.reasoning.column.judge import GROUNDS, VERDICTS, judged
from kb.reasoning.column.sweep import Positions, paired, swept
from kb.reasoning.comparison.verdict import Ground, compare
from kb.reasoning.scope import OFFER_KEYS

_APART = VERDICTS.index(Verdict.NOT_COMPARABLE)


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What came of comparing some columns.

    Attributes:
        row: For each row compared its place in the columns; the others belong to measures in ``untold``.
        untold: Measures of which a number is too large or too fine for columns: ``survey`` has to tell of them.
        positions: The positions that the rows compared take; rows are places in ``row``.
        left: The lower position of each pair.
        right: The higher one.
        verdict: Place in ``judge.VERDICTS``; pairs that nobody needs to be told of are left out.
        ground: Place in ``judge.GROUNDS``.
        one_sided: Whether a scope key is given for one of the two only.
        severity: From the distance alone; 0 for what is not comparable.
    """

    row: Ints
    untold: Ints
    positions: Positions
    left: Ints
    right: Ints
    verdict: Ints
    ground: Ints
    one_sided: Flags
    severity: Floats


def compared(columns: Columns, exact: Exact) -> Compared:
    """Everything that comes of laying ``columns`` side by side, as ``disputes`` would find it measure by measure.

    No figure may stand in more than one row. Cost grows as n log n.
    """
    rows = laid(columns)
    untold = distinct(columns.measure[~rows.fits])
    row = np.arange(len(columns))
    if len(untold):
        row = np.flatnonzero(~np.isin(columns.measure, untold))
        columns, rows = some(columns, row), chosen(rows, row)
    positions = swept(columns, rows)
    pairs = paired(columns, rows, positions)
    one, other = positions.topmost[pairs.left], positions.lowest[pairs.right]
    alike, one_sided, silent = _matched(columns, exact, one, other)
    one_sided |= rows.unsaid[one] != rows.unsaid[other]
    meet = _meet(positions, pairs.left, pairs.right)
    kept = np.flatnonzero(alike | ~(silent | meet))
    verdict, ground, severity = _judged(columns, rows, exact, row, one[kept], other[kept], alike[kept], one_sided[kept])
    return Compared(
        row, untold, positions, pairs.left[kept], pairs.right[kept], verdict, ground, one_sided[kept], severity
    )


def some(columns: Columns, row: Ints) -> Columns:
    """Some of the rows of ``columns``."""
    shared = ("measures", "units", "scopes", "vocabulary")
    return replace(columns, **{name: getattr(columns, name)[row] for name in Columns.__slots__ if name not in shared})


def _meet(positions: Positions, left: Ints, right: Ints) -> Flags:
    lowest = np.maximum(positions.low_place[left], positions.low_place[right])
    return lowest <= np.minimum(positions.high_place[left], positions.high_place[right])


def _matched(columns: Columns, exact: Exact, one: Ints, other: Ints) -> tuple[Flags, Flags, Flags]:
    """Of pairs of rows: whether they may be compared, whether a key is given for one only, whether offers differ."""
    left, right = columns.scope[one], columns.scope[other]
    mine, theirs = columns.scopes.value[left], columns.scopes.value[right]
    one_sided = ((mine < 0) != (theirs < 0)).any(axis=1)
    differ = (mine >= 0) & (theirs >= 0) & (mine != theirs)
    offer = np.array([key in OFFER_KEYS for key in columns.scopes.keys], np.bool_)
    alike, silent = ~differ.any(axis=1), (differ & offer).any(axis=1)
    odd = differ & (columns.scopes.odd[mine] | columns.scopes.odd[theirs])
    for pair in np.flatnonzero(odd.any(axis=1)).tolist():
        found = exact.match(int(columns.measure[one[pair]]), int(left[pair]), int(right[pair]))
        alike[pair], one_sided[pair], silent[pair] = found.comparable, found.uncertain, found.different_offers
    return alike, one_sided, silent


def _judged(
    columns: Columns, rows: Laid, exact: Exact, row: Ints, one: Ints, other: Ints, alike: Flags, one_sided: Flags
) -> tuple[Ints, Ints, Floats]:
    verdict = np.full(len(one), _APART)
    ground = np.full(len(one), GROUNDS.index(Ground.SCOPE))
    severity = np.zeros(len(one))
    beside = np.flatnonzero(alike)
    told = judged(columns, rows, one[beside], other[beside], one_sided[beside])
    verdict[beside], ground[beside], severity[beside] = told.verdict, told.ground, told.severity
    for pair in beside[~told.sure].tolist():
        left, right = exact.reading(int(row[one[pair]])), exact.reading(int(row[other[pair]]))
        came = compare(left, right, one_sided=bool(one_sided[pair]))
        verdict[pair], ground[pair] = VERDICTS.index(came.verdict), GROUNDS.index(came.ground)
        severity[pair] = float(came.severity)
    return verdict, ground, severity
