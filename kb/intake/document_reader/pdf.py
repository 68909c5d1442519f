"""The text of a PDF, page by page in paragraphs, and its metadata from XMP and the information dictionary.

Lines are joined into paragraphs by their geometry. Runs in the child process only.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from ctypes import c_double, c_ushort
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pypdfium2.raw as pdfium

from kb.domain.problem import Problem
from kb.intake.document_reader.dates import read_date
from kb.intake.document_reader.page_furniture import without_furniture
from kb.intake.document_reader.parsed_document import Guess, Metadata
from kb.intake.document_reader.pdf_line import Line, LineCell, row_texts
from kb.intake.document_reader.sandbox import Limits

_HEIGHT_TOLERANCE = 1.12
"""The largest ratio of the heights of two lines in a paragraph."""
_LEADING = 1.3
"""The largest distance of two lines in a paragraph, by the smallest distance of lines of that height on the page."""
_FARTHEST = 2.2
"""The same, by the height of a line."""
_BULLET = re.compile(r"[•‣▪▫●○◦■□➤–—*·-]\s")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]\s")
_SENTENCE_END = re.compile(r"""[.!?:;。！？：；…]["'”’)\]）」]*$""")
# A number is broken only where its first part cannot stand alone: behind a sign of money, behind a group of digits, or
# inside one.
_NUMBER_END = re.compile(r"(?:[$€£¥]\s?\d[\d,]*[.,]|(?<![\d,])\d{1,3}(?:(?:,\d{3})+,|(?:,\d{3})*,\d{1,2}))$")
_NUMBER_START = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WHOLE_NUMBER = re.compile(r"[$€£¥]?\s?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)")
_HAN = re.compile(r"[\u3000-\u9fff\uff00-\uff60]")


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The text of lines, joined into a paragraph where a line was too full to hold the first word of the next.

    Rows of tables, items of lists, headings and lines that stand apart remain lines.
    """
    texts: list[str] = []
    rows = row_texts(lines)
    runs = list(_runs(lines))
    for run, edge in zip(runs, _edges(runs, lines), strict=True):
        texts.append(rows.get(id(run[0]), run[0].words))
        for before, after in pairwise(run):
            if _runs_on(before, after, edge):
                texts[-1] = _joined(texts[-1], after.words)
            else:
                texts.append(after.words)
    return texts


def _joined(first: str, second: str) -> str:
    if _breaks_number(first, second):
        return first + second
    broken = len(first) > 1 and first[-1] in "-‐–\u00ad" and not first[-2].isspace() and second[:1].isalnum()
    tight = broken or (_HAN.match(first[-1:]) and _HAN.match(second[:1]))
    return first + ("" if tight else " ") + second


def _breaks_number(first: str, second: str) -> bool:
    """Whether a line ends inside a number, which the next one ends."""
    head, tail = _NUMBER_END.search(first), _NUMBER_START.match(second)
    return bool(head and tail and _WHOLE_NUMBER.fullmatch(head[0] + tail[0].rstrip(",")))


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines below each other, of similar height and as close as such lines are on the page."""
    nearest: dict[int, float] = {}
    for before, after in pairwise(lines):
        if _is_below(before, after):
            size = round(before.height)
            nearest[size] = min(nearest.get(size, before.foot - after.bottom), before.foot - after.bottom)
    run: list[Line] = []
    for line in lines:
        if run and not (
            _is_below(run[-1], line)
            and run[-1].foot - line.bottom <= _LEADING * nearest[round(run[-1].height)]
            and not (run[-1].is_row or line.is_row)
        ):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _is_below(before: Line, after: Line) -> bool:
    low, high = sorted((before.height, after.height))
    step = before.foot - after.bottom
    meet = before.left < after.right and after.left < before.right
    return low > 0 and high <= _HEIGHT_TOLERANCE * low and 0.6 * low < step < _FARTHEST * high and meet


def _edges(runs: Sequence[Sequence[Line]], lines: Sequence[Line]) -> list[float]:
    """The right end of full lines for each run: where several of it end, else the farthest of any line of its column.

    A column holds the lines that begin near the run's first line and are not much higher. It matters only to a run with
    several lines.
    """
    edges = [max(line.right for line in run) for run in runs]
    doubtful = [at for at, run in enumerate(runs) if len(run) > 1 and not _end_together(run, edges[at])]
    # A page of scattered letters has a run for each few of them. Lines are added from the lowest up, so that each run
    # finds those that are low enough without going through all lines of the page.
    doubtful.sort(key=lambda at: runs[at][0].height)
    by_height = sorted((line for line in lines if not line.is_row), key=lambda line: line.height)
    column = _Column(line.left for line in by_height)
    added = 0
    for at in doubtful:
        first = runs[at][0]
        while added < len(by_height) and by_height[added].height <= _HEIGHT_TOLERANCE * first.height:
            column.add(by_height[added].left, by_height[added].right)
            added += 1
        edges[at] = column.farthest(first.left - 2 * first.height, first.left + 2 * first.height, edges[at])
    return edges


