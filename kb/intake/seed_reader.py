"""Seed files read together: their entities, and every problem of every file, with passages checked in documents."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kb.domain.entity import AnyEntity
from kb.domain.identity import Id, IdSource
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem
from kb.intake.aif.entries import check_map
from kb.intake.anchoring import Texts
from kb.intake.calculation import CalculationUnits, check_units, declare_calculations, resolve_calculation
from kb.intake.circles import note_reference_cycles
from kb.intake.claim import (
    declare_arguments,
    declare_claims,
    note_groundless_inferences,
    resolve_argument,
    resolve_claim,
    warn_of_stubs,
    warn_of_unnamed_measures,
)
from kb.intake.decision import (
    declare_assessments,
    declare_matches,
    declare_rulings,
    resolve_assessment,
    resolve_match,
    resolve_ruling,
)
from kb.intake.diagnostics import Diagnostics, Spot
from kb.intake.evidence import warn_of_weak_evidence
from kb.intake.figure import (
    declare_figures,
    defaults_of,
    recorded_rates,
    resolve_figure,
    warn_of_missing_periods,
    warn_of_missing_rates,
    warn_of_underived_figures,
)
from kb.intake.name_lookup import Names, Place, Renaming
from kb.intake.passage_check import PassageFinder, check_passages
from kb.intake.projection import warn_of_doubtful_projections
from kb.intake.record import FILE, FigureRecord, FileRecord, figure_entry
from kb.intake.resolver import Resolver, SeedFile
from kb.intake.shape import Hole, ListOf, Scalar, Series, Table
from kb.intake.source import declare_sources, note_rival_successors, resolve_source
from kb.intake.text_file import read_text
from kb.intake.vocabulary import (
    declare_measures,
    declare_questions,
    declare_terms,
    declare_units,
    note_unlike_complements,
    resolve_measure,
    resolve_question,
    resolve_term,
    resolve_units,
    warn_of_unused,
)
from kb.intake.yaml_reader import Tree, read_tree

__all__ = ["Progress", "Reading", "read", "read_written"]

Progress = Callable[[int, int], None]
"""Called with the number of entries that are done, and of all."""

_STEP = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The content of some seed files.

    Attributes:
        entities: Every entity that could be read, each kind after those that it refers to.
        files: Ids of the files that were read.
        former_files: Ids under which the base knows files that were read, and that have another id now.
        was: Entities that keep their id under a new name.
        problems: What is wrong, file by file and line by line; with any, nothing may be imported.
        warnings: What is doubtful, likewise; a warning blocks nothing.
        places: Where each entity is declared.
        paths: Path of each file by its id.
        heads: The place of each file's own id.
        lacks_files: Whether a name was not found that a file which was not read may declare.
    """

    entities: tuple[AnyEntity, ...] = ()
    files: tuple[str, ...] = ()
    former_files: tuple[str, ...] = ()
    was: tuple[Renaming, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    places: Mapping[Id, Place] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, Place] = field(default_factory=dict)
    lacks_files: bool = False


def read(
    paths: Sequence[Path],
    knowledge: Knowledge,
    ids: IdSource,
    texts: Texts,
    progress: Progress | None = None,
) -> Reading:
    """What the seed files at ``paths`` say; a name refers to an entry of theirs, else to an entity of ``knowledge``.

    Args:
        paths: Seed files; entities of a kind come in this order.
        knowledge: What is known; entities that it has under the same kind and slug, or under ``was:``, keep their ids.
        ids: Gives the ids of new entities.
        texts: The attached text of a SHA-256, or None; passages are checked where there is one.
        progress: Called every 500 entries.
    """
    with _garbage_collection_paused():
        return _read([_parse(path) for path in paths], knowledge, ids, texts, progress or _ignore_progress)


def read_written(files: Mapping[str, str], knowledge: Knowledge, ids: IdSource, texts: Texts) -> Reading:
    """What ``files`` say, the texts of seed files by name; everything else as for ``read``."""
    with _garbage_collection_paused():
        parsed_files = [_parse_text(name, text) for name, text in files.items()]
        return _read(parsed_files, knowledge, ids, texts, _ignore_progress)


@contextmanager
def _garbage_collection_paused() -> Iterator[None]:
    """Turns the garbage collector off for a while.

    Reading makes no reference cycles, and looking for them doubles its time on a hundred thousand figures.
    """
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()


