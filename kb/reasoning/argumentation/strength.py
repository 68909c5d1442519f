"""Strength and standing of each claim, figure, calculation, argument and side of a question.

Confidence, stance and reliability make the initial weights; supports and attacks change them by the quadratic energy
model (Potyka 2018).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from types import MappingProxyType

from kb.domain.confidence import Confidence, Reliability
from kb.domain.entity import ArgumentKind, Claim, Figure, Input, InputKind, NodeKind, Stance
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.labelling import (
    FrameworkNode,
    FrameworkNodeKind,
    Label,
    condition_holds,
    end_node,
    entity_node,
    framework,
    grounded,
    side_node,
)
from kb.reasoning.calculation.result import Result
from kb.reasoning.findings.position import positions

RELIABILITY_WEIGHTS: Mapping[Reliability, Decimal] = MappingProxyType(
    {
        Reliability.A: Decimal("1"),
        Reliability.B: Decimal("0.9"),
        Reliability.C: Decimal("0.8"),
        Reliability.D: Decimal("0.6"),
        Reliability.E: Decimal("0.4"),
        Reliability.F: Decimal("0.5"),
    }
)
"""Factor of a source's Admiralty letter. F is no worse than E: it says that the source cannot be judged."""

STANCE_WEIGHTS: Mapping[Stance, Decimal] = MappingProxyType(
    {
        Stance.MEASURED: Decimal("1"),
        Stance.ASSERTED: Decimal("0.9"),
        Stance.REPORTED: Decimal("0.9"),
        Stance.DERIVED: Decimal("0.9"),
        Stance.NEGATED: Decimal("0.9"),
        Stance.ESTIMATED: Decimal("0.8"),
        Stance.PROJECTED: Decimal("0.7"),
        Stance.ALLEGED: Decimal("0.5"),
        Stance.ASSUMED: Decimal("0.5"),
        Stance.HYPOTHETICAL: Decimal("0.3"),
    }
)
"""Factor of a voice's stance; a denial is as firm as an assertion."""

NEUTRAL_WEIGHT = Decimal("0.5")
"""Weight of a question's side, and of an assumption without a confidence."""


Weights = Mapping[FrameworkNode, Decimal]
"""A weight from 0 to 1 for each entity and each side of a question."""


def initial_weights(knowledge: Knowledge, results: Mapping[Id, Result]) -> dict[FrameworkNode, Decimal]:
    """The initial weight of every node; 0 for arguments, which weigh as much as their premises."""
    weights: dict[FrameworkNode, Decimal] = {}
    for figure in knowledge.figures.values():
        weights[entity_node(figure.id)] = statement_weight(knowledge, figure)
    for claim in knowledge.claims.values():
        weights[entity_node(claim.id)] = statement_weight(knowledge, claim)
    for id in knowledge.calculations:
        weights[entity_node(id)] = _calculation_weight(knowledge, id, results, weights, ())
    weights |= dict.fromkeys(map(entity_node, knowledge.arguments), Decimal(0))
    for question in knowledge.questions.values():
        weights |= {side_node(question.id, side.key): NEUTRAL_WEIGHT for side in question.sides}
    return weights


def statement_weight(knowledge: Knowledge, statement: Figure | Claim) -> Decimal:
    """The weight of a figure or claim: the voice's confidence times the factors of its stance and of its source."""
    source = knowledge.sources.get(statement.source) if statement.source else None
    trust = RELIABILITY_WEIGHTS[source.reliability] if source else NEUTRAL_WEIGHT
    return statement.confidence.middle * STANCE_WEIGHTS[statement.stance] * trust


def _calculation_weight(
    knowledge: Knowledge,
    id: Id,
    results: Mapping[Id, Result],
    weights: Weights,
    path: tuple[Id, ...],
) -> Decimal:
    """The weight of the weakest input; 0 where the calculation has no result or depends on itself."""
    result, calculation = results.get(id), knowledge.calculations[id]
    if id in path or (result is not None and result.problem):
        return Decimal(0)
    input_weights = [_input_weight(knowledge, input, results, weights, (*path, id)) for input in calculation.inputs]
    return min(input_weights, default=Decimal(1))


def _input_weight(
    knowledge: Knowledge,
    input: Input,
    results: Mapping[Id, Result],
    weights: Weights,
    path: tuple[Id, ...],
) -> Decimal:
    match input.kind:
        case InputKind.FIGURE:
            return weights.get(entity_node(input.ref), Decimal(0)) if input.ref else Decimal(0)
        case InputKind.MEASURE:
            offered = positions(knowledge, input.ref) if input.ref else ()
            return max((weights[entity_node(position.figures[0])] for position in offered), default=Decimal(0))
        case InputKind.CALCULATION:
            if input.ref not in knowledge.calculations or input.ref is None:
                return Decimal(0)
            return _calculation_weight(knowledge, input.ref, results, weights, path)
        case InputKind.ASSUMED:
            return _confidence_weight(input.confidence)
        case InputKind.MISSING:
            return NEUTRAL_WEIGHT


