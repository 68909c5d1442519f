"""What bears on a question? A walk from its sides against the arguments, down to figures and calculations."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.domain.entity import Argument, ArgumentKind, Node, NodeKind, Question
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge

TESTS = "tests"
DENIES = "denies"


@dataclass(frozen=True, slots=True)
class Link:
    """An edge from what bears to what is borne on.

    ``kind`` is that of the argument, for its premises as for its conclusion; ``tests`` from a calculation to the claim
    that it decides; ``denies`` between two claims, from the one met later to the one met first.
    """

    tail: Node
    head: Node
    kind: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything that was met on a walk.

    Attributes:
        nodes: In the order met, breadth first, the roots at the head; arguments are nodes too.
        links: In the order met; both ends are in ``nodes``.
        sides: For each node, the key of the side whose walk met it first; empty where the root is no side.
        hops: For each node, how many arguments lie between it and a root.
        left_out: How many nodes were met beyond the limits.
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    sides: Mapping[Node, str]
    hops: Mapping[Node, int]
    left_out: int

    def ids(self, kind: NodeKind) -> tuple[Id, ...]:
        """Ids of the nodes of one kind, in the order met."""
        return tuple(node.id for node in self.nodes if node.kind is kind)


def sides_of(question: Question) -> tuple[Node, ...]:
    """The two sides of a question as ends of arguments."""
    return tuple(Node(NodeKind.QUESTION, question.id, side.key) for side in question.sides)


def arguments_to(knowledge: Knowledge, node: Node) -> tuple[Argument, ...]:
    """Arguments whose conclusion is ``node``: supports before attacks, else in the order told."""
    found = (argument for argument in knowledge.arguments_to.get(node.id, ()) if argument.conclusion == node)
    return tuple(sorted(found, key=lambda argument: argument.kind is ArgumentKind.ATTACKS))


def bearing_on(knowledge: Knowledge, node: Node) -> tuple[Link, ...]:
    """The links that end at ``node``."""
    if node.kind is NodeKind.ARGUMENT and (argument := knowledge.arguments.get(node.id)):
        premises = [
            Link(premise, node, str(argument.kind)) for premise in argument.premises if _told(knowledge, premise)
        ]
        return (*premises, *_concluding(knowledge, node))
    return (*_concluding(knowledge, node), *_testing(knowledge, node), *_denying(knowledge, node))


def _concluding(knowledge: Knowledge, node: Node) -> Iterable[Link]:
    for argument in arguments_to(knowledge, node):
        yield Link(Node(NodeKind.ARGUMENT, argument.id), node, str(argument.kind))


def _testing(knowledge: Knowledge, node: Node) -> Iterable[Link]:
    claim = knowledge.claims.get(node.id)
    if claim and claim.holds_if and claim.holds_if.calculation in knowledge.calculations:
        yield Link(Node(NodeKind.CALCULATION, claim.holds_if.calculation), node, TESTS)


def _denying(knowledge: Knowledge, node: Node) -> Iterable[Link]:
    for other in knowledge.denied.get(node.id, ()):
        yield Link(Node(NodeKind.CLAIM, other), node, DENIES)


def _told(knowledge: Knowledge, node: Node) -> bool:
    return node.id in knowledge.by_id


def reach(knowledge: Knowledge, roots: Sequence[Node], hops: int | None = None, most: int | None = None) -> Reach:
    """Everything that bears on ``roots``, breadth first, each node once; a cycle ends where it closes.

    Args:
        knowledge: Where the arguments are.
        roots: Where the walk begins.
        hops: How many arguments deep to go; None for as deep as there are any.
        most: How many nodes to take at most; None for all.
    """
    sides = {node: node.side for node in roots}
    depth = dict.fromkeys(roots, 0)
    links: dict[Link, None] = {}
    beyond: set[Node] = set()
    waiting = deque(roots)
    while waiting:
        head = waiting.popleft()
        for link in bearing_on(knowledge, head):
            tail, far = link.tail, depth[head] + (link.tail.kind is NodeKind.ARGUMENT or link.kind == DENIES)
            if link.kind == DENIES and Link(head, tail, DENIES) in links:
                continue
            if tail not in depth:
                if (hops is not None and far > hops) or (most is not None and len(depth) >= most):
                    beyond.add(tail)
                    continue
                depth[tail], sides[tail] = far, sides[head]
                waiting.append(tail)
            links[link] = None
    return Reach(tuple(depth), tuple(links), sides, depth, len(beyond))
