"""All pages as files with relative links, for any web server and for a folder that a browser opens."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape, unescape
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import msgspec

from kb.app.backend import Backend
from kb.domain.entity import Figure, Source
from kb.reports.page import Page
from kb.reports.view import View
from kb.reports.words.references import without_marks
from kb.web.address import PageRequest
from kb.web.catalog import EVENTS_ON_A_PAGE, MORE_SECTIONS, PAGE_KINDS, SECTIONS, PageContext, PageKind
from kb.web.responder import environment, page_html

_LINK = re.compile(rb' (href|src)="(/[^"]*)"')
_INDEX = "static/search-index.js"
_IN_FILES = {"at", "page", "event", "v"}
_LABELS = dict((*SECTIONS, *MORE_SECTIONS))


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page of the site: its kind, what is requested of it, and the path of its file."""

    kind: PageKind
    request: PageRequest

    @property
    def file(self) -> str:
        """The path of its file, e.g. ``figures/quay/fee.html``, ``figures-2.html``."""
        return _file(self.request.path, self.request.page)


class Site:
    """The pages of ``backend`` at one moment, with the files that they need."""

    def __init__(self, backend: Backend, templates: Path, at: int | None = None) -> None:
        """The site of the position ``at`` of the log, which must have it; of now for None."""
        self._backend = backend
        self._templates = environment(templates, published=True)
        self._static = templates / "static"
        self._view = backend.view(at)
        self._pages = tuple(_pages(backend, self._view))
        self._files = {page.file for page in self._pages} | {f"static/{path.name}" for path in self._assets} | {_INDEX}

    @property
    def page_count(self) -> int:
        """The number of pages."""
        return len(self._pages)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file with its path: the pages, then what they load."""
        entries = []
        for page in self._pages:
            value = page.kind.make(PageContext(page.request, self._view, self._backend))
            if value is None:
                raise LookupError(f"the page {page.request.path} is listed and not there")
            html = page_html(self._templates, page.kind, value, page.request, self._view.moment)
            if page.request.page == 1:
                entries.append(_search_entry(self._view, page, value))
            yield page.file, self._with_relative_links(html, page.file)
        for path in self._assets:
            yield f"static/{path.name}", path.read_bytes()
        # A script and no JSON: a browser that opens files lets a page load scripts from its folder, and nothing else.
        yield _INDEX, b"const KB_PAGES = " + msgspec.json.encode(entries) + b";\n"

    @property
    def _assets(self) -> list[Path]:
        return sorted(path for path in self._static.iterdir() if path.is_file())

    def _with_relative_links(self, html: bytes, file: str) -> bytes:
        # Templates escape quotes in every text, so that no text can look like an attribute.
        return _LINK.sub(lambda link: self._relative(link[1].decode(), unescape(link[2].decode()), file), html)

    def _relative(self, attribute: str, address: str, file: str) -> bytes:
        """The attribute with a relative address; nothing where that leads to no page, so that its text remains."""
        target, fragment = self._target(address)
        if target not in self._files:
            return b""
        path = quote(posixpath.relpath(target, posixpath.dirname(file) or "."))
        return f' {attribute}="{escape(path + fragment)}"'.encode()

    def _target(self, address: str) -> tuple[str, str]:
        """The file that ``address`` leads to, and the fragment with its ``#``; the file is empty for another moment."""
        parts = urlsplit(address)
        query = {name: texts[0] for name, texts in parse_qs(parts.query).items()}
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        moment = self._view.moment
        # A file shows one state of its page: filters and choices need a server.
        if query.get("at", str(moment.position)) != str(moment.position) or not query.keys() <= _IN_FILES:
            return "", fragment
        path = unquote(parts.path)
        if path.startswith("/static/"):
            return path.removeprefix("/"), fragment
        page = int(query.get("page", 1))
        if "event" in query:
            page = (moment.position - int(query["event"])) // EVENTS_ON_A_PAGE + 1
        return _file(path, page), fragment


def _file(path: str, page: int) -> str:
    # Names stand only in folders, so that no name can be that of a list or of one of its pages.
    stem = path.strip("/") or "index"
    return f"{stem}-{page}.html" if page > 1 else f"{stem}.html"


def _pages(backend: Backend, view: View) -> Iterator[SitePage]:
    at = view.moment.position if view.moment.is_past else None
    for kind in PAGE_KINDS:
        if "{slug}" in kind.path:
            for slug in kind.names(view):
                yield SitePage(kind, PageRequest(path=kind.path.replace("{slug}", slug), slug=slug, at=at))
            continue
        first = SitePage(kind, PageRequest(path=kind.path, at=at))
        yield first
        count = _page_count(kind.make(PageContext(first.request, view, backend))) if "page" in kind.query else 1
        yield from (SitePage(kind, replace(first.request, page=page)) for page in range(2, count + 1))


def _page_count(value: Page | None) -> int:
    return max(int(getattr(value, "pages", 1)), 1)


def _search_entry(view: View, page: SitePage, value: Page) -> tuple[str, str, str, str]:
    """The file of a page, its title, what is shown beside it, and further words by which it is found."""
    title = without_marks(str(getattr(value, "title", "") or "Start page"))
    section, slug = _LABELS.get(page.kind.section, ""), page.request.slug
    known, of = view.knowledge, page.kind.of
    # Many figures are "$8,000 a month", and readers remember of them what is measured, and who says so.
    if of == "figure" and (figure := known.named(Figure, slug)):
        measure, source = known.measures.get(figure.measure), known.sources.get(figure.source)
        label = ", ".join([*([measure.label] if measure else []), str(figure.voice)])
        return page.file, title, f"{section}: {label}", f"{slug} {figure.quantity.as_written} {source and source.title}"
    if of == "source" and (source := known.named(Source, slug)):
        return page.file, title, section, " ".join((slug, *source.authors, source.container_title))
    return page.file, title, section, slug
