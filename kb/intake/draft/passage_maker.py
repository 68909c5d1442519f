"""Passages that point to the numbers of a document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kb.domain.passage import Passage
from kb.intake.passage import Manuscript, occurrences
from kb.numbers.lexicon import LEXICON

_MOST_WORDS = 5
_MOST_CHARACTERS = 120


class PassageMaker:
    """Makes passages that point to numbers of a document; a line is searched once for each literal."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        self._occurrences: dict[tuple[int, str], Sequence[int]] = {}

    def passage(self, start: int, end: int) -> Passage | None:
        """The passage that leads to the characters from ``start`` to ``end``, or to their first digits.

        None where the words cannot be quoted, since they hold a quotation mark.
        """
        text = self._manuscript.text
        # Of what runs on into the next line the part with the number is quoted.
        digit = next((place for place in range(start, end) if text[place].isdigit()), start)
        if "\n" in text[start:digit]:
            start = text.rfind("\n", start, digit) + 1
        line = self._manuscript.line_at(start)
        span = self._manuscript.line(line)
        if span is None:
            return None
        runs_on = end > span[1]
        if runs_on:
            end = start + len(text[start : span[1]].rstrip())
        spans = _shorter(text, start, end, is_whole=not runs_on)
        passages = (self._quoted(line, span, first, text[first:last]) for first, last in spans)
        return next((passage for passage in passages if passage), None)

    def _quoted(self, line: int, span: tuple[int, int], first: int, exact: str) -> Passage | None:
        key = (line, exact)
        if key not in self._occurrences:
            self._occurrences[key] = occurrences(exact, self._manuscript.text, *span)
        starts = self._occurrences[key]
        place = bisect_left(starts, first)
        if place == len(starts) or starts[place] != first:
            return None
        passage = Passage(line, None, exact, 0 if len(starts) == 1 else place + 1)
        return passage if _reads_back(passage) else None


def _shorter(text: str, start: int, end: int, *, is_whole: bool) -> list[tuple[int, int]]:
    """The literal, then its part from the first digit on, then that part without its last words.

    None ends in a word that something has to follow: "€80 and 90 million a", or at the end of a line "five years or".
    """
    digit = next((place for place in range(start, end) if text[place].isdigit()), start)
    if digit > start and text[digit - 1] in "$€£¥￥₹-−":
        digit -= 1
    spans = [(start, end), (digit, end)]
    last = end
    while (cut := text.rfind(" ", digit, last)) > digit:
        last = cut
        spans.append((digit, last))
    whole = text[start:end]
    quotable = [span for span in dict.fromkeys(spans) if _is_quotable(text[span[0] : span[1]])]
    return [
        (first, last)
        for first, last in quotable
        if (is_whole and (first, last) == (start, end)) or not _is_cut(whole, text[first:last])
    ]


def _is_cut(whole: str, part: str) -> bool:
    """Whether ``part`` of a literal leaves out a number of it, or ends in a word that something has to follow."""
    last = part.rsplit(maxsplit=1)[-1].lower()
    digits = [sum(map(str.isdigit, text)) for text in (whole, part)]
    return digits[0] != digits[1] or last in LEXICON.stops.no_heads or last in LEXICON.units.per


def _is_quotable(words: str) -> bool:
    short = len(words.split()) <= _MOST_WORDS and len(words) <= _MOST_CHARACTERS
    return short and words == words.strip() and not any(sign in words for sign in '"“”\n\r') and words.isprintable()


def _reads_back(passage: Passage) -> bool:
    try:
        return Passage.parse(str(passage)) == passage
    except ValueError:
        return False