def _end_together(run: Sequence[Line], edge: float) -> bool:
    return len(run) > 2 and sum(line.right > edge - 4 * line.height for line in run) > 1


class _Column:
    """The right ends of lines, to be asked for the farthest of those that begin between two places (a segment tree)."""

    def __init__(self, lefts: Iterable[float]) -> None:
        """No line as yet; all of them will begin at one of ``lefts``."""
        self.lefts = sorted(set(lefts))
        self.ends = [-inf] * (2 * len(self.lefts))

    def add(self, left: float, right: float) -> None:
        """Adds a line."""
        place = bisect_left(self.lefts, left) + len(self.lefts)
        while place:
            self.ends[place] = max(self.ends[place], right)
            place //= 2

    def farthest(self, start: float, end: float, default: float) -> float:
        """The farthest right end of lines that begin between ``start`` and ``end``, both excluded."""
        low, high = bisect_right(self.lefts, start) + len(self.lefts), bisect_left(self.lefts, end) + len(self.lefts)
        best = -inf
        while low < high:
            best = max(best, self.ends[low], self.ends[high - 1])
            low, high = (low + 1) // 2, high // 2
        return default if best == -inf else best


def _runs_on(before: Line, after: Line, edge: float) -> bool:
    if _breaks_number(before.words, after.words):
        return True
    if before.right + 0.2 * before.height + after.first_word < edge:
        return False
    ends = _SENTENCE_END.search(before.words)
    begins = _BULLET.match(after.words) or (ends and _NUMBERED.match(after.words))
    indented = ends and after.left > before.left + 0.6 * before.height
    return not begins and not indented


_PACKET_START, _PACKET_END, _LONGEST_PACKET = b"<x:xmpmeta", b"</x:xmpmeta>", 1_000_000
_DOI = re.compile(r"\b10\.\d{4,9}/\S+")


def xmp_metadata(data: bytes) -> Metadata:
    """The metadata of the last readable XMP packet in ``data``; empty for none."""
    for packet in _packets(data):
        try:
            return _packet_metadata(ElementTree.fromstring(packet))
        except ElementTree.ParseError:
            continue
    return Metadata()


def _packets(data: bytes) -> Iterator[bytes]:
    """The XMP packets in ``data``, the last one first."""
    end = len(data)
    while (close := data.rfind(_PACKET_END, 0, end)) >= 0 and (end := data.rfind(_PACKET_START, 0, close)) >= 0:
        if close - end <= _LONGEST_PACKET:
            yield data[end : close + len(_PACKET_END)]


def _packet_metadata(root: ElementTree.Element) -> Metadata:
    texts = _PacketTexts(root)
    doi = next((match[0] for text in texts.all("doi", "identifier", "url") if (match := _DOI.search(text))), "")
    days = (read_date(text) for text in texts.all("coverDate", "publicationDate", "date"))
    day = next((candidate for candidate in days if candidate), "")
    return Metadata(
        title=texts.first("title"),
        authors=tuple(Guess(name, "the XMP packet, creator") for name in texts.all("creator")),
        container_title=texts.first("publicationName"),
        publisher=texts.first("publisher"),
        issued=Guess(day, "the XMP packet, date") if day else None,
        language=texts.first("language"),
        doi=Guess(doi.rstrip(".,;"), "the XMP packet, doi") if doi else None,
    )


class _PacketTexts:
    """The texts of a packet by local name, in order."""

    def __init__(self, root: ElementTree.Element) -> None:
        self.texts: dict[str, list[str]] = {}
        for described in root.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"):
            for name, value in described.attrib.items():
                self._add(name, value)
            for child in described:
                for part in child.iter():
                    self._add(child.tag, part.text or "")

    def _add(self, name: str, value: str) -> None:
        if text := " ".join(value.split()):
            self.texts.setdefault(name.rpartition("}")[2], []).append(text)

    def all(self, *names: str) -> list[str]:
        return [text for name in names for text in self.texts.get(name, ())]

    def first(self, name: str) -> Guess | None:
        texts = self.texts.get(name)
        return Guess(texts[0], f"the XMP packet, {name}") if texts else None


