"""What do seed files say? Every entity of every file, every problem of every file, in one go."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kb.domain.entity import AnyEntity
from kb.domain.identity import Id, Mint
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem
from kb.intake.calculation import Units, check_units, declare_calculations, resolve_calculation
from kb.intake.circle import note_circles
from kb.intake.claim import (
    declare_arguments,
    declare_claims,
    resolve_argument,
    resolve_claim,
    warn_of_stubs,
)
from kb.intake.desk import Desk, Sheet
from kb.intake.figure import common_of, declare_figures, resolve_figure, warn_of_unjoined
from kb.intake.margin import Margin, Spot
from kb.intake.match import declare_matches, resolve_match
from kb.intake.money import Rates
from kb.intake.names import Names, Place, Renaming
from kb.intake.node import Hole, Scalar, Series, Table
from kb.intake.place import Finder, check_passages
from kb.intake.record import FILE, FigureRecord, FileRecord, figure_entry
from kb.intake.ruling import declare_rulings, resolve_ruling
from kb.intake.shape import ListOf
from kb.intake.source import declare_sources, resolve_source
from kb.intake.text import read_text
from kb.intake.unit import declare_units, resolve_units
from kb.intake.vocabulary import (
    declare_measures,
    declare_questions,
    declare_terms,
    resolve_measure,
    resolve_question,
    resolve_term,
)
from kb.intake.yaml import Tree, read_tree

__all__ = ["Progress", "Reading", "read"]

Progress = Callable[[int, int], None]
"""Told how many entries are done, and of how many."""

_STEP = 500


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files say.

    Attributes:
        entities: Every entity that could be made, file by file, each kind after those that it names.
        files: Ids of the files that were read.
        was: Entities that keep their id under a new name.
        problems: What is wrong, file by file from top to foot; where there is any, nothing should be imported.
        warnings: What is doubtful, likewise; it keeps nobody from anything.
        places: Where each entity is declared.
        paths: Path of each file by its id.
        heads: Where each file says its id.
    """

    entities: tuple[AnyEntity, ...] = ()
    files: tuple[str, ...] = ()
    was: tuple[Renaming, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    places: Mapping[Id, Place] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, Place] = field(default_factory=dict)


def read(
    paths: Sequence[Path],
    knowledge: Knowledge,
    mint: Mint,
    texts: Callable[[str], str | None],
    progress: Progress | None = None,
) -> Reading:
    """The entities that the seed files at ``paths`` tell of, their names looked up in the files, then in ``knowledge``.

    Args:
        paths: Seed files, in the order in which their entities will come.
        knowledge: What is known; an entity that it has under the same kind and slug, or under ``was:``, keeps its id.
        mint: Gives the ids of new entities.
        texts: The attached text of a SHA-256, or None; passages are checked where there is one.
        progress: Told now and then how far it is.
    """
    with _collector_at_rest():
        return _read(paths, knowledge, mint, texts, progress or _nobody)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Lets the garbage collector wait: what is read makes no circles, and looking for them doubles the time."""
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()


def _read(
    paths: Sequence[Path],
    knowledge: Knowledge,
    mint: Mint,
    texts: Callable[[str], str | None],
    progress: Progress,
) -> Reading:
    pages = [_page(path) for path in paths]
    sheets = _sheets(pages)
    names = Names(knowledge, mint, [id for sheet in sheets for id in sheet.ids])
    names.blind = any(page.is_blind for page in pages)
    desk = Desk(knowledge, names)
    for page in pages:
        names.lose(_file_id(page), page.tree.lost)
    _resolve(sheets, desk, Finder(texts), progress)
    noted = [problem for page in pages for problem in page.problems()]
    return Reading(
        tuple(desk.made.values()),
        tuple(sheet.id for sheet in sheets),
        tuple(names.renamings),
        tuple(problem for problem in noted if not problem.is_warning),
        tuple(problem for problem in noted if problem.is_warning),
        names.places,
        {sheet.id: sheet.path for sheet in sheets},
        {sheet.id: Place(sheet.margin, Spot(id.line, id.column)) for sheet in sheets if (id := sheet.record.id)},
    )


def _nobody(_done: int, _total: int) -> None:
    """Told of progress, and keeps it to itself."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A file as text: its tree, and its record where there is one."""

    path: str
    tree: Tree
    record: FileRecord | None
    unreadable: Problem | None = None

    @property
    def is_blind(self) -> bool:
        """Whether so much could not be read that nobody knows which names stand there."""
        pairs = self.tree.root.pairs
        return not pairs or any(isinstance(value, Hole) for _, value in pairs)

    def problems(self) -> tuple[Problem, ...]:
        """Everything that was noted, warnings too, from top to foot."""
        own = (self.unreadable,) if self.unreadable else ()
        return (*own, *self.tree.margin.in_order())


