"""Where does a number stand, as a seed file points to it? A line, a few of its words, and which occurrence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kb.domain.passage import Passage
from kb.intake.passage import Manuscript, occurrences

_MOST_WORDS = 5
_MOST_CHARACTERS = 120


class Places:
    """Points to numbers of one document; a line is searched once for each literal."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        self._found: dict[tuple[int, str], Sequence[int]] = {}

    def passage(self, start: int, end: int) -> Passage | None:
        """The passage that leads to the characters from ``start`` to ``end``, or to their first digits.

        None where the words cannot be quoted: they hold a quotation mark, or run over two lines.
        """
        line = self._manuscript.line_at(start)
        span = self._manuscript.line(line)
        if span is None or end > span[1]:
            return None
        text = self._manuscript.text
        passages = (self._quoted(line, span, first, text[first:last]) for first, last in _shorter(text, start, end))
        return next((passage for passage in passages if passage), None)

    def _quoted(self, line: int, span: tuple[int, int], first: int, exact: str) -> Passage | None:
        key = (line, exact)
        if key not in self._found:
            self._found[key] = occurrences(exact, self._manuscript.text, *span)
        found = self._found[key]
        place = bisect_left(found, first)
        if place == len(found) or found[place] != first:
            return None
        passage = Passage(line, None, exact, 0 if len(found) == 1 else place + 1)
        return passage if _reads_back(passage) else None


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


def _reads_back(passage: Passage) -> bool:
    try:
        return Passage.parse(str(passage)) == passage
    except ValueError:
        return False
