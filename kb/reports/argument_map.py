"""The argument map of a question: its graph, its drawing, and the same as a nested list."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.domain.entity import Argument, ArgumentKind, Condition, Figure, Node, NodeKind, Question
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reports.layout import GraphLayout, graph_layout, wrapped
from kb.reports.row import result_words, standing_label, strength_text, worst_verdict_words
from kb.reports.value import Arrow, Box, Branch, Drawing, Ref
from kb.reports.view import View
from kb.reports.words.conclusions import undecided_words
from kb.reports.words.references import count_words, node_ref, premise_ref, ref_of, said_ref, scope_words, shorten
from kb.reports.words.voices import speaker_words, with_stance

TESTS = "tests"
DENIES = "denies"


@dataclass(frozen=True, slots=True)
class Link:
    """An edge of the graph, from a premise to its argument or from an argument to its conclusion.

    ``kind`` is that of the argument. It is ``tests`` from a calculation to what it decides, and ``denies`` between two
    claims, from the one reached later to the one reached first.
    """

    tail: Node
    head: Node
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentGraph:
    """The nodes and links that lead to some roots.

    Attributes:
        nodes: The nodes, breadth first, the roots at the head; arguments are nodes as well.
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


def incoming_links(knowledge: Knowledge, node: Node) -> tuple[Link, ...]:
    """The links that end at ``node``; premises that are no longer recorded are left out."""
    if node.kind is NodeKind.ARGUMENT and (argument := knowledge.arguments.get(node.id)):
        premises = [
            Link(premise, node, str(argument.kind)) for premise in argument.premises if _is_known(knowledge, premise)
        ]
        return (*premises, *_argument_links(knowledge, node))
    return (*_argument_links(knowledge, node), *_test_links(knowledge, node), *_denial_links(knowledge, node))


def _argument_links(knowledge: Knowledge, node: Node) -> Iterable[Link]:
    for argument in arguments_to(knowledge, node):
        yield Link(Node(NodeKind.ARGUMENT, argument.id), node, str(argument.kind))


def _test_links(knowledge: Knowledge, node: Node) -> Iterable[Link]:
    condition = _condition(knowledge, node)
    if condition and condition.calculation in knowledge.calculations:
        yield Link(Node(NodeKind.CALCULATION, condition.calculation), node, TESTS)


def _condition(knowledge: Knowledge, node: Node) -> Condition | None:
    """The comparison that decides a claim or the side of a question; None for none."""
    claim, question = knowledge.claims.get(node.id), knowledge.questions.get(node.id)
    return claim.holds_if if claim else question.decided_by if question else None


def _denial_links(knowledge: Knowledge, node: Node) -> Iterable[Link]:
    for claim in knowledge.contradictions.get(node.id, ()):
        yield Link(Node(NodeKind.CLAIM, claim), node, DENIES)


def _is_known(knowledge: Knowledge, node: Node) -> bool:
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
            tail, far = link.tail, depth[head] + (link.tail.kind is NodeKind.ARGUMENT or link.kind == DENIES)
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


MOST_BOXES = 60
"""The most boxes of a whole map; of a larger one only nodes within two arguments of the question are drawn."""

MOST_DRAWN = 100
"""The most boxes of such a part, those nearest to the question first."""

_HOPS = 2
_WIDTH, _PITCH, _PAD = 224.0, 16.0, 12.0
_SIGNS = {"supports": "+", "attacks": "\u2212"}
_MARGIN = 8.0


def drawing(view: View, question: Question) -> Drawing | None:
    """The argument map of a question; None where it has no arguments, or where the layout failed or took too long."""
    roots = sides_of(question)
    graph = argument_graph(view.knowledge, roots)
    # The whole of a large map could not be read: a focus is drawn, and the rest is counted.
    shown = graph if len(graph.nodes) <= MOST_BOXES else argument_graph(view.knowledge, roots, _HOPS, MOST_DRAWN)
    if len(shown.nodes) == len(roots):
        return None
    return draw_graph(view, shown, roots, len(graph.nodes) - len(shown.nodes))


