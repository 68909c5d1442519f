"""The text of a report in each format, as a reader of that format sees it."""

import ctypes
import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pypdfium2
import pypdfium2.raw as raw
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def docx_parts(content: bytes) -> Mapping[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def docx_text(content: bytes) -> str:
    """A line for each paragraph with its style, pictures as their words; then the notes."""
    parts = docx_parts(content)
    lines = [*_docx_lines(parts["word/document.xml"]), *_docx_lines(parts["word/footnotes.xml"])]
    return "".join(f"{line}\n" for line in lines)


def _docx_lines(part: bytes) -> Iterator[str]:
    for paragraph in ElementTree.fromstring(part).iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        text = "".join(_docx_words(paragraph))
        if text:
            yield f"{style.get(f'{_W}val') if style is not None else '-'}: {text}"


def _docx_words(paragraph: ElementTree.Element) -> Iterator[str]:
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag == f"{_W}footnoteReference":
            yield f"[{element.get(f'{_W}id')}]"
        elif element.tag == _DRAWN:
            yield f"[picture: {element.get('descr')}]"


def pdf_text(content: bytes) -> str:
    """The lines of each page, with a line of hyphens between pages."""
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    return "\n---\n".join(pages) + "\n"


def pdf_tags(content: bytes) -> list[tuple[str, str]]:
    """The type of each tagged element, and its words for readers who do not see it."""
    found = []
    for page in pypdfium2.PdfDocument(content):
        tree = raw.FPDF_StructTree_GetForPage(page)
        waiting = [
            raw.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(raw.FPDF_StructTree_CountChildren(tree))
        ]
        while waiting:
            element = waiting.pop()
            texts = (raw.FPDF_StructElement_GetType, raw.FPDF_StructElement_GetAltText)
            type, words = (_pdf_string(text, element) for text in texts)
            found.append((type, words))
            children = range(raw.FPDF_StructElement_CountChildren(element))
            inner = (raw.FPDF_StructElement_GetChildAtIndex(element, at) for at in children)
            waiting += [child for child in inner if child]
    return found


def _pdf_string(text: Callable[..., int], element: object) -> str:
    length = text(element, None, 0)
    buffer = ctypes.create_string_buffer(length)
    text(element, buffer, length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def html_text(content: bytes) -> str:
    body = LexborHTMLParser(content.decode()).css_first("main")
    assert body
    return body.text(separator="\n")


def markdown_text(content: bytes) -> str:
    """The text of Markdown as GitHub reads it."""
    page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(content.decode())
    body = LexborHTMLParser(page).body
    assert body
    return body.text(separator="\n")


TEXTS: Mapping[str, Callable[[bytes], str]] = {
    "md": markdown_text, "html": html_text, "docx": docx_text, "pdf": pdf_text,
}  # fmt: skip


def squeezed(text: str) -> str:
    """``text`` without what the setting of lines adds or takes away: spaces, and hyphens at their ends."""
    return re.sub(r"[\s\u00ad\u200b\u2010\ufffe\u0002-]+", "", text)
