"""What is new? The entities of files against what is known: only the difference becomes facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.domain.codec import canonical
from kb.domain.entity import (
    KINDS,
    AnyEntity,
    Argument,
    Calculation,
    Claim,
    Figure,
    Measure,
    Ruling,
    Scope,
    Source,
    Term,
    UnitDefinition,
    kind_of,
)
from kb.domain.event import Fact, Recorded, Retracted, Revised
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem
from kb.intake.names import Renaming, word_for
from kb.intake.reading import Reading
from kb.intake.renamed import renamed_files
from kb.intake.usage import in_order, unsettled

_RANK = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    Attributes:
        facts: In an order in which each names only what is there already; retractions last.
        left_behind: Entities that their file no longer tells of and that stay all the same.
        problems: What must be settled first; where there is any, nothing should be imported.
        renamed: Entities that keep their id under a new name.
    """

    facts: tuple[Fact, ...] = ()
    left_behind: tuple[AnyEntity, ...] = ()
    problems: tuple[Problem, ...] = ()
    renamed: tuple[Renaming, ...] = ()


def plan(reading: Reading, knowledge: Knowledge, *, prune: bool) -> Plan:
    """What turns ``knowledge`` into what ``reading`` says.

    Args:
        reading: What the files say.
        knowledge: What is known now.
        prune: Whether entities that their file no longer tells of are retracted.
    """
    changed = [entity for entity in reading.entities if not _is_known(entity, knowledge)]
    gone = _gone(reading, knowledge)
    doubts = list(_still_needed(gone, reading, knowledge) if prune else renamed_files(reading, knowledge))
    if not prune and not doubts:
        doubts = list(_likely_renamings(changed, gone, reading, knowledge))
    doubts += unsettled(reading, knowledge, gone if prune else ())
    facts = list(_in_order(changed, knowledge))
    if prune:
        facts += [Retracted(kind_of(entity), entity.id) for entity in _dependents_first(gone)]
    return Plan(tuple(facts), () if prune else tuple(gone), tuple(doubts), reading.was)


def _is_known(entity: AnyEntity, knowledge: Knowledge) -> bool:
    known = knowledge.by_id.get(entity.id)
    if isinstance(known, Figure) and isinstance(entity, Figure) and entity.follows:
        known = known.saying(entity.quantity)  # what it says is news of the figure that it follows
    return known == entity


def _gone(reading: Reading, knowledge: Knowledge) -> list[AnyEntity]:
    """Entities of the files that were read which these no longer tell of."""
    told, files = {entity.id for entity in reading.entities}, frozenset(reading.files)
    return [entity for entity in knowledge.by_id.values() if entity.file in files and entity.id not in told]


def references(entity: AnyEntity) -> Iterator[Id]:
    """Every entity that ``entity`` names."""
    yield from _hard(entity)
    if isinstance(entity, Claim):
        yield from (*entity.denies, *entity.same_as)


def _hard(entity: AnyEntity) -> Iterator[Id]:
    """The entities that must be there before ``entity``; claims may deny each other."""
    match entity:
        case Source():
            yield from (*_one(entity.translation_of), *entity.quotes)
        case Measure():
            yield from _one(entity.authority)
        case Term():
            yield from _one(entity.part_of)
        case Figure():
            yield from (entity.source, entity.measure, *_terms(entity.scope))
            yield from _one(entity.depends_on.figure if entity.depends_on else None)
        case Claim():
            yield entity.source
            yield from _one(entity.holds_if.calculation if entity.holds_if else None)
        case Argument():
            yield from (end.id for end in (*entity.premises, entity.conclusion))
            yield from _one(entity.source)
        case Calculation():
            for given in entity.inputs:
                yield from (*_one(given.ref), *_terms(given.where))
            yield from entity.checks
        case Ruling():
            yield from _one(entity.accepted)


def _one(id: Id | None) -> tuple[Id, ...]:
    return (id,) if id else ()


def _terms(scope: Scope) -> Iterator[Id]:
    for value in scope.values():
        yield from value.terms


def _in_order(changed: Sequence[AnyEntity], knowledge: Knowledge) -> Iterator[Fact]:
    """Facts that tell of ``changed``: sources first, calculations last, and everything after what it names.

    Where new claims deny each other, the first is recorded without its denial and revised when the other is there.
    """
    ordered = _ranked(changed)
    fresh = {entity.id: entity for entity in ordered if entity.id not in knowledge.by_id}
    told: set[Id] = set()
    unfinished: list[Claim] = []
    for entity in _topological(ordered, fresh):
        told.add(entity.id)
        sayable = _without(entity, fresh, told) if isinstance(entity, Claim) else entity
        if isinstance(entity, Claim) and sayable != entity:
            unfinished.append(entity)
        yield Revised(sayable) if entity.id in knowledge.by_id else Recorded(sayable)
    yield from (Revised(claim) for claim in unfinished)


