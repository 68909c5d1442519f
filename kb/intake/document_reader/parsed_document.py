"""The text of a document file, and the metadata that the file gives about itself."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from kb.domain.problem import Problem

EXTRACTION_VERSION = "2"
"""Version of the rules of extraction; raised by a change that moves characters, where passages are anchored."""


class MediaType(StrEnum):
    """The kind of a file, by its content and not by its name."""

    PLAIN = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Guess:
    """An item of metadata, which may be wrong.

    Attributes:
        value: As a seed file would write it: ``2026-06-15`` for a date, ``en`` for a language.
        found: Where it stands, in words that follow "found in", e.g. ``the tag citation_title`` or ``line 3``.
    """

    value: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The metadata of a file; None and empty for what it does not say.

    Attributes:
        type: A CSL type, e.g. ``article-newspaper``.
        issued: A date as ``2026``, ``2026-06`` or ``2026-06-15``.
        language: BCP 47 tag, e.g. ``en``.
        doi: Without the address in front, e.g. ``10.1000/182``.
    """

    type: Guess | None = None
    title: Guess | None = None
    authors: tuple[Guess, ...] = ()
    container_title: Guess | None = None
    publisher: Guess | None = None
    issued: Guess | None = None
    language: Guess | None = None
    url: Guess | None = None
    doi: Guess | None = None

    def or_else(self, fallback: Metadata) -> Metadata:
        """The metadata, completed from ``fallback``."""
        return Metadata(
            **{field.name: getattr(self, field.name) or getattr(fallback, field.name) for field in fields(Metadata)}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """The text and metadata of a file.

    Attributes:
        text: Passages are anchored in it by line and character. Lines end with ``\\n``, except that plain UTF-8 text
            is left as it is, ``\\r`` and byte order mark included. Of HTML and PDF a line is a paragraph, a heading or
            the row of a table with tabs between its cells. Between the pages of a PDF stands a line with a form feed.
        sha256: Of the file's bytes, 64 hex digits.
        encoding: Of those bytes, e.g. ``utf-8``; empty for PDF.
        pages: The line on which each page of a PDF begins, from 1; empty for all else.
        notes: What a reader of the text should know, e.g. that a page of the PDF has none.
    """

    text: str
    sha256: str
    media_type: MediaType
    encoding: str = ""
    pages: tuple[int, ...] = ()
    about: Metadata = Metadata()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document or a problem: exactly one of the two."""

    document: ParsedDocument | None = None
    problem: Problem | None = None
