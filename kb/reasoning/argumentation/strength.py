"""Strengths of the nodes of an argument map, in which evidence from one origin counts once.

Quadratic energy model (Potyka 2018), over arguments too, so that an undercut weakens an argument by degrees.
``docs/semantics.md`` has the rules and their sources.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush

from kb.reasoning.argumentation.graph import SIDE_WEIGHT, ArgumentGraph, NodeType
from kb.reasoning.argumentation.ways import NOTHING, Assignment, Ways, all_of, any_of, best_assignment

MOST_ROUNDS = 500
"""How often the strength of one node on a circle is recomputed before the map is said not to converge."""

_NONE: Sequence[int] = ()
_CONVERGED = 1e-9
_HALFWAY = 1 - 1e-12
"""Surplus of what speaks against a node from which it is left with at most half of its weight: h(1) is one half."""


def energy(weight: float, support: float, attack: float) -> float:
    """Strength of a node of initial ``weight`` in the quadratic energy model (Potyka 2018).

    >>> energy(0.5, 1, 0), energy(0.5, 0, 1)
    (0.75, 0.25)
    """
    balance = support - attack
    if balance >= 0:
        square = balance * balance
        return weight + (1 - weight) * square / (1 + square)
    square = balance * balance
    return weight - weight * square / (1 + square)


def is_defeat(support: float, attack: float) -> bool:
    """Whether these sums leave a node with at most half of its weight."""
    return attack - support >= _HALFWAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is different from the map as it is recorded.

    Attributes:
        removed: Nodes that are not there.
        weights: Other weights of figures and calculations.
        ways: Other ways of these.
        truths: By node, whether its condition holds instead.
        decided: Claims and arguments that are accepted, so that nothing speaks against them, or rejected.
    """

    removed: frozenset[int] = frozenset()
    weights: Mapping[int, float] = field(default_factory=dict)
    ways: Mapping[int, Ways] = field(default_factory=dict)
    truths: Mapping[int, bool | None] = field(default_factory=dict)
    decided: Mapping[int, bool] = field(default_factory=dict)

    @property
    def touched(self) -> Iterator[int]:
        """The nodes that it is about."""
        yield from self.removed
        for changed in (self.weights, self.ways, self.truths, self.decided):
            yield from changed

    def applied_to(self, graph: ArgumentGraph) -> ArgumentGraph:
        """``graph`` as it would be; what is removed keeps its number, so that nothing else gets another."""
        weights, ways = graph.weights.copy(), graph.ways.copy()
        for node, weight in self.weights.items():
            weights[node] = weight
        for node, other in self.ways.items():
            ways[node] = other
        removed = graph.removed | self.removed
        truths = {**graph.truths, **self.truths}
        return replace(
            graph,
            weights=weights,
            ways=ways,
            conditions={node: edge for node, edge in graph.conditions.items() if node not in removed},
            truths={node: truth for node, truth in truths.items() if node not in removed},
            removed=removed,
            decided={**graph.decided, **self.decided},
        )


NO_CHANGE = Change()


@dataclass(frozen=True, slots=True)
class Balance:
    """What speaks for and against a node, and what of it counts.

    Attributes:
        weight: What the node weighs before that.
        supporters: What speaks for it, one after the other.
        support: Which of them count.
        attackers: What speaks against it, likewise.
        attack: Which of these count.
    """

    weight: float
    supporters: tuple[int, ...] = ()
    support: Assignment = NOTHING
    attackers: tuple[int, ...] = ()
    attack: Assignment = NOTHING

    @property
    def strength(self) -> float:
        """The strength that results."""
        return energy(self.weight, self.support.total, self.attack.total)

    @property
    def exact(self) -> bool:
        """Whether no other choice of what counts gives more."""
        return self.support.exact and self.attack.exact


