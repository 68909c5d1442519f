"""What an import changes elsewhere: entries that refer to what it changes are read again, as their files would be."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from kb.domain.assessment import ASSESSMENTS_FILE
from kb.domain.entity import AnyEntity, Figure, Measure, Source, UnitDefinition, kind_of
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem
from kb.domain.references import references, unit_texts
from kb.domain.review import MATCHES_FILE, RULINGS_FILE
from kb.domain.unit import UnitError, Units
from kb.intake.anchoring import Texts
from kb.intake.name_lookup import word_for
from kb.intake.seed_reader import Reading, read_written
from kb.intake.seed_writer import seed_files

Entities = Mapping[Id, AnyEntity]


@dataclass(frozen=True, slots=True)
class Dependents:
    """Entries that are not part of an import and refer to what it changes, directly or through others.

    Attributes:
        entities: What they say now.
        problems: Why some of them would not be accepted any more.
    """

    entities: tuple[AnyEntity, ...] = ()
    problems: tuple[Problem, ...] = ()


def reread_dependents(
    changed: Sequence[AnyEntity],
    retracted: Sequence[AnyEntity],
    left_behind: Sequence[AnyEntity],
    declared: Iterable[Id],
    knowledge: Knowledge,
    texts: Texts,
) -> Dependents:
    """The dependents of an import, written as seed files and read in the knowledge that it leaves.

    Args:
        changed: New and altered entities.
        retracted: Entities that are taken back.
        left_behind: Entities without an entry in their file any more, which stay.
        declared: The entities that were read, together with what is changed.
        knowledge: What is known before the import.
        texts: The attached text of a SHA-256, or None.
    """
    # Whatever is accepted must come back from an export: a measure whose unit was changed from dollars to days under
    # forty figures of other files was accepted, and the export could not be imported any more.
    after = _knowledge_after(changed, retracted, knowledge)
    causes = _causes(changed, retracted, knowledge, after)
    # An entity that its file no longer holds is written beside the others there, and was not read with them.
    causes |= {entity.id: entity for entity in left_behind if changed}
    read_already = set(declared)
    affected = {id: cause for id, cause in causes.items() if id in after.by_id and id not in read_already}
    if not affected:
        return Dependents()
    rewritten = seed_files(after, _with_families(affected, after))
    reading = read_written(rewritten, after, _Numbers(), texts)
    return Dependents(
        tuple(entity for entity in reading.entities if entity.id in affected),
        (*_problems(reading, affected, after), *_lost(reading, affected, after)),
    )


class _Numbers:
    """Ids for entries that nobody knows; rewritten entries are all known."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def id(self) -> str:
        return f"unknown-{next(self._numbers)}"


def _knowledge_after(changed: Iterable[AnyEntity], retracted: Iterable[AnyEntity], knowledge: Knowledge) -> Knowledge:
    gone = {entity.id for entity in retracted}
    entities = {**knowledge.by_id, **{entity.id: entity for entity in changed}}
    return replace(
        Knowledge.of(entity for entity in entities.values() if entity.id not in gone),
        documents=knowledge.documents,
        anchors=knowledge.anchors,
        missed=knowledge.missed,
        earlier=knowledge.earlier,
    )


def _causes(
    changed: Sequence[AnyEntity], retracted: Sequence[AnyEntity], knowledge: Knowledge, after: Knowledge
) -> dict[Id, AnyEntity]:
    """Each entity whose reading may change, with the changed or retracted one that is nearest to it."""
    roots = {entity.id: entity for entity in (*changed, *retracted) if entity.id in knowledge.by_id}
    causes = _affected_by_units((*changed, *retracted), knowledge, after)
    causes |= _affected_by_rates((*changed, *retracted), knowledge, after)
    if not roots and not causes:
        return {}
    dependents: dict[Id, list[Id]] = defaultdict(list)
    for entity in after.by_id.values():
        for _, id in references(entity):
            dependents[id].append(entity.id)
    queue = deque([*roots, *causes])
    while queue:
        id = queue.popleft()
        for dependent in dependents[id]:
            if dependent not in causes:
                causes[dependent] = causes.get(id) or roots[id]
                queue.append(dependent)
    return causes


def _affected_by_units(touched: Iterable[AnyEntity], knowledge: Knowledge, after: Knowledge) -> dict[Id, AnyEntity]:
    """The entities with an amount in a unit that is read differently, or not at all, once the definitions change."""
    definitions = [entity for entity in touched if isinstance(entity, UnitDefinition)]
    before, now = knowledge.unit_system, after.unit_system
    if not definitions or before.definitions == now.definitions:
        return {}
    entities = {id: entity for id, entity in after.by_id.items() if id in knowledge.by_id}
    texts = {text for entity in entities.values() for text in unit_texts(entity)}
    differing = {text for text in texts if _meaning(text, before) != _meaning(text, now)}
    return {
        id: _unit_behind(entity, definitions, now)
        for id, entity in entities.items()
        if isinstance(entity, UnitDefinition) or not differing.isdisjoint(unit_texts(entity))
    }


