"""What a cell of a table is about, from its row and its head: a measure and a scope; all of it is a guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.domain.entity import ScopeValue
from kb.domain.knowledge import Knowledge
from kb.domain.passage import Passage
from kb.domain.slug import cut_slug, slug_of, unused_slug
from kb.intake.draft.grammar import DE, EN
from kb.intake.draft.sentence_times import SEASON, months_in, part_of_year, season_in
from kb.intake.period import read_period
from kb.intake.record import TIME_KEYS
from kb.numbers.grid import Grid, TableCell, grid_at
from kb.numbers.lexicon import LEXICON
from kb.numbers.table_period import period_in, without_periods

_UNIT = re.compile(r"\s*[(（\[][^()（）\[\]]{0,60}[)）\]]")
_SCALES = tuple(re.compile(pattern) for pattern in LEXICON.prose.table_scales)
_QUANTITIES = EN.quantities | DE.quantities
_OTHER_KEY = "item"
_STATUS = re.compile(
    r"(?i)(?:the )?(?:target|plan|planned|budget|actual|forecast|estimate|out-?turn|ziel|soll|ist|prognose)|目标"
    r"|计划|预算|实际|预计|预测|完成"
)
_TO_COME = re.compile(
    r"(?i)\b(?:target|forecast|outlook|projected|projection|expected|prognose|ziel|erwartet)\b|目标|预测|预计"
)
"""Words of a head over numbers that are still to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellSubject:
    """What the number of a cell is about.

    Attributes:
        measure: The words that name the measure; empty for none.
        things: Scope keys with the words that name their values.
        times: ``period`` or ``as-of``, with the time as a seed file writes it.
        is_projected: Whether its head says so: ``2027E``.
        row: The name of its row, as a passage writes it; empty where none can be written.
        column: The head of its column, likewise.
        row_is_time: Whether its row is a part of the year in its head, so that neither names what is measured.
    """

    measure: str
    things: tuple[tuple[str, str], ...] = ()
    times: tuple[tuple[str, str], ...] = ()
    is_projected: bool = False
    row: str = ""
    column: str = ""
    row_is_time: bool = False


def cell_subject(tables: Sequence[Grid], start: int) -> CellSubject | None:
    """What the number at character ``start`` is about; None outside of tables, and in their heads.

    A head with a name of its own is the measure, and the names of the row are the scope; under a head that is only a
    time, the row is the measure.
    """
    grid = grid_at(tables, start)
    cell = grid.at(start) if grid else None
    if grid is None or cell is None or cell.row < grid.heads or not cell.column:
        return None
    head, names = grid.column_name(cell.column), _named(grid, cell.row)
    measured = _bare(head)
    if not _UNIT.search(head) and _STATUS.fullmatch(measured) and without_periods(head) != head:
        # "2026年目标" says when and how, and not what.
        measured = ""
    measured = measured or _measure_of_rows(grid)
    things = tuple((key, name) for key, name in names if measured and _bare(name))
    row = ", ".join(_bare(name) for _, name in names if _bare(name))
    parts = [part for _, name in names if (part := part_of_year(name))]
    seasons = [season for part in (head, *(name for _, name in names)) if (season := season_in(part))]
    times = [time for time in map(period_in, (head, *(name for _, name in names))) if time]
    written = {time.key: time.value for time in reversed(times) if not isinstance(read_period(time.value), str)}
    if seasons:
        written = {"period": seasons[0]}
    # "| 2025 | Operations |": the corner may name the year of rows that are months or quarters.
    year = written.get("period", "") or _corner_year(grid)
    is_part = bool(parts) and re.fullmatch(r"\d{4}", year) is not None
    row_is_time = is_part and not measured
    if is_part:
        written = {"period": months_in(int(year), *parts[0])}
        things = tuple((key, name) for key, name in things if not part_of_year(name))
    return CellSubject(
        row_is_time=row_is_time,
        measure=measured or _with_section(grid, cell, row),
        things=things,
        times=tuple(written.items()),
        is_projected=any(time.is_estimate for time in times) or _TO_COME.search(head) is not None,
        row=_quotable(grid, cell.row),
        column=head if _is_quotable(head) and grid.columns.count(head) == 1 else "",
    )


def _corner_year(grid: Grid) -> str:
    """The year in the heads over the names of the rows; empty where they name none, or several."""
    heads = " ".join(grid.column_name(column) for column in range(grid.name_columns))
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", heads))
    return years.pop() if len(years) == 1 else ""