def _ranked(entities: Sequence[AnyEntity]) -> list[AnyEntity]:
    """``entities`` kind by kind in the order in which each names earlier ones, units behind those that define them."""
    units = in_order(entity for entity in entities if isinstance(entity, UnitDefinition))
    place = {unit.id: place for place, unit in enumerate(units)}
    return sorted(entities, key=lambda entity: (_RANK[kind_of(entity)], place.get(entity.id, 0)))


def _without(claim: Claim, fresh: Mapping[Id, AnyEntity], told: set[Id]) -> Claim:
    """``claim`` without what it says of claims that are still to come."""
    denies = tuple(id for id in claim.denies if id in told or id not in fresh)
    same = tuple(id for id in claim.same_as if id in told or id not in fresh)
    return claim if (denies, same) == (claim.denies, claim.same_as) else replace(claim, denies=denies, same_as=same)


def _topological(ordered: Iterable[AnyEntity], fresh: Mapping[Id, AnyEntity]) -> Iterator[AnyEntity]:
    """``ordered`` with every entity behind the ``fresh`` ones that it names; claims also, as far as they can be."""
    done: set[Id] = set()
    for entity in ordered:
        stack = [(entity, references(entity))]
        open_ids = {entity.id}
        while stack:
            current, rest = stack[-1]
            following = next((id for id in rest if id in fresh and id not in done and id not in open_ids), None)
            if following is not None:
                stack.append((fresh[following], references(fresh[following])))
                open_ids.add(following)
                continue
            stack.pop()
            if current.id not in done:
                done.add(current.id)
                yield current


def _dependents_first(gone: Sequence[AnyEntity]) -> list[AnyEntity]:
    ordered = _ranked(gone)
    return list(_topological(ordered, {entity.id: entity for entity in ordered}))[::-1]


def _still_needed(gone: Sequence[AnyEntity], reading: Reading, knowledge: Knowledge) -> Iterator[Problem]:
    """A problem for each entity that would be retracted although another one, which stays, names it."""
    leaving = {entity.id: entity for entity in gone}
    if not leaving:
        return
    staying = {**knowledge.by_id, **{entity.id: entity for entity in reading.entities}}
    for entity in staying.values():
        if entity.id in leaving:
            continue
        for named in dict.fromkeys(references(entity)):
            if lost := leaving.get(named):
                yield _needed(lost, entity, reading)


def _needed(lost: AnyEntity, by: AnyEntity, reading: Reading) -> Problem:
    word, other = word_for(kind_of(lost)), word_for(kind_of(by))
    what = f"the {word} '{lost.slug}' is gone from '{lost.file}', but the {other} '{by.slug}' names it"
    hint = "change that first, or keep the entry"
    if place := reading.places.get(by.id):
        return place.problem(what, hint)
    return Problem(reading.paths.get(lost.file, lost.file), what, hint)


def _likely_renamings(
    changed: Sequence[AnyEntity], gone: Sequence[AnyEntity], reading: Reading, knowledge: Knowledge
) -> Iterator[Problem]:
    """A problem for each new entry that says what an entry says which is gone."""
    kinds = {kind_of(entity) for entity in gone}
    fresh = [
        entity
        for entity in changed
        if entity.id not in knowledge.by_id and kind_of(entity) in kinds and not _is_derived(entity)
    ]
    by_content = {_content(entity): entity for entity in reversed(gone)} if fresh else {}
    for entity in fresh:
        old = by_content.get(_content(entity))
        place = reading.places.get(entity.id)
        if old is None or place is None:
            continue
        name = old.slug.removeprefix(old.file + "/").removeprefix(f"{old.key}/" if isinstance(old, Term) else "")
        what = f"this says what '{old.slug}' said, which is gone: is it a new name?"
        yield place.problem(what, f"write was: {name} below its id, or import with --prune if it is another")


def _is_derived(entity: AnyEntity) -> bool:
    """Whether another entry declares it along with itself, e.g. ``deck/fee/also``; then nobody can write ``was:``."""
    return not isinstance(entity, Term) and "/" in entity.slug.removeprefix(entity.file + "/")


def _content(entity: AnyEntity) -> str:
    return kind_of(entity) + canonical(replace(entity, id=Id(""), slug=""))
