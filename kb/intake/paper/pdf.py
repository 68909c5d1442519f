"""What does a PDF say? Its text page by page, with lines that run on joined to paragraphs, and who made it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from ctypes import c_double
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from kb.domain.problem import Problem
from kb.intake.paper.column import Line, paragraphs
from kb.intake.paper.limits import Limits
from kb.intake.paper.packet import about_packet
from kb.intake.paper.paper import About, Guess

_HYPHEN = "\ufffe"
"""What pdfium reads for a hyphen at the end of a line; the word goes on behind it."""
_ENDS = frozenset((10, 13))
_DROPPED = frozenset((*range(9), 11, 12, *range(14, 32), 0xAD, 0x200B, 0x2060, 0xFEFF))
_SPACES = frozenset((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F))
_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_WIDE_GAP = 1.2
"""Of the height of a line: space inside it from which it is a row of a table."""
_BROKEN = re.compile(rf"(\w*){_HYPHEN}(\w*)")


@dataclass(frozen=True, slots=True)
class Printed:
    """The text of a PDF, the line on which each page begins, what it says of itself, and what to know of the text.

    ``made`` is the day on which the PDF was made, which may be years after it was published.
    """

    text: str
    pages: tuple[int, ...]
    about: About
    made: Guess | None
    notes: tuple[str, ...]


def printed(data: bytes, where: str, limits: Limits) -> Printed | Problem:
    """The text of the PDF ``data``; a problem where it is encrypted, damaged, too long or without text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return _refused(error, where)
    if len(document) > limits.pages:
        what = f"the PDF has {len(document):,} pages; at most {limits.pages:,} are read"
        return Problem(where, what, "split it; each part is a document")
    pages: list[list[str]] = []
    title: Guess | None = None
    for number in range(len(document)):
        lines = _lines(document, number)
        if lines is None:
            return Problem(where, f"page {number + 1} of the PDF cannot be read", "is the file whole?")
        title = title or (_largest(lines) if number == 0 else None)
        pages.append(paragraphs(lines))
    return _set(pages, document, data, title, where)


def _refused(error: pypdfium2.PdfiumError, where: str) -> Problem:
    if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return Problem(where, "the PDF is encrypted and wants a password", "save it without one")
    return Problem(where, "the PDF cannot be read: it is damaged or cut off", "get the file again")


def _set(
    pages: list[list[str]], document: pypdfium2.PdfDocument, data: bytes, title: Guess | None, where: str
) -> Printed | Problem:
    text, starts = "", []
    for page in pages:
        text += "\n\n" if text else ""
        starts.append(text.count("\n") + 1)
        text += "\n".join(page)
    if not any(map(str.isalnum, text)):
        what = "there is no text in the PDF; its pages are pictures or empty" if pages else "the PDF has no pages"
        return Problem(where, what, "run OCR first (ocrmypdf IN.pdf OUT.pdf), then take what comes out")
    about = about_packet(data).or_else(_information(document)).or_else(About(title=title))
    return Printed(_unbroken(text), tuple(starts), about, _made(document), tuple(_notes(pages, text)))