_HYPHEN = "\ufffe"
"""What pdfium gives for a hyphen at the end of a line inside a word."""
_DROPPED = (*range(9), 11, 12, *range(14, 32), 0xAD, 0x200B, 0x2060, 0xFEFF)
_SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F)
_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_CLEANED = {**dict.fromkeys(_DROPPED), **dict.fromkeys(_SPACES, " "), **_LIGATURES}
_UNSEEN = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "".join(map(chr, _DROPPED)) + _HYPHEN
_PRINTED_LINE = re.compile(r"[^\r\n]+")
_WHITE = re.compile(r"\s")
_GAP = re.compile(r"(?<=\S)\s+(?=\S)")
_WIDE_GAP = 1.2
"""The smallest gap between columns of a table, by the height of a line."""
_BROKEN = re.compile(rf"(?:(?<!\w)(\w*+))?{_HYPHEN}(\w*)")
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfText:
    """The text of a PDF, the line on which each page begins, its metadata, and notes on the text.

    ``created`` is the day on which the PDF was made, which may be years after it was published.
    """

    text: str
    pages: tuple[int, ...]
    about: Metadata
    created: Guess | None
    notes: tuple[str, ...]


def read_pdf(data: bytes, where: str, limits: Limits) -> PdfText | Problem:
    """The text of the PDF ``data``; a problem where it is encrypted, damaged, too long or without text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return _refused(error, where)
    if len(document) > limits.pages:
        what = f"the PDF has {len(document):,} pages; at most {limits.pages:,} are read"
        return Problem(where=where, what=what, hint="split it; each part is a document")
    printed: list[list[Line]] = []
    title: Guess | None = None
    for number in range(len(document)):
        lines = _lines(document, number)
        if lines is None:
            return Problem(where=where, what=f"page {number + 1} of the PDF cannot be read", hint="is the file whole?")
        title = title or (_largest_title(lines) if number == 0 else None)
        printed.append(lines)
    pages = [paragraphs(lines) for lines in without_furniture(printed)]
    return _assembled(pages, document, data, title, where)


def _refused(error: pypdfium2.PdfiumError, where: str) -> Problem:
    if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return Problem(where=where, what="the PDF is encrypted and wants a password", hint="save it without one")
    return Problem(where=where, what="the PDF cannot be read: it is damaged or cut off", hint="get the file again")


def _assembled(
    pages: list[list[str]], document: pypdfium2.PdfDocument, data: bytes, title: Guess | None, where: str
) -> PdfText | Problem:
    texts: list[str] = []
    starts, line = [], 1
    for page in pages:
        starts.append(line)
        if texts or page:
            texts.append("\n".join(page))
            line += max(len(page), 1) + 1
    # A form feed on a line of its own parts the pages, so that the text itself says on which page a line stands.
    text = "\n\f\n".join(texts)
    if not any(map(str.isalnum, text)):
        what = "there is no text in the PDF; its pages are pictures or empty" if pages else "the PDF has no pages"
        return Problem(where=where, what=what, hint="run OCR first (ocrmypdf IN.pdf OUT.pdf), then take what comes out")
    about = xmp_metadata(data).or_else(_information_metadata(document)).or_else(Metadata(title=title))
    return PdfText(
        text=_unbroken(text),
        pages=tuple(starts),
        about=about,
        created=_creation_date(document),
        notes=tuple(_notes(pages, text)),
    )


def _notes(pages: list[list[str]], text: str) -> Iterator[str]:
    empty = [str(number) for number, page in enumerate(pages, 1) if not any(page)]
    if empty:
        named = ", ".join(empty[:10]) + (", …" if len(empty) > 10 else "")
        yield f"no text on page {named}: a picture, or nothing"
    unknown = len(_UNKNOWN.findall(text))
    if unknown * 200 > len(text):
        yield f"{unknown:,} signs stand in a font that does not say which they are"


def _unbroken(text: str) -> str:
    """``text`` with broken words joined; without the hyphen where the word occurs elsewhere without it."""
    if _HYPHEN not in text:
        return text
    whole = frozenset(word.lower() for word in re.findall(r"\w+", text))

    def joined(match: re.Match[str]) -> str:
        first, second = match.groups("")
        return first + second if (first + second).lower() in whole else f"{first}-{second}"

    return _BROKEN.sub(joined, text)


def _lines(document: pypdfium2.PdfDocument, number: int) -> list[Line] | None:
    """The printed lines of page ``number``; None where the page cannot be loaded."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return None
    text = page.get_textpage()
    try:
        letters = _letters(text)
        lines = (_line(text, letters, match.start(), match.end()) for match in _PRINTED_LINE.finditer(letters))
        return [line for line in lines if line]
    finally:
        text.close()
        page.close()


def _letters(text: Any) -> str:
    """The letters of a page, one for each place in ``text``; those beyond U+FFFF take two places."""
    count = text.count_chars()
    buffer = (c_ushort * (count + 1))()
    # All at once takes a thirtieth of the time, but leaves out letters of fonts that do not say which they are.
    if pdfium.FPDFText_GetText(text, 0, count, buffer) == count + 1:
        return "".join(map(chr, buffer[:count]))
    codes = (pdfium.FPDFText_GetUnicode(text, place) for place in range(count))
    return "".join(_HYPHEN if code == 2 else chr(code) for code in codes)


