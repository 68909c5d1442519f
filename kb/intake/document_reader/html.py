"""The visible text of an HTML page, and the metadata in its tags, JSON-LD and headings.

The text has one line for each block or table row. Runs in the child process only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from kb.intake.document_reader.dates import read_date
from kb.intake.document_reader.parsed_document import Guess, Metadata

_SCHEMA_TYPES = {
    "ScholarlyArticle": "article-journal",
    "NewsArticle": "article-newspaper",
    "ReportageNewsArticle": "article-newspaper",
    "AnalysisNewsArticle": "article-newspaper",
    "OpinionNewsArticle": "article-newspaper",
    "BackgroundNewsArticle": "article-newspaper",
    "Report": "report",
    "BlogPosting": "post-weblog",
    "LiveBlogPosting": "post-weblog",
    "DiscussionForumPosting": "post",
    "SocialMediaPosting": "post",
    "Dataset": "dataset",
    "Thesis": "thesis",
    "Book": "book",
    "Chapter": "chapter",
    "Article": "article",
    "TechArticle": "article",
    "AdvertiserContentArticle": "article",
    "WebPage": "webpage",
}
"""CSL types by type of schema.org; other types describe the site, not the page."""
_MAX_DEPTH = 8


def json_ld_metadata(page: LexborHTMLParser) -> Metadata:
    """The metadata of a page in JSON-LD; from its ``WebPage`` only where there is nothing more specific."""
    things = [
        thing for node in page.css('script[type="application/ld+json"]') for thing in _things(_parsed_json(node.text()))
    ]
    things.sort(key=lambda thing: _schema_type(thing) == "WebPage")
    about = Metadata()
    for thing in things:
        about = about.or_else(_thing_metadata(thing))
    return about


def _parsed_json(text: str) -> Any:
    try:
        return msgspec.json.decode(text.strip().removesuffix(";"))
    except (msgspec.DecodeError, RecursionError):
        return None


def _things(node: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(node, list):
        for child in node:
            yield from _things(child, depth + 1)
    elif isinstance(node, dict):
        if _schema_type(node):
            yield node
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(node.get(key), depth + 1)


def _schema_type(thing: dict[str, Any]) -> str:
    declared = thing.get("@type")
    names = declared if isinstance(declared, list) else [declared]
    return next((name for name in names if isinstance(name, str) and name in _SCHEMA_TYPES), "")


def _thing_metadata(thing: dict[str, Any]) -> Metadata:
    type = _schema_type(thing)
    issued = read_date(_json_ld_text(thing.get("datePublished") or thing.get("dateCreated")))
    return Metadata(
        type=Guess(_SCHEMA_TYPES[type], f"JSON-LD, {type}"),
        title=_thing_guess(thing, "headline") or _thing_guess(thing, "name"),
        authors=tuple(
            Guess(name, "JSON-LD, author") for name in _json_ld_names(thing.get("author") or thing.get("creator"))
        ),
        container_title=_thing_guess(thing, "isPartOf") or _thing_guess(thing, "publisher"),
        publisher=_thing_guess(thing, "publisher"),
        issued=Guess(issued, "JSON-LD, datePublished") if issued else None,
        language=_thing_guess(thing, "inLanguage"),
        url=_thing_address(thing),
    )


def _thing_guess(thing: dict[str, Any], key: str) -> Guess | None:
    text = _json_ld_text(thing.get(key))
    return Guess(text, f"JSON-LD, {key}") if text else None


def _thing_address(thing: dict[str, Any]) -> Guess | None:
    url = _json_ld_text(thing.get("url"))
    return Guess(url, "JSON-LD, url") if url.startswith(("http://", "https://")) and " " not in url else None


def _json_ld_names(people: Any) -> list[str]:
    several = people if isinstance(people, list) else [people]
    return [
        name for name in dict.fromkeys(map(_json_ld_text, several)) if name and not name.startswith(("http:", "https:"))
    ]


def _json_ld_text(node: Any) -> str:
    """The text itself, or the name of the object."""
    if isinstance(node, list):
        node = node[0] if node else ""
    if isinstance(node, dict):
        node = node.get("name") or node.get("alternateName") or node.get("@value") or ""
    return " ".join(node.split())[:500] if isinstance(node, str) else ""


_SAVED = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://\S+)")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'<>]+")
_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
_AUTHORS = ("citation_author", "author", "dc.creator", "dcterms.creator", "article:author", "parsely-author", "byl")
_CONTAINERS = (
    "citation_journal_title",
    "citation_conference_title",
    "prism.publicationname",
    "dc.source",
    "og:site_name",
)
_PUBLISHERS = ("citation_publisher", "dc.publisher", "dcterms.publisher")
_DATES = (
    "citation_publication_date",
    "citation_date",
    "prism.publicationdate",
    "article:published_time",
    "og:article:published_time",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "date",
    "pubdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
)
_LANGUAGES = ("citation_language", "dc.language", "dcterms.language", "content-language", "og:locale")
_DOIS = ("citation_doi", "prism.doi", "dc.identifier", "dcterms.identifier", "bepress_citation_doi")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")


class _Tags:
    """The ``meta`` tags of a page: the contents of each name, in order."""

    def __init__(self, page: LexborHTMLParser) -> None:
        self.contents: Mapping[str, list[str]] = defaultdict(list)
        for node in page.css("meta"):
            attributes = node.attributes
            content = " ".join((attributes.get("content") or "").split())
            for key in ("name", "property", "http-equiv", "itemprop"):
                if content and (name := attributes.get(key)):
                    self.contents[name.lower()].append(content)

    def all(self, names: Iterable[str]) -> tuple[Guess, ...]:
        """The contents of the first of ``names`` that has any."""
        for name in names:
            if contents := self.contents.get(name):
                return tuple(Guess(value, f"the tag {name}") for value in dict.fromkeys(contents))
        return ()

    def first(self, names: Iterable[str]) -> Guess | None:
        """The first content of the first of ``names`` that has any."""
        return next(iter(self.all(names)), None)

    def date(self) -> Guess | None:
        """The first content that is a date."""
        guesses = (
            Guess(read_date(value), f"the tag {name}") for name in _DATES for value in self.contents.get(name, ())
        )
        return next((guess for guess in guesses if guess.value), None)


def html_metadata(page: LexborHTMLParser, source: str) -> Metadata:
    """The metadata of ``page``, each item from the most reliable place that has it."""
    tags = _Tags(page)
    journal = tags.first(("citation_journal_title",))
    cited = Metadata(
        type=Guess("article-journal", "the tag citation_journal_title") if journal else None,
        title=tags.first(("citation_title",)),
        authors=tags.all(("citation_author",)),
        container_title=tags.first(("citation_journal_title", "citation_conference_title")),
    )
    tagged = Metadata(
        title=tags.first(_TITLES),
        authors=tuple(guess for guess in tags.all(_AUTHORS) if not guess.value.startswith(("http:", "https:"))),
        container_title=tags.first(_CONTAINERS),
        publisher=tags.first(_PUBLISHERS),
        issued=tags.date(),
        language=_language(page, tags),
        url=_address(page, tags, source),
        doi=_doi(tags),
    )
    return cited.or_else(json_ld_metadata(page)).or_else(tagged).or_else(_visible_metadata(page))


def _language(page: LexborHTMLParser, tags: _Tags) -> Guess | None:
    root = page.css_first("html")
    declared = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root else ""
    guesses = (Guess(declared, "the tag html"), *tags.all(_LANGUAGES))
    cleaned = (Guess(guess.value.strip().replace("_", "-"), guess.found) for guess in guesses)
    return next((guess for guess in cleaned if _LANGUAGE.fullmatch(guess.value)), None)


def _address(page: LexborHTMLParser, tags: _Tags, source: str) -> Guess | None:
    link = page.css_first("link[rel=canonical]")
    saved = _SAVED.search(source[:5000])
    guesses = (
        Guess((link.attributes.get("href") or "").strip() if link else "", "the link canonical"),
        *tags.all(("og:url", "citation_public_url", "citation_abstract_html_url")),
        Guess(saved[1] if saved else "", "the comment of the browser that saved it"),
    )
    return next((guess for guess in guesses if re.fullmatch(r"https?://\S+", guess.value)), None)


def _doi(tags: _Tags) -> Guess | None:
    for guess in (identifier for name in _DOIS for identifier in tags.all((name,))):
        if match := _DOI.search(guess.value):
            return Guess(match[0].rstrip(".,;)"), guess.found)
    return None


def _visible_metadata(page: LexborHTMLParser) -> Metadata:
    """The metadata in visible elements: a single first heading, dates, the title of the window."""
    headings = [text for node in page.css("h1")[:2] if (text := _node_text(node))]
    window = page.css_first("head > title")
    title = Guess(headings[0], "the first heading") if len(headings) == 1 else None
    if title is None and window is not None and (text := _node_text(window)):
        title = Guess(text, "the tag title")
    named = page.css("[itemprop=author] [itemprop=name], [rel=author], [itemprop=author]")[:1]
    authors = tuple(Guess(text, "an element marked as author") for node in named if (text := _node_text(node)))
    return Metadata(title=title, authors=authors, issued=_marked_date(page))


def _marked_date(page: LexborHTMLParser) -> Guess | None:
    marked = page.css("[itemprop=datePublished], time[pubdate], time[datetime]")[:20]
    marked.sort(key=lambda node: "itemprop" not in node.attributes and "pubdate" not in node.attributes)
    for node in marked:
        date_text = node.attributes.get("datetime") or node.attributes.get("content") or _node_text(node)
        if day := read_date(date_text):
            return Guess(day, "an element with a date")
    return None


def _node_text(node: LexborNode) -> str:
    return " ".join(node.text(deep=True).split())[:500]


_NEVER_SHOWN = (
    "head script style template noembed noframes iframe object embed canvas audio video datalist select input "
    "textarea annotation annotation-xml nav -comment !doctype"
)
_NEVER = frozenset(_NEVER_SHOWN.split())
_LINES = (
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol optgroup option p pre search section summary "
    "table tbody thead tfoot caption tr td th ul br listing plaintext xmp text"
)
_BLOCKS = frozenset(_LINES.split())
_AS_IS = frozenset(("pre", "listing", "plaintext", "xmp"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NAVIGATION = frozenset(("navigation", "menu", "menubar", "toolbar", "tablist"))
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_SPACE = re.compile("[ \t\n\f\r\u00a0\u1680\u2000-\u200a\u202f\u205f]+")
_UNSEEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 0xAD, 0x200B, 0x2060, 0xFEFF))
_BLANKS = dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F), " ")
_FRACTION = re.compile("[⁰¹²³⁴-⁹]{1,4}[⁄/][₀-₉]{1,4}")
_ON_THE_LINE = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⁄", "01234567890123456789/")
_PLAIN = "0123456789+-−=()n"
_RAISED = str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ")


def visible_text(root: LexborNode) -> str:
    """The visible text under ``root``: a line for each block, and for each row of a table, with tabs between cells.

    Scripts, styles, templates, hidden elements, form fields and navigation are left out. Superscripts and subscripts
    keep their place (``10⁶``, ``CO₂``), and a superscript that links to a note is put in brackets, so that neither
    becomes a part of the number before it.
    """
    builder = _LineBuilder()
    for node, is_end in _walk(root):
        if is_end:
            builder.leave(node.tag or "")
        elif node.is_text_node:
            builder.add_text(node.text_content or "")
        else:
            builder.enter(node.tag or "", node.attributes)
    return "\n".join(builder.finished())


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Each visible node, and each element again at its end; without recursion, since pages are deeply nested."""
    todo = [(root, False)]
    while todo:
        node, is_end = todo.pop()
        if is_end or node.is_text_node:
            yield node, is_end
            continue
        if not _is_shown(node):
            continue
        yield node, False
        todo.append((node, True))
        inner = []
        child = node.child
        while child is not None:
            inner.append((child, False))
            child = child.next
        todo += reversed(inner)


