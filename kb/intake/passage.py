"""Passages in the text of a document: their lines, sentences and words, and hints where they are not found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from kb.domain.passage import Anchor, Passage
from kb.intake.table_passage import Refusal, cell_span, column_holding
from kb.intake.token_index import TokenIndex
from kb.numbers.grid import Grid, grids
from kb.numbers.lexicon import LEXICON

_MARKS = LEXICON.sentences
_END = re.compile(rf"""[.!?{"".join(sorted(_MARKS.ends))}]+["'”’」』）)\]]*""")
_WORD = re.compile(r"[\w.'’-]+$")
_NEXT = re.compile(r"""["'“‘「『（(\[*_]*([^\W_]+)""")


def sentences(line: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence of ``line``, without surrounding white space.

    >>> text = 'It costs $1.25 in the U.S. market. "Too much!" 不到一半。真的？'
    >>> [text[start:end] for start, end in sentences(text)]
    ['It costs $1.25 in the U.S. market.', '"Too much!"', '不到一半。', '真的？']
    """
    spans, start = [], 0
    for match in _END.finditer(line):
        if match.start() >= start and _ends_sentence(line, match):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(line)))
    trimmed = (_trimmed(line, *span) for span in spans)
    return tuple(span for span in trimmed if span[0] < span[1])


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    part = line[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


def _ends_sentence(line: str, match: re.Match[str]) -> bool:
    if not _MARKS.ends.isdisjoint(match[0]):
        return True
    rest = line[match.end() :]
    if rest and not rest[0].isspace() and not _is_wide(rest[0]):
        return False
    following = _NEXT.match(rest.lstrip())
    word = _WORD.search(line, max(0, match.start() - 30), match.start())
    before = word[0].lower().strip("'’") if word else ""
    if match[0].startswith(".") and not match[0].startswith(".."):
        return _full_stop_ends(before, following[1] if following else rest.strip()[:1])
    return not following or not following[1][0].islower()


def _full_stop_ends(before: str, following: str) -> bool:
    starts = following.lower() in _MARKS.first_words and following[:1].isupper()
    if before in _MARKS.abbreviations or _is_initial(before):
        return not following or (before in _MARKS.final_abbreviations and starts)
    if before in _MARKS.before_numbers and following[:1].isdigit():
        return False
    if before.isdigit() and len(before) <= 2 and following.lower() in _MARKS.after_ordinals:
        return False
    return not following[:1].islower()


def _is_initial(word: str) -> bool:
    return bool(re.fullmatch(r"(?:[a-z]\.)*[a-z]", word)) and word not in _MARKS.no_initials


def _is_wide(letter: str) -> bool:
    return ord(letter) > 0x2E7F


PAGE_BREAK = "\f"
"""The character that parts the pages of a text."""

AROUND = 160
"""Characters that are kept on each side of a passage."""

# What typography and Chinese typing make of the same signs. A passage has to have the signs of its document; this only
# finds the hint that shows them.
_ALIKE = str.maketrans("“”„«»‘’‚′–—‑−\u00a0\u2009\u202f，（）：；％＄", '"""""\'\'\'\'----   ,():;%$')


@dataclass(frozen=True, slots=True)
class NotFound:
    """Why a passage was not found, and what to write instead.

    Attributes:
        choices: The places among which its author has to choose, where nothing else is wrong.
    """

    what: str
    hint: str = ""
    choices: tuple[Anchor, ...] = ()


