"""Nodes of a seed file, the shapes that they may have, and records whose fields are the keys of an entry."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from kb.domain.slug import ID, slug_of
from kb.domain.suggestion import did_you_mean, nearest
from kb.intake.diagnostics import Diagnostics, Spot


class Scalar(NamedTuple):
    """A text. ``style`` is empty for a plain one, else the sign that opens it: ``"``, ``'``, ``|`` or ``>``."""

    text: str
    line: int
    column: int
    style: str = ""


class Series(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


class Table(NamedTuple):
    """A mapping in the order written; no key occurs twice."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int


class Hole(NamedTuple):
    """A part that could not be read. Its problem has been noted; nothing else is reported about it."""

    line: int
    column: int


Node = Scalar | Series | Table | Hole


JsonSchema = dict[str, Any]
_SMART = "“”‘’„«»"
_TEXTUAL = ["string", "number", "boolean"]


class Shape(Protocol):
    """What a key may be followed by."""

    def read(self, node: Node, key: str, diagnostics: Diagnostics) -> Any:
        """What ``node`` says; None, with a problem noted, where it has another shape."""

    def schema(self) -> JsonSchema:
        """The shape as JSON Schema."""


def describe_node(node: Node) -> str:
    """What ``node`` is, in words for a message."""
    match node:
        case Table(pairs):
            return "a mapping" if pairs else "an empty mapping {}"
        case Series():
            return "a list"
        case Scalar(""):
            return "nothing"
        case _:
            return "a text"


_NULLS = ("null", "Null", "NULL", "~")
"""What YAML takes for nothing, where it stands without quotes."""


def is_scalar(node: Node, key: str, wanted: str, diagnostics: Diagnostics) -> bool:
    """Whether ``node`` is a text that is not empty; if not, a problem is noted."""
    # A person who writes null has no text in mind, and "~" is YAML for the same.
    if isinstance(node, Scalar) and not node.style and node.text.strip() in _NULLS:
        hint = f"leave the key out; if a text is meant, put it in quotes: '{node.text}'"
        diagnostics.note(node, f"'{key}' wants {wanted}, not nothing", hint)
        return False
    if isinstance(node, Scalar) and node.text.strip():
        return True
    if isinstance(node, Table) and len(node.pairs) == 1 and isinstance(node.pairs[0][1], Scalar):
        name, rest = node.pairs[0][0].text, node.pairs[0][1].text
        hint = f"a colon and a space begin a mapping; if a text is meant, put it in quotes: '{name}: {rest}'"
        diagnostics.note(node, f"'{key}' wants {wanted}, not a mapping", hint)
    elif not isinstance(node, Hole):
        diagnostics.note(node, f"'{key}' wants {wanted}, not {describe_node(node)}")
    return False


@dataclass(frozen=True, slots=True)
class Text:
    """Any text; numbers, ``yes`` and ``no`` are texts too. ``wanted`` says what is expected."""

    wanted: str = "a text"

    def read(self, node: Node, key: str, diagnostics: Diagnostics) -> Scalar | None:
        if not is_scalar(node, key, self.wanted, diagnostics):
            return None
        assert isinstance(node, Scalar)
        return node if node.text == node.text.strip() else node._replace(text=node.text.strip())

    def schema(self) -> JsonSchema:
        return {"type": _TEXTUAL}


@dataclass(frozen=True, slots=True)
class Matching:
    """A text that matches ``pattern``, e.g. an id; ``hint`` shows an example.

    Attributes:
        meant: What to write for texts that people write instead, in lower case.
    """

    pattern: re.Pattern[str]
    wanted: str
    hint: str
    meant: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def read(self, node: Node, key: str, diagnostics: Diagnostics) -> Scalar | None:
        scalar = Text(self.wanted).read(node, key, diagnostics)
        if scalar is None or self.pattern.fullmatch(scalar.text):
            return scalar
        straight = scalar.text.strip(_SMART)
        # Word processors put curly quotes around a text, which YAML takes for a part of it.
        curly = straight != scalar.text
        hint = "use straight quotes or none" if curly else self._better(scalar.text)
        diagnostics.note(scalar, f"'{scalar.text}' is not {self.wanted}", hint)
        return None

    def _better(self, text: str) -> str:
        better = slug_of(text) if self.pattern is ID else self.meant.get(text.casefold(), "")
        return f"write '{better}'" if better else self.hint

    def schema(self) -> JsonSchema:
        return {"type": _TEXTUAL, "pattern": f"^(?:{self.pattern.pattern})$"}


@dataclass(frozen=True, slots=True)
class Version:
    """The version of the format that this version of the program reads."""

    supported: str

    def read(self, node: Node, key: str, diagnostics: Diagnostics) -> Scalar | None:
        scalar = Text("the version of the format").read(node, key, diagnostics)
        if scalar is None or scalar.text == self.supported:
            return scalar
        what, hint = f"'{scalar.text}' is not a version of the format", f"write {key}: {self.supported}"
        if scalar.text.isdigit():
            what = f"this file is of format {scalar.text}, this version reads format {self.supported}"
            hint = f"upgrade kb, or write {key}: {self.supported} if the file is of that format"
        diagnostics.note(scalar, what, hint)
        return None

    def schema(self) -> JsonSchema:
        return {"enum": [self.supported]}


IDENTIFIER = Matching(ID, "an id", "lower-case letters, digits and '-', at most 60, like 'plan-fee'")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words, with their meanings where the words do not say it themselves.

    Attributes:
        meant: What to write for words that people write instead, in lower case.
    """

    words: tuple[str, ...]
    meanings: Mapping[str, str] = dataclasses.field(default_factory=dict)
    meant: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def read(self, node: Node, key: str, diagnostics: Diagnostics) -> Scalar | None:
        scalar = Text("one of a few words").read(node, key, diagnostics)
        if scalar is None or scalar.text in self.words:
            return scalar
        diagnostics.note(scalar, f"'{scalar.text}' is no {key}", self._hint(scalar.text))
        return None

    def _hint(self, text: str) -> str:
        plain = re.sub(r"[\s_-]+", " ", text).casefold()
        if plain in self.meant:
            return f"write {self.meant[plain]}"
        # Single letters are like nothing that anybody writes in their place.
        near = nearest(text, (word for word in self.words if len(word) > 1))
        if near or not self.meanings:
            return did_you_mean(text, self.words)
        return "write " + ", ".join(f"{word} ({self.meanings[word]})" for word in self.words)

    def schema(self) -> JsonSchema:
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; a single item stands for a list of one."""

    item: Shape
    wanted: str = "a list"

    def read(self, node: Node, key: str, diagnostics: Diagnostics) -> tuple[Any, ...] | None:
        if isinstance(node, Hole):
            return None
        if isinstance(node, Scalar) and not node.text:
            diagnostics.note(node, f"'{key}' wants {self.wanted}, not nothing", "leave the key out where there is none")
            return None
        # keys: vendor says the same as keys: [vendor], and people write it.
        items = node.items if isinstance(node, Series) else (node,)
        parsed = (self.item.read(item, key, diagnostics) for item in items)
        return tuple(item for item in parsed if item is not None)

    def schema(self) -> JsonSchema:
        item = self.item.schema()
        return {"anyOf": [{"type": "array", "items": item}, item]}


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping with keys that the author chooses, read as pairs."""

    value: Shape
    wanted: str
    may_be_empty: bool = True

    def read(self, node: Node, key: str, diagnostics: Diagnostics) -> tuple[tuple[Scalar, Any], ...] | None:
        if not isinstance(node, Table) or not (node.pairs or self.may_be_empty):
            if not isinstance(node, Hole):
                diagnostics.note(node, f"'{key}' wants {self.wanted}, not {describe_node(node)}")
            return None
        parsed = ((name, self.value.read(value, name.text, diagnostics)) for name, value in node.pairs)
        return tuple((name, value) for name, value in parsed if value is not None)

    def schema(self) -> JsonSchema:
        return {"type": "object", "additionalProperties": self.value.schema()}


@dataclass(frozen=True, slots=True)
class Either:
    """A text, or a mapping, or a list, depending on the node."""

    text: Shape
    table: Shape | None = None
    series: Shape | None = None

    def read(self, node: Node, key: str, diagnostics: Diagnostics) -> Any:
        if isinstance(node, Table) and self.table is not None:
            return self.table.read(node, key, diagnostics)
        if isinstance(node, Series) and self.series is not None:
            return self.series.read(node, key, diagnostics)
        return self.text.read(node, key, diagnostics)

    def schema(self) -> JsonSchema:
        return {"anyOf": [shape.schema() for shape in (self.text, self.table, self.series) if shape]}


@dataclass(frozen=True, slots=True)
class Later:
    """A shape that is defined later than its entry, for entries that contain each other."""

    shape: Callable[[], Shape]

    def read(self, node: Node, key: str, diagnostics: Diagnostics) -> Any:
        return self.shape().read(node, key, diagnostics)

    def schema(self) -> JsonSchema:
        return self.shape().schema()


R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Said:
    """That an entry says something that ``pattern`` matches under ``key``."""

    key: str
    pattern: re.Pattern[str]

    def holds(self, node: Table) -> bool:
        """Whether the entry ``node`` says so."""
        values = (value for name, value in node.pairs if name.text == self.key)
        return any(isinstance(value, Scalar) and self.pattern.fullmatch(value.text.strip()) for value in values)

    def schema(self) -> JsonSchema:
        """The entries that say so as JSON Schema."""
        return {"properties": {self.key: {"pattern": f"^(?:{self.pattern.pattern})$"}}, "required": [self.key]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key of an entry.

    Attributes:
        name: As written, e.g. ``rests-on``.
        shape: What it may be followed by.
        doc: What it means, in one sentence.
        example: What an author might write after it.
        required: Whether an entry needs it.
        unless: What an entry says that does not need it all the same; None for no exception.
    """

    name: str
    shape: Shape
    doc: str
    example: str
    required: bool = False
    unless: Said | None = None


def key(
    shape: Shape,
    doc: str,
    example: str,
    *,
    required: bool = False,
    unless: Said | None = None,
    name: str = "",
    default: Any = None,
) -> Any:
    """A field of a record, for a key of its entry; ``default`` is its value in entries without the key."""
    made = Key(name=name, shape=shape, doc=doc, example=example, required=required, unless=unless)
    return dataclasses.field(default=default, metadata={"key": made})


_TABLES: dict[type[Any], dict[str, tuple[str, Key]]] = {}


def keys_of(record: type[Any]) -> Mapping[str, tuple[str, Key]]:
    """The keys of a record in order: from the name to the field and the key."""
    if record not in _TABLES:
        fields = dataclasses.fields(record)
        _TABLES[record] = dict(_named(field) for field in fields if "key" in field.metadata)
    return _TABLES[record]


def _named(field: dataclasses.Field[Any]) -> tuple[str, tuple[str, Key]]:
    made: Key = field.metadata["key"]
    name = made.name or field.name.replace("_", "-")
    return name, (field.name, dataclasses.replace(made, name=name))


def _read(declared: Key, value: Node, diagnostics: Diagnostics) -> Any:
    """What stands behind a key; a problem that says nothing better is given the example of the key."""
    before = len(diagnostics.problems)
    parsed = declared.shape.read(value, declared.name, diagnostics)
    if parsed is None:
        diagnostics.hint(before, f"for example {declared.name}: {declared.example}")
    return parsed


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A mapping that is read as a ``record``.

    Attributes:
        record: A frozen dataclass with the fields ``line`` and ``column``, and one for each key.
        title: What it is, in plain words with an article, e.g. ``a figure``.
        extra: Shape of the keys that a file adds; None where there are none.
        extras: The keys that a file adds: the ids of its sources are keys of its figures.
    """

    record: type[R]
    title: str
    extra: Shape | None = None
    extras: frozenset[str] = frozenset()

    def read(self, node: Node, key: str, diagnostics: Diagnostics) -> R | None:
        """The record that ``node`` states; None where it is no mapping.

        A key that is missing, unknown or of the wrong shape is noted, and its field keeps its default, so that other
        mistakes in the entry are found in the same run.
        """
        if not isinstance(node, Table):
            if not isinstance(node, Hole):
                diagnostics.note(node, f"'{key}' wants {self.title}, written as a mapping, not {describe_node(node)}")
            return None
        known = keys_of(self.record)
        values: dict[str, Any] = {"line": node.line, "column": node.column}
        more, meant = [], set()
        written = {name.text for name, _ in node.pairs}
        for name, value in node.pairs:
            key_name = name.text
            if key_name not in known and key_name not in self.extras:
                key_name = self._unknown(name, diagnostics)
                meant.add(key_name)
                # What stands behind a misspelt key is what was meant: nothing else is said to be missing for it.
                key_name = "" if key_name in written else key_name
            if key_name in known:
                field, declared = known[key_name]
                parsed = _read(declared, value, diagnostics)
                if parsed is not None:
                    values[field] = parsed
            elif key_name in self.extras and self.extra is not None:
                parsed = self.extra.read(value, key_name, diagnostics)
                more += [] if parsed is None else [(name, parsed)]
        self._missing(node, meant, diagnostics)
        if self.extra is not None:
            values["more"] = tuple(more)
        return self.record(**values)

    def _unknown(self, name: Scalar, diagnostics: Diagnostics) -> str:
        """Notes a key that the entry does not have, and gives the one that was probably meant; empty for none."""
        plain = name.text.strip("“”‘’\"'")
        choices = (*keys_of(self.record), *sorted(self.extras))
        if plain != name.text and plain in choices:
            diagnostics.note(name, f"the quotes around {name.text} belong to the key", f"write {plain}: without quotes")
            return plain
        diagnostics.note(name, f"{self.title} has no key '{name.text}'", did_you_mean(name.text, choices))
        return nearest(name.text, choices)

    def _missing(self, node: Table, meant: set[str], diagnostics: Diagnostics) -> None:
        # A misspelt key is one mistake: what was meant by it is not missing as well.
        written = {name.text for name, _ in node.pairs} | meant
        for name, (_, declared) in keys_of(self.record).items():
            needed = declared.required and not (declared.unless and declared.unless.holds(node))
            if needed and name not in written:
                diagnostics.note(
                    node, f"{self.title} needs the key '{name}'", f"for example {name}: {declared.example}"
                )

    def schema(self) -> JsonSchema:
        known = keys_of(self.record)
        described = {name: {**made.shape.schema(), "description": made.doc} for name, (_, made) in known.items()}
        exempt = [
            {"anyOf": [{"required": [name]}, made.unless.schema()]} for name, (_, made) in known.items() if made.unless
        ]
        return {
            "type": "object",
            "properties": described,
            "required": [name for name, (_, made) in known.items() if made.required and not made.unless],
            "additionalProperties": self.extra.schema() if self.extra else False,
            **({"allOf": exempt} if exempt else {}),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What all records share: the place of the entry in its file."""

    line: int
    column: int

    @property
    def spot(self) -> Spot:
        return Spot(self.line, self.column)


REFERENCE = Text("the id of an entry")
REFERENCES = ListOf(REFERENCE, "a list of ids")
SENTENCE = Text("a sentence")
