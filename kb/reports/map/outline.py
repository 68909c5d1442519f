"""The whole map as a nested list, for reports."""

from collections.abc import Mapping
from dataclasses import replace

from kb.domain.entity import Node, NodeKind, Question
from kb.reports.map.graph import arguments_to, condition_of, is_plain, sides_of
from kb.reports.row import result_words, standing_label, strength_text
from kb.reports.value import Branch, Ref
from kb.reports.view import View
from kb.reports.words.conclusions import undecided_words
from kb.reports.words.references import node_ref, premise_ref, said_ref, shorten

# The outline is made by recursion, and a chain of a thousand claims must have one as well.
_DEEPEST = 30


def outline(view: View, question: Question) -> tuple[Branch, ...]:
    """The map as a nested list, one branch for each side; a node that was shown above is only named."""
    seen: set[Node] = set()
    return tuple(_branch(view, node, "side", seen, 0) for node in sides_of(question))


def _branch(view: View, node: Node, role: str, seen: set[Node], depth: int) -> Branch:
    named = node_ref(view.knowledge, node)
    again = node in seen
    seen.add(node)
    children: tuple[Branch, ...] = ()
    if not again and depth < _DEEPEST:
        children = tuple(_children(view, node, seen, depth + 1))
    standings = view.analysis.standings
    standing = standings.of(node.id, node.side)
    # The page is about the question of its sides; the side of another, as a premise, is named with its question.
    text = premise_ref(view.knowledge, node).text if node.side and role != "side" else _branch_text(view, node, named)
    if again:
        text = f"{shorten(text, 80)} (shown above)"
    return Branch(
        role=role,
        ref=named,
        kind=str(node.kind),
        text=text,
        standing=standing_label(standing),
        strength=strength_text(standing),
        children=children,
        condition="" if again else undecided(view, node),
    )


def _branch_text(view: View, node: Node, named: Ref) -> str:
    knowledge = view.knowledge
    match node.kind:
        case NodeKind.CALCULATION:
            result = result_words(view.knowledge, view.analysis.results.get(node.id))
            return f"{named.text}: {result}" if result else named.text
        case NodeKind.FIGURE | NodeKind.ARGUMENT | NodeKind.CLAIM:
            return said_ref(knowledge, node.id).text
        case NodeKind.QUESTION:
            return named.text


def _children(view: View, node: Node, seen: set[Node], depth: int) -> list[Branch]:
    """The branches under ``node``: arguments, then the calculation that decides it, then claims that deny it."""
    knowledge = view.knowledge
    if node.kind is NodeKind.ARGUMENT:
        argument = knowledge.arguments.get(node.id)
        premises = argument.premises if argument else ()
        premise_branches = [_branch(view, premise, "premise", seen, depth) for premise in premises]
        return premise_branches + _arguments(view, node, seen, depth)
    branches = _arguments(view, node, seen, depth)
    if condition := condition_of(knowledge, node):
        test = Node(NodeKind.CALCULATION, condition.calculation)
        branches.append(_branch(view, test, "decided by", seen, depth))
    return branches + _denials(view, node, seen, depth)


def _denials(view: View, node: Node, seen: set[Node], depth: int) -> list[Branch]:
    """The branches of claims that contradict this one; a denial holds in both directions and is shown once."""
    claims = (Node(NodeKind.CLAIM, id) for id in view.knowledge.contradictions.get(node.id, ()))
    return [_branch(view, claim, "denied by", seen, depth) for claim in claims if claim not in seen]


def _arguments(view: View, node: Node, seen: set[Node], depth: int) -> list[Branch]:
    branches = []
    for argument in arguments_to(view.knowledge, node):
        own = Node(NodeKind.ARGUMENT, argument.id)
        role = _ROLES.get((str(argument.kind), node.kind is NodeKind.ARGUMENT), str(argument.kind))
        plain = is_plain(view.knowledge, argument)
        branch = _branch(view, argument.premises[0] if plain else own, role, seen, depth)
        branches.append(replace(branch, argument=node_ref(view.knowledge, own)) if plain else branch)
    return branches


_ROLES: Mapping[tuple[str, bool], str] = {("attacks", True): "undercuts", ("supports", True): "backs"}


def undecided(view: View, node: Node) -> str:
    """That the numbers do not decide a claim; empty for all other nodes."""
    claim = view.knowledge.claims.get(node.id)
    return undecided_words(view.knowledge, view.analysis.results, claim) if claim else ""
