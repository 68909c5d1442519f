"""The grounded labelling of the argument map (Dung 1995), and whether the conditions of claims hold.

The map becomes a framework of nodes that attack each other; ``docs/semantics.md`` has the mapping as a table.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum

from kb.domain.entity import Argument, ArgumentKind, Claim, Node, NodeKind
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.arithmetic import subtract
from kb.reasoning.calculation.interval_evaluation import truth
from kb.reasoning.calculation.result import Outcome, Result
from kb.reasoning.comparison.tolerance import scaled


class Label(StrEnum):
    """The labels of grounded semantics (Dung 1995, Def. 20; Caminada's labels)."""

    IN = "IN"
    OUT = "OUT"
    UNDECIDED = "UNDECIDED"


Attacks = Mapping[str, frozenset[str]]
"""The attackers of each node of a framework."""


def grounded(nodes: Iterable[str], attacks: Attacks) -> dict[str, Label]:
    """The grounded labelling of ``nodes``: IN if all attackers are OUT, OUT if one is IN, else UNDECIDED.

    Takes time linear in the number of attacks.

    >>> grounded(["a", "b", "c"], {"b": frozenset({"a"}), "c": frozenset({"b"})})["c"]
    <Label.IN: 'IN'>
    """
    nodes = list(dict.fromkeys(nodes))
    labels = dict.fromkeys(nodes, Label.UNDECIDED)
    open_attacks = {node: len(attacks.get(node, ())) for node in nodes}
    attacked_by: dict[str, list[str]] = defaultdict(list)
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


def node_key(node: Node) -> str:
    """The framework's name of one end of an argument."""
    return side_key(node.id, node.side) if node.kind is NodeKind.QUESTION else node.id


def side_key(question: Id, side: str) -> str:
    """The framework's name of one side of a question."""
    return f"{question}#{side}"


def framework(knowledge: Knowledge, results: Mapping[Id, Result]) -> tuple[list[str], Attacks]:
    """The map as a framework (Dung 1995, Def. 2): its nodes, and the attackers of each.

    ``results`` are those of the calculations; a calculation without a result is attacked by a node of its own.
    """
    attacks: dict[str, set[str]] = defaultdict(set)
    for entities in (knowledge.claims, knowledge.figures, knowledge.calculations, knowledge.arguments):
        for id in entities:
            attacks[id] = set()
    _add_sides(knowledge, attacks)
    for argument in knowledge.arguments.values():
        _add_argument(argument, attacks)
    for claim in knowledge.claims.values():
        _add_claim(knowledge, claim, results, attacks)
    for id, result in results.items():
        if result.problem and id in attacks:
            attacks[id].add(f"no result of {id}")
            attacks[f"no result of {id}"] = set()
    attackers_by_node = {node: frozenset(attackers) for node, attackers in attacks.items()}
    return list(attackers_by_node), attackers_by_node


def _add_sides(knowledge: Knowledge, attacks: dict[str, set[str]]) -> None:
    """Adds the sides of questions: a side needs an argument that stands, and the two sides exclude each other."""
    for question in knowledge.questions.values():
        yes, no = (side_key(question.id, side.key) for side in question.sides)
        for side, opposite in ((yes, no), (no, yes)):
            attacks[side] = {opposite, f"nothing for {side}"}
            attacks[f"nothing for {side}"] = set()


def _add_argument(argument: Argument, attacks: dict[str, set[str]]) -> None:
    """Adds an argument, which falls with any of its premises, and attacks or carries its conclusion."""
    for premise in argument.premises:
        negation = f"not {node_key(premise)}"
        attacks[argument.id].add(negation)
        attacks[negation].add(node_key(premise))
        attacks[node_key(premise)] |= set()
    conclusion = node_key(argument.conclusion)
    attacks[conclusion] |= set()
    # Support of a claim or an argument is no edge of the framework: it lends strength, and its lack refutes nothing.
    if argument.kind is ArgumentKind.ATTACKS:
        attacks[conclusion].add(argument.id)
    elif argument.conclusion.kind is NodeKind.QUESTION:
        attacks[f"nothing for {conclusion}"].add(argument.id)


def _add_claim(knowledge: Knowledge, claim: Claim, results: Mapping[Id, Result], attacks: dict[str, set[str]]) -> None:
    """Adds what attacks a claim: the claims that it denies, and its condition where that fails."""
    # A denial holds both ways, whichever of the two claims records it.
    for denied in claim.denies:
        if denied in knowledge.claims and denied != claim.id:
            attacks[claim.id].add(denied)
            attacks[denied].add(claim.id)
    if condition_holds(knowledge, claim, results) is False and claim.holds_if:
        failing = f"condition of {claim.id} fails"
        attacks[failing] = {f"not {claim.holds_if.calculation}"}
        attacks[f"not {claim.holds_if.calculation}"].add(claim.holds_if.calculation)
        attacks[claim.id].add(failing)


def condition_holds(knowledge: Knowledge, claim: Claim, results: Mapping[Id, Result]) -> bool | None:
    """Whether the claim's condition holds for every outcome (True) or fails for every one (False); else None."""
    distinct_truths = set(condition_truths(knowledge, claim, results))
    return distinct_truths.pop() if len(distinct_truths) == 1 else None


def condition_truths(knowledge: Knowledge, claim: Claim, results: Mapping[Id, Result]) -> tuple[bool | None, ...]:
    """Whether the condition holds for each outcome; None for one where only some of its values meet the condition.

    Empty where the claim has no condition or its calculation has no result.
    """
    condition = claim.holds_if
    result = results.get(condition.calculation) if condition else None
    if condition is None or result is None or result.problem:
        return ()
    limit = scaled(condition.limit.stated, knowledge.unit(condition.limit.unit).factor)
    return tuple(_outcome_holds(knowledge, outcome, condition.sign, limit) for outcome in result.outcomes)


def _outcome_holds(knowledge: Knowledge, outcome: Outcome, sign: str, limit: Interval) -> bool | None:
    """Whether the condition holds on the whole allowed interval: what a bound leaves open stays open."""
    value = scaled(outcome.allowed, knowledge.unit(outcome.unit).factor)
    return truth(sign, subtract(value, limit))
