"""What does a seed file say, before anybody asks what it means? A tree of texts, each with its line and column.

The strict part of YAML that people write by hand: mappings, lists and texts. Anchors, aliases, tags, merge keys,
duplicate keys and several documents in one file are problems. Every scalar stays text: ``no`` is not False here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from kb.domain.problem import Problem
from kb.intake.builder import DEEPEST, HOLE, NOTHING, Builder, TooDeep
from kb.intake.margin import Margin, Spot
from kb.intake.node import Table
from kb.intake.trap import explain

_RETRIES = 40
_RETRY_LIMIT = 1_000_000
_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue001-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ID = re.compile(r"""(?:^|[\s{,])id:\s*["']?([a-z0-9][a-z0-9-]*)""")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Tree:
    """What a file says.

    Attributes:
        root: The mapping at the top; empty where nothing could be read.
        margin: The file's problems so far.
        lost: Ids that stand in parts that could not be read.
    """

    root: Table
    margin: Margin
    lost: frozenset[str] = frozenset()


def read_tree(path: str, text: str) -> Tree:
    """The tree of ``text``, which stands in the file ``path``; mistakes are noted in the tree's margin.

    A part that is not YAML is noted, left out and reported in ``lost``, and the rest is read all the same.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    margin = Margin(path, lines)
    if not _is_printable(text, margin):
        return Tree(NOTHING, margin)
    reader = _Recovery(margin, list(lines))
    for _ in range(_RETRIES if len(text) <= _RETRY_LIMIT else 1):
        noted = len(margin.problems)
        try:
            root = _tree("\n".join(reader.lines), margin, reader.holes)
            margin.problems.extend(reader.problems)
            return Tree(root, margin, frozenset(reader.lost))
        except TooDeep as deep:
            margin.note(deep.spot, f"lists and mappings lie more than {DEEPEST} deep in each other", "a seed needs 8")
            break
        except yaml.MarkedYAMLError as error:
            del margin.problems[noted:]
            if not reader.skip(error):
                break
    margin.problems.extend(reader.problems)
    return Tree(NOTHING, margin, frozenset(reader.lost))


def _is_printable(text: str, margin: Margin) -> bool:
    for found in _FORBIDDEN.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        name = "a NUL byte" if found[0] == "\0" else f"the invisible character U+{ord(found[0]):04X}"
        margin.note(Spot(line, column), f"{name} stands here", "delete it; is this a text file?")
        if len(margin.problems) >= 5:
            break
    return not margin.problems


class _Recovery:
    """Cuts out the entries that are not YAML, so that the rest can be read."""

    def __init__(self, margin: Margin, lines: list[str]) -> None:
        self.margin = margin
        self.lines = lines
        self.lost: set[str] = set()
        self.holes: set[int] = set()
        self.problems: list[Problem] = []

    def skip(self, error: yaml.MarkedYAMLError) -> bool:
        """Notes ``error`` and replaces the entry around it by a hole; False where that does not help."""
        spot = _spot_of(error)
        what, hint, line, column = explain(str(error.problem), self.margin.lines, spot.line, spot.column)
        problem = self.margin.problem(Spot(line, column), what, hint)
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
        self.lost.update(name for text in self.lines[start:end] for name in _ID.findall(text))
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


def _tree(text: str, margin: Margin, holes: set[int]) -> Table:
    builder = Builder(margin, holes, '" #' in text)
    for event in _events(text):
        builder.take(event)
        if margin.is_full:
            return NOTHING
    return builder.result()


def _events(text: str) -> Iterator[Any]:
    events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
    return events