class Strengths:
    """The strength of every node of a map, as recorded or after a change.

    Attributes:
        graph: The map.
        strength: By node, from 0 to 1.
        effective: What it contributes to others: its strength, or 0 where it is defeated or nothing counts for it.
        ways: Its ways, as far as they hold: a defeated argument offers none.
        sums: Of a claim, an argument or a side, its weight and the sums of what counts for and against it.
        converged: False where the map has a circle on which the strengths did not settle.
    """

    def __init__(self, graph: ArgumentGraph, order: "Order | None" = None) -> None:
        """The strengths of ``graph`` as it is; ``order`` is known to be its order of computation."""
        size = len(graph.types)
        self.graph = graph
        self.order = order or Order.of(graph)
        self.strength = [0.0] * size
        self.effective = [0.0] * size
        self.ways: list[Ways] = [()] * size
        self.sums: list[tuple[float, float, float]] = [(0.0, 0.0, 0.0)] * size
        self.converged = True
        self._inexact: set[int] = set()
        self._change = NO_CHANGE
        for node in self.order.nodes:
            self._compute(node)
        if self.order.circular:
            self._settle(self.order.circular)

    def after(self, change: Change) -> "Strengths":
        """The strengths after ``change`` of the map as it is recorded; only what it reaches is computed."""
        changed = object.__new__(Strengths)
        changed.graph, changed.order, changed._change = self.graph, self.order, change
        changed.strength, changed.effective = self.strength.copy(), self.effective.copy()
        changed.ways, changed.converged = self.ways.copy(), self.converged
        changed.sums, changed._inexact = self.sums.copy(), self._inexact.copy()
        changed._settle(change.touched)
        return changed

    @property
    def is_exact(self) -> bool:
        """Whether what counts was chosen among all possibilities, at every node."""
        return not any(self.sums[node][0] for node in self._inexact)

    def _settle(self, touched: Iterable[int]) -> None:
        """Recomputes ``touched`` and what depends on it, in order, until nothing changes."""
        rank, dependents = self.order.rank, self.order.dependents
        waiting = [(rank[node], node) for node in set(touched)]
        heapify(waiting)
        queued = {node for _, node in waiting}
        rounds: dict[int, int] = {}
        while waiting:
            _, node = heappop(waiting)
            queued.discard(node)
            if not self._update(node):
                continue
            if node in self.order.circular:
                rounds[node] = rounds.get(node, 0) + 1
                if rounds[node] > MOST_ROUNDS:
                    self.converged = False
                    return
            for dependent in dependents[node]:
                if dependent not in queued:
                    queued.add(dependent)
                    heappush(waiting, (rank[dependent], dependent))

    def _update(self, node: int) -> bool:
        """Computes ``node`` anew; whether that changed what others see of it."""
        effective, ways = self.effective[node], self.ways[node]
        self._compute(node)
        return abs(self.effective[node] - effective) > _CONVERGED or self.ways[node] != ways

    def _compute(self, node: int) -> None:
        change, graph = self._change, self.graph
        if node in change.removed or node in graph.removed:
            self.strength[node], self.effective[node], self.ways[node] = 0.0, 0.0, ()
        elif graph.types[node] <= NodeType.CALCULATION:
            self.strength[node] = self.effective[node] = change.weights.get(node, graph.weights[node])
            self.ways[node] = change.ways.get(node, graph.ways[node])
        else:
            supporters = self.supporters(node)
            self._inexact.discard(node)
            self.sums[node] = self._totals(node, supporters)
            self.strength[node], self.effective[node] = self._strength_of(node)
            self.ways[node] = self._ways_of(node, supporters)

    def _strength_of(self, node: int) -> tuple[float, float]:
        """The strength that the sums of ``node`` give it, and what it contributes to others."""
        weight, support, attack = self.sums[node]
        strength = energy(weight, support, attack)
        if is_defeat(support, attack):
            return strength, 0.0
        if self.graph.types[node] is NodeType.SIDE and (strength <= SIDE_WEIGHT or not support):
            # A side that does not prevail is no reason for anything else.
            return strength, 0.0
        return strength, strength

    def _totals(self, node: int, supporters: Sequence[int]) -> tuple[float, float, float]:
        graph = self.graph
        if self._decision(node) is False:
            return 0.0, 0.0, 0.0
        attack = self._sum(node, self.attackers(node))
        if node in graph.editorial:
            # An inference by the editors is as strong as what it rests on: more of that adds nothing to it.
            strongest = max((self.effective[supporter] for supporter in supporters), default=0.0)
            return strongest * graph.editorial[node], 0.0, attack
        weight = self._weight(node)
        return (weight, self._sum(node, supporters, graph.own[node]), attack) if weight else (0.0, 0.0, 0.0)

    def _sum(self, node: int, contributors: Sequence[int], own: int = 0) -> float:
        """The sum of what counts of the ``contributors`` to ``node``."""
        if not contributors:
            return 0.0
        if len(contributors) == 1 and not own:
            (contributor,) = contributors
            return self.effective[contributor] if self.ways[contributor] else 0.0
        assignment = self.assigned(contributors, own)
        if not assignment.exact:
            self._inexact.add(node)
        return assignment.total

    def _ways_of(self, node: int, supporters: Sequence[int]) -> Ways:
        graph = self.graph
        if node in graph.premises:
            return all_of([self.ways[premise] for premise in graph.premises[node]])
        offered = [self.ways[supporter] for supporter in supporters if self.effective[supporter] > 0]
        # An inference has only the ways of what it rests on, as far as that holds.
        if graph.own[node] and node not in graph.inferred:
            offered.append((graph.own[node],))
        return any_of(offered)

    def supporters(self, node: int) -> Sequence[int]:
        """What speaks for ``node``: arguments, and its condition where that is met."""
        arguments = self.graph.supports.get(node, _NONE)
        return self._with_condition(node, arguments, speaks_for=True) if node in self.graph.conditions else arguments

    def attackers(self, node: int) -> Sequence[int]:
        """What speaks against ``node``: arguments, claims that deny it, and its condition where that is not met."""
        if self._decision(node):
            return _NONE
        attackers = self.graph.attacks.get(node, _NONE)
        return self._with_condition(node, attackers, speaks_for=False) if node in self.graph.conditions else attackers

    def _decision(self, node: int) -> bool | None:
        """Whether ``node`` is accepted or rejected; None where nobody has decided that."""
        return self._change.decided.get(node, self.graph.decided.get(node))

    def truth(self, node: int) -> bool | None:
        """Whether the condition of ``node`` holds; None where that is undecided, or there is none."""
        return self._change.truths.get(node, self.graph.truths.get(node))

    def _with_condition(self, node: int, arguments: Sequence[int], *, speaks_for: bool) -> Sequence[int]:
        edge, truth = self.graph.conditions[node], self.truth(node)
        if truth is None or (truth == edge.holds) != speaks_for:
            return arguments
        return [*arguments, edge.calculation]

    def balance(self, node: int) -> Balance:
        """What speaks for and against a claim, an argument or a side of a question, and what of it counts."""
        graph = self.graph
        supporters, attackers = self.supporters(node), self.attackers(node)
        weight, *_ = self.sums[node]
        if not weight:
            return Balance(0.0)
        support = NOTHING if node in graph.editorial else self.assigned(supporters, graph.own[node])
        return Balance(weight, tuple(supporters), support, tuple(attackers), self.assigned(attackers))

    def _weight(self, node: int) -> float:
        premises = self.graph.premises.get(node)
        if premises is None:
            return self.graph.weights[node]
        return min([self.effective[premise] for premise in premises], default=0.0)

    def assigned(self, contributors: Sequence[int], own: int = 0) -> Assignment:
        """Which of ``contributors`` count; what cannot do without the word of ``own`` does not."""
        if not contributors:
            return NOTHING
        effective, ways = self.effective, self.ways
        if not own:
            return best_assignment([(effective[node], ways[node]) for node in contributors])
        return best_assignment(
            [(effective[node], tuple([way for way in ways[node] if not way & own])) for node in contributors]
        )


