"""An argument map in Argdown: statements, and arguments with their premises and conclusions."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from kb.domain.entity import Question
from kb.reports.exchange.graph import DENIES, PREMISE, TESTS, ExchangeGraph, ExchangeNode, exchange_graph
from kb.reports.view import View

_CONCLUDES: Mapping[str, tuple[str, str]] = {
    "attacks": ("It is not right that “{}”", "->"),
    "undercuts": ("The step to “{}” does not hold.", "_>"),
    "backs": ("The step to “{}” holds.", "+>"),
}
"""What an argument concludes that does not simply support a statement, and how that bears on its target."""

_LONGEST = 120


def argdown_export(view: View, questions: Sequence[Question]) -> str:
    """The map that leads to ``questions`` in Argdown; of everything there is for none."""
    graph = exchange_graph(view, questions)
    return "\n\n".join([*_head(graph), *_statements(graph), *_arguments(graph)]) + "\n"


def _head(graph: ExchangeGraph) -> Iterator[str]:
    position, hash = graph.moment
    title = graph.title.replace("\\", "\\\\").replace('"', '\\"').replace("===", "= = =")
    yield f'===\ntitle: "{title}"\nsubTitle: "as of event {position}:{hash}"\n==='


def _statements(graph: ExchangeGraph) -> Iterator[str]:
    """Each statement with what tests or denies it."""
    for node in graph.nodes:
        if node.kind != "argument":
            related = [
                f"  {_SIGNS[edge.kind]} [{edge.tail}]"
                for edge in graph.edges
                if edge.head == node.id and edge.kind in _SIGNS
            ]
            yield "\n".join([f"[{node.id}]: {escaped(_attributed(node))}", *related])


_SIGNS: Mapping[str, str] = {TESTS: "+", DENIES: "><"}


def _attributed(node: ExchangeNode) -> str:
    """What a statement says; a figure says itself who gives it."""
    return f"{node.text} ({node.voice})" if node.voice and node.kind == "claim" else node.text


def _arguments(graph: ExchangeGraph) -> Iterator[str]:
    premises: dict[str, list[str]] = {}
    targets: dict[str, tuple[str, str]] = {}
    for edge in graph.edges:
        if edge.kind == PREMISE:
            premises.setdefault(edge.head, []).append(edge.tail)
        elif edge.kind not in _SIGNS:
            targets[edge.tail] = edge.kind, edge.head
    for node in graph.nodes:
        if node.id in targets and node.id in premises:
            steps = [f"({number}) [{premise}]" for number, premise in enumerate(premises[node.id], 1)]
            conclusion = _conclusion(graph, node, *targets[node.id])
            stated = f"<{node.id}>: {escaped(node.text)}" if node.text else f"<{node.id}>"
            yield "\n".join([f"{stated}\n", *steps, "----", f"({len(steps) + 1}) {conclusion}"])


def _conclusion(graph: ExchangeGraph, node: ExchangeNode, kind: str, target: str) -> str:
    if kind not in _CONCLUDES:
        return f"[{target}]"
    words, sign = _CONCLUDES[kind]
    aimed = graph.by_id[target]
    quoted = textwrap.shorten(_said(graph, aimed), _LONGEST, placeholder="…")
    name = f"<{target}>" if aimed.kind == "argument" else f"[{target}]"
    return f"[{node.id}/conclusion]: {escaped(words.format(quoted))}\n    {sign} {name}"


def _said(graph: ExchangeGraph, node: ExchangeNode) -> str:
    """What a statement says, and of an argument what the statement says that it leads to."""
    seen: set[str] = set()
    while node.kind == "argument" and node.id not in seen:
        seen.add(node.id)
        heads = (edge.head for edge in graph.edges if edge.tail == node.id and edge.kind != PREMISE)
        node = next((graph.by_id[head] for head in heads), node)
    return node.text


_MARKUP = re.compile(r"[\\@#*_\[\]<>{}]|/(?=[/*])|=(?==)|[:.](?=\S+[:.])|^[^\w\s]")
"""A character that begins markup where it stands: always, before a certain other one, or at the beginning of a line."""
_SPACES = re.compile(r"\s+")


def escaped(text: str) -> str:
    r"""``text`` on one line, with a backslash before each character that Argdown would take for markup.

    >>> print(escaped("5 [of] #9\n<b> a.m. $1.50"))
    5 \[of\] \#9 \<b\> a\.m. $1.50
    """
    return _MARKUP.sub(r"\\\g<0>", _SPACES.sub(" ", text).strip())
