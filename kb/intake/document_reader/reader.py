"""The text and metadata of document files; unsuitable files are refused, the others parsed in a child process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kb.atomic_file import reason
from kb.domain.problem import Problem
from kb.intake.document_reader.format_detection import binary_kind, decoded_text, is_pdf, text_type
from kb.intake.document_reader.parsed_document import Extraction, MediaType, ParsedDocument
from kb.intake.document_reader.sandbox import LIMITS, Limits, megabytes, run_confined

_ACCEPTED = "a document is plain text, Markdown, HTML or PDF"


_EXTRACT = "kb.intake.document_reader.extraction:extract"
"""Named, not imported: the libraries that parse HTML and PDF are loaded in the child process only."""


def read_document(file: Path | bytes, limits: Limits = LIMITS, where: str = "") -> ParsedDocument | Problem:
    """The text and metadata of ``file``; a problem where it cannot be read.

    The file is parsed in a process of its own, within ``limits``; nothing in it is executed, nothing is fetched.

    Args:
        file: A path, or the bytes themselves.
        where: What to call the file in a problem; by default its path.
    """
    where = where or (str(file) if isinstance(file, Path) else "document")
    data = _content(file, where, limits) if isinstance(file, Path) else file
    if isinstance(data, Problem):
        return data
    if refusal := _refusal(data, where, limits):
        return refusal
    answer = run_confined(_EXTRACT, Extraction, data, where, limits)
    if isinstance(answer, Problem):
        return answer
    if answer.problem is not None:
        return replace(answer.problem, where=where)
    assert answer.document is not None
    return answer.document


def plain_text(data: bytes) -> str | None:
    """``data`` as text, where it is plain text or Markdown in UTF-8; None for what has to be extracted.

    Nothing is changed: a byte order mark and ``\\r`` are characters of the text.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    is_text = not is_pdf(data) and not binary_kind(data) and "\0" not in text
    return text if is_text and text_type(text) is not MediaType.HTML else None


def media_type(data: bytes) -> MediaType:
    """The media type of ``data``; plain text where it is none that can be read."""
    if is_pdf(data):
        return MediaType.PDF
    decoded = decoded_text(data, "")
    return MediaType.PLAIN if isinstance(decoded, Problem) else text_type(decoded[0])


def _content(path: Path, where: str, limits: Limits) -> bytes | Problem:
    try:
        if not path.is_file():
            what = "this is a folder" if path.is_dir() else "there is no such file"
            return Problem(where=where, what=what, hint="name a document: .txt, .md, .html or .pdf")
        size = path.stat().st_size
        return _too_large(size, where, limits) or path.read_bytes()
    except OSError as error:
        return Problem(where=where, what=f"the file cannot be read: {reason(error)}")


def _too_large(size: int, where: str, limits: Limits) -> Problem | None:
    if size <= limits.size:
        return None
    what = f"the file has {megabytes(size)}; a document has at most {megabytes(limits.size)}"
    return Problem(where=where, what=what, hint="take its text out, or split it")


def _refusal(data: bytes, where: str, limits: Limits) -> Problem | None:
    if not data.strip(b" \t\r\n\0"):
        return Problem(
            where=where, what="the file is empty" if not data else "there is nothing but white space in the file"
        )
    if not is_pdf(data) and (what := binary_kind(data)):
        return Problem(where=where, what=f"this is {what}, not a text", hint=_ACCEPTED)
    return _too_large(len(data), where, limits)
