"""Tables of HTML pages as lines with tabs between the cells, each cell below its head.

Runs in the child process only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kb.numbers.table_period import without_periods

_MOST_COLUMNS = 100
_MOST_ROWS = 1000
"""The most columns and rows over which a cell is read to reach, whatever a stranger's page says."""
_OPENING = re.compile(r"[A-Z]{0,3}[$€£¥₹]\s?\(?|\(")
_CLOSING = re.compile(r"\)?\s?%\s?\)?|\)")
_AMOUNT = re.compile(r"[(\d.,–—-].*")


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlCell:
    """A cell with its lines of text, and the columns and rows over which it reaches; ``is_head`` for a ``th``."""

    lines: tuple[str, ...]
    columns: int = 1
    rows: int = 1
    is_head: bool = False


def reach(attributes: dict[str, str | None]) -> tuple[int, int]:
    """Over how many columns and rows a cell with ``attributes`` reaches; both at least 1."""
    return _count(attributes.get("colspan"), _MOST_COLUMNS), _count(attributes.get("rowspan"), _MOST_ROWS)


def _count(text: str | None, most: int) -> int:
    digits = (text or "").strip()
    return min(max(int(digits), 1), most) if digits.isdecimal() and len(digits) < 6 else 1


@dataclass
class HtmlTable:
    """A table while it is read: its rows, and whether it only serves layout."""

    is_layout: bool
    rows: list[list[HtmlCell]] = field(default_factory=list)
    paragraphs: int = 0

    def lines(self) -> Iterator[str]:
        """The lines of the cells of a layout, else a line for each row that has text."""
        if self.is_layout:
            for cells in self.rows:
                for cell in cells:
                    yield from cell.lines
            return
        rows = [_with_signs(row) for row in _placed(self.rows)]
        columns = _columns_with_text(rows)
        for row in rows:
            if line := _line(row, columns):
                yield line


@dataclass(frozen=True, slots=True)
class _Placed:
    """The text of a cell from column ``first`` up to ``end``."""

    first: int
    end: int
    text: str
    is_head: bool


def _placed(rows: Sequence[Sequence[HtmlCell]]) -> Iterator[list[_Placed]]:
    """The cells of each row at their columns; a name that reaches over several rows stands in each of them."""
    reaching: list[tuple[_Placed, int]] = []
    for row in rows:
        held = [cell for cell, _ in reaching]
        # The name of several rows and a head belong to each of them, but a number that is shown once is stated once.
        placed = [cell if cell.is_head or not cell.first else replace(cell, text="") for cell in held]
        taken = {column for cell in held for column in range(cell.first, cell.end)}
        reaching = [(cell, rows_left - 1) for cell, rows_left in reaching if rows_left > 1]
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            own = _Placed(column, column + cell.columns, " ".join(cell.lines), cell.is_head)
            placed.append(own)
            if cell.rows > 1:
                reaching.append((own, cell.rows - 1))
            column = own.end
        yield sorted(placed, key=lambda cell: cell.first)


def _with_signs(row: Sequence[_Placed]) -> list[_Placed]:
    """The row with ``$``, ``)`` and ``%`` joined to the number beside them where they have a cell of their own."""
    joined: list[_Placed] = []
    opening = ""
    for cell in row:
        text = cell.text
        before = joined[-1] if joined else None
        if _OPENING.fullmatch(text):
            opening += text
            continue
        if opening and text:
            text = opening + ("" if _AMOUNT.fullmatch(text) else "\t") + text
            opening = ""
        if before and _CLOSING.fullmatch(text) and not cell.is_head and _takes_sign(before.text):
            joined[-1] = replace(before, text=before.text + text)
        elif text:
            joined.append(replace(cell, text=text))
    return joined


def _takes_sign(text: str) -> bool:
    return text[-1:].isdigit() and bool(without_periods(text).strip())


def _columns_with_text(rows: Sequence[Sequence[_Placed]]) -> dict[int, int]:
    """The columns that hold text, each with its number among them; pages often set empty ones between them."""
    cells = [cell for row in rows for cell in row]
    cells.sort(key=lambda cell: cell.end - cell.first)
    kept: set[int] = set()
    for cell in cells:
        if kept.isdisjoint(range(cell.first, cell.end)):
            kept.add(cell.first)
    return {column: number for number, column in enumerate(sorted(kept))}


def _line(row: Sequence[_Placed], columns: dict[int, int]) -> str:
    texts: list[str] = []
    for cell in row:
        at = next(columns[column] for column in range(cell.first, cell.end) if column in columns)
        texts += [""] * (at + 1 - len(texts))
        texts[at] = f"{texts[at]} {cell.text}".strip()
    return "\t".join(texts)
