"""The break-even grid: what the deciding calculation comes to for two of its inputs, and where the answer turns."""

from collections.abc import Iterator
from fractions import Fraction

from kb.domain.entity import Question
from kb.reasoning.answers.grid import BreakEvenGrid, GridCell, GridValue, ValueSource, break_even_grid
from kb.reports.paper import Block, Emphasis, Heading, Inline, Line, Paragraph, Strong, Table
from kb.reports.view import View
from kb.reports.words.amount import about_words, interval_words, number_words
from kb.reports.words.inputs import input_words
from kb.reports.words.references import capitalized
from kb.reports.words.voices import in_brackets

_DIGITS = 3
_ANSWERS = {True: "yes", False: "no", None: "open"}


def grid_blocks(view: View, question: Question) -> Iterator[Block]:
    """The grid of the calculation that decides a question; nothing where none does, or it has too few inputs."""
    condition = question.decided_by
    grid = break_even_grid(view.analysis.slices[question.id], condition) if condition else None
    if grid is None:
        return
    known, calculation = view.knowledge, grid.condition.calculation
    down, across = (input_words(known, calculation, axis.input) for axis in (grid.down, grid.across))
    yield Heading(2, "Where the answer turns", f"{question.slug}-grid")
    yield Table(
        caption=f"The answer, and the calculated result, by {down} (rows) and {across} (columns)",
        head=("", *(_head(value, grid.across.unit) for value in grid.across.values), "Turns at"),
        rows=tuple(_row(grid, at) for at in range(len(grid.cells))),
        shares=_shares(len(grid.across.values)),
    )
    yield Paragraph((_legend(grid),))


def _shares(columns: int) -> tuple[float, ...]:
    outer = 0.16
    return (outer, *((1 - 2 * outer) / columns for _ in range(columns)), outer)


def _head(value: GridValue, unit: str) -> str:
    source = "" if value.source is ValueSource.TRIED else str(value.source)
    return in_brackets(number_words(value.value, unit, _DIGITS), source)


def _row(grid: BreakEvenGrid, at: int) -> tuple[Line, ...]:
    value, cells = grid.down.values[at], zip(grid.across.values, grid.cells[at], strict=True)
    marked = ((_marked(_cell(grid, cell), value, column),) for column, cell in cells)
    return (_head(value, grid.down.unit),), *marked, (_turn(grid.turns[at], grid.across.unit),)


def _cell(grid: BreakEvenGrid, cell: GridCell) -> str:
    if cell.result is None:
        return "–"
    return f"{_ANSWERS[cell.holds]}: {interval_words(cell.result, grid.unit, _DIGITS)}"


def _turn(value: Fraction | None, unit: str) -> str:
    return "–" if value is None else about_words(value, unit)


def _marked(words: str, *values: GridValue) -> Inline:
    sources = {value.source for value in values}
    if sources == {ValueSource.STATED}:
        return Strong(words)
    return words if ValueSource.TRIED in sources else Emphasis(words)


def _legend(grid: BreakEvenGrid) -> str:
    """What the type of the cells means, as far as it occurs."""
    pairs = [{row.source, column.source} for row in grid.down.values for column in grid.across.values]
    meanings = (
        ("bold: sources state both inputs", any(pair == {ValueSource.STATED} for pair in pairs)),
        (
            "italics: one of them is assumed",
            any(ValueSource.ASSUMED in pair and ValueSource.TRIED not in pair for pair in pairs),
        ),
        (_COMPUTED, any(ValueSource.TRIED in pair for pair in pairs)),
    )
    shown = [words for words, occurs in meanings if occurs]
    if shown == [_COMPUTED]:
        shown = ["every result is computed for a value that no source gives"]
    return f"{capitalized('; '.join(shown))}. The last column says at which value of the columns the answer turns."


_COMPUTED = "plain: computed for a value that no source gives"
