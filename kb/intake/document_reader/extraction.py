"""The text and metadata of a document of any supported format, front matter of Markdown included.

Runs in the child process only; the reader names this module and never imports it.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeGuard

import yaml
from selectolax.lexbor import LexborHTMLParser

from kb.domain.problem import Problem
from kb.intake.document_reader.dates import read_date
from kb.intake.document_reader.format_detection import decoded_text, is_pdf, text_type
from kb.intake.document_reader.html_metadata import html_metadata
from kb.intake.document_reader.html_text import visible_text
from kb.intake.document_reader.markup_limits import excessive_markup
from kb.intake.document_reader.opening_lines import opening_metadata
from kb.intake.document_reader.parsed_document import Extraction, Guess, MediaType, Metadata, ParsedDocument
from kb.intake.document_reader.pdf import read_pdf
from kb.intake.document_reader.sandbox import Limits

_YAML = re.compile(r"---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\r?\n(.*?)\r?\n\+\+\+[ \t]*(?:\r?\n|$)", re.DOTALL)
_LARGEST = 50_000
_NAMES = {
    "title": ("title",),
    "container_title": ("container-title", "publication", "journal", "site", "site_name", "website"),
    "publisher": ("publisher",),
    "language": ("lang", "language", "locale"),
    "url": ("url", "canonical_url", "source", "link", "permalink"),
    "doi": ("doi",),
}
_DATES = ("issued", "date", "published", "publishdate", "pubdate", "created")
_AUTHORS = ("author", "authors", "by", "creator")


def front_matter_metadata(text: str) -> Metadata:
    """The metadata in the front matter of ``text``; empty where it has none that can be read."""
    front_matter = _front_matter(text.removeprefix("\ufeff")[:_LARGEST])
    guesses = {field: _first_text(front_matter, names) for field, names in _NAMES.items()}
    if guesses["url"] and not re.match(r"https?://\S+$", guesses["url"].value):
        guesses["url"] = None
    issued = next(
        (Guess(day, _place(key)) for key in _DATES if (day := read_date(str(front_matter.get(key, ""))))), None
    )
    authors = next((names_of_key for key in _AUTHORS if (names_of_key := _authors(front_matter.get(key), key))), ())
    return Metadata(**guesses, issued=issued, authors=authors)


def body_start(text: str) -> int:
    """The first character after the front matter; 0 without front matter."""
    mark = int(text.startswith("\ufeff"))
    match = _YAML.match(text, mark, _LARGEST) or _TOML.match(text, mark, _LARGEST)
    return match.end() if match else 0


def _front_matter(text: str) -> Mapping[str, Any]:
    try:
        if match := _YAML.match(text):
            # BaseLoader makes texts, lists and mappings only, whatever tags a stranger's file has.
            parsed = yaml.load(match[1], Loader=yaml.BaseLoader)
        else:
            match = _TOML.match(text)
            parsed = tomllib.loads(match[1]) if match else {}
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {str(key).lower(): value for key, value in parsed.items()} if isinstance(parsed, dict) else {}


def _first_text(front_matter: Mapping[str, Any], names: tuple[str, ...]) -> Guess | None:
    candidates = ((name, front_matter.get(name)) for name in names)
    return next((Guess(" ".join(value.split()), _place(name)) for name, value in candidates if _is_text(value)), None)


def _authors(names_or_mappings: Any, key: str) -> tuple[Guess, ...]:
    several = names_or_mappings if isinstance(names_or_mappings, list) else [names_or_mappings]
    names = (author.get("name") if isinstance(author, dict) else author for author in several)
    return tuple(Guess(" ".join(name.split()), _place(key)) for name in names if _is_text(name))


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())


def _place(key: str) -> str:
    return f"the front matter, {key}"


def extract(data: bytes, limits: Limits) -> Extraction:
    """The document in ``data``, or the problem with it. Parsing may crash the process."""
    parsed = _pdf_document(data, limits) if is_pdf(data) else _text_document(data)
    return Extraction(problem=parsed) if isinstance(parsed, Problem) else Extraction(document=parsed)


def _pdf_document(data: bytes, limits: Limits) -> ParsedDocument | Problem:
    pdf = read_pdf(data, "", limits)
    if isinstance(pdf, Problem):
        return pdf
    return ParsedDocument(
        text=pdf.text,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=MediaType.PDF,
        pages=pdf.pages,
        about=pdf.about.or_else(opening_metadata(pdf.text)).or_else(Metadata(issued=pdf.created)),
        notes=pdf.notes,
    )


def _text_document(data: bytes) -> ParsedDocument | Problem:
    decoded = decoded_text(data, "")
    if isinstance(decoded, Problem):
        return decoded
    text, encoding = decoded
    kind = text_type(text)
    document = ParsedDocument(text=text, sha256=hashlib.sha256(data).hexdigest(), media_type=kind, encoding=encoding)
    if kind is MediaType.HTML:
        return _html_document(document)
    if encoding != "utf-8":
        document = replace(document, text=text.removeprefix("\ufeff").replace("\r\n", "\n"))
    return replace(
        document,
        about=front_matter_metadata(document.text).or_else(
            opening_metadata(document.text[body_start(document.text) :])
        ),
    )


def _html_document(document: ParsedDocument) -> ParsedDocument | Problem:
    if excess := excessive_markup(document.text):
        return Problem(where="", what=excess, hint="mend it there, or save its text as a file of its own")
    page = LexborHTMLParser(document.text)
    text = visible_text(page.root) if page.root else ""
    if not text.strip():
        return Problem(
            where="",
            what="there is no text in the page",
            hint="a script may fill it: save it from a browser once it is there",
        )
    return replace(document, text=text, about=html_metadata(page, document.text).or_else(opening_metadata(text)))
