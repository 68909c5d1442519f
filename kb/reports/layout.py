"""Layout of drawings: text broken into lines that fit, and boxes placed as a tree that is read from left to right.

The tree stands on its side: roots at the left, each box level with the first of the boxes that lead to it, those in a
column of their own. The question is at the upper left corner, where a reader begins, on a screen of any width.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

BOX_EMS = 16.0
"""The width of a line in a box of the argument map, in units of the size of its letters."""

BOX_LINES = 5
"""The most lines of such a box."""

# Widths in Helvetica, rounded up. Columns of equal width would let a line of wide letters run over the edge of its box.
_LETTER_EMS = {
    **dict.fromkeys("ijl'|‘’", 0.23),
    **dict.fromkeys("ft.,:;!/ I[]\\", 0.28),
    **dict.fromkeys('r()-“”"*', 0.36),
    **dict.fromkeys("ABCDEFGHKNOPQRSTUVXYZ&", 0.75),
    **dict.fromkeys("mwMW%@—…≈", 0.95),
}


def text_width(text: str) -> float:
    """The width of ``text`` in a sans-serif, in units of the size of its letters; a Chinese sign takes one.

    >>> round(text_width("ill"), 2), round(text_width("WWW"), 2), text_width("月票")
    (0.69, 2.85, 2.0)
    """
    return sum(1.0 if _is_wide(letter) else _LETTER_EMS.get(letter, 0.56) for letter in text)


def wrapped(text: str, wide: float = BOX_EMS, most: int = BOX_LINES) -> tuple[str, ...]:
    """``text`` in lines of at most ``wide`` ems, at most ``most`` of them; an ellipsis where it was cut.

    >>> wrapped("A boat that sails anyway", wide=7)
    ('A boat that', 'sails anyway')
    >>> wrapped("渡轮月票到底亏不亏", wide=4, most=2)
    ('渡轮月票', '到底亏…')
    """
    lines = [""]
    for word in _words_of(text, wide):
        if text_width(lines[-1] + word.rstrip()) > wide:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    lines = [line.rstrip() for line in lines if line.strip()]
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _cut(lines[most - 1], wide))


def _words_of(text: str, wide: float) -> list[str]:
    """The pieces between which a line may break: words with the space behind them, Chinese signs with their stops."""
    # Chinese is written without spaces, so that a line may break after any sign that no stop follows.
    pieces = [""]
    for letter in " ".join(text.split()):
        last = pieces[-1]
        full = text_width(last) >= wide - 1
        may = last.endswith(" ") or _is_wide(letter) or (_is_wide(last[-1:]) and letter != " ")
        if full or (may and letter not in _NEVER_FIRST):
            pieces.append("")
        pieces[-1] += letter
    return pieces


_NEVER_FIRST = "，。！？、：；）》」』”’…,.;:!?)"
"""Signs that a line never begins with."""


def _is_wide(letter: str) -> bool:
    return bool(letter) and east_asian_width(letter) in "WF"


def _cut(line: str, wide: float) -> str:
    while text_width(line + "…") > wide:
        line = line[:-1]
    return line.rstrip(" ,;:") + "…"


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from the box ``tail`` to the box ``head``, as indices.

    Lines of one ``strand`` into one box run together. Without an arrow the line only joins the two boxes.
    """

    tail: int
    head: int
    strand: str
    has_arrow: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """The drawing of an edge: the ``d`` of an SVG path, and the ``points`` of its arrow's head or an empty string."""

    path: str
    arrow: str


@dataclass(frozen=True, slots=True)
class TreeLayout:
    """The places of boxes and lines, with y growing downwards.

    Attributes:
        width: Width of the drawing.
        height: Height of the drawing.
        corners: Left upper corner of each box, in the order of the boxes.
        lines: The line of each edge, in the order of the edges.
    """

    width: float
    height: float
    corners: tuple[tuple[float, float], ...]
    lines: tuple[Line, ...]


_GUTTER, _SPACE, _BETWEEN_ROOTS = 46.0, 12.0, 24.0
_LEVEL, _STEP, _LANE = 16.0, 9.0, 7.0
_ARROW, _HALF, _ROUND = 9.0, 4.0, 6.0


def tree_layout(sizes: Sequence[tuple[float, float]], edges: Sequence[Edge], roots: Sequence[int]) -> TreeLayout:
    """The layout of boxes of ``sizes`` that lead to ``roots``.

    A box stands right of the head of its first edge. Each box must lead to a root by such edges. A further edge of a
    box is a curve across the tree.

    Args:
        sizes: Width and height of each box; all are equally wide.
        edges: The lines, those into one box in the order in which their tails are placed, top down.
        roots: The boxes of the first column, top down.
    """
    tree = _tree_edges(edges, roots)
    children = defaultdict[int, list[int]](list)
    for at in tree:
        children[edges[at].head].append(edges[at].tail)
    corners = _corners(sizes, children, roots)
    boxes = [_Rectangle(*corner, *size) for corner, size in zip(corners, sizes, strict=True)]
    strands = _strands(edges)
    trunks: dict[tuple[int, str, bool], float] = {}
    lines = []
    for at, edge in enumerate(edges):
        tail, head = boxes[edge.tail], boxes[edge.head]
        if at not in tree:
            lines.append(_curve(tail, head, edge.has_arrow))
            continue
        lane = strands[edge.head].index(_strand(edge))
        trunk = (edge.head, *_strand(edge))
        line, trunks[trunk] = _bracket(tail, head, lane, edge.has_arrow, trunks.get(trunk))
        lines.append(line)
    return TreeLayout(max(box.right for box in boxes), max(box.bottom for box in boxes), tuple(corners), tuple(lines))


