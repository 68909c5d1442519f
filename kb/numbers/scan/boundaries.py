"""Where a text breaks off: no figure crosses a paragraph, an entry of a list, a cell of a table or a heading."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kb.numbers.lexicon import LEXICON
from kb.numbers.token import Token

_MARKER = re.compile(r"[ \t>]*(?:[-*•·–—#|]|\(?(?:\d{1,3}|[A-Za-z])[.)]\s|[①-⑳]|[一二三四五六七八九十]{1,3}、)")
_ENDS = frozenset(".!?:;。！？：；|")
_SCALES = frozenset((*LEXICON.word_numerals.scales, *LEXICON.character_numerals.scales))
_SHARES = frozenset(
    word for word, (unit, factor) in LEXICON.units.measures.items() if unit == "fraction" and factor < 1
)
_SHORT = 30
"""Lines of less width are headings and entries; a line that is broken by its width has more."""


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
    end, last = tokens[0].start, ""
    for token in tokens:
        is_edge = at < len(edges) and edges[at] <= token.start
        while at < len(edges) and edges[at] <= token.start:
            at += 1
        parted = token.start > end and _is_boundary(text, end, token.start, _goes_on(last, token))
        if is_edge or parted:
            yield Token("break", "\n", "\n", end, end)
        yield token
        end, last = token.end, token.kind


def _goes_on(last: str, token: Token) -> bool:
    """Whether ``token`` is the scale of a number at the end of a line, however short: nothing begins with "million"."""
    return last == "number" and token.text == token.low and (token.low in _SCALES or token.text in _SHARES)


def _is_boundary(text: str, start: int, end: int, goes_on: bool) -> bool:
    gap = text[start:end]
    if "\t" in gap.strip("\n ") or gap.count("\n") > 1:
        return True
    newline = text.find("\n", start, end)
    if newline < 0:
        return False
    line = text[text.rfind("\n", 0, newline) + 1 : newline].strip()
    # Wide gaps part cells, and a row of a table does not go on in the next.
    if "   " in line:
        return True
    # A line that goes on in the next is neither short nor at the end of its sentence, and no entry follows it.
    short = _width(line) < _SHORT and not goes_on
    return short or line[-1] in _ENDS or line[0] == "#" or _MARKER.match(text, newline + 1) is not None


def _width(line: str) -> int:
    """How many letters could stand in the place of ``line``: a Chinese character takes that of two."""
    return len(line) if line.isascii() else len(line) + sum("\u2e80" <= sign <= "\uffef" for sign in line)