def draw_graph(view: View, shown: ArgumentGraph, roots: Sequence[Node], collapsed: int) -> Drawing | None:
    """A graph as boxes and arrows; None where the layout failed or took too long."""
    boxes = tuple(_box(view, node, shown.sides.get(node, ""), is_root=node in roots) for node in shown.nodes)
    place = {node: at for at, node in enumerate(shown.nodes)}
    edges = [(place[link.tail], place[link.head]) for link in shown.links]
    layout = graph_layout([(box.width, box.height) for box in boxes], edges, [place[root] for root in roots])
    if layout is None:
        return None
    return Drawing(
        width=round(layout.width + 2 * _MARGIN, 1),
        height=round(layout.height + 2 * _MARGIN, 1),
        boxes=tuple(_placed_box(box, layout, at) for at, box in enumerate(boxes)),
        arrows=tuple(_arrow(link, layout, at) for at, link in enumerate(shown.links)),
        collapsed=collapsed,
        text=_map_words(shown, collapsed),
    )


def _box(view: View, node: Node, side: str, *, is_root: bool) -> Box:
    """The box of a node, as large as its text needs, and not placed yet."""
    kind, lines, badge = _box_text(view, node, is_root=is_root)
    height = _PITCH * (len(lines) + bool(badge)) + _PAD
    named = node_ref(view.knowledge, node)
    return Box(
        id=_name(node, named),
        ref=named,
        kind=kind,
        side=side,
        x=0,
        y=0,
        width=_WIDTH,
        height=height,
        lines=lines,
        badge=badge,
        standing=_standing(view, node),
    )


def _name(node: Node, named: Ref) -> str:
    """The name of a box as an element of the page, unique on the map."""
    return "-".join((str(node.kind), named.slug.replace("/", "-"), *([node.side] if node.side else [])))


def _box_text(view: View, node: Node, *, is_root: bool) -> tuple[str, tuple[str, ...], str]:
    """The kind, the lines and the badge of a node's box."""
    knowledge = view.knowledge
    text = node_ref(knowledge, node).text
    match node.kind:
        case NodeKind.ARGUMENT:
            kind = str(knowledge.arguments[node.id].kind)
            return kind, wrapped(f"{_SIGNS[kind]} {text}"), ""
        case NodeKind.CALCULATION:
            result = result_words(view.knowledge, view.analysis.results.get(node.id))
            result_text = result if result.startswith("≈") else f"= {result}"
            lines = (*wrapped(text, most=3), *wrapped(result_text if result else "could not be computed", most=6))
            return str(node.kind), lines, worst_verdict_words(view.findings_of_calculation.get(node.id, ()))
        case NodeKind.FIGURE:
            # A bare amount says nothing to a reader: the box also says what is measured, and for what.
            figure = knowledge.figures[node.id]
            measure = ref_of(knowledge, figure.measure).text
            lines = (
                *wrapped(text, most=2),
                *wrapped(measure, most=2),
                *wrapped(_voice_and_scope(view, figure), most=2),
            )
            return str(node.kind), lines, worst_verdict_words(view.findings_on.get(node.id, ()))
        case NodeKind.QUESTION:
            standing = view.analysis.standings.of(node.id, node.side)
            return (
                str(node.kind),
                wrapped(f"{node.side}: {text}" if is_root else premise_ref(knowledge, node).text),
                f"{standing_label(standing)} {strength_text(standing)}".strip(),
            )
        case NodeKind.CLAIM:
            standing = view.analysis.standings.of(node.id)
            claim = knowledge.claims[node.id]
            voice = with_stance(speaker_words(claim.voice), claim.stance)
            badge = f"{standing_label(standing)} {strength_text(standing)}".strip()
            lines = (*wrapped(text), *wrapped(voice, most=2), *wrapped(_undecided(view, node), most=3))
            return str(node.kind), lines, badge


def _undecided(view: View, node: Node) -> str:
    """That the numbers do not decide a claim; empty for all other nodes."""
    claim = view.knowledge.claims.get(node.id)
    return undecided_words(view.knowledge, view.analysis.results, claim) if claim else ""


