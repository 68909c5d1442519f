"""How long does the argument map take, and how many of its lines cross?

    python -m benchmarks.map [--nodes 100 1000] [--crossings 50 500] [--graphs 5] [--seed N]

A question is invented that so many claims, figures and arguments bear on, and answered. Printed are the first call and
the best of ten for the map's first view as a value and as the HTML with the SVG in it, for the same with one card
opened, and for everything.

Crossings are counted on the drawings themselves: each line is cut into short pieces, and two lines that share no card
cross if any of their pieces do. The same graphs, with boxes of the same size, are drawn by ``dot`` where the package
``pygraphviz`` is installed, and its lines are counted in the same way.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from benchmarks.answers import invented
from kb.domain.entity import Argument, ArgumentKind, Node, NodeKind, Question
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.analysis import analyse
from kb.reasoning.reconcile import Reconciler
from kb.reports.map.contribution import Contributions
from kb.reports.map.drawing import Drawing, argument_map
from kb.reports.map.graph import map_graph
from kb.reports.map.selection import Selection
from kb.reports.map.state import Choices, MapState
from kb.reports.page.argument_map import ArgumentMap
from kb.reports.view import Moment, View
from kb.web.address import PageRequest
from kb.web.responder import environment

Point = tuple[float, float]
Line = Sequence[Point]

_TEMPLATES = Path(__file__).parents[1] / "templates"
_PIECES = 12
_INCH = 72.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--crossings", type=int, nargs="*", default=[50, 500])
    parser.add_argument("--graphs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    for nodes in options.nodes:
        _print_times(nodes, options.seed)
    for nodes in options.crossings:
        _print_crossings(nodes, options.graphs, options.seed)


def _view(knowledge: Knowledge) -> View:
    """The view of a base that has stored how findings bear on its answers."""
    return View(
        recorded=knowledge,
        findings=Reconciler().findings(knowledge, None),
        analysis=analyse(knowledge),
        moment=Moment(1, "", 1),
        stored_bearings={},
    )


def _tangled(nodes: int, chance: Random) -> Knowledge:
    """An invented base in which one claim in four is used once more, somewhere else."""
    tree = invented(nodes, 1, chance)
    claims = list(tree.claims)
    further = [
        Argument(
            id=Id(f"further-{number}"),
            slug=f"further-{number}",
            file="",
            kind=ArgumentKind.SUPPORTS,
            premises=(Node(NodeKind.CLAIM, chance.choice(claims)),),
            conclusion=Node(NodeKind.CLAIM, chance.choice(claims)),
        )
        for number in range(len(claims) // 4)
    ]
    return Knowledge.of([*tree.by_id.values(), *further])


def _asked(view: View) -> Question:
    return next(iter(view.knowledge.questions.values()))


def _print_times(nodes: int, seed: int) -> None:
    view = _view(invented(nodes, 1, Random(seed)))
    asked = _asked(view)
    graph = map_graph(view.knowledge, asked)
    print(f"{len(graph.nodes)} nodes, {len(graph.links)} links, of a question with {nodes} entities:")
    answered = _timed(lambda: view.analysis.answers[asked.id])[0]
    print(f"  the answer, computed once: {answered * 1000:.0f} ms")
    opened = next(graph.keys[node] for node in graph.nodes if len(graph.path(node)) == 3 and graph.children[node])
    for name, choices in {
        "first view": (),
        "one card opened": (("open", opened),),
        "everything": (("open", "all"),),
    }.items():
        first, best, made = _timed(lambda choices=choices: _drawn(view, choices))  # type: ignore[misc]
        render = _timed(lambda made=made: _html(made))  # type: ignore[misc]
        size = len(render[2]) / 1024
        print(
            f"  {name}, {len(made.cards)} cards: first {first * 1000:.0f} ms, then {best * 1000:.0f} ms, "
            f"and {render[1] * 1000:.0f} ms for {size:.0f} KB of HTML"
        )


def _drawn(view: View, choices: Choices) -> ArgumentMap:
    made = argument_map(view, _asked(view), choices)
    assert made, "the invented question has arguments"
    return made


_TEMPLATE = environment(_TEMPLATES).from_string(
    '{% import "part/map.html.j2" as map with context %}{{ map.drawn(made) }}{{ map.outline(made) }}'
)


def _html(made: ArgumentMap) -> str:
    return _TEMPLATE.render(made=made, asked=PageRequest(path="/questions/q"), moment=None, section="")


def _timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """The seconds of the first call, the least of ten more, and what came out."""
    times, made = [], None
    for _ in range(11):
        began = time.perf_counter()
        made = work()
        times.append(time.perf_counter() - began)
    return times[0], min(times[1:]), made


# Crossings


def _print_crossings(nodes: int, graphs: int, seed: int) -> None:
    ours, theirs, seconds = [], [], []
    for number in range(graphs):
        view = _view(_tangled(nodes, Random(seed + number)))
        view.analysis.answers[_asked(view).id]
        began = time.perf_counter()
        made = _whole(view)
        seconds.append(time.perf_counter() - began)
        ours.append(_crossings([(edge.tail, edge.head, _points(edge.path)) for edge in made.edges]))
        dot = _by_dot(made)
        if dot is not None:
            theirs.append(_crossings(dot))
    print(
        f"everything of a question with {nodes} entities, {graphs} graphs, drawn in {median(seconds):.2f} s (median):"
    )
    if not theirs:
        print(f"  {sum(ours)} crossings; pygraphviz is not installed, so that dot's are not known")
        return
    print(f"  {sum(ours)} crossings, {sum(theirs)} in dot's layout: {sum(ours) / max(sum(theirs), 1):.2f} times")
    print(f"  graph by graph: {', '.join(f'{our} to {their}' for our, their in zip(ours, theirs, strict=True))}")


def _whole(view: View) -> ArgumentMap:
    graph = map_graph(view.knowledge, _asked(view))
    contributions = Contributions(view, graph)
    everything = Selection(
        graph=graph,
        contributions=contributions,
        state=MapState(everything=True),
        base=graph.nodes,
        additions=(),
        shown=graph.nodes,
    )
    return Drawing(view, everything).value()


def _points(path: str) -> Line:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", path)]
    ends = list(zip(numbers[::2], numbers[1::2], strict=True))
    return _curve(ends)


def _curve(ends: Sequence[Point]) -> Line:
    """Points along cubic curves that are given by a start, and two control points and an end for each."""
    points = [ends[0]]
    for one, two, end in zip(ends[1::3], ends[2::3], ends[3::3], strict=True):
        start = points[-1]
        for step in range(1, _PIECES + 1):
            t = step / _PIECES
            weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
            corners = (start, one, two, end)
            points.append(
                (
                    sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True)),
                    sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True)),
                )
            )
    return points


def _crossings(edges: Sequence[tuple[str, str, Line]]) -> int:
    boxed = [(tail, head, line, _box(line)) for tail, head, line in edges]
    return sum(
        _apart(one[3], other[3]) is False and _cross(one[2], other[2])
        for one, other in combinations(boxed, 2)
        if {one[0], one[1]}.isdisjoint((other[0], other[1]))
    )


def _box(line: Line) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return min(xs), min(ys), max(xs), max(ys)


def _apart(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]


def _cross(one: Line, other: Line) -> bool:
    pieces = [(a, b, _box((a, b))) for a, b in pairwise(other)]
    for a, b in pairwise(one):
        box = _box((a, b))
        if any(not _apart(box, against) and _meet(a, b, c, d) for c, d, against in pieces):
            return True
    return False


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the pieces from ``a`` to ``b`` and from ``c`` to ``d`` cross each other."""
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _by_dot(made: ArgumentMap) -> list[tuple[str, str, Line]] | None:
    """The same boxes and edges as ``dot`` draws them; None where it is not installed."""
    try:
        from pygraphviz import AGraph
    except ImportError:
        return None
    graph = AGraph(directed=True, strict=False, rankdir="RL", nodesep=str(8 / _INCH), ranksep=str(52 / _INCH))
    for card in made.cards:
        graph.add_node(card.key, shape="box", fixedsize="true", width=card.width / _INCH, height=card.height / _INCH)
    for number, edge in enumerate(made.edges):
        graph.add_edge(edge.tail, edge.head, key=str(number))
    graph.layout(prog="dot")
    return [(str(edge[0]), str(edge[1]), line) for edge in graph.edges() for line in _spline(edge.attr["pos"])]


def _spline(text: str) -> Iterator[Line]:
    ends = [tuple(map(float, part.split(","))) for part in text.split() if part[0] not in "es"]
    if ends:
        yield _curve([(x, y) for x, y in ends])


if __name__ == "__main__":
    sys.exit(main())
