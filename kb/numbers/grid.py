"""The tables of a text: rows of cells as places in it, and which rows are heads.

A table is a run of lines with tabs (HTML, PDF and spreadsheets), of lines with strokes (Markdown), or of lines whose
numbers blanks set below one another (plain text, ``aligned``). A short line that is no row, between two rows, is a
section of the table: ``Assets``. A table has heads where its first row holds words and times but no number, or where
Markdown rules them off; a further row of that kind is a head as well if its first cell is empty or repeats the one
above.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kb.numbers.aligned import AlignedTable, aligned_tables
from kb.numbers.lexicon import LEXICON
from kb.numbers.table_period import without_periods


class Place(NamedTuple):
    """Characters of a text, without the blanks around them."""

    start: int
    end: int


_MARKS = re.compile(r"(?:\s*(?:\[\w{1,2}\]|\((?:\d|[a-z]|i{1,3})\)|[*†‡§¹²³⁴-⁹]+))+$")
"""Marks of notes behind a name: ``Revenue (a)``, ``Loans*``."""
_SIGNS = str.maketrans("", "", "*_`")


def plain_name(text: str) -> str:
    """``text`` of a head or of a row's name without marks of notes, emphasis and doubled blanks.

    >>> plain_name("**Net  loans** (a)"), plain_name("Revenue:*")
    ('Net loans', 'Revenue')
    """
    return _MARKS.sub("", " ".join(text.translate(_SIGNS).split()) if not text.endswith("*") else text).strip(" :*_,")


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table: its row and column, from 0, and its place."""

    row: int
    column: int
    place: Place


@dataclass(frozen=True)
class Grid:
    """A table.

    Attributes:
        text: The text that holds it.
        start: Where its first row begins; the lines right above are its caption.
        end: Where its last row ends; the lines right below are its notes.
        rows: The cells of each row as places, heads included, rules between rows left out.
        heads: How many of the rows are heads.
        section_places: For each row, the line of the section that it stands in; empty for none.
    """

    text: str
    start: int
    end: int
    rows: tuple[tuple[Place, ...], ...]
    heads: int
    section_places: tuple[Place, ...]

    def cell(self, row: int, column: int) -> str:
        """The text of a cell; empty where the row is shorter."""
        cells = self.rows[row]
        return self.text[slice(*cells[column])] if column < len(cells) else ""

    def at(self, place: int) -> TableCell | None:
        """The cell that holds the character ``place``; None between cells."""
        row = self.row_at(place)
        for column, cell in enumerate(self.rows[row]):
            if cell.start <= place < cell.end:
                return TableCell(row, column, cell)
        return None

    def row_at(self, place: int) -> int:
        """The row on whose line the character ``place`` of the table stands."""
        return max(bisect_right(self._row_starts, place) - 1, 0)

    @cached_property
    def _row_starts(self) -> list[int]:
        return [self.text.rfind("\n", 0, cells[0].start) + 1 for cells in self.rows]

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """For each row, the name of the section that it stands in; empty for none."""
        return tuple(plain_name(self.text[slice(*place)]) for place in self.section_places)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The name of each row; empty for heads, and for rows without one."""
        return tuple(", ".join(self.name_parts(row)) for row in range(len(self.rows)))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The head of each column, from the top down: ``2024, Q3``; empty for a column without one."""
        width = max(map(len, self.rows), default=0)
        lines: list[list[str]] = []
        for row in range(self.heads):
            own = [plain_name(self.cell(row, column)) for column in range(width)]
            # An empty head belongs to the one on its left, which is set over several columns; but not below a head of
            # its own, which then reaches down.
            for column in range(2, width):
                if not own[column] and not any(line[column] for line in lines):
                    own[column] = own[column - 1]
            lines.append(own)
        return tuple(", ".join(dict.fromkeys(filter(None, column))) for column in zip(*lines, strict=True))

    @cached_property
    def name_columns(self) -> int:
        """How many columns name the rows: the first, and those behind it that hold words and no numbers."""
        body = range(self.heads, len(self.rows))
        width = max((len(self.rows[row]) for row in body), default=0)
        count = 1
        while count < width - 1 and all(_names(self.cell(row, count)) for row in body):
            count += 1
        return count

    def column_name(self, column: int) -> str:
        """The head of ``column``; empty for none."""
        return self.columns[column] if column < len(self.columns) else ""

    @cached_property
    def unit_column(self) -> int | None:
        """The column that holds the units of the rows, by its head; None without one."""
        named = (at for at, head in enumerate(self.columns) if head.casefold() in LEXICON.prose.table_units)
        return next(named, None)

    def name_parts(self, row: int) -> tuple[str, ...]:
        """The names of ``row``, from the left: ``("North", "bolts")``; empty for a head."""
        if row < self.heads:
            return ()
        columns = (column for column in range(self.name_columns) if column != self.unit_column)
        return tuple(filter(None, (plain_name(self.cell(row, column)) for column in columns)))


