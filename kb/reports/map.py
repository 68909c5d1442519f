"""How does a question's argument look? Boxes and arrows with positions, and the same as a nested list."""

from collections.abc import Mapping, Sequence
from unicodedata import east_asian_width

from kb.domain.entity import Argument, Figure, Node, NodeKind, Question
from kb.reports.layout import Placed, placed
from kb.reports.naming import amount, counted, node_ref, ref_of, scope_words, shorten
from kb.reports.row import label, result_words, strength, worst_verdict
from kb.reports.value import Arrow, Box, Branch, Drawing, Ref
from kb.reports.view import View
from kb.reports.walk import TESTS, Link, Reach, arguments_to, reach, sides_of

MOST = 60
"""Boxes beyond which only a focus is drawn: what lies within two arguments of the question."""

CROWD = 100
"""The most boxes that are drawn, those nearest to the question first."""

_HOPS = 2
_COLUMNS, _LINES = 31, 5
_WIDTH, _PITCH, _PAD = 224.0, 16.0, 12.0
_JUNCTION = (28.0, 30.0)
_SIGNS = {"supports": "+", "attacks": "\u2212"}
_MARGIN = 8.0
_DEEPEST = 30


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
            result = result_words(view, view.analysis.results.get(node.id))
            told = result if result.startswith("≈") else f"= {result}"
            lines = (*broken(text, most=3), *broken(told if result else "could not be computed", most=3))
            return str(node.kind), lines, worst_verdict(view.findings_of_calculation.get(node.id, ())).replace("_", " ")
        case NodeKind.FIGURE:
            figure = knowledge.figures[node.id]
            lines = (*broken(text, most=2), *broken(_measured(view, figure), most=2), *_whose(view, figure))
            return str(node.kind), lines, worst_verdict(view.findings_of.get(node.id, ())).replace("_", " ")
        case NodeKind.QUESTION:
            standing = view.analysis.standings.sides.get((node.id, node.side))
            return str(node.kind), broken(f"{node.side}: {text}"), f"{label(standing)} {strength(standing)}".strip()
        case NodeKind.CLAIM:
            standing = view.analysis.standings.of.get(node.id)
            return str(node.kind), broken(text), f"{label(standing)} {strength(standing)}".strip()


def _standing(view: View, node: Node) -> str:
    standings = view.analysis.standings
    return label(standings.sides.get((node.id, node.side)) if node.side else standings.of.get(node.id))


def columns(text: str) -> int:
    """How wide ``text`` is, in columns: a Chinese sign takes two.

    >>> columns("pass"), columns("月票")
    (4, 4)
    """
    return sum(2 if _is_wide(letter) else 1 for letter in text)


def broken(text: str, wide: int = _COLUMNS, most: int = _LINES) -> tuple[str, ...]:
    """``text`` in lines of at most ``wide`` columns, at most ``most`` of them; an ellipsis where it was cut.

    >>> broken("A boat that sails anyway", wide=12)
    ('A boat that', 'sails anyway')
    >>> broken("渡轮月票到底亏不亏", wide=8, most=2)
    ('渡轮月票', '到底亏…')
    """
    lines = [""]
    for word in _words_of(text, wide):
        if columns(lines[-1] + word.rstrip()) > wide:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    lines = [line.rstrip() for line in lines if line.strip()]
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _cut(lines[most - 1], wide))


def _words_of(text: str, wide: int) -> list[str]:
    """The pieces between which a line may end: words with the blank behind them, Chinese signs with their stops."""
    pieces = [""]
    for letter in " ".join(text.split()):
        last = pieces[-1]
        full = columns(last) >= wide - 1
        may = last.endswith(" ") or _is_wide(letter) or (_is_wide(last[-1:]) and letter != " ")
        if full or (may and letter not in _NEVER_FIRST):
            pieces.append("")
        pieces[-1] += letter
    return pieces


_NEVER_FIRST = "，。！？、：；）》」』”’…,.;:!?)"
"""Signs that no line begins with."""


def _is_wide(letter: str) -> bool:
    return bool(letter) and east_asian_width(letter) in "WF"


def _cut(line: str, wide: int) -> str:
    while columns(line) > wide - 1:
        line = line[:-1]
    return line.rstrip(" ,;:") + "…"


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
    text = "decides" if link.kind == TESTS else ""
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
            return figure_words(view, figure) if figure else named.text
        case NodeKind.CALCULATION:
            result = result_words(view, view.analysis.results.get(node.id))
            return f"{named.text}: {result}" if result else named.text
        case NodeKind.ARGUMENT:
            argument = knowledge.arguments.get(node.id)
            return _because(argument) if argument else named.text
        case _:
            return named.text


def _measured(view: View, figure: Figure) -> str:
    return ref_of(view.knowledge, figure.measure).text


def _whose(view: View, figure: Figure) -> tuple[str, ...]:
    scope = scope_words(view.knowledge, figure)
    return broken(f"{figure.voice.origin}, {scope}" if scope else figure.voice.origin, most=2)


def figure_words(view: View, figure: Figure) -> str:
    """A figure as part of a sentence: whose it is, how much, of what and where."""
    measure, scope = _measured(view, figure), scope_words(view.knowledge, figure)
    about = f"{measure}; {scope}" if scope else measure
    return f"{figure.voice.origin}: {amount(figure.quantity)} ({about})"


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
    return branches


def _arguments(view: View, node: Node, seen: set[Node], depth: int) -> list[Branch]:
    branches = []
    for argument in arguments_to(view.knowledge, node):
        own = Node(NodeKind.ARGUMENT, argument.id)
        role = _ROLES.get((str(argument.kind), node.kind is NodeKind.ARGUMENT), str(argument.kind))
        plain = len(argument.premises) == 1 and not argument.text and not arguments_to(view.knowledge, own)
        branches.append(_branch(view, argument.premises[0] if plain else own, role, seen, depth))
    return branches


_ROLES: Mapping[tuple[str, bool], str] = {("attacks", True): "undercuts", ("supports", True): "backs"}
