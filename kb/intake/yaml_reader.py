"""The YAML of a seed file as a tree of texts, lists and mappings, each with its line and column.

Only the part of YAML that people write by hand is accepted: anchors, aliases, tags, merge keys, duplicate keys and
several documents in one file are problems. All scalars are texts: ``no`` is not False here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import yaml

from kb.domain.characters import character_name, forbidden_characters
from kb.domain.problem import Problem
from kb.domain.slug import ID
from kb.intake.diagnostics import Diagnostics, Spot
from kb.intake.shape import Hole, Node, Scalar, Series, Table
from kb.intake.yaml_hints import cut_by_comma, explain, lost_comment, quoted, wide_colon

DEEPEST = 60
HOLE = "\ue000"
"""Takes the place of an entry that is not YAML and was cut out of a file."""

NOTHING = Table((), 1, 1)
"""The tree of a file that could not be read."""
EMPTY = Table((), 1, 1)
"""The tree of a file that holds nothing."""


class TooDeep(Exception):
    """Lists and mappings are nested too deep, at ``spot``."""

    def __init__(self, spot: Spot) -> None:
        self.spot = spot


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is still open: its parts so far; of a mapping, keys and values in turn."""

    parts: list[Node]
    spot: Spot
    is_table: bool
    is_flow: bool