def _confidence_weight(confidence: Confidence | None) -> Decimal:
    return confidence.middle if confidence else NEUTRAL_WEIGHT


MOST_ROUNDS = 500
"""How often the strengths on a circle are recomputed before the map is said not to converge."""

_CONVERGED = Decimal("1E-9")
_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The standing of a claim, figure, calculation, argument or side of a question.

    Attributes:
        id: Its id; for a side that of the question.
        kind: ``claim``, ``figure``, ``calculation``, ``argument`` or ``question``.
        strength: From 0 to 1, after supports and attacks.
        label: Its label in the grounded labelling.
        weight: From 0 to 1, before supports and attacks.
        contributions: For each argument, calculation or claim that supports it (above 0) or attacks it (below 0) how
            much of its strength is due to that alone, with all else unchanged.
        deciding_attackers: The attackers that explain the label: where it is IN all of them, which are OUT, where it is
            OUT those that are IN, where it is UNDECIDED those that are UNDECIDED; entities first, each kind by id.
    """

    id: Id
    kind: str
    strength: Decimal
    label: Label
    weight: Decimal
    contributions: tuple[tuple[Id, Decimal], ...]
    deciding_attackers: tuple[FrameworkNode, ...]


@dataclass(frozen=True, slots=True)
class Standings:
    """Every standing, by entity and by side of a question.

    ``converged`` is False where the map has a circle on which the strengths did not settle.
    """

    of: Mapping[Id, Standing]
    sides: Mapping[tuple[Id, str], Standing]
    converged: bool


def energy(weight: Decimal, support: Decimal, attack: Decimal) -> Decimal:
    """Strength of a node of initial ``weight`` in the quadratic energy model (Potyka 2018).

    >>> energy(Decimal("0.5"), Decimal(1), Decimal(0)), energy(Decimal("0.5"), Decimal(0), Decimal(1))
    (Decimal('0.75'), Decimal('0.25'))
    """
    balance = support - attack
    return weight + (1 - weight) * _impact(balance) - weight * _impact(-balance)


def _impact(balance: Decimal) -> Decimal:
    square = max(balance, Decimal(0)) ** 2
    return square / (1 + square)


def all_standings(knowledge: Knowledge, results: Mapping[Id, Result]) -> Standings:
    """The standing of everything, given the ``results`` of the calculations."""
    with localcontext(Context(prec=28)):
        graph = _StrengthGraph(knowledge, results)
        converged = graph.converge()
        return graph.standings(converged)


@dataclass(frozen=True, slots=True)
class _Edge:
    source: FrameworkNode
    sign: int


class _StrengthGraph:
    """The map with its weights, edges and strengths, which ``converge`` settles."""

    def __init__(self, knowledge: Knowledge, results: Mapping[Id, Result]) -> None:
        self.knowledge = knowledge
        nodes, self.attacks = framework(knowledge, results)
        self.labels = grounded(nodes, self.attacks)
        self.edges: dict[FrameworkNode, list[_Edge]] = defaultdict(list)
        self.weights = initial_weights(knowledge, results)
        self._add_edges(results)
        self.strengths = dict(self.weights)

    def _add_edges(self, results: Mapping[Id, Result]) -> None:
        opposite = _opposite_sides(self.knowledge)
        for argument in self.knowledge.arguments.values():
            sign, end = (1 if argument.kind is ArgumentKind.SUPPORTS else -1), end_node(argument.conclusion)
            self.edges[end].append(_Edge(entity_node(argument.id), sign))
            # What speaks for one side speaks against the other; an attack on a side is no support of the other.
            if sign > 0 and argument.conclusion.kind is NodeKind.QUESTION and end in opposite:
                self.edges[opposite[end]].append(_Edge(entity_node(argument.id), -1))
        for claim in self.knowledge.claims.values():
            self._add_claim_edges(claim, results)

    def _add_claim_edges(self, claim: Claim, results: Mapping[Id, Result]) -> None:
        node = entity_node(claim.id)
        for denied in claim.denies:
            if denied in self.knowledge.claims and denied != claim.id:
                for attacked, attacker in ((node, entity_node(denied)), (entity_node(denied), node)):
                    if _Edge(attacker, -1) not in self.edges[attacked]:
                        self.edges[attacked].append(_Edge(attacker, -1))
        is_true = condition_holds(self.knowledge, claim, results)
        if claim.holds_if and is_true is not None:
            self.edges[node].append(_Edge(entity_node(claim.holds_if.calculation), 1 if is_true else -1))

    def converge(self) -> bool:
        """Recomputes the strengths until they settle; False if they do not. Without a circle one pass is enough."""
        order = self._order()
        for _ in range(MOST_ROUNDS):
            change = Decimal(0)
            for node in order:
                strength = self.strength(node)
                change = max(change, abs(strength - self.strengths[node]))
                self.strengths[node] = strength
            if change <= _CONVERGED:
                return True
        return False

    def _order(self) -> list[FrameworkNode]:
        """Every node behind those that it depends on, except on a circle."""
        order: list[FrameworkNode] = []
        visited: set[FrameworkNode] = set()
        for start in self.weights:
            stack = [(start, False)]
            while stack:
                node, inputs_done = stack.pop()
                if inputs_done:
                    order.append(node)
                elif node not in visited:
                    visited.add(node)
                    stack.append((node, True))
                    stack += [(below, False) for below in self._inputs(node) if below not in visited]
        return order

    def _inputs(self, node: FrameworkNode) -> list[FrameworkNode]:
        argument = self.knowledge.arguments.get(node.id)
        premises = [end_node(premise) for premise in argument.premises] if argument else []
        return [source for source in (*premises, *(edge.source for edge in self.edges[node])) if source in self.weights]

    def weight(self, node: FrameworkNode) -> Decimal:
        """The initial weight of ``node``; of an argument its weakest premise's strength, and 0 if it is OUT."""
        argument = self.knowledge.arguments.get(node.id)
        if argument is None:
            return self.weights[node]
        if self.labels.get(node) is Label.OUT:
            return Decimal(0)
        return min(self.strengths.get(end_node(premise), Decimal(0)) for premise in argument.premises)

    def strength(self, node: FrameworkNode, without: _Edge | None = None) -> Decimal:
        """The strength of ``node`` given the present strengths of all others, as if there were no edge ``without``."""
        # The premise of a fallen argument may be left with some strength, which must not reach the conclusion.
        if node.id in self.knowledge.arguments and self.labels.get(node) is Label.OUT:
            return Decimal(0)
        sums = {1: Decimal(0), -1: Decimal(0)}
        for edge in self.edges[node]:
            if edge is not without:
                sums[edge.sign] += self.strengths.get(edge.source, Decimal(0))
        return energy(self.weight(node), sums[1], sums[-1])

    def standings(self, converged: bool) -> Standings:
        entities = {node.id: self._standing(node, self._kind(node.id)) for node in self.weights if not node.side}
        sides = {
            (question.id, side.key): self._standing(side_node(question.id, side.key), "question")
            for question in self.knowledge.questions.values()
            for side in question.sides
        }
        return Standings(entities, sides, converged)

    def _kind(self, id: Id) -> str:
        return type(self.knowledge.by_id[id]).__name__.lower()

    def _standing(self, node: FrameworkNode, kind: str) -> Standing:
        strength = self.strengths[node]
        edges = [(edge.source.id, strength - self.strength(node, edge)) for edge in self.edges[node]]
        return Standing(
            id=node.id,
            kind=kind,
            strength=strength.quantize(_PLACES),
            label=self._label(node),
            weight=self.weight(node).quantize(_PLACES),
            contributions=tuple((source, change.quantize(_PLACES)) for source, change in edges),
            deciding_attackers=self._deciding_attackers(node),
        )

    def _label(self, node: FrameworkNode) -> Label:
        return self.labels.get(node, Label.UNDECIDED)

    def _deciding_attackers(self, node: FrameworkNode) -> tuple[FrameworkNode, ...]:
        wanted = _DECIDING_LABELS[self._label(node)]
        deciding = (attacker for attacker in self.attacks.get(node, ()) if self._label(attacker) is wanted)
        return tuple(sorted(deciding, key=_listing_order))


_DECIDING_LABELS = {Label.IN: Label.OUT, Label.OUT: Label.IN, Label.UNDECIDED: Label.UNDECIDED}
"""The label of the attackers that explain the label of what they attack."""


def _listing_order(attacker: FrameworkNode) -> tuple[bool, Id, str]:
    return attacker.kind is not FrameworkNodeKind.ENTITY, attacker.id, attacker.side


def _opposite_sides(knowledge: Knowledge) -> Mapping[FrameworkNode, FrameworkNode]:
    opposites: dict[FrameworkNode, FrameworkNode] = {}
    for question in knowledge.questions.values():
        yes, no = (side_node(question.id, side.key) for side in question.sides)
        opposites |= {yes: no, no: yes}
    return opposites
