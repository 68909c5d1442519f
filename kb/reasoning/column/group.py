"""What does one more figure change? It is laid beside those of its own measure and scope, and no others."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from kb.reasoning.array import Ints
from kb.reasoning.column.columns import Columns, Scopes
from kb.reasoning.column.compared import Compared, compared, some
from kb.reasoning.column.exact import Rows


class Row(NamedTuple):
    """One figure as a row of ``Columns``."""

    measure: int
    scope: int
    unit: int
    low: int
    high: int
    step: int
    exponent: int
    bound: int
    hedge: int
    spread: bool
    low_open: bool
    high_open: bool
    origin: int


_ONE_SCOPE = Scopes((), np.empty((1, 0), np.int64), np.empty(0, np.bool_))


class Groups:
    """Figures in columns, by measure and scope, to which figures are added one at a time."""

    def __init__(self, columns: Columns) -> None:
        """``columns``; sorting them is what takes time."""
        key = self._key(columns.measure, columns.scope)
        self._columns = columns
        self._order = np.argsort(key, kind="stable")
        self._keys = key[self._order]
        self._added: dict[int, list[Row]] = defaultdict(list)

    def _key(self, measure: Ints, scope: Ints) -> Ints:
        return measure << 40 | scope

    def held(self, measure: int, scope: int) -> Columns:
        """The figures of one measure and scope, in the order told; they call that scope 0."""
        key = measure << 40 | scope
        first, last = np.searchsorted(self._keys, [key, key + 1])
        found = with_rows(some(self._columns, self._order[first:last]), self._added.get(key, ()))
        return replace(found, scopes=_ONE_SCOPE, scope=np.zeros_like(found.scope))

    def add(self, row: Row) -> Compared:
        """Adds a figure behind all others, and compares anew what its measure and scope hold; see ``held``."""
        self._added[row.measure << 40 | row.scope].append(row)
        group = self.held(row.measure, row.scope)
        return compared(group, Rows(group))


def with_rows(columns: Columns, rows: Sequence[Row]) -> Columns:
    """``columns`` with ``rows`` behind them."""
    if not rows:
        return columns
    behind = zip(Row._fields, map(np.array, zip(*rows, strict=True)), strict=True)
    parts: dict[str, Any] = {name: np.concatenate([getattr(columns, name), part]) for name, part in behind}
    return replace(columns, **parts)