def _read(
    parsed_files: Sequence[_ParsedFile], knowledge: Knowledge, ids: IdSource, texts: Texts, progress: Progress
) -> Reading:
    seed_files = _seed_files(parsed_files)
    names = Names(knowledge, ids, [id for seed_file in seed_files for id in seed_file.ids])
    # One unreadable file must not make every reference to its entries a problem of its own.
    names.is_incomplete = any(parsed.is_incomplete for parsed in parsed_files)
    resolver = Resolver(knowledge, names)
    for parsed in parsed_files:
        names.add_unreadable(_file_id(parsed), parsed.tree.unreadable_ids)
    _resolve(seed_files, resolver, PassageFinder(texts), progress)
    noted = [problem for parsed in parsed_files for problem in parsed.problems()]
    return Reading(
        entities=tuple(resolver.entities.values()),
        files=tuple(seed_file.id for seed_file in seed_files),
        former_files=tuple(_former_files(seed_files, knowledge)),
        was=tuple(names.renamings),
        problems=tuple(problem for problem in noted if not problem.is_warning),
        warnings=tuple(problem for problem in noted if problem.is_warning),
        places=names.places,
        paths={seed_file.id: seed_file.path for seed_file in seed_files},
        heads={
            seed_file.id: Place(seed_file.diagnostics, Spot(id.line, id.column))
            for seed_file in seed_files
            if (id := seed_file.record.id)
        },
        lacks_files=names.lacks_files,
    )


def _former_files(seed_files: Sequence[SeedFile], knowledge: Knowledge) -> Iterator[str]:
    """The old id of each file that is renamed now; a ``was:`` may stay when that is long done."""
    read, known = {seed_file.id for seed_file in seed_files}, {entity.file for entity in knowledge.by_id.values()}
    for seed_file in seed_files:
        old = seed_file.ids[-1]
        if old not in read and old in known and seed_file.id not in known:
            yield old


def _ignore_progress(_done: int, _total: int) -> None:
    """Ignores progress."""


@dataclass(frozen=True, slots=True)
class _ParsedFile:
    """A parsed file: its tree, and its record where there is one."""

    path: str
    tree: Tree
    record: FileRecord | None
    unreadable: Problem | None = None

    @property
    def is_incomplete(self) -> bool:
        """Whether parts could not be read that may declare any name."""
        pairs = self.tree.root.pairs
        return not (pairs or self.tree.is_empty) or any(isinstance(value, Hole) for _, value in pairs)

    def problems(self) -> tuple[Problem, ...]:
        """All problems and warnings, from the first line to the last."""
        own = (self.unreadable,) if self.unreadable else ()
        return (*own, *self.tree.diagnostics.in_order())


def _parse(path: Path) -> _ParsedFile:
    text = read_text(path)
    if isinstance(text, Problem):
        return _ParsedFile(str(path), Tree(Table((), 1, 1), Diagnostics(str(path))), None, text)
    return _parse_text(str(path), text)


def _parse_text(path: str, text: str) -> _ParsedFile:
    tree = read_tree(path, text)
    return _ParsedFile(path, tree, read_record(tree) if tree.root.pairs else None)


def read_record(tree: Tree) -> FileRecord | None:
    """The record of a file; what does not fit the schema is noted, and left out."""
    # The ids of sources are keys of figures (zh: L9), so that sources have to be read first, wherever they stand in the
    # file.
    parts = tuple(pair for pair in tree.root.pairs if pair[0].text != "figures")
    record = FILE.read(tree.root._replace(pairs=parts), "the file", tree.diagnostics)
    figures = next((value for name, value in tree.root.pairs if name.text == "figures"), None)
    if record is None or figures is None:
        return record
    shape = ListOf(figure_entry(_source_ids(tree.root)), "a list of entries, each with '- ' before it")
    figure_records: tuple[FigureRecord, ...] | None = shape.read(figures, "figures", tree.diagnostics)
    return replace(record, figures=figure_records or ())


def _source_ids(root: Table) -> frozenset[str]:
    listed = next((value for name, value in root.pairs if name.text == "sources"), None)
    entries = listed.items if isinstance(listed, Series) else (listed,)
    pairs = (pair for entry in entries if isinstance(entry, Table) for pair in entry.pairs)
    return frozenset(id.text for name, id in pairs if name.text == "id" and isinstance(id, Scalar))


def _file_id(parsed: _ParsedFile) -> str:
    return parsed.record.id.text if parsed.record and parsed.record.id else ""


