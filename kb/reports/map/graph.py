"""The arguments of a question as a graph: what leads to its sides, and the whole of what a map can show."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kb.domain.entity import Argument, ArgumentKind, Calculation, Condition, InputKind, Node, NodeKind, Question
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reports.view import View

TESTS = "tests"
DENIES = "denies"


@dataclass(frozen=True, slots=True)
class Link:
    """An edge of the graph: from an argument to its conclusion, or from a premise to the one or the other.

    ``kind`` is that of the argument. It is ``tests`` from a calculation to what it decides, and ``denies`` between two
    claims, from the one reached later to the one reached first. ``joins`` says that a premise leads to its argument.
    ``argument`` is the argument that it stands for; None where it stands for none.
    """

    tail: Node
    head: Node
    kind: str
    joins: bool = False
    argument: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentGraph:
    """The nodes and links that lead to some roots.

    Attributes:
        nodes: The nodes, breadth first, the roots at the head; arguments that say more than one premise are among them.
        links: The links in the order in which they were reached; both ends are in ``nodes``.
        sides: For each node, the key of the side from which it was reached first; empty where the root is no side.
        hops: For each node, the number of arguments between it and a root.
        left_out: The number of nodes beyond the limits.
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    sides: Mapping[Node, str]
    hops: Mapping[Node, int]
    left_out: int

    def ids(self, kind: NodeKind) -> tuple[Id, ...]:
        """Ids of the nodes of one kind, in their order."""
        return tuple(node.id for node in self.nodes if node.kind is kind)


def sides_of(question: Question) -> tuple[Node, ...]:
    """The two sides of a question as nodes."""
    return tuple(Node(NodeKind.QUESTION, question.id, side.key) for side in question.sides)


def arguments_to(knowledge: Knowledge, node: Node) -> tuple[Argument, ...]:
    """The arguments whose conclusion is ``node``: supports, then attacks, each in the order recorded."""
    arguments = (argument for argument in knowledge.arguments_to.get(node.id, ()) if argument.conclusion == node)
    return tuple(sorted(arguments, key=lambda argument: argument.kind is ArgumentKind.ATTACKS))


def is_plain(knowledge: Knowledge, argument: Argument) -> bool:
    """Whether an argument says no more than its premise, which then stands in its place.

    It has one premise and no words of its own, and is neither attacked nor backed.
    """
    own = Node(NodeKind.ARGUMENT, argument.id)
    return len(argument.premises) == 1 and not argument.text and not arguments_to(knowledge, own)


def incoming_links(knowledge: Knowledge, node: Node) -> tuple[Link, ...]:
    """The links that end at ``node``; premises that are no longer recorded are left out."""
    return tuple(link for link in recorded_links(knowledge, node) if is_recorded(knowledge, link.tail))


def recorded_links(knowledge: Knowledge, node: Node) -> tuple[Link, ...]:
    """The links that end at ``node``, also those from something that was retracted since."""
    if node.kind is NodeKind.ARGUMENT and (argument := knowledge.arguments.get(node.id)):
        premises = [
            Link(premise, node, str(argument.kind), joins=True, argument=argument.id) for premise in argument.premises
        ]
        return (*premises, *_argument_links(knowledge, node))
    return (*_argument_links(knowledge, node), *_test_links(knowledge, node), *_denial_links(knowledge, node))


def _argument_links(knowledge: Knowledge, node: Node) -> Iterable[Link]:
    for argument in arguments_to(knowledge, node):
        if not is_plain(knowledge, argument):
            yield Link(Node(NodeKind.ARGUMENT, argument.id), node, str(argument.kind), argument=argument.id)
        else:
            yield Link(argument.premises[0], node, str(argument.kind), argument=argument.id)


def _test_links(knowledge: Knowledge, node: Node) -> Iterable[Link]:
    condition = condition_of(knowledge, node)
    if condition:
        yield Link(Node(NodeKind.CALCULATION, condition.calculation), node, TESTS)


def condition_of(knowledge: Knowledge, node: Node) -> Condition | None:
    """The comparison that decides a claim or the side of a question; None for none."""
    claim, question = knowledge.claims.get(node.id), knowledge.questions.get(node.id)
    return claim.holds_if if claim else question.decided_by if question else None