def _voice_and_scope(view: View, figure: Figure) -> str:
    scope = scope_words(view.knowledge, figure)
    return ", ".join(filter(None, (speaker_words(figure.voice), scope)))


def _standing(view: View, node: Node) -> str:
    standings = view.analysis.standings
    return standing_label(standings.of(node.id, node.side))


def _placed_box(box: Box, layout: GraphLayout, at: int) -> Box:
    x, y = layout.centres[at]
    left, top = x - box.width / 2 + _MARGIN, layout.height - y - box.height / 2 + _MARGIN
    return Box(
        id=box.id, ref=box.ref, kind=box.kind, side=box.side, x=round(left, 1), y=round(top, 1),
        width=box.width, height=box.height, lines=box.lines, badge=box.badge, standing=box.standing,
    )  # fmt: skip


def _arrow(link: Link, layout: GraphLayout, at: int) -> Arrow:
    points, tip = layout.curves[at]
    drawn_points = [_flipped(layout, point) for point in points]
    into_junction = link.head.kind is NodeKind.ARGUMENT and link.tail.kind is not NodeKind.ARGUMENT
    end = _flipped(layout, tip) if tip else None
    path = _path(drawn_points, end if into_junction else None)
    head = "" if into_junction or end is None else _head(drawn_points[-1], end)
    middle = drawn_points[len(drawn_points) // 2]
    text = {TESTS: "decides", DENIES: "denies"}.get(link.kind, "")
    return Arrow(path=path, head=head, kind=link.kind, text=text, label_x=middle[0], label_y=middle[1] - 4)


def _flipped(layout: GraphLayout, point: tuple[float, float]) -> tuple[float, float]:
    """A point of the layout, whose y grows upwards, in the drawing, whose y grows downwards."""
    return round(point[0] + _MARGIN, 1), round(layout.height - point[1] + _MARGIN, 1)


def _path(points: Sequence[tuple[float, float]], end: tuple[float, float] | None) -> str:
    first, *rest = (f"{x:g},{y:g}" for x, y in points)
    line = f" L{end[0]:g},{end[1]:g}" if end else ""
    return f"M{first} C{' '.join(rest)}{line}"


def _head(neck: tuple[float, float], tip: tuple[float, float]) -> str:
    """The three points of an arrow's head from ``neck`` to ``tip``, 0.8 times as wide as it is long."""
    along = (tip[0] - neck[0], tip[1] - neck[1])
    left = (neck[0] - along[1] * 0.4, neck[1] + along[0] * 0.4)
    right = (neck[0] + along[1] * 0.4, neck[1] - along[0] * 0.4)
    return " ".join(f"{round(x, 1):g},{round(y, 1):g}" for x, y in (tip, left, right))


def _map_words(shown: ArgumentGraph, collapsed: int) -> str:
    """The map in a sentence for readers who do not see it; the outline has the details."""
    number = {kind: len(shown.ids(kind)) for kind in NodeKind}
    text = (
        f"Argument map with {count_words(number[NodeKind.CLAIM], 'claim')}, "
        f"{count_words(number[NodeKind.ARGUMENT], 'argument')}, {count_words(number[NodeKind.FIGURE], 'figure')} and "
        f"{count_words(number[NodeKind.CALCULATION], 'calculation')}."
    )
    return f"{text} {count_words(collapsed, 'further box', 'further boxes')} not drawn." if collapsed else text


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
        condition="" if again else _undecided(view, node),
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
    if condition := _condition(knowledge, node):
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
        # An argument with one premise and no words of its own, neither attacked nor backed, gives way to that premise.
        plain = len(argument.premises) == 1 and not argument.text and not arguments_to(view.knowledge, own)
        branches.append(_branch(view, argument.premises[0] if plain else own, role, seen, depth))
    return branches


_ROLES: Mapping[tuple[str, bool], str] = {("attacks", True): "undercuts", ("supports", True): "backs"}
