"""A layered drawing of a graph: columns of boxes, in an order with few crossings, each near what it leads to.

After Sugiyama, Tagawa and Toda (IEEE SMC 11, 1981): links over several columns get a place in each column that they
pass, sweeps put every box at the barycentre of its neighbours, neighbours in a column are exchanged while that saves
crossings. Boxes are then moved as near to their neighbours as their order allows, by least squares.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Bend(Generic[Key]):
    """The place of a link from ``tail`` to ``head`` in a ``column`` that it passes."""

    tail: Key
    head: Key
    column: int


@dataclass(frozen=True, slots=True)
class Layers(Generic[Key]):
    """The upper end of every box, and the middle of each link in the columns that it passes."""

    starts: Mapping[Key, float]
    bends: Mapping[Bend[Key], float]


def mirrored(layers: Layers[Key], size: Callable[[Key], float]) -> Layers[Key]:
    """The same upside down, at the same height: where fewest lines cross, the order of the first column is free."""
    ends = {box: start + size(box) for box, start in layers.starts.items()}
    total = min(layers.starts.values()) + max(ends.values())
    return Layers(
        starts={box: total - end for box, end in ends.items()},
        bends={bend: total - middle for bend, middle in layers.bends.items()},
    )


_SWEEPS, _LEAST_SWEEPS = 12, 2
_MOST_WORK = 30_000
"""Pieces of links times sweeps: a tangle that nobody can read is not worth seconds."""

_BEND_SIZE = 10.0
_ROUNDS = 8

Member = object
"""A box or a bend."""


def layered(
    columns: Mapping[Key, int], links: Iterable[tuple[Key, Key]], size: Callable[[Key], float], gap: float
) -> Layers[Key]:
    """The layout of boxes in ``columns``; each of ``links`` leads from a tail to a head in another column.

    Args:
        columns: The column of each box, in the order in which boxes of a column stand at first.
        links: Tails and heads; those within a column do not bear on the layout.
        size: The extent of a box within its column.
        gap: The least space between two boxes of a column.
    """
    order = _Order(columns, links)
    order.untangle()
    starts = _positions(order, size, gap)
    return Layers(
        {member: start for member, start in starts.items() if not isinstance(member, Bend)},
        {member: start + _BEND_SIZE / 2 for member, start in starts.items() if isinstance(member, Bend)},
    )


class _Order(Generic[Key]):
    """The boxes and bends of each column in order, and the neighbours of each in the columns on both sides."""

    def __init__(self, columns: Mapping[Key, int], links: Iterable[tuple[Key, Key]]) -> None:
        members: dict[int, list[Member]] = defaultdict(list)
        for key, column in columns.items():
            members[column].append(key)
        self.before: dict[Member, list[Member]] = defaultdict(list)
        self.behind: dict[Member, list[Member]] = defaultdict(list)
        for tail, head in dict.fromkeys(links):
            low, high = sorted((columns[tail], columns[head]))
            if low == high:
                continue
            near, far = (head, tail) if columns[head] < columns[tail] else (tail, head)
            chain: list[Member] = [near, *(Bend(tail, head, column) for column in range(low + 1, high)), far]
            for column, bend in zip(range(low + 1, high), chain[1:-1], strict=True):
                members[column].append(bend)
            for one, other in pairwise(chain):
                self.behind[one].append(other)
                self.before[other].append(one)
        self.columns = [members[column] for column in sorted(members)]

    def untangle(self) -> None:
        """Put each column into an order with few crossings; the first column keeps its order."""
        self._set_places()
        best, fewest = self._copy(), self.crossings()
        pieces = sum(map(len, self.behind.values()))
        for sweep in range(min(_SWEEPS, max(_LEAST_SWEEPS, _MOST_WORK // max(pieces, 1)))):
            if not fewest:
                break
            forward = sweep % 2 == 0
            around = self.before if forward else self.behind
            for column in self.columns if forward else reversed(self.columns):
                self._sort(column, around, backwards=sweep % 4 > 1)
            self._exchange()
            crossings = self.crossings()
            if crossings < fewest:
                best, fewest = self._copy(), crossings
        self.columns = best
        self._set_places()

    def _copy(self) -> list[list[Member]]:
        return [list(column) for column in self.columns]

    def _set_places(self) -> None:
        self.place = {member: at for column in self.columns for at, member in enumerate(column)}

    def _sort(self, column: list[Member], around: Mapping[Member, Sequence[Member]], *, backwards: bool) -> None:
        place = self.place

        def barycentre(member: Member) -> float:
            near = around.get(member, ())
            return sum(place[other] for other in near) / len(near) if near else place[member]

        weights = {member: barycentre(member) for member in column}
        # Equal ones in turn keep their order and reverse it, or the sweeps would never leave a bad one.
        column.sort(key=lambda member: (weights[member], -place[member] if backwards else place[member]))
        for at, member in enumerate(column):
            place[member] = at

    def _exchange(self) -> None:
        """Exchange neighbours of a column while that saves crossings."""
        for _ in range(_ROUNDS):
            changed = [self._exchange_in(column) for column in self.columns]
            if True not in changed:
                return

    def _exchange_in(self, column: list[Member]) -> bool:
        place, changed = self.place, False
        for at in range(len(column) - 1):
            one, other = column[at], column[at + 1]
            if self._saved(one, other) > 0:
                column[at], column[at + 1] = other, one
                place[one], place[other] = at + 1, at
                changed = True
        return changed

    def _saved(self, one: Member, other: Member) -> int:
        """How many crossings fewer there are with ``other`` in front of ``one``."""
        saved = 0
        for around in (self.before, self.behind):
            first = [self.place[near] for near in around.get(one, ())]
            second = [self.place[near] for near in around.get(other, ())]
            saved += sum((a > b) - (a < b) for a in first for b in second)
        return saved

    def crossings(self) -> int:
        """The number of crossings between neighbouring columns."""
        return sum(self._crossings_behind(column) for column in self.columns)

    def _crossings_behind(self, column: Sequence[Member]) -> int:
        # Each end is inserted into a tree of counts, which says how many that came before lie beyond it.
        ends = [at for member in column for at in sorted(self.place[other] for other in self.behind.get(member, ()))]
        if not ends:
            return 0
        size = max(ends) + 1
        tree, crossings = [0] * (size + 1), 0
        for seen, end in enumerate(ends):
            at, before = end + 1, 0
            while at:
                before += tree[at]
                at -= at & -at
            crossings += seen - before
            at = end + 1
            while at <= size:
                tree[at] += 1
                at += at & -at
        return crossings


def _positions(order: _Order[Key], size: Callable[[Key], float], gap: float) -> dict[Member, float]:
    """The upper end of each member: near the middle of its neighbours, in order and without overlap."""
    sizes = {
        member: _BEND_SIZE if isinstance(member, Bend) else size(member)  # type: ignore[arg-type]
        for column in order.columns
        for member in column
    }
    middle: dict[Member, float] = {}
    for column in order.columns:
        top = -sum(sizes[member] + gap for member in column) / 2
        for member in column:
            middle[member] = top + sizes[member] / 2
            top += sizes[member] + gap
    for sweep in range(_ROUNDS):
        backward = sweep % 2 == 0
        around, other = (order.behind, order.before) if backward else (order.before, order.behind)
        for column in reversed(order.columns) if backward else order.columns:
            wished = [_wish(member, around, other, middle) for member in column]
            middle.update(zip(column, spread(wished, [sizes[member] for member in column], gap), strict=True))
    # What leads somewhere stands in the middle of what leads to it, as in a tree.
    for column in reversed(order.columns):
        wished = [_wish(member, order.behind, {}, middle) for member in column]
        middle.update(zip(column, spread(wished, [sizes[member] for member in column], gap), strict=True))
    return {member: round(middle[member] - sizes[member] / 2, 1) for column in order.columns for member in column}


def _wish(
    member: Member,
    around: Mapping[Member, Sequence[Member]],
    other: Mapping[Member, Sequence[Member]],
    middle: Mapping[Member, float],
) -> float:
    near = around.get(member) or other.get(member) or ()
    return sum(middle[one] for one in near) / len(near) if near else middle[member]


def spread(wished: Sequence[float], sizes: Sequence[float], gap: float) -> list[float]:
    """The middles of boxes in this order that are nearest to ``wished``, by least squares, without overlap.

    The pool of adjacent violators: boxes that would overlap form a block at the mean of what they wish.

    >>> spread([0, 0, 50], [10, 10, 10], 2)
    [-6.0, 6.0, 50.0]
    """
    offsets, at = [], 0.0
    for number, size in enumerate(sizes):
        at += (sizes[number - 1] / 2 + size / 2 + gap) if number else 0.0
        offsets.append(at)
    blocks: list[tuple[float, int]] = []
    for wish, offset in zip(wished, offsets, strict=True):
        mean, count = wish - offset, 1
        while blocks and blocks[-1][0] >= mean:
            before, number = blocks.pop()
            mean, count = (before * number + mean * count) / (number + count), number + count
        blocks.append((mean, count))
    means = [mean for mean, count in blocks for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]
