"""The argument map of a question: its graph, its drawing, and the same as a nested list."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.domain.entity import Argument, ArgumentKind, Condition, Node, NodeKind, Question
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reports.layout import BOX_EMS, Edge, tree_layout, wrapped
from kb.reports.row import result_words, standing_label, strength_text, worst_verdict_words
from kb.reports.value import Arrow, Box, Branch, Drawing, LegendEntry, Ref
from kb.reports.view import View
from kb.reports.words.conclusions import undecided_words
from kb.reports.words.references import (
    capitalized,
    count_words,
    node_ref,
    premise_ref,
    ref_of,
    said_ref,
    scope_words,
    shorten,
)
from kb.reports.words.standings import STANDINGS
from kb.reports.words.verdicts import VERDICTS
from kb.reports.words.voices import cardinal, speaker_words, with_stance

TESTS = "tests"
DENIES = "denies"


@dataclass(frozen=True, slots=True)
class Link:
    """An edge of the graph: from an argument to its conclusion, or from a premise to the one or the other.

    ``kind`` is that of the argument. It is ``tests`` from a calculation to what it decides, and ``denies`` between two
    claims, from the one reached later to the one reached first. ``joins`` says that a premise leads to its argument.
    """

    tail: Node
    head: Node
    kind: str
    joins: bool = False


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
    if node.kind is NodeKind.ARGUMENT and (argument := knowledge.arguments.get(node.id)):
        premises = [
            Link(premise, node, str(argument.kind), joins=True)
            for premise in argument.premises
            if _is_known(knowledge, premise)
        ]
        return (*premises, *_argument_links(knowledge, node))
    return (*_argument_links(knowledge, node), *_test_links(knowledge, node), *_denial_links(knowledge, node))


def _argument_links(knowledge: Knowledge, node: Node) -> Iterable[Link]:
    for argument in arguments_to(knowledge, node):
        if not is_plain(knowledge, argument):
            yield Link(Node(NodeKind.ARGUMENT, argument.id), node, str(argument.kind))
        elif _is_known(knowledge, argument.premises[0]):
            yield Link(argument.premises[0], node, str(argument.kind))


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


MOST_BOXES = 60
"""The most boxes of a whole map; of a larger one only nodes within two arguments of the question are drawn."""

MOST_DRAWN = 100
"""The most boxes of such a part, those nearest to the question first."""

_HOPS = 2
_WIDTH, _PITCH, _PAD = 224.0, 16.0, 16.0
_SIGNS = {"supports": "+", "attacks": "\u2212"}
_MARGIN = 8.0
_BOLD = 0.92


def drawing(view: View, question: Question) -> Drawing | None:
    """The argument map of a question; None where it has no arguments."""
    roots = sides_of(question)
    graph = argument_graph(view.knowledge, roots)
    # The whole of a large map could not be read: a focus is drawn, and the rest is counted.
    shown = graph if len(graph.nodes) <= MOST_BOXES else argument_graph(view.knowledge, roots, _HOPS, MOST_DRAWN)
    if len(shown.nodes) == len(roots):
        return None
    return draw_graph(view, shown, roots, len(graph.nodes) - len(shown.nodes))


def draw_graph(view: View, shown: ArgumentGraph, roots: Sequence[Node], collapsed: int) -> Drawing:
    """A graph as boxes and arrows."""
    boxes = [_box(view, node, shown.sides.get(node, ""), is_root=node in roots) for node in shown.nodes]
    place = {node: at for at, node in enumerate(shown.nodes)}
    edges = [Edge(place[link.tail], place[link.head], link.kind, not link.joins) for link in shown.links]
    layout = tree_layout([(box.width, box.height) for box in boxes], edges, [place[root] for root in roots])
    placed = tuple(replace(box, x=x, y=y) for box, (x, y) in zip(boxes, layout.corners, strict=True))
    arrows = tuple(
        Arrow(path=line.path, head=line.arrow, kind=link.kind)
        for link, line in zip(shown.links, layout.lines, strict=True)
    )
    return Drawing(
        left=-_MARGIN,
        top=-_MARGIN,
        width=layout.width + 2 * _MARGIN,
        height=layout.height + 2 * _MARGIN,
        boxes=placed,
        arrows=arrows,
        legend=_legend(placed, arrows),
        collapsed=collapsed,
        left_out=left_out_words(collapsed),
        text=_map_words(shown, collapsed),
    )


_LEGEND: Mapping[tuple[str, str], str] = {
    ("box", "question"): "one side of a question",
    ("box", "claim"): "claim, with who makes it",
    ("box", "figure"): "figure, with what it measures and who gives it",
    ("box", "calculation"): "calculation, with its result",
    ("box", "supports"): "argument for what it points to",
    ("box", "attacks"): "argument against what it points to",
    ("box", "defeated"): "broken edge: defeated",
    ("line", "supports"): "supports",
    ("line", "attacks"): "attacks",
    ("line", "tests"): "the calculation decides it",
    ("line", "denies"): "contradict each other",
    ("premise", "supports"): "premise of an argument for",
    ("premise", "attacks"): "premise of an argument against",
    **{("badge", str(word)): style.meaning for word, style in STANDINGS.items()},
    **{("badge", style.name): style.meaning for style in VERDICTS.values()},
}
"""What each shape, line and word on a map means, in the order of the legend."""


def _legend(boxes: Iterable[Box], arrows: Iterable[Arrow]) -> tuple[LegendEntry, ...]:
    """The rows of the legend for what occurs on the map, and for nothing else."""
    occurs = {("box", box.kind) for box in boxes} | {("badge", box.badge) for box in boxes}
    occurs |= {("box", box.standing) for box in boxes}
    occurs |= {("line" if arrow.head else "premise", arrow.kind) for arrow in arrows}
    return tuple(LegendEntry(*key, text) for key, text in _LEGEND.items() if key in occurs)


def _box(view: View, node: Node, side: str, *, is_root: bool) -> Box:
    """The box of a node, as large as its text needs, and not placed yet."""
    kind, lines, about, badge = _box_text(view, node, is_root=is_root)
    height = _PITCH * (len(lines) + len(about) + bool(badge)) + _PAD
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
        about=about,
        badge=badge,
        standing=_standing(view, node),
    )


def _name(node: Node, named: Ref) -> str:
    """The name of a box as an element of the page, unique on the map."""
    return "-".join((str(node.kind), named.slug.replace("/", "-"), *([node.side] if node.side else [])))


def _box_text(view: View, node: Node, *, is_root: bool) -> tuple[str, tuple[str, ...], tuple[str, ...], str]:
    """The kind, the lines, the lines about them and the badge of a node's box."""
    knowledge = view.knowledge
    text = node_ref(knowledge, node).text
    match node.kind:
        case NodeKind.ARGUMENT:
            kind = str(knowledge.arguments[node.id].kind)
            return kind, wrapped(f"{_SIGNS[kind]} {capitalized(text)}"), (), ""
        case NodeKind.CALCULATION:
            result = result_words(view.knowledge, view.analysis.results.get(node.id))
            result_text = result if result.startswith("≈") else f"= {result}"
            lines = (*wrapped(text, most=3), *wrapped(result_text if result else "could not be computed", most=6))
            return str(node.kind), lines, (), worst_verdict_words(view.findings_of_calculation.get(node.id, ()))
        case NodeKind.FIGURE:
            # A bare amount says nothing to a reader: the box also says what is measured, on what, and by whom.
            figure = knowledge.figures[node.id]
            about = (
                *wrapped(ref_of(knowledge, figure.measure).text, most=2),
                *wrapped(capitalized(scope_words(knowledge, figure)), most=2),
                *wrapped(capitalized(speaker_words(figure.voice)), most=2),
            )
            return str(node.kind), wrapped(text, most=2), about, worst_verdict_words(view.findings_on.get(node.id, ()))
        case NodeKind.QUESTION:
            side = f"{node.side.capitalize()}: {text}" if is_root else premise_ref(knowledge, node).text
            return str(node.kind), wrapped(side, BOX_EMS * _BOLD), (), _standing(view, node)
        case NodeKind.CLAIM:
            claim = knowledge.claims[node.id]
            voice = capitalized(with_stance(speaker_words(claim.voice), claim.stance))
            about = (*wrapped(voice, most=2), *wrapped(capitalized(_undecided(view, node)), most=3))
            return str(node.kind), wrapped(text), about, _standing(view, node)


