"""Strength and standing of each claim, figure, calculation, argument and side of a question.

Confidence, stance and reliability make the initial weights; supports and attacks change them by the quadratic energy
model (Potyka 2018). Both are computed again without one source, to see which labels depend on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal, localcontext
from types import MappingProxyType
from typing import TypeVar

from kb.domain.confidence import Confidence, Reliability
from kb.domain.entity import Argument, ArgumentKind, Claim, Figure, Input, InputKind, Node, NodeKind, Stance
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.labelling import Label, condition_holds, framework, grounded, node_key, side_key
from kb.reasoning.calculation.evaluation import all_results
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


def initial_weights(knowledge: Knowledge, results: Mapping[Id, Result]) -> dict[str, Decimal]:
    """The initial weight of every node, from 0 to 1; 0 for arguments, which weigh as much as their premises."""
    weight_by_node: dict[str, Decimal] = {}
    for figure in knowledge.figures.values():
        weight_by_node[figure.id] = statement_weight(knowledge, figure)
    for claim in knowledge.claims.values():
        weight_by_node[claim.id] = statement_weight(knowledge, claim)
    for id in knowledge.calculations:
        weight_by_node[id] = _calculation_weight(knowledge, id, results, weight_by_node, ())
    weight_by_node |= dict.fromkeys(knowledge.arguments, Decimal(0))
    for question in knowledge.questions.values():
        weight_by_node |= {side_key(question.id, side.key): NEUTRAL_WEIGHT for side in question.sides}
    return weight_by_node


def statement_weight(knowledge: Knowledge, statement: Figure | Claim) -> Decimal:
    """The weight of a figure or claim: the voice's confidence times the factors of its stance and of its source."""
    source = knowledge.sources.get(statement.source)
    trust = RELIABILITY_WEIGHTS[source.reliability] if source else NEUTRAL_WEIGHT
    return statement.confidence.middle * STANCE_WEIGHTS[statement.stance] * trust


def _calculation_weight(
    knowledge: Knowledge,
    id: Id,
    results: Mapping[Id, Result],
    weight_by_node: Mapping[str, Decimal],
    path: tuple[Id, ...],
) -> Decimal:
    """The weight of the weakest input; 0 where the calculation has no result or depends on itself."""
    result, calculation = results.get(id), knowledge.calculations[id]
    if id in path or (result is not None and result.problem):
        return Decimal(0)
    input_weights = [
        _input_weight(knowledge, input, results, weight_by_node, (*path, id)) for input in calculation.inputs
    ]
    return min(input_weights, default=Decimal(1))