class TreeBuilder:
    """Builds the tree from the parser's events, without recursion."""

    def __init__(self, diagnostics: Diagnostics, holes: set[int], has_hashes: bool) -> None:
        self.diagnostics = diagnostics
        self.holes = holes
        self.has_hashes = has_hashes
        self.stack: list[_Frame] = [_Frame([], Spot(1, 1), False, False)]
        self.documents = 0

    def spot(self, event: Any) -> Spot:
        """Where ``event`` begins."""
        mark = event.start_mark
        return Spot(mark.line + 1, mark.column + 1)

    def take(self, event: Any) -> None:
        """Takes the next event of the parser."""
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
        """The tree; empty, with a problem noted, where the top of the file is no mapping."""
        parts = self.stack[0].parts
        root = parts[0] if parts else None
        # A mapping may lack every key because each of them is a mistake; one without a problem has none.
        if isinstance(root, Table) and (root.pairs or self.diagnostics.problems):
            return root
        if root is None or isinstance(root, Table) or (isinstance(root, Scalar) and not root.text):
            self.diagnostics.note(Spot(1, 1), "the file is empty", "begin with: kb: 1")
            return EMPTY
        if not isinstance(root, Hole):
            self.diagnostics.note(root, "a seed file is a mapping of keys", "begin with: kb: 1")
        return NOTHING

    def _scalar(self, event: Any) -> None:
        mark = event.start_mark
        if event.anchor or event.tag:
            self._refuse_extras(event)
        # L169 "$8" #2 loses its number, which YAML takes for a comment, and would point to the wrong words.
        if self.has_hashes and not event.style and event.value.startswith("L"):
            self._check_comment(event)
        text: str = event.value
        # Only in double quotes can a character be written that does not stand in the file itself.
        if event.style == '"':
            self._refuse_escapes(event)
        line, column = mark.line + 1, mark.column + 1
        node = (
            Hole(line, column) if text == HOLE and line in self.holes else Scalar(text, line, column, event.style or "")
        )
        self.stack[-1].parts.append(node)

    def _refuse_extras(self, event: Any) -> None:
        spot = self.spot(event)
        if event.anchor:
            hint = "write it out where it is needed; put a text that begins with & in quotes"
            self.diagnostics.note(spot, f"the anchor &{event.anchor} has no meaning here", hint)
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            hint = "leave it out; put a text that begins with ! in quotes"
            self.diagnostics.note(spot, f"the tag {tag} has no meaning here", hint)

    def _refuse_escapes(self, event: Any) -> None:
        for char in dict.fromkeys(char for _, char in forbidden_characters(event.value)):
            self.diagnostics.note(self.spot(event), f"{character_name(char)} is written in this text", "leave it out")

    def _check_comment(self, event: Any) -> None:
        rest = self.diagnostics.lines[event.end_mark.line][event.end_mark.column :]
        if message := lost_comment(event.value, rest):
            self.diagnostics.note(Spot(event.end_mark.line + 1, event.end_mark.column + 1), *message, shift=1)

    def _open(self, event: yaml.CollectionStartEvent, is_table: bool) -> None:
        if event.anchor or event.tag:
            self._refuse_extras(event)
        spot = self.spot(event)
        self.stack.append(_Frame([], spot, is_table, bool(event.flow_style)))
        # Later steps walk the tree by recursion.
        if len(self.stack) > DEEPEST:
            raise TooDeep(spot)

    def _close(self) -> None:
        frame = self.stack.pop()
        node = self._table(frame) if frame.is_table else self._series(frame)
        self.stack[-1].parts.append(node)

    def _alias(self, event: Any) -> None:
        spot = self.spot(event)
        hint = "write out what is meant; put a text that begins with * in quotes"
        self.diagnostics.note(spot, f"the alias *{event.anchor} has no meaning here", hint)
        self.stack[-1].parts.append(Hole(spot.line, spot.column))

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents == 2:
            hint = "delete this line, or move what follows to a file of its own"
            self.diagnostics.note(self.spot(event), "a second document begins in the same file", hint)

    def _series(self, frame: _Frame) -> Series:
        parts = frame.parts
        # Likewise [L12, L169 "$8,000"], in which the comma ends a text.
        if frame.is_flow and len(parts) > 1:
            parts = self._whole_items(parts)
        return Series(tuple(parts), frame.spot.line, frame.spot.column)

    def _whole_items(self, parts: list[Node]) -> list[Node]:
        """``parts``, in which each text that a comma cut in two is noted and replaced by a hole."""
        whole: list[Node] = []
        for part in parts:
            before = whole[-1] if whole else None
            hint = self._cut(before, part)
            if hint and before is not None:
                self.diagnostics.note(before, "a comma inside [] ends a text, so this one is cut in two", hint)
                whole[-1] = Hole(before.line, before.column)
            else:
                whole.append(part)
        return whole

    def _cut(self, before: Node | None, part: Node) -> str:
        if not isinstance(part, Scalar) or not isinstance(before, Scalar) or part.style or before.style:
            return ""
        return cut_by_comma(before.text, part.text, self._stands_close(part))

    def _stands_close(self, part: Scalar) -> bool:
        return part.column > 1 and self.diagnostics.lines[part.line - 1][part.column - 2] == ","

    def _table(self, frame: _Frame) -> Table:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        last: str | None = None
        parts = iter(frame.parts)
        for key, value in zip(parts, parts, strict=True):
            if not isinstance(key, Scalar):
                if not isinstance(key, Hole):
                    self.diagnostics.note(key, "a key must be a word", "a value with [ or { at its front wants quotes")
                continue
            if any(wide := wide_colon(key.text)) and not key.style:
                self.diagnostics.note(key, *wide)
                continue
            # {value: $8,000} has a key 000 for YAML; people write it all the time.
            if frame.is_flow and last is not None and self._is_remnant(pairs, last, key, value):
                continue
            if key.text == "<<" and not key.style:
                self.diagnostics.note(
                    key, "merge keys (<<) have no meaning here", "write the keys out, or use defaults:"
                )
                continue
            if key.text in pairs:
                first = pairs[key.text][0]
                hint = "keep one of them"
                self.diagnostics.note(key, f"the key '{key.text}' appears twice; first on line {first.line}", hint)
                continue
            pairs[key.text] = (key, value)
            last = key.text
        return Table(tuple(pairs.values()), frame.spot.line, frame.spot.column)

    def _is_no_key(self, key: Scalar) -> bool:
        """Whether ``key`` reads like part of a sentence: it has a space, or neither a colon nor the form of an id."""
        behind = self.diagnostics.lines[key.line - 1][key.column - 1 + len(key.text) :]
        return " " in key.text or not (key.style or ID.fullmatch(key.text) or behind.lstrip().startswith(":"))

    def _is_remnant(self, pairs: dict[str, tuple[Scalar, Node]], last: str, key: Scalar, value: Node) -> bool:
        """Whether ``key`` is the rest of the value before it, which a comma cut off; if so, that is noted."""
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
        self.diagnostics.note(before, "a comma inside {} ends a text, so this one is cut in two", f"{last}: {hint}")
        pairs[last] = (before_key, Hole(before.line, before.column))
        return True


_RETRIES = 40
_RETRY_LIMIT = 1_000_000
_ID = re.compile(r"""(?:^|[\s{,])id:\s*["']?([a-z0-9][a-z0-9-]*)""")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Tree:
    """The content of a file.

    Attributes:
        root: The mapping at the top; empty where nothing could be read.
        diagnostics: The file's problems so far.
        unreadable_ids: Ids in parts that could not be read.
        is_empty: Whether there is nothing in the file to be read.
    """

    root: Table
    diagnostics: Diagnostics
    unreadable_ids: frozenset[str] = frozenset()
    is_empty: bool = False


