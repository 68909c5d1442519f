"""Tables in plain text whose columns only blanks align: which lines are their rows, and where the cells stand.

A row of such a table has a name and, behind two blanks or more, nothing but numbers; two such rows whose numbers stand
below one another make a table. Lines above them whose words stand over the columns are its heads. Text with wide gaps
that is no table, such as code or verse, has words behind its gaps or nothing aligned.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from kb.numbers.table_period import without_periods

_CELL = re.compile(r"\S+(?:[ \xa0]\S+)*")
_NUMBER = re.compile(
    r"[(\[]?[-−–+~<>≈]?\s?(?:[A-Z]{0,3}[$€£¥₹]|[A-Z]{3}\s)?\s?[-−–(]?\d[\d,.' ]*(?:\s?[–-]\s?\d[\d,.]*)?[)\]]?"
    r"\s?(?:%|[^\W\d_]{1,5}[²³]?(?:/[^\W\d_]{1,5})?|[€$£¥])?[)\]>–−-]?(?:\s?(?:\([a-z]\)|[*†‡]))?"
)
_NOTHING = re.compile(r"[-–—.]{1,3}|n/?[am]\.?|N/?A|k\.\s?A\.")
_GAP = re.compile(r"(?<=\S) {2,}\S{0,3}\d")
_LONGEST_NAME, _LONGEST_HEAD = 60, 28
_WIDE = re.compile(r"[\u2e80-\uffef]")


class Span(NamedTuple):
    """Characters of a line: places in the text, and columns on the page, where a Chinese character takes two."""

    start: int
    end: int
    left: int
    right: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two stand below one another."""
        return self.left < other.right and other.left < self.right


def may_hold_tables(text: str) -> bool:
    """Whether any line of ``text`` has a number behind a gap; without one there is nothing to look for."""
    return _GAP.search(text) is not None


def spans(text: str, start: int, end: int) -> list[Span]:
    """The parts of a line that two blanks or more set apart."""
    line = text[start:end]
    cells = [match.span() for match in _CELL.finditer(line)]
    if line.isascii():
        return [Span(start + left, start + right, left, right) for left, right in cells]
    wide = [0]
    for sign in line:
        wide.append(wide[-1] + 1 + (_WIDE.match(sign) is not None))
    return [Span(start + left, start + right, wide[left], wide[right]) for left, right in cells]


def is_gapped(text: str, start: int, end: int) -> bool:
    """Whether a line may be a row or a head of such a table: short parts with gaps between or before them."""
    line = text[start:end]
    if "  " not in line:
        return False
    parts = spans(text, start, end)
    return bool(parts) and (len(parts) > 1 or parts[0].left >= _LEAST_INDENT)


_LEAST_INDENT = 8


def aligned_rows(text: str, lines: Sequence[tuple[int, int]]) -> tuple[int, list[list[Span]]] | None:
    """The rows of the table that the gapped ``lines`` make, and how many of them are heads; None if they make none.

    Every row has as many cells as there are columns; an empty one is a span without characters.
    """
    parts = [spans(text, *line) for line in lines]
    body = next((at for at, row in enumerate(parts) if _is_body(text, row) and not _is_dated(text, row)), len(parts))
    rows = parts[body:]
    if len(rows) < 2 or not all(_is_body(text, row) for row in rows):
        return None
    columns = _columns(rows)
    if columns is None or not all(_is_head(row, columns) for row in parts[:body]):
        return None
    return body, [_placed(row, columns) for row in parts]


def _is_body(text: str, row: Sequence[Span]) -> bool:
    """Whether behind the name of a row stand numbers and nothing else."""
    cells = [text[cell.start : cell.end] for cell in row]
    named = bool(cells) and not _is_value(cells[0])
    values = cells[named:]
    short = bool(cells) and len(cells[0]) <= _LONGEST_NAME
    # A number with a gap before it, and no other: "see page  5" is a line of prose with a doubled blank.
    return short and len(cells) > 1 and all(map(_is_value, values)) and any(map(_NUMBER.fullmatch, values))


def _is_dated(text: str, row: Sequence[Span]) -> bool:
    """Whether a row holds times and nothing else, as a head does: 2022-23, 2023-24."""
    cells = [text[cell.start : cell.end] for cell in row]
    values = cells[not _is_value(cells[0]) :]
    return not any(without_periods(value).strip() for value in values)


