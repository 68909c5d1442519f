"""Where a text breaks off: no figure crosses a paragraph, an entry of a list, a cell of a table or a heading."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kb.numbers.token import Token

_MARKER = re.compile(r"[ \t>]*(?:[-*•·–—#|]|\(?(?:\d{1,3}|[A-Za-z])[.)]\s|[①-⑳]|[一二三四五六七八九十]{1,3}、)")
_ENDS = frozenset(".!?:;。！？：；|")
_SHORT = 30
"""Lines of fewer characters are headings and entries; a line that is broken by its width has more."""


def line_starts(text: str) -> Iterator[int]:
    """Where each line but the first begins."""
    return (match.end() for match in re.finditer("\n", text))


def with_breaks(text: str, tokens: Sequence[Token], edges: Sequence[int] = ()) -> list[Token]:
    """``tokens`` with one of the kind ``break`` at each boundary.

    Args:
        text: The whole text as it was written.
        tokens: Tokens of a stretch of it.
        edges: Further places before which a block begins, in order: cells of tables, or all lines.
    """
    if not tokens:
        return []
    first = bisect_right(edges, tokens[0].start)
    is_parted = first < len(edges) and edges[first] < tokens[-1].end
    if not is_parted and not _BLANK.search(text, tokens[0].start, tokens[-1].end):
        return list(tokens)
    return list(_broken(text, tokens, edges, first))


_BLANK = re.compile(r"[\n\t]")


def _broken(text: str, tokens: Sequence[Token], edges: Sequence[int], at: int) -> Iterator[Token]:
    end = tokens[0].start
    for token in tokens:
        is_edge = at < len(edges) and edges[at] <= token.start
        while at < len(edges) and edges[at] <= token.start:
            at += 1
        if is_edge or (token.start > end and _is_boundary(text, end, token.start)):
            yield Token("break", "\n", "\n", end, end)
        yield token
        end = token.end


def _is_boundary(text: str, start: int, end: int) -> bool:
    gap = text[start:end]
    if "\t" in gap.strip("\n ") or gap.count("\n") > 1:
        return True
    newline = text.find("\n", start, end)
    if newline < 0:
        return False
    line = text[text.rfind("\n", 0, newline) + 1 : newline].strip()
    # A line that goes on in the next is neither short nor at the end of its sentence, and no entry follows it.
    return len(line) < _SHORT or line[-1] in _ENDS or line[0] == "#" or _MARKER.match(text, newline + 1) is not None
