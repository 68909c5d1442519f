"""Running heads and page numbers of a PDF, which are no part of its text. Runs in the child process only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kb.intake.document_reader.pdf_line import Line
from kb.numbers.lexicon import LEXICON

_EDGE_LINES = 2
"""How many lines at the head and at the foot of a page may be such."""
_LAST_NUMBER = re.compile(r"\d{1,4}(?=\D*$)")
_NUMBERED = re.compile(
    r"[\W_]*(?P<word>[^\W\d_]{1,10})?\.?\s?(?P<page>\d{1,4})\s?(?:(?:[^\W\d_]{1,5}|[/|])\s?(?P<all>\d{1,4}))?"
    r"\s?[^\W\d_]{0,2}[\W_]*"
)
_Key = tuple[str, int | None]


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page without running heads, which several pages share, and without page numbers."""
    edges = [_edges(page) for page in pages]
    seen = Counter(
        key for number, lines in enumerate(edges) for key in {key for at in lines for key in _keys(at, number)}
    )
    least = max(2, (len(pages) + 1) // 2 if len(pages) < 7 else 3)
    shared = {key for key, count in seen.items() if count >= least}
    kept = []
    for number, page in enumerate(pages):
        dropped = {
            id(line)
            for line in edges[number]
            if _is_numbered(line, number + 1, len(pages)) or not shared.isdisjoint(_keys(line, number))
        }
        kept.append([line for line in page if id(line) not in dropped])
    return kept


def _edges(page: Sequence[Line]) -> list[Line]:
    """The lines at the head and at the foot of a page."""
    by_height = sorted(page, key=lambda line: -line.bottom)
    # A page of a few lines is all edge; it keeps what is no page number.
    return [*by_height[:_EDGE_LINES], *by_height[_EDGE_LINES:][-_EDGE_LINES:]]


def _keys(line: Line, number: int) -> Iterator[_Key]:
    """What a line has in common with those of other pages: its words, or its words around a number that counts on."""
    if any(map(str.isalpha, line.words)) and len(line.words) > 3:
        yield line.words, None
    if match := _LAST_NUMBER.search(line.words):
        yield line.words[: match.start()] + "#" + line.words[match.end() :], int(match[0]) - number


def _is_numbered(line: Line, number: int, count: int) -> bool:
    """Whether a line is the number of its page: ``3``, ``1/2``, ``Page 3 of 7``."""
    match = _NUMBERED.fullmatch(line.words)
    if match is None:
        return False
    if match["word"] and match["word"].lower() in LEXICON.prose.references:
        return True
    total = int(match["all"]) if match["all"] else count
    return not match["word"] and int(match["page"]) == number and total == count
