"""What may stand behind a key? Shapes: each reads a node strictly, and says in JSON Schema what it takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from rapidfuzz import fuzz, process

from kb.intake.margin import Margin
from kb.intake.node import Hole, Node, Scalar, Series, Table

JsonSchema = dict[str, Any]
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_SMART = "“”‘’„«»"
_TEXTUAL = ["string", "number", "boolean"]


class Shape(Protocol):
    """What may stand behind a key."""

    def read(self, node: Node, key: str, margin: Margin) -> Any:
        """What ``node`` says; None, and a problem in the margin, where it is of another shape."""

    def schema(self) -> JsonSchema:
        """The same as JSON Schema."""


def nearest(name: str, choices: Iterable[str]) -> str:
    """The one of ``choices`` that is most like ``name``; empty where none is near."""
    known = list(choices)
    found = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=60, processor=str.casefold)
    if found is None and len(name) > 3:  # only then by parts: in a long word nearly every short one is a part
        found = process.extractOne(name, known, scorer=fuzz.WRatio, score_cutoff=66, processor=str.casefold)
    return found[0] if found else ""


def did_you_mean(name: str, choices: Iterable[str]) -> str:
    """A hint that names the nearest of ``choices``; where none is near, all of them if they are few."""
    known = list(choices)
    if found := nearest(name, known):
        return f"did you mean '{found}'?"
    return f"write one of: {', '.join(known)}" if 0 < len(known) <= 14 else ""


def found_words(node: Node) -> str:
    """What ``node`` is, in plain words."""
    match node:
        case Table(pairs):
            return "a mapping" if pairs else "an empty mapping {}"
        case Series():
            return "a list"
        case Scalar(""):
            return "nothing"
        case _:
            return "a text"


def is_scalar(node: Node, key: str, wanted: str, margin: Margin) -> bool:
    """Whether ``node`` is a text that is not empty; noted where not."""
    if isinstance(node, Scalar) and node.text.strip():
        return True
    if isinstance(node, Table) and len(node.pairs) == 1 and isinstance(node.pairs[0][1], Scalar):
        name, rest = node.pairs[0][0].text, node.pairs[0][1].text
        hint = f"a colon and a space begin a mapping; if a text is meant, put it in quotes: '{name}: {rest}'"
        margin.note(node, f"'{key}' wants {wanted}, not a mapping", hint)
    elif not isinstance(node, Hole):
        margin.note(node, f"'{key}' wants {wanted}, not {found_words(node)}")
    return False


@dataclass(frozen=True, slots=True)
class Text:
    """Any text; numbers, ``yes`` and ``no`` are texts too. ``wanted`` says in words what is meant."""

    wanted: str = "a text"

    def read(self, node: Node, key: str, margin: Margin) -> Scalar | None:
        if not is_scalar(node, key, self.wanted, margin):
            return None
        assert isinstance(node, Scalar)
        return node if node.text == node.text.strip() else node._replace(text=node.text.strip())

    def schema(self) -> JsonSchema:
        return {"type": _TEXTUAL}


@dataclass(frozen=True, slots=True)
class Matching:
    """A text of one form, e.g. an id; ``hint`` shows an example of it."""

    pattern: re.Pattern[str]
    wanted: str
    hint: str

    def read(self, node: Node, key: str, margin: Margin) -> Scalar | None:
        found = Text(self.wanted).read(node, key, margin)
        if found is None or self.pattern.fullmatch(found.text):
            return found
        straight = found.text.strip(_SMART)
        curly = straight != found.text
        hint = "use straight quotes or none" if curly else self._better(found.text)
        margin.note(found, f"'{found.text}' is not {self.wanted}", hint)
        return None

    def _better(self, text: str) -> str:
        slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
        return f"write '{slug}'" if self.pattern is ID and ID.fullmatch(slug) else self.hint

    def schema(self) -> JsonSchema:
        return {"type": _TEXTUAL, "pattern": f"^(?:{self.pattern.pattern})$"}


@dataclass(frozen=True, slots=True)
class Version:
    """The version of the format: the one that this version of the program reads."""

    read_here: str

    def read(self, node: Node, key: str, margin: Margin) -> Scalar | None:
        found = Text("the version of the format").read(node, key, margin)
        if found is None or found.text == self.read_here:
            return found
        what = f"'{found.text}' is no {key}"
        if found.text.isdigit():
            what = f"this file is of format {found.text}, this version reads format {self.read_here}"
        margin.note(found, what, f"write {key}: {self.read_here}" if not found.text.isdigit() else "")
        return None

    def schema(self) -> JsonSchema:
        return {"enum": [self.read_here]}


IDENTIFIER = Matching(ID, "an id", "lower-case letters, digits and '-', at most 60, like 'plan-fee'")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, node: Node, key: str, margin: Margin) -> Scalar | None:
        found = Text("one of a few words").read(node, key, margin)
        if found is None or found.text in self.words:
            return found
        margin.note(found, f"'{found.text}' is no {key}", did_you_mean(found.text, self.words))
        return None

    def schema(self) -> JsonSchema:
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; one thing alone stands for a list of one."""

    item: Shape
    wanted: str = "a list"

    def read(self, node: Node, key: str, margin: Margin) -> tuple[Any, ...] | None:
        if isinstance(node, Hole):
            return None
        if isinstance(node, Scalar) and not node.text:
            margin.note(node, f"'{key}' wants {self.wanted}, not nothing", "leave the key out where there is none")
            return None
        items = node.items if isinstance(node, Series) else (node,)
        found = (self.item.read(item, key, margin) for item in items)
        return tuple(item for item in found if item is not None)

    def schema(self) -> JsonSchema:
        item = self.item.schema()
        return {"anyOf": [{"type": "array", "items": item}, item]}


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping from keys that the author chooses; read as pairs of key and value."""

    value: Shape
    wanted: str

    def read(self, node: Node, key: str, margin: Margin) -> tuple[tuple[Scalar, Any], ...] | None:
        if not isinstance(node, Table):
            if not isinstance(node, Hole):
                margin.note(node, f"'{key}' wants {self.wanted}, not {found_words(node)}")
            return None
        found = ((name, self.value.read(value, name.text, margin)) for name, value in node.pairs)
        return tuple((name, value) for name, value in found if value is not None)

    def schema(self) -> JsonSchema:
        return {"type": "object", "additionalProperties": self.value.schema()}


@dataclass(frozen=True, slots=True)
class Either:
    """A text, or something fuller: the node's own kind decides."""

    text: Shape
    table: Shape | None = None
    series: Shape | None = None

    def read(self, node: Node, key: str, margin: Margin) -> Any:
        if isinstance(node, Table) and self.table is not None:
            return self.table.read(node, key, margin)
        if isinstance(node, Series) and self.series is not None:
            return self.series.read(node, key, margin)
        return self.text.read(node, key, margin)

    def schema(self) -> JsonSchema:
        return {"anyOf": [shape.schema() for shape in (self.text, self.table, self.series) if shape]}


@dataclass(frozen=True, slots=True)
class Later:
    """A shape that is told when it is needed; for entries that hold each other."""

    shape: Callable[[], Shape]

    def read(self, node: Node, key: str, margin: Margin) -> Any:
        return self.shape().read(node, key, margin)

    def schema(self) -> JsonSchema:
        return self.shape().schema()
