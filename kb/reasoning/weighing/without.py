"""What hangs on one source? Everything weighed anew as if it had never been told, and what flips."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from kb.domain.entity import Argument, Node, NodeKind
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculating.derive import derive
from kb.reasoning.weighing.label import Label
from kb.reasoning.weighing.weigh import Standings, weigh

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Flip:
    """One thing that stands differently; ``side`` is set for a side of a question."""

    id: Id
    side: str
    before: Label
    after: Label


def without(knowledge: Knowledge, source: Id) -> Knowledge:
    """``knowledge`` less a source, its figures and claims, and every argument that rests on them or leads to them."""
    figures = _kept(knowledge.figures, (one.id for one in knowledge.figures.values() if one.source != source))
    claims = _kept(knowledge.claims, (one.id for one in knowledge.claims.values() if one.source != source))
    gone = (knowledge.figures.keys() - figures.keys()) | (knowledge.claims.keys() - claims.keys())
    arguments = {id: one for id, one in knowledge.arguments.items() if one.source != source}
    while left := {id: one for id, one in arguments.items() if _rests_on(one, gone)}:
        gone |= left.keys()
        arguments = {id: one for id, one in arguments.items() if id not in left}
    sources = {id: one for id, one in knowledge.sources.items() if id != source}
    return replace(knowledge, sources=sources, figures=figures, claims=claims, arguments=arguments)


def _kept(drawer: Mapping[Id, T], ids: Iterable[Id]) -> dict[Id, T]:
    return {id: drawer[id] for id in ids}


def _rests_on(argument: Argument, gone: set[Id]) -> bool:
    return any(_is(node, gone) for node in (*argument.premises, argument.conclusion))


def _is(node: Node, gone: set[Id]) -> bool:
    return node.kind is not NodeKind.QUESTION and node.id in gone


def flips(knowledge: Knowledge, source: Id) -> tuple[Flip, ...]:
    """What stands differently without ``source``, of all that is told without it too."""
    less = without(knowledge, source)
    before, after = _weighed(knowledge), _weighed(less)
    found = [
        Flip(id, "", before.of[id].label, standing.label)
        for id, standing in after.of.items()
        if standing.label is not before.of[id].label
    ]
    found += [
        Flip(id, side, before.sides[id, side].label, standing.label)
        for (id, side), standing in after.sides.items()
        if standing.label is not before.sides[id, side].label
    ]
    return tuple(found)


def _weighed(knowledge: Knowledge) -> Standings:
    return weigh(knowledge, derive(knowledge))
