"""Which lines of a printed page run on? Those that were full; told by where they stand, not by what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_ALIKE = 1.12
"""How far two lines of one paragraph may differ in height."""
_LEADING = 1.3
"""How far apart lines of one paragraph may be, as a multiple of the nearest pair of that height on the page."""
_FARTHEST = 2.2
"""The same as a multiple of the height of a line."""
_BULLET = re.compile(r"[•‣▪▫●○◦■□➤–—*·-]\s")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]\s")
_ENDS = re.compile(r"""[.!?:;。！？：；…]["'”’)\]）」]*$""")
_HAN = re.compile(r"[\u3000-\u9fff\uff00-\uff60]")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its words and its place in points from the lower left corner of the page.

    Attributes:
        right: Where its last letter ends.
        bottom: Foot of its first letter.
        foot: Foot of its last letter; lower than ``bottom`` where a broken word took the next line along.
        height: From the foot to the head of its letters, as their font has them.
        first_word: How wide its first word is.
        is_row: Whether there is room inside as only columns of a table have.
    """

    words: str
    left: float
    right: float
    bottom: float
    foot: float
    height: float
    first_word: float
    is_row: bool = False


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The lines with those joined that run on: the line is so full that the next one's first word had no room in it.

    Rows of tables, items of lists, headings and what stands apart remain lines of their own.
    """
    found: list[str] = []
    for run in _runs(lines):
        edge = _edge(run, lines)
        found.append(run[0].words)
        for before, after in pairwise(run):
            if _runs_on(before, after, edge):
                found[-1] = _joined(found[-1], after.words)
            else:
                found.append(after.words)
    return found


def _joined(first: str, second: str) -> str:
    broken = len(first) > 1 and first[-1] in "-‐–\u00ad" and not first[-2].isspace() and second[:1].isalnum()
    tight = broken or (_HAN.match(first[-1:]) and _HAN.match(second[:1]))
    return first + ("" if tight else " ") + second


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines one below the other, alike in height and as near as such lines are on this page."""
    nearest: dict[int, float] = {}
    for before, after in pairwise(lines):
        if _is_below(before, after):
            size = round(before.height)
            nearest[size] = min(nearest.get(size, before.foot - after.bottom), before.foot - after.bottom)
    run: list[Line] = []
    for line in lines:
        if run and not (
            _is_below(run[-1], line)
            and run[-1].foot - line.bottom <= _LEADING * nearest[round(run[-1].height)]
            and not (run[-1].is_row or line.is_row)
        ):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _is_below(before: Line, after: Line) -> bool:
    low, high = sorted((before.height, after.height))
    step = before.foot - after.bottom
    meet = before.left < after.right and after.left < before.right
    return low > 0 and high <= _ALIKE * low and 0.6 * low < step < _FARTHEST * high and meet


def _edge(run: Sequence[Line], lines: Sequence[Line]) -> float:
    """Where full lines end: as far as several of the run reach, else as far as any line of its column does."""
    edge = max(line.right for line in run)
    reach = [line for line in run if line.right > edge - 4 * line.height]
    if len(reach) > 1 and len(run) > 2:
        return edge
    first = run[0]
    column = (line for line in lines if abs(line.left - first.left) < 2 * first.height)
    alike = [line.right for line in column if line.height <= _ALIKE * first.height and not line.is_row]
    return max(alike, default=edge)


def _runs_on(before: Line, after: Line, edge: float) -> bool:
    if before.right + 0.2 * before.height + after.first_word < edge:
        return False
    ends = _ENDS.search(before.words)
    begins = _BULLET.match(after.words) or (ends and _NUMBERED.match(after.words))
    indented = ends and after.left > before.left + 0.6 * before.height
    return not begins and not indented
