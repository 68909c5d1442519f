"""How does a question's argument look? Boxes and arrows, each with its place."""

from collections.abc import Sequence

from kb.domain.entity import Figure, Node, NodeKind, Question
from kb.reports.fitting import broken
from kb.reports.layout import Placed, placed
from kb.reports.naming import counted, node_ref, ref_of, scope_words
from kb.reports.row import label, result_words, strength, worst_verdict
from kb.reports.value import Arrow, Box, Drawing, Ref
from kb.reports.view import View
from kb.reports.walk import DENIES, TESTS, Link, Reach, reach, sides_of

MOST = 60
"""Boxes beyond which only a focus is drawn: what lies within two arguments of the question."""

CROWD = 100
"""The most boxes that are drawn, those nearest to the question first."""

_HOPS = 2
_WIDTH, _PITCH, _PAD = 224.0, 16.0, 12.0
_JUNCTION = (28.0, 30.0)
_SIGNS = {"supports": "+", "attacks": "\u2212"}
_MARGIN = 8.0


def drawing(view: View, question: Question) -> Drawing | None:
    """The argument map of a question; None where nothing bears on it, or where it could not be laid out."""
    roots = sides_of(question)
    whole = reach(view.knowledge, roots)
    shown = whole if len(whole.nodes) <= MOST else reach(view.knowledge, roots, _HOPS, CROWD)
    if len(shown.nodes) == len(roots):
        return None
    return drawn(view, shown, roots, len(whole.nodes) - len(shown.nodes))


def drawn(view: View, shown: Reach, roots: Sequence[Node], collapsed: int) -> Drawing | None:
    """The nodes and links of a walk as boxes and arrows."""
    boxes = tuple(_box(view, node, shown.sides.get(node, "")) for node in shown.nodes)
    place = {node: at for at, node in enumerate(shown.nodes)}
    edges = [(place[link.tail], place[link.head]) for link in shown.links]
    layout = placed([(box.width, box.height) for box in boxes], edges, [place[root] for root in roots])
    if layout is None:
        return None
    return Drawing(
        round(layout.width + 2 * _MARGIN, 1),
        round(layout.height + 2 * _MARGIN, 1),
        tuple(_moved(box, layout, at) for at, box in enumerate(boxes)),
        tuple(_arrow(link, layout, at) for at, link in enumerate(shown.links)),
        collapsed,
        _words(shown, collapsed),
    )


def _box(view: View, node: Node, side: str) -> Box:
    """A box without a place, as large as its text needs."""
    kind, lines, badge = _face(view, node)
    width, height = _JUNCTION
    if node.kind is not NodeKind.ARGUMENT:
        width, height = _WIDTH, _PITCH * (len(lines) + bool(badge)) + _PAD
    named = node_ref(view.knowledge, node)
    return Box(_name(node, named), named, kind, side, 0, 0, width, height, lines, badge, _standing(view, node))


def _name(node: Node, named: Ref) -> str:
    """A name for the element on the page, unique on the map."""
    return "-".join((str(node.kind), named.slug.replace("/", "-"), *([node.side] if node.side else [])))


def _face(view: View, node: Node) -> tuple[str, tuple[str, ...], str]:
    """Kind, text and badge of a node's box."""
    knowledge = view.knowledge
    text = node_ref(knowledge, node).text
    match node.kind:
        case NodeKind.ARGUMENT:
            kind = str(knowledge.arguments[node.id].kind)
            return kind, (_SIGNS[kind],), ""
        case NodeKind.CALCULATION:
            result = result_words(view.analysis.results.get(node.id))
            told = result if result.startswith("≈") else f"= {result}"
            lines = (*broken(text, most=3), *broken(told if result else "could not be computed", most=3))
            return str(node.kind), lines, worst_verdict(view.findings_of_calculation.get(node.id, ())).replace("_", " ")
        case NodeKind.FIGURE:
            figure = knowledge.figures[node.id]
            measure = ref_of(knowledge, figure.measure).text
            lines = (*broken(text, most=2), *broken(measure, most=2), *broken(_whose(view, figure), most=2))
            return str(node.kind), lines, worst_verdict(view.findings_of.get(node.id, ())).replace("_", " ")
        case NodeKind.QUESTION:
            standing = view.analysis.standings.sides.get((node.id, node.side))
            return str(node.kind), broken(f"{node.side}: {text}"), f"{label(standing)} {strength(standing)}".strip()
        case NodeKind.CLAIM:
            standing = view.analysis.standings.of.get(node.id)
            return str(node.kind), broken(text), f"{label(standing)} {strength(standing)}".strip()


