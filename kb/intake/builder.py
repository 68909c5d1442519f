"""How do the parser's events become a tree? One by one, without recursion; what the format leaves out is noted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from kb.intake.margin import Margin, Spot
from kb.intake.node import Hole, Node, Scalar, Series, Table
from kb.intake.shape import ID
from kb.intake.trap import cut_by_comma, lost_comment, quoted, wide_colon

DEEPEST = 60
HOLE = "\ue000"
"""Stands for an entry that was cut out of a file since it is not YAML."""

NOTHING = Table((), 1, 1)


class TooDeep(Exception):
    """Lists and mappings lie too deep in each other, at ``spot``."""

    def __init__(self, spot: Spot) -> None:
        self.spot = spot


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is still open: its parts so far, keys and values in turn."""

    parts: list[Node]
    spot: Spot
    is_table: bool
    is_flow: bool


class Builder:
    """Puts the parser's events together without recursion."""

    def __init__(self, margin: Margin, holes: set[int], has_hashes: bool) -> None:
        self.margin = margin
        self.holes = holes
        self.has_hashes = has_hashes
        self.stack: list[_Frame] = [_Frame([], Spot(1, 1), False, False)]
        self.documents = 0

    def spot(self, event: Any) -> Spot:
        """Where ``event`` begins."""
        mark = event.start_mark
        return Spot(mark.line + 1, mark.column + 1)

    def take(self, event: Any) -> None:
        """Adds what the parser says next."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._open(event, kind is yaml.MappingStartEvent)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._close()
        elif kind is yaml.AliasEvent:
            self._alias(event)
        elif kind is yaml.DocumentStartEvent:
            self._document(event)

    def result(self) -> Table:
        """What was put together; noted where that is no mapping."""
        parts = self.stack[0].parts
        root = parts[0] if parts else None
        if isinstance(root, Table):
            return root
        if root is None or (isinstance(root, Scalar) and not root.text):
            self.margin.note(Spot(1, 1), "the file is empty", "begin with: kb: 1")
        elif not isinstance(root, Hole):
            self.margin.note(root, "a seed file is a mapping of keys", "begin with: kb: 1")
        return NOTHING

    def _scalar(self, event: Any) -> None:
        mark = event.start_mark
        if event.anchor or event.tag:
            self._refuse_extras(event)
        if self.has_hashes and not event.style and event.value.startswith("L"):
            self._check_comment(event)
        text: str = event.value
        line, column = mark.line + 1, mark.column + 1
        node = (
            Hole(line, column) if text == HOLE and line in self.holes else Scalar(text, line, column, event.style or "")
        )
        self.stack[-1].parts.append(node)

    def _refuse_extras(self, event: Any) -> None:
        spot = self.spot(event)
        if event.anchor:
            hint = "write it out where it is needed; put a text that begins with & in quotes"
            self.margin.note(spot, f"the anchor &{event.anchor} has no meaning here", hint)
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            hint = "leave it out; put a text that begins with ! in quotes"
            self.margin.note(spot, f"the tag {tag} has no meaning here", hint)

    def _check_comment(self, event: Any) -> None:
        rest = self.margin.lines[event.end_mark.line][event.end_mark.column :]
        if found := lost_comment(event.value, rest):
            self.margin.note(Spot(event.end_mark.line + 1, event.end_mark.column + 1), *found, shift=1)

    def _open(self, event: yaml.CollectionStartEvent, is_table: bool) -> None:
        if event.anchor or event.tag:
            self._refuse_extras(event)
        spot = self.spot(event)
        self.stack.append(_Frame([], spot, is_table, bool(event.flow_style)))
        if len(self.stack) > DEEPEST:
            raise TooDeep(spot)

    def _close(self) -> None:
        frame = self.stack.pop()
        node = self._table(frame) if frame.is_table else self._series(frame)
        self.stack[-1].parts.append(node)

    def _alias(self, event: Any) -> None:
        spot = self.spot(event)
        hint = "write out what is meant; put a text that begins with * in quotes"
        self.margin.note(spot, f"the alias *{event.anchor} has no meaning here", hint)
        self.stack[-1].parts.append(Hole(spot.line, spot.column))

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents == 2:
            hint = "delete this line, or move what follows to a file of its own"
            self.margin.note(self.spot(event), "a second document begins in the same file", hint)

    def _series(self, frame: _Frame) -> Series:
        parts = frame.parts
        if frame.is_flow and len(parts) > 1:
            parts = self._whole_items(parts)
        return Series(tuple(parts), frame.spot.line, frame.spot.column)

    def _whole_items(self, parts: list[Node]) -> list[Node]:
        """``parts`` with a number or a quote that a comma cut in two noted and replaced by a hole."""
        whole: list[Node] = []
        for part in parts:
            before = whole[-1] if whole else None
            hint = self._cut(before, part)
            if hint and before is not None:
                self.margin.note(before, "a comma inside [] ends a text, so this one is cut in two", hint)
                whole[-1] = Hole(before.line, before.column)
            else:
                whole.append(part)
        return whole

    def _cut(self, before: Node | None, part: Node) -> str:
        if not isinstance(part, Scalar) or not isinstance(before, Scalar) or part.style or before.style:
            return ""
        return cut_by_comma(before.text, part.text, self._stands_close(part))

    def _stands_close(self, part: Scalar) -> bool:
        return part.column > 1 and self.margin.lines[part.line - 1][part.column - 2] == ","

    def _table(self, frame: _Frame) -> Table:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        last: str | None = None
        parts = iter(frame.parts)
        for key, value in zip(parts, parts, strict=True):
            if not isinstance(key, Scalar):
                if not isinstance(key, Hole):
                    self.margin.note(key, "a key must be a word", "a value with [ or { at its front wants quotes")
                continue
            if any(wide := wide_colon(key.text)) and not key.style:
                self.margin.note(key, *wide)
                continue
            if frame.is_flow and last is not None and self._is_remnant(pairs, last, key, value):
                continue
            if key.text == "<<" and not key.style:
                self.margin.note(key, "merge keys (<<) have no meaning here", "write the keys out, or use defaults:")
                continue
            if key.text in pairs:
                first = pairs[key.text][0]
                hint = "keep one of them"
                self.margin.note(key, f"the key '{key.text}' stands here twice; first on line {first.line}", hint)
                continue
            pairs[key.text] = (key, value)
            last = key.text
        return Table(tuple(pairs.values()), frame.spot.line, frame.spot.column)

    def _is_no_key(self, key: Scalar) -> bool:
        """Whether it reads like a part of a sentence: with a space, or with neither a colon nor the form of an id."""
        behind = self.margin.lines[key.line - 1][key.column - 1 + len(key.text) :]
        return " " in key.text or not (key.style or ID.fullmatch(key.text) or behind.lstrip().startswith(":"))

    def _is_remnant(self, pairs: dict[str, tuple[Scalar, Node]], last: str, key: Scalar, value: Node) -> bool:
        """Whether ``key`` is the rest of the value before it, cut off by a comma; it is noted then."""
        if not isinstance(value, Scalar) or value.text or value.style:
            return False
        before_key, before = pairs[last]
        if not isinstance(before, Scalar) or before.style:
            return isinstance(before, Hole)
        hint = cut_by_comma(before.text, key.text, self._stands_close(key))
        if not hint and self._is_no_key(key):
            hint = quoted(f"{before.text}, {key.text}")
        if not hint:
            return False
        self.margin.note(before, "a comma inside {} ends a text, so this one is cut in two", f"{last}: {hint}")
        pairs[last] = (before_key, Hole(before.line, before.column))
        return True