@dataclass(frozen=True)
class Manuscript:
    """The text of a document by lines, which end at ``\\n``; a ``\\r`` before that is no part of the line."""

    text: str

    @cached_property
    def starts(self) -> Sequence[int]:
        """First character of each line, from 0."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def line(self, number: int) -> tuple[int, int] | None:
        """Start and end of line ``number``, counted from 1; None where there is no such line."""
        if not 1 <= number <= len(self.starts):
            return None
        start = self.starts[number - 1]
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        return start, end

    def page_at(self, place: int) -> int:
        """Number of the page that holds the character ``place``; 0 where the text is in no pages."""
        # A form feed begins each page but the first, alone on its line (PDF) or before the first words (plain text).
        first = place + 1 if self.text[place : place + 1] == PAGE_BREAK else place
        return 1 + self.text.count(PAGE_BREAK, 0, first) if PAGE_BREAK in self.text else 0

    def line_at(self, place: int) -> int:
        """Number of the line that holds the character ``place``."""
        return bisect_right(self.starts, place)

    @cached_property
    def tables(self) -> Sequence[Grid]:
        """The tables of the text, in order."""
        return grids(self.text)

    def anchor(self, start: int, end: int) -> Anchor:
        """The anchor of the characters from ``start`` to ``end``, with the text around them."""
        before = self.text[max(0, start - AROUND) : start]
        return Anchor(
            start=start, end=end, before=before, text=self.text[start:end], after=self.text[end : end + AROUND]
        )


def find(passage: Passage, manuscript: Manuscript) -> Anchor | NotFound:
    """The place of ``passage``: of its exact words if it has any, else of its sentence, else of its line.

    Words that occur more than once in the line need their number. A number is not found inside a longer one.
    """
    line = manuscript.line(passage.line)
    if line is None:
        last = len(manuscript.starts)
        lines = "1 line" if last == 1 else f"{last} lines"
        return NotFound(f"the document has {lines}, and no line {passage.line}", _elsewhere_hint(passage, manuscript))
    if passage.page and (refusal := _wrong_page(passage, manuscript.page_at(line[0]))):
        return refusal
    span = _cell_span(passage, manuscript, line) or _sentence_span(passage, manuscript, line)
    if isinstance(span, NotFound):
        return span
    if passage.exact:
        return _locate_words(passage, manuscript, span)
    if passage.column and span[0] == span[1]:
        return NotFound(f'the cell "{passage.row}, {passage.column}" is empty', "point to the cell with the number")
    if not manuscript.text[slice(*span)].strip():
        return NotFound(f"line {passage.line} is empty", "point to the line with the words")
    return manuscript.anchor(*span)


def _wrong_page(passage: Passage, page: int) -> NotFound | None:
    if not page:
        return NotFound("the document is in no pages", f"write {replace(passage, page=0)}")
    if page == passage.page:
        return None
    what = f"line {passage.line} is on page {page}, not on page {passage.page}"
    return NotFound(what, f"lines are counted through the whole document; write {replace(passage, page=page)}")


def _cell_span(passage: Passage, manuscript: Manuscript, line: tuple[int, int]) -> tuple[int, int] | NotFound | None:
    """The cell that ``passage`` names; None where it names none."""
    if not passage.row and not passage.column:
        return None
    cell = cell_span(passage, manuscript.text, manuscript.tables, line)
    if isinstance(cell, Refusal):
        return NotFound(*cell)
    if passage.exact and passage.column and not occurrences(passage.exact, manuscript.text, *cell):
        own = column_holding(passage, manuscript.text, manuscript.tables, line)
        row = f' of the row "{passage.row}"' if passage.row else f" of line {passage.line}"
        what = f'"{passage.exact}" does not stand in the column "{passage.column}"{row}'
        return NotFound(what, f'it stands in the column "{own}"' if own else _elsewhere_hint(passage, manuscript))
    return cell


def _sentence_span(passage: Passage, manuscript: Manuscript, line: tuple[int, int]) -> tuple[int, int] | NotFound:
    if passage.sentence is None:
        return line
    start, end = line
    spans = sentences(manuscript.text[start:end])
    if passage.sentence > len(spans):
        count = "1 sentence" if len(spans) == 1 else f"{len(spans)} sentences"
        return NotFound(f"line {passage.line} has {count}, and no sentence {passage.sentence}", "count again")
    first, last = spans[passage.sentence - 1]
    return start + first, start + last


def _locate_words(passage: Passage, manuscript: Manuscript, span: tuple[int, int]) -> Anchor | NotFound:
    starts = occurrences(passage.exact, manuscript.text, *span)
    where = f"line {passage.line}" + (f", sentence {passage.sentence}" if passage.sentence else "")
    if not starts:
        return NotFound(f'"{passage.exact}" does not stand in {where}', _hint(passage, manuscript, span))
    if passage.nth > len(starts):
        return NotFound(f'"{passage.exact}" stands in {where} {_times(len(starts))}, so there is no #{passage.nth}')
    if len(starts) > 1 and not passage.nth:
        # Without the space: YAML takes what follows ' #' for a comment.
        numbers = "#1 or #2" if len(starts) == 2 else f"one of #1 to #{len(starts)}"
        hint = f'add {numbers}, without a space before it: L{passage.line} "{passage.exact}"#1'
        choices = tuple(manuscript.anchor(start, start + len(passage.exact)) for start in starts)
        return NotFound(f'"{passage.exact}" stands in {where} {_times(len(starts))}', hint, choices)
    start = starts[max(passage.nth, 1) - 1]
    return manuscript.anchor(start, start + len(passage.exact))


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def occurrences(words: str, text: str, start: int, end: int) -> list[int]:
    """The first characters of the occurrences of ``words`` in ``text`` between ``start`` and ``end``.

    Parts of longer words are listed only where there is no whole word; parts of longer numbers never are.

    >>> occurrences("$80", "not $800 but $80, or $80.5", 0, 26)
    [13]
    """
    places, place = [], text.find(words, start, end)
    while place != -1:
        if not _cuts_number(text, place, place + len(words), start, end):
            places.append(place)
        place = text.find(words, place + 1, end)
    whole = [place for place in places if not _cuts_word(text, place, place + len(words))]
    return whole or places


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
        return _written_hint(passage, manuscript.text[start + at : start + at + len(passage.exact)])
    return _elsewhere_hint(passage, manuscript)


def _written_hint(passage: Passage, words: str) -> str:
    # Words with a quotation mark in them, or more than five of them, would be refused in turn.
    with suppress(ValueError):
        Passage.parse(str(replace(passage, exact=words)))
        return f'there it is written "{words}"'
    return "there it is written with other signs; quote a few words without a quotation mark, or point to its sentence"


def _elsewhere_hint(passage: Passage, manuscript: Manuscript) -> str:
    if not passage.exact:
        return ""
    places = occurrences(passage.exact, manuscript.text, 0, len(manuscript.text))
    lines = list(dict.fromkeys(manuscript.line_at(place) for place in places))
    nearest = sorted(sorted(lines, key=lambda line: abs(line - passage.line))[:3])
    if not lines:
        return "it stands nowhere in the document; copy the words letter for letter"
    more = f" and {len(lines) - 3} more" if len(lines) > 3 else ""
    return f"it stands on line{'s' if len(lines) > 1 else ''} {', '.join(map(str, nearest))}{more}"


SHORTEST_CONTEXT = 24
"""Words to which a shorter sentence is widened, since short sentences resemble each other."""


class Quote(NamedTuple):
    """A passage by the numbers of its words in an edition.

    Attributes:
        tokens: The words of the edition, or of as much of it as is at hand.
        first: First word of the sentence that holds the passage.
        end: The word behind its last.
        start_at: First word of the passage, counted from ``first``.
        end_at: The word behind its last, likewise.
    """

    tokens: TokenIndex
    first: int
    end: int
    start_at: int
    end_at: int

    @property
    def words(self) -> list[str]:
        return self.tokens.words[self.first : self.end]


def quote_of(anchor: Anchor, tokens: TokenIndex | None) -> Quote | None:
    """The passage at ``anchor`` in ``tokens``, or, where the edition is lost, in the text that the anchor keeps.

    None for a passage without words.
    """
    start = anchor.start
    if tokens is None or tokens.text[start : anchor.end] != anchor.text:
        tokens, start = TokenIndex(anchor.before + anchor.text + anchor.after), len(anchor.before)
    end = start + len(anchor.text)
    if not tokens.words or not anchor.text.strip():
        return None
    first, behind = tokens.span(*sentence_around(tokens.text, start, end))
    own_first, own_behind = tokens.span(start, end)
    return Quote(tokens, first, max(behind, own_behind), own_first - first, own_behind - first)


def sentence_of(anchor: Anchor) -> tuple[str, str, str]:
    """The sentence of an anchor, as far as it keeps the text around it: before the anchor, the anchor, and after."""
    whole, own = anchor.before + anchor.text + anchor.after, len(anchor.before)
    start, end = sentence_around(whole, own, own + len(anchor.text))
    return whole[start:own], anchor.text, whole[own + len(anchor.text) : end]


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Start and end of the sentences around the characters from ``start`` to ``end``, 160 on each side at most."""
    low = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    line_end = text.find("\n", end)
    high = min(len(text) if line_end == -1 else line_end, end + AROUND)
    spans = [(low + first, low + last) for first, last in sentences(text[low:high])]
    held = [span for span in spans if span[0] < end and start < span[1]]
    return min([start, *(first for first, _ in held)]), max([end, *(last for _, last in held)])


def text_between(tokens: TokenIndex, first: int, end: int) -> str:
    """The text from one word up to another."""
    return tokens.text[tokens.start(first) : tokens.end(end - 1)]


def widened(first: int, end: int, tokens: TokenIndex) -> tuple[int, int]:
    """The words from ``first`` to ``end``, and the words around them where they are few."""
    more = max(SHORTEST_CONTEXT - (end - first), 0) // 2
    return max(first - more, 0), min(end + more, len(tokens.words))