def _input_weight(
    knowledge: Knowledge,
    input: Input,
    results: Mapping[Id, Result],
    weight_by_node: Mapping[str, Decimal],
    path: tuple[Id, ...],
) -> Decimal:
    match input.kind:
        case InputKind.FIGURE:
            return weight_by_node.get(input.ref or "", Decimal(0))
        case InputKind.MEASURE:
            offered = positions(knowledge, input.ref) if input.ref else ()
            return max((weight_by_node[position.figures[0]] for position in offered), default=Decimal(0))
        case InputKind.CALCULATION:
            if input.ref not in knowledge.calculations or input.ref is None:
                return Decimal(0)
            return _calculation_weight(knowledge, input.ref, results, weight_by_node, path)
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
        why: A sentence that explains the label.
    """

    id: Id
    kind: str
    strength: Decimal
    label: Label
    weight: Decimal
    contributions: tuple[tuple[Id, Decimal], ...]
    why: str


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
    source: str
    sign: int


class _StrengthGraph:
    """The map with its weights, edges and strengths, which ``converge`` settles."""

    def __init__(self, knowledge: Knowledge, results: Mapping[Id, Result]) -> None:
        self.knowledge = knowledge
        nodes, self.attacks = framework(knowledge, results)
        self.labels = grounded(nodes, self.attacks)
        self.edges: dict[str, list[_Edge]] = defaultdict(list)
        self.weights = initial_weights(knowledge, results)
        self._add_edges(results)
        self.strengths = dict(self.weights)

    def _add_edges(self, results: Mapping[Id, Result]) -> None:
        opposite = _opposite_sides(self.knowledge)
        for argument in self.knowledge.arguments.values():
            sign, end = (1 if argument.kind is ArgumentKind.SUPPORTS else -1), node_key(argument.conclusion)
            self.edges[end].append(_Edge(argument.id, sign))
            # What speaks for one side speaks against the other; an attack on a side is no support of the other.
            if sign > 0 and argument.conclusion.kind is NodeKind.QUESTION and end in opposite:
                self.edges[opposite[end]].append(_Edge(argument.id, -1))
        for claim in self.knowledge.claims.values():
            self._add_claim_edges(claim, results)

    def _add_claim_edges(self, claim: Claim, results: Mapping[Id, Result]) -> None:
        for denied in claim.denies:
            if denied in self.knowledge.claims and denied != claim.id:
                for attacked, attacker in ((claim.id, denied), (denied, claim.id)):
                    if _Edge(attacker, -1) not in self.edges[attacked]:
                        self.edges[attacked].append(_Edge(attacker, -1))
        is_true = condition_holds(self.knowledge, claim, results)
        if claim.holds_if and is_true is not None:
            self.edges[claim.id].append(_Edge(claim.holds_if.calculation, 1 if is_true else -1))

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

    def _order(self) -> list[str]:
        """Every node behind those that it depends on, except on a circle."""
        order: list[str] = []
        visited: set[str] = set()
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

    def _inputs(self, node: str) -> list[str]:
        argument = self.knowledge.arguments.get(Id(node))
        premises = [node_key(premise) for premise in argument.premises] if argument else []
        return [source for source in (*premises, *(edge.source for edge in self.edges[node])) if source in self.weights]

    def weight(self, node: str) -> Decimal:
        """The initial weight of ``node``; of an argument its weakest premise's strength, and 0 if it is OUT."""
        argument = self.knowledge.arguments.get(Id(node))
        if argument is None:
            return self.weights[node]
        if self.labels.get(node) is Label.OUT:
            return Decimal(0)
        return min(self.strengths.get(node_key(premise), Decimal(0)) for premise in argument.premises)

    def strength(self, node: str, without: _Edge | None = None) -> Decimal:
        """The strength of ``node`` given the present strengths of all others, as if there were no edge ``without``."""
        # The premise of a fallen argument may be left with some strength, which must not reach the conclusion.
        if node in self.knowledge.arguments and self.labels.get(node) is Label.OUT:
            return Decimal(0)
        sums = {1: Decimal(0), -1: Decimal(0)}
        for edge in self.edges[node]:
            if edge is not without:
                sums[edge.sign] += self.strengths.get(edge.source, Decimal(0))
        return energy(self.weight(node), sums[1], sums[-1])

    def standings(self, converged: bool) -> Standings:
        entities = {
            Id(node): self._standing(node, Id(node), self._kind(node)) for node in self.weights if "#" not in node
        }
        sides = {
            (question.id, side.key): self._standing(side_key(question.id, side.key), question.id, "question")
            for question in self.knowledge.questions.values()
            for side in question.sides
        }
        return Standings(entities, sides, converged)

    def _kind(self, node: str) -> str:
        entity = self.knowledge.by_id[Id(node)]
        return type(entity).__name__.lower()

    def _standing(self, node: str, id: Id, kind: str) -> Standing:
        strength = self.strengths[node]
        edges = [(Id(edge.source), strength - self.strength(node, edge)) for edge in self.edges[node]]
        return Standing(
            id=id,
            kind=kind,
            strength=strength.quantize(_PLACES),
            label=self.labels.get(node, Label.UNDECIDED),
            weight=self.weight(node).quantize(_PLACES),
            contributions=tuple((source, change.quantize(_PLACES)) for source, change in edges),
            why=self._why(node),
        )

    def _why(self, node: str) -> str:
        attackers = sorted(self.attacks.get(node, ()))
        label = self.labels.get(node, Label.UNDECIDED)
        if label is Label.IN:
            return (
                "Nothing attacks it." if not attackers else f"All that attacks it has fallen: {self._named(attackers)}."
            )
        wanted = Label.IN if label is Label.OUT else Label.UNDECIDED
        active = [attacker for attacker in attackers if self.labels.get(attacker) is wanted]
        if label is Label.OUT:
            return f"It falls: {self._named(active)}."
        return f"It is open, because this is open: {self._named(active)}."

    def _named(self, nodes: Sequence[str]) -> str:
        return "; ".join(self._name(node) for node in nodes)

    def _name(self, node: str) -> str:
        if node.startswith("not "):
            return (
                f"whether {self._name(node[4:])} stands"
                if self._is_undecided(node)
                else f"{self._name(node[4:])} has fallen"
            )
        for lead, words in _PHRASES.items():
            if node.startswith(lead):
                return words
        entity = self.knowledge.by_id.get(Id(node.partition("#")[0]))
        return (
            f"{entity.slug} ({node.partition('#')[2]})" if entity and "#" in node else entity.slug if entity else node
        )

    def _is_undecided(self, node: str) -> bool:
        return self.labels.get(node) is Label.UNDECIDED


