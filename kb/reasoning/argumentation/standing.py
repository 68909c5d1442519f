"""Standings: the word for what the attacks leave of a statement, and what counts for and against it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.graph import ArgumentGraph, NodeKey, NodeType, argument_graph
from kb.reasoning.argumentation.labelling import FrameworkNode, FrameworkNodeKind, Label, framework, grounded
from kb.reasoning.argumentation.strength import Balance, Strengths, energy, is_defeat
from kb.reasoning.argumentation.ways import Assignment
from kb.reasoning.calculation.result import Result


class StandingWord(StrEnum):
    """What the attacks leave of a statement. Read from the strengths, so that word and number cannot differ."""

    UNSUPPORTED = "unsupported"
    UNOPPOSED = "unopposed"
    CONTESTED = "contested"
    DEFEATED = "defeated"


class Weighed(NamedTuple):
    """Something that counts for or against an argument, and its strength."""

    key: NodeKey
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something that speaks for or against a statement, and whether it counts.

    Attributes:
        key: An argument, a claim that denies the statement, or the calculation of its condition.
        weight: Its strength before what counts for and against it: for an argument that of its weakest premise.
        strength: What it contributes if it counts: its strength; 0 where it is defeated.
        counts: Whether it counts.
        origins: Names of the origins that it takes if it counts; else of those that it would need.
        held_back_by: Where an origin that it needs is taken: what takes it.
        backed_by: What counts for it.
        undercut_by: What counts against it.
        effect: What the strength of the statement would lose, or regain, without it.
    """

    key: NodeKey
    weight: float
    strength: float
    counts: bool
    origins: tuple[str, ...]
    held_back_by: tuple[NodeKey, ...]
    backed_by: tuple[Weighed, ...]
    undercut_by: tuple[Weighed, ...]
    effect: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The standing of a claim, figure, calculation, argument or side of a question.

    Attributes:
        key: Its name.
        word: Its standing.
        strength: From 0 to 1, after what counts for and against it.
        weight: From 0 to 1, before that.
        supporters: What speaks for it, in the order recorded.
        attackers: What speaks against it, likewise.
        exact: Whether what counts was chosen among all possibilities.
    """

    key: NodeKey
    word: StandingWord
    strength: Decimal
    weight: Decimal
    supporters: tuple[Part, ...]
    attackers: tuple[Part, ...]
    exact: bool

    @property
    def id(self) -> Id:
        """The entity; for a side its question."""
        return self.key.id


_PLACES = Decimal("0.0001")


class Standings:
    """The standing of everything, each made when it is first asked for."""

    def __init__(self, knowledge: Knowledge, results: Mapping[Id, Result]) -> None:
        """The standings of ``knowledge``, whose names are canonical, given the ``results`` of its calculations."""
        graph = argument_graph(knowledge, results)
        self._read(knowledge, results, graph, Strengths(graph))

    def _read(
        self, knowledge: Knowledge, results: Mapping[Id, Result], graph: ArgumentGraph, strengths: Strengths
    ) -> None:
        self._knowledge, self._results, self.graph, self.strengths = knowledge, results, graph, strengths
        self._node_of_argument = {id: node for node, members in graph.members.items() for id in members}

    @property
    def converged(self) -> bool:
        """False where the map has a circle on which the strengths did not settle."""
        return self.strengths.converged

    def of(self, id: Id, side: str = "") -> Standing | None:
        """The standing of an entity, or of a side of a question; None where there is none."""
        node = self._node(id, side)
        return None if node is None else self._standing(node)

    def word(self, id: Id, side: str = "") -> StandingWord | None:
        """The same in a word."""
        node = self._node(id, side)
        return None if node is None else word_of(self.graph, self.strengths, node)

    def strength(self, id: Id, side: str = "") -> float:
        """Its strength, from 0 to 1; 0 where there is none."""
        node = self._node(id, side)
        return 0.0 if node is None else self.strengths.strength[node]

    def _node(self, id: Id, side: str) -> int | None:
        node = self.graph.node(id, side)
        return self._node_of_argument.get(id) if node is None and not side else node

    def _standing(self, node: int) -> Standing:
        strengths = self.strengths
        balance = self._balance(node)
        return Standing(
            key=self.graph.key(node),
            word=word_of(self.graph, strengths, node),
            strength=_decimal(strengths.strength[node]),
            weight=_decimal(balance.weight),
            supporters=tuple(self._parts(node, balance, balance.supporters, balance.support, 1)),
            attackers=tuple(self._parts(node, balance, balance.attackers, balance.attack, -1)),
            exact=balance.exact,
        )

    def _parts(
        self, node: int, balance: Balance, others: Sequence[int], assignment: Assignment, sign: int
    ) -> Iterator[Part]:
        graph, strengths = self.graph, self.strengths
        for place, other in enumerate(others):
            way = assignment.taken[place] if assignment.taken else 0
            counts = bool(way) or (node in graph.editorial and sign > 0 and strengths.effective[other] > 0)
            ways = strengths.ways[other]
            own = self._balance(other)
            yield Part(
                key=graph.key(other),
                weight=own.weight,
                strength=strengths.effective[other],
                counts=counts,
                origins=tuple(origin.name for origin in graph.origins.named(way or (ways[0] if ways else 0))),
                held_back_by=() if counts or not assignment.taken else tuple(self._rivals(others, assignment, ways)),
                backed_by=tuple(self._weighed(own.supporters, own.support)),
                undercut_by=tuple(self._weighed(own.attackers, own.attack)),
                effect=self._effect(node, balance, others, place, sign) if counts else 0.0,
            )

    def _rivals(self, others: Sequence[int], assignment: Assignment, ways: Sequence[int]) -> Iterator[NodeKey]:
        """What takes the origins that something with ``ways`` would need."""
        needed = 0
        for way in ways:
            needed |= way
        for other, way in zip(others, assignment.taken, strict=True):
            if way & needed:
                yield self.graph.key(other)

    def _balance(self, node: int) -> Balance:
        is_leaf = self.graph.types[node] <= NodeType.CALCULATION
        return Balance(self.strengths.strength[node]) if is_leaf else self.strengths.balance(node)

    def _weighed(self, others: Sequence[int], assignment: Assignment) -> Iterator[Weighed]:
        for other, way in zip(others, assignment.taken, strict=False):
            if way:
                yield Weighed(self.graph.key(other), self.strengths.effective[other])

    def _effect(self, node: int, balance: Balance, others: Sequence[int], place: int, sign: int) -> float:
        """How much less, or more, the strength is without one of ``others``, which others may then replace."""
        rest = [other for number, other in enumerate(others) if number != place]
        support, attack = balance.support.total, balance.attack.total
        if sign < 0:
            return balance.strength - energy(balance.weight, support, self.strengths.assigned(rest).total)
        if node in self.graph.editorial:
            weight = max((self.strengths.effective[other] for other in rest), default=0.0) * self.graph.editorial[node]
            return balance.strength - energy(weight, support, attack)
        return balance.strength - energy(
            balance.weight, self.strengths.assigned(rest, self.graph.own[node]).total, attack
        )

    # Details

    @cached_property
    def _labelled(self) -> tuple[Mapping[FrameworkNode, Label], Mapping[FrameworkNode, frozenset[FrameworkNode]]]:
        nodes, attacks = framework(self._knowledge, self._results)
        return grounded(nodes, attacks), attacks

    def label(self, id: Id, side: str = "") -> Label:
        """Its label in Dung's grounded semantics, in which strengths play no part."""
        labels, _ = self._labelled
        return labels.get(FrameworkNode(FrameworkNodeKind.ENTITY, id, side), Label.UNDECIDED)

    def deciding_attackers(self, id: Id, side: str = "") -> tuple[FrameworkNode, ...]:
        """The attackers that explain the label, entities first, each kind by id.

        Where it is IN all of them, which are OUT; where it is OUT those that are IN; else those that are UNDECIDED.
        """
        labels, attacks = self._labelled
        node = FrameworkNode(FrameworkNodeKind.ENTITY, id, side)
        wanted = _DECIDING_LABELS[self.label(id, side)]
        deciding = (other for other in attacks.get(node, ()) if labels.get(other, Label.UNDECIDED) is wanted)
        return tuple(sorted(deciding, key=_listing_order))


