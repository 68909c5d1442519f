"""What the review of a draft leaves over in its seed file: claims that nobody put into words, and unused names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kb.domain.entity import AnyEntity, Claim, Measure, ScopeValue, Source
from kb.domain.knowledge import Knowledge
from kb.domain.references import referenced
from kb.intake.claim import STUB
from kb.intake.seed_reader import Reading
from kb.intake.shape import Node, Series, Table
from kb.intake.yaml_reader import read_tree


def leftovers(reading: Reading, known: Knowledge) -> tuple[AnyEntity, ...]:
    """The drafted claims, and the measures and scope values of files with a source, that no entry refers to."""
    used = referenced({**known.by_id, **{entity.id: entity for entity in reading.entities}}.values())
    with_source = {entity.file for entity in reading.entities if isinstance(entity, Source)}
    unused = (entity for entity in reading.entities if entity.id not in used and entity.file in with_source)
    return tuple(entity for entity in unused if isinstance(entity, Measure | ScopeValue) or _is_stub(entity))


def _is_stub(entity: AnyEntity) -> bool:
    return isinstance(entity, Claim) and entity.text.startswith(STUB)


class _Section(NamedTuple):
    """A list of entries: the line of its key, those of its entries, from 1, and the line behind it."""

    key: int
    entries: Sequence[int]
    behind: int


def without_entries(text: str, lines: Collection[int]) -> str:
    """The seed file ``text`` without the entries that the ``lines``, from 1, stand in; their comments go with them.

    A key whose entries all go goes too. Entries that share a line with another one, or with their key, stay.
    """
    written = text.split("\n")
    deleted: set[int] = set()
    for name, node, behind in _pairs(read_tree("", text).root, len(written) + 1):
        sections = list(_sections(name, node, behind, written))
        for section in sections:
            deleted |= _deleted(section, lines, written)
        # Of scopes: that have lost all their keys the word itself is left.
        if sections and all(section.key in deleted for section in sections):
            deleted |= _with_gap(name, written)
    return "\n".join(line for number, line in enumerate(written, 1) if number not in deleted)


def _pairs(table: Table, behind: int) -> Iterator[tuple[int, Node, int]]:
    """The line of each key of a mapping, its value, and the line of the key behind it."""
    ends = [name.line for name, _ in table.pairs[1:]]
    for (name, node), end in zip(table.pairs, [*ends, behind], strict=True):
        yield name.line, node, end


def _sections(key: int, node: Node, behind: int, written: Sequence[str]) -> Iterator[_Section]:
    """The lists of entries in the value of a key: the value itself, or those in it."""
    if isinstance(node, Table):
        for name, inner, end in _pairs(node, behind):
            yield from _sections(name, inner, end, written)
    elif isinstance(node, Series) and node.items and all(isinstance(item, Table) for item in node.items):
        starts = [item.line for item in node.items]
        if len({key, *starts}) > len(starts):
            yield _Section(key, [_above(start, written) for start in starts], _without_gap(behind, written))


def _above(start: int, written: Sequence[str]) -> int:
    """The first line of the comments right above an entry, or the entry's own."""
    while written[start - 2].lstrip().startswith("#") and written[start - 2].startswith(" "):
        start -= 1
    return start


def _without_gap(behind: int, written: Sequence[str]) -> int:
    """The line behind the last entry, before blank lines and comments that belong to what follows."""
    while not written[behind - 2].strip() or written[behind - 2].startswith("#"):
        behind -= 1
    return behind


def _deleted(section: _Section, lines: Collection[int], written: Sequence[str]) -> set[int]:
    spans = [range(first, last) for first, last in pairwise([*section.entries, section.behind])]
    gone = [span for span in spans if any(line in span for line in lines)]
    deleted = {line for span in gone for line in span}
    if len(gone) == len(spans):
        deleted |= _with_gap(section.key, written)
    return deleted


def _with_gap(key: int, written: Sequence[str]) -> set[int]:
    """The line of a key, and the blank line above it."""
    return {key} if written[key - 2].strip() else {key - 1, key}