_PHRASES = {
    "nothing for ": "no argument for it stands",
    "no result of ": "it cannot be worked out",
    "condition of ": "its condition fails on the numbers",
}


def _opposite_sides(knowledge: Knowledge) -> Mapping[str, str]:
    opposites: dict[str, str] = {}
    for question in knowledge.questions.values():
        yes, no = (side_key(question.id, side.key) for side in question.sides)
        opposites |= {yes: no, no: yes}
    return opposites


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LabelChange:
    """A change of one label; ``side`` is set for a side of a question, else empty."""

    id: Id
    side: str
    before: Label
    after: Label


def without_source(knowledge: Knowledge, source: Id) -> Knowledge:
    """``knowledge`` without a source, its figures and claims, and every argument from or to any of these."""
    figures = _selected(
        knowledge.figures, (figure.id for figure in knowledge.figures.values() if figure.source != source)
    )
    claims = _selected(knowledge.claims, (claim.id for claim in knowledge.claims.values() if claim.source != source))
    withdrawn = (knowledge.figures.keys() - figures.keys()) | (knowledge.claims.keys() - claims.keys())
    arguments = {id: argument for id, argument in knowledge.arguments.items() if argument.source != source}
    while dependent := {id: argument for id, argument in arguments.items() if _rests_on(argument, withdrawn)}:
        withdrawn |= dependent.keys()
        arguments = {id: argument for id, argument in arguments.items() if id not in dependent}
    sources = {id: kept_source for id, kept_source in knowledge.sources.items() if id != source}
    return replace(knowledge, sources=sources, figures=figures, claims=claims, arguments=arguments)


def _selected(entities: Mapping[Id, T], ids: Iterable[Id]) -> dict[Id, T]:
    return {id: entities[id] for id in ids}


def _rests_on(argument: Argument, withdrawn: set[Id]) -> bool:
    return any(_is_withdrawn(node, withdrawn) for node in (*argument.premises, argument.conclusion))


def _is_withdrawn(node: Node, withdrawn: set[Id]) -> bool:
    return node.kind is not NodeKind.QUESTION and node.id in withdrawn


def label_changes_without(knowledge: Knowledge, source: Id) -> tuple[LabelChange, ...]:
    """The labels that change without ``source``, of what is left without it."""
    reduced = without_source(knowledge, source)
    before, after = _standings_of(knowledge), _standings_of(reduced)
    changes = [
        LabelChange(id, "", before.of[id].label, standing.label)
        for id, standing in after.of.items()
        if standing.label is not before.of[id].label
    ]
    changes += [
        LabelChange(id, side, before.sides[id, side].label, standing.label)
        for (id, side), standing in after.sides.items()
        if standing.label is not before.sides[id, side].label
    ]
    return tuple(changes)


def _standings_of(knowledge: Knowledge) -> Standings:
    return all_standings(knowledge, all_results(knowledge))
