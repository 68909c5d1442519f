"""Where does each box go? Graphviz answers, in a child process that is ended when it takes too long.

Run as a program it reads a graph in DOT from its input and writes the positions as JSON to its output.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS = 5.0
"""How long a layout may take before the page goes without it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What Graphviz made of a graph, in points with y growing upwards.

    Attributes:
        width: Width of the whole.
        height: Its height.
        centres: Centre of each node, in the order of the nodes.
        curves: For each edge, in order: the points of its Bézier curve, and the tip of its arrow.
    """

    width: float
    height: float
    centres: tuple[tuple[float, float], ...]
    curves: tuple[tuple[tuple[tuple[float, float], ...], tuple[float, float] | None], ...]


def placed(
    sizes: Sequence[tuple[float, float]],
    edges: Sequence[tuple[int, int]],
    same_rank: Sequence[int] = (),
    seconds: float = SECONDS,
) -> Placed | None:
    """The places of boxes of ``sizes`` joined by ``edges`` (from tail to head), heads to the left.

    Args:
        sizes: Width and height of each box, in points.
        edges: Tail and head as indices into ``sizes``.
        same_rank: Boxes that stand above each other at the left.
        seconds: The layout is given up after that.

    Returns:
        None where Graphviz is not there, failed, or took too long.
    """
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


def _read(data: dict[str, object], boxes: int, edges: int) -> Placed:
    width, height = _floats(str(data["box"]))[2:4]
    nodes, curves = data["nodes"], data["edges"]
    if not isinstance(nodes, dict) or not isinstance(curves, dict):
        raise ValueError("not a layout")
    centres = tuple(_point(str(nodes[f"n{i}"])) for i in range(boxes))
    return Placed(width, height, centres, tuple(_curve(str(curves[f"e{i}"])) for i in range(edges)))


def _curve(text: str) -> tuple[tuple[tuple[float, float], ...], tuple[float, float] | None]:
    """Points and tip of ``e,x,y x,y x,y …`` as Graphviz writes a curve."""
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
    """Positions of the nodes and edges of ``dot`` as Graphviz gives them."""
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
