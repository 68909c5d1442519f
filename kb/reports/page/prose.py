"""Running text on a page: paragraphs of words, some of them set apart or leading elsewhere."""

from dataclasses import dataclass

from kb.reports.value import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Words in a paragraph.

    Attributes:
        kind: ``text``, ``emphasis``, ``strong``, ``code``, ``quotation`` (a source's own words) or ``citation``.
        text: The words, without quotation marks.
        language: Language of a quotation as a BCP 47 tag; else empty.
        ref: The page that a citation leads to; None for all other kinds.
    """

    kind: str
    text: str
    language: str = ""
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class SideCase:
    """The best case for one side of a question in running text, under the side in a heading."""

    heading: str
    paragraphs: tuple[tuple[Span, ...], ...]
