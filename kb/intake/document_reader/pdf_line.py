"""Printed lines of a PDF, and tables whose cells show by the gaps between words. Runs in the child process only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

_MOST_COLUMNS = 40


class LineCell(NamedTuple):
    """A part of a line between two wide gaps, with its place."""

    left: float
    right: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A printed line: its words and its place in points from the lower left corner of the page.

    Attributes:
        right: Where its last letter ends.
        bottom: Foot of its first letter.
        foot: Foot of its last letter; lower than ``bottom`` where a broken word took the next line along.
        height: From the foot to the head of its letters, as their font has them.
        first_word: How wide its first word is.
        is_row: Whether there is room inside as only columns of a table have.
        cells: Its cells, if it is a row; empty for all other lines.
    """

    words: str
    left: float
    right: float
    bottom: float
    foot: float
    height: float
    first_word: float
    is_row: bool = False
    cells: tuple[LineCell, ...] = ()


def row_texts(lines: Sequence[Line]) -> dict[int, str]:
    """The text of each row by the identity of its line: its cells with tabs between, each below its head.

    Rows belong to one table unless more than one line stands between them. A row that has cells in common with no other
    is a line with a gap, and keeps its words.
    """
    texts: dict[int, str] = {}
    table: list[Line] = []
    apart = 0
    for line in lines:
        if line.cells:
            table.append(line)
            apart = 0
            continue
        apart += 1
        if apart > 1:
            texts |= _table_texts(table)
            table = []
    return texts | _table_texts(table)


def _table_texts(table: Sequence[Line]) -> dict[int, str]:
    if len(table) < 2:
        return {}
    columns = _columns(table)
    if len(columns) > _MOST_COLUMNS:
        return {id(line): "\t".join(cell.words for cell in line.cells) for line in table}
    return {id(line): _row_text(line, columns) for line in table}


def _columns(table: Sequence[Line]) -> list[list[float]]:
    """The left and right ends of each column, from the fullest row on."""
    columns: list[list[float]] = []
    for line in sorted(table, key=lambda line: -len(line.cells)):
        for cell in line.cells:
            at = _column_of(cell, columns)
            if at is None:
                columns.append([cell.left, cell.right])
            elif sum(_overlap(cell, column) > 0 for column in columns) == 1:
                columns[at] = [min(columns[at][0], cell.left), max(columns[at][1], cell.right)]
    return sorted(columns)


def _column_of(cell: LineCell, columns: Sequence[Sequence[float]]) -> int | None:
    """The column that ``cell`` shares most with; None for none."""
    best = max(range(len(columns)), key=lambda at: _overlap(cell, columns[at]), default=None)
    return best if best is not None and _overlap(cell, columns[best]) > 0 else None


def _overlap(cell: LineCell, column: Sequence[float]) -> float:
    return min(cell.right, column[1]) - max(cell.left, column[0])


def _row_text(line: Line, columns: Sequence[Sequence[float]]) -> str:
    texts: list[str] = []
    for cell in line.cells:
        at = max(_column_of(cell, columns) or 0, len(texts) - 1)
        texts += [""] * (at + 1 - len(texts))
        texts[at] = f"{texts[at]} {cell.words}".strip()
    return "\t".join(texts)
