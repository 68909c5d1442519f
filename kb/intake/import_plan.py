"""What an import would change: facts for new and altered entities, and problems that have to be settled first.

An import stops at entities that would be retracted while others refer to them, at files and entries that may have been
renamed, and at units that are still in use.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kb.domain.codec import canonical_json, to_builtins
from kb.domain.entity import (
    KINDS,
    AnyEntity,
    Argument,
    ArgumentKind,
    Claim,
    Figure,
    ScopeValue,
    UnitDefinition,
    kind_of,
)
from kb.domain.event import Fact, Recorded, Retracted, Revised
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem
from kb.domain.references import references, unit_texts
from kb.domain.unit import Units
from kb.domain.unit.vocabulary import vocabulary
from kb.intake.anchoring import Texts
from kb.intake.claim import GROUNDLESS
from kb.intake.dependents import Dependents, reread_dependents
from kb.intake.name_lookup import NODES, Renaming, word_for
from kb.intake.seed_reader import Reading

Contents = Counter[str]


def renamed_files(reading: Reading, knowledge: Knowledge) -> Iterator[Problem]:
    """A problem for each file of which at least half the entries are new, and are in a known file that was not read.

    Imported as it is, a renamed file would count every number twice.
    """
    known = {entity.file for entity in knowledge.by_id.values()}
    sizes = Counter(entity.file for entity in reading.entities)
    fresh = [entity for entity in reading.entities if entity.id not in knowledge.by_id]
    # A file may be known by what it left behind alone, as one is that was renamed and gets its old name back.
    counts = Counter(entity.file for entity in fresh)
    new = {file: place for file, place in reading.heads.items() if counts[file] * 2 >= max(sizes[file], 1)}
    unread = known - {*reading.heads, *reading.former_files, ""}
    if not new or not unread:
        return
    entities_by_id = {**knowledge.by_id, **{entity.id: entity for entity in reading.entities}}
    contents = _contents((entity for entity in fresh if entity.file in new), entities_by_id)
    left = _contents((entity for entity in knowledge.by_id.values() if entity.file in unread), knowledge.by_id)
    for file, place in new.items():
        if likely := _most_similar_file(contents.get(file, Counter()), left, sizes[file]):
            what = f"this file says what '{likely}' said: is it a new name?"
            yield place.problem(what, f"write was: {likely} below its id, or import with --prune if it is another")


def _most_similar_file(contents: Contents, known: Mapping[str, Contents], size: int) -> str:
    """The file that shares most entries with ``contents``, and at least half as many as ``size``; empty for none."""
    shared = {file: (contents & entries).total() for file, entries in known.items()}
    likely = max(shared, key=lambda file: shared[file], default="")
    return likely if likely and shared[likely] * 2 >= max(size, 1) else ""


def _contents(entities: Iterable[AnyEntity], by_id: Mapping[Any, AnyEntity]) -> dict[str, Contents]:
    """The entries of each file as texts that do not depend on the file's name."""
    names = {id: _own_name(entity) for id, entity in by_id.items()}
    files: dict[str, Contents] = defaultdict(Counter)
    for entity in entities:
        fields = _with_names(to_builtins(entity), lambda text: names.get(text, text))
        files[entity.file][
            canonical_json({**fields, "slug": _own_name(entity), "file": "", "kind": kind_of(entity)})
        ] += 1
    return files


def _own_name(entity: AnyEntity) -> str:
    """What its file calls an entity; empty for a source that has the name of its file."""
    return "" if entity.slug == entity.file else entity.slug.removeprefix(f"{entity.file}/")


