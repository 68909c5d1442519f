"""What do very many figures say? The parts of them that a comparison needs, column by column."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kb.domain.entity import Measure
from kb.domain.quantity import Bound, Hedge
from kb.domain.unit import STANDARD, Units
from kb.reasoning.array import Flags, Ints

BOUNDS = tuple(Bound)
"""What a number in the column ``bound`` stands for."""

HEDGES = tuple(Hedge)
"""What a number in the column ``hedge`` stands for."""

FLOOR = np.array([bound.is_floor for bound in BOUNDS])
"""Whether a bound leaves the upper side open, by its place."""

CEILING = np.array([bound.is_ceiling for bound in BOUNDS])
"""Whether a bound leaves the lower side open, by its place."""

UNDER = np.array([hedge is Hedge.NEARLY for hedge in HEDGES])
"""Whether a hedge says that the true number lies below, by its place."""

OVER = np.array([hedge is Hedge.JUST_OVER for hedge in HEDGES])
"""Whether a hedge says that the true number lies above, by its place."""


@dataclass(frozen=True, slots=True, eq=False)
class Scopes:
    """Different scopes, one a row.

    Attributes:
        keys: The scope keys that any of them gives.
        value: For each scope and key the number of the value given; -1 where the scope lacks the key.
        odd: By number of a value: whether it is more than one named thing that is no part of another and has no parts
            (a stretch of time, a set, a term in a tree), so that only ``scope.match`` can tell how it lies to others.
    """

    keys: tuple[str, ...]
    value: Ints
    odd: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Figures that take a position, one a row, in the order in which a reader meets them.

    The number said is ``low`` to ``high`` times ten to the ``exponent``, in ``units[unit]``; both ends were said.

    Attributes:
        measure: Place of the figure's measure in ``measures``.
        scope: Place of its scope in ``scopes``.
        unit: Place of its unit in ``units``.
        low: Digits of the low end.
        high: Digits of the high end.
        step: Digits of the granularity; 0 for none.
        exponent: What ten is raised to.
        bound: Place in ``BOUNDS`` of the bound as it works: ``Quantity.limit``.
        hedge: Place in ``HEDGES``.
        spread: Whether both ends occur.
        low_open: Whether the low end itself is not allowed: *more than 20*.
        high_open: Whether the high end itself is not allowed.
        origin: A number that figures of one origin share.
        vocabulary: What the units mean.
    """

    measures: Sequence[Measure]
    units: Sequence[str]
    scopes: Scopes
    measure: Ints
    scope: Ints
    unit: Ints
    low: Ints
    high: Ints
    step: Ints
    exponent: Ints
    bound: Ints
    hedge: Ints
    spread: Flags
    low_open: Flags
    high_open: Flags
    origin: Ints
    vocabulary: Units = STANDARD

    def __len__(self) -> int:
        return len(self.measure)