def word_of(graph: ArgumentGraph, strengths: Strengths, node: int) -> StandingWord:
    """The standing of a node in a word."""
    if graph.types[node] <= NodeType.CALCULATION:
        return StandingWord.UNOPPOSED if strengths.strength[node] else StandingWord.UNSUPPORTED
    weight, support, attack = strengths.sums[node]
    if not weight or (graph.types[node] is NodeType.SIDE and not support):
        return StandingWord.UNSUPPORTED
    if not attack:
        return StandingWord.UNOPPOSED
    # Which side of a question prevails, and how firmly, is for the answer to say.
    if graph.types[node] is NodeType.SIDE:
        return StandingWord.CONTESTED
    return StandingWord.DEFEATED if is_defeat(support, attack) else StandingWord.CONTESTED


_DECIDING_LABELS = {Label.IN: Label.OUT, Label.OUT: Label.IN, Label.UNDECIDED: Label.UNDECIDED}
"""The label of the attackers that explain the label of what they attack."""


def _listing_order(attacker: FrameworkNode) -> tuple[bool, Id, str]:
    return attacker.kind is not FrameworkNodeKind.ENTITY, attacker.id, attacker.side


def _decimal(number: float) -> Decimal:
    return Decimal(repr(number)).quantize(_PLACES)
