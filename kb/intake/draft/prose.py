"""The running text of a document in sentences; lines that were broken by width are put together first."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.domain.passage import Passage
from kb.intake.passage import Manuscript, sentences
from kb.numbers.grid import grid_at

_ENTRY = re.compile(
    r"[ \t>]*(?:[-*•·–—]\s|\(?(?:\d{1,3}|[A-Za-z])[.)]\s|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_SHORTEST_FULL_LINE = 45
"""Width of a line that may go on in the next one; shorter ones are headings and entries."""
_ENDS = ".!?:;。！？：；|"


_AROUND = 30
"""Characters on each side of a number in which its scale and its unit stand."""
_UNREAD = re.compile("[\u0370-\u1fff\ua4d0-\udfff\ufb1d-\ufdff\ufe70-\ufeff]")
"""Letters of scripts in whose languages no number is read."""


def is_unread(text: str) -> bool:
    """Whether most letters of a text are of a script in whose languages no number is read.

    >>> is_unread("وبلغت كلفتها 85"), is_unread("It cost 85 (кубов)"), is_unread("85")
    (True, False, False)
    """
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(_UNREAD.match(letter) is not None for letter in letters) > len(letters)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document.

    Attributes:
        start: Where it begins in the document.
        text: Its words, with blanks for line ends, so that its characters keep their places.
        paragraph: Where its paragraph begins, which tells paragraphs apart.
        is_first: Whether it is the first of its paragraph.
    """

    start: int
    text: str
    paragraph: int
    is_first: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Prose:
    """The sentences of a document.

    Args:
        manuscript: Its text.
        lines_are_blocks: Whether no line goes on in the next, as in HTML.
    """

    def __init__(self, manuscript: Manuscript, *, lines_are_blocks: bool) -> None:
        self._manuscript = manuscript
        self._lines_are_blocks = lines_are_blocks

    @cached_property
    def sentences(self) -> Sequence[Sentence]:
        """All sentences outside of tables, in order."""
        found: list[Sentence] = []
        for start, end in self._paragraphs():
            flat = self._manuscript.text[start:end].replace("\n", " ").replace("\r", " ")
            spans = sentences(flat)
            found += [
                Sentence(start + first, flat[first:last], start, number == 0)
                for number, (first, last) in enumerate(spans)
            ]
        return found

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, place: int) -> Sentence | None:
        """The sentence that holds the character ``place``; None in tables and between sentences."""
        at = bisect_right(self._starts, place) - 1
        return self.sentences[at] if at >= 0 and place < self.sentences[at].end else None

    def sentence_before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before another one in its paragraph; None for the first."""
        at = bisect_right(self._starts, sentence.start) - 2
        before = self.sentences[at] if at >= 0 else None
        return before if before and before.paragraph == sentence.paragraph else None

    def passages(self, sentence: Sentence) -> Iterator[Passage]:
        """The part of the sentence on each of its lines, as a passage."""
        first, last = self._manuscript.line_at(sentence.start), self._manuscript.line_at(max(sentence.end - 1, 0))
        for line in range(first, last + 1):
            start, end = self._manuscript.line(line) or (0, 0)
            for number, (begin, stop) in enumerate(sentences(self._manuscript.text[start:end]), 1):
                middle = start + (begin + stop) // 2
                if sentence.start <= middle < sentence.end or start + begin <= sentence.start < start + stop:
                    yield Passage(line, number, page=self._manuscript.page_at(start + begin))

    def unread_around(self, start: int, end: int) -> tuple[str, ...]:
        """A remark on a number whose scale and unit nobody here can read, since the words around it are in Arabic."""
        text = self._manuscript.text
        first = max(start - _AROUND, text.rfind("\n", 0, start) + 1)
        line_end = text.find("\n", end)
        last = min(end + _AROUND, line_end if line_end >= 0 else len(text))
        return (
            ("scale and unit may stand in words of a script that is not read",) if is_unread(text[first:last]) else ()
        )

    def _paragraphs(self) -> Iterator[tuple[int, int]]:
        text, starts = self._manuscript.text, self._manuscript.starts
        begin: int | None = None
        end = 0
        for number in range(1, len(starts) + 1):
            first, last = self._manuscript.line(number) or (0, 0)
            line = text[first:last]
            goes_on = begin is not None and self._goes_on(text[text.rfind("\n", 0, end) + 1 : end], line)
            if begin is not None and not goes_on:
                yield begin, end
                begin = None
            if line.strip() and not grid_at(self._manuscript.tables, first):
                begin = first if begin is None else begin
                end = last
            elif begin is not None:
                yield begin, end
                begin = None
        if begin is not None:
            yield begin, end

    def _goes_on(self, before: str, line: str) -> bool:
        """Whether ``line`` continues the line ``before``."""
        if self._lines_are_blocks or not line.strip() or line.lstrip().startswith("#"):
            return False
        if _ENTRY.match(line) or "   " in line.strip():
            return False
        width = sum(2 if "\u2e80" <= letter <= "\uffef" else 1 for letter in before)
        is_entry = _ENTRY.match(before) is not None
        is_indented = line.startswith((" ", "\t"))
        return (
            not before.lstrip().startswith("#")
            and (width >= _SHORTEST_FULL_LINE or (is_entry and is_indented))
            and not (before.rstrip()[-1:] in _ENDS and is_entry and not is_indented)
        )
