"""An argument map in GraphML, with typed keys; yEd shows the texts as labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kb.domain.entity import Question
from kb.reports.exchange.graph import ExchangeEdge, ExchangeGraph, ExchangeNode, exchange_graph
from kb.reports.view import View
from kb.reports.words.references import capitalized

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_YED = "http://www.yworks.com/xml/graphml"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TYPES: Mapping[str, str] = {"strength": "double"}
_NODE_KEYS = tuple(field.name for field in fields(ExchangeNode) if field.name != "id")
_SHAPES: Mapping[str, str] = {"argument": "ellipse", "figure": "rectangle", "calculation": "hexagon"}
_COLOURS: Mapping[str, str] = {"supports": "#1B7837", "backs": "#1B7837"} | dict.fromkeys(
    ("attacks", "undercuts", "denies"), "#B2182B"
)


def graphml_export(view: View, questions: Sequence[Question]) -> str:
    """The map that leads to ``questions`` in GraphML; of everything there is for none."""
    root = _root(exchange_graph(view, questions))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _root(graph: ExchangeGraph) -> Element:
    position, hash = graph.moment
    root = Element(
        "graphml",
        {
            "xmlns": _GRAPHML,
            "xmlns:y": _YED,
            "xmlns:xsi": _XSI,
            "xsi:schemaLocation": f"{_GRAPHML} {_YED}/1.1/ygraphml.xsd",
        },
    )
    for attributes in _keys():
        SubElement(root, "key", attributes)
    drawn = SubElement(root, "graph", id="argument-map", edgedefault="directed")
    for name, text in (("title", graph.title), ("moment", f"{position}:{hash}")):
        _data(drawn, name, text)
    for node in graph.nodes:
        _add_node(drawn, node)
    for number, edge in enumerate(graph.edges, 1):
        _add_edge(drawn, number, edge)
    return root


def _keys() -> Iterator[dict[str, str]]:
    for name in ("title", "moment"):
        yield {"id": name, "for": "graph", "attr.name": name, "attr.type": "string"}
    for name in _NODE_KEYS:
        yield {"id": name, "for": "node", "attr.name": name, "attr.type": _TYPES.get(name, "string")}
    yield {"id": "relation", "for": "edge", "attr.name": "relation", "attr.type": "string"}
    yield {"id": "node-graphics", "for": "node", "yfiles.type": "nodegraphics"}
    yield {"id": "edge-graphics", "for": "edge", "yfiles.type": "edgegraphics"}


def _add_node(graph: Element, node: ExchangeNode) -> None:
    element = SubElement(graph, "node", id=node.id)
    for name in _NODE_KEYS:
        stated = getattr(node, name)
        if stated not in ("", None):
            _data(element, name, str(stated))
    shape = SubElement(SubElement(element, "data", key="node-graphics"), "y:ShapeNode")
    SubElement(shape, "y:NodeLabel").text = node.text or capitalized(node.kind)
    SubElement(shape, "y:Shape", type=_SHAPES.get(node.kind, "roundrectangle"))


def _add_edge(graph: Element, number: int, edge: ExchangeEdge) -> None:
    element = SubElement(graph, "edge", id=f"e{number}", source=edge.tail, target=edge.head)
    _data(element, "relation", edge.kind)
    line = SubElement(SubElement(element, "data", key="edge-graphics"), "y:PolyLineEdge")
    SubElement(line, "y:LineStyle", color=_COLOURS.get(edge.kind, "#666666"), type="line", width="1.0")
    SubElement(line, "y:Arrows", source="none", target="standard")
    SubElement(line, "y:EdgeLabel").text = edge.kind


def _data(element: Element, key: str, text: str) -> None:
    SubElement(element, "data", key=key).text = text
