"""What is in a document? Its kind is told, its text taken out, and what it says of itself looked up."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from kb.domain.problem import Problem
from kb.intake.paper.front import about_front, body_start
from kb.intake.paper.head import about_page
from kb.intake.paper.letters import letters
from kb.intake.paper.limits import Limits
from kb.intake.paper.markup import visible_text
from kb.intake.paper.media import is_pdf, text_type
from kb.intake.paper.opening import about_opening
from kb.intake.paper.paper import About, Extract, MediaType, Paper
from kb.intake.paper.pdf import printed


def extract(data: bytes, limits: Limits) -> Extract:
    """The paper in ``data``, or the problem that it has; done in this process, which may die of it."""
    found = _pdf(data, limits) if is_pdf(data) else _text(data)
    return Extract(problem=found) if isinstance(found, Problem) else Extract(paper=found)


def _pdf(data: bytes, limits: Limits) -> Paper | Problem:
    found = printed(data, "", limits)
    if isinstance(found, Problem):
        return found
    return Paper(
        text=found.text,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=MediaType.PDF,
        pages=found.pages,
        about=found.about.or_else(about_opening(found.text)).or_else(About(issued=found.made)),
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
