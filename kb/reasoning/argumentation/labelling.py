"""The grounded labelling of the argument map (Dung 1995).

The map becomes a framework of nodes that attack each other; ``docs/semantics.md`` has the mapping as a table.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple, TypeVar

from kb.domain.entity import Argument, ArgumentKind, Claim, Node, NodeKind
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.condition import condition_holds
from kb.reasoning.calculation.result import Result


class Label(StrEnum):
    """The labels of grounded semantics (Dung 1995, Def. 20; Caminada's labels)."""

    IN = "IN"
    OUT = "OUT"
    UNDECIDED = "UNDECIDED"


class FrameworkNodeKind(StrEnum):
    """What a node of the framework stands for; all but ``ENTITY`` are there only to attack, and have no weight."""

    ENTITY = "entity"
    FAILED_CONDITION = "failed_condition"
    NO_RESULT = "no_result"
    NOT = "not"
    NO_ARGUMENT = "no_argument"


class FrameworkNode(NamedTuple):
    """A node of the framework.

    Attributes:
        kind: ``ENTITY`` for an entity or a side of a question. Else what is true of it where the node is IN: the
            condition of a claim fails, a calculation has no result, a premise does not stand (``NOT``), no argument for
            a side stands.
        id: Id of the entity; for a side that of its question.
        side: Key of the side; empty for all else.
    """

    kind: FrameworkNodeKind
    id: Id
    side: str = ""


N = TypeVar("N", bound=Hashable)

Attacks = Mapping[N, frozenset[N]]
"""The attackers of each node of a framework."""


def grounded(nodes: Iterable[N], attacks: Attacks[N]) -> dict[N, Label]:
    """The grounded labelling of ``nodes``: IN if all attackers are OUT, OUT if one is IN, else UNDECIDED.

    Takes time linear in the number of attacks.

    >>> grounded(["a", "b", "c"], {"b": frozenset({"a"}), "c": frozenset({"b"})})["c"]
    <Label.IN: 'IN'>
    """
    nodes = list(dict.fromkeys(nodes))
    labels = dict.fromkeys(nodes, Label.UNDECIDED)
    open_attacks = {node: len(attacks.get(node, ())) for node in nodes}
    attacked_by: dict[N, list[N]] = defaultdict(list)
    for node in nodes:
        for attacker in attacks.get(node, ()):
            attacked_by[attacker].append(node)
    ready = [node for node in nodes if not open_attacks[node]]
    while ready:
        node = ready.pop()
        labels[node] = Label.IN
        for defeated in attacked_by[node]:
            if labels[defeated] is Label.UNDECIDED:
                labels[defeated] = Label.OUT
                for relieved in attacked_by[defeated]:
                    open_attacks[relieved] -= 1
                    if not open_attacks[relieved] and labels[relieved] is Label.UNDECIDED:
                        ready.append(relieved)
    return labels


def entity_node(id: Id) -> FrameworkNode:
    """The node of a claim, figure, calculation or argument."""
    return FrameworkNode(FrameworkNodeKind.ENTITY, id)


def side_node(question: Id, side: str) -> FrameworkNode:
    """The node of one side of a question."""
    return FrameworkNode(FrameworkNodeKind.ENTITY, question, side)


def end_node(end: Node) -> FrameworkNode:
    """The node of one end of an argument."""
    return FrameworkNode(FrameworkNodeKind.ENTITY, end.id, end.side)


_Attackers = dict[FrameworkNode, set[FrameworkNode]]


def framework(knowledge: Knowledge, results: Mapping[Id, Result]) -> tuple[list[FrameworkNode], Attacks[FrameworkNode]]:
    """The map as a framework (Dung 1995, Def. 2): its nodes, and the attackers of each.

    ``results`` are those of the calculations; a calculation without a result is attacked by a node of its own.
    """
    attacks: _Attackers = defaultdict(set)
    for entities in (knowledge.claims, knowledge.figures, knowledge.calculations, knowledge.arguments):
        for id in entities:
            attacks[entity_node(id)] = set()
    _add_sides(knowledge, attacks)
    for argument in knowledge.arguments.values():
        _add_argument(argument, attacks)
    for claim in knowledge.claims.values():
        _add_claim(knowledge, claim, results, attacks)
    for id, result in results.items():
        if result.problem and entity_node(id) in attacks:
            no_result = FrameworkNode(FrameworkNodeKind.NO_RESULT, id)
            attacks[entity_node(id)].add(no_result)
            attacks[no_result] = set()
    attackers_by_node = {node: frozenset(attackers) for node, attackers in attacks.items()}
    return list(attackers_by_node), attackers_by_node


def _add_sides(knowledge: Knowledge, attacks: _Attackers) -> None:
    """Adds the sides of questions: a side needs an argument that stands, and the two sides exclude each other."""
    for question in knowledge.questions.values():
        yes, no = (side_node(question.id, side.key) for side in question.sides)
        for side, opposite in ((yes, no), (no, yes)):
            no_argument = side._replace(kind=FrameworkNodeKind.NO_ARGUMENT)
            attacks[side] = {opposite, no_argument}
            attacks[no_argument] = set()


def _add_argument(argument: Argument, attacks: _Attackers) -> None:
    """Adds an argument, which falls with any of its premises, and attacks or carries its conclusion."""
    for premise in map(end_node, argument.premises):
        negation = premise._replace(kind=FrameworkNodeKind.NOT)
        attacks[entity_node(argument.id)].add(negation)
        attacks[negation].add(premise)
        attacks[premise] |= set()
    conclusion = end_node(argument.conclusion)
    attacks[conclusion] |= set()
    # Support of a claim or an argument is no edge of the framework: it lends strength, and its lack refutes nothing.
    if argument.kind is ArgumentKind.ATTACKS:
        attacks[conclusion].add(entity_node(argument.id))
    elif argument.conclusion.kind is NodeKind.QUESTION:
        attacks[conclusion._replace(kind=FrameworkNodeKind.NO_ARGUMENT)].add(entity_node(argument.id))


def _add_claim(knowledge: Knowledge, claim: Claim, results: Mapping[Id, Result], attacks: _Attackers) -> None:
    """Adds what attacks a claim: the claims that it denies, and its condition where that fails."""
    node = entity_node(claim.id)
    # A denial holds both ways, whichever of the two claims records it.
    for denied in claim.denies:
        if denied in knowledge.claims and denied != claim.id:
            attacks[node].add(entity_node(denied))
            attacks[entity_node(denied)].add(node)
    if claim.holds_if and condition_holds(knowledge, claim.holds_if, results) is False:
        calculation = entity_node(claim.holds_if.calculation)
        failed, negation = (
            node._replace(kind=FrameworkNodeKind.FAILED_CONDITION),
            calculation._replace(kind=FrameworkNodeKind.NOT),
        )
        attacks[failed] = {negation}
        attacks[negation].add(calculation)
        attacks[node].add(failed)
