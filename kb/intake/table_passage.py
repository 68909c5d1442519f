"""Passages in tables: the cell that a row and a column name, and figures that stand in the cell of another thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from kb.domain.entity import Figure, Measure, ScopeValue
from kb.domain.identity import Id
from kb.domain.passage import Passage
from kb.domain.scope import ScopeSelection
from kb.intake.period import read_period
from kb.numbers.grid import Grid, Place, grid_at, plain_name
from kb.numbers.table_period import period_in

Names = Callable[[Id], Measure | ScopeValue | None]
"""The measure or scope value of an id."""

_MOST_NAMES = 6


class Refusal(NamedTuple):
    """Why there is no such cell, or why it is the wrong one, and what to write instead."""

    what: str
    hint: str = ""


def cell_span(passage: Passage, text: str, tables: Sequence[Grid], line: tuple[int, int]) -> Place | Refusal:
    """The characters of the cell that ``passage`` names on ``line``, or of its row where it names no column."""
    grid = grid_at(tables, line[0])
    row = grid.row_at(line[0]) if grid else -1
    if grid is None or not line[0] <= grid.rows[row][0].start <= line[1]:
        return Refusal(f"line {passage.line} is no row of a table", "name a row and a column of a table only")
    if passage.row and not _is_row(grid, row, passage.row):
        return _wrong_row(passage, text, grid, row)
    if not passage.column:
        return Place(*line)
    columns = [at for at in range(len(grid.rows[row])) if _is_column(grid, at, passage.column)]
    cells = [grid.rows[row][at] for at in columns]
    if passage.exact and len(cells) > 1:
        cells = [cell for cell in cells if passage.exact in text[slice(*cell)]] or cells
    if len(cells) == 1:
        return cells[0]
    if cells:
        heads = _listed(grid.column_name(at) for at in columns)
        return Refusal(f'several columns are called "{passage.column}"', f"write one of their whole heads: {heads}")
    return Refusal(f'the table has no column "{passage.column}"', f"its columns are {_listed(grid.columns[1:])}")


def column_holding(passage: Passage, text: str, tables: Sequence[Grid], line: tuple[int, int]) -> str:
    """The head of the column in which the words of ``passage`` stand on its line; empty for none."""
    grid = grid_at(tables, line[0])
    place = text.find(passage.exact, *line) if grid and passage.exact else -1
    cell = grid.at(place) if grid and place >= 0 else None
    return grid.column_name(cell.column) if grid and cell else ""


def cells_named(passage: Passage, tables: Sequence[Grid]) -> Iterator[Place]:
    """The cells of all tables that have the row and the column of ``passage``."""
    for grid in tables:
        columns = [at for at in range(len(grid.columns)) if _is_column(grid, at, passage.column)]
        for row in range(grid.heads, len(grid.rows)):
            if columns and _is_row(grid, row, passage.row):
                yield from (grid.rows[row][at] for at in columns if at < len(grid.rows[row]))


def is_in_cell(passage: Passage, tables: Sequence[Grid], place: int) -> bool:
    """Whether the character ``place`` stands in the row and the column that ``passage`` names."""
    grid = grid_at(tables, place)
    cell = grid.at(place) if grid else None
    if grid is None or cell is None:
        return False
    in_row = not passage.row or _is_row(grid, cell.row, passage.row)
    return in_row and (not passage.column or _is_column(grid, cell.column, passage.column))


def mismatch(figure: Figure, place: int, text: str, tables: Sequence[Grid], names: Names) -> Refusal | None:
    """Why the cell at ``place`` cannot be one of ``figure``: another row or column bears the name of what it is about.

    None outside of tables, and where no name of a row or a column decides.
    """
    grid = grid_at(tables, place)
    cell = grid.at(place) if grid else None
    if grid is None or cell is None or cell.row < grid.heads:
        return None
    own = _names_of_row(grid, cell.row) | _names_of_column(grid, cell.column)
    for label, spellings in _things(figure, names):
        if spellings & own:
            continue
        rows = [row for row in range(grid.heads, len(grid.rows)) if spellings & _names_of_row(grid, row)]
        if rows and grid.names[cell.row]:
            line = text.count("\n", 0, grid.rows[rows[0]][0].start) + 1
            what = f'this is the row "{grid.names[cell.row]}", and the figure is about {label}'
            return Refusal(what, f'the row "{grid.names[rows[0]]}" is line {line}')
        columns = [at for at in range(1, len(grid.columns)) if spellings & _names_of_column(grid, at)]
        if columns and grid.column_name(cell.column):
            what = f'this is the column "{grid.column_name(cell.column)}", and the figure is about {label}'
            return Refusal(what, f'take the number in the column "{grid.column_name(columns[0])}"')
    return _wrong_time(figure, grid, cell.row, cell.column)


def _wrong_row(passage: Passage, text: str, grid: Grid, row: int) -> Refusal:
    named = f'the row "{grid.names[row]}"' if grid.names[row] else "a row without that name"
    what = f'line {passage.line} is {named}, not "{passage.row}"'
    rows = [at for at in range(grid.heads, len(grid.rows)) if _is_row(grid, at, passage.row)]
    if not rows:
        return Refusal(what, f"the rows are {_listed(grid.names[grid.heads :])}")
    line = text.count("\n", 0, grid.rows[rows[0]][0].start) + 1
    return Refusal(what, f'the row "{passage.row}" is line {line}')


def _listed(names: Iterable[str]) -> str:
    listed = [f'"{name}"' for name in names if name]
    more = f" and {len(listed) - _MOST_NAMES} more" if len(listed) > _MOST_NAMES else ""
    return ", ".join(listed[:_MOST_NAMES]) + more


def spelling(name: str) -> str:
    """``name`` as names of rows and columns are compared: without marks of notes, and whatever its capitals."""
    return plain_name(name.strip()).casefold()


def _is_row(grid: Grid, row: int, name: str) -> bool:
    return spelling(name) in _names_of_row(grid, row)


def _is_column(grid: Grid, column: int, name: str) -> bool:
    return spelling(name) in _names_of_column(grid, column)


def _names_of_row(grid: Grid, row: int) -> set[str]:
    parts, section = grid.name_parts(row), grid.sections[row]
    whole = ", ".join(parts)
    named = {*parts, whole, f"{section}, {whole}" if section else ""}
    return {spelling(name) for name in named if name}


def _names_of_column(grid: Grid, column: int) -> set[str]:
    head = grid.column_name(column)
    return {spelling(name) for name in (head, *head.split(", ")) if name}


def _things(figure: Figure, names: Names) -> Iterator[tuple[str, set[str]]]:
    """What the figure is about, each with its names: the single values of its scope, and its measure."""
    single = (selection.terms[0] for selection in figure.scope.values() if len(selection.terms) == 1)
    for id in (*single, figure.measure):
        thing = names(id)
        if thing is not None:
            written = (thing.label, thing.slug, thing.slug.replace("-", " "), *thing.aliases)
            yield thing.label, {spelling(name) for name in written}


def _wrong_time(figure: Figure, grid: Grid, row: int, column: int) -> Refusal | None:
    stated = [selection for selection in figure.scope.values() if selection.is_time and selection.start]
    own = _time(grid.column_name(column))
    if not stated or own is None:
        return None
    for selection in stated:
        if _is_same(own, selection):
            return None
        for at in range(1, len(grid.columns)):
            period = _time(grid.column_name(at))
            if period and at < len(grid.rows[row]) and _is_same(period, selection):
                what = f'this is the column "{grid.column_name(column)}", and the figure is for {selection.text}'
                return Refusal(what, f'take the number in the column "{grid.column_name(at)}"')
    return None


def _time(head: str) -> ScopeSelection | None:
    period = period_in(head)
    selection = read_period(period.value) if period else None
    return None if isinstance(selection, str) else selection


def _is_same(left: ScopeSelection, right: ScopeSelection) -> bool:
    return (left.start, left.end) == (right.start, right.end)