def _names(text: str) -> bool:
    return bool(text) and not is_number(text) and not text.isspace()


_NUMBER = re.compile(r"\d")
_ZEROS = re.compile(r"(?<![\d.,])['’]?000s?\b|(?<=[(\[])(?:[×x]\s?)?10(?:\^\d{1,2}|[⁰¹²³⁴-⁹]{1,2})(?=\s)")
"""A scale, as in £'000 and (10^3 km)."""
PER_MANY = re.compile(r"(?<=/)\s?10{0,3}[kKMB]?(?=\s?[^\W\d])|(?<=\bper)\s10{0,3}[kKMB]?(?=\s?[^\W\d])")
"""How many things a price is for: the 1M of $/1M tokens."""
_NUMBERED = re.compile(r"[A-Z]\w+(?:\s\w+){0,2}\s\d{1,2}")
"""A name with a number behind it: ``Plant 2``."""
_LONGEST_SECTION = 60


def is_number(text: str) -> bool:
    """Whether a cell states a number: it holds digits outside of times such as ``Q3 2024``, and of marks of notes.

    >>> [is_number(text) for text in ("$5 million", "30 June 2024", "Loans (1)", "(1,240)", "Plant 2", "Over 40")]
    [True, False, False, True, False, True]
    >>> is_number("Cost ($/1M tokens)"), is_number("$3/1M tokens")
    (False, True)
    """
    bare = text.strip()
    if _NUMBERED.fullmatch(bare) and bare.split()[0].lower() not in LEXICON.bounds.leads:
        return False
    marked = _MARKS.sub("", bare)
    stated = PER_MANY.sub("", _ZEROS.sub("", marked if any(map(str.isalpha, marked)) else bare))
    return bool(_NUMBER.search(without_periods(stated)))


_STROKED = re.compile(r"[ \t]*\|[^\n]*")
_RULE = re.compile(r"[\s|:+-]*-[\s|:+-]*")


class _Line(NamedTuple):
    start: int
    end: int
    kind: str


def grids(text: str) -> list[Grid]:
    """The tables of ``text`` in order."""
    marked = [grid for run in _runs(text) for grid in _split(text, run)] if "\t" in text or "|" in text else []
    aligned = [_of_aligned(text, table) for table in aligned_tables(text)]
    return sorted((*marked, *aligned), key=lambda grid: grid.start) if aligned else marked


def _of_aligned(text: str, table: AlignedTable) -> Grid:
    rows = tuple(tuple(Place(cell.start, cell.end) for cell in row) for row in table.rows)
    sections = tuple(_stripped(text, *section) if section else Place(0, 0) for section in table.sections)
    return Grid(text, table.start, table.end, rows, table.heads, sections)


def grid_at(tables: Sequence[Grid], place: int) -> Grid | None:
    """The table that holds the character ``place``; None outside of tables."""
    at = bisect_right([table.start for table in tables], place) - 1
    return tables[at] if at >= 0 and place < tables[at].end else None


def _runs(text: str) -> Iterator[list[_Line]]:
    """Runs of at least two rows of a table, with the sections between them."""
    run: list[_Line] = []
    for line in _lines(text):
        if _goes_on(run, line):
            run.append(line)
            continue
        yield from _trimmed(text, run)
        run = [line] if line.kind in _ROW_KINDS else []
    yield from _trimmed(text, run)


_ROW_KINDS = ("tab", "stroke", "rule")


def _goes_on(run: Sequence[_Line], line: _Line) -> bool:
    """Whether ``line`` belongs to the table of ``run``: a row like the last, or a single section behind one."""
    if not run:
        return False
    if line.kind == "word" or run[-1].kind == "word":
        return {run[-1].kind, line.kind} == {"tab", "word"}
    return line.kind in _ROW_KINDS and (line.kind == "tab") == (run[-1].kind == "tab")