def _whose(view: View, figure: Figure) -> str:
    scope = scope_words(view.knowledge, figure)
    return f"{figure.voice.origin}, {scope}" if scope else figure.voice.origin


def _standing(view: View, node: Node) -> str:
    standings = view.analysis.standings
    return label(standings.sides.get((node.id, node.side)) if node.side else standings.of.get(node.id))


def _moved(box: Box, layout: Placed, at: int) -> Box:
    x, y = layout.centres[at]
    left, top = x - box.width / 2 + _MARGIN, layout.height - y - box.height / 2 + _MARGIN
    return Box(
        box.id, box.ref, box.kind, box.side, round(left, 1), round(top, 1),
        box.width, box.height, box.lines, box.badge, box.standing,
    )  # fmt: skip


def _arrow(link: Link, layout: Placed, at: int) -> Arrow:
    points, tip = layout.curves[at]
    drawn_points = [_turned(layout, point) for point in points]
    into_junction = link.head.kind is NodeKind.ARGUMENT and link.tail.kind is not NodeKind.ARGUMENT
    end = _turned(layout, tip) if tip else None
    path = _path(drawn_points, end if into_junction else None)
    head = "" if into_junction or end is None else _head(drawn_points[-1], end)
    middle = drawn_points[len(drawn_points) // 2]
    text = {TESTS: "decides", DENIES: "denies"}.get(link.kind, "")
    return Arrow(path, head, link.kind, text, middle[0], middle[1] - 4)


def _turned(layout: Placed, point: tuple[float, float]) -> tuple[float, float]:
    """A point of Graphviz, whose y grows upwards, in the drawing."""
    return round(point[0] + _MARGIN, 1), round(layout.height - point[1] + _MARGIN, 1)


def _path(points: Sequence[tuple[float, float]], end: tuple[float, float] | None) -> str:
    first, *rest = (f"{x:g},{y:g}" for x, y in points)
    line = f" L{end[0]:g},{end[1]:g}" if end else ""
    return f"M{first} C{' '.join(rest)}{line}"


def _head(neck: tuple[float, float], tip: tuple[float, float]) -> str:
    """An arrow's head from ``neck`` to ``tip``, as wide as it is long times 0.8."""
    along = (tip[0] - neck[0], tip[1] - neck[1])
    left = (neck[0] - along[1] * 0.4, neck[1] + along[0] * 0.4)
    right = (neck[0] + along[1] * 0.4, neck[1] - along[0] * 0.4)
    return " ".join(f"{round(x, 1):g},{round(y, 1):g}" for x, y in (tip, left, right))


def _words(shown: Reach, collapsed: int) -> str:
    """What a reader who does not see the map is told of it; the outline holds the rest."""
    number = {kind: len(shown.ids(kind)) for kind in NodeKind}
    text = (
        f"Argument map with {counted(number[NodeKind.CLAIM], 'claim')}, "
        f"{counted(number[NodeKind.ARGUMENT], 'argument')}, {counted(number[NodeKind.FIGURE], 'figure')} and "
        f"{counted(number[NodeKind.CALCULATION], 'calculation')}."
    )
    return f"{text} {counted(collapsed, 'further box', 'further boxes')} not drawn." if collapsed else text
