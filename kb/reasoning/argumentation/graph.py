"""The argument map as numbered nodes: what each weighs by itself, what speaks for and against it, whose word it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import reduce
from operator import or_
from typing import NamedTuple

from kb.domain.entity import (
    Argument,
    ArgumentKind,
    Claim,
    Condition,
    Dependence,
    Figure,
    Question,
    Stance,
)
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.condition import condition_holds
from kb.reasoning.argumentation.origins import OriginRegistry
from kb.reasoning.argumentation.ways import Ways
from kb.reasoning.argumentation.weight import Grounding, calculation_groundings, statement_weight
from kb.reasoning.calculation.result import Result
from kb.reasoning.findings.origin import evidence_figures, origin_of, root_of
from kb.reasoning.findings.position import survey


class NodeKey(NamedTuple):
    """The name of a node: the id of an entity, and for a side of a question the key of the side."""

    id: Id
    side: str = ""


class NodeType(IntEnum):
    """What a node stands for, in the order in which nodes are numbered."""

    FIGURE = 0
    CALCULATION = 1
    CLAIM = 2
    ARGUMENT = 3
    SIDE = 4


SIDE_WEIGHT = 0.5
"""Weight of a side of a question before anything is said for or against it."""


class ConditionEdge(NamedTuple):
    """A condition that a node depends on.

    Attributes:
        calculation: Number of the node of its calculation.
        holds: What speaks for the node: that the condition holds, or, for the second side of a question, that it fails.
    """

    calculation: int
    holds: bool


@dataclass(slots=True)
class ArgumentGraph:
    """The map; node ``n`` is described by entry ``n`` of each list.

    Attributes:
        ids: The entity that each stands for; for a side its question.
        side_keys: By the node of a side of a question, the key of the side.
        types: What they stand for.
        weights: What they weigh by themselves, from 0 to 1; 0 for arguments, which weigh as much as their premises, and
            for inferences by the editors; their confidence is in ``editorial``.
        own: Bit of the origin whose word a figure or claim is; 0 for all other nodes.
        inferred: Claims that their voice infers from what is recorded: they have only the ways of what they rest on.
        ways: Ways of figures and calculations, which nothing supports or attacks.
        bases: By the node of a figure that is computed from others, the nodes of those.
        editorial: Confidence of an inference by the editors; absent for all other nodes.
        premises: Nodes on which an argument rests jointly.
        supports: By node, those that speak for it, apart from its condition; absent where none do, as for most.
        attacks: By node, those that speak against it, likewise.
        conditions: By node, the condition that it depends on.
        truths: By node, whether its condition holds; None where that is undecided.
        members: By the node of an argument, the ids of all arguments that it stands for: those with the same premises,
            conclusion and direction are one.
        links: What each dependent figure depends on.
        origins: The origins with their bits.
        removed: Nodes that are supposed not to be there.
        decided: Claims and arguments that are supposed to be accepted or rejected.
        index: The number of the node of each entity.
        sides: The number of the node of each side, by its question and key.
    """

    ids: list[Id] = field(default_factory=list)
    side_keys: dict[int, str] = field(default_factory=dict)
    types: list[NodeType] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    own: list[int] = field(default_factory=list)
    ways: list[Ways] = field(default_factory=list)
    inferred: set[int] = field(default_factory=set)
    bases: dict[int, tuple[int, ...]] = field(default_factory=dict)
    editorial: dict[int, float] = field(default_factory=dict)
    premises: dict[int, tuple[int, ...]] = field(default_factory=dict)
    supports: dict[int, list[int]] = field(default_factory=dict)
    attacks: dict[int, list[int]] = field(default_factory=dict)
    conditions: dict[int, ConditionEdge] = field(default_factory=dict)
    truths: dict[int, bool | None] = field(default_factory=dict)
    members: dict[int, tuple[Id, ...]] = field(default_factory=dict)
    links: Mapping[Id, Dependence] = field(default_factory=dict)
    origins: OriginRegistry = field(default_factory=OriginRegistry)
    removed: frozenset[int] = frozenset()
    decided: Mapping[int, bool] = field(default_factory=dict)
    index: dict[Id, int] = field(default_factory=dict)
    sides: dict[tuple[Id, str], int] = field(default_factory=dict)

    def add(self, id: Id, type: NodeType, weight: float, own: int = 0, ways: Ways = ()) -> int:
        """The number of a new node for an entity."""
        number = self.index[id] = self._added(id, type, weight, own, ways)
        return number

    def add_side(self, question: Id, side: str) -> None:
        """Adds a node for a side of a question."""
        number = self.sides[question, side] = self._added(question, NodeType.SIDE, SIDE_WEIGHT, 0, ())
        self.side_keys[number] = side

    def _added(self, id: Id, type: NodeType, weight: float, own: int, ways: Ways) -> int:
        number = len(self.ids)
        self.ids.append(id)
        self.types.append(type)
        self.weights.append(weight)
        self.own.append(own)
        self.ways.append(ways)
        return number

    def node(self, id: Id, side: str = "") -> int | None:
        """The number of an entity, or of a side of a question; None where there is none."""
        return self.sides.get((id, side)) if side else self.index.get(id)

    def key(self, node: int) -> NodeKey:
        """The name of a node."""
        return NodeKey(self.ids[node], self.side_keys.get(node, ""))

    def inputs(self, node: int) -> Iterator[int]:
        """The nodes on which the strength of ``node`` depends directly; one may occur twice."""
        yield from self.bases.get(node, ())
        yield from self.premises.get(node, ())
        yield from self.supports.get(node, ())
        yield from self.attacks.get(node, ())
        if node in self.conditions:
            yield self.conditions[node].calculation

    def edges(self) -> Iterator[tuple[int, Sequence[int]]]:
        """Nodes with some of their ``inputs``; together all of them."""
        yield from self.bases.items()
        yield from self.premises.items()
        yield from self.supports.items()
        yield from self.attacks.items()
        yield from ((node, (edge.calculation,)) for node, edge in self.conditions.items())

    def behind(self, roots: Iterable[int]) -> list[int]:
        """``roots`` and every node on which they depend, directly or not, in rising order."""
        seen = set(roots)
        waiting = list(seen)
        while waiting:
            for node in self.inputs(waiting.pop()):
                if node not in seen:
                    seen.add(node)
                    waiting.append(node)
        return sorted(seen)

    def part(self, nodes: Sequence[int]) -> "ArgumentGraph":
        """The map of ``nodes`` alone, which must hold whatever they depend on; numbers are new, origins the same."""
        number = {old: new for new, old in enumerate(nodes)}
        return ArgumentGraph(
            ids=[self.ids[node] for node in nodes],
            side_keys={number[node]: side for node in nodes if (side := self.side_keys.get(node))},
            types=[self.types[node] for node in nodes],
            weights=[self.weights[node] for node in nodes],
            own=[self.own[node] for node in nodes],
            ways=[self.ways[node] for node in nodes],
            inferred={number[node] for node in nodes if node in self.inferred},
            editorial={number[node]: self.editorial[node] for node in nodes if node in self.editorial},
            bases={
                number[node]: tuple(number[base] for base in self.bases[node]) for node in nodes if node in self.bases
            },
            premises={
                number[node]: tuple(number[premise] for premise in self.premises[node])
                for node in nodes
                if node in self.premises
            },
            supports=_renumbered(self.supports, nodes, number),
            attacks=_renumbered(self.attacks, nodes, number),
            conditions={
                number[node]: ConditionEdge(number[edge.calculation], edge.holds)
                for node in nodes
                if (edge := self.conditions.get(node))
            },
            truths={number[node]: self.truths[node] for node in nodes if node in self.truths},
            members={number[node]: self.members[node] for node in nodes if node in self.members},
            links=self.links,
            origins=self.origins,
            index={self.ids[node]: new for new, node in enumerate(nodes) if node not in self.side_keys},
            sides={(self.ids[node], side): new for new, node in enumerate(nodes) if (side := self.side_keys.get(node))},
        )


def _renumbered(
    edges: Mapping[int, list[int]], nodes: Iterable[int], number: Mapping[int, int]
) -> dict[int, list[int]]:
    return {number[node]: [number[end] for end in edges[node]] for node in nodes if node in edges}


def argument_graph(knowledge: Knowledge, results: Mapping[Id, Result]) -> ArgumentGraph:
    """The map of everything in ``knowledge``, whose names are canonical, given the ``results`` of its calculations."""
    return _Builder(knowledge, results).graph


class _Builder:
    def __init__(self, knowledge: Knowledge, results: Mapping[Id, Result]) -> None:
        self._knowledge = knowledge
        self._results = results
        self._origins: dict[tuple[Id | None, str], int] = {}
        self.graph = ArgumentGraph()
        self._add_figures()
        self._add_calculations()
        self._add_claims()
        representatives = merged_arguments(knowledge.arguments)
        self._add_arguments(representatives)
        self._add_sides()
        self._connect_arguments(representatives)
        for claim in knowledge.claims.values():
            self._connect_claim(claim)
        for question in knowledge.questions.values():
            self._connect_question(question)

    def _add_figures(self) -> None:
        graph, knowledge = self.graph, self._knowledge
        graph.links = dependence(knowledge)
        for figure in knowledge.figures.values():
            own, ways = self._own_of_root(self._root(figure)), self._ways_of_figure(figure)
            graph.add(figure.id, NodeType.FIGURE, float(statement_weight(knowledge, figure)), own, ways)
        for figure in knowledge.figures.values():
            if bases := [graph.index[id] for id in figure.derived_from if id in graph.index]:
                graph.bases[graph.index[figure.id]] = tuple(bases)

    def _root(self, figure: Figure) -> Figure:
        """The figure that ``figure`` repeats, quotes or translates in the end."""
        return self._knowledge.figures.get(root_of(figure.id, self.graph.links), figure)

    def _ways_of_figure(self, figure: Figure) -> Ways:
        """Its one way: the origins of all figures whose word it is."""
        behind = evidence_figures(self._knowledge, figure, self._root)
        return (reduce(or_, map(self._own_of_root, behind)),)

    def _own_of_root(self, root: Figure) -> int:
        # In a circle of repetitions even the root repeats another.
        return self.graph.origins.bit(origin_of(self._knowledge, root)) if root.depends_on else self._own(root)

    def _add_calculations(self) -> None:
        graph = self.graph
        figures = {id: Grounding(graph.weights[node], graph.ways[node]) for id, node in graph.index.items()}
        groundings = calculation_groundings(self._knowledge, self._results, figures, graph.origins.editors)
        for id, grounding in groundings.items():
            graph.add(id, NodeType.CALCULATION, grounding.weight, 0, grounding.ways)

    def _add_claims(self) -> None:
        graph, knowledge = self.graph, self._knowledge
        for claim in knowledge.claims.values():
            if claim.is_editorial:
                node = graph.add(claim.id, NodeType.CLAIM, 0.0)
                graph.editorial[node] = float(claim.confidence.middle)
            else:
                own = self._own(claim)
                graph.add(claim.id, NodeType.CLAIM, float(statement_weight(knowledge, claim)), own)

    def _own(self, statement: Figure | Claim) -> int:
        """The bit of the origin of a statement that repeats no other."""
        # Many statements of one source have one voice; who passed it on does not matter.
        key = statement.source, statement.voice.origin
        if key not in self._origins:
            self._origins[key] = self.graph.origins.bit(origin_of(self._knowledge, statement))
        return self._origins[key]

    def _add_arguments(self, representatives: Mapping[Id, Id]) -> None:
        members: dict[Id, list[Id]] = {}
        for id, representative in representatives.items():
            members.setdefault(representative, []).append(id)
        for representative, ids in members.items():
            node = self.graph.add(representative, NodeType.ARGUMENT, 0.0)
            self.graph.members[node] = tuple(ids)

    def _add_sides(self) -> None:
        for question in self._knowledge.questions.values():
            for side in question.sides:
                self.graph.add_side(question.id, side.key)

    def _connect_arguments(self, representatives: Mapping[Id, Id]) -> None:
        graph, opposite = self.graph, self._opposite_sides()
        for id, representative in representatives.items():
            if id != representative:
                continue
            argument, node = self._knowledge.arguments[id], graph.index[id]
            known = [graph.node(premise.id, premise.side) for premise in argument.premises]
            # Without one of its premises an argument says nothing: a node that rests on nothing stays at 0.
            graph.premises[node] = tuple(dict.fromkeys(p for p in known if p is not None)) if None not in known else ()
            end = argument.conclusion
            conclusion = graph.node(representatives.get(end.id, end.id), end.side)
            if conclusion is None:
                continue
            if argument.kind is ArgumentKind.ATTACKS:
                graph.attacks.setdefault(conclusion, []).append(node)
                continue
            graph.supports.setdefault(conclusion, []).append(node)
            # What speaks for one side speaks against the other; an attack on a side is no support of the other.
            if conclusion in opposite:
                graph.attacks.setdefault(opposite[conclusion], []).append(node)

    def _opposite_sides(self) -> dict[int, int]:
        opposites: dict[int, int] = {}
        for question in self._knowledge.questions.values():
            yes, no = (self.graph.sides[question.id, side.key] for side in question.sides)
            opposites[yes], opposites[no] = no, yes
        return opposites

    def _connect_claim(self, claim: Claim) -> None:
        graph = self.graph
        node = graph.index[claim.id]
        for denied in claim.denies:
            # A denial holds both ways, whichever of the two claims records it.
            opponent = graph.index.get(denied)
            if opponent is not None and opponent != node:
                for attacked, attacker in ((node, opponent), (opponent, node)):
                    attackers = graph.attacks.setdefault(attacked, [])
                    if attacker not in attackers:
                        attackers.append(attacker)
        self._add_condition(node, claim.holds_if, holds=True)
        if claim.stance is Stance.DERIVED and (node in graph.supports or node in graph.conditions):
            graph.inferred.add(node)

    def _connect_question(self, question: Question) -> None:
        for side, holds in zip(question.sides, (True, False), strict=True):
            node = self.graph.sides[question.id, side.key]
            self._add_condition(node, question.decided_by, holds=holds)

    def _add_condition(self, node: int, condition: Condition | None, *, holds: bool) -> None:
        calculation = self.graph.index.get(condition.calculation) if condition else None
        if condition and calculation is not None:
            self.graph.conditions[node] = ConditionEdge(calculation, holds)
            self.graph.truths[node] = condition_holds(self._knowledge, condition, self._results)


def dependence(knowledge: Knowledge) -> dict[Id, Dependence]:
    """What each dependent figure depends on, as recorded, or inferred from a translation or quotation."""
    recorded = {figure.id: figure.depends_on for figure in knowledge.figures.values() if figure.depends_on}
    following = {source.id for source in knowledge.sources.values() if source.translation_of or source.quotes}
    measures = {figure.measure for figure in knowledge.figures.values() if figure.source in following}
    inferred = (survey(knowledge, knowledge.measures[id]).links for id in measures if id in knowledge.measures)
    return recorded | {id: link for links in inferred for id, link in links.items()}


def merged_arguments(arguments: Mapping[Id, Argument]) -> dict[Id, Id]:
    """For each argument the first one with the same premises, conclusion and direction."""
    merged = {id: id for id in arguments}
    while True:
        first: dict[object, Id] = {}
        again = {id: first.setdefault(_sense(argument, merged), id) for id, argument in arguments.items()}
        # Arguments about arguments that turn out to be one may be one as well.
        if again == merged:
            return merged
        merged = again


def _sense(argument: Argument, merged: Mapping[Id, Id]) -> tuple[object, ...]:
    end = argument.conclusion
    return argument.kind, frozenset(argument.premises), end.kind, merged.get(end.id, end.id), end.side
