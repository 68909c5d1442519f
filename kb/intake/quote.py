"""Which words are a passage, and in which sentence do they stand? What is looked for in another edition."""

from __future__ import annotations

from typing import NamedTuple

from kb.domain.passage import Anchor
from kb.intake.concordance import Concordance
from kb.intake.passage import AROUND
from kb.intake.sentence import sentences

FEW = 24
"""Words that a sentence is widened to, so that a short one can be told from others like it."""


class Quote(NamedTuple):
    """A passage among the words of its edition, by their numbers.

    Attributes:
        book: The words of the edition, or of as much of it as is at hand.
        first: First word of the sentence that holds the passage.
        end: The word behind its last.
        start_at: First word of the passage, counted from ``first``.
        end_at: The word behind its last, likewise.
    """

    book: Concordance
    first: int
    end: int
    start_at: int
    end_at: int

    @property
    def words(self) -> list[str]:
        return self.book.words[self.first : self.end]


def quote_of(anchor: Anchor, book: Concordance | None) -> Quote | None:
    """The passage at ``anchor`` among the words of ``book``; where that is not at hand, among those kept around it.

    None for a passage without words.
    """
    start = anchor.start
    if book is None or book.text[start : anchor.end] != anchor.text:
        book, start = Concordance(anchor.before + anchor.text + anchor.after), len(anchor.before)
    end = start + len(anchor.text)
    if not book.words or not anchor.text.strip():
        return None
    first, behind = book.span(*sentence_around(book.text, start, end))
    own_first, own_behind = book.span(start, end)
    return Quote(book, first, max(behind, own_behind), own_first - first, own_behind - first)


def sentence_of(anchor: Anchor) -> tuple[str, str, str]:
    """The sentence in which an anchor stands, as far as it keeps it: the words before, its own, and those behind."""
    whole, own = anchor.before + anchor.text + anchor.after, len(anchor.before)
    start, end = sentence_around(whole, own, own + len(anchor.text))
    return whole[start:own], anchor.text, whole[own + len(anchor.text) : end]


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence, or sentences, of its line that hold the characters from ``start`` to ``end``; 160 on each side."""
    low = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    line_end = text.find("\n", end)
    high = min(len(text) if line_end == -1 else line_end, end + AROUND)
    spans = [(low + first, low + last) for first, last in sentences(text[low:high])]
    held = [span for span in spans if span[0] < end and start < span[1]]
    return min([start, *(first for first, _ in held)]), max([end, *(last for _, last in held)])


def said(book: Concordance, first: int, end: int) -> str:
    """The text from a word up to another one."""
    return book.text[book.start(first) : book.end(end - 1)]


def widened(first: int, end: int, book: Concordance) -> tuple[int, int]:
    """The words from ``first`` to ``end`` with some around them where they are few."""
    more = max(FEW - (end - first), 0) // 2
    return max(first - more, 0), min(end + more, len(book.words))
