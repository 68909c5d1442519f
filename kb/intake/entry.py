"""How is an entry of a seed file declared? As a frozen record whose fields are its keys, each with shape, doc, example.

The fields are the one table from which the strict reading, the JSON Schema and the test of the docs are made.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from kb.intake.margin import Margin
from kb.intake.node import Hole, Node, Scalar, Table
from kb.intake.shape import JsonSchema, Shape, did_you_mean, found_words

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Key:
    """A key of an entry.

    Attributes:
        name: As it is written, e.g. ``rests-on``.
        shape: What may stand behind it.
        doc: What it says, in one sentence.
        example: What an author might write behind it.
        required: Whether an entry without it is a problem.
    """

    name: str
    shape: Shape
    doc: str
    example: str
    required: bool = False


def key(shape: Shape, doc: str, example: str, *, required: bool = False, name: str = "", default: Any = None) -> Any:
    """A field of a record that is a key of its entry; see ``Key``. Without the key it is ``default``."""
    made = Key(name, shape, doc, example, required)
    return dataclasses.field(default=default, metadata={"key": made})


_TABLES: dict[type[Any], dict[str, tuple[str, Key]]] = {}


def keys_of(record: type[Any]) -> Mapping[str, tuple[str, Key]]:
    """The keys of a record in order: name to field and key."""
    if record not in _TABLES:
        fields = dataclasses.fields(record)
        _TABLES[record] = dict(_named(field) for field in fields if "key" in field.metadata)
    return _TABLES[record]


def _named(field: dataclasses.Field[Any]) -> tuple[str, tuple[str, Key]]:
    made: Key = field.metadata["key"]
    name = made.name or field.name.replace("_", "-")
    return name, (field.name, dataclasses.replace(made, name=name))


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A mapping with the keys of ``record``.

    Attributes:
        record: A frozen dataclass with the fields ``line`` and ``column``, and one for each key.
        title: What it is, in plain words with an article, e.g. ``a figure``.
        extra: Shape of keys that the file itself declares; None where there are none.
        extras: Those keys.
    """

    record: type[R]
    title: str
    extra: Shape | None = None
    extras: frozenset[str] = frozenset()

    def read(self, node: Node, key: str, margin: Margin) -> R | None:
        """The record that ``node`` writes down.

        A key that is missing, unknown or of the wrong shape is noted, and its field is left at its default: what
        else is wrong with the entry can still be found.
        """
        if not isinstance(node, Table):
            if not isinstance(node, Hole):
                margin.note(node, f"'{key}' wants {self.title}, written as a mapping, not {found_words(node)}")
            return None
        known = keys_of(self.record)
        values: dict[str, Any] = {"line": node.line, "column": node.column}
        more = []
        for name, value in node.pairs:
            if name.text in known:
                field, declared = known[name.text]
                found = declared.shape.read(value, name.text, margin)
                if found is not None:
                    values[field] = found
            elif name.text in self.extras and self.extra is not None:
                if (found := self.extra.read(value, name.text, margin)) is not None:
                    more.append((name, found))
            else:
                self._unknown(name, margin)
        self._missing(node, margin)
        if self.extra is not None:
            values["more"] = tuple(more)
        return self.record(**values)

    def _unknown(self, name: Scalar, margin: Margin) -> None:
        plain = name.text.strip("“”‘’\"'")
        choices = (*keys_of(self.record), *sorted(self.extras))
        if plain != name.text and plain in choices:
            margin.note(name, f"the quotes around {name.text} belong to the key", f"write {plain}: without quotes")
        else:
            margin.note(name, f"{self.title} has no key '{name.text}'", did_you_mean(name.text, choices))

    def _missing(self, node: Table, margin: Margin) -> None:
        written = {name.text.strip("“”‘’\"'") for name, _ in node.pairs}
        for name, (_, declared) in keys_of(self.record).items():
            if declared.required and name not in written:
                margin.note(node, f"{self.title} needs the key '{name}'", f"for example {name}: {declared.example}")

    def schema(self) -> JsonSchema:
        known = keys_of(self.record)
        described = {name: {**made.shape.schema(), "description": made.doc} for name, (_, made) in known.items()}
        return {
            "type": "object",
            "properties": described,
            "required": [name for name, (_, made) in known.items() if made.required],
            "additionalProperties": self.extra.schema() if self.extra else False,
        }
