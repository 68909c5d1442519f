"""An argument map in the DOT language of Graphviz: the questions at the left, all arrows towards them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from kb.domain.entity import Question
from kb.reports.exchange.graph import DENIES, PREMISE, TESTS, ExchangeEdge, ExchangeGraph, ExchangeNode, exchange_graph
from kb.reports.view import View
from kb.reports.words.references import capitalized

_WIDTH = 34
_SHAPES: Mapping[str, str] = {
    "side": 'shape=box, style="rounded,bold"',
    "claim": "shape=box, style=rounded",
    "figure": "shape=box",
    "calculation": "shape=component",
    "argument": "shape=ellipse",
}
_LINES: Mapping[str, str] = {
    PREMISE: "arrowhead=none",
    "supports": 'color="#1b7837", arrowhead=normal',
    "backs": 'color="#1b7837", arrowhead=normal, style=dashed',
    "attacks": 'color="#b2182b", arrowhead=tee',
    "undercuts": 'color="#b2182b", arrowhead=tee, style=dashed',
    TESTS: "arrowhead=empty, style=dotted",
    DENIES: 'color="#b2182b", arrowhead=tee, arrowtail=tee, dir=both, constraint=false',
}
"""How each kind of edge is drawn: support and attack differ in the head of the arrow as well as in colour."""


def dot_export(view: View, questions: Sequence[Question]) -> str:
    """The map that leads to ``questions`` in DOT; of everything there is for none."""
    return "\n".join(_lines(exchange_graph(view, questions))) + "\n"


def _lines(graph: ExchangeGraph) -> Iterator[str]:
    position, hash = graph.moment
    yield "digraph argument_map {"
    yield f"  // as of event {position}:{hash}"
    yield f"  graph [rankdir=RL, label={_quoted(_wrapped(graph.title))}, labelloc=t, fontname=Helvetica]"
    yield "  node [fontname=Helvetica, fontsize=11]"
    yield "  edge [fontname=Helvetica, fontsize=9]"
    yield from map(_node, graph.nodes)
    yield from map(_edge, graph.edges)
    yield "}"


def _node(node: ExchangeNode) -> str:
    text = node.text or capitalized(node.kind)
    # A figure is stated with its voice.
    said = f"({node.voice})" if node.voice and node.kind == "claim" else ""
    label = "\n".join(filter(None, (_wrapped(text), _wrapped(said), node.standing)))
    return f"  {_quoted(node.id)} [label={_quoted(label)}, {_SHAPES[node.kind]}]"


def _edge(edge: ExchangeEdge) -> str:
    label = "" if edge.kind == PREMISE else f"label={edge.kind}, "
    return f"  {_quoted(edge.tail)} -> {_quoted(edge.head)} [{label}{_LINES[edge.kind]}]"


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, _WIDTH))


def _quoted(text: str) -> str:
    r"""``text`` as a string of DOT.

    >>> print(_quoted('a "b" \\N & <c>'))
    "a \"b\" \\N &amp; <c>"
    """
    # Graphviz reads &lt; in a label as a character, and \N as the name of the node.
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;").replace("\n", "\\n")
    return f'"{escaped}"'