@dataclass(frozen=True, slots=True)
class Order:
    """An order in which the nodes of a map can be computed.

    Attributes:
        nodes: Every node behind those that it depends on, except on a circle.
        rank: By node, its place in that order.
        dependents: By node, those whose strength depends on it directly.
        circular: Nodes on a circle, and those that depend on one.
    """

    nodes: list[int]
    rank: list[int]
    dependents: list[tuple[int, ...]]
    circular: frozenset[int]

    @classmethod
    def of(cls, graph: ArgumentGraph) -> "Order":
        """An order for ``graph``."""
        size = len(graph.types)
        dependents: list[list[int]] = [[] for _ in range(size)]
        missing = [0] * size
        for node, inputs in graph.edges():
            missing[node] += len(inputs)
            for below in inputs:
                dependents[below].append(node)
        nodes = [node for node in range(size) if not missing[node]]
        for node in nodes:
            for dependent in dependents[node]:
                missing[dependent] -= 1
                if not missing[dependent]:
                    nodes.append(dependent)
        circular = [node for node in range(size) if missing[node]]
        nodes += circular
        rank = [0] * size
        for place, node in enumerate(nodes):
            rank[node] = place
        # The garbage collector does not walk over tuples of numbers, of which a large map has very many.
        return cls(nodes, rank, list(map(tuple, dependents)), frozenset(circular))
