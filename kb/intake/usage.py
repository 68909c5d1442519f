"""Who is counted in a unit? What a vocabulary may not lose, since entities that stay are said in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.domain.entity import AnyEntity, Calculation, Claim, Figure, Measure, UnitDefinition, kind_of
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem
from kb.domain.unit import UnitError, Units
from kb.domain.unit.vocabulary import vocabulary
from kb.intake.names import word_for
from kb.intake.reading import Reading


def unit_texts(entity: AnyEntity) -> Iterator[str]:
    """The units in which ``entity`` is said, as they are written there."""
    match entity:
        case Measure():
            yield entity.unit
        case Figure():
            yield entity.quantity.unit
        case Calculation():
            yield from (entity.unit, *(given.quantity.unit for given in entity.inputs if given.quantity))
        case Claim() if entity.holds_if:
            yield entity.holds_if.limit.unit


def in_order(units: Iterable[UnitDefinition]) -> list[UnitDefinition]:
    """``units`` with each behind those that its definition names."""
    waiting = {unit.name: unit for unit in units}
    names = vocabulary(tuple(unit.definition for unit in waiting.values()))
    return sorted(waiting.values(), key=lambda unit: _depth(unit.name, names))


def _depth(name: str, units: Units) -> int:
    """How many definitions stand one below the other under ``name``; a circle is refused before this is asked."""
    return 1 + max((_depth(below, units) for below in units.rests_on(name)), default=0)


def unsettled(reading: Reading, knowledge: Knowledge, gone: Sequence[AnyEntity]) -> Iterator[Problem]:
    """A problem for each entity that stays although a unit in which it is said goes, or comes to measure another thing.

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
    told = {entity.id for entity in reading.entities}
    for entity in staying.values():
        if lost := _lost(entity, before, after, known, leaving):
            yield _problem(f"the unit '{lost.slug}' is gone", "is said in it", lost, entity, reading)
        elif isinstance(entity, Figure) and entity.id not in told and (odd := _moved(entity, staying, before, after)):
            unit = known[odd]
            what = f"the unit '{unit.slug}' comes to measure another thing"
            yield _problem(what, "would no longer fit its measure", unit, entity, reading)


def _lost(
    entity: AnyEntity, before: Units, after: Units, known: Mapping[str, UnitDefinition], leaving: set[Id]
) -> UnitDefinition | None:
    """A unit in which ``entity`` is said and that nobody declares any more under the name that is used."""
    texts = [text for text in unit_texts(entity) if text]
    old = {name for text in texts for name in before.own_names(text)}
    if isinstance(entity, UnitDefinition):
        old |= after.rests_on(entity.name) | (before.rests_on(entity.name) if entity.id not in leaving else set())
        return next((known[name] for name in sorted(old) if name in known and not after.own(name)), None)
    now = {name for text in texts for name in after.own_names(text)}
    ids = {known[name].id for name in now if name in known}
    return next((known[name] for name in sorted(old) if name in known and known[name].id not in ids), None)


def _moved(figure: Figure, staying: Mapping[Id, AnyEntity], before: Units, after: Units) -> str:
    """The unit whose new definition keeps ``figure`` from its measure; empty where it fits as well as before."""
    measure = staying.get(figure.measure)
    texts = (figure.quantity.unit, measure.unit) if isinstance(measure, Measure) else ()
    names = sorted({name for text in texts for name in before.own_names(text)})
    if not names or not _fits(texts, before) or _fits(texts, after):
        return ""
    return names[0]


def _fits(texts: Sequence[str], units: Units) -> bool:
    try:
        one, other = (units.parse(text) for text in texts)
    except UnitError:
        return False
    return one.same_dimension(other)


def _problem(what: str, how: str, unit: UnitDefinition, entity: AnyEntity, reading: Reading) -> Problem:
    told = f"{what}, but the {word_for(kind_of(entity))} '{entity.slug}' {how}"
    hint = f"change that first, or keep the unit (a new name can keep the old one: aliases: [{unit.slug}])"
    place = reading.places.get(entity.id) or reading.places.get(unit.id)
    return place.problem(told, hint) if place else Problem(reading.paths.get(unit.file, unit.file), told, hint)
