"""Tables in running text: the scale and the unit that heads, captions, notes and names of rows give to the cells.

``(in millions)`` multiplies the cells and is no figure itself, nor is a year in a head. What a row says itself goes
before the head of its column, that before the section, and that before the whole table. ``(1,240)`` alone in a cell is
negative, as accounts write it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from kb.domain.quantity import Quantity
from kb.domain.unit import STANDARD, Units
from kb.domain.unit.names import CURRENCIES, singular
from kb.numbers.grid import Grid, Place, grids
from kb.numbers.lexicon import LEXICON
from kb.numbers.number import EXACT, ONE
from kb.numbers.scan.durations import table_durations
from kb.numbers.scan.mention import FigureMention, LeftOut, Span, is_measure, kind_of
from kb.numbers.scan.table_cells import (
    ANGLED_NUMBER,
    CELL_NUMBER,
    RATE_WORDS,
    byte_rows,
    cells_of,
    column_cells,
    rate_words,
    sign_of,
    signed_money,
)
from kb.numbers.scan.table_labels import label_spans
from kb.numbers.scan.table_scales import (
    MULTIPLIED,
    Scale,
    changes_in_points,
    completed,
    joined,
    per_thing,
    rate_unit,
    scale_alone,
    states_ratio,
    stems,
)
from kb.numbers.scan.table_words import JOINER, JOINERS, LONGEST_CAPTION, UNIT_PLACES, TableWords

_PROSE, _UNITS = LEXICON.prose, LEXICON.units
_NOTE_MARK = re.compile(r"\([a-z0-9]\)|\[[a-z0-9]\]|[*†‡¹²³⁴-⁹]+|[a-z0-9](?=[.)]?\s)")
_NOTE_LABEL = re.compile(rf"(?:{'|'.join(sorted(_PROSE.table_notes))})\s?[:：]\s?", re.IGNORECASE)
_REFERENCE = re.compile(r"[A-Z]?\d{1,3}(?:\.\d{1,2})?[a-z]?")
_CLAUSE = re.compile(r"[,;:()]")
_MEASURED = re.compile(rf"(?P<names>[^\W\d_]{{3,}}) (?:{JOINERS}) (?P<unit>[^\s\d]{{1,12}})\s*$")
_PARENTHESES = re.compile(r"[(（][^()（）]*[)）]")
_PEOPLE = frozenset(("person", "employee", "customer", "user"))
_COUNTING_ENDS = tuple(word for word in _PROSE.counting_rows if not word.isascii())
_A_BILLIONTH = Decimal("1e-9")
_CAPTION_LINES = 3
_NOTE_LINES, _LONGEST_NOTE = 4, 120
_SCALE_REACH = 40
"""Characters before the scale in a note, at most: ``All amounts are in``."""


class Cell(NamedTuple):
    """A cell that holds nothing but a number: its place, its scale and unit, and whether it is negative."""

    start: int
    end: int
    scale: Decimal
    unit: str
    is_negative: bool


class _Table(NamedTuple):
    """What a table says of its bare cells.

    Attributes:
        heads: What the head of each column says.
        ratios: The columns of shares, ratios and durations, whatever the table is in.
        general: What is said of all cells, in a caption, a note or the head above the names.
        named: Scales that a caption states for rows and columns by their names.
        heading: The unit at the end of the line above, which holds where nothing else is said.
        signs: Money by row and column, as the signs of other cells show.
    """

    heads: Sequence[Scale | None]
    ratios: frozenset[int]
    general: Scale | None
    named: Sequence[Scale]
    heading: Scale | None
    signs: Mapping[tuple[int, int], str]


class _Row(NamedTuple):
    """What a row says of its cells: its index and name, its own scale, that of its section, and whether it counts.

    ``is_ratio`` says that they are shares, ratios or durations.
    ``rate_unit`` is the money per something that a sign in the row and its name state; empty for none.
    """

    at: int
    name: str
    own: Scale | None
    section: Scale | None
    counts: bool
    is_ratio: bool
    rate_unit: str


class Tables:
    """The cells of all tables of a text that change what a number in them says.

    Attributes:
        set_aside: Scales, times in heads and numbers of rows, which are no figures.
        kept: Cells that are one bracketed number, which elsewhere would be the mark of a note: ``(86)``.
        durations: Cells that elsewhere would be a time of day, under a head that shows how long: ``h:mm``.
    """

    def __init__(self, text: str, units: Units = STANDARD) -> None:
        self._words = TableWords(text, units)
        self.set_aside = self._words.set_aside
        self.kept: set[tuple[int, int]] = set()
        self._text, self._units = text, units
        self._cells: list[Cell] = []
        self._grids = grids(text)
        self.durations = [mention for grid in self._grids for mention in table_durations(grid)]
        above = 0
        for grid in self._grids:
            notes, end = self._notes(grid)
            self._cells += sorted(self._read(grid, above, notes))
            above = end
        self._starts = [cell.start for cell in self._cells]

    def edges(self) -> Iterator[int]:
        """Where the cells of tables begin, and where their rows end."""
        for grid in self._grids:
            for row in grid.rows:
                for cell in row:
                    yield cell.start
                yield row[-1].end + 1

    def read(self, mention: FigureMention) -> FigureMention:
        """``mention`` with the scale, the unit and the sign of its cell; unchanged outside of tables."""
        at = bisect_right(self._starts, mention.end - 1) - 1
        if at < 0 or mention.end > self._cells[at].end:
            return mention
        cell, quantity = self._cells[at], mention.quantity
        if quantity.unit == "fraction" and cell.is_negative:
            return replace(mention, quantity=_in_cell(quantity, cell._replace(scale=ONE), quantity.unit))
        amount_of_cell = cell.unit.partition("/")[0]
        if quantity.unit and (quantity.unit not in CURRENCIES or (cell.unit and amount_of_cell not in CURRENCIES)):
            return mention
        is_same = quantity.unit == amount_of_cell or _may_stand_for(quantity.as_written, amount_of_cell)
        unit = cell.unit if is_same else quantity.unit or cell.unit
        return replace(mention, quantity=_in_cell(quantity, cell, unit), kind=kind_of(unit))

    def _read(self, grid: Grid, above: int, notes: dict[str, Scale]) -> Iterator[Cell]:
        stated, sizes = self._table(grid, above, notes)
        yield from self._bytes(grid)
        self.set_aside += label_spans(grid)
        numbering = self._numbering(grid)
        sections = self._sections(grid, notes)
        for at in range(grid.heads, len(grid.rows)):
            row = self._row(grid, at, notes, sections[at])
            for column, place in enumerate(grid.rows[at]):
                if column in numbering and _REFERENCE.fullmatch(self._text, *place):
                    self.set_aside.append(Span(*place, LeftOut.LABEL))
                    continue
                number = CELL_NUMBER.fullmatch(self._text, *place) if column or sizes else None
                if ANGLED_NUMBER.fullmatch(self._text, *place):
                    self.set_aside.append(Span(*place, LeftOut.VAGUE))
                unit_behind = self._words.unit(number["unit"] or "", nouns=False) if number else None
                if number is None or (number["unit"] and not unit_behind):
                    continue
                scale = self._of_cell(stated, row, column, grid.column_name(column)) if column else sizes
                scale = unit_behind or scale
                if number["note"]:
                    self.set_aside.append(Span(*number.span("note"), LeftOut.LABEL))
                negative = bool(number["minus"] or (number["open"] and (number["close"] or number["unit"])))
                if negative:
                    self.kept.add((place.start, place.end))
                    if number["close"]:
                        # "$ (12)" has its bracket apart from its sign.
                        self.kept.add((number.start("open"), number.end("close")))
                if scale or negative:
                    factor, unit = (scale.factor, scale.unit) if scale else (ONE, "")
                    yield Cell(*place, factor, unit, negative)

    def _sections(self, grid: Grid, notes: dict[str, Scale]) -> Sequence[Scale | None]:
        """What the section of each row says of its cells: a line between rows, or a row of a name and nothing else."""
        lines = {place: self._of_name(place, notes) for place in set(grid.section_places) if place.end}
        stated: list[Scale | None] = []
        for at, place in enumerate(grid.section_places):
            own = stated[-1] if at and place == grid.section_places[at - 1] else lines.get(place)
            if at >= grid.heads and not any(cells_of(grid, at)):
                own = self._of_name(grid.rows[at][0], notes, is_head=False) or own
            stated.append(own)
        return stated

    def _table(self, grid: Grid, above: int, notes: dict[str, Scale]) -> tuple[_Table, Scale | None]:
        """What ``grid`` and the lines above say of its cells, and of the names of its rows where they are numbers."""
        whole = self._whole(grid, above)
        heads = self._heads(grid, notes)
        # "Year" above the names of the rows says what they are, not what the cells are in.
        # So does 项目 (item), and "Size (kB)" above names that are numbers.
        first = heads[0] if heads and heads[0] and heads[0].is_of_cells else None
        sizes = first if first and is_measure(first.unit) and self._numbers_name(grid) else None
        general = completed(None if sizes else first, whole[0] if whole else None) or notes.get("")
        named = whole[1:]
        heading = None if general else self._heading(grid, above)
        goes_on = bool(whole) and general is not None and general.factor != ONE and not general.unit
        signs = signed_money(grid, goes_on=goes_on, counts=self._counts_things)
        columns = range(1, len(grid.columns))
        ratios = frozenset(at for at in columns if states_ratio(grid.columns[at], column_cells(grid, at)))
        return _Table(heads, ratios, general, named, heading, signs), sizes

    def _row(self, grid: Grid, at: int, notes: dict[str, Scale], section: Scale | None) -> _Row:
        name = grid.names[at]
        own = per_thing(self._of_row(grid, at, notes), name)
        rate = RATE_WORDS.search(name)
        code = next(filter(None, map(sign_of, cells_of(grid, at))), "") if rate else ""
        unit = rate_unit(code, rate_words(name, rate)) if rate and code else ""
        ratio = states_ratio(name, cells_of(grid, at)) or changes_in_points(cells_of(grid, at))
        return _Row(at, name, own, section, self._counts_things(name), ratio, unit)

    def _of_cell(self, table: _Table, row: _Row, column: int, head: str) -> Scale | None:
        """The scale and the unit of the bare number in a cell of ``row``."""
        of_column = table.heads[column] if column < len(table.heads) else None
        names = stems(f"{row.name} {head}")
        common = row.section or next((scale for scale in table.named if scale.names & names), table.general)
        common = common or (table.heading if table.heading and not self._counts_things(head) else None)
        if row.is_ratio or column in table.ratios:
            if own := (of_column if column in table.ratios else None) or row.own:
                return own
            return next((scale for scale in (of_column, common) if scale and scale.is_share), None)
        if of_column and of_column.unit == "fraction":
            # The change of an amount is a share, whatever the amount is in.
            scale: Scale | None = of_column
        else:
            scale = joined(row.own, *(given.for_row(row.name) for given in (of_column, common) if given))
        if (row.counts or self._counts_things(head)) and scale and scale.unit in CURRENCIES:
            scale = row.own or (None if row.counts else of_column)
        has_unit = bool(scale and scale.unit)
        if row.rate_unit and not has_unit:
            return Scale(ONE, row.rate_unit)
        sign = table.signs.get((row.at, column), "")
        if sign and not (row.counts or row.own or has_unit):
            return (scale or Scale(ONE, ""))._replace(unit=sign)
        return scale

    def _whole(self, grid: Grid, above: int) -> Sequence[Scale]:
        """What is stated in the lines above ``grid``, of which the last counts; sentences are none."""
        end = grid.start
        for _ in range(_CAPTION_LINES):
            start = self._text.rfind("\n", above, max(end - 1, above)) + 1 or above
            line = self._text[start:end].strip()
            if start >= end or len(line) > LONGEST_CAPTION or (not line and end < grid.start - 1):
                return ()
            if (
                not _NOTE_MARK.match(line)
                and self._words.may_state(line)
                and (scales := self._words.scales(start, end))
            ):
                return [*scales, *self._measured(line)]
            end = start
        return ()

    def _measured(self, caption: str) -> Iterator[Scale]:
        """The units that a caption states by name beside its scale: ``volumes in kt``."""
        for clause in _CLAUSE.split(caption):
            stated = _MEASURED.search(clause)
            if stated and (unit := self._words.unit(stated["unit"], nouns=False)) and is_measure(unit.unit):
                yield unit._replace(names=stems(stated["names"]))

    def _heading(self, grid: Grid, above: int) -> Scale | None:
        """The unit at the end of the line right above ``grid``: ``### Speed, in MB/s``, ``Table 3: Width (km)``."""
        lines = self._text[max(above, grid.start - 2 * LONGEST_CAPTION) : grid.start].rstrip("\n").splitlines()
        line = lines[-1].strip(" \t*_:#") if lines else ""
        if not line or len(line) > LONGEST_CAPTION or line.endswith((".", "。")):
            return None
        for pattern in UNIT_PLACES[:3]:
            match = pattern.search(line)
            if match and (factor := scale_alone(match[1], line)):
                return Scale(factor, "")
            unit = self._words.unit(JOINER.sub("", match[1].strip()), nouns=False) if match else None
            if unit and unit.is_of_cells:
                return unit
        return None

    def _numbers_name(self, grid: Grid) -> bool:
        """Whether the names of the rows are bare numbers."""
        names = list(column_cells(grid, 0))
        return bool(names) and all(map(CELL_NUMBER.fullmatch, names))

    def _bytes(self, grid: Grid) -> Iterator[Cell]:
        """The cells in bytes, whose B is read as a billion elsewhere."""
        for column in range(max(map(len, grid.rows), default=0)):
            for row in byte_rows(grid, column):
                yield Cell(*grid.rows[row][column], _A_BILLIONTH, "byte", False)

    def _counts_things(self, name: str) -> bool:
        """Whether a row is a count whatever money its table is in: ``Number of sites``, ``Employees at year end``."""
        words = [word.casefold() for word in re.findall(r"[^\W\d_]+", _PARENTHESES.sub("", name))]
        if not words:
            return False
        if not _PROSE.counting_rows.isdisjoint(words) or name.endswith(_COUNTING_ENDS):
            return True
        # "Loans to customers" are money, and so are "customer deposits".
        if _PROSE.share_rows.intersection(words) and any(self._is_shares(word) for word in words):
            return True
        named = words[-1] if LEXICON.stops.no_heads.isdisjoint(words) else ""
        plural = words[0] if singular(words[0]) != words[0] else ""
        return any(self._person(word) for word in (named, plural) if word)

    def _is_shares(self, word: str) -> bool:
        return singular(word) != word and self._units.known(word) == "share"

    def _person(self, word: str) -> bool:
        return (self._units.known(word) or _UNITS.measures.get(word, ("", ONE))[0]) in _PEOPLE

    def _notes(self, grid: Grid) -> tuple[dict[str, Scale], int]:
        """The scales in the notes below ``grid`` by their marks, empty where no name bears it; and where notes end."""
        notes: dict[str, Scale] = {}
        start = grid.end + 1
        marked = "\n".join(self._text[slice(*cell)] for row in grid.rows for cell in row if cell.end > cell.start)
        for _ in range(_NOTE_LINES):
            end = self._text.find("\n", start)
            end = len(self._text) if end < 0 else end
            line = self._text[start:end].strip()
            if start >= len(self._text) or end - start > _LONGEST_NOTE:
                break
            note = _NOTE_MARK.match(line)
            mark = note[0] if note else ""
            # Behind a blank line a scale without a mark belongs to the table that follows.
            label = _NOTE_LABEL.match(line)
            apart = start > grid.end + 1
            if line and not (mark or label) and apart and (self._leads(end) or not self._words.is_of_amounts(line)):
                break
            opening = label.end() if label else len(mark)
            states = self._words.may_state(line[opening:].strip())
            scale = self._words.scale(start, end, _SCALE_REACH + opening) if states else None
            if scale:
                notes[mark if mark in marked else ""] = scale
            elif line and not (mark or label):
                break
            start = end + 1
        return notes, min(start, len(self._text))

    def _leads(self, end: int) -> bool:
        """Whether the line that ends at ``end`` stands right above a table."""
        at = bisect_right([grid.start for grid in self._grids], end)
        return at < len(self._grids) and not self._text[end : self._grids[at].start].strip()

    def _heads(self, grid: Grid, notes: dict[str, Scale]) -> list[Scale | None]:
        """The scale of each column by its lowest head that states one, and above all by the note that it bears."""
        stated: list[Scale | None] = []
        for column in range(len(grid.columns)):
            own: Scale | None = None
            for row in range(grid.heads):
                place = grid.rows[row][column] if column < len(grid.rows[row]) else None
                if place and place.end > place.start:
                    own = self._of_name(place, notes) or own
            if own is None and column > 1 and grid.columns[column] == grid.columns[column - 1]:
                own = stated[column - 1]
            stated.append(own or self._words.at_end_of(grid.columns[column].rpartition(",")[2]))
        return stated

    def _of_row(self, grid: Grid, row: int, notes: dict[str, Scale]) -> Scale | None:
        if grid.unit_column is not None and grid.unit_column < len(grid.rows[row]):
            place = grid.rows[row][grid.unit_column]
            unit = self._of_name(place, notes) or self._words.unit(self._text[slice(*place)], nouns=True)
            if place.end > place.start and not any(map(str.isdigit, self._text[slice(*place)])):
                self.set_aside.append(Span(*place))
            # A row that counts without a unit ("number") takes no scale either.
            return unit or (Scale(ONE, "") if place.end > place.start else None)
        return self._of_name(grid.rows[row][0], notes, is_head=False)

    def _of_name(self, place: Place, notes: dict[str, Scale], *, is_head: bool = True) -> Scale | None:
        """What a head or the name of a row says of its cells, itself or by the mark of a note."""
        name = self._text[slice(*place)]
        borne = next((scale for mark, scale in notes.items() if mark and name.endswith(mark)), None)
        stated = self._words.scale(*place) or borne or self._words.at_end_of(name, is_head=is_head)
        if stated and stated.unit:
            self.set_aside += (Span(*match.span()) for match in MULTIPLIED.finditer(self._text, *place))
        return stated

    def _numbering(self, grid: Grid) -> frozenset[int]:
        """The columns that refer to notes, or number the rows from 1 on."""
        named = {at for at, head in enumerate(grid.columns) if at and head.casefold() in _PROSE.table_references}
        named |= {0} if grid.columns and grid.columns[0].casefold() in _PROSE.references else set()
        first = list(column_cells(grid, 0))
        return frozenset(named | ({0} if first == [str(at) for at in range(1, len(first) + 1)] else set()))


def _may_stand_for(literal: str, code: str) -> bool:
    """Whether the sign of money that begins ``literal`` is shared by the currency ``code``: $ in a column of C$."""
    codes = _UNITS.shared_signs.get(literal.lstrip("(-−– ")[:1], "")
    return code in codes.split()


def _in_cell(quantity: Quantity, cell: Cell, unit: str) -> Quantity:
    factor = cell.scale

    def scaled(value: Decimal | None) -> Decimal | None:
        return None if value is None else EXACT.multiply(value, factor)

    low, high = scaled(quantity.low), scaled(quantity.high)
    if cell.is_negative and low is not None and high is not None and low > 0:
        low, high = high.copy_negate(), low.copy_negate()
    return replace(quantity, low=low, high=high, unit=unit, granularity=scaled(quantity.granularity))