def _page(path: Path) -> _Page:
    text = read_text(path)
    if isinstance(text, Problem):
        return _Page(str(path), Tree(Table((), 1, 1), Margin(str(path))), None, text)
    tree = read_tree(str(path), text)
    return _Page(str(path), tree, read_file(tree) if tree.root.pairs else None)


def read_file(tree: Tree) -> FileRecord | None:
    """The record of a file; what does not fit its schema is noted."""
    parts = tuple(pair for pair in tree.root.pairs if pair[0].text != "figures")
    record = FILE.read(tree.root._replace(pairs=parts), "the file", tree.margin)
    figures = next((value for name, value in tree.root.pairs if name.text == "figures"), None)
    if record is None or figures is None:
        return record
    shape = ListOf(figure_entry(_source_ids(tree.root)), "a list of entries, each with '- ' before it")
    found: tuple[FigureRecord, ...] | None = shape.read(figures, "figures", tree.margin)
    return replace(record, figures=found or ())


def _source_ids(root: Table) -> frozenset[str]:
    listed = next((value for name, value in root.pairs if name.text == "sources"), None)
    entries = listed.items if isinstance(listed, Series) else (listed,)
    pairs = (pair for entry in entries if isinstance(entry, Table) for pair in entry.pairs)
    return frozenset(id.text for name, id in pairs if name.text == "id" and isinstance(id, Scalar))


def _file_id(page: _Page) -> str:
    return page.record.id.text if page.record and page.record.id else ""


def _sheets(pages: Sequence[_Page]) -> list[Sheet]:
    sheets: dict[str, Sheet] = {}
    for page in pages:
        record = page.record
        if record is None or record.id is None:
            continue
        if earlier := sheets.get(record.id.text):
            page.tree.margin.note(record.id, f"{earlier.path} has the id '{earlier.id}' too", "give each file its own")
            continue
        lost = any(name.text in ("source", "sources") and _has_hole(value) for name, value in page.tree.root.pairs)
        sheets[record.id.text] = Sheet(page.path, record.id.text, page.tree.margin, record, lost)
    return list(sheets.values())


def _has_hole(node: Any) -> bool:
    return isinstance(node, Hole) or (isinstance(node, Series) and any(isinstance(item, Hole) for item in node.items))


class _Count:
    """Counts entries and tells now and then."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.total, self.progress, self.done = total, progress, 0

    def one(self) -> None:
        self.done += 1
        if self.done % _STEP == 0 or self.done == self.total:
            self.progress(self.done, self.total)


_DECLARE = (
    (declare_sources, "sources"),
    (declare_units, "units"),
    (declare_measures, "measures"),
    (declare_terms, "terms"),
    (declare_questions, "questions"),
    (declare_figures, "figures"),
    (declare_claims, "claims"),
    (declare_arguments, "arguments"),
    (declare_calculations, "calculations"),
    (declare_matches, "matches"),
    (declare_rulings, "rulings"),
)


def _resolve(sheets: list[Sheet], desk: Desk, finder: Finder, progress: Progress) -> None:
    declared = [{kind: declare(sheet, desk) for declare, kind in _DECLARE} for sheet in sheets]
    told: list[tuple[Sheet, dict[str, list[Any]]]] = list(zip(sheets, declared, strict=True))
    count = _Count(sum(len(entries) for _, kinds in told for entries in kinds.values()), progress)

    def each(kind: str, resolve: Callable[[Any, Sheet, Desk], None]) -> None:
        for sheet, kinds in told:
            for entry in kinds[kind]:
                resolve(entry, sheet, desk)
                count.one()

    each("sources", resolve_source)
    resolve_units([(entry, sheet) for sheet, kinds in told for entry in kinds["units"]], desk)
    each("measures", resolve_measure)
    each("terms", resolve_term)
    each("questions", resolve_question)
    for sheet in sheets:
        sheet.common = common_of(sheet, desk)
    each("figures", resolve_figure)
    each("calculations", resolve_calculation)
    rates = Rates(desk)
    warn_of_unjoined([(entry, sheet) for sheet, kinds in told for entry in kinds["figures"]], desk, rates)
    units = Units(desk, rates)
    for sheet, kinds in told:
        for entry in kinds["calculations"]:
            check_units(entry, sheet, desk, units)
    each("claims", lambda entry, sheet, desk: resolve_claim(entry, sheet, desk, units))
    each("arguments", resolve_argument)
    each("matches", resolve_match)
    each("rulings", resolve_ruling)
    for sheet, kinds in told:
        warn_of_stubs(kinds["claims"], sheet)
    note_circles(desk)
    check_passages(told, desk, finder)
