"""Places in a document: passages as a person points to them, and anchors where they were found."""

import re
from dataclasses import dataclass
from enum import StrEnum

_LOCATOR = re.compile(
    r"""\s*(?:p(?P<page>[1-9][0-9]{0,4})\s+)?L(?P<line>[1-9][0-9]{0,6})
        (?:\s+s(?P<sentence>[1-9][0-9]{0,3}))?
        (?:\s+row\s*["\u201c](?P<row>[^"\u201d\n]{1,200})["\u201d])?
        (?:\s+column\s*["\u201c](?P<column>[^"\u201d\n]{1,200})["\u201d])?
        (?:\s*["\u201c](?P<exact>[^"\u201d]{1,200})["\u201d])?
        (?:\s*\#(?P<nth>[1-9][0-9]{0,3}))?\s*$""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a document as a person points to it: a line, perhaps a sentence or a cell, perhaps a few exact words.

    Attributes:
        line: Line of the document, from 1; lines end at ``\\n``.
        sentence: Sentence of that line, from 1; None where the whole line or ``exact`` is meant.
        exact: Words that stand there, letter for letter: a number's literal or up to five words; empty for none.
        nth: Which occurrence of ``exact`` within the line (or sentence), from 1; 0 where it stands there once.
        row: Name of the row of a table that the line is; empty for none.
        column: Head of the column that holds the place; empty for none.
        page: Page of the document, from 1; 0 where none is given.
    """

    line: int
    sentence: int | None = None
    exact: str = ""
    nth: int = 0
    row: str = ""
    column: str = ""
    page: int = 0

    @classmethod
    def parse(cls, text: str) -> "Passage":
        """The passage of a locator such as ``L169 "$8000"#2``.

        >>> Passage.parse('L169 "$8000"#2')
        Passage(line=169, sentence=None, exact='$8000', nth=2, row='', column='', page=0)
        >>> Passage.parse("L17 s6").sentence
        6
        >>> Passage.parse('L12 row "bolts" column "2024" "1,340"').column
        '2024'
        >>> Passage.parse("p3 L120").page
        3

        Raises:
            ValueError: ``text`` is not a locator.
        """
        locator = _LOCATOR.match(text)
        if not locator:
            raise ValueError(f'{text!r} is not a place like: L169 "$8000", L17 s6')
        sentence, exact, nth = locator["sentence"], locator["exact"] or "", locator["nth"]
        if nth and not exact:
            raise ValueError(f"{text!r} counts an occurrence of nothing; quote the words before #{nth}")
        row, column = locator["row"] or "", locator["column"] or ""
        if sentence and (row or column):
            raise ValueError(f"{text!r} names a sentence and a cell; a row of a table has no sentences")
        if len(exact.split()) > 5:
            raise ValueError(f"{text!r} quotes more than five words; point with a few")
        # An occurrence that nobody counted is 0, not 1: where the words occur twice, "#1" says which of them is meant.
        return cls(
            line=int(locator["line"]),
            sentence=int(sentence) if sentence else None,
            exact=exact,
            nth=int(nth or 0),
            row=row,
            column=column,
            page=int(locator["page"] or 0),
        )

    def __str__(self) -> str:
        parts = [f"p{self.page}"] if self.page else []
        parts += [f"L{self.line}"]
        parts += [f"s{self.sentence}"] if self.sentence else []
        parts += [f'row "{self.row}"'] if self.row else []
        parts += [f'column "{self.column}"'] if self.column else []
        parts += [f'"{self.exact}"' + (f"#{self.nth}" if self.nth else "")] if self.exact else []
        return " ".join(parts)


_LINES = re.compile(r"\s*L(?P<first>[1-9][0-9]{0,6})\s*[-–]\s*L?(?P<last>[1-9][0-9]{0,6})\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """A place in a document from which nothing is recorded on purpose: whole lines, or a few exact words in one.

    Attributes:
        line: The first line, from 1.
        last: The last line; never before ``line``, and equal to it where there are exact words.
        exact: The words, letter for letter; empty for whole lines.
        reason: Why nothing is recorded from there.
    """

    line: int
    last: int
    exact: str = ""
    reason: str

    @classmethod
    def parse(cls, text: str, reason: str) -> "Omission":
        """The place of a locator such as ``L3``, ``L3-L9`` or ``L12 "3,000"``.

        Raises:
            ValueError: ``text`` is no such locator.
        """
        lines = _LINES.fullmatch(text)
        if lines is None:
            passage = Passage.parse(text)
            return cls(line=passage.line, last=passage.line, exact=passage.exact, reason=reason)
        first, last = int(lines["first"]), int(lines["last"])
        if last < first:
            raise ValueError(f"{text!r} ends before it begins")
        return cls(line=first, last=last, reason=reason)

    def __str__(self) -> str:
        if self.line != self.last:
            return f"L{self.line}-L{self.last}"
        return str(Passage(self.line, exact=self.exact))


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The place where a passage was found in an attached document.

    Attributes:
        start: First character, counted from 0 in the text decoded as UTF-8.
        end: The character after the last.
        before: Up to 160 characters that stand before ``start``.
        after: Up to 160 characters from ``end`` on.
        text: The characters from ``start`` to ``end``.
    """

    start: int
    end: int
    before: str
    text: str
    after: str


class AnchoringMethod(StrEnum):
    """How a passage was found."""

    EXACT = "exact"
    """By its exact words, which occur once."""
    NEIGHBOURS = "neighbours"
    """By its exact words, and among several such places by the words before and after."""
    CELL = "cell"
    """By the row and the column of its table."""
    POSITION = "position"
    """By its position: its line, its number among equal words, or its distance from text that has not changed."""
    PERSON = "person"
    """By a person, who accepted the place."""
    UNSAID = "unsaid"
    """Before the method was recorded."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A place that is offered for a passage, for a person to accept or reject.

    Attributes:
        anchor: The place.
        line: Its line, from 1.
        score: Similarity of the sentences around the old place and this one, from 0 to 100; 100 is the same.
    """

    anchor: Anchor
    line: int
    score: int