def _trimmed(text: str, run: list[_Line]) -> Iterator[list[_Line]]:
    while run and run[-1].kind == "word":
        run.pop()
    # Strokes between words make a table only below a rule: "a | b" may be anything.
    is_open = bool(run) and run[0].kind == "stroke" and not _STROKED.match(text, run[0].start, run[0].end)
    is_table = not is_open or (len(run) > 2 and run[1].kind == "rule")
    if is_table and sum(line.kind in ("tab", "stroke") for line in run) > 1:
        yield run


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield _Line(start, end, _kind(text, start, end))
        start = end + 1


def _kind(text: str, start: int, end: int) -> str:
    if text.find("|", start, end) >= 0:
        if _RULE.fullmatch(text, start, end):
            return "rule"
        if _STROKED.match(text, start, end) or text.find("\t", start, end) < 0:
            return "stroke"
    if text.find("\t", start, end) >= 0 and text[start:end].strip():
        return "tab" if _inner_tab(text, start, end) else "word"
    words = text[start:end].strip() if end - start < 4 * _LONGEST_SECTION else ""
    return "word" if 0 < len(words) <= _LONGEST_SECTION and not words.endswith((".", "。", "!", "?")) else ""


def _inner_tab(text: str, start: int, end: int) -> bool:
    """Whether a tab parts cells rather than indents a line: words stand before one, or one starts a row of cells."""
    bare = text[start:end].strip()
    return "\t" in bare or (text[start] == "\t" and len(bare) < _LONGEST_SECTION and end - start - len(bare) > 1)


def _split(text: str, run: Sequence[_Line]) -> Iterator[Grid]:
    """The tables of a run: behind a section or an empty cell, a row of heads begins another one."""
    parts: list[list[_Line]] = [[]]
    has_numbers = False
    for at, line in enumerate(run):
        is_head = line.kind == "tab" and _is_head(text, line)
        apart = at and (run[at - 1].kind == "word" or text[line.start] == "\t" or _only_periods(text, line))
        if has_numbers and is_head and apart:
            parts.append([parts[-1].pop()] if parts[-1][-1].kind == "word" else [])
        has_numbers = (has_numbers and not (is_head and apart)) or (line.kind == "tab" and not is_head)
        parts[-1].append(line)
    for part in parts:
        while part and part[0].kind == "word":
            part.pop(0)
        if sum(line.kind in ("tab", "stroke") for line in part) > 1:
            yield _grid(text, part)


def _grid(text: str, lines: Sequence[_Line]) -> Grid:
    rows: list[tuple[Place, ...]] = []
    sections: list[Place] = []
    section, ruled = Place(0, 0), 0
    for line in lines:
        if line.kind == "word":
            section = _stripped(text, line.start, line.end)
        elif line.kind == "rule":
            ruled = ruled or len(rows)
        else:
            rows.append(tuple(_cells(text, line)))
            sections.append(section)
    heads = ruled or _heads(text, [line for line in lines if line.kind in ("tab", "stroke")])
    return Grid(text, lines[0].start, lines[-1].end, tuple(rows), heads, tuple(sections))


_MOST_HEADS = 5


def _heads(text: str, lines: Sequence[_Line]) -> int:
    """How many rows at the top are heads."""
    count = 0
    while count < min(_MOST_HEADS, len(lines) - 1) and _is_head(text, lines[count]):
        first, above = _first(text, lines[count]), _first(text, lines[count - 1]) if count else ""
        if count and first and first != above and above:
            break
        count += 1
    return count


def _first(text: str, line: _Line) -> str:
    return text[slice(*next(_cells(text, line)))]


def _is_head(text: str, line: _Line) -> bool:
    cells = [text[slice(*cell)] for cell in _cells(text, line)]
    return not any(map(is_number, cells[1:])) and any(cells[1:])


def _only_periods(text: str, line: _Line) -> bool:
    cells = [text[slice(*cell)] for cell in _cells(text, line)][1:]
    return not any(without_periods(cell).strip() for cell in cells)


def _cells(text: str, line: _Line) -> Iterator[Place]:
    sign = "|" if line.kind in ("stroke", "rule") else "\t"
    start, end = line.start, line.end
    if sign == "|":
        start = text.index("|", start) + 1 if _STROKED.match(text, start, end) else start
        closing = text.rfind("|", start, end)
        end = closing if closing >= 0 and not text[closing + 1 : end].strip() else end
    while (stop := text.find(sign, start, end)) >= 0:
        yield _stripped(text, start, stop)
        start = stop + 1
    yield _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> Place:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    return Place(start + left, max(start + left, start + len(part.rstrip()))) if part.strip() else Place(start, start)