def _is_shown(node: LexborNode) -> bool:
    if (node.tag or "") in _NEVER or not node.is_element_node:
        return False
    attributes = node.attributes
    if "hidden" in attributes and (attributes["hidden"] or "").lower() != "until-found":
        return False
    if node.tag == "dialog" and "open" not in attributes:
        return False
    return (attributes.get("role") or "").lower() not in _NAVIGATION and not _HIDDEN.search(
        attributes.get("style") or ""
    )


@dataclass
class _Table:
    """A table while it is read: its rows of cells of lines, and whether it only serves layout."""

    is_layout: bool
    rows: list[list[list[str]]] = field(default_factory=list)
    paragraphs: int = 0

    def lines(self) -> Iterator[str]:
        for row in self.rows:
            if self.is_layout:
                for cell in row:
                    yield from cell
            elif any(row):
                yield "\t".join(" ".join(cell) for cell in row).rstrip()


class _LineBuilder:
    """The lines so far, the words of the current line, and the tables that are open."""

    def __init__(self) -> None:
        self.line: list[str] = []
        self.pages: list[list[str]] = [[]]
        self.tables: list[_Table] = []
        self.as_is = 0
        self.links = 0
        self.raised: list[tuple[int, bool]] = []

    def add_text(self, text: str) -> None:
        """Adds text of the page."""
        if not self.as_is:
            self.line.append(text)
            return
        first, *rest = text.replace("\r\n", "\n").split("\n")
        self.line.append(first)
        for more in rest:
            self.end_line()
            self.line.append(more)

    def end_line(self) -> None:
        """Ends the current line, if it has words."""
        text = _FRACTION.sub(_plain_fraction, "".join(self.line).translate(_UNSEEN))
        self.line.clear()
        text = text.translate(_BLANKS).rstrip() if self.as_is else _SPACE.sub(_gap, text).strip()
        if text.strip():
            self.pages[-1].append(text)

    def enter(self, tag: str, attributes: dict[str, str | None]) -> None:
        """Begins an element."""
        if tag in _BLOCKS:
            self.end_line()
        if tag == "table":
            for table in self.tables[-1:]:
                table.is_layout = True
            self.tables.append(_Table((attributes.get("role") or "") in ("presentation", "none")))
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif tag in ("td", "th") and self.tables:
            self.tables[-1].paragraphs = 0
            self.pages.append([])
        elif tag in ("sup", "sub"):
            self.raised.append((len(self.line), bool(self.links)))
        elif tag == "q":
            self.line.append("“")
        self._count(tag, 1)

    def leave(self, tag: str) -> None:
        """Ends an element."""
        if tag in _BLOCKS:
            self.end_line()
        self._count(tag, -1)
        if tag == "table":
            self._end_table()
        elif tag in ("td", "th") and self.tables:
            self._end_cell()
        elif tag in ("sup", "sub"):
            self._end_raised(tag)
        elif tag == "q":
            self.line.append("”")

    def _count(self, tag: str, step: int) -> None:
        if tag in _AS_IS:
            self.as_is += step
        elif tag == "a":
            self.links += step
            if step > 0:
                self.raised = [(start, True) for start, _ in self.raised]
        elif self.tables and step > 0 and (tag in _HEADINGS or tag == "p"):
            table = self.tables[-1]
            table.paragraphs += tag == "p"
            table.is_layout |= tag in _HEADINGS or table.paragraphs > 1

    def _end_cell(self) -> None:
        cell, rows = self.pages.pop(), self.tables[-1].rows
        if not rows:
            rows.append([])
        rows[-1].append(cell)

    def _end_table(self) -> None:
        self.pages[-1] += self.tables.pop().lines()

    def _end_raised(self, tag: str) -> None:
        start, is_linked = self.raised.pop()
        text = "".join(self.line[start:]).strip()
        if start > len(self.line) or not text:
            return
        if is_linked and not text.startswith(("[", "(")):
            text = f"[{text}]"
        elif not is_linked and all(letter in _PLAIN for letter in text):
            text = text.translate(_RAISED if tag == "sup" else _LOWERED)
        self.line[start:] = [text]

    def finished(self) -> list[str]:
        """All lines, the last one ended."""
        self.end_line()
        return [line for page in self.pages for line in page]


def _plain_fraction(match: re.Match[str]) -> str:
    """A fraction in raised and lowered digits as people type it, behind a blank where a whole number stands before."""
    before = match.string[match.start() - 1 : match.start()]
    return (" " if before.isdecimal() else "") + match[0].translate(_ON_THE_LINE)


def _gap(match: re.Match[str]) -> str:
    """A space, or nothing where a line of the file ends between two Chinese or Japanese characters."""
    text, start, end = match.string, match.start(), match.end()
    if "\n" in match[0] and start and end < len(text) and _is_han(text[start - 1]) and _is_han(text[end]):
        return ""
    return " "


def _is_han(letter: str) -> bool:
    return "\u3000" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uff60"
