"""An AIF-JSON document as it came: its nodes and edges, however ill kept, and its text in a seed file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from kb.domain.characters import FORBIDDEN, is_blank
from kb.domain.problem import Problem

Json = dict[str, Any]

STATEMENT = "I"
"""The type of the nodes that state something."""
INFERENCE, CONFLICT = "RA", "CA"
"""The types of the nodes that apply a rule of inference, and of conflict."""

IN_CLAIM: Json = {}
"""What a kept node has in place of its text where the claim that was made of it says the same."""


@dataclass(frozen=True, slots=True)
class AifNode:
    """A node as it stands in its document.

    Attributes:
        place: Its place in the list of nodes, from 0.
        key: Its id as text, by which edges and entries name it; empty where it has none, or an earlier node has it.
        kind: Its type, e.g. ``RA``.
        raw: All that the document says of it.
    """

    place: int
    key: str
    kind: str
    raw: Json

    @property
    def text(self) -> str:
        """Its text on one line, without characters that nothing recorded may hold; empty for none."""
        return plain_text(self.raw.get("text"))

    @property
    def is_in_claim(self) -> bool:
        """Whether its text was left to the claim that was made of it."""
        return self.raw.get("text") == IN_CLAIM

    @property
    def is_statement(self) -> bool:
        """Whether a claim can be made of it."""
        return bool(self.kind == STATEMENT and self.key and (self.text or self.is_in_claim))

    @property
    def is_step(self) -> bool:
        """Whether an argument may be made of it."""
        return bool(self.kind in (INFERENCE, CONFLICT) and self.key)


@dataclass(frozen=True, slots=True)
class AifEdge:
    """An edge as it stands in its document; an end is None where no node has that id."""

    tail: AifNode | None
    head: AifNode | None
    raw: Json


@dataclass(frozen=True)
class AifDocument:
    """A document in AIF-JSON.

    Attributes:
        whole: All of it, as decoded.
    """

    whole: Json

    @property
    def graph(self) -> Json:
        """The part with nodes and edges: all of it, or what xAIF has under ``AIF``."""
        return _graph(self.whole)

    @cached_property
    def nodes(self) -> tuple[AifNode, ...]:
        """The nodes, in order."""
        nodes, seen = [], {""}
        for place, item in enumerate(listed(self.graph, "nodes")):
            raw = item if isinstance(item, dict) else {}
            id = key_of(raw.get("nodeID"))
            nodes.append(AifNode(place, "" if id in seen else id, str(raw.get("type", "")).strip().upper(), raw))
            seen.add(id)
        return tuple(nodes)

    @cached_property
    def by_key(self) -> Mapping[str, AifNode]:
        """The nodes by their ids; of several with one id the first."""
        return {node.key: node for node in self.nodes if node.key}

    @cached_property
    def edges(self) -> tuple[AifEdge, ...]:
        """The edges, in order."""
        raws = (item if isinstance(item, dict) else {} for item in listed(self.graph, "edges"))
        return tuple(AifEdge(self._end(raw.get("fromID")), self._end(raw.get("toID")), raw) for raw in raws)

    def _end(self, id: Any) -> AifNode | None:
        return self.by_key.get(key_of(id))

    def with_graph(self, nodes: list[Any], edges: list[Any]) -> AifDocument:
        """The same document with other nodes and edges; a list that it lacks is only made to hold something."""
        stated = {"nodes": nodes, "edges": edges}
        parts = {name: items for name, items in stated.items() if items or isinstance(self.graph.get(name), list)}
        graph = self.graph | parts
        return replace(self, whole=graph if self.graph is self.whole else self.whole | {"AIF": graph})


def key_of(id: Any) -> str:
    """An id as text: some files write ids as numbers, and refer to them as texts; empty for none."""
    return str(id).strip() if isinstance(id, str | int) and not isinstance(id, bool) else ""


_SEPARATING = re.compile(rf"(?:\s|{FORBIDDEN})+")


def plain_text(text: Any) -> str:
    """``text`` on one line, with a blank for each character that nothing recorded may hold; empty for no text."""
    plain = _SEPARATING.sub(" ", text).strip() if isinstance(text, str) else ""
    return "" if is_blank(plain) else plain


def listed(graph: Json, name: str) -> list[Any]:
    """The list ``name`` of a document; empty where it has none."""
    items = graph.get(name)
    return items if isinstance(items, list) else []


def _graph(whole: Json) -> Json:
    inner = whole.get("AIF")
    return inner if isinstance(inner, dict) else whole


def is_aif(decoded: Any) -> bool:
    """Whether what was decoded from JSON is a document in AIF, and no list of sources."""
    return isinstance(decoded, dict) and ("AIF" in decoded or isinstance(decoded.get("nodes"), list))


_DEEPEST = 100


def decoded_json(text: str, path: str) -> Any | Problem:
    """What the JSON ``text`` of the file at ``path`` says, or the problem with it."""
    too_deep = Problem(where=f"{path}:1:1", what="this JSON is nested too deep", hint="is this an argument map?")
    try:
        decoded = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"{path}:{error.lineno}:{error.colno}"
        return Problem(where=where, what=f"this is not JSON: {error.msg.lower()}", hint="export it again")
    except RecursionError:
        return too_deep
    except ValueError as error:  # A number with thousands of digits.
        return Problem(where=f"{path}:1:1", what=f"this JSON cannot be read: {error}", hint="export it again")
    return too_deep if _is_deeper(decoded, _DEEPEST) else decoded


def _is_deeper(value: Any, most: int) -> bool:
    """Whether lists and objects are nested deeper than ``most``: what is read must also be written, by recursion."""
    layer = [value] if isinstance(value, dict | list) else []
    for _ in range(most):
        parts = (part.values() if isinstance(part, dict) else part for part in layer)
        layer = [inner for part in parts for inner in part if isinstance(inner, dict | list)]
    return bool(layer)


def kept_document(text: str) -> AifDocument | None:
    """The document that a source keeps as ``text``; None where that is no AIF."""
    decoded: Any = decoded_json(text, "")
    return AifDocument(decoded) if is_aif(decoded) else None


_UNWRITABLE = re.compile(rf"{FORBIDDEN}|\ue000")


def document_text(whole: Json) -> str:
    """A document as JSON for people: a line for each node and edge, and escapes for characters that show nothing."""
    return _UNWRITABLE.sub(_escape, "\n".join(_object_lines(whole)))


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]


def _object_lines(value: Json) -> Iterator[str]:
    if not value:
        yield "{}"
        return
    yield "{"
    for number, (name, part) in enumerate(value.items(), 1):
        *lines, last = _value_lines(name, part)
        comma = "," if number < len(value) else ""
        yield from (f"  {line}" for line in lines)
        yield f"  {last}{comma}"
    yield "}"


def _value_lines(name: str, value: Any) -> Iterator[str]:
    lead = f"{_json(name)}: "
    if isinstance(value, dict) and name == "AIF":
        first, *rest = _object_lines(value)
        yield lead + first
        yield from rest
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        yield lead + "["
        yield from (f"  {_json(item)}{',' if place < len(value) else ''}" for place, item in enumerate(value, 1))
        yield "]"
    else:
        yield lead + _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
