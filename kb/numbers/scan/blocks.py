"""The blocks of a text that no figure crosses: paragraphs, headings, items of lists and cells of tables."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from kb.numbers.token import Token

_EDGE = re.compile(
    r"\n[ \t\r\f]*(?:\n|\Z)"  # a paragraph
    r"|\n(?=[ \t]{0,20}(?:[-*+•‣▪–—]\s|\(?(?:\d{1,3}|[a-z])[.)]\s|\|))"  # an item of a list, a row of a table
    r"|\n(?=[ \t]{0,3}\#{1,6}\s)|(?:(?<=\n)|\A)[ \t]{0,3}\#{1,6}\s[^\n]*(?=\n)"  # a heading, and its end
    r"|\t"
)
_LINE = re.compile(r"\n")


def block_edges(text: str, cells: Iterable[int], *, lines_are_blocks: bool) -> Sequence[int]:
    """The places before which a block of ``text`` begins, in order.

    Args:
        text: Running text.
        cells: Where cells of tables begin.
        lines_are_blocks: Whether each line is a block.
    """
    edges = {match.end() for match in _EDGE.finditer(text)}
    if lines_are_blocks:
        edges.update(match.end() for match in _LINE.finditer(text))
    return sorted(edges.union(cells))


def is_parted(edges: Sequence[int], start: int, end: int) -> bool:
    """Whether a block begins behind ``start`` and before ``end``."""
    at = bisect_right(edges, start)
    return at < len(edges) and edges[at] < end


def parted(tokens: Sequence[Token], edges: Sequence[int]) -> Iterator[Sequence[Token]]:
    """The tokens of each block, in order."""
    if not tokens:
        return
    first, edge = 0, bisect_right(edges, tokens[0].start)
    for at, token in enumerate(tokens):
        if edge < len(edges) and edges[edge] <= token.start:
            yield tokens[first:at]
            first, edge = at, bisect_right(edges, token.start, edge)
    yield tokens[first:]