def _seed_files(parsed_files: Sequence[_ParsedFile]) -> list[SeedFile]:
    seed_files: dict[str, SeedFile] = {}
    for parsed in parsed_files:
        record = parsed.record
        if record is None or record.id is None:
            continue
        if earlier := seed_files.get(record.id.text):
            parsed.tree.diagnostics.note(
                record.id, f"{earlier.path} has the id '{earlier.id}' too", "give each file its own"
            )
            continue
        has_unreadable_sources = any(
            name.text in ("source", "sources") and _has_hole(value) for name, value in parsed.tree.root.pairs
        )
        seed_files[record.id.text] = SeedFile(
            path=parsed.path,
            id=record.id.text,
            diagnostics=parsed.tree.diagnostics,
            record=record,
            has_unreadable_sources=has_unreadable_sources,
        )
    return list(seed_files.values())


def _has_hole(node: Any) -> bool:
    return isinstance(node, Hole) or (isinstance(node, Series) and any(isinstance(item, Hole) for item in node.items))


class _ProgressCounter:
    """Counts entries, and reports every 500."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.total, self.progress, self.done = total, progress, 0

    def advance(self) -> None:
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
    (declare_assessments, "assessments"),
)


def _resolve(seed_files: list[SeedFile], resolver: Resolver, finder: PassageFinder, progress: Progress) -> None:
    # All names are declared before any is resolved: an entry may refer to one in a later file.
    declared = [{kind: declare(seed_file, resolver) for declare, kind in _DECLARE} for seed_file in seed_files]
    declarations: list[tuple[SeedFile, dict[str, list[Any]]]] = list(zip(seed_files, declared, strict=True))
    count = _ProgressCounter(sum(len(entries) for _, kinds in declarations for entries in kinds.values()), progress)

    def each(kind: str, resolve: Callable[[Any, SeedFile, Resolver], None]) -> None:
        for seed_file, kinds in declarations:
            for entry in kinds[kind]:
                resolve(entry, seed_file, resolver)
                count.advance()

    each("sources", resolve_source)
    resolve_units([(entry, seed_file) for seed_file, kinds in declarations for entry in kinds["units"]], resolver)
    each("measures", resolve_measure)
    note_unlike_complements([(e, file) for file, kinds in declarations for e in kinds["measures"]], resolver)
    each("terms", resolve_term)
    for seed_file in seed_files:
        seed_file.defaults = defaults_of(seed_file, resolver)
    each("figures", resolve_figure)
    each("calculations", resolve_calculation)
    rates = recorded_rates(resolver)
    warn_of_missing_rates(
        [(entry, seed_file) for seed_file, kinds in declarations for entry in kinds["figures"]], resolver, rates
    )
    units = CalculationUnits(resolver, rates)
    for seed_file, kinds in declarations:
        for entry in kinds["calculations"]:
            check_units(entry, seed_file, resolver, units)
    # After calculations: the limit of a condition is read in the unit of its calculation.
    each("questions", lambda entry, seed_file, resolver: resolve_question(entry, seed_file, resolver, units))
    each("claims", lambda entry, seed_file, resolver: resolve_claim(entry, seed_file, resolver, units))
    each("arguments", resolve_argument)
    each("matches", resolve_match)
    each("rulings", resolve_ruling)
    each("assessments", resolve_assessment)
    for seed_file, kinds in declarations:
        check_map(seed_file)
        warn_of_stubs(kinds["claims"], seed_file)
        warn_of_unnamed_measures([measure.label for measure in seed_file.record.measures], seed_file)
    for kind, noun in (("measures", "measure"), ("terms", "scope value")):
        warn_of_unused([(e, file) for file, kinds in declarations for e in kinds[kind]], noun, resolver)
    claims, arguments = (
        [(e, file) for file, kinds in declarations for e in kinds[kind]] for kind in ("claims", "arguments")
    )
    note_groundless_inferences(claims, arguments, resolver)
    figures = [(e, file) for file, kinds in declarations for e in kinds["figures"]]
    warn_of_underived_figures(figures, resolver)
    warn_of_missing_periods(figures, resolver)
    warn_of_doubtful_projections(figures, resolver)
    note_rival_successors([(e, file) for file, kinds in declarations for e in kinds["sources"]], resolver)
    note_reference_cycles(resolver)
    check_passages(declarations, resolver, finder)
    warn_of_weak_evidence(claims, resolver, finder.located)
