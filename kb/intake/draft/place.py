"""Where does a number stand, as a seed file points to it? A line, a few of its words, and which occurrence."""

from __future__ import annotations

from kb.domain.passage import Passage
from kb.intake.passage import Manuscript, NotFound, find, occurrences

_MOST_WORDS = 5
_MOST_CHARACTERS = 120


def passage_of(manuscript: Manuscript, start: int, end: int) -> Passage | None:
    """The passage that leads to the characters from ``start`` to ``end``, or to their first digits.

    None where the words cannot be quoted: they hold a quotation mark, or run over two lines.
    """
    line = manuscript.line_at(start)
    span = manuscript.line(line)
    if span is None or end > span[1]:
        return None
    for first, last in _shorter(manuscript.text, start, end):
        exact = manuscript.text[first:last]
        found = occurrences(exact, manuscript.text, *span)
        if first not in found:
            continue
        passage = Passage(line, None, exact, 0 if len(found) == 1 else found.index(first) + 1)
        if _leads_to(passage, manuscript, first):
            return passage
    return None


def _shorter(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The whole literal, then its part from the first digit on, then that without its last words."""
    digit = next((place for place in range(start, end) if text[place].isdigit()), start)
    if digit > start and text[digit - 1] in "$€£¥￥₹-−":
        digit -= 1
    spans = [(start, end), (digit, end)]
    last = end
    while (cut := text.rfind(" ", digit, last)) > digit:
        last = cut
        spans.append((digit, last))
    return [span for span in dict.fromkeys(spans) if _is_quotable(text[span[0] : span[1]])]


def _is_quotable(words: str) -> bool:
    short = len(words.split()) <= _MOST_WORDS and len(words) <= _MOST_CHARACTERS
    return short and words == words.strip() and not any(sign in words for sign in '"“”\n\r') and words.isprintable()


def _leads_to(passage: Passage, manuscript: Manuscript, start: int) -> bool:
    try:
        same = Passage.parse(str(passage)) == passage
    except ValueError:
        return False
    found = find(passage, manuscript)
    return same and not isinstance(found, NotFound) and found.start == start