def _is_value(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None or _NOTHING.fullmatch(text) is not None


def _columns(rows: Sequence[Sequence[Span]]) -> list[Span] | None:
    """The columns of numbers from the left; None where the rows have no two numbers that stand below one another."""
    cells = sorted((cell for row in rows for cell in row[1:]), key=lambda cell: cell.left)
    columns: list[list[Span]] = []
    right = -1
    for cell in cells:
        if cell.left < right:
            columns[-1].append(cell)
        else:
            columns.append([cell])
        right = max(right, cell.right)
    if any(len(column) < 2 or not _is_aligned(column) for column in columns) or not columns:
        return None
    merged = [Span(0, 0, min(cell.left for cell in column), max(cell.right for cell in column)) for column in columns]
    crowded = any(sum(cell.overlaps(column) for cell in row) > 1 for row in rows for column in merged)
    return None if crowded else merged


def _is_aligned(column: Sequence[Span]) -> bool:
    """Whether the cells of a column share an edge, but for a bracket or a sign that hangs over."""
    lefts, rights = {cell.left for cell in column}, {cell.right for cell in column}
    return max(rights) - min(rights) <= 2 or max(lefts) - min(lefts) <= 2


def _is_head(row: Sequence[Span], columns: Sequence[Span]) -> bool:
    above = [cell for cell in row if cell.left >= columns[0].left or cell.overlaps(columns[0])]
    return bool(above) and all(cell.end - cell.start <= _LONGEST_HEAD for cell in row)


def _placed(row: Sequence[Span], columns: Sequence[Span]) -> list[Span]:
    """The cells of ``row`` by column, that of the names first; what stands over no column belongs to the nearest."""
    placed: dict[int, Span] = {}
    for cell in row:
        at = 0 if cell.left < columns[0].left and not cell.overlaps(columns[0]) else _nearest(cell, columns) + 1
        while at in placed and at < len(columns):
            at += 1
        placed[at] = cell
    end = row[0].start
    filled = []
    for at in range(len(columns) + 1):
        filled.append(placed.get(at, Span(end, end, 0, 0)))
        end = filled[-1].end
    return filled


def _nearest(cell: Span, columns: Sequence[Span]) -> int:
    distances = [abs(cell.left + cell.right - column.left - column.right) for column in columns]
    over = [at for at, column in enumerate(columns) if cell.overlaps(column)]
    return min(over or range(len(columns)), key=lambda at: distances[at])


class AlignedTable(NamedTuple):
    """A table in plain text.

    Attributes:
        start: Where its first row begins.
        end: Where its last row ends.
        rows: The cells of each row, that of the names first.
        heads: How many rows are heads.
        sections: For each row, the line of the section above it, as places in the text; None without one.
    """

    start: int
    end: int
    rows: list[list[Span]]
    heads: int
    sections: list[tuple[int, int] | None]


class _Line(NamedTuple):
    start: int
    end: int
    kind: str


def aligned_tables(text: str) -> Iterator[AlignedTable]:
    """The tables of ``text`` whose columns only blanks align, in order."""
    if not may_hold_tables(text):
        return
    for block in _blocks(text):
        if table := _table(text, block):
            yield table
            continue
        # A caption or a line of code above a table is no part of it.
        for kind, run in groupby(block, key=lambda line: line.kind):
            lines = list(run)
            if kind == "gapped" and len(lines) > 1 and len(lines) < len(block) and (table := _table(text, lines)):
                yield table


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Runs of lines with gaps, at most one section, rule or blank line between two of them."""
    block: list[_Line] = []
    for line in _lines(text):
        if line.kind == "gapped" or (block and line.kind and block[-1].kind == "gapped"):
            block.append(line)
            continue
        yield from _trimmed(block)
        block = []
    yield from _trimmed(block)


def _trimmed(block: list[_Line]) -> Iterator[list[_Line]]:
    while block and block[-1].kind != "gapped":
        block.pop()
    if sum(line.kind == "gapped" for line in block) > 1:
        yield block


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield _Line(start, end, _kind(text, start, end))
        start = end + 1


def _kind(text: str, start: int, end: int) -> str:
    line = text[start:end] if end - start < _LONGEST_LINE else "|"
    if "|" in line or "\t" in line.strip():
        return ""
    if is_gapped(text, start, end) and not _RULED.fullmatch(line):
        return "gapped"
    words = line.strip()
    if not words or _RULED.fullmatch(line):
        return "rule"
    return "section" if len(words) <= _LONGEST_NAME and not words.endswith((".", "。", "!", "?")) else ""


_LONGEST_LINE = 400
_RULED = re.compile(r"[\s=_–—-]+")


def _table(text: str, block: Sequence[_Line]) -> AlignedTable | None:
    lines = [line for line in block if line.kind == "gapped"]
    read = aligned_rows(text, [(line.start, line.end) for line in lines])
    if read is None:
        return None
    sections: list[tuple[int, int] | None] = []
    section: tuple[int, int] | None = None
    for line in block:
        if line.kind == "section":
            section = line.start, line.end
        elif line.kind == "gapped":
            sections.append(section)
    return AlignedTable(lines[0].start, lines[-1].end, read[1], read[0], sections)
