"""What does an argument map say to those who do not see it? The same, as a nested list."""

from collections.abc import Mapping

from kb.domain.entity import Argument, Node, NodeKind, Question
from kb.reports.naming import figure_words, node_ref, shorten
from kb.reports.row import label, result_words, strength
from kb.reports.value import Branch, Ref
from kb.reports.view import View
from kb.reports.walk import arguments_to, sides_of

_DEEPEST = 30


def outline(view: View, question: Question) -> tuple[Branch, ...]:
    """The map as a nested list, one branch for each side. What stood further up is named, not opened again."""
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
    standing = standings.sides.get((node.id, node.side)) if node.side else standings.of.get(node.id)
    text = _branch_text(view, node, named)
    if again:
        text = f"{shorten(text, 80)} (shown above)"
    return Branch(role, named, str(node.kind), text, label(standing), strength(standing), children)


def _branch_text(view: View, node: Node, named: Ref) -> str:
    knowledge = view.knowledge
    match node.kind:
        case NodeKind.FIGURE:
            figure = knowledge.figures.get(node.id)
            return figure_words(view.knowledge, figure) if figure else named.text
        case NodeKind.CALCULATION:
            result = result_words(view.analysis.results.get(node.id))
            return f"{named.text}: {result}" if result else named.text
        case NodeKind.ARGUMENT:
            argument = knowledge.arguments.get(node.id)
            return _because(argument) if argument else named.text
        case _:
            return named.text


def _because(argument: Argument) -> str:
    joint = len(argument.premises) > 1
    return argument.text or ("Because of these, taken together:" if joint else "Because of this:")


def _children(view: View, node: Node, seen: set[Node], depth: int) -> list[Branch]:
    """What bears on ``node``. An argument with one premise, and nothing said about it, gives way to that premise."""
    knowledge = view.knowledge
    if node.kind is NodeKind.ARGUMENT:
        argument = knowledge.arguments.get(node.id)
        premises = argument.premises if argument else ()
        told = [_branch(view, premise, "premise", seen, depth) for premise in premises]
        return told + _arguments(view, node, seen, depth)
    branches = _arguments(view, node, seen, depth)
    claim = knowledge.claims.get(node.id)
    if claim and claim.holds_if:
        test = Node(NodeKind.CALCULATION, claim.holds_if.calculation)
        branches.append(_branch(view, test, "decided by", seen, depth))
    return branches + _denials(view, node, seen, depth)


def _denials(view: View, node: Node, seen: set[Node], depth: int) -> list[Branch]:
    """Claims that contradict this one; a denial holds both ways and is told where it is met first."""
    others = (Node(NodeKind.CLAIM, id) for id in view.knowledge.denied.get(node.id, ()))
    return [_branch(view, other, "denied by", seen, depth) for other in others if other not in seen]


def _arguments(view: View, node: Node, seen: set[Node], depth: int) -> list[Branch]:
    branches = []
    for argument in arguments_to(view.knowledge, node):
        own = Node(NodeKind.ARGUMENT, argument.id)
        role = _ROLES.get((str(argument.kind), node.kind is NodeKind.ARGUMENT), str(argument.kind))
        plain = len(argument.premises) == 1 and not argument.text and not arguments_to(view.knowledge, own)
        branches.append(_branch(view, argument.premises[0] if plain else own, role, seen, depth))
    return branches


_ROLES: Mapping[tuple[str, bool], str] = {("attacks", True): "undercuts", ("supports", True): "backs"}