def _meaning(text: str, units: Units) -> object:
    try:
        unit = units.parse(text)
    except UnitError as error:
        return error.what
    return str(unit), unit.factor, unit.dimension


def _unit_behind(entity: AnyEntity, definitions: Sequence[UnitDefinition], units: Units) -> UnitDefinition:
    """The changed definition that a unit of ``entity`` uses; the first where its name is no longer declared."""
    names = {name for text in unit_texts(entity) for name in units.declared_names(text)}
    return next((unit for unit in definitions if unit.name in names), definitions[0])


def _affected_by_rates(touched: Iterable[AnyEntity], knowledge: Knowledge, after: Knowledge) -> dict[Id, AnyEntity]:
    """Every calculation, where an exchange rate changes: which of them needs it, only its units tell."""
    for entity in touched:
        for moment in (knowledge, after):
            known = moment.by_id.get(entity.id)
            measure = moment.measures.get(known.measure) if isinstance(known, Figure) else known
            if isinstance(measure, Measure) and measure.kind.traits.converts_currencies:
                return dict.fromkeys(knowledge.calculations, entity)
    return {}


def _with_families(affected: Iterable[Id], after: Knowledge) -> list[AnyEntity]:
    """The ``affected`` entities, in the order of ``after``, with what their entries cannot be written without.

    These are the entries within which others are written (``deck/fee`` for ``deck/fee/also``), the other entities
    written there, and the sources of the same files, whose ids are keys of figures.
    """
    entities = [after.by_id[id] for id in affected]
    files = {entity.file for entity in entities}
    entries = {_entry_slug(entity) for entity in entities}
    return [
        entity
        for entity in after.by_id.values()
        if entity.file in files and (isinstance(entity, Source) or _entry_slug(entity) in entries)
    ]


def _entry_slug(entity: AnyEntity) -> tuple[str, str]:
    """File and slug of the entry that declares ``entity``."""
    slug = entity.slug.removeprefix(f"{entity.file}/")
    return entity.file, slug.split("/")[0] if slug != entity.slug else slug


def _is_written_within(entity: AnyEntity) -> bool:
    """Whether the entry of another entity declares it."""
    file, slug = _entry_slug(entity)
    return entity.slug not in (slug, f"{file}/{slug}")


def _problems(reading: Reading, affected: Mapping[Id, AnyEntity], after: Knowledge) -> Iterator[Problem]:
    """The problems of ``reading``, each at the entry that it is in, with the change that caused it."""
    places = _places_by_line(reading, after)
    for problem in reading.problems:
        file, line = problem.where.rsplit(":", 2)[:2]
        if id := _entity_at(places[file], int(line), after):
            yield _problem(problem.what, after.by_id[id], affected.get(id, after.by_id[id]), after)
        else:
            yield Problem(where=file, what=problem.what, hint=problem.hint)


def _entity_at(places: Sequence[tuple[int, Id]], line: int, after: Knowledge) -> Id | None:
    """The entity that is declared on ``line``, or else in the entry around it; None if the file declares none."""
    entries = [(start, id) for start, id in places if not _is_written_within(after.by_id[id])]
    around = [id for start, id in entries if start <= line][-1:] or [id for _, id in entries[:1]]
    return next((id for start, id in places if start == line), next(iter(around), None))


def _places_by_line(reading: Reading, after: Knowledge) -> Mapping[str, list[tuple[int, Id]]]:
    """For each file, the line of each entity that it declares, in order."""
    places: dict[str, list[tuple[int, Id]]] = defaultdict(list)
    for id, place in reading.places.items():
        if id in after.by_id:
            places[place.diagnostics.path].append((place.spot.line, id))
    return {file: sorted(lines) for file, lines in places.items()}


def _lost(reading: Reading, affected: Mapping[Id, AnyEntity], after: Knowledge) -> Iterator[Problem]:
    """A problem for each affected entity that no entry can say any more."""
    if reading.problems:
        return
    read = {entity.id for entity in reading.entities}
    for id, cause in affected.items():
        if id not in read:
            entity = after.by_id[id]
            yield _problem("the entry that declares it is gone", entity, cause, after)


def _problem(what: str, entity: AnyEntity, cause: AnyEntity, after: Knowledge) -> Problem:
    where = f"{word_for(kind_of(entity))} {entity.slug} in {entity.file}"
    if cause.id == entity.id:
        return Problem(where=where, what=f"{what}, and its own entry is gone", hint="import with --prune to retract it")
    verb = "changes" if cause.id in after.by_id else "retracts"
    because = f"because this import {verb} {word_for(kind_of(cause))} {cause.slug}"
    hint = f"correct it in the file '{entity.file}', and import both files together"
    if command := _DECIDED_BY.get(entity.file):
        hint = f"undo the decision first: kb {command} … --undo"
    return Problem(where=where, what=f"{what}, {because}", hint=hint)


_DECIDED_BY = {MATCHES_FILE: "match", RULINGS_FILE: "rule", ASSESSMENTS_FILE: "assess"}
"""The command that makes the decisions of each file."""