def _notes(pages: list[list[str]], text: str) -> Iterator[str]:
    empty = [str(number) for number, page in enumerate(pages, 1) if not any(page)]
    if empty:
        named = ", ".join(empty[:10]) + (", …" if len(empty) > 10 else "")
        yield f"no text on page {named}: a picture, or nothing"
    unknown = sum(letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" for letter in text)
    if unknown * 200 > len(text):
        yield f"{unknown:,} signs stand in a font that does not say which they are"


def _unbroken(text: str) -> str:
    """``text`` with each word that a line broke in one: without its hyphen where the text has it whole elsewhere."""
    whole = frozenset(word.lower() for word in re.findall(r"\w+", text))

    def joined(found: re.Match[str]) -> str:
        first, second = found.groups()
        return first + second if (first + second).lower() in whole else f"{first}-{second}"

    return _BROKEN.sub(joined, text)


def _lines(document: pypdfium2.PdfDocument, number: int) -> list[Line] | None:
    """The lines of page ``number`` as they are printed; None where the page cannot be loaded."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return None
    text = page.get_textpage()
    try:
        codes = [pdfium.FPDFText_GetUnicode(text, place) for place in range(text.count_chars())]
        return [line for start, end in _spans(codes) if (line := _line(text, codes, start, end))]
    finally:
        text.close()
        page.close()


def _spans(codes: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for place, code in enumerate((*codes, 10)):
        if code in _ENDS:
            if place > start:
                yield start, place
            start = place + 1


def _line(text: Any, codes: Sequence[int], start: int, end: int) -> Line | None:
    places = [place for place in range(start, end) if not chr(codes[place]).isspace() and codes[place] not in _DROPPED]
    if not places:
        return None
    words = "".join(map(_letter, codes[start:end])).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    first, last = _box(text, places[0]), _box(text, places[-1])
    word_end = next((place for place in range(places[0], end) if chr(codes[place]).isspace()), end) - 1
    return Line(
        words=" ".join(words.split()),
        left=first[0],
        right=last[2],
        bottom=first[1],
        foot=last[1],
        height=max(first[3] - first[1], last[3] - last[1]),
        first_word=_box(text, word_end)[2] - first[0],
        is_row=_has_gap(text, start, end, first[3] - first[1]),
    )


def _letter(code: int) -> str:
    if code == 2:
        return _HYPHEN
    if code in _DROPPED:
        return ""
    return " " if code in _SPACES else _LIGATURES.get(code) or chr(code)


def _box(text: Any, place: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a letter, with the room above and below that its font gives."""
    box: tuple[float, float, float, float] = text.get_charbox(place, loose=True)
    return box


def _has_gap(text: Any, start: int, end: int, height: float) -> bool:
    """Whether there is room in the line that only columns have."""
    count = pdfium.FPDFText_CountRects(text, start, end - start)
    edges = []
    for number in range(min(count, 200)):
        left, top, right, bottom = (c_double() for _ in range(4))
        pdfium.FPDFText_GetRect(text, number, left, top, right, bottom)
        edges.append((left.value, right.value))
    edges.sort()
    return any(after[0] - before[1] > _WIDE_GAP * height for before, after in pairwise(edges))


def _largest(lines: Sequence[Line]) -> Guess | None:
    """The words in the largest letters of the first page, where those stand out."""
    told = [line for line in lines if sum(map(str.isalpha, line.words)) > 2]
    if not told:
        return None
    height = max(line.height for line in told)
    heights = sorted(line.height for line in told for _ in line.words)
    usual = heights[len(heights) // 2]
    words = " ".join(line.words for line in told if line.height > 0.98 * height)
    is_title = len(words) <= 300 and (height > 1.1 * usual or len(told) == 1)
    return Guess(words.replace(_HYPHEN, "-"), "the largest letters of page 1") if is_title else None


_FILE_NAME = re.compile(
    r"(?i)microsoft (?:word|powerpoint|excel) - |untitled"
    r"|(?:.*[\\/])?\S+\.(?:docx?|pptx?|xlsx?|tex|dvi|indd|qxd|rtf|pdf)$"
)
_MADE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")


def _information(document: pypdfium2.PdfDocument) -> About:
    """What the information dictionary says; a title that is the name of a file is none."""
    said = {key: " ".join(value.split()) for key, value in document.get_metadata_dict(skip_empty=True).items()}
    title, author = said.get("Title", ""), said.get("Author", "")
    names = re.split(r"\s*;\s*|\s+and\s+|,\s+(?=\S+\s)", author) if author else []
    return About(
        title=Guess(title, "the PDF's title") if title and not _FILE_NAME.match(title) else None,
        authors=tuple(Guess(name, "the PDF's author") for name in names if name),
    )


def _made(document: pypdfium2.PdfDocument) -> Guess | None:
    found = _MADE.match(document.get_metadata_value("CreationDate"))
    return Guess("-".join(found.groups()), "the PDF's day of making") if found else None