def _line(text: Any, letters: str, start: int, end: int) -> Line | None:
    printed = letters[start:end]
    first_place, last_place = end - len(printed.lstrip(_UNSEEN)), start + len(printed.rstrip(_UNSEEN)) - 1
    if first_place == end:
        return None
    space = _WHITE.search(letters, first_place, end)
    word_end = (space.start() if space else end) - 1
    first = _box(text, first_place)
    last = _box(text, last_place) if last_place > first_place else first
    is_row = end - start > 1 and _has_gap(text, start, end, first[3] - first[1])
    return Line(
        words=_words(printed),
        left=first[0],
        right=last[2],
        bottom=first[1],
        foot=last[1],
        height=max(first[3] - first[1], last[3] - last[1]),
        first_word=(last if word_end == last_place else _box(text, word_end))[2] - first[0],
        is_row=is_row,
        cells=_cells(text, letters, first_place, last_place + 1, first[3] - first[1]) if is_row else (),
    )


def _words(printed: str) -> str:
    # Letters beyond U+FFFF come as two surrogates, which are put together here.
    words = printed.translate(_CLEANED).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(words.split())


def _cells(text: Any, letters: str, start: int, end: int, height: float) -> tuple[LineCell, ...]:
    """The parts of a line between wide gaps."""
    cells: list[LineCell] = []
    left = _box(text, start)[0]
    for gap in _GAP.finditer(letters, start, end):
        right, following = _box(text, gap.start() - 1)[2], _box(text, gap.end())[0]
        if following - right > _WIDE_GAP * height:
            cells.append(LineCell(left, right, _words(letters[start : gap.start()])))
            start, left = gap.end(), following
    cells.append(LineCell(left, _box(text, end - 1)[2], _words(letters[start:end])))
    return tuple(cells) if len(cells) > 1 else ()


def _box(text: Any, place: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a letter, with the ascent and descent of its font."""
    box: tuple[float, float, float, float] = text.get_charbox(place, loose=True)
    return box


def _has_gap(text: Any, start: int, end: int, height: float) -> bool:
    """Whether the line has a gap as wide as those between columns."""
    count = pdfium.FPDFText_CountRects(text, start, end - start)
    edges = []
    for number in range(min(count, 200)):
        left, top, right, bottom = (c_double() for _ in range(4))
        pdfium.FPDFText_GetRect(text, number, left, top, right, bottom)
        edges.append((left.value, right.value))
    edges.sort()
    return any(after[0] - before[1] > _WIDE_GAP * height for before, after in pairwise(edges))


def _largest_title(lines: Sequence[Line]) -> Guess | None:
    """The words in the largest letters of the first page, if these stand out."""
    text_lines = [line for line in lines if sum(map(str.isalpha, line.words)) > 2]
    if not text_lines:
        return None
    height = max(line.height for line in text_lines)
    heights = sorted(line.height for line in text_lines for _ in line.words)
    usual = heights[len(heights) // 2]
    words = " ".join(line.words for line in text_lines if line.height > 0.98 * height)
    is_title = len(words) <= 300 and (height > 1.1 * usual or len(text_lines) == 1)
    return Guess(words.replace(_HYPHEN, "-"), "the largest letters of page 1") if is_title else None


# Office programs write the name of the file into the title.
_FILE_NAME = re.compile(
    r"(?i)microsoft (?:word|powerpoint|excel) - |untitled"
    r"|(?:.*[\\/])?\S+\.(?:docx?|pptx?|xlsx?|tex|dvi|indd|qxd|rtf|pdf)$"
)
_CREATED = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")


def _information_metadata(document: pypdfium2.PdfDocument) -> Metadata:
    """The metadata of the information dictionary; a title that is the name of a file is left out."""
    information = {key: " ".join(value.split()) for key, value in document.get_metadata_dict(skip_empty=True).items()}
    title, author = information.get("Title", ""), information.get("Author", "")
    names = re.split(r"\s*;\s*|\s+and\s+|,\s+(?=\S+\s)", author) if author else []
    return Metadata(
        title=Guess(title, "the PDF's title") if title and not _FILE_NAME.match(title) else None,
        authors=tuple(Guess(name, "the PDF's author") for name in names if name),
    )


def _creation_date(document: pypdfium2.PdfDocument) -> Guess | None:
    match = _CREATED.match(document.get_metadata_value("CreationDate"))
    return Guess("-".join(match.groups()), "the PDF's day of making") if match else None