def _undecided(view: View, node: Node) -> str:
    """That the numbers do not decide a claim; empty for all other nodes."""
    claim = view.knowledge.claims.get(node.id)
    return undecided_words(view.knowledge, view.analysis.results, claim) if claim else ""


def _standing(view: View, node: Node) -> str:
    standings = view.analysis.standings
    return standing_label(standings.of(node.id, node.side))


def _map_words(shown: ArgumentGraph, collapsed: int) -> str:
    """The map in a sentence for readers who do not see it; the outline has the details."""
    number = {kind: len(shown.ids(kind)) for kind in NodeKind}
    arguments = sum(not link.joins and link.kind not in (TESTS, DENIES) for link in shown.links)
    text = (
        f"Argument map with {count_words(number[NodeKind.CLAIM], 'claim')}, "
        f"{count_words(arguments, 'argument')}, {count_words(number[NodeKind.FIGURE], 'figure')} and "
        f"{count_words(number[NodeKind.CALCULATION], 'calculation')}."
    )
    return f"{text} {left_out_words(collapsed)}".rstrip()


def left_out_words(collapsed: int) -> str:
    """How much of a large map is not drawn, as a sentence; empty for nothing."""
    if not collapsed:
        return ""
    items = "the item" if collapsed == 1 else f"the {cardinal(collapsed)} items"
    return f"The map leaves out {items} furthest from the question."


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
        plain = is_plain(view.knowledge, argument)
        branch = _branch(view, argument.premises[0] if plain else own, role, seen, depth)
        branches.append(replace(branch, argument=node_ref(view.knowledge, own)) if plain else branch)
    return branches


_ROLES: Mapping[tuple[str, bool], str] = {("attacks", True): "undercuts", ("supports", True): "backs"}
