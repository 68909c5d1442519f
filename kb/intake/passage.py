"""Where does a passage stand in its document? At characters, with the words around it; if not there, where else?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.domain.passage import Anchor, Passage
from kb.intake.sentence import sentences

AROUND = 160
"""Characters that are kept on each side of a passage."""

_ALIKE = str.maketrans("“”„«»‘’‚′–—‑−\u00a0\u2009\u202f，（）：；％＄", '"""""\'\'\'\'----   ,():;%$')


@dataclass(frozen=True, slots=True)
class NotFound:
    """Why a passage could not be found, and what to write instead.

    Attributes:
        choices: Where it may stand, if nothing but a word of its author is missing to choose among several places.
    """

    what: str
    hint: str = ""
    choices: tuple[Anchor, ...] = ()


@dataclass(frozen=True)
class Manuscript:
    """A document's text with its lines: they end at ``\\n``, and a ``\\r`` before that is not counted."""

    text: str

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each line begins, counted in characters from 0."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def line(self, number: int) -> tuple[int, int] | None:
        """Start and end of line ``number``, from 1; None where there is no such line."""
        if not 1 <= number <= len(self.starts):
            return None
        start = self.starts[number - 1]
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        return start, end

    def line_at(self, place: int) -> int:
        """Number of the line that holds the character ``place``."""
        return bisect_right(self.starts, place)

    def anchor(self, start: int, end: int) -> Anchor:
        """The characters from ``start`` to ``end`` with those around them."""
        before = self.text[max(0, start - AROUND) : start]
        return Anchor(start, end, before, self.text[start:end], self.text[end : end + AROUND])


def find(passage: Passage, manuscript: Manuscript) -> Anchor | NotFound:
    """Where ``passage`` stands: its exact words, else its sentence, else its whole line.

    Words that stand in the line more than once need their number. A number is not found inside a longer one.
    """
    line = manuscript.line(passage.line)
    if line is None:
        last = len(manuscript.starts)
        lines = "1 line" if last == 1 else f"{last} lines"
        return NotFound(f"the document has {lines}, and no line {passage.line}", _elsewhere(passage, manuscript))
    span = _sentence(passage, manuscript, line)
    if isinstance(span, NotFound):
        return span
    if passage.exact:
        return _words(passage, manuscript, span)
    if not manuscript.text[slice(*span)].strip():
        return NotFound(f"line {passage.line} is empty", "point to the line with the words")
    return manuscript.anchor(*span)


def _sentence(passage: Passage, manuscript: Manuscript, line: tuple[int, int]) -> tuple[int, int] | NotFound:
    if passage.sentence is None:
        return line
    start, end = line
    spans = sentences(manuscript.text[start:end])
    if passage.sentence > len(spans):
        count = "1 sentence" if len(spans) == 1 else f"{len(spans)} sentences"
        return NotFound(f"line {passage.line} has {count}, and no sentence {passage.sentence}", "count again")
    first, last = spans[passage.sentence - 1]
    return start + first, start + last


def _words(passage: Passage, manuscript: Manuscript, span: tuple[int, int]) -> Anchor | NotFound:
    found = occurrences(passage.exact, manuscript.text, *span)
    where = f"line {passage.line}" + (f", sentence {passage.sentence}" if passage.sentence else "")
    if not found:
        return NotFound(f'"{passage.exact}" does not stand in {where}', _hint(passage, manuscript, span))
    if passage.nth > len(found):
        return NotFound(f'"{passage.exact}" stands in {where} {_times(len(found))}, so there is no #{passage.nth}')
    if len(found) > 1 and not passage.nth:
        numbers = "#1 or #2" if len(found) == 2 else f"one of #1 to #{len(found)}"
        hint = f'add {numbers}, without a space before it: L{passage.line} "{passage.exact}"#1'
        choices = tuple(manuscript.anchor(start, start + len(passage.exact)) for start in found)
        return NotFound(f'"{passage.exact}" stands in {where} {_times(len(found))}', hint, choices)
    start = found[max(passage.nth, 1) - 1]
    return manuscript.anchor(start, start + len(passage.exact))


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def occurrences(words: str, text: str, start: int, end: int) -> list[int]:
    """Where ``words`` stand in ``text`` between ``start`` and ``end``.

    Whole words come before parts of words; a number inside a longer number is not counted.

    >>> occurrences("$80", "not $800 but $80, or $80.5", 0, 26)
    [13]
    """
    found, place = [], text.find(words, start, end)
    while place != -1:
        if not _cuts_number(text, place, place + len(words), start, end):
            found.append(place)
        place = text.find(words, place + 1, end)
    whole = [place for place in found if not _cuts_word(text, place, place + len(words))]
    return whole or found


def _cuts_number(text: str, first: int, last: int, start: int, end: int) -> bool:
    before, after = text[max(start, first - 2) : first], text[last : min(end, last + 2)]
    if text[first].isdigit() and re.search(r"[0-9][.,]?$", before):
        return True
    return text[last - 1].isdigit() and bool(re.match(r"[0-9]|[.,][0-9]", after))


def _cuts_word(text: str, first: int, last: int) -> bool:
    before, after = text[first - 1 : first], text[last : last + 1]
    return _joined(before, text[first]) or _joined(text[last - 1], after)


def _joined(left: str, right: str) -> bool:
    return (left + right).isascii() and left.isalpha() and right.isalpha()


def _hint(passage: Passage, manuscript: Manuscript, span: tuple[int, int]) -> str:
    start, end = span
    alike = manuscript.text[start:end].translate(_ALIKE).casefold()
    at = alike.find(passage.exact.translate(_ALIKE).casefold()) if len(alike) == end - start else -1
    if manuscript.text.find(passage.exact, start, end) != -1:
        return "there it is only a part of a longer number"
    if at != -1:
        return f'there it is written "{manuscript.text[start + at : start + at + len(passage.exact)]}"'
    return _elsewhere(passage, manuscript)


def _elsewhere(passage: Passage, manuscript: Manuscript) -> str:
    if not passage.exact:
        return ""
    found = occurrences(passage.exact, manuscript.text, 0, len(manuscript.text))
    lines = list(dict.fromkeys(manuscript.line_at(place) for place in found))
    nearest = sorted(sorted(lines, key=lambda line: abs(line - passage.line))[:3])
    if not lines:
        return "it stands nowhere in the document; copy the words letter for letter"
    more = f" and {len(lines) - 3} more" if len(lines) > 3 else ""
    return f"it stands on line{'s' if len(lines) > 1 else ''} {', '.join(map(str, nearest))}{more}"