def _denial_links(knowledge: Knowledge, node: Node) -> Iterable[Link]:
    for claim in knowledge.contradictions.get(node.id, ()):
        yield Link(Node(NodeKind.CLAIM, claim), node, DENIES)


def is_recorded(knowledge: Knowledge, node: Node) -> bool:
    """Whether something is recorded, and was not retracted since."""
    return node.id in knowledge.by_id


def argument_graph(
    knowledge: Knowledge, roots: Sequence[Node], hops: int | None = None, most: int | None = None
) -> ArgumentGraph:
    """The graph of all that leads to ``roots``, breadth first, each node once; a cycle ends where it closes.

    Args:
        knowledge: The entities of this moment.
        roots: The nodes to begin with.
        hops: The most arguments between a node and a root; None for no limit.
        most: The most nodes; None for no limit.
    """
    sides = {node: node.side for node in roots}
    depth = dict.fromkeys(roots, 0)
    links: dict[Link, None] = {}
    beyond: set[Node] = set()
    waiting = deque(roots)
    while waiting:
        head = waiting.popleft()
        for link in incoming_links(knowledge, head):
            tail, far = link.tail, depth[head] + (not link.joins and link.kind != TESTS)
            # A denial holds in both directions and is drawn once.
            if link.kind == DENIES and Link(head, tail, DENIES) in links:
                continue
            if tail not in depth:
                if (hops is not None and far > hops) or (most is not None and len(depth) >= most):
                    beyond.add(tail)
                    continue
                depth[tail], sides[tail] = far, sides[head]
                waiting.append(tail)
            links[link] = None
    return ArgumentGraph(nodes=tuple(depth), links=tuple(links), sides=sides, hops=depth, left_out=len(beyond))


SIDE = "side"
ENTERS = "enters"

STEPS = "."
"""The part of a calculation that is its working."""

WHOLE = "?"
"""The part of a question that is the question itself, beside its sides."""


@dataclass(frozen=True, slots=True)
class MapNode:
    """Something that a map shows: the question, one of its sides, what leads there, or a ``part`` of a calculation.

    Such a part is an input that is nobody's figure, by its name, or the working. The question is a part as well, since
    other things rest on one side of it.
    """

    node: Node
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLink:
    """An edge of the map, towards the question.

    ``kind`` is that of a ``Link``, ``side`` from a side to the question, or ``enters`` from an input of a calculation.
    """

    tail: MapNode
    head: MapNode
    kind: str
    joins: bool = False
    argument: Id | None = None


@dataclass(frozen=True, kw_only=True)
class MapGraph:
    """All that the map of a question can show.

    Attributes:
        question: The question.
        parents: By each node, breadth first, the node from which it is reached first; the question itself by itself.
        children: By each node, the links that end there, as recorded.
        keys: By each node, its name in addresses.
        aliases: By the name of an argument that says no more than its premise, that premise.
        since: By the name of a node, what became of it since an earlier moment; empty where none is compared.
    """

    question: Question
    parents: Mapping[MapNode, MapNode]
    children: Mapping[MapNode, tuple[MapLink, ...]]
    keys: Mapping[MapNode, str]
    aliases: Mapping[str, MapNode]
    since: Mapping[str, str] = field(default_factory=dict)

    @property
    def root(self) -> MapNode:
        """The question."""
        return _root(self.question)

    @property
    def nodes(self) -> tuple[MapNode, ...]:
        """All nodes, the nearest to the question first."""
        return tuple(self.parents)

    @cached_property
    def by_key(self) -> Mapping[str, MapNode]:
        """Each node by its name in addresses."""
        return {**self.aliases, **{key: node for node, key in self.keys.items()}}

    @cached_property
    def links(self) -> tuple[MapLink, ...]:
        """All links."""
        return tuple(link for links in self.children.values() for link in links)

    @cached_property
    def links_from(self) -> Mapping[MapNode, tuple[MapLink, ...]]:
        """By each node, the links that begin there."""
        found: dict[MapNode, list[MapLink]] = {node: [] for node in self.parents}
        for link in self.links:
            found[link.tail].append(link)
        return {node: tuple(links) for node, links in found.items()}

    def path(self, node: MapNode) -> tuple[MapNode, ...]:
        """The shortest way from ``node`` to the question, both included."""
        way = [node]
        while self.parents[way[-1]] != way[-1]:
            way.append(self.parents[way[-1]])
        return tuple(way)