def read_tree(path: str, text: str) -> Tree:
    """The tree of ``text``, the content of the file ``path``, with the problems found in it.

    A part that is not YAML is noted and left out, and the rest is read all the same.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    diagnostics = Diagnostics(path, lines)
    if not _is_printable(text, diagnostics):
        return Tree(NOTHING, diagnostics)
    reader = _Recovery(diagnostics, list(lines))
    # Each retry parses the whole file again: a large file with many mistakes is not worth minutes of waiting.
    for _ in range(_RETRIES if len(text) <= _RETRY_LIMIT else 1):
        noted = len(diagnostics.problems)
        try:
            root = _tree("\n".join(reader.lines), diagnostics, reader.holes)
            diagnostics.problems.extend(reader.problems)
            return Tree(root, diagnostics, frozenset(reader.unreadable_ids), root is EMPTY)
        except TooDeep as deep:
            diagnostics.note(
                deep.spot, f"lists and mappings are nested more than {DEEPEST} deep", "a seed file needs 8 levels"
            )
            break
        except yaml.MarkedYAMLError as error:
            del diagnostics.problems[noted:]
            if not reader.skip(error):
                break
    diagnostics.problems.extend(reader.problems)
    return Tree(NOTHING, diagnostics, frozenset(reader.unreadable_ids))


def _is_printable(text: str, diagnostics: Diagnostics) -> bool:
    # U+E000 stands for a hole. Of a file that is no text at all five places are enough.
    reserved = ((match.start(), HOLE) for match in re.finditer(HOLE, text))
    for offset, char in islice(chain(forbidden_characters(text), reserved), 5):
        line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
        diagnostics.note(Spot(line, column), f"{character_name(char)} stands here", "delete it; is this a text file?")
    return not diagnostics.problems


class _Recovery:
    """Cuts entries that are not YAML out of a file, so that the rest can be read."""

    def __init__(self, diagnostics: Diagnostics, lines: list[str]) -> None:
        self.diagnostics = diagnostics
        self.lines = lines
        self.unreadable_ids: set[str] = set()
        self.holes: set[int] = set()
        self.problems: list[Problem] = []

    def skip(self, error: yaml.MarkedYAMLError) -> bool:
        """Whether ``error``, which is noted, could be got round by replacing the entry around it by a hole."""
        spot = _spot_of(error)
        what, hint, line, column = explain(str(error.problem), self.diagnostics.lines, spot.line, spot.column)
        problem = self.diagnostics.problem(Spot(line, column), what, hint)
        if problem in self.problems:
            return False
        self.problems.append(problem)
        return self._cut_out(line, max(line, spot.line))

    def _cut_out(self, line: int, last: int) -> bool:
        start = min(line, len(self.lines)) - 1
        while start > 0 and not _opens(self.lines[start]):
            start -= 1
        opening = self.lines[start]
        if start + 1 in self.holes or not _opens(opening):
            return False
        indent = len(opening) - len(opening.lstrip(" "))
        end = start + 1
        while end < len(self.lines) and (_continues(self.lines[end], indent) or end < last):
            end += 1
        self.unreadable_ids.update(name for text in self.lines[start:end] for name in _ID.findall(text))
        self.holes.add(start + 1)
        key = "- " if opening.lstrip().startswith("-") else opening.split(":")[0] + ": "
        self.lines[start:end] = [" " * indent + key + f'"{HOLE}"'] + [""] * (end - start - 1)
        return True


def _spot_of(error: yaml.MarkedYAMLError) -> Spot:
    mark, opened, context = error.problem_mark or error.context_mark, error.context_mark, error.context or ""
    if opened and mark and (re.search("quoted scalar|simple key", context) or _left_open(context, opened, mark)):
        mark = opened
    return Spot(mark.line + 1, mark.column + 1) if mark else Spot(1, 1)


def _opens(line: str) -> bool:
    return bool(re.match(r" *- |[A-Za-z_-]+:", line))


def _continues(line: str, indent: int) -> bool:
    bare = line.lstrip(" \t")
    return not bare or bare.startswith("#") or len(line) - len(bare) > indent


def _left_open(context: str, opened: yaml.Mark, mark: yaml.Mark) -> bool:
    return "flow" in context and opened.line != mark.line


def _tree(text: str, diagnostics: Diagnostics, holes: set[int]) -> Table:
    builder = TreeBuilder(diagnostics, holes, '" #' in text)
    for event in _events(text):
        builder.take(event)
        if diagnostics.is_full:
            return NOTHING
    return builder.result()


def _events(text: str) -> Iterator[Any]:
    events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
    return events
