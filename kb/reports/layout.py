"""Layout of drawings: text broken into lines, and boxes placed by Graphviz in a child process with a time limit.

Run as a program, it reads a graph in DOT from standard input and writes the positions as JSON to standard output. It
imports nothing of this project, so that the child starts fast.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import east_asian_width

BOX_COLUMNS = 31
"""The columns of a line in a box of the argument map."""

BOX_LINES = 5
"""The most lines of such a box."""


def display_width(text: str) -> int:
    """The width of ``text`` in columns; a Chinese sign takes two.

    >>> display_width("pass"), display_width("月票")
    (4, 4)
    """
    return sum(2 if _is_wide(letter) else 1 for letter in text)


def wrapped(text: str, wide: int = BOX_COLUMNS, most: int = BOX_LINES) -> tuple[str, ...]:
    """``text`` in lines of at most ``wide`` columns, at most ``most`` of them; an ellipsis where it was cut.

    >>> wrapped("A boat that sails anyway", wide=12)
    ('A boat that', 'sails anyway')
    >>> wrapped("渡轮月票到底亏不亏", wide=8, most=2)
    ('渡轮月票', '到底亏…')
    """
    lines = [""]
    for word in _words_of(text, wide):
        if display_width(lines[-1] + word.rstrip()) > wide:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    lines = [line.rstrip() for line in lines if line.strip()]
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _cut(lines[most - 1], wide))


def _words_of(text: str, wide: int) -> list[str]:
    """The pieces between which a line may break: words with the space behind them, Chinese signs with their stops."""
    # Chinese is written without spaces, so that a line may break after any sign that no stop follows.
    pieces = [""]
    for letter in " ".join(text.split()):
        last = pieces[-1]
        full = display_width(last) >= wide - 1
        may = last.endswith(" ") or _is_wide(letter) or (_is_wide(last[-1:]) and letter != " ")
        if full or (may and letter not in _NEVER_FIRST):
            pieces.append("")
        pieces[-1] += letter
    return pieces


_NEVER_FIRST = "，。！？、：；）》」』”’…,.;:!?)"
"""Signs that a line never begins with."""


def _is_wide(letter: str) -> bool:
    return bool(letter) and east_asian_width(letter) in "WF"


def _cut(line: str, wide: int) -> str:
    while display_width(line) > wide - 1:
        line = line[:-1]
    return line.rstrip(" ,;:") + "…"


TIME_LIMIT = 5.0
"""The seconds that a layout may take; a page is shown without a map when it takes longer."""


@dataclass(frozen=True, slots=True)
class GraphLayout:
    """The places of the nodes and edges of a graph, in points with y growing upwards.

    Attributes:
        width: Width of the drawing.
        height: Height of the drawing.
        centres: Centre of each node, in the order of the nodes.
        curves: For each edge, in order: the points of its Bézier curve, and the tip of its arrow or None.
    """

    width: float
    height: float
    centres: tuple[tuple[float, float], ...]
    curves: tuple[tuple[tuple[tuple[float, float], ...], tuple[float, float] | None], ...]


def graph_layout(
    sizes: Sequence[tuple[float, float]],
    edges: Sequence[tuple[int, int]],
    same_rank: Sequence[int] = (),
    seconds: float = TIME_LIMIT,
) -> GraphLayout | None:
    """The layout of boxes of ``sizes`` joined by ``edges``, from tails at the right to heads at the left.

    Args:
        sizes: Width and height of each box, in points.
        edges: Tail and head as indices into ``sizes``.
        same_rank: Indices of boxes that are placed above each other at the left.
        seconds: The time limit.

    Returns:
        None where Graphviz is not installed, failed, or took too long.
    """
    # A map that cannot be laid out, or not in time, must not cost the reader the rest of the page.
    try:
        made = subprocess.run(
            [sys.executable, "-I", str(Path(__file__))],
            input=_dot(sizes, edges, same_rank),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=True,
        )
        return _read(json.loads(made.stdout), len(sizes), len(edges))
    except (OSError, ValueError, LookupError, subprocess.SubprocessError):
        return None


def _dot(sizes: Sequence[tuple[float, float]], edges: Sequence[tuple[int, int]], same_rank: Sequence[int]) -> str:
    lines = [
        "digraph map {",
        "graph [rankdir=RL, nodesep=0.22, ranksep=0.34, splines=true, outputorder=edgesfirst];",
        'node [shape=box, fixedsize=true, label=""];',
        "edge [arrowsize=0.7];",
    ]
    lines += [f"n{i} [width={w / 72:.4f}, height={h / 72:.4f}];" for i, (w, h) in enumerate(sizes)]
    lines += [f"n{tail} -> n{head} [id=e{i}];" for i, (tail, head) in enumerate(edges)]
    if same_rank:
        lines.append("{ rank=max; " + " ".join(f"n{i};" for i in same_rank) + " }")
    return "\n".join([*lines, "}"])


Numbers = list[float]


def _read(data: dict[str, object], boxes: int, edges: int) -> GraphLayout:
    width, height = _floats(str(data["box"]))[2:4]
    nodes, curves = data["nodes"], data["edges"]
    if not isinstance(nodes, dict) or not isinstance(curves, dict):
        raise ValueError("not a layout")
    centres = tuple(_point(str(nodes[f"n{i}"])) for i in range(boxes))
    return GraphLayout(width, height, centres, tuple(_curve(str(curves[f"e{i}"])) for i in range(edges)))


def _curve(text: str) -> tuple[tuple[tuple[float, float], ...], tuple[float, float] | None]:
    """The points and the tip of a curve that Graphviz writes as ``e,x,y x,y x,y …``."""
    words = text.replace("\\\n", "").split(";")[0].split()
    tips = [_point(word[2:]) for word in words if word.startswith("e,")]
    points = tuple(_point(word) for word in words if word[0] not in "es")
    return points, tips[0] if tips else None


def _point(text: str) -> tuple[float, float]:
    x, y = _floats(text)
    return x, y


def _floats(text: str) -> Numbers:
    return [float(number) for number in text.split(",")]


def _positions(dot: str) -> dict[str, object]:
    """The positions of the nodes and edges of ``dot``, as Graphviz writes them."""
    from pygraphviz import AGraph  # only the child loads it

    graph = AGraph(string=dot)
    graph.layout(prog="dot")
    return {
        "box": graph.graph_attr["bb"],
        "nodes": {str(node): node.attr["pos"] for node in graph.nodes()},
        "edges": {edge.attr["id"]: edge.attr["pos"] for edge in graph.edges()},
    }


if __name__ == "__main__":
    json.dump(_positions(sys.stdin.read()), sys.stdout)
