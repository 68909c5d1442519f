"""The lines of a map: smooth curves through gutters between columns and gaps between cards, never through a card."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Slab:
    """A box in a column; ``start`` to ``end`` is its extent along the lines, ``top`` to ``bottom`` across them."""

    column: int
    start: float
    end: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Its middle across the lines."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Ends(Generic[Key]):
    """A line to be drawn, from box to box; ``room`` is left free in front of the head for what is drawn there."""

    tail: Key
    head: Key
    room: float = 0.0


@dataclass(frozen=True, slots=True)
class Curve:
    """A line as cubic curves: where it begins, and for each curve two control points and its end.

    ``direction`` is the way in which the last one enters the head: -1 from behind it, 1 from before it.
    """

    start: Point
    curves: tuple[tuple[Point, Point, Point], ...]
    direction: int


_PORT = 10.0
_EDGE = 6.0
_LOOP = 7.0
_CLEARANCE = 3.0


def routes(
    slabs: Mapping[Key, Slab], lines: Sequence[Ends[Key]], bends: Mapping[tuple[Key, Key, int], float]
) -> tuple[Curve, ...]:
    """The curve of each of ``lines`` between boxes that form columns.

    Args:
        slabs: The boxes; those of one column do not overlap, nor do the extents of columns.
        lines: What is to be drawn.
        bends: Where a line from tail to head should pass a column between them, as far as that is known.
    """
    router = _Router(slabs)
    ports = _ports(slabs, lines)
    return tuple(router.curve(line, ports[at, True], ports[at, False], bends) for at, line in enumerate(lines))


def _sides(slabs: Mapping[Key, Slab], line: Ends[Key]) -> tuple[int, int]:
    """The sides on which a line leaves its tail and enters its head: -1 for the one nearer to the first column."""
    tail, head = slabs[line.tail].column, slabs[line.head].column
    if tail > head:
        return -1, 1
    return (1, -1) if tail < head else (1, 1)


def _ports(slabs: Mapping[Key, Slab], lines: Sequence[Ends[Key]]) -> dict[tuple[int, bool], float]:
    """Where each line begins (True) and ends: about the middle of a side, in the order of the other ends."""
    sides: dict[tuple[Key, int], list[tuple[float, float, int, bool]]] = defaultdict(list)
    for at, line in enumerate(lines):
        leaves, enters = _sides(slabs, line)
        tail, head = slabs[line.tail], slabs[line.head]
        sides[line.tail, leaves].append((head.middle, -head.start, at, True))
        sides[line.head, enters].append((tail.middle, tail.start, at, False))
    ports = {}
    for (key, _), ends in sides.items():
        slab = slabs[key]
        pitch = min(_PORT, max(slab.bottom - slab.top - 2 * _EDGE, 0.0) / len(ends))
        for number, (_, _, at, begins) in enumerate(sorted(ends)):
            ports[at, begins] = round(slab.middle + pitch * (number - (len(ends) - 1) / 2), 1)
    return ports


class _Router(Generic[Key]):
    def __init__(self, slabs: Mapping[Key, Slab]) -> None:
        self._slabs = slabs
        self._columns: dict[int, list[Slab]] = defaultdict(list)
        for slab in slabs.values():
            self._columns[slab.column].append(slab)
        for column in self._columns.values():
            column.sort(key=lambda slab: slab.top)
        self._ends = {
            number: (min(slab.start for slab in column), max(slab.end for slab in column))
            for number, column in self._columns.items()
        }
        self._passed: dict[int, list[float]] = defaultdict(list)

    def curve(
        self, line: Ends[Key], leaves_at: float, enters_at: float, bends: Mapping[tuple[Key, Key, int], float]
    ) -> Curve:
        tail, head = self._slabs[line.tail], self._slabs[line.head]
        leaves, enters = _sides(self._slabs, line)
        start = (tail.start if leaves < 0 else tail.end, leaves_at)
        end = ((head.start if enters < 0 else head.end) + enters * line.room, enters_at)
        if tail.column == head.column:
            return self._beside(start, end, tail.column)
        points = [start]
        step = -1 if tail.column > head.column else 1
        for column in range(tail.column + step, head.column, step):
            if column in self._columns:
                points += self._passage(line, column, step, points[-1], end, bends)
        points.append(end)
        return Curve(start, tuple(_curves(points)), -enters)

    def _beside(self, start: Point, end: Point, column: int) -> Curve:
        """A line within a column swings out into the gutter behind it; one from a box to itself is a loop."""
        if abs(start[1] - end[1]) < 1:
            start, end = (start[0], start[1] - _LOOP), (end[0], end[1] + _LOOP)
        limits = [first for number, (first, _) in self._ends.items() if number > column]
        out = self._ends[column][1] + min(30.0, (min(limits) - self._ends[column][1]) * 0.8 if limits else 30.0)
        return Curve(start, (((out, start[1]), (out, end[1]), end),), -1)

    def _passage(
        self,
        line: Ends[Key],
        column: int,
        step: int,
        last: Point,
        end: Point,
        bends: Mapping[tuple[Key, Key, int], float],
    ) -> list[Point]:
        first, behind = self._ends[column]
        near, far = (behind, first) if step < 0 else (first, behind)
        straight = last[1] + (end[1] - last[1]) * (near - last[0]) / (end[0] - last[0])
        across = self._gap(column, bends.get((line.tail, line.head, column), straight))
        return [(near, across), (far, across)]

    def _gap(self, column: int, wished: float) -> float:
        """The free place of a column that is nearest to ``wished``, a little beside lines that pass there already."""
        slabs = self._columns[column]
        at = bisect_left([slab.bottom for slab in slabs], wished)
        free = [
            (
                slabs[place - 1].bottom if place else float("-inf"),
                slabs[place].top if place < len(slabs) else float("inf"),
            )
            for place in range(max(0, at - 1), min(len(slabs), at + 2) + 1)
        ]
        low, high = min(free, key=lambda gap: max(gap[0] - wished, wished - gap[1], 0.0))
        margin = min(_CLEARANCE, (high - low) / 2)
        across = min(max(wished, low + margin), high - margin)
        for _ in range(3):
            if any(abs(across - other) < 2 for other in self._passed[column]) and across + 2 <= high - margin:
                across += 2
        self._passed[column].append(across)
        return round(across, 1)


def _curves(points: Sequence[Point]) -> list[tuple[Point, Point, Point]]:
    """Curves that leave and enter level, and straight lines where two points are level already."""
    curves = []
    for (x0, y0), (x1, y1) in pairwise(points):
        half = round((x0 + x1) / 2, 1)
        curves.append(((half, y0), (half, y1), (x1, y1)))
    return curves