def _with_names(tree: Any, name: Callable[[str], str]) -> Any:
    if isinstance(tree, dict):
        return {key: _with_names(value, name) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [_with_names(value, name) for value in tree]
    return name(tree) if isinstance(tree, str) else tree


def units_in_definition_order(units: Iterable[UnitDefinition]) -> list[UnitDefinition]:
    """``units``, each after those that its definition uses."""
    waiting = {unit.name: unit for unit in units}
    names = vocabulary(tuple(unit.definition for unit in waiting.values()))
    return sorted(waiting.values(), key=lambda unit: _depth(unit.name, names))


def _depth(name: str, units: Units) -> int:
    """The number of definitions that ``name`` leads to, one through the other; circles have been refused before."""
    return 1 + max((_depth(below, units) for below in units.definition_names(name)), default=0)


def unit_problems(reading: Reading, knowledge: Knowledge, gone: Sequence[AnyEntity]) -> Iterator[Problem]:
    """A problem for each entity that stays while a unit of its amounts goes.

    Args:
        reading: What the files say.
        knowledge: What is known now.
        gone: Entities that will be retracted.
    """
    leaving = {entity.id for entity in gone}
    staying: dict[Id, AnyEntity] = {**knowledge.by_id, **{entity.id: entity for entity in reading.entities}}
    staying = {id: entity for id, entity in staying.items() if id not in leaving}
    units = [entity for entity in staying.values() if isinstance(entity, UnitDefinition)]
    before, after = knowledge.unit_system, vocabulary(tuple(unit.definition for unit in units))
    if before.definitions == after.definitions:
        return
    known = {**{unit.name: unit for unit in units}, **{unit.name: unit for unit in knowledge.units.values()}}
    for entity in staying.values():
        if lost := _lost_unit(entity, before, after, known, leaving):
            yield _unit_problem(lost, entity, reading)


def _lost_unit(
    entity: AnyEntity, before: Units, after: Units, known: Mapping[str, UnitDefinition], leaving: set[Id]
) -> UnitDefinition | None:
    """A declared unit of ``entity`` that would no longer be declared under the name that it uses; None for none."""
    texts = tuple(unit_texts(entity))
    old = {name for text in texts for name in before.declared_names(text)}
    if isinstance(entity, UnitDefinition):
        old |= after.definition_names(entity.name) | (
            before.definition_names(entity.name) if entity.id not in leaving else set()
        )
        return next((known[name] for name in sorted(old) if name in known and not after.declared_unit(name)), None)
    now = {name for text in texts for name in after.declared_names(text)}
    # A unit may be renamed if an alias keeps its old name, in which figures were written: then the same unit is meant.
    ids = {known[name].id for name in now if name in known}
    return next((known[name] for name in sorted(old) if name in known and known[name].id not in ids), None)


def _unit_problem(unit: UnitDefinition, entity: AnyEntity, reading: Reading) -> Problem:
    message = f"the unit '{unit.slug}' is gone, but the {word_for(kind_of(entity))} '{entity.slug}' still uses it"
    hint = f"change that first, or keep the unit (a new name can keep the old one: aliases: [{unit.slug}])"
    place = reading.places.get(entity.id) or reading.places.get(unit.id)
    return (
        place.problem(message, hint)
        if place
        else Problem(where=reading.paths.get(unit.file, unit.file), what=message, hint=hint)
    )


_RANK = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do.

    Attributes:
        facts: In an order in which each refers only to what is there already; retractions last.
        left_behind: Entities without an entry in their file any more; they stay, since nothing is pruned.
        problems: What must be settled first; with any, nothing may be imported.
        renamed: Entities that keep their id under a new name.
        dependents: What entries of other files say now that refer to what changes.
    """

    facts: tuple[Fact, ...] = ()
    left_behind: tuple[AnyEntity, ...] = ()
    problems: tuple[Problem, ...] = ()
    renamed: tuple[Renaming, ...] = ()
    dependents: tuple[AnyEntity, ...] = ()


def plan_import(reading: Reading, knowledge: Knowledge, *, prune: bool, texts: Texts = lambda _: None) -> ImportPlan:
    """The plan of an import that turns ``knowledge`` into what ``reading`` says.

    Entries of other files that refer to what changes are revised along where they come to say something else, e.g. an
    amount in a unit that is renamed; where they could no longer be imported, that is a problem.

    Args:
        reading: What the files say.
        knowledge: What is known now.
        prune: Whether entities without an entry in their file any more are retracted.
        texts: The attached text of a SHA-256, or None.
    """
    changed = [entity for entity in reading.entities if not _is_unchanged(entity, knowledge)]
    gone = _missing_entities(reading, knowledge)
    # With --prune the user says that what is gone is gone. Without, an unknown file or entry may be a renamed one:
    # taken for a new one, every number in it would count twice.
    doubts = list(_still_needed(gone, reading, knowledge) if prune else renamed_files(reading, knowledge))
    if not prune and not doubts:
        doubts = list(_likely_renamings(changed, gone, reading, knowledge))
    doubts += unit_problems(reading, knowledge, gone if prune else ())
    doubts += _groundless(changed, gone if prune else (), reading, knowledge)
    doubts += _taken_names(changed, gone, reading) if not prune else ()
    retracted, left_behind = (gone, []) if prune else ([], gone)
    declared = [entity.id for entity in reading.entities]
    dependents = (
        Dependents() if doubts else reread_dependents(changed, retracted, left_behind, declared, knowledge, texts)
    )
    doubts += dependents.problems
    changed += [entity for entity in dependents.entities if not _is_unchanged(entity, knowledge)]
    facts = list(_ordered_facts(changed, knowledge))
    if prune:
        # In the reverse order of recording: at no position of the log does an entity refer to one that is gone.
        facts += [Retracted(kind_of(entity), entity.id) for entity in _dependents_first(gone)]
    return ImportPlan(tuple(facts), tuple(left_behind), tuple(doubts), reading.was, dependents.entities)


def _taken_names(changed: Sequence[AnyEntity], gone: Sequence[AnyEntity], reading: Reading) -> Iterator[Problem]:
    """A problem for each entity with the name of one that is gone and stays: a file cannot declare both."""
    staying = {entity.slug: entity for entity in gone if kind_of(entity) in NODES}
    for entity in changed:
        other = staying.get(entity.slug) if kind_of(entity) in NODES else None
        if other is not None and (place := reading.places.get(entity.id)):
            what = f"'{entity.slug}' is the name of a {word_for(kind_of(other))}, whose entry is gone"
            yield place.problem(what, "take another id, or import with --prune to retract that one")


def _is_unchanged(entity: AnyEntity, knowledge: Knowledge) -> bool:
    known = knowledge.by_id.get(entity.id)
    if isinstance(known, Figure) and isinstance(entity, Figure) and entity.follows:
        # The number of a mention is that of the figure it follows: one corrected number is one event, not one for each.
        known = known.with_quantity(entity.quantity)
    return known == entity


def _missing_entities(reading: Reading, knowledge: Knowledge) -> list[AnyEntity]:
    """Known entities of the files that were read, for which these have no entry any more."""
    declared_ids, files = {entity.id for entity in reading.entities}, {*reading.files, *reading.former_files}
    return [entity for entity in knowledge.by_id.values() if entity.file in files and entity.id not in declared_ids]


def _ordered_facts(changed: Sequence[AnyEntity], knowledge: Knowledge) -> Iterator[Fact]:
    """The facts for ``changed``: sources first, calculations last, each after what it refers to.

    Where new claims deny each other, the first is recorded without its denial, and revised once the other is there.
    """
    ordered = _ranked(changed)
    fresh = {entity.id: entity for entity in ordered if entity.id not in knowledge.by_id}
    recorded_ids: set[Id] = set()
    unfinished: list[Claim] = []
    for entity in _topological(ordered, fresh):
        recorded_ids.add(entity.id)
        recordable = _without_later_claims(entity, fresh, recorded_ids) if isinstance(entity, Claim) else entity
        if isinstance(entity, Claim) and recordable != entity:
            unfinished.append(entity)
        yield Revised(recordable) if entity.id in knowledge.by_id else Recorded(recordable)
    yield from (Revised(claim) for claim in unfinished)


def _ranked(entities: Sequence[AnyEntity]) -> list[AnyEntity]:
    """``entities`` in the order of ``KINDS``, units after those that define them."""
    units = units_in_definition_order(entity for entity in entities if isinstance(entity, UnitDefinition))
    place = {unit.id: place for place, unit in enumerate(units)}
    return sorted(entities, key=lambda entity: (_RANK[kind_of(entity)], place.get(entity.id, 0)))


def _without_later_claims(claim: Claim, fresh: Mapping[Id, AnyEntity], recorded_ids: set[Id]) -> Claim:
    """``claim`` without references to claims that are not recorded yet."""
    denies = tuple(id for id in claim.denies if id in recorded_ids or id not in fresh)
    same = tuple(id for id in claim.same_as if id in recorded_ids or id not in fresh)
    return claim if (denies, same) == (claim.denies, claim.same_as) else replace(claim, denies=denies, same_as=same)


def _topological(ordered: Iterable[AnyEntity], fresh: Mapping[Id, AnyEntity]) -> Iterator[AnyEntity]:
    """``ordered``, each after the ``fresh`` ones that it refers to, except where claims refer to each other."""
    done: set[Id] = set()
    for entity in ordered:
        # Without recursion: figures that repeat each other may form a chain of any length.
        stack = [(entity, references(entity))]
        open_ids = {entity.id}
        while stack:
            current, rest = stack[-1]
            following = next((id for _, id in rest if id in fresh and id not in done and id not in open_ids), None)
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
    """A problem for each entity that would be retracted while one that stays refers to it."""
    leaving = {entity.id: entity for entity in gone}
    if not leaving:
        return
    staying = {**knowledge.by_id, **{entity.id: entity for entity in reading.entities}}
    for entity in staying.values():
        if entity.id in leaving:
            continue
        for named in dict.fromkeys(id for _, id in references(entity)):
            if lost := leaving.get(named):
                yield _still_needed_problem(lost, entity, reading)


def _still_needed_problem(lost: AnyEntity, by: AnyEntity, reading: Reading) -> Problem:
    word, dependent_word = word_for(kind_of(lost)), word_for(kind_of(by))
    what = f"the {word} '{lost.slug}' is gone from '{lost.file}', but the {dependent_word} '{by.slug}' names it"
    hint = "change that first, or keep the entry"
    if place := reading.places.get(by.id):
        return place.problem(what, hint)
    return Problem(where=reading.paths.get(lost.file, lost.file), what=what, hint=hint)


def _groundless(
    changed: Sequence[AnyEntity], gone: Sequence[AnyEntity], reading: Reading, knowledge: Knowledge
) -> Iterator[Problem]:
    """A problem for each inference by the editors that stays while the last argument for it goes or changes."""
    touched = {entity.id: entity for entity in gone} | {entity.id: entity for entity in changed}
    lost = [argument for id in touched if (argument := knowledge.arguments.get(id))]
    if not lost:
        return
    staying = {**knowledge.by_id, **{entity.id: entity for entity in reading.entities}}
    staying = {id: entity for id, entity in staying.items() if id not in {entity.id for entity in gone}}
    supported = {
        entity.conclusion.id
        for entity in staying.values()
        if isinstance(entity, Argument) and entity.kind is ArgumentKind.SUPPORTS
    }
    for argument in lost:
        claim = staying.get(argument.conclusion.id)
        if isinstance(claim, Claim) and claim.is_editorial and claim.id not in supported:
            yield _groundless_problem(claim, argument, reading)


def _groundless_problem(claim: Claim, argument: Argument, reading: Reading) -> Problem:
    what = f"{GROUNDLESS}: the claim '{claim.slug}' loses the argument '{argument.slug}'"
    hint = "keep an argument for it, or change the claim first"
    if place := reading.places.get(claim.id):
        return place.problem(what, hint)
    return Problem(where=reading.paths.get(argument.file, argument.file), what=what, hint=hint)


def _likely_renamings(
    changed: Sequence[AnyEntity], gone: Sequence[AnyEntity], reading: Reading, knowledge: Knowledge
) -> Iterator[Problem]:
    """A problem for each new entry with the content of one that is gone: it may be a renaming."""
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
        what = f"this says what '{old.slug}' said, which is gone: is it a new name?"
        hint = f"write was: {_written_was(old, entity, reading)} below its id, or import with --prune if it is another"
        yield place.problem(what, hint)


def _written_was(old: AnyEntity, new: AnyEntity, reading: Reading) -> str:
    """What the entry of ``new`` must say to be ``old`` under another name."""
    if isinstance(old, ScopeValue):
        return old.slug.removeprefix(f"{old.key}/")
    # In a file that is renamed itself, ``was:`` is looked up under its old id.
    is_own = old.file == new.file or old.file in reading.former_files
    return old.slug.removeprefix(f"{old.file}/") if is_own else old.slug


def _is_derived(entity: AnyEntity) -> bool:
    """Whether another entry declares it, e.g. ``deck/fee/also``; it cannot have a ``was:`` of its own."""
    return not isinstance(entity, ScopeValue) and "/" in entity.slug.removeprefix(entity.file + "/")


def _content(entity: AnyEntity) -> str:
    # The file does not count: an entry may get another name while its file does, or while it moves to another file.
    return kind_of(entity) + canonical_json(replace(entity, id=Id(""), slug="", file=""))
