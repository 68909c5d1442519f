"""A text for readers that is not tied to a format: headings, paragraphs, tables, pictures and citations.

A report is composed as a ``Paper`` and printed in each format from it, so that all of them say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kb.domain.identity import Id
from kb.reports.value import Ref


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words to be set in italics."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words to be set in bold type."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A formula, or a name in one."""

    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A source's own words, printed in quotation marks; ``language`` is a BCP 47 tag or empty."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a cited source.

    Attributes:
        source: The source.
        line: Its line; 0 where the whole source is meant.
        page: Its page; 0 where the document has none.
        passage: Number of the passage in the list at the end of the paper; 0 for none.
    """

    source: Id
    line: int = 0
    page: int = 0
    passage: int = 0


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of one or several places, printed as the style of the report says."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that are a place within the paper, called ``name``."""

    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Linked:
    """Words that lead to a page, where the text is a page itself; on paper they are words only."""

    text: str
    to: Ref


Inline: TypeAlias = "str | Emphasis | Strong | Code | Quotation | Marked | Cited | Linked"
Line: TypeAlias = "tuple[Inline, ...]"
"""What stands in a line: words, and what is set apart among them."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of ``level`` 1 to 3; ``name`` is its place within the paper, in small letters and hyphens."""

    level: int
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short paragraphs."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a head.

    Attributes:
        caption: What it shows; empty where the text before it says so.
        head: The heads of its columns.
        rows: A cell for each column.
        shares: The share of the width that each column takes; they add up to 1.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    shares: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.shares) != len(self.head) or any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(f"a row of “{self.caption}” has not {len(self.head)} cells")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing.

    Attributes:
        name: Its file name without ending, in small letters and hyphens.
        svg: The drawing, complete, with no address of anything outside.
        caption: What it shows.
        text: The same in words, for readers who do not see it.
    """

    name: str
    svg: str
    caption: str
    text: str


Block: TypeAlias = "Heading | Paragraph | Bullets | Table | Picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole text.

    Attributes:
        title: Its title.
        subtitle: The line under the title.
        date: The day that it is dated by, as ``2026-06-15``.
        language: BCP 47 tag of its own words.
        contents: Whether a table of contents stands before the text.
        blocks: The text, in order. A bibliography of the cited sources follows it.
        colophon: Closing lines behind the bibliography.
    """

    title: str
    subtitle: str
    date: str
    language: str
    contents: bool
    blocks: tuple[Block, ...]
    colophon: tuple[Line, ...]


def sentence(*parts: Inline) -> Line:
    """The parts of a line that are not empty."""
    return tuple(part for part in parts if part)


def joined(lines: Sequence[Line]) -> Line:
    """Sentences one after the other in one paragraph."""
    spaced: list[Inline] = []
    for line in lines:
        if line:
            spaced += [" ", *line] if spaced else line
    return tuple(spaced)
