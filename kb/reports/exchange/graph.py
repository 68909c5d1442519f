"""An argument map as nodes and edges in words: the one value from which DOT, GraphML and Argdown are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.domain.entity import Argument, ArgumentKind, Node, NodeKind, Question
from kb.reports.exchange.selection import Selection, selection_for
from kb.reports.exchange.statement import statement_words
from kb.reports.row import standing_label
from kb.reports.view import View
from kb.reports.words.voices import voice_words

SIDE = "side"
PREMISE, TESTS, DENIES = "premise", "tests", "denies"
_ABOUT_ARGUMENTS: Mapping[ArgumentKind, str] = {ArgumentKind.SUPPORTS: "backs", ArgumentKind.ATTACKS: "undercuts"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeNode:
    """A node of a map.

    Attributes:
        id: Its name, unique on the map.
        kind: ``claim``, ``figure``, ``calculation``, ``argument`` or ``side``.
        text: What it states; empty for an argument without a sentence of its own.
        voice: Who says it; empty where nobody in particular does.
        stance: How the voice presents it; empty likewise.
        standing: Its standing in a word; empty where it has none.
        strength: From 0 to 1; None likewise.
    """

    id: str
    kind: str
    text: str
    voice: str = ""
    stance: str = ""
    standing: str = ""
    strength: float | None = None


@dataclass(frozen=True, slots=True)
class ExchangeEdge:
    """An edge of a map, from what speaks to what it speaks for or against.

    Attributes:
        kind: ``premise``, ``supports``, ``attacks``, ``undercuts``, ``backs``, ``tests`` or ``denies``; denials hold
            both ways.
    """

    tail: str
    head: str
    kind: str


@dataclass(frozen=True)
class ExchangeGraph:
    """A map, and what stands above it.

    Attributes:
        title: The questions that it is about.
        moment: The position of the last event that counts, and its hash.
    """

    title: str
    moment: tuple[int, str]
    nodes: tuple[ExchangeNode, ...]
    edges: tuple[ExchangeEdge, ...]

    @cached_property
    def by_id(self) -> Mapping[str, ExchangeNode]:
        """The nodes by their names."""
        return {node.id: node for node in self.nodes}


def exchange_graph(view: View, questions: Sequence[Question]) -> ExchangeGraph:
    """The map that leads to ``questions``; of everything there is for none."""
    selection = selection_for(view.knowledge, questions)
    ids = _ids(selection)
    return ExchangeGraph(
        title=" ".join(question.text for question in questions) or "Argument map",
        moment=(view.moment.position, view.moment.hash),
        nodes=tuple(_node(view, node, id) for node, id in ids.items()),
        edges=tuple(edge for node in ids for edge in _edges(selection, node, ids)),
    )


def _ids(selection: Selection) -> Mapping[Node, str]:
    """A name for each node: its slug, with the side of a question; with its kind where that is taken."""
    ids: dict[Node, str] = {}
    taken: set[str] = set()
    for node in selection.nodes:
        slug = selection.knowledge.by_id[node.id].slug
        plain = f"{slug}:{node.side}" if node.side else slug
        ids[node] = plain if plain not in taken else f"{node.kind}:{plain}"
        taken.add(ids[node])
    return ids


def _node(view: View, node: Node, id: str) -> ExchangeNode:
    standing = view.analysis.standings.of(node.id, node.side)
    claim = view.knowledge.claims.get(node.id)
    said = claim or view.knowledge.figures.get(node.id)
    return ExchangeNode(
        id=id,
        kind=SIDE if node.side else str(node.kind),
        text=statement_words(view, node),
        voice=voice_words(said.voice) if said else "",
        stance=str(said.stance) if said else "",
        standing=standing_label(standing),
        strength=float(standing.strength) if standing else None,
    )


def _edges(selection: Selection, node: Node, ids: Mapping[Node, str]) -> Iterator[ExchangeEdge]:
    if argument := selection.knowledge.arguments.get(node.id):
        yield from (ExchangeEdge(ids[premise], ids[node], PREMISE) for premise in argument.premises if premise in ids)
        if argument.conclusion in ids:
            yield ExchangeEdge(ids[node], ids[argument.conclusion], _kind(argument))
    yield from (ExchangeEdge(ids[test], ids[node], TESTS) for _, test in selection.tests_of(node) if test in ids)
    claim = selection.knowledge.claims.get(node.id)
    for denied in claim.denies if claim else ():
        other = Node(NodeKind.CLAIM, denied)
        if other in ids:
            yield ExchangeEdge(ids[node], ids[other], DENIES)


def _kind(argument: Argument) -> str:
    is_about_argument = argument.conclusion.kind is NodeKind.ARGUMENT
    return _ABOUT_ARGUMENTS[argument.kind] if is_about_argument else str(argument.kind)
