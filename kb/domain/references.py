"""The references of each kind of entity: to other entities, each in a role, to places in documents, and to units.

``REFERENCES`` is the one declaration; import order, circles, the canonical view, the table ``reference`` and the slices
that findings are computed from all read it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, TypeVar, assert_never, cast

from kb.domain.entity import (
    AnyEntity,
    Argument,
    Assessment,
    Calculation,
    Claim,
    Figure,
    Match,
    Measure,
    Question,
    Ruling,
    ScopeValue,
    Source,
    UnitDefinition,
)
from kb.domain.identity import Id
from kb.domain.passage import Passage

E = TypeVar("E", bound=AnyEntity)
Kind = type[AnyEntity]


class Role(StrEnum):
    """The role of an entity for one that refers to it."""

    TRANSLATED = "translated"
    """The source that a source translates."""
    QUOTED = "quoted"
    """A source that a source passes on."""
    SUPERSEDED = "superseded"
    """The older source whose place a source takes."""
    COMPLEMENT = "complement"
    """The measure of the rest of the whole that a measure is a share of."""
    AUTHORITY = "authority"
    """The source whose figure comes first for a measure."""
    WHOLE = "whole"
    """The scope value that a scope value is part of."""
    MATCHED = "matched"
    """One of the two measures or scope values that a match is between."""
    PUBLISHER = "publisher"
    """The source in which a figure or a claim stands, or that makes an argument."""
    MEASURED = "measured"
    """The measure that a figure is given for."""
    SCOPE = "scope"
    """A scope value that a figure is given for."""
    REPEATED = "repeated"
    """The figure that a figure repeats, quotes or translates."""
    DERIVED = "derived"
    """A figure that a figure is computed from."""
    DENIED = "denied"
    """A claim that a claim contradicts."""
    SAME = "same"
    """A claim that says the same as a claim."""
    CONDITION = "condition"
    """The calculation whose result decides whether a claim holds, or which side of a question is right."""
    PREMISE = "premise"
    """What an argument starts from."""
    CONCLUSION = "conclusion"
    """What an argument supports or attacks."""
    INPUT = "input"
    """What a calculation takes an input from."""
    INPUT_SCOPE = "input-scope"
    """A scope value that the figures of a measure must have in order to be an input."""
    ASSUMED = "assumed"
    """The measure of which a calculation assumes a value."""
    CHECKED = "checked"
    """A stated figure that a calculation checks."""
    ACCEPTED = "accepted"
    """The figure that a ruling lets stand."""
    RULED_ON = "ruled-on"
    """The measure of the finding that a ruling is about, or one of the things that the finding is between."""
    ASSESSED = "assessed"
    """The question to which the answer was judged."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A place in a kind of entity that holds references of one role.

    Attributes:
        role: The role of the entity that is referred to.
        path: The field, then the field of its value, e.g. ``("depends_on", "figure")``; it leads through every member
            of a tuple and every value of a mapping.
        kinds: The kinds of entity that may be referred to.
    """

    role: Role
    path: tuple[str, ...]
    kinds: tuple[Kind, ...]


def _to(role: Role, path: str, *kinds: Kind) -> Declared:
    return Declared(role, tuple(path.split(".")), kinds)


# When every reader of references had its own list, pruning did not know what a match or a ruling refers to, so that an
# export held an empty name and could not be imported again.
REFERENCES: Mapping[Kind, tuple[Declared, ...]] = {
    Source: (
        _to(Role.TRANSLATED, "translation_of", Source),
        _to(Role.QUOTED, "quotes", Source),
        _to(Role.SUPERSEDED, "supersedes", Source),
    ),
    UnitDefinition: (),  # it names other units by their text; see ``Units.definition_names``
    Measure: (
        _to(Role.AUTHORITY, "authority", Source),
        _to(Role.COMPLEMENT, "complement_of", Measure),
    ),
    ScopeValue: (_to(Role.WHOLE, "part_of", ScopeValue),),
    Match: (
        _to(Role.MATCHED, "left", Measure, ScopeValue),
        _to(Role.MATCHED, "right", Measure, ScopeValue),
    ),
    Figure: (
        _to(Role.PUBLISHER, "source", Source),
        _to(Role.MEASURED, "measure", Measure),
        _to(Role.SCOPE, "scope.terms", ScopeValue),
        _to(Role.REPEATED, "depends_on.figure", Figure),
        _to(Role.DERIVED, "derived_from", Figure),
    ),
    Claim: (
        _to(Role.PUBLISHER, "source", Source),
        _to(Role.DENIED, "denies", Claim),
        _to(Role.SAME, "same_as", Claim),
        _to(Role.CONDITION, "holds_if.calculation", Calculation),
    ),
    Question: (
        _to(Role.SCOPE, "scope.terms", ScopeValue),
        _to(Role.CONDITION, "decided_by.calculation", Calculation),
    ),
    Argument: (
        _to(Role.PREMISE, "premises.id", Claim, Figure, Calculation, Argument, Question),
        _to(Role.CONCLUSION, "conclusion.id", Claim, Figure, Calculation, Argument, Question),
        _to(Role.PUBLISHER, "source", Source),
    ),
    Calculation: (
        _to(Role.INPUT, "inputs.ref", Figure, Measure, Calculation),
        _to(Role.INPUT_SCOPE, "inputs.where.terms", ScopeValue),
        _to(Role.ASSUMED, "inputs.of", Measure),
        _to(Role.CHECKED, "checks", Figure),
    ),
    Ruling: (
        _to(Role.ACCEPTED, "accepted", Figure),
        _to(Role.RULED_ON, "measure", Measure),
        _to(Role.RULED_ON, "parts", Figure, Claim, Calculation),
    ),
    Assessment: (_to(Role.ASSESSED, "question", Question),),
}
"""The references of every kind in ``KINDS``; a test finds any field of type ``Id`` that is missing here."""


MUTUAL_ROLES = frozenset({Role.DENIED, Role.SAME, Role.COMPLEMENT})
"""Roles in which neither of two entities rests on the other: two claims may deny each other."""


class Reference(NamedTuple):
    """A reference to an entity, with the role of that entity."""

    role: Role
    id: Id


def _declared(entity: AnyEntity) -> tuple[Declared, ...]:
    return REFERENCES[type(entity)]


def references(entity: AnyEntity) -> Iterator[Reference]:
    """Every reference of ``entity``, in the order declared; an entity that is referred to twice comes twice."""
    for declared in _declared(entity):
        for id in _ids_at(declared.path, entity):
            yield Reference(declared.role, id)


def referenced(entities: Iterable[AnyEntity]) -> frozenset[Id]:
    """The ids of everything that one of ``entities`` refers to."""
    return frozenset(id for entity in entities for _, id in references(entity))


def ids_in_role(entity: AnyEntity, *roles: Role) -> tuple[Id, ...]:
    """The entities that ``entity`` refers to in one of ``roles``, in the order declared."""
    kind: Any = type(entity)
    return tuple(id for path in _paths_of(kind, roles) for id in _ids_at(path, entity))


@cache
def _paths_of(kind: Kind, roles: tuple[Role, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(declared.path for declared in REFERENCES[kind] if declared.role in roles)


def ids_of_own_kind(entity: AnyEntity) -> tuple[Id, ...]:
    """The entities that ``entity`` rests on and that may be of its own kind: only these references form circles."""
    roles = (declared.role for declared in _declared(entity) if type(entity) in declared.kinds)
    return ids_in_role(entity, *(role for role in roles if role not in MUTUAL_ROLES))


def _ids_at(path: tuple[str, ...], entity: AnyEntity) -> Sequence[Id]:
    # A loop instead of recursion: this runs for every event of a replay.
    parts: list[Any] = [entity]
    for name in path:
        holders, parts = parts, []
        for holder in holders:
            part = getattr(holder, name)
            if isinstance(part, str):
                parts.append(part)
            elif isinstance(part, tuple):
                parts += part
            elif isinstance(part, Mapping):
                parts += part.values()
            elif part is not None:
                parts.append(part)
    return parts


def with_ids(entity: E, new_id: Callable[[Id], Id]) -> E:
    """``entity`` with each id that it refers to replaced by its ``new_id``; the same object where none changes.

    Of ids in one list that become equal, the first is kept.
    """
    changed: Any = entity
    for declared in _declared(entity):
        changed = _with_ids_at(declared.path, changed, new_id)
    return cast(E, changed)


def _with_ids_at(path: tuple[str, ...], holder: Any, new_id: Callable[[Id], Id]) -> Any:
    if holder is None:
        return None
    if isinstance(holder, tuple):
        parts = tuple(_with_ids_at(path, part, new_id) for part in holder)
        if parts == holder:
            return holder
        # A figure for two vendors that turn out to be one is for one vendor: two names of one thing count once.
        return parts if path else tuple(dict.fromkeys(parts))
    if not path:
        return new_id(holder)
    if isinstance(holder, Mapping):
        return {key: _with_ids_at(path, part, new_id) for key, part in holder.items()}
    field = getattr(holder, path[0])
    changed = _with_ids_at(path[1:], field, new_id)
    return holder if changed == field else replace(holder, **{path[0]: changed})


def passages_of(entity: AnyEntity) -> tuple[Passage, ...]:
    """The places in a document where ``entity`` is stated; empty for what no document states."""
    match entity:
        case Figure():
            return (entity.passage,)
        case Claim():
            return entity.passages
        case (
            Source()
            | UnitDefinition()
            | Measure()
            | ScopeValue()
            | Match()
            | Question()
            | Argument()
            | Calculation()
            | Ruling()
            | Assessment()
        ):
            return ()
        case _:
            assert_never(entity)


def unit_texts(entity: AnyEntity) -> Iterator[str]:
    """The units of the amounts that ``entity`` states, as recorded; nothing where it states none."""
    match entity:
        case Measure():
            yield entity.unit
        case Figure():
            yield entity.quantity.unit
        case Claim():
            if entity.holds_if:
                yield entity.holds_if.limit.unit
        case Question():
            if entity.decided_by:
                yield entity.decided_by.limit.unit
        case Calculation():
            yield from (assumed.quantity.unit for assumed in entity.inputs if assumed.quantity)
            if entity.unit:
                yield entity.unit
        # A declared unit is defined by an amount ("14 day"), not in a unit; ``Units.definition_names`` reads that.
        case UnitDefinition() | Source() | ScopeValue() | Match() | Argument() | Ruling() | Assessment():
            return
        case _:
            assert_never(entity)
