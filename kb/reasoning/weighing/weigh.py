"""How well does everything stand? Strength by quadratic energy (Potyka 2018), labels by grounded semantics (Dung)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

from kb.domain.entity import ArgumentKind, Claim, NodeKind
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculating.result import Result
from kb.reasoning.weighing.label import Label, framework, grounded, holds, key_of, side_key
from kb.reasoning.weighing.weight import weights

ROUNDS = 500
"""On a circle: how often strengths are recomputed before the answer is "did not converge"."""

_STILL = Decimal("1E-9")
_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Standing:
    """How one claim, figure, calculation, argument or side of a question stands.

    Attributes:
        id: Its id; for a side, the question's.
        kind: ``claim``, ``figure``, ``calculation``, ``argument`` or ``question``.
        strength: From 0 to 1, after supports and attacks.
        label: Whether it stands.
        weight: From 0 to 1, before supports and attacks.
        contributions: For each argument, calculation or claim that supports (above 0) or attacks it (below 0): how
            much the strength would change without it, all else as it is.
        why: One sentence on the label.
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
    """Every standing; ``converged`` is False where the map has a circle on which the strengths never came to rest."""

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


def weigh(knowledge: Knowledge, results: Mapping[Id, Result]) -> Standings:
    """How everything stands, given the ``results`` of the calculations."""
    with localcontext(Context(prec=28)):
        scale = _Scale(knowledge, results)
        converged = scale.settle()
        return scale.standings(converged)


@dataclass(frozen=True, slots=True)
class _Edge:
    source: str
    sign: int


class _Scale:
    """The map with its weights, strengths and edges, while it comes to rest."""

    def __init__(self, knowledge: Knowledge, results: Mapping[Id, Result]) -> None:
        self.knowledge = knowledge
        nodes, self.attacks = framework(knowledge, results)
        self.labels = grounded(nodes, self.attacks)
        self.edges: dict[str, list[_Edge]] = defaultdict(list)
        self.weights = weights(knowledge, results)
        self._lay(results)
        self.strengths = dict(self.weights)

    def _lay(self, results: Mapping[Id, Result]) -> None:
        opposite = _opposites(self.knowledge)
        for argument in self.knowledge.arguments.values():
            sign, end = (1 if argument.kind is ArgumentKind.SUPPORTS else -1), key_of(argument.conclusion)
            self.edges[end].append(_Edge(argument.id, sign))
            if sign > 0 and argument.conclusion.kind is NodeKind.QUESTION and end in opposite:
                self.edges[opposite[end]].append(_Edge(argument.id, -1))
        for claim in self.knowledge.claims.values():
            self._lay_claim(claim, results)

    def _lay_claim(self, claim: Claim, results: Mapping[Id, Result]) -> None:
        for other in claim.denies:
            if other in self.knowledge.claims and other != claim.id:
                for one, two in ((claim.id, other), (other, claim.id)):
                    if _Edge(two, -1) not in self.edges[one]:
                        self.edges[one].append(_Edge(two, -1))
        held = holds(self.knowledge, claim, results)
        if claim.holds_if and held is not None:
            self.edges[claim.id].append(_Edge(claim.holds_if.calculation, 1 if held else -1))

    def settle(self) -> bool:
        """Recompute until nothing moves: one pass where there is no circle; False where it never comes to rest."""
        order = self._order()
        for _ in range(ROUNDS):
            moved = Decimal(0)
            for node in order:
                now = self.strength(node)
                moved = max(moved, abs(now - self.strengths[node]))
                self.strengths[node] = now
            if moved <= _STILL:
                return True
        return False

    def _order(self) -> list[str]:
        """Nodes with what they rest on in front, as far as there is no circle."""
        order: list[str] = []
        state: dict[str, int] = {}
        for start in self.weights:
            stack = [(start, False)]
            while stack:
                node, left = stack.pop()
                if left:
                    order.append(node)
                elif node not in state:
                    state[node] = 1
                    stack.append((node, True))
                    stack += [(below, False) for below in self._rests_on(node) if below not in state]
        return order

    def _rests_on(self, node: str) -> list[str]:
        argument = self.knowledge.arguments.get(Id(node))
        premises = [key_of(premise) for premise in argument.premises] if argument else []
        return [one for one in (*premises, *(edge.source for edge in self.edges[node])) if one in self.weights]

    def weight(self, node: str) -> Decimal:
        """An argument weighs as much as its weakest premise, and nothing when it is OUT; all else weighs as given."""
        argument = self.knowledge.arguments.get(Id(node))
        if argument is None:
            return self.weights[node]
        if self.labels.get(node) is Label.OUT:
            return Decimal(0)
        return min(self.strengths.get(key_of(premise), Decimal(0)) for premise in argument.premises)

    def strength(self, node: str, without: _Edge | None = None) -> Decimal:
        """The strength of ``node``, as if the edge ``without`` were not there."""
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
            id,
            kind,
            strength.quantize(_PLACES),
            self.labels.get(node, Label.UNDECIDED),
            self.weight(node).quantize(_PLACES),
            tuple((source, change.quantize(_PLACES)) for source, change in edges),
            self._why(node),
        )

    def _why(self, node: str) -> str:
        attackers = sorted(self.attacks.get(node, ()))
        label = self.labels.get(node, Label.UNDECIDED)
        if label is Label.IN:
            return (
                "Nothing attacks it." if not attackers else f"All that attacks it has fallen: {self._named(attackers)}."
            )
        wanted = Label.IN if label is Label.OUT else Label.UNDECIDED
        active = [one for one in attackers if self.labels.get(one) is wanted]
        if label is Label.OUT:
            return f"It falls: {self._named(active)}."
        return f"It is open, because this is open: {self._named(active)}."

    def _named(self, nodes: Sequence[str]) -> str:
        return "; ".join(self._name(node) for node in nodes)

    def _name(self, node: str) -> str:
        if node.startswith("not "):
            return (
                f"whether {self._name(node[4:])} stands" if self._open(node) else f"{self._name(node[4:])} has fallen"
            )
        for lead, words in _PHRASES.items():
            if node.startswith(lead):
                return words
        entity = self.knowledge.by_id.get(Id(node.partition("#")[0]))
        return (
            f"{entity.slug} ({node.partition('#')[2]})" if entity and "#" in node else entity.slug if entity else node
        )

    def _open(self, node: str) -> bool:
        return self.labels.get(node) is Label.UNDECIDED


_PHRASES = {
    "nothing for ": "no argument for it stands",
    "no result of ": "it cannot be worked out",
    "condition of ": "its condition fails on the numbers",
}


def _opposites(knowledge: Knowledge) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for question in knowledge.questions.values():
        yes, no = (side_key(question.id, side.key) for side in question.sides)
        found |= {yes: no, no: yes}
    return found
