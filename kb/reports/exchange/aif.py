"""An argument map in AIF-JSON: kept maps as they came, and what was recorded by hand as nodes of its own.

A map that came in and goes out has the same nodes, edges and texts, ids included. What was changed since is changed
there, too: a claim in other words, an argument with other premises, an entry that is gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from kb.domain.entity import EDITORS, Argument, ArgumentKind, Claim, Node, NodeKind, Question, Source
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.intake.aif.document import (
    CONFLICT,
    INFERENCE,
    STATEMENT,
    AifDocument,
    AifEdge,
    AifNode,
    Json,
    document_text,
    kept_document,
    key_of,
    listed,
)
from kb.intake.aif.reading import AifReading
from kb.reports.exchange.selection import Selection, selection_for
from kb.reports.exchange.statement import statement_words
from kb.reports.view import View

_SCHEMES: Mapping[str, str] = {INFERENCE: "Default Inference", CONFLICT: "Default Conflict"}
"""What AIF calls a step of which no scheme is known."""

_ANSWERS = re.compile(r".*/answers(-\d+)?")


def aif_export(view: View, questions: Sequence[Question]) -> str:
    """The map that leads to ``questions`` in AIF-JSON; everything there is for none."""
    knowledge = view.knowledge
    return aif_text(knowledge, selection_for(knowledge, questions), partial(statement_words, view))


def aif_text(knowledge: Knowledge, selection: Selection, words: Callable[[Node], str]) -> str:
    """The map of ``selection`` in AIF-JSON.

    Args:
        knowledge: The entities of the moment.
        selection: What to write.
        words: The text of a figure, a calculation or a side of a question.
    """
    return document_text(_Writer(knowledge, selection, words).document().whole) + "\n"


@dataclass
class _KeptMap:
    """A map that a source keeps, with what became of its nodes.

    Attributes:
        source: The source.
        document: The map as it came.
        prefix: What its ids begin with, so that they differ from those of another map.
    """

    source: Source
    document: AifDocument
    claims: Mapping[str, Claim]
    arguments: Mapping[str, list[Argument]]
    prefix: str = ""

    @cached_property
    def reading(self) -> AifReading:
        """The map, taken apart."""
        return AifReading(self.document)

    def has(self, node: AifNode) -> bool:
        """Whether a node is still there: what was made an entry and retracted since is gone."""
        if node.is_statement:
            return node.key in self.claims
        return node.key not in self.reading.stepping or node.key in self.arguments

    def id(self, key: str) -> str:
        """The id under which a node is written."""
        return f"{self.prefix}{key}"


@dataclass
class _Written:
    """The nodes and edges that were written so far, with their ids, and who says what of the nodes."""

    nodes: list[Any] = field(default_factory=list)
    edges: list[Any] = field(default_factory=list)
    node_ids: set[str] = field(default_factory=set)
    edge_ids: set[str] = field(default_factory=set)
    voices: dict[str, list[str]] = field(default_factory=dict)
    _next: int = 1

    def tie(self, tail: str, head: str) -> None:
        """Adds an edge with an id of its own."""
        while f"e{self._next}" in self.edge_ids:
            self._next += 1
        id = f"e{self._next}"
        self.edge_ids.add(id)
        self.edges.append({"edgeID": id, "fromID": tail, "toID": head, "formEdgeID": None})

    def node(self, id: str, kind: str, text: str) -> None:
        """Adds a node, with the scheme that AIF has for steps without one."""
        scheme = {"scheme": _SCHEMES[kind]} if kind in _SCHEMES else {}
        self.node_ids.add(id)
        self.nodes.append({"nodeID": id, "text": text, "type": kind, **scheme})


class _Writer:
    """Writes one document."""

    def __init__(self, knowledge: Knowledge, selection: Selection, words: Callable[[Node], str]) -> None:
        self.knowledge = knowledge
        self.words = words
        self.selection = selection
        self.kept = [kept for source in knowledge.sources.values() if (kept := self._kept_map(source))]
        self.ids: dict[Node, str] = {}
        self.written = _Written()

    def _kept_map(self, source: Source) -> _KeptMap | None:
        document = kept_document(source.aif) if source.aif else None
        if document is None:
            return None
        claims: dict[str, Claim] = {}
        arguments: dict[str, list[Argument]] = {}
        for claim in self.knowledge.claims.values():
            if claim.file == source.file and claim.aif:
                claims.setdefault(claim.aif, claim)
        for argument in self.knowledge.arguments.values():
            if argument.file == source.file and argument.aif:
                arguments.setdefault(argument.aif, []).append(argument)
        kept = _KeptMap(source, document, claims, arguments)
        chosen = (Node(NodeKind.CLAIM, claim.id) in self.selection.nodes for claim in claims.values())
        return kept if self.selection.is_whole or any(chosen) else None

    def document(self) -> AifDocument:
        """The whole document."""
        for kept in self.kept:
            self._name(kept)
        self._name_others()
        for kept in self.kept:
            self._write_kept(kept)
        proposed = self._proposed_questions()
        for node in self.selection.nodes:
            if node not in self._in_maps and node.id not in proposed:
                self._write(node, proposed)
        base = self.kept[0].document if self.kept else AifDocument({"nodes": [], "edges": [], "locutions": []})
        whole = _with_voices(base.with_graph(self.written.nodes, self.written.edges), self.written.voices)
        return _joined(whole, self.kept[1:])

    def _name(self, kept: _KeptMap) -> None:
        """Gives the nodes of a kept map their ids: their own, unless another map has one of them."""
        keys = {node.key for node in kept.document.nodes if node.key}
        if self.written.node_ids & keys:
            kept.prefix = f"{kept.source.slug}:"
        self.written.node_ids |= {kept.id(key) for key in keys}
        self.written.edge_ids |= {kept.id(key_of(edge.raw.get("edgeID"))) for edge in kept.document.edges}
        self.ids |= {Node(NodeKind.CLAIM, claim.id): kept.id(key) for key, claim in kept.claims.items()}
        for key, arguments in kept.arguments.items():
            self.ids |= {Node(NodeKind.ARGUMENT, argument.id): kept.id(key) for argument in arguments}

    def _name_others(self) -> None:
        self._in_maps = frozenset(self.ids)
        for node in self.selection.nodes:
            if node in self.ids:
                continue
            slug = self.knowledge.by_id[node.id].slug
            plain = f"{slug}:{node.side}" if node.side else slug
            id = plain if plain not in self.written.node_ids else f"{node.kind}:{plain}"
            self.ids[node] = id
            self.written.node_ids.add(id)

    def _proposed_questions(self) -> frozenset[Id]:
        """Questions of files that keep a map, to which nothing leads but ``answers`` there: AIF knows no questions."""
        files = {kept.source.file for kept in self.kept}
        return frozenset(
            question.id
            for question in self.knowledge.questions.values()
            if question.file in files and question.decided_by is None and self._only_answered(question)
        )

    def _only_answered(self, question: Question) -> bool:
        arguments = self.knowledge.arguments_to.get(question.id, ())
        return all(a.file == question.file and _ANSWERS.fullmatch(a.slug) for a in arguments)

    def _write_kept(self, kept: _KeptMap) -> None:
        for node, item in zip(kept.document.nodes, listed(kept.document.graph, "nodes"), strict=True):
            if not node.key:
                self.written.nodes.append(item)
            elif kept.has(node):
                self.written.nodes.append(_renamed(kept, self._restored(kept, node), "nodeID"))
        ties = _Ties(kept, self.ids)
        for edge, item in zip(kept.document.edges, listed(kept.document.graph, "edges"), strict=True):
            if ties.stay(edge):
                self.written.edges.append(_renamed(kept, item, "edgeID", "fromID", "toID"))
        for tail, head in ties.added():
            self.written.tie(tail, head)

    def _restored(self, kept: _KeptMap, node: AifNode) -> Json:
        """A node as it came, with what its entry says now."""
        if claim := kept.claims.get(node.key) if node.is_statement else None:
            return node.raw if claim.text == node.text else node.raw | {"text": claim.text}
        arguments = kept.arguments.get(node.key, []) if node.is_step else []
        kinds = {_type_of(argument) for argument in arguments}
        return node.raw | {"type": kinds.pop()} if len(kinds) == 1 and node.kind not in kinds else node.raw

    def _write(self, node: Node, proposed: frozenset[Id]) -> None:
        id = self.ids[node]
        if argument := self.knowledge.arguments.get(node.id):
            if argument.conclusion.id in proposed:
                return
            kind = _type_of(argument)
            self._step(id, kind, [self.ids[premise] for premise in argument.premises], self.ids[argument.conclusion])
            return
        claim = self.knowledge.claims.get(node.id)
        self.written.node(id, STATEMENT, claim.text if claim else self.words(node))
        if claim and claim.voice != EDITORS:
            self.written.voices.setdefault(claim.voice.origin, []).append(id)
        for kind, other in self.selection.tests_of(node):
            suffix = "holds-if" if kind is ArgumentKind.SUPPORTS else "fails-if"
            self._step(f"{id}/{suffix}", _TYPES[kind], [self.ids[other]], id)
        for denied in claim.denies if claim else ():
            target = Node(NodeKind.CLAIM, denied)
            if target in self.ids:
                self._step(f"{id}/denies/{self.ids[target]}", CONFLICT, [id], self.ids[target])

    def _step(self, id: str, kind: str, premises: Iterable[str], conclusion: str) -> None:
        self.written.node(id, kind, _SCHEMES[kind])
        for premise in premises:
            self.written.tie(premise, id)
        self.written.tie(id, conclusion)


_TYPES: Mapping[ArgumentKind, str] = {ArgumentKind.SUPPORTS: INFERENCE, ArgumentKind.ATTACKS: CONFLICT}


def _type_of(argument: Argument) -> str:
    return _TYPES[argument.kind]


class _Ties:
    """Which edges of a kept map still hold, and which are new: those of its arguments as they are now."""

    def __init__(self, kept: _KeptMap, ids: Mapping[Node, str]) -> None:
        self._kept = kept
        self._before = dict.fromkeys(self._ties_before())
        self._now = dict.fromkeys(self._ties_now(ids))

    def _ties_before(self) -> Iterator[tuple[str, str]]:
        for steps in self._kept.reading.stepping.values():
            for step in steps:
                id = self._kept.id(step.node.key)
                yield from ((self._kept.id(premise.key), id) for premise in step.premises)
                yield id, self._kept.id(step.conclusion.key)

    def _ties_now(self, ids: Mapping[Node, str]) -> Iterator[tuple[str, str]]:
        for key, arguments in self._kept.arguments.items():
            id = self._kept.id(key)
            for argument in arguments:
                yield from ((ids[premise], id) for premise in argument.premises if premise in ids)
                yield from ((id, ids[node]) for node in (argument.conclusion,) if node in ids)

    def stay(self, edge: AifEdge) -> bool:
        """Whether an edge of the map still holds."""
        tail, head = edge.tail, edge.head
        if any(end is not None and not self._kept.has(end) for end in (tail, head)):
            return False
        if tail is None or head is None:
            return True
        pair = (self._kept.id(tail.key), self._kept.id(head.key))
        return pair not in self._before or pair in self._now

    def added(self) -> Iterator[tuple[str, str]]:
        """The edges that the map did not have."""
        return (pair for pair in self._now if pair not in self._before)


def _renamed(kept: _KeptMap, item: Any, *names: str) -> Any:
    """``item`` with the prefix of its map before the ids called ``names``."""
    if not kept.prefix or not isinstance(item, dict):
        return item
    return item | {name: kept.id(key) for name in names if (key := key_of(item.get(name)))}


def _joined(document: AifDocument, others: Iterable[_KeptMap]) -> AifDocument:
    """``document`` with the further lists (locutions, participants, …) of the ``others``."""
    graph = dict(document.graph)
    for other in others:
        for name, items in other.document.graph.items():
            if isinstance(items, list) and name not in ("nodes", "edges"):
                graph[name] = [*listed(graph, name), *(_renamed(other, item, "nodeID") for item in items)]
    return AifDocument(graph if document.graph is document.whole else {**document.whole, "AIF": graph})


def _with_voices(document: AifDocument, voices: Mapping[str, list[str]]) -> AifDocument:
    """``document`` with a participant for each voice, tied to the statements that are hers."""
    if not voices:
        return document
    graph = document.graph
    participants = [{"participantID": name, "firstname": "", "surname": name} for name in voices]
    said = [{"nodeID": id, "personID": name} for name, ids in voices.items() for id in ids]
    more = {
        "locutions": [*listed(graph, "locutions"), *said],
        "participants": [*listed(graph, "participants"), *participants],
    }
    return AifDocument(graph | more if graph is document.whole else document.whole | {"AIF": graph | more})