@dataclass(frozen=True, slots=True)
class Since:
    """What is known at two moments together, and by the name of a card what became of it: added, gone or changed."""

    knowledge: Knowledge
    marks: Mapping[str, str]

    @classmethod
    def of(cls, earlier: View, later: View, marks: Mapping[str, str]) -> "Since":
        """What was known at the one or the other moment; of what was known at both, the later words."""
        before, now = earlier.knowledge, later.knowledge
        together = replace(
            now,
            figures={**before.figures, **now.figures},
            claims={**before.claims, **now.claims},
            arguments={**before.arguments, **now.arguments},
            calculations={**before.calculations, **now.calculations},
        )
        return cls(together, marks)


def map_graph(knowledge: Knowledge, question: Question, since: Since | None = None) -> MapGraph:
    """The graph of ``question``; a cycle ends where it closes, and what was retracted leads no further.

    With ``since``, what went since an earlier moment is on it as well.
    """
    if since:
        return replace(map_graph(since.knowledge, question), since=since.marks)
    root = _root(question)
    parents = {root: root}
    children: dict[MapNode, tuple[MapLink, ...]] = {}
    denied: set[frozenset[MapNode]] = set()
    waiting = deque([root])
    while waiting:
        head = waiting.popleft()
        links = []
        for link in dict.fromkeys(_map_links(knowledge, question, head)):
            # A denial holds in both directions and is drawn once.
            if link.kind == DENIES:
                pair = frozenset((link.tail, link.head))
                if pair in denied:
                    continue
                denied.add(pair)
            links.append(link)
            if link.tail not in parents:
                parents[link.tail] = head
                waiting.append(link.tail)
        children[head] = tuple(links)
    keys = {node: _key(knowledge, question, node) for node in parents}
    aliases = {
        _key(knowledge, question, MapNode(Node(NodeKind.ARGUMENT, link.argument))): link.tail
        for links in children.values()
        for link in links
        if link.argument and not link.joins and link.tail.node.id != link.argument
    }
    return MapGraph(question=question, parents=parents, children=children, keys=keys, aliases=aliases)


def _root(question: Question) -> MapNode:
    return MapNode(sides_of(question)[0], WHOLE)


def _map_links(knowledge: Knowledge, question: Question, head: MapNode) -> Iterator[MapLink]:
    node = head.node
    if head.part == WHOLE:
        yield from (MapLink(tail=MapNode(side), head=head, kind=SIDE) for side in sides_of(question))
    if head.part or not is_recorded(knowledge, node):
        return
    for link in recorded_links(knowledge, node):
        yield MapLink(tail=MapNode(link.tail), head=head, kind=link.kind, joins=link.joins, argument=link.argument)
    if calculation := knowledge.calculations.get(node.id):
        yield from _input_links(calculation, head)


def _input_links(calculation: Calculation, head: MapNode) -> Iterator[MapLink]:
    """What a calculation takes, each thing once, and then its working."""
    tails = dict.fromkeys(
        MapNode(Node(_ENTERING[entry.kind], entry.ref))
        if entry.kind in _ENTERING and entry.ref
        else MapNode(head.node, entry.name)
        for entry in calculation.inputs
    )
    for tail in (*tails, MapNode(head.node, STEPS)):
        yield MapLink(tail=tail, head=head, kind=ENTERS)


_ENTERING = {InputKind.FIGURE: NodeKind.FIGURE, InputKind.CALCULATION: NodeKind.CALCULATION}
"""The inputs that have a card of their own wherever they are used."""

_KEY_KINDS = {
    NodeKind.CLAIM: "claim",
    NodeKind.FIGURE: "figure",
    NodeKind.CALCULATION: "calc",
    NodeKind.ARGUMENT: "arg",
    NodeKind.QUESTION: "question",
}


def _key(knowledge: Knowledge, question: Question, shown: MapNode) -> str:
    """The name of a node in addresses: ``yes``, ``claim:deck/margin``, ``calc:margin:fee`` for an input."""
    node = shown.node
    if node.id == question.id:
        return "question" if shown.part else node.side
    entity = knowledge.by_id.get(node.id)
    # What was retracted has lost its name.
    name = getattr(entity, "slug", "") or node.id
    return ":".join(filter(None, (_KEY_KINDS[node.kind], name, node.side, shown.part)))
