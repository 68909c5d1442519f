"""How does a file become a paper? Its kind is told, its text taken out, and what it says of itself looked up."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from kb.domain.problem import Problem
from kb.intake.paper.confined import confined
from kb.intake.paper.front import about_front, body_start
from kb.intake.paper.head import about_page
from kb.intake.paper.letters import letters
from kb.intake.paper.limits import LIMITS, Limits, megabytes
from kb.intake.paper.markup import visible_text
from kb.intake.paper.media import binary, is_pdf, text_type
from kb.intake.paper.opening import about_opening
from kb.intake.paper.paper import MediaType, Paper
from kb.intake.paper.pdf import printed

_TAKEN = "a document is plain text, Markdown, HTML or PDF"


@dataclass(frozen=True, slots=True)
class Read:
    """What the process that reads hands back: one of the two."""

    paper: Paper | None = None
    problem: Problem | None = None


def read_paper(file: Path | bytes, limits: Limits = LIMITS, where: str = "") -> Paper | Problem:
    """The text of ``file`` and what it says about itself; a problem where it cannot be had.

    The file is read in a process of its own, under ``limits``; nothing in it is run, and nothing is fetched.

    Args:
        file: A path, or the bytes themselves.
        where: What a problem calls the file; without it the path.
    """
    where = where or (str(file) if isinstance(file, Path) else "document")
    data = _content(file, where, limits) if isinstance(file, Path) else file
    if isinstance(data, Problem):
        return data
    if refusal := _refusal(data, where, limits):
        return refusal
    answer = confined(read_here, Read, data, where, limits)
    if isinstance(answer, Problem):
        return answer
    if answer.problem is not None:
        return replace(answer.problem, where=where)
    assert answer.paper is not None
    return answer.paper


def read_here(data: bytes, limits: Limits) -> Read:
    """The same in this process, for a file that is known to be small and harmless, and for the process that reads."""
    found = _pdf(data, limits) if is_pdf(data) else _text(data)
    return Read(problem=found) if isinstance(found, Problem) else Read(paper=found)


def _content(path: Path, where: str, limits: Limits) -> bytes | Problem:
    try:
        if not path.is_file():
            what = "this is a folder" if path.is_dir() else "there is no such file"
            return Problem(where, what, "name a document: .txt, .md, .html or .pdf")
        size = path.stat().st_size
        return _too_large(size, where, limits) or path.read_bytes()
    except OSError as error:
        return Problem(where, f"the file cannot be read: {error.strerror or error}")


def _too_large(size: int, where: str, limits: Limits) -> Problem | None:
    if size <= limits.size:
        return None
    what = f"the file has {megabytes(size)}; a document has at most {megabytes(limits.size)}"
    return Problem(where, what, "take its text out, or split it")


def _refusal(data: bytes, where: str, limits: Limits) -> Problem | None:
    if not data.strip(b" \t\r\n\0"):
        return Problem(where, "the file is empty" if not data else "there is nothing but white space in the file")
    if not is_pdf(data) and (what := binary(data)):
        return Problem(where, f"this is {what}, not a text", _TAKEN)
    return _too_large(len(data), where, limits)


def _pdf(data: bytes, limits: Limits) -> Paper | Problem:
    found = printed(data, "", limits)
    if isinstance(found, Problem):
        return found
    return Paper(
        text=found.text,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=MediaType.PDF,
        pages=found.pages,
        about=found.about.or_else(about_opening(found.text)),
        notes=found.notes,
    )


def _text(data: bytes) -> Paper | Problem:
    found = letters(data, "")
    if isinstance(found, Problem):
        return found
    text, encoding = found
    kind = text_type(text)
    paper = Paper(text=text, sha256=hashlib.sha256(data).hexdigest(), media_type=kind, encoding=encoding)
    if kind is MediaType.HTML:
        return _page(paper)
    if encoding != "utf-8":
        paper = replace(paper, text=text.removeprefix("\ufeff").replace("\r\n", "\n"))
    return replace(paper, about=about_front(paper.text).or_else(about_opening(paper.text[body_start(paper.text) :])))


def _page(paper: Paper) -> Paper | Problem:
    page = LexborHTMLParser(paper.text)
    text = visible_text(page.root) if page.root else ""
    if not text.strip():
        return Problem(
            "", "there is no text in the page", "a script may fill it: save it from a browser once it is there"
        )
    return replace(paper, text=text, about=about_page(page, paper.text).or_else(about_opening(text)))