_BY = re.compile(
    r"(?i)(?P<measure>\S.*?)\s+(?:by|per|nach|je)\s+\w+(?:\s\w+)?|(?:各|分)\w{2,4}?的?(?P<han>[^\W\d_]{2,8}?)(?:情况)?"
)
"""A caption of what is measured of each row: ``Umsatz nach Sparten``."""


def _measure_of_rows(grid: Grid) -> str:
    """What a table measures of its rows under heads that are only times: in its corner, or in its caption."""
    if grid.name_columns != 1 or any(_bare(grid.column_name(at)) for at in range(1, len(grid.columns))):
        return ""
    corner = grid.column_name(0)
    is_measure = bool(_QUANTITIES & set(re.findall(r"\w+", corner.lower()))) or (_bare(corner) and _UNIT.search(corner))
    if is_measure:
        return _bare(corner.partition(",")[0])
    caption = _BY.fullmatch(caption_of(grid.text, grid.start))
    return (caption["measure"] or caption["han"]) if caption else ""


def caption_of(text: str, start: int) -> str:
    """The line above a table that begins at ``start``, without times and units; empty where that is a sentence."""
    lines = [line for line in text[:start].split("\n")[-4:] if line.strip()]
    caption = lines[-1].strip("#*_ :.") if lines else ""
    caption = re.sub(r"^(?:Table|Tabelle|Figure|表)\s*\d*[.:：]?\s*", "", caption)
    return _bare(caption) if len(caption) <= 90 and not re.search(r"[.!?。]\s", caption) else ""


def _named(grid: Grid, row: int) -> list[tuple[str, str]]:
    """The names of ``row``, each with the scope key that the head of its column suggests."""
    named = []
    columns = [column for column in range(grid.name_columns) if column != grid.unit_column]
    for column in columns:
        key = cut_slug(slug_of(_bare(grid.column_name(column))), 30)
        name = grid.cell(row, column).strip()
        if name:
            named.append((key if key and key not in TIME_KEYS and key.isascii() else _OTHER_KEY, name))
    return named


def _bare(name: str) -> str:
    """``name`` without times, units and scales; empty where nothing else is in it."""
    bare = _UNIT.sub("", without_periods(SEASON.sub(" ", name)))
    for pattern in _SCALES:
        bare = pattern.sub("", bare)
    bare = " ".join(bare.split()).strip(" ,:;–—-|*†‡/")
    return bare if any(map(str.isalpha, bare)) else ""


def _with_section(grid: Grid, cell: TableCell, row: str) -> str:
    """The name of the row, with its section where several rows have that name."""
    section = grid.sections[cell.row]
    return f"{section}, {row}" if section and row and grid.names.count(grid.names[cell.row]) > 1 else row


def _quotable(grid: Grid, row: int) -> str:
    name, section = grid.names[row], grid.sections[row]
    if grid.names.count(name) > 1:
        name = f"{section}, {name}" if section and name else ""
    return name if _is_quotable(name) else ""


def _is_quotable(name: str) -> bool:
    return 0 < len(name) <= 120 and not any(sign in name for sign in '"“”\n\r') and name.isprintable()


def in_cell(passage: Passage, subject: CellSubject) -> Passage:
    """``passage`` with the row and the column of ``subject``, where both can be written."""
    if not subject.row or not subject.column:
        return passage
    return replace(passage, nth=0, row=subject.row, column=subject.column)


class ScopeValues:
    """The scope values that a draft declares, and those that are known."""

    def __init__(self, knowledge: Knowledge, prefix: str = "") -> None:
        self._prefix = prefix
        known = knowledge.scope_values.values()
        self._known = {(value.key, name.casefold()): _id(value) for value in known for name in _names(value)}
        self._taken = {_id(value) for value in known}
        self.new: dict[str, dict[str, str]] = {}

    def label(self, key: str, id: str) -> str:
        """The label of a value, known or new; its id where it has none."""
        return self.new.get(key, {}).get(id) or next(
            (name for (own, name), slug in self._known.items() if (own, slug) == (key, id)), id
        )

    def of(self, key: str, name: str) -> str:
        """The id of the value of ``key`` that ``name`` names; declared where it is not known."""
        label = " ".join(name.split()).strip(" *†‡")
        known = self._known.get((key, label.casefold()))
        if known is None:
            slug = slug_of(label) or f"{key}-1"
            known = unused_slug(slug_of(f"{self._prefix} {slug}"), self._taken)
            self._taken.add(known)
            self._known[key, label.casefold()] = known
            self.new.setdefault(key, {})[known] = label
        return known


def _id(value: ScopeValue) -> str:
    """The id of a scope value in a file, without its key."""
    return value.slug.rpartition("/")[2]


def _names(value: ScopeValue) -> tuple[str, ...]:
    return (value.label, value.slug, *value.aliases)