@dataclass(frozen=True, slots=True)
class _Rectangle:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


def _tree_edges(edges: Sequence[Edge], roots: Iterable[int]) -> frozenset[int]:
    """The edges that place their tails: the first of each box that is no root."""
    placed, chosen = set(roots), set[int]()
    for at, edge in enumerate(edges):
        if edge.tail not in placed:
            placed.add(edge.tail)
            chosen.add(at)
    return frozenset(chosen)


def _corners(
    sizes: Sequence[tuple[float, float]], children: dict[int, list[int]], roots: Sequence[int]
) -> list[tuple[float, float]]:
    corners = [(0.0, 0.0)] * len(sizes)
    free = defaultdict[int, float](float)  # the first free height of each column

    def place(box: int, column: int, top: float) -> float:
        y = max(top, free[column])
        tops = [place(child, column + 1, y) for child in children.get(box, ())]
        y = tops[0] if tops else y
        width, height = sizes[box]
        corners[box] = (column * (width + _GUTTER), y)
        free[column] = y + height + _SPACE
        return y

    for root in roots:
        place(root, 0, max(free.values()) + _BETWEEN_ROOTS - _SPACE if free else 0.0)
    return corners


def _strand(edge: Edge) -> tuple[str, bool]:
    return edge.strand, edge.has_arrow


def _strands(edges: Iterable[Edge]) -> dict[int, list[tuple[str, bool]]]:
    """The strands into each box, in the order in which they are met."""
    strands = defaultdict[int, list[tuple[str, bool]]](list)
    for edge in edges:
        if _strand(edge) not in strands[edge.head]:
            strands[edge.head].append(_strand(edge))
    return strands


def _bracket(tail: _Rectangle, head: _Rectangle, lane: int, has_arrow: bool, trunk: float | None) -> tuple[Line, float]:
    """A line left from ``tail``, up the gutter and left into ``head``, and the height at which the next one joins it.

    ``trunk`` is the height at which it joins the strand; None for the first line of a strand.
    """
    # Each strand has a lane of the gutter. Later ones turn nearer to the head and enter it lower, so that none cross.
    start, end = tail.y + _LEVEL, min(head.y + _LEVEL + _STEP * lane, head.bottom - _HALF - 2)
    spine, neck = tail.x - 10 - _LANE * lane, head.right + (_ARROW if has_arrow else 0)
    arrow = _arrow(head.right, end, 1) if has_arrow else ""
    if start == end:
        return Line(f"M{tail.x:g},{start:g} H{neck:g}", arrow), start
    bend = min(_ROUND, abs(start - end) / 2)
    up = bend if start > end else -bend
    path = f"M{tail.x:g},{start:g} H{spine + bend:g} Q{spine:g},{start:g} {spine:g},{start - up:g}"
    # Lines that lay on top of each other would look thicker than one, and their dashes would fill each other's gaps.
    if trunk is not None:
        return Line(f"{path} V{trunk:g}", arrow), start - up
    return Line(f"{path} V{end + up:g} Q{spine:g},{end:g} {spine - bend:g},{end:g} H{neck:g}", arrow), start - up


def _curve(tail: _Rectangle, head: _Rectangle, has_arrow: bool) -> Line:
    """A curve between two boxes anywhere, which leaves and enters level, near the lower edges."""
    start, end = tail.bottom - 10, head.bottom - 10
    # It leaves on the side of its head; between boxes of one column it swings out to the right.
    leaves, enters = (-1 if tail.x > head.x else 1), (-1 if tail.x < head.x else 1)
    x0, x1 = (tail.x if leaves < 0 else tail.right), (head.x if enters < 0 else head.right)
    neck = x1 + enters * (_ARROW if has_arrow else 0)
    swing = _GUTTER * 0.9
    path = f"M{x0:g},{start:g} C{x0 + leaves * swing:g},{start:g} {neck + enters * swing:g},{end:g} {neck:g},{end:g}"
    return Line(path, _arrow(x1, end, enters) if has_arrow else "")


def _arrow(x: float, y: float, side: int) -> str:
    """The three points of an arrow's head whose tip is at ``x``, ``y``; it lies on the right for a ``side`` of 1."""
    neck = x + side * _ARROW
    return f"{x:g},{y:g} {neck:g},{y - _HALF:g} {neck:g},{y + _HALF:g}"
