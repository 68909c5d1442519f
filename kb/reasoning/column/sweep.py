"""Which figures say the same, and which positions are neighbours? Sorted once, then swept; never all pairs."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from kb.reasoning.array import Flags, Floats, Ints, distinct, starts
from kb.reasoning.column.axis import Laid
from kb.reasoning.column.columns import CEILING, FLOOR, HEDGES, OVER, UNDER, Columns, Scopes
from kb.reasoning.comparison.tolerance import HEDGE_TOLERANCES as LEEWAYS

_ABOVE = np.array([float(LEEWAYS[hedge].above) for hedge in HEDGES])
_BELOW = np.array([float(LEEWAYS[hedge].below) for hedge in HEDGES])
_ALLOWED = 1
_LEAST, _MOST = -(2**62), 2**62
_STEPS = 64

_Reach = tuple[Flags, Floats, Ints, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """Positions, numbered from 0.

    Attributes:
        of_row: The position that each row belongs to.
        first: The row that represents it: the one told first.
        topmost: The row that is least able to reach upward; see ``position.Position.topmost``.
        lowest: The row that is least able to reach downward.
        ceiling: The upper end of what ``topmost`` allows, as a place doubled; see ``_Common``.
        floor: The lower end of what ``lowest`` allows.
        voices: How many rows of different origin it holds.
        low_place: Place of the low end of the hull of what those state.
        high_place: Place of its high end.
    """

    of_row: Ints
    first: Ints
    topmost: Ints
    lowest: Ints
    ceiling: Ints
    floor: Ints
    voices: Ints
    low_place: Ints
    high_place: Ints

    def __len__(self) -> int:
        return len(self.first)


def swept(columns: Columns, rows: Laid) -> Positions:
    """The positions that the rows take; rows are in the order told."""
    classes = _numbered(rows.axis, columns.scope, rows.unsaid)
    common = _Common.of(columns, rows)
    ordered = np.lexsort((common.side, rows.high_place, rows.low_place, columns.spread, classes))
    new = _breaks(columns, common, classes, ordered)
    of_row = np.empty(len(ordered), np.int64)
    of_row[ordered] = np.cumsum(new) - 1
    return _taken(columns, rows, common, of_row, int(new.sum()))


def _numbered(*parts: Ints | Flags) -> Ints:
    """A number for each row that rows with equal parts share."""
    number = np.zeros(len(parts[0]), np.int64)
    for part in parts:
        number = number * (int(part.max(initial=0)) + 1) + part
        if part is not parts[-1] and number.max(initial=0) > 2**31:
            number = np.unique(number, return_inverse=True)[1]
    return number


@dataclass(frozen=True, slots=True, eq=False)
class _Common:
    """What a row has in common with others of its position; see ``position.clusters``.

    ``low`` and ``high`` hold three intervals a row: what it states, what it allows and the side on which it leans.
    Their ends are places doubled, one more or less where the end itself is left out, so that two intervals share a
    number just where the greater low is not above the lesser high.
    """

    low: Ints
    high: Ints
    side: Ints

    @classmethod
    def of(cls, columns: Columns, rows: Laid) -> "_Common":
        low, high = 2 * rows.low_place, 2 * rows.high_place
        floor, ceiling = FLOOR[columns.bound], CEILING[columns.bound]
        over, under = (flags[columns.hedge] & ~floor & ~ceiling for flags in (OVER, UNDER))
        allowed_low = np.where(ceiling, _LEAST, low + columns.low_open)
        allowed_high = np.where(floor, _MOST, high - columns.high_open)
        leaning_low = np.where(floor, allowed_low, np.where(over, low + 1, _LEAST))
        leaning_high = np.where(ceiling, allowed_high, np.where(under, high - 1, _MOST))
        side = np.where(floor, 1 + columns.low_open, np.where(ceiling, -1 - columns.high_open, 2 * over - 2 * under))
        lows, highs = (low, allowed_low, leaning_low), (high, allowed_high, leaning_high)
        return cls(np.stack(lows, axis=1), np.stack(highs, axis=1), side)


def _breaks(columns: Columns, common: _Common, classes: Ints, ordered: Ints) -> Flags:
    """Where in ``ordered`` a position begins: where a row has nothing in common with all of those before it."""
    group, spread, side = classes[ordered], columns.spread[ordered].astype(np.int64), common.side[ordered]
    low, high = common.low[ordered], common.high[ordered]
    start = starts(group) | starts(spread)
    new: Flags = start | starts(low[:, 0]) | starts(high[:, 0]) | ((spread == 1) & starts(side))
    run = np.cumsum(start) - 1
    ranges = distinct(run[((low[:, 0] != high[:, 0]) | (side != 0)) & (spread == 0)])
    begin = np.flatnonzero(start)
    size = np.diff(np.append(begin, len(ordered)))
    _step(new, low, high, begin[ranges], size[ranges])
    return new


def _step(new: Flags, low: Ints, high: Ints, begin: Ints, size: Ints) -> None:
    """Sets where positions begin in stretches with ranges: all short stretches in step, long ones one by one."""
    long = size > _STEPS
    for at, count in zip(begin[long].tolist(), size[long].tolist(), strict=True):
        _walk(new, low, high, at, count)
    begin, size = begin[~long], size[~long]
    lowest, highest = low[begin], high[begin]
    for place in range(1, int(size.max(initial=0))):
        going = size > place
        begin, size, lowest, highest = begin[going], size[going], lowest[going], highest[going]
        at = begin + place
        lowest, highest = np.maximum(lowest, low[at]), np.minimum(highest, high[at])
        apart = (lowest > highest).any(axis=1)
        new[at] = apart
        lowest[apart], highest[apart] = low[at[apart]], high[at[apart]]


def _walk(new: Flags, low: Ints, high: Ints, begin: int, size: int) -> None:
    part, breaks = slice(begin, begin + size), []
    lowest, highest = [_MOST] * low.shape[1], [_LEAST] * low.shape[1]
    for mine, theirs in zip(low[part].tolist(), high[part].tolist(), strict=True):
        lowest = [max(pair) for pair in zip(lowest, mine, strict=True)]
        highest = [min(pair) for pair in zip(highest, theirs, strict=True)]
        breaks.append(any(below > above for below, above in zip(lowest, highest, strict=True)))
        if breaks[-1]:
            lowest, highest = mine, theirs
    new[part] = breaks


def _taken(columns: Columns, rows: Laid, common: _Common, of_row: Ints, count: int) -> Positions:
    by_voice = np.lexsort((columns.origin, of_row))
    position, origin = of_row[by_voice], columns.origin[by_voice]
    heard = starts(position) | starts(origin)
    chosen = by_voice[heard]
    mine = position[heard]
    start = np.searchsorted(mine, np.arange(count))
    if not count:
        return Positions(of_row, *[start] * (len(Positions.__slots__) - 1))
    above, below = _reaches(columns, rows)
    topmost, lowest = _least(above, mine, chosen)[start], _least(below, mine, chosen)[start]
    return Positions(
        of_row,
        np.minimum.reduceat(chosen, start),
        topmost,
        lowest,
        common.high[topmost, _ALLOWED],
        common.low[lowest, _ALLOWED],
        np.bincount(mine, minlength=count),
        np.minimum.reduceat(rows.low_place[chosen], start),
        np.maximum.reduceat(rows.high_place[chosen], start),
    )


def _reaches(columns: Columns, rows: Laid) -> tuple[_Reach, _Reach]:
    """How far each row reaches above its high end and below its low one, what counts most in front."""
    step = rows.step / rows.whole
    above = (FLOOR[columns.bound], _ABOVE[columns.hedge], rows.high_place, step)
    below = (CEILING[columns.bound], _BELOW[columns.hedge], -rows.low_place, step)
    return above, below


def _least(reach: _Reach, position: Ints, row: Ints) -> Ints:
    """The rows, each position's together, those that reach least in front; of equal ones who was told first."""
    ordered = np.lexsort((row, *(part[row] for part in reversed(reach)), position))
    led: Ints = row[ordered]
    return led


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of positions to lay side by side, the lower one in ``left``."""

    left: Ints
    right: Ints


def paired(columns: Columns, rows: Laid, positions: Positions) -> Pairs:
    """The pairs that ``pairing.pairs`` chooses on each axis, each once, ordered by the left position, then the right.

    No figure may stand in more than one row.
    """
    height = rows.high_place[positions.first]
    order = _Order(_ranked(rows, positions), height, positions.ceiling, positions.floor)
    axis, scope = rows.axis[positions.first], columns.scope[positions.first]
    found = list(_candidates(columns, positions, order, axis, scope))
    left, right = (np.concatenate(part) for part in zip(*found, strict=True))
    pair = distinct((left * len(positions) + right)[left != right])
    return Pairs(pair // max(len(positions), 1), pair % max(len(positions), 1))


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """Where each position lies: its rank, its high end, and the limits beyond which it allows nothing."""

    rank: Ints
    height: Ints
    ceiling: Ints
    floor: Ints


def _ranked(rows: Laid, positions: Positions) -> Ints:
    """The place of each position among all of them, by its representative: low end, high end, who spoke first."""
    first = positions.first
    ordered = np.lexsort((first, rows.high_place[first], rows.low_place[first]))
    rank = np.empty(len(first), np.int64)
    rank[ordered] = np.arange(len(first))
    return rank


def _candidates(
    columns: Columns, positions: Positions, order: "_Order", axis: Ints, scope: Ints
) -> Iterator[tuple[Ints, Ints]]:
    everything = np.arange(len(positions))
    groups = _numbered(axis, scope)
    yield _neighbours(everything, groups, order)
    yield from _between_key_sets(columns.scopes, order, axis, scope)
    yield _neighbours(everything, axis, order)
    yield _neighbours(_mains(columns, positions, groups), axis, order)


def _neighbours(some: Ints, groups: Ints, order: "_Order") -> tuple[Ints, Ints]:
    """The pairs among ``some`` positions of each group that ``pairing.neighbours`` chooses."""
    ordered = some[np.lexsort((order.rank[some], groups[some]))]
    group = groups[ordered]
    same = group[1:] == group[:-1]
    start = np.flatnonzero(starts(group))
    size = np.diff(np.append(start, len(ordered)))
    wide = size > 2
    lowest, last = ordered[start][wide], ordered[start + size - 1][wide]
    highest = _foremost(np.maximum, order.height[ordered], ordered, start, size)[wide]
    below = _foremost(np.minimum, order.ceiling[ordered], ordered, start, size)[wide]
    above = _foremost(np.maximum, order.floor[ordered], ordered, start, size)[wide]
    apart = order.floor[above] > order.ceiling[below]
    ahead = (order.rank[below] < order.rank[above])[apart]
    below, above = below[apart], above[apart]
    left = np.concatenate([ordered[:-1][same], lowest, lowest, np.where(ahead, below, above)])
    return left, np.concatenate([ordered[1:][same], last, highest, np.where(ahead, above, below)])


def _foremost(best: np.ufunc, value: Ints, ordered: Ints, start: Ints, size: Ints) -> Ints:
    """Of each stretch of ``ordered`` the first that has the ``best`` value."""
    if not len(start):
        return ordered
    hit = np.flatnonzero(value == np.repeat(best.reduceat(value, start), size))
    found: Ints = ordered[hit[np.searchsorted(hit, start)]]
    return found


def _mains(columns: Columns, positions: Positions, groups: Ints) -> Ints:
    """The position that speaks for each scope; see ``pairing.main``."""
    bounded = (FLOOR | CEILING)[columns.bound[positions.first]]
    ordered = np.lexsort((positions.first, bounded, -positions.voices, groups))
    leads: Ints = ordered[starts(groups[ordered])]
    return leads


def _between_key_sets(scopes: Scopes, order: "_Order", axis: Ints, scope: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Neighbours among scopes that agree in the keys which both give, where one gives a key that the other lacks."""
    if not scopes.keys:
        return
    given = scopes.value[scope] >= 0
    kind = _numbered(*given.T)
    _, example = np.unique(kind, return_index=True)
    for one, other in combinations(example.tolist(), 2):
        mixed = np.intersect1d(axis[kind == kind[one]], axis[kind == kind[other]])
        if not len(mixed):
            continue
        some = np.flatnonzero(((kind == kind[one]) | (kind == kind[other])) & np.isin(axis, mixed))
        common = np.flatnonzero(given[one] & given[other])
        groups = np.full(len(axis), -1)
        groups[some] = _numbered(axis[some], *(scopes.value[scope[some], key] for key in common))
        left, right = _neighbours(some, groups, order)
        differ = kind[left] != kind[right]
        yield left[differ], right[differ]
